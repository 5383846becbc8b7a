/* SPDX-License-Identifier: MIT
 * tsv: records of a file without quoting, split at every delimiter; see records.h. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/cells.h"
#include "lib/read/csv_records.h"

struct tsv_reader {
    struct cells cells;
    char delimiter;
};

static enum status malformed(const struct lines *l, uint64_t number, const char *what, struct diag *d)
{
    diag_set(d, ST_INPUT, decoder_file(l->dec), l->line, NULL, "malformed TSV: %s", what);
    if (d)
        d->record = number;
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

static enum status tsv_next(void *own, struct lines *l, uint64_t number, struct careful_row *row,
                            struct diag *d)
{
    struct tsv_reader *r = own;
    struct slice piece;
    enum line_end end;
    cells_clear(&r->cells);
    do {
        enum status st = lines_next(l, &piece, &end, d);
        if (st != ST_OK)
            return st;
        add_piece(r, piece);
        if (r->cells.too_big)
            return malformed(l, number, r->cells.too_big, d);
        if (end == LINE_LONE_CR)
            return malformed(l, number, "a CR without LF", d);
    } while (end == LINE_GOES_ON);
    if (r->cells.n > 0 || r->cells.text.n > 0)
        cells_end(&r->cells);
    *row = (struct careful_row){cells_slices(&r->cells), r->cells.n, l->line, end == LINE_AT_END};
    return r->cells.too_big ? malformed(l, number, r->cells.too_big, d) : ST_OK;
}

static void tsv_close(void *own)
{
    struct tsv_reader *r = own;
    cells_free(&r->cells);
    free(r);
}

static struct records open_tsv(struct decoder *dec, char delimiter, bool careful_only)
{
    static const struct careful_kind kind = {tsv_next, tsv_close};
    struct tsv_reader *r = mem_zero(1, sizeof *r);
    r->delimiter = delimiter;
    return csv_records_of(dec, &(struct careful_format){&kind, r, delimiter, 0, careful_only});
}

struct records tsv_records(struct decoder *dec, char delimiter)
{
    return open_tsv(dec, delimiter, false);
}

struct records tsv_records_careful(struct decoder *dec, char delimiter)
{
    return open_tsv(dec, delimiter, true);
}
