/* SPDX-License-Identifier: MIT
 * xls: a workbook of Excel 97–2003 as one of the two kinds of workbook; see workbook.h. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/biff_sheet.h"
#include "lib/read/spool.h"
#include "lib/read/workbook.h"

struct xls {
    struct source *source;
    struct buf bytes; /* the whole file: tables of a compound file point anywhere in it */
    struct cfb cfb;
    struct cfb_stream stream;
    struct biff_book book;
    struct biff_sheet *sheet; /* read last, or NULL */
};

/* --- rows --- */

static enum status rows_next(void *reader, struct record *rec, struct diag *d)
{
    return biff_sheet_next(reader, rec, d);
}

static uint64_t rows_blank(const void *reader)
{
    return ((const struct biff_sheet *)reader)->rows.blank;
}

static const char *rows_sheet(const void *reader)
{
    return ((const struct biff_sheet *)reader)->name;
}

/* The sheet stays with the book, which may still be asked what was noticed in it. */
static void rows_close(void *reader)
{
    (void)reader;
}

static const struct records_kind xls_rows = {rows_next, rows_blank, rows_sheet, rows_close};

/* --- the workbook --- */

static void free_sheet(struct xls *x)
{
    if (x->sheet)
        biff_sheet_free(x->sheet);
    free(x->sheet);
    x->sheet = NULL;
}

static void xls_close(void *book)
{
    struct xls *x = book;
    free_sheet(x);
    biff_book_free(&x->book);
    cfb_stream_free(&x->stream);
    cfb_free(&x->cfb);
    source_close(x->source);
    buf_free(&x->bytes);
    free(x);
}

static const struct sheet_entry *xls_sheets(const void *book, size_t *n)
{
    const struct xls *x = book;
    *n = x->book.sheets;
    return x->book.sheet;
}

static enum status xls_records(void *book, size_t i, unsigned what, struct records *r, struct diag *d)
{
    struct xls *x = book;
    free_sheet(x);
    x->sheet = mem_alloc(sizeof *x->sheet);
    enum status st = biff_sheet_open(x->sheet, &x->book, i, what, d);
    if (st == ST_OK)
        *r = (struct records){&xls_rows, x->sheet};
    return st;
}

static void xls_header_ends(void *book)
{
    struct xls *x = book;
    if (x->sheet)
        sheet_rows_header_ends(&x->sheet->rows);
}

static void xls_log(const void *book, struct tally *t, const char *prefix)
{
    const struct xls *x = book;
    if (x->sheet)
        sheet_rows_log(&x->sheet->rows, t, prefix);
}

static struct sheet_rows *xls_rows_of(void *book)
{
    return &((struct xls *)book)->sheet->rows;
}

static const struct workbook_kind xls_kind = {xls_sheets, xls_records, xls_header_ends,
                                              xls_log,    xls_rows_of, xls_close};

/* --- opening --- */

/* What a compound file may be instead of a workbook. */
static enum status no_workbook(struct xls *x, struct diag *d)
{
    static const char *const others[][2] = {
        {"EncryptedPackage", "encrypted with a password; save it without one"},
        {"Book", "a workbook of Excel 5.0 or 95 (BIFF5); only that of Excel 97 and later is read"},
        {"WordDocument", "a Word document, not a workbook"},
        {"PowerPoint Document", "a PowerPoint presentation, not a workbook"},
    };
    const char *what = "a compound file without a workbook in it";
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        bool found;
        bool sound = cfb_find(&x->cfb, others[i][0], &x->stream, &found, NULL) == ST_OK;
        cfb_stream_free(&x->stream);
        if (found || !sound) { /* damaged or not, its name tells what the file is */
            what = others[i][1];
            break;
        }
    }
    return diag_set(d, ST_INPUT, source_name(x->source), 0, NULL, "%s", what);
}

static enum status open_book(struct xls *x, struct diag *d)
{
    const char *file = source_name(x->source);
    bool found;
    enum status st = spool_source(x->source, WORKBOOK_MAX_FILE, &x->bytes, d);
    if (st == ST_OK)
        st = cfb_open(&x->cfb, buf_view(&x->bytes), file, d);
    if (st == ST_OK)
        st = cfb_find(&x->cfb, "Workbook", &x->stream, &found, d);
    if (st == ST_OK && !found)
        return no_workbook(x, d);
    return st == ST_OK ? biff_book_open(&x->book, &x->stream, d) : st;
}

enum status xls_open(struct source *src, struct workbook *w, struct diag *d)
{
    struct xls *x = mem_zero(1, sizeof *x);
    x->source = src;
    enum status st = open_book(x, d);
    if (st == ST_OK)
        *w = (struct workbook){&xls_kind, x};
    else
        xls_close(x);
    return st;
}
