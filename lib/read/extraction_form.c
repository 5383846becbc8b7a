/* SPDX-License-Identifier: MIT
 * extraction_form: a form, whose items stand in rows and whose columns become rows of the table: held in
 * memory and turned. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/extraction_internal.h"
#include "lib/read/figure.h"

enum {
    FORM_MAX_TEXT = 1 << 26, /* bytes of all its cells */
    FORM_MAX_CELLS = 1 << 20
};

struct form {
    struct buf text;
    size_t *end;     /* of each cell in text, row after row of `width` cells */
    bool *is_number; /* of each cell, as in struct record */
    size_t n, cap;
    uint64_t *line; /* of each row */
    size_t rows, row_cap;
    size_t width;
};

static void form_free(struct form *f)
{
    buf_free(&f->text);
    free(f->end);
    free(f->is_number);
    free(f->line);
}

static bool form_add(struct form *f, const struct record *rec)
{
    f->line = mem_grow(f->line, f->rows, &f->row_cap, sizeof *f->line);
    f->line[f->rows++] = rec->line;
    for (size_t i = 0; i < f->width; i++) {
        if (i < rec->n)
            buf_slice(&f->text, rec->cell[i]);
        if (f->n == f->cap) {
            size_t cap = f->cap;
            f->end = mem_grow(f->end, f->n, &f->cap, sizeof *f->end);
            f->is_number = mem_grow(f->is_number, f->n, &cap, sizeof *f->is_number);
        }
        f->is_number[f->n] = i < rec->n && record_has_number(rec, i);
        f->end[f->n++] = f->text.n;
    }
    return f->text.n <= FORM_MAX_TEXT && f->n <= FORM_MAX_CELLS;
}

static struct slice form_cell(const struct form *f, size_t row, size_t column)
{
    size_t i = row * f->width + column, from = i ? f->end[i - 1] : 0;
    return (struct slice){f->text.p + from, f->end[i] - from};
}

/* Below a label merged over several rows, perhaps. */
static void check_unlabelled(struct extraction *x, const struct input *in, const struct record *rec)
{
    struct buf scratch = {0};
    bool figure = false;
    for (size_t i = 0; i < in->binding.values && !figure; i++) {
        size_t column = in->binding.value[i].cell;
        figure =
            column < rec->n && figure_kind(rec->cell[column], &x->map->missing, &scratch) == FIGURE_NUMBER;
        if (figure)
            extraction_unlabelled(x, in, rec, column);
    }
    buf_free(&scratch);
}

/* The cells of a column; the caller frees them. */
static struct slice *form_column(const struct form *f, size_t column)
{
    struct slice *cell = mem_array(NULL, f->rows + 1, sizeof *cell);
    for (size_t row = 0; row < f->rows; row++)
        cell[row] = form_cell(f, row, column);
    return cell;
}

static enum status read_items(struct extraction *x, struct input *in, struct form *f, struct diag *d)
{
    struct record rec;
    bool ended = false;
    enum status st;
    while ((st = records_next(&in->records, &rec, d)) == ST_OK && rec.n > 0) {
        enum record_role role = extraction_role(x, in, &rec, ended);
        if (role == RECORD_END && !ended && extraction_footnote(x, in, &rec, d) != ST_OK)
            return ST_INPUT;
        ended = role == RECORD_END;
        if (role == RECORD_UNMAPPED)
            check_unlabelled(x, in, &rec);
        if (role != RECORD_ROW && role != RECORD_PADDED)
            continue;
        if (in->blank)
            extraction_blank_row(x, in, &rec);
        if (!form_add(f, &rec))
            return diag_set(d, ST_INPUT, in->file, rec.line, NULL,
                            "a form of more than 64 MiB or 1048576 cells is none");
    }
    if (st != ST_OK)
        extraction_blame(in, d);
    return st;
}

/* A label that no column wants is told like a heading that maps to nothing. */
static void tell_labels(struct extraction *x, const struct input *in, const struct slice *label,
                        size_t column, size_t n)
{
    const struct binding *b = &in->binding;
    struct buf cell = {0};
    for (size_t i = 0; i < n; i++) {
        bool used = false;
        for (size_t k = 0; k < b->n && !used; k++)
            used = b->column[k].cell == (int)i;
        if (used)
            continue;
        struct cell_name name = failure_cell(column + 1, b->label_line[i]);
        buf_clear(&cell);
        buf_slice(&cell, buf_view(&in->prefix));
        buf_text(&cell, name.s);
        tally_list(x->tally, "label.unmapped", trim(label[i]), buf_string(&cell));
        tally_each(x->tally, &(struct tally_event){.file = slice_of(in->name),
                                                   .sheet = slice_of(records_sheet(&in->records)),
                                                   .line = b->label_line[i],
                                                   .cell = name.s,
                                                   .kind = "label.unmapped",
                                                   .before = label[i]});
    }
    buf_free(&cell);
}

static enum status write_columns(struct extraction *x, struct input *in, const struct form *f,
                                 struct slice *cell, bool *is_number)
{
    for (size_t i = 0; i < in->binding.values; i++) {
        size_t column = in->binding.value[i].cell;
        for (size_t row = 0; row < f->rows; row++) {
            cell[row] = form_cell(f, row, column);
            is_number[row] = f->is_number[row * f->width + column];
        }
        struct record rec = {cell, f->rows, in->binding.line, column + 1, is_number, NULL};
        binding_choose(&in->binding, x->map, i);
        extraction_row(x, in, &rec);
        if (out_failed(x->out))
            return ST_OUTPUT;
    }
    return ST_OK;
}

enum status extraction_form(struct extraction *x, struct input *in, struct diag *d)
{
    struct form f = {.width = in->binding.width};
    enum status st = read_items(x, in, &f, d);
    buf_room(&f.text, RECORDS_SLACK);
    struct slice *cell = form_column(&f, in->binding.label_column), *unit = NULL;
    bool *is_number = mem_zero(f.rows + 1, sizeof *is_number);
    size_t column = in->binding.label_column;
    if (in->binding.unit_column >= 0)
        unit = form_column(&f, (size_t)in->binding.unit_column);
    if (st == ST_OK) {
        in->stage = "structure.header";
        st = heading_bind_labels(&in->binding, in->file, x->map, x->units,
                                 &(struct form_labels){cell, unit, f.line, f.rows}, d);
    }
    if (st == ST_OK) {
        tell_labels(x, in, cell, column, f.rows);
        st = extraction_begin_rows(x, in, d);
    }
    if (st == ST_OK)
        st = write_columns(x, in, &f, cell, is_number);
    free(cell);
    free(unit);
    free(is_number);
    form_free(&f);
    return st;
}
