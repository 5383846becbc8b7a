/* SPDX-License-Identifier: MIT
 * part_file: see part_file.h. */
#include "lib/group/part_file.h"

#include <inttypes.h>
#include <stdio.h>

#include "lib/stream/block.h"
#include "lib/stream/scan.h"

/* --- reading --- */

static enum status take_line(struct grouping *g, struct slice line, struct part_totals *totals,
                             struct diag *d)
{
    struct part_line l;
    uint64_t rows = 0;
    bool good = part_line_read(&l, grouping_format(g), line);
    if (good && l.scalars) {
        struct slice fields = l.fields;
        good = load_count(&fields, &rows);
    }
    if (!good)
        return diag_set(d, ST_INPUT, NULL, 0, NULL, "not a line of such a part: %s", diag_quote(line).s);
    enum status st = grouping_add_line(g, &l, d);
    totals->rows += rows;
    totals->lines += st == ST_OK;
    return st;
}

static enum status take_block(struct grouping *g, const struct block *b, struct part_totals *totals,
                              struct diag *d)
{
    enum status st = ST_OK;
    if (scan_text(b->p, b->n) < b->n)
        return diag_set(d, ST_INPUT, NULL, 0, NULL, "after this line: not UTF-8, or a NUL byte");
    for (const char *p = b->p, *end = b->p + b->n; p < end && st == ST_OK;) {
        const char *next = memchr(p, '\n', (size_t)(end - p));
        st = take_line(g, (struct slice){p, (size_t)(next - p)}, totals, d);
        p = next + 1;
    }
    return st;
}

enum status part_file_read(struct grouping *g, const char *path, struct part_totals *totals, struct diag *d)
{
    struct block_reader *r = block_open(path, d);
    struct block b = {.n = 1};
    struct sha256 sum;
    enum status st = ST_OK;
    *totals = (struct part_totals){0};
    sha256_begin(&sum);
    if (!r)
        return ST_INPUT;
    while (st == ST_OK && (st = block_next(r, &b, d)) == ST_OK && b.n) {
        sha256_add(&sum, (struct slice){b.p, b.n});
        st = take_block(g, &b, totals, d);
        if (st == ST_INPUT) {
            snprintf(d->file, sizeof d->file, "%s", source_name(block_source(r)));
            d->line = totals->lines + 1;
        }
    }
    sha256_end(&sum, totals->sum);
    block_close(r);
    return st;
}

enum status part_totals_check(const struct part_totals *t, const struct part_meta *m, const char *path,
                              struct diag *d)
{
    if (t->lines != m->lines)
        return diag_set(d, ST_INPUT, path, 0, NULL,
                        "%" PRIu64 " lines where its meta promises %" PRIu64 ": cut off, or of another run",
                        t->lines, m->lines);
    if (t->rows != m->rows)
        return diag_set(d, ST_INPUT, path, 0, NULL,
                        "groups of %" PRIu64 " rows where its meta promises %" PRIu64, t->rows, m->rows);
    if (strcmp(t->sum, m->sum) != 0)
        return diag_set(d, ST_INPUT, path, 0, NULL, "its sum is not the one its meta promises");
    return ST_OK;
}

/* --- writing --- */

static enum status put_line(void *ctx, struct slice line, struct diag *d)
{
    struct part_writer *w = ctx;
    sha256_add(&w->sum, line);
    sha256_add(&w->sum, slice_of("\n"));
    out_slice(w->out, line);
    out_char(w->out, '\n');
    w->totals.lines++;
    return out_failed(w->out) ? diag_set(d, ST_OUTPUT, NULL, 0, NULL, "%s", "") : ST_OK;
}

void part_writer_begin(struct part_writer *w, const struct part_format *f, struct out *out)
{
    *w = (struct part_writer){.lines = {.format = *f, .put = put_line, .ctx = w}, .out = out};
    sha256_begin(&w->sum);
}

struct group_sink part_writer_sink(struct part_writer *w)
{
    return line_writer_sink(&w->lines);
}

void part_writer_end(struct part_writer *w)
{
    sha256_end(&w->sum, w->totals.sum);
    buf_free(&w->lines.line);
}
