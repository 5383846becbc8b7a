/* SPDX-License-Identifier: MIT
 * biff_sheet: see biff_sheet.h. A sheet is read twice: once for what it says of its rows, once for them. */
#include "lib/read/biff_sheet.h"

#include "lib/read/biff_cell.h"
#include "lib/read/cfb_bytes.h"

enum { WORKSHEET = 0x10, ROW_HIDDEN = 0x20 };

static enum status damaged(const struct biff_sheet *s, const char *what, struct diag *d)
{
    return diag_set(d, ST_INPUT, s->book->file, 0, NULL, "damaged workbook: sheet %s %s",
                    diag_quote(slice_of(s->name)).s, what);
}

/* The next record of the sheet itself: substreams inside it, such as charts, are passed over. The end of the
 * sheet is a record too. */
static enum status next(struct biff_sheet *s, struct diag *d)
{
    unsigned depth = 0;
    do {
        enum status st = biff_next(&s->at, d);
        if (st != ST_OK)
            return st;
        depth += s->at.type == BIFF_BOF;
        if (depth == 0)
            return ST_OK;
        depth -= s->at.type == BIFF_EOF;
    } while (true);
}

static enum status begin(struct biff_sheet *s, uint32_t at, struct diag *d)
{
    biff_begin(&s->at, s->book->stream, at);
    enum status st = biff_next(&s->at, d);
    if (st == ST_OK && (s->at.type != BIFF_BOF || s->at.n < 4 || le16(s->at.p + 2) != WORKSHEET))
        st = damaged(s, "does not begin where the workbook says", d);
    return st;
}

/* --- the first reading --- */

static enum status take_row(struct biff_sheet *s, struct diag *d)
{
    enum status st = biff_need(&s->at, 14, d);
    if (st != ST_OK)
        return st;
    unsigned row = le16(s->at.p);
    if (le16(s->at.p + 12) & ROW_HIDDEN)
        s->hidden[row / 8] = (unsigned char)(s->hidden[row / 8] | 1 << row % 8);
    return ST_OK;
}

static enum status take_merges(struct biff_sheet *s, struct diag *d)
{
    enum { COUNT = 2, RANGE = 8 };
    enum status st = biff_need(&s->at, COUNT, d);
    if (st == ST_OK)
        st = biff_need(&s->at, COUNT + RANGE * (size_t)le16(s->at.p), d);
    for (size_t i = 0; st == ST_OK && i < le16(s->at.p); i++) {
        const unsigned char *range = s->at.p + COUNT + RANGE * i;
        if (le16(range + 6) >= BIFF_MAX_COLUMNS)
            return damaged(s, "has a merged range beyond column IV, the last", d);
        if (!merges_add(&s->rows.merges, le16(range) + 1u, le16(range + 2) + 1u, le16(range + 4) + 1u,
                        le16(range + 6) + 1u))
            return damaged(s, "has more than 65536 merged ranges", d);
    }
    return st;
}

static enum status take_columns(struct biff_sheet *s, struct diag *d)
{
    enum { HIDDEN = 1 };
    enum status st = biff_need(&s->at, 10, d);
    const unsigned char *p = s->at.p;
    if (st == ST_OK && (le16(p + 8) & HIDDEN || le16(p + 4) == 0))
        sheet_rows_hide_columns(&s->rows, le16(p) + 1u, le16(p + 2) + 1u);
    return st;
}

static enum status survey(struct biff_sheet *s, struct diag *d)
{
    enum status st = ST_OK;
    while (st == ST_OK && (st = next(s, d)) == ST_OK && s->at.type != BIFF_EOF) {
        if (s->at.type == BIFF_ROW)
            st = take_row(s, d);
        else if (s->at.type == BIFF_COLINFO)
            st = take_columns(s, d);
        else if (s->at.type == BIFF_MERGEDCELLS)
            st = take_merges(s, d);
        else if (s->at.type == BIFF_FORMULA && s->at.n >= BIFF_FORMULA_LEAST)
            s->computes = s->computes || biff_cell_result(&s->at) == RESULT_SAYS;
    }
    return st;
}

enum status biff_sheet_open(struct biff_sheet *s, const struct biff_book *book, size_t i, unsigned what,
                            struct diag *d)
{
    *s = (struct biff_sheet){.book = book, .name = book->sheet[i].name, .what = what};
    sheet_rows_init(&s->rows, book->from_1904);
    s->rows.merges.all = what & WORKBOOK_MERGES;
    enum status st = begin(s, book->begin[i], d);
    if (st == ST_OK)
        st = survey(s, d);
    return st == ST_OK ? begin(s, book->begin[i], d) : st;
}

void biff_sheet_free(struct biff_sheet *s)
{
    sheet_rows_free(&s->rows);
    buf_free(&s->scratch);
}

/* --- the second --- */

/* The next record of cells, or the end of the sheet. */
static enum status next_cell(struct biff_sheet *s, struct diag *d)
{
    enum status st;
    do
        st = next(s, d);
    while (st == ST_OK && s->at.type != BIFF_EOF && !biff_is_cell(&s->at));
    return st == ST_OK && s->at.type != BIFF_EOF ? biff_need(&s->at, 2, d) : st;
}

/* Behind a formula, and what else belongs to it, stands its text. */
static enum status take_result(struct biff_sheet *s, struct diag *d)
{
    enum status st;
    do
        st = next(s, d);
    while (st == ST_OK && s->at.type != BIFF_EOF && s->at.type != BIFF_STRING && !biff_is_cell(&s->at));
    if (st == ST_OK && s->at.type != BIFF_STRING)
        st = biff_cell_bad(s, "a formula without the text that is its result", d);
    return st == ST_OK ? biff_cell_take_string(s, d) : st;
}

/* The cells of the row that the record at hand begins, up to the record that is not of it. */
static enum status take_cells(struct biff_sheet *s, struct diag *d)
{
    enum status st = ST_OK;
    while (st == ST_OK && s->at.type != BIFF_EOF && le16(s->at.p) == s->row) {
        st = biff_cell_take(s, s->rows.hidden ? NULL : d);
        if (s->rows.hidden) /* what is wrong in it is of no concern */
            st = ST_OK;
        if (st == ST_OK && s->wants_text)
            st = take_result(s, d);
        if (st == ST_OK)
            st = next_cell(s, d);
    }
    return st;
}

/* One row, blank, hidden or given: then rec->n > 0. */
static enum status take_one(struct biff_sheet *s, struct record *rec, struct diag *d)
{
    unsigned row = le16(s->at.p);
    if (s->begun && row <= s->row) {
        s->row = row;
        s->column = s->at.n >= 4 ? le16(s->at.p + 2) : 0;
        return biff_cell_bad(s, "it stands behind cells of a later row", d);
    }
    s->begun = true;
    s->row = row;
    bool hidden = s->hidden[row / 8] & 1 << row % 8;
    sheet_rows_begin(&s->rows, row + 1, hidden && !(s->what & WORKBOOK_HIDDEN_ROWS));
    enum status st = take_cells(s, d);
    if (st == ST_OK && !sheet_rows_end(&s->rows, rec))
        rec->n = 0;
    return st;
}

enum status biff_sheet_next(struct biff_sheet *s, struct record *rec, struct diag *d)
{
    enum status st = s->begun ? ST_OK : next_cell(s, d);
    *rec = (struct record){0};
    while (st == ST_OK && rec->n == 0 && s->at.type != BIFF_EOF)
        st = take_one(s, rec, d);
    return st;
}
