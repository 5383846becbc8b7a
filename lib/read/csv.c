/* SPDX-License-Identifier: MIT
 * csv: CSV records through libcsv, with its traps closed: it trims blanks, drops empty lines, takes a lone CR
 * for a line end, forgives an open quote, and knows no positions. So it is fed one physical line at a time.
 */
#include <csv.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/cells.h"
#include "lib/read/csv_records.h"

struct csv_reader {
    struct lines *lines;
    struct csv_parser parser;
    struct cells cells;
    bool begun;     /* the open record has some text */
    bool row_ended; /* libcsv has reported the end of a row */
    bool ended;
    uint64_t line;   /* of the open record's first byte */
    uint64_t number; /* of the open record */
};

static int never_a_space(unsigned char c)
{
    (void)c;
    return 0;
}

static void field_cb(void *p, size_t n, void *reader)
{
    struct csv_reader *r = reader;
    cells_add(&r->cells, p, n);
    cells_end(&r->cells);
}

static void row_cb(int end, void *reader)
{
    struct csv_reader *r = reader;
    (void)end;
    r->row_ended = true;
}

static enum status malformed(const struct csv_reader *r, uint64_t line, const char *what, struct diag *d)
{
    diag_set(d, ST_INPUT, decoder_file(r->lines->dec), line, NULL, "malformed CSV: %s", what);
    if (d)
        d->record = r->number;
    return ST_INPUT;
}

static enum status too_big(const struct csv_reader *r, struct diag *d)
{
    bool quote = r->cells.too_big == cells_long_field;
    return malformed(r, r->line,
                     quote ? "a field is longer than 1 MiB; is a quote left open?" : r->cells.too_big, d);
}

/* Gives bytes to libcsv. Its buffer holds the open field, which has a limit too. */
static enum status feed(struct csv_reader *r, const char *p, size_t n, struct diag *d)
{
    if (csv_parse(&r->parser, p, n, field_cb, row_cb, r) != n) {
        if (csv_error(&r->parser) == CSV_EPARSE)
            return malformed(r, r->lines->line,
                             "a quote inside an unquoted field, or text after a closing quote", d);
        return diag_set(d, ST_FAULT, decoder_file(r->lines->dec), r->lines->line, NULL, "libcsv: %s",
                        csv_strerror(csv_error(&r->parser)));
    }
    if (r->parser.entry_pos > RECORDS_MAX_FIELD)
        r->cells.too_big = cells_long_field;
    return r->cells.too_big ? too_big(r, d) : ST_OK;
}

static enum status feed_end(struct csv_reader *r, enum line_end end, struct diag *d)
{
    if (end == LINE_LF)
        return feed(r, "\n", 1, d);
    if (end != LINE_CR_LF && end != LINE_LONE_CR)
        return ST_OK;
    /* The CR ends the row unless it stands in quotes, where it and the LF behind it are text. */
    enum status st = feed(r, "\r", 1, d);
    if (st != ST_OK || (end == LINE_CR_LF && r->row_ended))
        return st;
    if (end == LINE_CR_LF)
        return feed(r, "\n", 1, d);
    return r->row_ended ? malformed(r, r->lines->line, "a CR without LF outside quotes", d) : ST_OK;
}

static enum status finish(struct csv_reader *r, struct diag *d)
{
    r->ended = true;
    if (csv_fini(&r->parser, field_cb, row_cb, r) != 0)
        return malformed(r, r->line, "the file ends inside quotes; the record begins here", d);
    return r->cells.too_big ? too_big(r, d) : ST_OK;
}

/* Feeds lines until a row ends, blank or not, or the file. */
static enum status feed_row(struct csv_reader *r, struct diag *d)
{
    cells_clear(&r->cells);
    r->row_ended = r->begun = false;
    while (!r->row_ended && !r->ended) {
        struct slice piece;
        enum line_end end;
        enum status st = lines_next(r->lines, &piece, &end, d);
        if (st != ST_OK)
            return st;
        if (!r->begun)
            r->line = r->lines->line;
        r->begun = true;
        st = end == LINE_AT_END ? finish(r, d) : feed(r, piece.p, piece.n, d);
        if (st == ST_OK)
            st = feed_end(r, end, d);
        if (st != ST_OK)
            return st;
    }
    return ST_OK;
}

static enum status csv_next(void *own, struct lines *l, uint64_t number, struct careful_row *row,
                            struct diag *d)
{
    struct csv_reader *r = own;
    r->lines = l;
    r->number = number;
    enum status st = feed_row(r, d);
    if (st == ST_OK)
        *row = (struct careful_row){cells_slices(&r->cells), r->cells.n, r->line, r->ended};
    return st;
}

static void csv_close(void *own)
{
    struct csv_reader *r = own;
    csv_free(&r->parser);
    cells_free(&r->cells);
    free(r);
}

static struct records open_csv(struct decoder *dec, char delimiter, bool careful_only)
{
    static const struct careful_kind kind = {csv_next, csv_close};
    struct csv_reader *r = mem_zero(1, sizeof *r);
    csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
    csv_set_delim(&r->parser, (unsigned char)delimiter);
    csv_set_space_func(&r->parser, never_a_space);
    csv_set_blk_size(&r->parser, 4096);
    return csv_records_of(dec, &(struct careful_format){&kind, r, delimiter, CSV_QUOTE, careful_only});
}

struct records csv_records(struct decoder *dec, char delimiter)
{
    return open_csv(dec, delimiter, false);
}

struct records csv_records_careful(struct decoder *dec, char delimiter)
{
    return open_csv(dec, delimiter, true);
}
