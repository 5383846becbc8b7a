/* SPDX-License-Identifier: MIT
 * twins: rows that differ in the keys they are ranked by and yet look alike in print. */
#ifndef LIB_TWINS_H
#define LIB_TWINS_H

#include "lib/order/order_list.h"
#include "lib/order/ranking.h"

/* Whether two rows of t, ranked by the keys, show the same in every key when numbers are printed with so many
 * decimals, half away from zero; then d says so, with both lines, the first key of each and their ranks. */
bool twins_found(const struct order_list *keys, unsigned decimals, const struct table *t,
                 const struct ranked *a, const struct ranked *b, struct diag *d);

#endif
