/* SPDX-License-Identifier: MIT
 * csv_records: see csv_records.h. */
#include "lib/read/csv_records.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/csv_fast.h"

struct reader {
    struct lines lines;
    struct csv_fast *fast; /* or NULL */
    const struct careful_kind *careful;
    void *own;
    bool ended;
    uint64_t number; /* of the last record given */
    uint64_t blank;
};

static enum status next_with_care(struct reader *r, struct record *rec, struct diag *d)
{
    struct careful_row row;
    *rec = (struct record){0};
    if (r->ended)
        return ST_OK;
    enum status st = r->careful->next(r->own, &r->lines, r->number + 1, &row, d);
    if (st != ST_OK)
        return st;
    r->ended = row.ended;
    r->blank += row.n == 0 && !row.ended;
    *rec = (struct record){row.cell, row.n, row.line, 0, NULL, NULL};
    return ST_OK;
}

static enum status next(void *reader, struct record *rec, struct diag *d)
{
    struct reader *r = reader;
    do {
        enum status st = ST_OK;
        *rec = (struct record){0};
        if (r->fast)
            st = csv_fast_next(r->fast, rec, d);
        if (st == ST_OK && rec->n == 0)
            st = next_with_care(r, rec, d);
        if (st != ST_OK)
            return st;
    } while (rec->n == 0 && !r->ended);
    r->number += rec->n > 0;
    rec->number = r->number;
    return ST_OK;
}

static uint64_t blank_lines(const void *reader)
{
    return ((const struct reader *)reader)->blank;
}

static const char *sheet(const void *reader)
{
    (void)reader;
    return "";
}

static void close_reader(void *reader)
{
    struct reader *r = reader;
    csv_fast_free(r->fast);
    r->careful->close(r->own);
    free(r);
}

static const struct records_kind kind = {next, blank_lines, sheet, close_reader};

struct records csv_records_of(struct decoder *dec, const struct careful_format *format)
{
    struct reader *r = mem_zero(1, sizeof *r);
    lines_init(&r->lines, dec);
    r->careful = format->kind;
    r->own = format->own;
    if (!format->careful_only)
        r->fast = csv_fast_new(&r->lines, format->delimiter, format->quote);
    return (struct records){&kind, r};
}

enum status csv_copy_rows(struct records *records, size_t width, struct out *out, uint64_t *rows,
                          struct diag *d)
{
    *rows = 0;
    if (records->kind != &kind)
        return ST_OK;
    struct reader *r = records->reader;
    enum status st = r->fast ? csv_fast_copy(r->fast, width, out, rows, d) : ST_OK;
    r->number += *rows;
    return st;
}
