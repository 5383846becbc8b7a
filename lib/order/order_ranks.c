/* SPDX-License-Identifier: MIT
 * order_ranks: see order_ranks.h. */
#include "lib/order/order_ranks.h"

bool ties_named(struct slice name, enum ties *ties)
{
    static const char *const names[] = {"min", "max", "dense", "ordinal", "average"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (slice_is(name, names[i])) {
            *ties = (enum ties)i;
            return true;
        }
    }
    return false;
}

/* For the k-th of a run of equal rows that stands behind `before` rows with `different` values. */
static uint64_t doubled_rank(enum ties ties, uint64_t before, uint64_t different, uint64_t run, uint64_t k)
{
    switch (ties) {
    case TIES_MIN:
        return 2 * (before + 1);
    case TIES_MAX:
        return 2 * (before + run);
    case TIES_DENSE:
        return 2 * (different + 1);
    case TIES_ORDINAL:
        return 2 * (before + k + 1);
    case TIES_AVERAGE:
        break;
    }
    return 2 * before + run + 1;
}

void order_ranks(const struct order *o, enum ties ties, const uint32_t *row, size_t n, uint64_t *doubled)
{
    uint64_t different = 0;
    for (size_t from = 0, to; from < n; from = to, different++) {
        for (to = from + 1; to < n && order_compare(o, row[from], row[to]) == 0; to++)
            ;
        for (size_t i = from; i < to; i++)
            doubled[row[i]] = doubled_rank(ties, from, different, to - from, i - from);
    }
}
