/* SPDX-License-Identifier: MIT
 * xlsx_sheet: see xlsx_sheet.h. The parser is let run to the end of a row, then held until the next is asked
 * for. */
#include "lib/read/xlsx_sheet.h"

#include <inttypes.h>
#include <stdlib.h>

#include "lib/read/failure.h"

static void fail_cell(struct xlsx_sheet *s, const char *what)
{
    xml_fail(s->xml, s->rows.line, "sheet %s: cell %s: %s", diag_quote(slice_of(s->name)).s,
             failure_cell(s->column, s->rows.line).s, what);
}

/* --- rows --- */

static bool is_true(const char *text)
{
    return text && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0 || strcmp(text, "on") == 0);
}

/* So low or narrow that nothing is seen of it: some programs hide a row by ht="0". */
static bool is_zero(const char *size)
{
    return size && *size && strspn(size, "0.") == strlen(size);
}

/* A row may lack its number: then it is the one behind the last. */
static void start_row(struct xlsx_sheet *s, const char *const *attribute)
{
    const char *r = xml_attribute(attribute, "r");
    uint64_t line = s->rows.last + 1;
    if (r) {
        char *end;
        line = strtoull(r, &end, 10);
        if (*r < '0' || *r > '9' || *end)
            line = 0;
    }
    if (line <= s->rows.last || line > WORKBOOK_MAX_ROWS) {
        xml_fail(s->xml, s->rows.last, "sheet %s: row %s behind row %" PRIu64,
                 diag_quote(slice_of(s->name)).s, diag_quote(slice_of(r ? r : "(without number)")).s,
                 s->rows.last);
        return;
    }
    bool hidden = is_true(xml_attribute(attribute, "hidden")) || is_zero(xml_attribute(attribute, "ht"));
    sheet_rows_begin(&s->rows, line, hidden && !(s->what & WORKBOOK_HIDDEN_ROWS));
    s->in_row = true;
    s->column = 0;
}

static void end_row(struct xlsx_sheet *s)
{
    s->in_row = false;
    s->row_ended = sheet_rows_end(&s->rows, &s->rec);
    if (s->row_ended)
        xml_pause(s->xml);
}

/* --- cells --- */

static bool type_of(const char *t, enum xlsx_type *type)
{
    static const struct {
        const char *name;
        enum xlsx_type type;
    } types[] = {{"n", XLSX_NUMBER}, {"s", XLSX_SHARED}, {"str", XLSX_TEXT},  {"inlineStr", XLSX_INLINE},
                 {"b", XLSX_BOOL},   {"e", XLSX_ERROR},  {"d", XLSX_ISO_DATE}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(t, types[i].name) == 0) {
            *type = types[i].type;
            return true;
        }
    }
    return false;
}

static bool style_of(const char *s, unsigned *style)
{
    *style = 0;
    for (; *s; s++) {
        if (*s < '0' || *s > '9' || *style > XLSX_MAX_FORMATS)
            return false;
        *style = *style * 10 + (unsigned)(*s - '0');
    }
    return true;
}

/* A cell may lack its name: then it is the one right of the last. */
static bool place_of(struct xlsx_sheet *s, const char *r)
{
    uint64_t before = s->column, line = s->rows.line;
    if (!r)
        s->column++;
    else if (!xlsx_cell_name(r, &s->column, &line)) {
        s->column = before + 1;
        return false;
    }
    return s->column > before && line == s->rows.line;
}

static void start_cell(struct xlsx_sheet *s, const char *const *attribute)
{
    const char *r = NULL, *wrong = NULL;
    s->type = XLSX_NUMBER;
    s->style = 0;
    s->has_formula = s->in_inline = s->in_reading_aid = false;
    s->place = XLSX_NO_TEXT;
    buf_clear(&s->value);
    buf_clear(&s->formula);
    for (const char *const *a = attribute; *a; a += 2) {
        if (a[0][0] == '\0' || a[0][1] != '\0')
            continue;
        if (a[0][0] == 'r')
            r = a[1];
        else if (a[0][0] == 's' && !style_of(a[1], &s->style))
            wrong = "its style is not a number";
        else if (a[0][0] == 't' && !type_of(a[1], &s->type))
            wrong = "its type is not known";
    }
    s->in_cell = true;
    if (!place_of(s, r))
        wrong = "it is not right of the cell before it, or stands in another row";
    if (wrong)
        fail_cell(s, wrong);
}

