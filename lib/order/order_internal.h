/* SPDX-License-Identifier: MIT
 * order_internal: how the rows of an order are held, for the files that make it up. */
#ifndef LIB_ORDER_INTERNAL_H
#define LIB_ORDER_INTERNAL_H

#include "lib/order/order.h"

/* A number key is a column of 64-bit integers at one scale for as long as every value fits; then it becomes,
 * once and for all, a column of wide decimals. */
struct key_column {
    struct order_key key;
    size_t rows, cap;  /* cap: of presence and of units, wide or end */
    uint8_t *presence; /* enum order_presence by row */
    int64_t *units;    /* number keys, until wide */
    unsigned scale;
    struct dec *wide; /* number keys that outgrew units */
    uint64_t *end;    /* text keys: where the row's bytes end in text */
    struct buf text;
};

struct order {
    size_t n;
    struct key_column *column;
};

static inline struct slice order_text(const struct key_column *c, uint32_t row)
{
    uint64_t from = row ? c->end[row - 1] : 0;
    return (struct slice){c->text.p ? c->text.p + from : "", (size_t)(c->end[row] - from)};
}

/* order_compare by one key, and by the keys from number k on. */
int order_compare_key(const struct key_column *c, uint32_t a, uint32_t b);
int order_compare_from(const struct order *o, size_t k, uint32_t a, uint32_t b);

#endif
