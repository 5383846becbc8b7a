/* SPDX-License-Identifier: MIT
 * tally: see tally.h. */
#include "lib/read/tally.h"

#include <inttypes.h>
#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"

enum { EXAMPLE_MAX = 200 }; /* bytes of an example kept */

struct tally_line {
    const char *kind;
    uint64_t count;
    char *example, *cell;
    bool listed;
};

struct tally {
    struct tally_line *line;
    size_t n, cap;
    struct out *each; /* or NULL */
    struct buf text;
};

struct tally *tally_new(void)
{
    return mem_zero(1, sizeof(struct tally));
}

void tally_free(struct tally *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->n; i++) {
        free(t->line[i].example);
        free(t->line[i].cell);
    }
    free(t->line);
    buf_free(&t->text);
    free(t);
}

/* At most EXAMPLE_MAX bytes, not cut inside a character. */
static struct slice shortened(struct slice s)
{
    if (s.n <= EXAMPLE_MAX)
        return s;
    s.n = EXAMPLE_MAX;
    while (s.n > 0 && ((unsigned char)s.p[s.n] & 0xc0) == 0x80)
        s.n--;
    return s;
}

static void add_line(struct tally *t, const char *kind, uint64_t times, struct slice example,
                     const char *cell, bool listed)
{
    t->line = mem_grow(t->line, t->n, &t->cap, sizeof *t->line);
    t->line[t->n++] =
        (struct tally_line){kind, times, mem_text(shortened(example)), mem_text(slice_of(cell)), listed};
}

void tally_add(struct tally *t, const char *kind, uint64_t times, struct slice example, const char *cell)
{
    for (size_t i = 0; i < t->n; i++) {
        if (!t->line[i].listed && strcmp(t->line[i].kind, kind) == 0) {
            t->line[i].count += times;
            return;
        }
    }
    if (times > 0)
        add_line(t, kind, times, example, cell, false);
}

void tally_list(struct tally *t, const char *kind, struct slice example, const char *cell)
{
    add_line(t, kind, 1, example, cell, true);
}

void tally_write(const struct tally *t, struct out *o)
{
    struct buf b = {0};
    out_text(o, "kind\tcount\texample\tcell\n");
    for (size_t i = 0; i < t->n; i++) {
        const struct tally_line *l = &t->line[i];
        buf_clear(&b);
        buf_escaped(&b, slice_of(l->example));
        out_printf(o, "%s\t%" PRIu64 "\t", l->kind, l->count);
        out_slice(o, buf_view(&b));
        out_printf(o, "\t%s\n", l->cell);
    }
    buf_free(&b);
}

void tally_list_each(struct tally *t, struct out *o)
{
    t->each = o;
    out_text(o, "file\tsheet\tline\tcell\tcolumn\tkind\tbefore\tafter\n");
}

bool tally_lists_each(const struct tally *t)
{
    return t->each != NULL;
}

void tally_each(struct tally *t, const struct tally_event *e)
{
    if (!t->each)
        return;
    struct buf *b = &t->text;
    buf_clear(b);
    buf_escaped(b, e->file);
    buf_char(b, '\t');
    buf_escaped(b, e->sheet);
    buf_char(b, '\t');
    if (e->line)
        buf_printf(b, "%" PRIu64, e->line);
    buf_printf(b, "\t%s\t", e->cell ? e->cell : "");
    buf_escaped(b, e->column);
    buf_printf(b, "\t%s\t", e->kind);
    buf_escaped(b, e->before);
    buf_char(b, '\t');
    buf_slice(b, e->after);
    buf_char(b, '\n');
    out_slice(t->each, buf_view(b));
}
