/* SPDX-License-Identifier: MIT
 * order_radix: the linear sort under lib/order. */
#ifndef LIB_ORDER_RADIX_H
#define LIB_ORDER_RADIX_H

#include "lib/base/base.h"

struct radix_item {
    uint64_t key;
    uint32_t row;
};

/* Sorts n items by key, stably. spare has room for n items. Bytes that all keys share cost nothing. */
void radix_sort(struct radix_item *item, struct radix_item *spare, size_t n);

#endif
