/* SPDX-License-Identifier: MIT
 * order_radix: the linear sort under lib/order. */
#ifndef LIB_ORDER_RADIX_H
#define LIB_ORDER_RADIX_H

#include "lib/base/base.h"

/* Packed: the items of a large table are the memory its sort costs. */
struct radix_item {
    uint64_t key;
    uint32_t row;
} __attribute__((packed, aligned(4)));

/* Sorts n items by key, stably. spare has room for n items. Bytes that all keys share cost nothing. */
void radix_sort(struct radix_item *item, struct radix_item *spare, size_t n);

#endif
