/* SPDX-License-Identifier: MIT
 * binding: see binding.h. */
#include "lib/read/binding.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/binding_internal.h"

void binding_free(struct binding *b)
{
    free(b->nearest);
    for (size_t i = 0; b->column && i < b->n; i++) {
        free(b->column[i].heading);
        free(b->column[i].constant);
    }
    for (size_t i = 0; b->unmapped && i < b->width; i++)
        free(b->unmapped[i]);
    for (size_t i = 0; i < b->values; i++) {
        free(b->value[i].heading);
        free(b->value[i].field);
    }
    for (size_t i = 0; i < b->founds; i++)
        free(b->found[i].text);
    for (int i = 0; i < b->header_rows; i++)
        free(b->header[i]);
    free(b->header);
    free(b->mapped);
    free(b->blank);
    free(b->found);
    free(b->value);
    free(b->label_line);
    free(b->column);
    free(b->unmapped);
    free(b->why);
    *b = (struct binding){0};
}

/* --- the header --- */

/* A heading reaches over the blank ones on its right, not over those on its left. */
static void keep_blank(struct binding *b)
{
    bool begun = false;
    b->blank = mem_zero(b->width + 1, sizeof *b->blank);
    for (size_t i = 0; i < b->width; i++) {
        begun = begun || b->unmapped[i];
        if (begun && !b->unmapped[i])
            b->blank[b->blanks++] = i;
    }
}

void binding_keep_layout(struct binding *b, const struct slice *heading, size_t n, uint64_t line)
{
    b->line = line;
    b->width = n;
    b->unmapped = mem_zero(n + 1, sizeof *b->unmapped);
    b->why = mem_zero(n + 1, sizeof *b->why);
    for (size_t i = 0; i < n; i++) {
        struct slice text = trim(heading[i]);
        if (text.n == 0)
            continue;
        b->used = i + 1;
        b->unmapped[i] = mem_text(text);
    }
    keep_blank(b);
}

/* Cells folded, each ended by LF, which no folded cell has; without the blank ones at the end. */
static struct slice row_of_cells(const struct slice *cell, size_t n, struct buf *out)
{
    size_t end = 0;
    buf_clear(out);
    for (size_t i = 0; i < n; i++) {
        size_t before = out->n;
        fold_word(out, cell[i]);
        if (out->n > before)
            end = out->n + 1;
        buf_char(out, '\n');
    }
    return (struct slice){out->p, end};
}

void binding_keep_header(struct binding *b, const struct headline *h, int below, int depth)
{
    struct buf row = {0};
    b->header = mem_zero((size_t)depth, sizeof *b->header);
    for (b->header_rows = 0; b->header_rows < depth; b->header_rows++) {
        const struct headline_row *r = &h->row[below + b->header_rows];
        b->header[b->header_rows] = mem_text(row_of_cells(r->cell, r->n, &row));
    }
    buf_free(&row);
}

bool binding_is_header(const struct binding *b, const struct record *rec, struct buf *scratch)
{
    struct slice row = row_of_cells(rec->cell, rec->n, scratch);
    for (int i = 0; i < b->header_rows; i++)
        if (row.n > 0 && slice_is(row, b->header[i]))
            return true;
    return false;
}

/* Once the columns are bound. */
static void keep_mapped(struct binding *b, const struct mapping *m)
{
    b->mapped = mem_zero(b->n + b->values + 1, sizeof *b->mapped);
    if (m->form)
        b->mapped[b->mappeds++] = b->label_column;
    for (size_t k = 0; k < b->n; k++)
        if (b->column[k].cell >= 0)
            b->mapped[b->mappeds++] = (size_t)b->column[k].cell;
    for (size_t i = 0; i < b->values && !m->form; i++)
        b->mapped[b->mappeds++] = b->value[i].cell;
    for (size_t i = 0; i < b->mappeds; i++)
        b->takes_first = b->takes_first || b->mapped[i] == 0;
}

void binding_use_heading(struct binding *b, size_t i)
{
    free(b->unmapped[i]);
    b->unmapped[i] = NULL;
}

