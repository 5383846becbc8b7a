/* SPDX-License-Identifier: MIT
 * tsv: records of a file without quoting, split at every delimiter; see records.h. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/cells.h"
#include "lib/read/lines.h"

struct tsv_reader {
    struct lines lines;
    struct cells cells;
    char delimiter;
    bool ended;
    uint64_t number;
    uint64_t blank;
};

static enum status malformed(const struct tsv_reader *r, const char *what, struct diag *d)
{
    diag_set(d, ST_INPUT, decoder_file(r->lines.dec), r->lines.line, NULL, "malformed TSV: %s", what);
    if (d)
        d->record = r->number + 1;
    return ST_INPUT;
}

static void add_piece(struct tsv_reader *r, struct slice piece)
{
    const char *at;
    while (piece.n > 0 && (at = memchr(piece.p, r->delimiter, piece.n))) {
        size_t n = (size_t)(at - piece.p);
        cells_add(&r->cells, piece.p, n);
        cells_end(&r->cells);
        piece.p += n + 1;
        piece.n -= n + 1;
    }
    cells_add(&r->cells, piece.p, piece.n);
}

/* One line. cells.n == 0 when it is blank or the file has ended. */
static enum status next_line(struct tsv_reader *r, struct diag *d)
{
    struct slice piece;
    enum line_end end;
    cells_clear(&r->cells);
    do {
        enum status st = lines_next(&r->lines, &piece, &end, d);
        if (st != ST_OK)
            return st;
        add_piece(r, piece);
        if (r->cells.too_big)
            return malformed(r, r->cells.too_big, d);
        if (end == LINE_LONE_CR)
            return malformed(r, "a CR without LF", d);
    } while (end == LINE_GOES_ON);
    r->ended = end == LINE_AT_END;
    if (r->cells.n > 0 || r->cells.text.n > 0)
        cells_end(&r->cells);
    else
        r->blank += !r->ended;
    return r->cells.too_big ? malformed(r, r->cells.too_big, d) : ST_OK;
}

static enum status tsv_next(void *reader, struct record *rec, struct diag *d)
{
    struct tsv_reader *r = reader;
    do {
        enum status st = next_line(r, d);
        if (st != ST_OK)
            return st;
    } while (r->cells.n == 0 && !r->ended);
    r->number += r->cells.n > 0;
    *rec = (struct record){cells_slices(&r->cells), r->cells.n, r->lines.line, r->number};
    return ST_OK;
}

static uint64_t tsv_blank_lines(const void *reader)
{
    return ((const struct tsv_reader *)reader)->blank;
}

static const char *tsv_sheet(const void *reader)
{
    (void)reader;
    return "";
}

static void tsv_close(void *reader)
{
    struct tsv_reader *r = reader;
    cells_free(&r->cells);
    free(r);
}

static const struct records_kind tsv_kind = {tsv_next, tsv_blank_lines, tsv_sheet, tsv_close};

struct records tsv_records(struct decoder *dec, char delimiter)
{
    struct tsv_reader *r = mem_zero(1, sizeof *r);
    lines_init(&r->lines, dec);
    r->delimiter = delimiter;
    return (struct records){&tsv_kind, r};
}
