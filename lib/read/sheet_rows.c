/* SPDX-License-Identifier: MIT
 * sheet_rows: see sheet_rows.h. */
#include "lib/read/sheet_rows.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/failure.h"
#include "lib/read/shortest.h"

struct span {
    size_t at, n;
};

void sheet_rows_init(struct sheet_rows *r, bool from_1904)
{
    *r = (struct sheet_rows){.from_1904 = from_1904};
}

void sheet_rows_free(struct sheet_rows *r)
{
    buf_free(&r->text);
    free(r->span);
    free(r->cell);
    free(r->own);
    free(r->is_number);
    buf_free(&r->hidden_text);
    merges_free(&r->merges);
    for (size_t i = 0; i < SHEET_NOTES; i++)
        free(r->count[i].example);
    *r = (struct sheet_rows){0};
}

/* --- what is noticed --- */

static const char *const kinds[SHEET_NOTES] = {
    [SHEET_PERCENT] = "cell.percent",    [SHEET_DATE] = "cell.date",
    [SHEET_NO_DATE] = "date.none",       [SHEET_CUT_DATE] = "date.cut",
    [SHEET_SCALED] = "number.scaled",    [SHEET_ROUNDED] = "number.rounded",
    [SHEET_LITERAL] = "cell.literal",    [SHEET_ZEROS] = "cell.zeros",
    [SHEET_DROPPED] = "literal.dropped", [SHEET_HIDDEN] = "number.hidden",
    [SHEET_LONG] = "cell.long",          [SHEET_ERROR] = "cell.error",
    [SHEET_NO_RESULT] = "formula.none",  [SHEET_MERGED] = "cell.merged",
    [SHEET_FILLED] = "cell.filled",      [SHEET_HIDDEN_CELL] = "cell.hidden",
    [SHEET_HIDDEN_ROW] = "rows.hidden",
};

static void list(struct sheet_rows *r, enum sheet_note note, uint64_t column, struct slice before,
                 struct slice after)
{
    struct cell_name cell = failure_cell(column, r->line);
    struct buf field = {0};
    buf_escaped(&field, after);
    tally_each(r->each, &(struct tally_event){.file = r->file,
                                              .sheet = r->sheet,
                                              .line = r->line,
                                              .cell = cell.s,
                                              .kind = kinds[note],
                                              .before = before,
                                              .after = buf_view(&field)});
    buf_free(&field);
}

/* after is the text of the cell, before what it was made of. */
static void notice(struct sheet_rows *r, enum sheet_note note, uint64_t column, struct slice before,
                   struct slice after)
{
    struct sheet_count *c = &r->count[note];
    if (r->hidden)
        return;
    if (r->each)
        list(r, note, column, before, after);
    if (c->n++ > 0)
        return;
    c->example = mem_text(after);
    c->column = column;
    c->line = r->line;
}

void sheet_rows_log(const struct sheet_rows *r, struct tally *t, const char *prefix)
{
    struct buf cell = {0};
    for (size_t i = 0; i < SHEET_NOTES; i++) {
        const struct sheet_count *c = &r->count[i];
        if (c->n == 0)
            continue;
        buf_clear(&cell);
        buf_text(&cell, prefix);
        buf_text(&cell, failure_cell(c->column, c->line).s);
        tally_add(t, kinds[i], c->n, slice_of(c->example), buf_string(&cell));
    }
    buf_free(&cell);
}

/* --- cells --- */

void sheet_rows_begin(struct sheet_rows *r, uint64_t line, bool hidden)
{
    r->hidden = hidden;
    buf_clear(&r->text);
    r->n = 0;
    r->line = line;
    r->blank += line - r->last - 1;
    r->last = line;
}

static void room(struct sheet_rows *r, size_t columns)
{
    size_t cap = r->cap ? r->cap : 16;
    if (columns <= r->cap)
        return;
    while (cap < columns)
        cap *= 2;
    r->span = mem_array(r->span, cap, sizeof *r->span);
    r->cell = mem_array(r->cell, cap, sizeof *r->cell);
    r->own = mem_array(r->own, cap, sizeof *r->own);
    r->is_number = mem_array(r->is_number, cap, sizeof *r->is_number);
    r->cap = cap;
}

/* Opens the cell; its text is what is appended to r->text from here on. */
static const char *open_cell(struct sheet_rows *r, uint64_t column)
{
    if (column < 1 || column > RECORDS_MAX_CELLS)
        return "a cell beyond column XFD";
    room(r, column);
    for (; r->n < column; r->n++) {
        r->span[r->n] = (struct span){0, 0};
        r->is_number[r->n] = false;
    }
    r->span[column - 1] = (struct span){r->text.n, 0};
    r->is_number[column - 1] = false;
    return NULL;
}

