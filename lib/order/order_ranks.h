/* SPDX-License-Identifier: MIT
 * order_ranks: the five ways to number rows of which some are equal, and what follows from a number: the
 * share of the rows that stand before, the band a row falls into. */
#ifndef LIB_ORDER_RANKS_H
#define LIB_ORDER_RANKS_H

#include "lib/order/order.h"

/* Of the rows a b b c: 1 2 2 4, 1 3 3 4, 1 2 2 3, 1 2 3 4, 1 2.5 2.5 4. */
enum ties { TIES_MIN, TIES_MAX, TIES_DENSE, TIES_ORDINAL, TIES_AVERAGE };

/* "min", "max", "dense", "ordinal", "average"; false when unknown. */
bool ties_named(struct slice name, enum ties *ties);

/* A run of equal rows: how many rows stand before it, with how many different values, and how many it has. */
struct tie {
    uint64_t before, different, run;
};

/* Twice the rank of the k-th row (from 0) of a run, since an average may end in .5. run counts for
 * TIES_MAX and TIES_AVERAGE only. */
uint64_t ties_doubled_rank(enum ties ties, struct tie t, uint64_t k);

/* Ranks n rows that stand in order, starts as order_sort leaves it: doubled[row[i]] is twice the rank of
 * row[i]. Returns how many different rows there are. */
uint64_t order_ranks(enum ties ties, const uint32_t *row, const uint8_t *starts, size_t n, uint64_t *doubled);

/* A rank as text, without NUL; returns its length. */
enum { RANK_TEXT = 24 };
size_t rank_text(uint64_t doubled, char text[RANK_TEXT]);

/* (rank - 1) / (n - 1) rounded half up to digits (0 to DEC_MAX_SCALE), where n is the greatest rank there
 * can be; false for n == 1. */
bool rank_percent(uint64_t doubled, uint64_t n, unsigned digits, struct dec *share) MUST_USE;

/* at / n rounded half up to digits, 1 <= at <= n. */
struct dec rank_share(uint64_t at, uint64_t n, unsigned digits);

/* floor((rank - 1) * bands / n) + 1: the band, from 1, where the n ranks are cut into equal parts. */
uint64_t rank_band(uint64_t doubled, uint64_t n, uint64_t bands);

#endif
