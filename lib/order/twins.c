/* SPDX-License-Identifier: MIT
 * twins: see twins.h. */
#include "lib/order/twins.h"

#include <inttypes.h>
#include <stdio.h>

#include "lib/order/row_fields.h"

static bool print_alike(struct slice a, struct slice b, unsigned decimals)
{
    struct dec x, y;
    if (dec_parse(a, &x) != DEC_OK || dec_parse(b, &y) != DEC_OK)
        return (field_is_empty(a) && field_is_empty(b)) || (field_is_na(a) && field_is_na(b));
    return dec_compare(order_rounded(x, decimals), order_rounded(y, decimals)) == 0;
}

static bool look_alike(const struct order_list *keys, unsigned decimals, struct slice a, struct slice b)
{
    bool alike = true;
    for (size_t k = 0; k < keys->n && alike; k++) {
        struct slice x = row_field(a, (size_t)keys->column[k]), y = row_field(b, (size_t)keys->column[k]);
        alike = keys->key[k].text ? slice_equal(x, y) : print_alike(x, y, decimals);
    }
    return alike;
}

bool twins_found(const struct order_list *keys, unsigned decimals, const struct table *t,
                 const struct ranked *a, const struct ranked *b, struct diag *d)
{
    size_t column = (size_t)keys->column[0];
    char first[RANK_TEXT], second[RANK_TEXT];
    if (!look_alike(keys, decimals, a->row, b->row))
        return false;
    diag_set(d, ST_FINDINGS, table_file(t), b->number + 2, NULL,
             "%s prints like %s of line %" PRIu64 ", but their ranks are %.*s and %.*s",
             diag_quote(row_field(b->row, column)).s, diag_quote(row_field(a->row, column)).s, a->number + 2,
             (int)rank_text(b->doubled_rank, second), second, (int)rank_text(a->doubled_rank, first), first);
    struct slice name = table_name(t, column);
    snprintf(d->column, sizeof d->column, "%.*s", (int)name.n, name.p);
    return true;
}
