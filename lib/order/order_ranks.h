/* SPDX-License-Identifier: MIT
 * order_ranks: the five ways to number rows of which some are equal. */
#ifndef LIB_ORDER_RANKS_H
#define LIB_ORDER_RANKS_H

#include "lib/order/order.h"

/* Of the rows a b b c: 1 2 2 4, 1 3 3 4, 1 2 2 3, 1 2 3 4, 1 2.5 2.5 4. */
enum ties { TIES_MIN, TIES_MAX, TIES_DENSE, TIES_ORDINAL, TIES_AVERAGE };

/* "min", "max", "dense", "ordinal", "average"; false when unknown. */
bool ties_named(struct slice name, enum ties *ties);

/* Ranks n rows that stand in order: doubled[row[i]] is twice the rank of row[i], since an average may end in
 * .5. */
void order_ranks(const struct order *o, enum ties ties, const uint32_t *row, size_t n, uint64_t *doubled);

#endif