static const char *close_cell(struct sheet_rows *r, uint64_t column)
{
    struct span *s = &r->span[column - 1];
    s->n = r->text.n - s->at;
    if (s->n > RECORDS_MAX_FIELD)
        return "a cell is longer than 1 MiB";
    return r->text.n > RECORDS_MAX_RECORD ? "a row is longer than 16 MiB" : NULL;
}

const char *sheet_rows_text(struct sheet_rows *r, uint64_t column, struct slice text)
{
    const char *wrong = open_cell(r, column);
    if (wrong)
        return wrong;
    buf_slice(&r->text, text);
    return close_cell(r, column);
}

static struct slice text_of(const struct sheet_rows *r, uint64_t column)
{
    const struct span *s = &r->span[column - 1];
    return (struct slice){s->n ? r->text.p + s->at : "", s->n};
}

const char *sheet_rows_number(struct sheet_rows *r, uint64_t column, struct slice stated, struct slice plain,
                              unsigned noticed, const struct number_format *format)
{
    static const struct {
        unsigned bit;
        enum sheet_note note;
    } notes[] = {
        {FORMAT_IS_PERCENT, SHEET_PERCENT}, {FORMAT_IS_DATE, SHEET_DATE},    {FORMAT_NO_DATE, SHEET_NO_DATE},
        {FORMAT_CUT_DATE, SHEET_CUT_DATE},  {FORMAT_SCALED, SHEET_SCALED},   {FORMAT_LITERAL, SHEET_LITERAL},
        {FORMAT_ZEROS, SHEET_ZEROS},        {FORMAT_DROPPED, SHEET_DROPPED}, {FORMAT_HIDDEN, SHEET_HIDDEN}};
    const char *wrong = open_cell(r, column);
    if (wrong)
        return wrong;
    unsigned seen = number_format_apply(plain, format, r->from_1904, &r->text);
    wrong = close_cell(r, column);
    r->is_number[column - 1] = true;
    for (size_t i = 0; (seen | noticed) && i < sizeof notes / sizeof *notes; i++)
        if (seen & notes[i].bit)
            notice(r, notes[i].note, column, plain, text_of(r, column));
    if (noticed & SHORTEST_ROUNDED && !(seen & FORMAT_IS_DATE))
        notice(r, SHEET_ROUNDED, column, stated, text_of(r, column));
    if (noticed & SHORTEST_LONG)
        notice(r, SHEET_LONG, column, stated, text_of(r, column));
    return wrong;
}

const char *sheet_rows_error(struct sheet_rows *r, uint64_t column, struct slice text)
{
    const char *wrong = sheet_rows_text(r, column, text);
    notice(r, SHEET_ERROR, column, text, text);
    return wrong;
}

const char *sheet_rows_bool(struct sheet_rows *r, uint64_t column, bool value)
{
    return sheet_rows_text(r, column, slice_of(value ? "TRUE" : "FALSE"));
}

const char *sheet_rows_no_result(struct sheet_rows *r, uint64_t column, struct slice formula)
{
    const char *wrong = open_cell(r, column);
    if (wrong)
        return wrong;
    buf_char(&r->text, '=');
    buf_slice(&r->text, formula);
    wrong = close_cell(r, column);
    notice(r, SHEET_NO_RESULT, column, formula, text_of(r, column));
    return wrong;
}

/* --- the row --- */

/* Empty cells up to that many; there is room for them. */
static void fill_up(struct sheet_rows *r, size_t columns)
{
    for (; r->n < columns; r->n++) {
        r->cell[r->n] = (struct slice){"", 0};
        r->is_number[r->n] = false;
    }
}

static bool has_column(const unsigned char *bits, uint64_t column)
{
    return bits[(column - 1) / 8] >> (column - 1) % 8 & 1;
}

static void set_column(unsigned char *bits, uint64_t column)
{
    bits[(column - 1) / 8] = (unsigned char)(bits[(column - 1) / 8] | 1 << (column - 1) % 8);
}

void sheet_rows_hide_columns(struct sheet_rows *r, uint64_t first, uint64_t last)
{
    uint64_t c = first > r->last_hidden_column ? first : r->last_hidden_column + 1;
    for (; c <= last && c <= RECORDS_MAX_CELLS; c++) {
        set_column(r->hidden_column, c);
        r->last_hidden_column = c;
    }
}

void sheet_rows_header_ends(struct sheet_rows *r)
{
    r->header_ended = true;
}

void sheet_rows_fill_down(struct sheet_rows *r, uint64_t column, uint64_t below)
{
    if (!r->merges.filling)
        merges_begin_filling(&r->merges, below);
    set_column(r->filled_down, column);
}

/* The cells, each with a TAB behind it; a TAB within one is a blank. */
static void join_cells(const struct sheet_rows *r, struct buf *out)
{
    for (size_t i = 0; i < r->n; i++) {
        for (size_t k = 0; k < r->cell[i].n; k++)
            buf_char(out, r->cell[i].p[k] == '\t' ? ' ' : r->cell[i].p[k]);
        buf_char(out, '\t');
    }
}

