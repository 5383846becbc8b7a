/* SPDX-License-Identifier: MIT
 * records: rows of cells from a file of any format, each with its place. CSV and TSV are two kinds; a
 * workbook or a faster CSV reader is another struct records_kind. */
#ifndef LIB_RECORDS_H
#define LIB_RECORDS_H

#include "lib/base/diag.h"
#include "lib/read/encoding.h"

enum {
    RECORDS_MAX_FIELD = 1 << 20,  /* bytes of one cell */
    RECORDS_MAX_RECORD = 1 << 24, /* bytes of one record */
    RECORDS_MAX_CELLS = 16384,    /* cells of one record, as many as a worksheet has columns */
    RECORDS_SLACK = 16            /* readable bytes behind a cell */
};

/* One record. Cells are text: UTF-8, quotes undone, nothing trimmed; behind one that is not empty are
 * RECORDS_SLACK bytes, whatever they are, that may be read. All dies at the next records_next. */
struct record {
    const struct slice *cell;
    size_t n;        /* 0 at the end */
    uint64_t line;   /* physical line it begins on, from 1 */
    uint64_t number; /* from 1; blank lines have none */
    /* Of each cell, whether a workbook holds a number there: its point is a point, whatever that of the texts
     * is. NULL: all are text. */
    const bool *is_number;
    const struct slice
        *own; /* n cells as they are held, where a workbook shows merged ones filled; or NULL */
};

/* false for a cell that is not there. */
static inline bool record_has_number(const struct record *rec, size_t cell)
{
    return rec->is_number && cell < rec->n && rec->is_number[cell];
}

struct records;

/* What a format does. next and close are given the reader that the format's open made. */
struct records_kind {
    enum status (*next)(void *reader, struct record *rec, struct diag *d);
    uint64_t (*blank_lines)(const void *reader); /* skipped so far */
    const char *(*sheet)(const void *reader);    /* name of the sheet, "" when the format has none */
    void (*close)(void *reader);
};

struct records {
    const struct records_kind *kind;
    void *reader;
};

/* RFC 4180, strictly: a quote inside an unquoted field, text after a closing quote, a quote still open at the
 * end, a lone CR outside quotes are ST_INPUT. Lines end with LF or CR LF. Borrows dec. */
struct records csv_records(struct decoder *dec, char delimiter);

/* Fields split at every delimiter, lines at every LF or CR LF; quotes and backslashes are text. Borrows dec.
 */
struct records tsv_records(struct decoder *dec, char delimiter);

static inline MUST_USE enum status records_next(struct records *r, struct record *rec, struct diag *d)
{
    return r->kind->next(r->reader, rec, d);
}

static inline uint64_t records_blank_lines(const struct records *r)
{
    return r->kind->blank_lines(r->reader);
}

static inline const char *records_sheet(const struct records *r)
{
    return r->kind->sheet(r->reader);
}

static inline void records_close(struct records *r)
{
    if (r->kind)
        r->kind->close(r->reader);
    r->kind = NULL;
}

#endif
