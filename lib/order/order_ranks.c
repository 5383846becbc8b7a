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

uint64_t ties_doubled_rank(enum ties ties, struct tie t, uint64_t k)
{
    switch (ties) {
    case TIES_MIN:
        return 2 * (t.before + 1);
    case TIES_MAX:
        return 2 * (t.before + t.run);
    case TIES_DENSE:
        return 2 * (t.different + 1);
    case TIES_ORDINAL:
        return 2 * (t.before + k + 1);
    case TIES_AVERAGE:
        break;
    }
    return 2 * t.before + t.run + 1;
}

uint64_t order_ranks(enum ties ties, const uint32_t *row, const uint8_t *starts, size_t n, uint64_t *doubled)
{
    struct tie t = {0};
    for (size_t from = 0, to; from < n; from = to, t.different++) {
        for (to = from + 1; to < n && !starts[to]; to++)
            ;
        t.before = from;
        t.run = to - from;
        for (size_t i = from; i < to; i++)
            doubled[row[i]] = ties_doubled_rank(ties, t, i - from);
    }
    return t.different;
}

size_t rank_text(uint64_t doubled, char text[RANK_TEXT])
{
    char turned[RANK_TEXT];
    size_t n = 0, at = 0;
    for (uint64_t v = doubled / 2; v || n == 0; v /= 10)
        turned[n++] = (char)('0' + v % 10);
    while (n > 0)
        text[at++] = turned[--n];
    if (doubled % 2) {
        text[at++] = '.';
        text[at++] = '5';
    }
    return at;
}

/* part / whole, half up; both below 2^66 and digits at most 18, so that nothing leaves 128 bits. */
static struct dec share_of(u128 part, u128 whole, unsigned digits)
{
    u128 power = (u128)dec_pow10(digits), units = part * power / whole, rest = part * power % whole;
    return (struct dec){(i128)(units + (rest >= whole - rest)), digits};
}

bool rank_percent(uint64_t doubled, uint64_t n, unsigned digits, struct dec *share)
{
    if (n <= 1)
        return false;
    *share = share_of(doubled - 2, 2 * (u128)(n - 1), digits);
    return true;
}

struct dec rank_share(uint64_t at, uint64_t n, unsigned digits)
{
    return share_of(at, n, digits);
}

uint64_t rank_band(uint64_t doubled, uint64_t n, uint64_t bands)
{
    return (uint64_t)((u128)(doubled - 2) * bands / (2 * (u128)n)) + 1;
}