/* The row is left out: it stands whole in the list of what was noticed, and above the rows of the table it is
 * kept, because what it says may be missed. */
static void leave_out(struct sheet_rows *r)
{
    enum { MOST = 1 << 16 };
    struct sheet_count *c = &r->count[SHEET_HIDDEN_ROW];
    struct buf cells = {0};
    size_t first = 0;
    join_cells(r, &cells);
    while (r->cell[first].n == 0)
        first++;
    if (r->each)
        tally_each(r->each, &(struct tally_event){.file = r->file,
                                                  .sheet = r->sheet,
                                                  .line = r->line,
                                                  .kind = kinds[SHEET_HIDDEN_ROW],
                                                  .before = {cells.p, cells.n - 1}});
    if (c->n++ == 0) {
        c->example = mem_text(r->cell[first]);
        c->column = first + 1;
        c->line = r->line;
    }
    if (!r->header_ended && r->hidden_rows < HIDDEN_ROWS_KEPT && r->hidden_text.n + cells.n <= MOST) {
        buf_slice(&r->hidden_text, buf_view(&cells));
        r->hidden_row[r->hidden_rows++] = (struct hidden_row){r->line, r->hidden_text.n};
    }
    buf_free(&cells);
}

static void cut_empty_end(struct sheet_rows *r)
{
    while (r->n > 0 && r->cell[r->n - 1].n == 0)
        r->n--;
}

static void show_merged(struct sheet_rows *r)
{
    uint64_t to;
    size_t own = r->n;
    if (!merges_touch(&r->merges, r->line, &to))
        return;
    to = to < RECORDS_MAX_CELLS ? to : RECORDS_MAX_CELLS;
    room(r, to);
    fill_up(r, to);
    merges_fill(&r->merges, r->line, r->cell, r->n);
    for (size_t i = 0; i < r->n; i++)
        if (r->cell[i].n > 0 && (i >= own || r->span[i].n == 0))
            notice(r, SHEET_MERGED, i + 1, slice_of(""), r->cell[i]);
}

/* What a hidden column says above the rows of the table, a unit or a heading, is read, and told of. Rows of
 * figures may be among them, looked at because the header may go on there. */
static void tell_hidden_cells(struct sheet_rows *r, size_t held)
{
    for (size_t i = 0; i < held; i++)
        if (r->span[i].n > 0 && !r->is_number[i] && has_column(r->hidden_column, i + 1))
            notice(r, SHEET_HIDDEN_CELL, i + 1, r->cell[i], r->cell[i]);
}

void sheet_rows_fill(struct sheet_rows *r, uint64_t line, struct slice *cell, bool *is_number, size_t n)
{
    column_bits blank = {0};
    uint64_t at = r->line;
    if (!r->merges.filling)
        return;
    for (size_t i = 0; i < n; i++)
        if (cell[i].n == 0)
            set_column(blank, i + 1);
    r->line = line;
    merges_fill_down(&r->merges, line, r->filled_down, cell, is_number, n);
    for (size_t i = 0; i < n; i++)
        if (cell[i].n > 0 && has_column(blank, i + 1))
            notice(r, SHEET_FILLED, i + 1, slice_of(""), cell[i]);
    r->line = at;
}

static void fill_down(struct sheet_rows *r)
{
    room(r, r->width);
    fill_up(r, r->width);
    sheet_rows_fill(r, r->line, r->cell, r->is_number, r->n);
}

bool sheet_rows_end(struct sheet_rows *r, struct record *rec)
{
    buf_room(&r->text, RECORDS_SLACK);
    for (size_t i = 0; i < r->n; i++)
        r->cell[i] = text_of(r, i + 1);
    cut_empty_end(r);
    bool shows_merged = !r->header_ended && r->merges.n > 0;
    size_t held = r->n; /* without what merged ranges show */
    if (r->hidden) {
        if (r->n > 0)
            leave_out(r);
        if (r->n > 0 && r->merges.filling)
            fill_down(r);
        return false;
    }
    if (shows_merged) {
        if (held > 0)
            memcpy(r->own, r->cell, held * sizeof *r->own);
        show_merged(r);
        cut_empty_end(r);
    }
    if (r->n == 0) {
        r->blank++;
        return false;
    }
    if (r->n > r->width)
        r->width = r->n;
    room(r, r->width);
    if (r->merges.filling)
        fill_down(r);
    fill_up(r, r->width);
    for (size_t i = held; shows_merged && i < r->n; i++)
        r->own[i] = (struct slice){"", 0};
    if (!r->header_ended && r->last_hidden_column > 0)
        tell_hidden_cells(r, held);
    *rec = (struct record){r->cell, r->n, r->line, ++r->number, r->is_number, shows_merged ? r->own : NULL};
    return true;
}
