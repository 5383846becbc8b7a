/* SPDX-License-Identifier: MIT
 * xlsx: a workbook in the format of Excel since 2007 as one of the two kinds of workbook; see workbook.h. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/xlsx_sheet.h"

struct xlsx {
    struct package *package;
    struct xlsx_book book;
    bool sheet_open;
    struct xlsx_sheet sheet; /* read last */
};

/* --- rows --- */

static enum status rows_next(void *reader, struct record *rec, struct diag *d)
{
    return xlsx_sheet_next(reader, rec, d);
}

static uint64_t rows_blank(const void *reader)
{
    return ((const struct xlsx_sheet *)reader)->rows.blank;
}

static const char *rows_sheet(const void *reader)
{
    return ((const struct xlsx_sheet *)reader)->name;
}

/* The sheet stays with the book, which may still be asked what was noticed in it. */
static void rows_close(void *reader)
{
    (void)reader;
}

static const struct records_kind xlsx_rows = {
    .next = rows_next, .blank_lines = rows_blank, .sheet = rows_sheet, .close = rows_close};

/* --- the workbook --- */

static void close_sheet(struct xlsx *x)
{
    if (x->sheet_open)
        xlsx_sheet_free(&x->sheet);
    x->sheet_open = false;
}

static void xlsx_close(void *book)
{
    struct xlsx *x = book;
    close_sheet(x);
    xlsx_book_free(&x->book);
    package_close(x->package);
    free(x);
}

static const struct sheet_entry *xlsx_sheets(const void *book, size_t *n)
{
    const struct xlsx *x = book;
    *n = x->book.sheets;
    return x->book.sheet;
}

/* The shared texts serve all sheets; they are read when the first one is. */
static enum status read_strings(struct xlsx_book *b, struct diag *d)
{
    if (b->strings_read || b->strings_part < 0)
        return ST_OK;
    b->strings_read = true;
    return xlsx_strings_read(&b->strings, b->package, b->strings_part, d);
}

static enum status xlsx_records(void *book, size_t i, unsigned what, struct records *r, struct diag *d)
{
    struct xlsx *x = book;
    close_sheet(x);
    enum status st = read_strings(&x->book, d);
    if (st != ST_OK)
        return st;
    x->sheet_open = true;
    st = xlsx_sheet_open(&x->sheet, &x->book, i, what, d);
    if (st == ST_OK)
        *r = (struct records){.kind = &xlsx_rows, .reader = &x->sheet};
    return st;
}

static void xlsx_header_ends(void *book)
{
    sheet_rows_header_ends(&((struct xlsx *)book)->sheet.rows);
}

static void xlsx_log(const void *book, struct tally *t, const char *prefix)
{
    const struct xlsx *x = book;
    if (x->sheet_open)
        sheet_rows_log(&x->sheet.rows, t, prefix);
}

static struct sheet_rows *xlsx_rows_of(void *book)
{
    return &((struct xlsx *)book)->sheet.rows;
}

static const struct workbook_kind xlsx_kind = {.sheets = xlsx_sheets,
                                               .records = xlsx_records,
                                               .header_ends = xlsx_header_ends,
                                               .log = xlsx_log,
                                               .rows = xlsx_rows_of,
                                               .close = xlsx_close};

enum status xlsx_open(struct source *src, struct workbook *w, struct diag *d)
{
    *w = (struct workbook){0};
    struct package *p = package_open(src, d);
    if (!p)
        return d->status;
    struct xlsx *x = mem_zero(1, sizeof *x);
    x->package = p;
    enum status st = xlsx_book_read(&x->book, p, d);
    if (st != ST_OK)
        xlsx_close(x);
    else
        *w = (struct workbook){&xlsx_kind, x};
    return st;
}