void binding_take_all(struct binding *b, const struct slice *name)
{
    b->n = b->width;
    b->column = mem_zero(b->n + 1, sizeof *b->column);
    for (size_t i = 0; i < b->n; i++) {
        b->column[i] = (struct bound_column){.cell = (int)i, .heading = mem_text(name[i])};
        if (b->unmapped[i])
            binding_use_heading(b, i);
    }
    b->blanks = 0; /* a name of blanks is a name */
}

/* Why the headings that are left map to nothing. */
static void judge_unmapped(struct binding *b, const struct mapping *m, struct heading_match *match)
{
    for (size_t i = 0; i < b->width; i++) {
        if (!b->unmapped[i])
            continue;
        struct heading_unit u = heading_match_read(match, slice_of(b->unmapped[i]));
        if (cellwords_match(&m->ignore, u.name) || cellwords_match(&m->ignore, u.whole))
            b->why[i] = UNMAPPED_IGNORED;
        else if (cellwords_match(&m->skip, u.name) && mapping_filled(m, FILL_HEADING) >= 0)
            b->why[i] = UNMAPPED_SKIPPED;
    }
}

/* --- figures under headings that map to nothing else --- */

/* All headings left that are neither ignored nor skipped. */
static void take_values(struct binding *b)
{
    b->value = mem_zero(b->width + 1, sizeof *b->value);
    for (size_t i = 0; i < b->width; i++) {
        if (!b->unmapped[i] || b->why[i] != UNMAPPED_UNKNOWN)
            continue;
        b->value[b->values++] = (struct bound_value){.cell = i, .heading = b->unmapped[i]};
        b->unmapped[i] = NULL;
    }
}

static enum status wrong_value(const struct binding *b, size_t i, const char *why, const char *file,
                               struct diag *d)
{
    return binding_wrong_heading(b, b->value[i].heading, b->value[i].cell, why, file, d);
}

static enum status bind_values(struct binding *b, const struct mapping *m, int k, struct heading_match *match,
                               const char *file, struct diag *d)
{
    const struct map_column *c = &m->column[k];
    const struct unit *first = NULL, *own = NULL;
    enum status st = ST_OK;
    take_values(b);
    if (b->values == 0)
        return diag_set(d, ST_INPUT, file, b->line, NULL, "header: no heading is left for '%s'", c->target);
    for (size_t i = 0; i < b->values && st == ST_OK; i++) {
        struct heading_unit u = heading_match_read(match, slice_of(b->value[i].heading));
        if (u.unknown)
            return wrong_value(b, i, binding_unit_unknown, file, d);
        if (u.unit && (!c->unit || !units_same_dimension(u.unit, c->unit)))
            return wrong_value(b, i, "its unit is not one of the column @value", file, d);
        st = binding_unit(b, m, (size_t)k, &u, file, d);
        if (first && b->column[k].unit != first)
            return wrong_value(b, i, "its unit is not that of the headings before it", file, d);
        first = b->column[k].unit;
        own = u.unit ? u.unit : own;
    }
    b->column[k].own = own;
    return st;
}

/* --- columns --- */

static enum status bind_column(struct binding *b, const struct mapping *m, size_t k,
                               struct heading_match *match, const struct slice *heading, const char *file,
                               struct diag *d)
{
    struct bound_column *to = &b->column[k];
    struct heading_unit u = {.unit = NULL};
    to->cell = match->cell[k];
    to->heading = mem_text(to->cell < 0 ? slice_of("") : trim(heading[to->cell]));
    if (to->cell >= 0)
        u = heading_match_read(match, heading[to->cell]);
    if (to->cell >= 0 && !m->form)
        binding_use_heading(b, (size_t)to->cell);
    enum status st = binding_unit_beside(b, m, k, match->units, &u, file, d);
    return st == ST_OK ? binding_unit(b, m, k, &u, file, d) : st;
}

