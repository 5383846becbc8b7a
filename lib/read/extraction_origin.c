/* SPDX-License-Identifier: MIT
 * extraction_origin: what is known of a table besides its rows: what its header told, and how exactly its
 * columns were stated. */
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/extraction_internal.h"
#include "lib/read/origin.h"

/* --- what the header told --- */

/* A thing that stands once in a file, or a heading: listed one by one in the counts too. */
static void tell(struct extraction *x, const struct input *in, const char *kind, const char *cell,
                 uint64_t line, struct slice column, struct slice before, struct slice after)
{
    struct buf name = {0};
    buf_slice(&name, buf_view(&in->prefix));
    buf_text(&name, cell);
    tally_list(x->tally, kind, before, *cell ? buf_string(&name) : "");
    tally_each(x->tally, &(struct tally_event){.file = slice_of(in->name),
                                               .sheet = slice_of(records_sheet(&in->records)),
                                               .line = line,
                                               .cell = cell,
                                               .column = column,
                                               .kind = kind,
                                               .before = before,
                                               .after = after});
    buf_free(&name);
}

static void tell_headings(struct extraction *x, const struct input *in)
{
    static const char *const kinds[] = {[UNMAPPED_UNKNOWN] = "heading.unmapped",
                                        [UNMAPPED_IGNORED] = "heading.ignored",
                                        [UNMAPPED_SKIPPED] = "heading.skipped"};
    const struct binding *b = &in->binding;
    for (size_t i = 0; i < b->width; i++)
        if (b->unmapped[i])
            tell(x, in, kinds[b->why[i]], failure_cell(i + 1, b->line).s, b->line, (struct slice){0},
                 slice_of(b->unmapped[i]), (struct slice){0});
}

/* Which values were taken from outside the table. */
static void tell_constants(struct extraction *x, const struct input *in)
{
    static const char *const kinds[] = {
        [PLACE_CELL] = "constant.cell", [PLACE_FILE] = "constant.file", [PLACE_SHEET] = "constant.sheet"};
    struct buf field = {0};
    for (size_t i = 0; i < in->binding.founds; i++) {
        const struct found_constant *f = &in->binding.found[i];
        if (!f->text)
            continue;
        buf_clear(&field);
        for (size_t k = 0; k < x->map->n; k++)
            if (x->map->column[k].define && in->binding.column[k].constant &&
                strcmp(x->map->column[k].define, x->map->constant[i].name) == 0)
                buf_escaped(&field, slice_of(in->binding.column[k].constant));
        struct cell_name cell = {""};
        if (f->line)
            cell = failure_cell(f->cell + 1, f->line);
        tell(x, in, kinds[x->map->constant[i].place], cell.s, f->line, slice_of(x->map->constant[i].name),
             slice_of(f->text), buf_view(&field));
    }
    buf_free(&field);
}

void extraction_log_header(struct extraction *x, const struct input *in)
{
    if (in->dec)
        tally_add(x->tally, "file.encoding", 1, slice_of(decoder_encoding(in->dec)), "");
    const struct unitnote *stated = &in->binding.notes.stated;
    if (stated->unit)
        tell(x, in, "unit.note", failure_cell(stated->cell + 1, stated->line).s, stated->line,
             (struct slice){0}, slice_of(stated->unit->name), (struct slice){0});
    tell_constants(x, in);
    tell_headings(x, in);
}

/* --- how exactly columns are stated --- */

/* In a form a column's own place is a line, in a list a column, under @value many columns. */
static void place_of(const struct extraction *x, const struct binding *b, size_t k, struct sidecar_line *to)
{
    to->cell[0] = '\0';
    to->header_line = b->line;
    if (b->label_line) {
        to->header_line = b->label_line[b->column[k].cell];
        snprintf(to->cell, sizeof to->cell, "%llu", (unsigned long long)to->header_line % 100000000);
    } else if (x->map->column[k].fill != FILL_VALUE) {
        snprintf(to->cell, sizeof to->cell, "%.15s", failure_cell((uint64_t)b->column[k].cell + 1, 0).s);
    }
}

static enum status keep_column(struct extraction *x, struct input *in, size_t k, struct diag *d)
{
    const struct binding *b = &in->binding;
    struct sidecar_line now = {
        .seen = true, .unit = b->column[k].unit, .exact = convert_exactness(in->convert, k)};
    struct sidecar_line *kept = &in->sidecar[k];
    place_of(x, b, k, &now);
    if (!kept->seen) {
        now.heading = mem_text(slice_of(b->column[k].heading));
        *kept = now;
        return ST_OK;
    }
    in->stage = "structure.header";
    if (kept->unit != now.unit)
        return diag_set(d, ST_INPUT, in->file, b->line, x->map->column[k].target,
                        "sheet %s states it in another unit than the sheets before",
                        diag_quote(slice_of(records_sheet(&in->records))).s);
    if (strcmp(kept->cell, now.cell) != 0)
        kept->cell[0] = '\0';
    /* The most exact statement counts. Without a number nothing is stated. */
    if (kept->exact.decimals < 0 || (now.exact.decimals >= 0 && now.exact.decimals - now.exact.shift >
                                                                    kept->exact.decimals - kept->exact.shift))
        kept->exact = now.exact;
    return ST_OK;
}

enum status extraction_keep_origin(struct extraction *x, struct input *in, struct diag *d)
{
    enum status st = ST_OK;
    if (!in->sidecar) {
        in->sidecar = mem_zero(in->binding.n + 1, sizeof *in->sidecar);
        in->sidecars = in->binding.n;
    }
    for (size_t k = 0; k < in->binding.n && st == ST_OK; k++)
        if (in->binding.column[k].cell >= 0)
            st = keep_column(x, in, k, d);
    return st;
}

void extraction_write_origin(struct extraction *x, struct input *in)
{
    struct buf text = {0};
    for (size_t k = 0; x->sidecar && k < in->sidecars; k++) {
        const struct sidecar_line *l = &in->sidecar[k];
        if (!l->seen)
            continue;
        size_t end[3];
        buf_clear(&text);
        buf_escaped(&text, slice_of(in->name));
        end[0] = text.n;
        buf_escaped(&text, slice_of(x->map->column[k].target));
        end[1] = text.n;
        buf_escaped(&text, slice_of(l->heading));
        end[2] = text.n;
        origin_write(x->sidecar, &(struct origin_column){.file = {text.p, end[0]},
                                                         .column = {text.p + end[0], end[1] - end[0]},
                                                         .heading = {text.p + end[1], end[2] - end[1]},
                                                         .cell = slice_of(l->cell),
                                                         .unit = slice_of(l->unit ? l->unit->name : ""),
                                                         .decimals = l->exact.decimals,
                                                         .shift = l->exact.shift,
                                                         .header_line = l->header_line});
    }
    buf_free(&text);
}
