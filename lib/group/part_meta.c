/* SPDX-License-Identifier: MIT
 * part_meta: see part_meta.h. */
#include "lib/group/part_meta.h"

#include <inttypes.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/base/out.h"
#include "lib/group/operation.h"
#include "lib/stream/block.h"
#include "lib/stream/scan.h"

static const char FORMAT[] = "tongbao-partial", VERSION[] = "1";

/* --- the specification --- */

void part_spec_add(struct part_spec *s, const char *name, const char *text)
{
    buf_text(&s->lines, name);
    buf_char(&s->lines, '\t');
    buf_escaped(&s->lines, slice_of(text));
    buf_char(&s->lines, '\n');
}

void part_spec_end(struct part_spec *s)
{
    struct sha256 sum;
    sha256_begin(&sum);
    sha256_add(&sum, buf_view(&s->lines));
    sha256_end(&sum, s->sum);
}

/* The line at the beginning of *rest, which moves behind it. */
static struct slice take_line(struct slice *rest)
{
    const char *end = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;
    struct slice line = {rest->p, end ? (size_t)(end - rest->p) : rest->n};
    size_t used = line.n + (end != NULL);
    *rest = (struct slice){rest->p + used, rest->n - used};
    return line;
}

char *part_spec_text(const struct part_spec *s, const char *name, size_t k)
{
    struct slice rest = buf_view(&s->lines);
    while (rest.n) {
        struct slice line = take_line(&rest);
        if (!slice_is(take_field(&line), name) || k-- > 0)
            continue;
        struct buf text = {0};
        buf_unescaped(&text, line);
        char *copy = mem_text((struct slice){text.p ? text.p : "", text.n});
        buf_free(&text);
        return copy;
    }
    return NULL;
}

void part_spec_free(struct part_spec *s)
{
    buf_free(&s->lines);
}

void part_meta_free(struct part_meta *m)
{
    for (size_t i = 0; i < m->sources; i++)
        free(m->source[i].name);
    free(m->source);
    part_spec_free(&m->spec);
    *m = (struct part_meta){0};
}

/* --- sources --- */

enum status part_meta_add_source(struct part_meta *m, const struct part_source *s, const char *path,
                                 struct diag *d)
{
    size_t k = 0;
    while (k < m->sources && strcmp(m->source[k].name, s->name) < 0)
        k++;
    if (k < m->sources && strcmp(m->source[k].name, s->name) == 0)
        return diag_set(d, ST_INPUT, path, 0, NULL,
                        "the part %s would be counted twice; if these are two, name them when they are made",
                        diag_quote(slice_of(s->name)).s);
    m->source = mem_grow(m->source, m->sources, &m->cap, sizeof *m->source);
    memmove(m->source + k + 1, m->source + k, (m->sources - k) * sizeof *m->source);
    m->source[k] = *s;
    m->source[k].name = mem_text(slice_of(s->name));
    m->sources++;
    return ST_OK;
}

enum status part_meta_join(struct part_meta *m, const struct part_meta *from, const char *path,
                           struct diag *d)
{
    if (strcmp(m->spec.sum, from->spec.sum) != 0)
        return diag_set(d, ST_INPUT, path, 0, NULL,
                        "made by another specification: the lines group_by to label differ");
    for (size_t i = 0; i < from->sources; i++) {
        enum status st = part_meta_add_source(m, &from->source[i], path, d);
        if (st != ST_OK)
            return st;
    }
    return ST_OK;
}

/* "K/N" taken apart. */
static bool is_numbered(const char *name, uint64_t *k, uint64_t *n)
{
    const char *slash = strchr(name, '/');
    struct slice left = {name, slash ? (size_t)(slash - name) : 0}, right = slice_of(slash ? slash + 1 : "");
    return slash && load_count(&left, k) && load_count(&right, n) && *k >= 1 && *k <= *n;
}

static enum status list_missing(const struct part_meta *m, uint64_t of, struct diag *d)
{
    struct buf list = {0};
    uint64_t missing = 0;
    for (uint64_t k = 1; k <= of; k++) {
        bool there = false;
        for (size_t i = 0; i < m->sources && !there; i++) {
            uint64_t have, n;
            there = is_numbered(m->source[i].name, &have, &n) && have == k;
        }
        if (!there && missing++ < 20)
            buf_printf(&list, " %" PRIu64 "/%" PRIu64, k, of);
    }
    diag_set(d, ST_INPUT, NULL, 0, NULL, "%" PRIu64 " of %" PRIu64 " parts missing:%s%s", missing, of,
             buf_string(&list), missing > 20 ? " ..." : "");
    buf_free(&list);
    return ST_INPUT;
}

enum status part_meta_complete(const struct part_meta *m, struct diag *d)
{
    uint64_t of = 0, numbered = 0;
    for (size_t i = 0; i < m->sources; i++) {
        uint64_t k, n;
        if (!is_numbered(m->source[i].name, &k, &n))
            continue;
        if (numbered++ && n != of)
            return diag_set(d, ST_INPUT, NULL, 0, NULL,
                            "parts of %" PRIu64 " and of %" PRIu64 " do not go together", of, n);
        of = n;
    }
    return numbered == of ? ST_OK : list_missing(m, of, d); /* none is there twice */
}

