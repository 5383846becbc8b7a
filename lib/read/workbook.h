/* SPDX-License-Identifier: MIT
 * workbook: the sheets of a workbook and their rows, whatever its format. xlsx and xls are two kinds. */
#ifndef LIB_WORKBOOK_H
#define LIB_WORKBOOK_H

#include "lib/read/records.h"
#include "lib/read/sheet_rows.h"
#include "lib/read/tally.h"
#include "lib/stream/source.h"

enum {
    WORKBOOK_MAX_FILE = 1 << 28, /* bytes of the file */
    WORKBOOK_MAX_ROWS = 1 << 20  /* of a sheet; columns are RECORDS_MAX_CELLS */
};

/* A sheet of cells; sheets that are charts or macros are not listed. */
struct sheet_entry {
    char *name; /* UTF-8 */
    bool hidden;
};

/* What is asked of a sheet, or-ed together. */
enum workbook_what {
    WORKBOOK_HIDDEN_ROWS = 1, /* hidden rows too */
    WORKBOOK_MERGES = 2       /* for workbook_fill_down */
};

/* What a format does. book is what its open made. Rows are given as records: line is the row's number in the
 * sheet, cells begin at column A, cells that stand empty at the end are left out and rows shorter than the
 * widest before them filled up with empty cells; rows without anything are blank lines. */
struct workbook_kind {
    /* Sheets in the order of the workbook; owned by the book. */
    const struct sheet_entry *(*sheets)(const void *book, size_t *n);

    /* The rows of sheet i, from 0. One sheet at a time: its records are closed (or
     * never were opened) before the next. The book outlives them. */
    enum status (*records)(void *book, size_t i, unsigned what, struct records *r, struct diag *d);

    /* Until this is called cells inside a merged range show the text of its first cell, as the reader of a
     * heading sees it; afterwards they are what they hold: empty. */
    void (*header_ends)(void *book);

    /* Counts what was noticed in the sheet read last; prefix stands before the names of cells. */
    void (*log)(const void *book, struct tally *t, const char *prefix);

    /* The rows of the sheet whose records are open, for workbook_list_each. */
    struct sheet_rows *(*rows)(void *book);

    void (*close)(void *book);
};

struct workbook {
    const struct workbook_kind *kind; /* NULL: none is open */
    void *book;
};

/* Opens a workbook of either format. Takes src in any case: closed with the workbook, or here on failure.
 * ST_INPUT for what is damaged, encrypted, of another version, or beyond a limit. */
enum status xlsx_open(struct source *src, struct workbook *w, struct diag *d) MUST_USE;
enum status xls_open(struct source *src, struct workbook *w, struct diag *d) MUST_USE;

static inline const struct sheet_entry *workbook_sheets(const struct workbook *w, size_t *n)
{
    return w->kind->sheets(w->book, n);
}

static inline MUST_USE enum status workbook_records(struct workbook *w, size_t sheet, unsigned what,
                                                    struct records *r, struct diag *d)
{
    return w->kind->records(w->book, sheet, what, r, d);
}

static inline void workbook_header_ends(struct workbook *w)
{
    if (w->kind)
        w->kind->header_ends(w->book);
}

static inline void workbook_log(const struct workbook *w, struct tally *t, const char *prefix)
{
    if (w->kind)
        w->kind->log(w->book, t, prefix);
}

/* What is noticed in the sheet whose records were just opened goes to t one by one too, when t lists each;
 * file is what it is called there and lives as long. */
static inline void workbook_list_each(struct workbook *w, struct tally *t, struct slice file,
                                      const char *sheet)
{
    struct sheet_rows *r = w->kind->rows(w->book);
    r->each = tally_lists_each(t) ? t : NULL;
    r->file = file;
    r->sheet = slice_of(sheet);
}

/* Behind the line `below`, the header's last, cells of that column (from 1) merged with the one above have
 * its text, in the sheet whose records are open. */
static inline void workbook_fill_down(struct workbook *w, size_t column, uint64_t below)
{
    if (w->kind)
        sheet_rows_fill_down(w->kind->rows(w->book), column, below);
}

/* Fills the cells of a row that was read before workbook_fill_down was called. */
static inline void workbook_fill(struct workbook *w, uint64_t line, struct slice *cell, bool *is_number,
                                 size_t n)
{
    sheet_rows_fill(w->kind->rows(w->book), line, cell, is_number, n);
}

/* What was noticed in the sheet read last. */
static inline const struct sheet_rows *workbook_rows(const struct workbook *w)
{
    return w->kind->rows(w->book);
}

static inline void workbook_close(struct workbook *w)
{
    if (w->kind)
        w->kind->close(w->book);
    w->kind = NULL;
}

#endif
