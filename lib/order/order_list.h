/* SPDX-License-Identifier: MIT
 * order_list: the keys of an order as people write them: COL[:asc|:desc][:text],... */
#ifndef LIB_ORDER_LIST_H
#define LIB_ORDER_LIST_H

#include "lib/order/order.h"
#include "lib/stream/table.h"

struct order_list {
    struct order_key *key;
    int *column; /* number of each key's column */
    size_t n;
};

/* Numbers, the greatest first, unless a key says otherwise; a text the least first. On failure ST_MISUSE: a
 * column that t does not have. */
enum status order_list_read(struct order_list *l, const char *text, const struct table *t,
                            struct diag *d) MUST_USE;
void order_list_free(struct order_list *l);

#endif