enum status binding_columns(struct binding *b, const struct mapping *m, struct heading_match *match,
                            const struct slice *heading, const char *file, struct diag *d)
{
    int value = mapping_filled(m, FILL_VALUE);
    enum status st = m->form ? ST_OK : binding_unit_column(b, m, match->units, heading, file, d);
    if (st == ST_OK && !m->form)
        st = binding_notes_in_header(b, m, match, heading, file, d);
    b->n = m->n;
    b->column = mem_zero(m->n + 1, sizeof *b->column);
    for (size_t k = 0; k < m->n && st == ST_OK; k++)
        st = bind_column(b, m, k, match, heading, file, d);
    if (!m->form) {
        judge_unmapped(b, m, match);
        st = st == ST_OK ? binding_check_unmapped(b, m, file, d) : st;
    }
    if (st == ST_OK && value >= 0)
        st = bind_values(b, m, value, match, file, d);
    if (!m->form)
        keep_mapped(b, m);
    return st == ST_OK ? binding_check_notes(b, m, file, d) : st;
}

enum status binding_form(struct binding *b, const struct mapping *m, struct heading_match *match,
                         const struct slice *heading, const char *file, struct diag *d)
{
    size_t place = (size_t)match->cell[0];
    struct heading_unit u = heading_match_read(match, heading[place]);
    const struct unitnotes own = {.stated = {u.unit, b->line, place}};
    if (u.unknown)
        return binding_wrong_heading(b, b->unmapped[place], place, binding_unit_unknown, file, d);
    if (unitnotes_add(&b->notes, &own, file, d) != ST_OK)
        return ST_INPUT;
    if (binding_unit_column(b, m, match->units, heading, file, d) != ST_OK)
        return ST_INPUT;
    b->label_column = place;
    binding_use_heading(b, place);
    judge_unmapped(b, m, match);
    if (binding_check_unmapped(b, m, file, d) != ST_OK)
        return ST_INPUT;
    take_values(b);
    for (size_t i = 0; i < b->values; i++) {
        u = heading_match_read(match, slice_of(b->value[i].heading));
        if (u.unit || u.unknown)
            return wrong_value(b, i, "a unit belongs to the labels of a form or above it", file, d);
    }
    keep_mapped(b, m);
    return b->values > 0
               ? ST_OK
               : diag_set(d, ST_INPUT, file, b->line, NULL, "header: no heading beside that of the labels");
}

/* --- used --- */

bool binding_fills(const struct binding *b, const struct record *rec, struct buf *scratch)
{
    for (size_t i = 0; i < b->mappeds; i++) {
        if (b->mapped[i] >= rec->n)
            continue;
        struct slice cell = rec->cell[b->mapped[i]];
        if (fold_keeps(cell) > 0)
            return true;
        buf_clear(scratch);
        fold_word(scratch, cell);
        if (scratch->n > 0)
            return true;
    }
    return false;
}

static const char *heading_at(const struct binding *b, size_t cell)
{
    if (b->unmapped[cell])
        return b->unmapped[cell];
    for (size_t k = 0; k < b->n && !b->label_line; k++)
        if (b->column[k].cell == (int)cell)
            return b->column[k].heading;
    return binding_over(b, (int)cell);
}

const char *binding_left_of(const struct binding *b, size_t cell)
{
    const char *heading = "";
    while (cell > 0 && !*heading)
        heading = heading_at(b, --cell);
    return heading;
}

struct cell_name binding_cell(const struct binding *b, size_t k, const struct record *rec)
{
    int cell = b->column[k].cell;
    if (b->label_line && cell >= 0)
        return failure_cell(rec->number, b->label_line[cell]);
    return failure_cell((uint64_t)cell + 1, rec->line);
}

uint64_t binding_line(const struct binding *b, size_t k, const struct record *rec)
{
    int cell = b->column[k].cell;
    return b->label_line && cell >= 0 ? b->label_line[cell] : rec->line;
}

const char *binding_over(const struct binding *b, int cell)
{
    for (size_t i = 0; i < b->values; i++)
        if (b->value[i].cell == (size_t)cell)
            return b->value[i].heading;
    return "";
}

void binding_choose(struct binding *b, const struct mapping *m, size_t i)
{
    int heading = mapping_filled(m, FILL_HEADING), value = mapping_filled(m, FILL_VALUE);
    struct bound_column *to = &b->column[heading];
    free(to->constant);
    to->constant = mem_text(slice_of(b->value[i].field));
    if (value >= 0)
        b->column[value].cell = (int)b->value[i].cell;
}
