/* SPDX-License-Identifier: MIT
 * rank_columns: the columns that a ranking adds to its rows. */
#ifndef LIB_RANK_COLUMNS_H
#define LIB_RANK_COLUMNS_H

#include "lib/order/standings.h"

struct rank_columns {
    const char *rank;    /* names; NULL: not wanted */
    const char *percent; /* (rank - 1) / (n - 1) */
    const char *share;   /* rows not behind / n */
    const char *band;    /* floor((rank - 1) * bands / n) + 1 */
    uint64_t bands;
    unsigned digits; /* of percent and share */
    bool dense;      /* n counts different rows, for percent and band */
    bool moves;      /* RANK_previous, RANK_change, RANK_moved; rank is not NULL then */
};

/* Whether they need the sizes of groups. */
bool rank_columns_count(const struct rank_columns *c);

/* ST_MISUSE when one of their names is not fit for a column, or stands in the table or among them already. */
enum status rank_columns_check(const struct rank_columns *c, const struct table *t, struct diag *d) MUST_USE;

/* Appends their names, each with the TAB before it. */
void rank_columns_header(const struct rank_columns *c, struct buf *b);

/* Appends their fields for a row, each with the TAB before it. before: where its object stood, where moves.
 */
void rank_columns_row(const struct rank_columns *c, const struct ranked *row,
                      const struct standing_before *before, struct buf *b);

/* The same for an object that is in the earlier table only. */
void rank_columns_left(const struct rank_columns *c, const struct standing_before *before, struct buf *b);

#endif
