/* SPDX-License-Identifier: MIT
 * csv_records: what CSV and TSV have in common: many records at once where they are plain, one by one with
 * care where they are not. Both ways give the same records and the same errors. */
#ifndef LIB_CSV_RECORDS_H
#define LIB_CSV_RECORDS_H

#include "lib/base/out.h"
#include "lib/read/lines.h"
#include "lib/read/records.h"

/* One row as the careful reader finds it; n == 0: a blank line, or the end. */
struct careful_row {
    const struct slice *cell; /* until the next row */
    size_t n;
    uint64_t line;
    bool ended; /* nothing follows */
};

struct careful_kind {
    /* number is that of the record, for messages. */
    enum status (*next)(void *own, struct lines *l, uint64_t number, struct careful_row *row, struct diag *d);
    void (*close)(void *own);
};

/* Takes own, closed by records_close. quote 0: the format has none. careful_only: never the fast way. */
struct careful_format {
    const struct careful_kind *kind;
    void *own;
    char delimiter, quote;
    bool careful_only;
};
struct records csv_records_of(struct decoder *dec, const struct careful_format *format);

/* csv_records and tsv_records the careful way only: what every machine can, and what the fast way is compared
 * with. */
struct records csv_records_careful(struct decoder *dec, char delimiter);
struct records tsv_records_careful(struct decoder *dec, char delimiter);

/* Writes the next records as rows of the stream, every cell as it stands, as long as they are plain and have
 * `width` cells; *rows gets how many. 0: the next is to be read by records_next. Records of any format may be
 * asked; of most it writes none. */
enum status csv_copy_rows(struct records *r, size_t width, struct out *out, uint64_t *rows,
                          struct diag *d) MUST_USE;

#endif