/* --- files --- */

enum status part_meta_write(const struct part_meta *m, const char *path, const char *program, struct diag *d)
{
    struct out out;
    if (out_open(&out, path, d) != ST_OK)
        return ST_OUTPUT;
    out_printf(&out, "%s\t%s\nprogram\t%s\n", FORMAT, VERSION, program);
    out_slice(&out, buf_view(&m->spec.lines));
    out_printf(&out, "spec\t%s\n", m->spec.sum);
    for (size_t i = 0; i < m->sources; i++) {
        struct buf name = {0};
        buf_escaped(&name, slice_of(m->source[i].name));
        out_printf(&out, "part\t%s\t%" PRIu64 "\t%" PRIu64 "\n", buf_string(&name), m->source[i].rows_read,
                   m->source[i].rows);
        buf_free(&name);
    }
    out_printf(&out, "rows\t%" PRIu64 "\nlines\t%" PRIu64 "\nsha256\t%s\n", m->rows, m->lines, m->sum);
    return out_close(&out, true, d);
}

static bool read_source(struct part_meta *m, struct slice fields, const char *path, struct diag *d)
{
    struct buf name = {0};
    struct part_source s = {0};
    buf_unescaped(&name, take_field(&fields));
    bool good = load_count(&fields, &s.rows_read) && load_count(&fields, &s.rows);
    s.name = buf_string(&name);
    good = good && part_meta_add_source(m, &s, path, d) == ST_OK;
    buf_free(&name);
    return good;
}

static bool keep_sum(char to[SHA256_TEXT], struct slice f)
{
    memcpy(to, f.p, f.n == SHA256_TEXT - 1 ? f.n : 0);
    return f.n == SHA256_TEXT - 1;
}

/* One line; false when it cannot stand there. */
static bool read_line(struct part_meta *m, struct slice line, char *spec, const char *path, struct diag *d)
{
    struct slice fields = line, name = take_field(&fields);
    if (slice_is(name, "group_by") || slice_is(name, "add") || slice_is(name, "where") ||
        slice_is(name, "label")) {
        buf_slice(&m->spec.lines, line);
        buf_char(&m->spec.lines, '\n');
        return true;
    }
    if (slice_is(name, "spec"))
        return keep_sum(spec, fields);
    if (slice_is(name, "part"))
        return read_source(m, fields, path, d);
    if (slice_is(name, "rows"))
        return load_count(&fields, &m->rows);
    if (slice_is(name, "lines"))
        return load_count(&fields, &m->lines);
    if (slice_is(name, "sha256"))
        return keep_sum(m->sum, fields);
    return slice_is(name, "program");
}

static enum status read_block(struct part_meta *m, struct slice rest, const char *path, struct diag *d)
{
    char spec[SHA256_TEXT] = "";
    struct slice first = take_line(&rest);
    if (!slice_is(take_field(&first), FORMAT))
        return diag_set(d, ST_INPUT, path, 1, NULL, "not the meta of a part");
    if (!slice_is(first, VERSION))
        return diag_set(d, ST_INPUT, path, 1, NULL, "version %.*s of the format; this program knows %s",
                        (int)(first.n < 20 ? first.n : 20), first.p, VERSION);
    for (uint64_t number = 2; rest.n; number++) {
        struct slice line = take_line(&rest);
        *d = (struct diag){0};
        if (read_line(m, line, spec, path, d))
            continue;
        return d->status != ST_OK ? d->status
                                  : diag_set(d, ST_INPUT, path, number, NULL, "not a line of a meta: %s",
                                             diag_quote(line).s);
    }
    part_spec_end(&m->spec);
    if (strcmp(spec, m->spec.sum) != 0)
        return diag_set(d, ST_INPUT, path, 0, NULL, "its specification was changed: the sum differs");
    if (!m->sum[0])
        return diag_set(d, ST_INPUT, path, 0, NULL, "cut off: no line sha256");
    return ST_OK;
}

enum status part_meta_read(struct part_meta *m, const char *path, struct diag *d)
{
    *m = (struct part_meta){0};
    struct block_reader *r = block_open(path, d);
    struct buf text = {0};
    struct block b = {.n = 1};
    if (!r)
        return ST_INPUT;
    enum status st = ST_OK;
    while (st == ST_OK && b.n) {
        st = block_next(r, &b, d);
        if (st == ST_OK && scan_text(b.p, b.n) < b.n)
            st = diag_set(d, ST_INPUT, path, 0, NULL, "not UTF-8, or a NUL byte");
        buf_add(&text, b.p, st == ST_OK ? b.n : 0);
    }
    block_close(r);
    if (st == ST_OK)
        st = read_block(m, buf_view(&text), path, d);
    buf_free(&text);
    if (st != ST_OK)
        part_meta_free(m);
    return st;
}