static void end_cell(struct xlsx_sheet *s)
{
    s->in_cell = false;
    const char *wrong = xlsx_cell_put(s);
    if (wrong && !s->rows.hidden)
        fail_cell(s, wrong);
}

static void start_in_cell(struct xlsx_sheet *s, const char *name)
{
    if (strcmp(name, "v") == 0) {
        s->place = XLSX_VALUE;
    } else if (strcmp(name, "f") == 0) {
        s->place = XLSX_FORMULA;
        s->has_formula = true;
    } else if (strcmp(name, "is") == 0) {
        s->in_inline = true;
    } else if (strcmp(name, "rPh") == 0) {
        s->in_reading_aid = true;
    } else if (strcmp(name, "t") == 0 && s->in_inline && !s->in_reading_aid) {
        s->place = XLSX_VALUE;
    }
}

/* --- columns --- */

static void take_columns(struct xlsx_sheet *s, const char *const *attribute)
{
    const char *min = xml_attribute(attribute, "min"), *max = xml_attribute(attribute, "max");
    if (min && max &&
        (is_true(xml_attribute(attribute, "hidden")) || is_zero(xml_attribute(attribute, "width"))))
        sheet_rows_hide_columns(&s->rows, strtoull(min, NULL, 10), strtoull(max, NULL, 10));
}

/* --- events --- */

static void start(void *ctx, const char *name, const char *const *attribute)
{
    struct xlsx_sheet *s = ctx;
    if (s->in_cell)
        start_in_cell(s, name);
    else if (s->in_row && strcmp(name, "c") == 0)
        start_cell(s, attribute);
    else if (s->in_data && !s->in_row && strcmp(name, "row") == 0)
        start_row(s, attribute);
    else if (strcmp(name, "sheetData") == 0)
        s->in_data = true;
    else if (!s->in_data && strcmp(name, "col") == 0)
        take_columns(s, attribute);
}

static void end(void *ctx, const char *name)
{
    struct xlsx_sheet *s = ctx;
    if (s->place != XLSX_NO_TEXT)
        s->place = XLSX_NO_TEXT;
    else if (s->in_cell && strcmp(name, "c") == 0)
        end_cell(s);
    else if (s->in_cell && strcmp(name, "rPh") == 0)
        s->in_reading_aid = false;
    else if (s->in_row && strcmp(name, "row") == 0)
        end_row(s);
    else if (strcmp(name, "sheetData") == 0)
        s->in_data = false;
}

static void text(void *ctx, const char *p, size_t n)
{
    struct xlsx_sheet *s = ctx;
    if (s->place == XLSX_NO_TEXT)
        return;
    struct buf *to = s->place == XLSX_VALUE ? &s->value : &s->formula;
    if (to->n + n > RECORDS_MAX_FIELD)
        fail_cell(s, "it is longer than 1 MiB");
    else
        buf_add(to, p, n);
}

enum status xlsx_sheet_open(struct xlsx_sheet *s, const struct xlsx_book *book, size_t i, unsigned what,
                            struct diag *d)
{
    static const struct xml_events events = {start, end, text};
    *s = (struct xlsx_sheet){.book = book, .name = book->sheet[i].name, .what = what};
    sheet_rows_init(&s->rows, book->from_1904);
    s->rows.merges.all = what & WORKBOOK_MERGES;
    enum status st = xlsx_merges_read(&s->rows.merges, book->package, book->part[i], d);
    if (st != ST_OK)
        return st;
    s->xml = xml_open(book->package, book->part[i], &events, s, d);
    return s->xml ? ST_OK : d->status;
}

enum status xlsx_sheet_next(struct xlsx_sheet *s, struct record *rec, struct diag *d)
{
    bool ended = false;
    s->row_ended = false;
    while (!s->row_ended && !ended) {
        enum status st = xml_step(s->xml, &ended, d);
        if (st != ST_OK)
            return st;
    }
    *rec = s->row_ended ? s->rec : (struct record){0};
    return ST_OK;
}

void xlsx_sheet_free(struct xlsx_sheet *s)
{
    xml_close(s->xml);
    sheet_rows_free(&s->rows);
    buf_free(&s->value);
    buf_free(&s->formula);
    buf_free(&s->plain);
}
