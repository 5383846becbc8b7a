/* SPDX-License-Identifier: MIT
 * order_encode: keys as bytes that memcmp orders, for rows that are sorted beyond memory. A number is written
 * without reference to its column's scale, which may rise: the place of its first digit, then its digits two
 * a byte, without zeros behind. What is negative, and what descends, is written with every bit turned. */
#include "lib/order/order_internal.h"

enum {
    MISSING_FIRST = 1,
    PRESENT = 2,
    MISSING_LAST = 3,
    ZERO = 0x80,
    ONES = ZERO + 1 + DEC_MAX_SCALE /* the lead of a number whose first digit stands behind the point */
};

static size_t digits_of(u128 v, char *digit)
{
    char turned[40];
    size_t n = 0;
    for (; v > UINT64_MAX; v /= 10)
        turned[n++] = (char)(v % 10);
    for (uint64_t small = (uint64_t)v; small; small /= 10)
        turned[n++] = (char)(small % 10);
    for (size_t i = 0; i < n; i++)
        digit[i] = turned[n - 1 - i];
    return n;
}

static void encode_number(struct dec v, struct buf *b)
{
    char digit[40];
    size_t n = digits_of(v.units < 0 ? -(u128)v.units : (u128)v.units, digit), from = b->n;
    if (n == 0) {
        buf_char(b, (char)ZERO);
        return;
    }
    buf_char(b, (char)(ONES + (int)n - (int)v.scale));
    while (digit[n - 1] == 0)
        n--;
    for (size_t i = 0; i < n; i += 2)
        buf_char(b, (char)(1 + digit[i] * 10 + (i + 1 < n ? digit[i + 1] : 0)));
    buf_char(b, 0);
    for (size_t i = from; i < b->n && v.units < 0; i++)
        b->p[i] = (char)~b->p[i];
}

void order_encode(const struct order *o, uint32_t row, struct buf *b)
{
    for (size_t k = 0; k < o->n; k++) {
        const struct key_column *c = &o->column[k];
        if (c->presence[row] != ORDER_VALUE) {
            buf_char(b, c->key.missing_first ? MISSING_FIRST : MISSING_LAST);
            continue;
        }
        buf_char(b, PRESENT);
        size_t from = b->n;
        if (c->key.text) {
            buf_slice(b, order_text(c, row));
            buf_char(b, 0); /* no text has one */
        } else {
            encode_number(c->wide ? c->wide[row] : (struct dec){c->units[row], c->scale}, b);
        }
        for (size_t i = from; i < b->n && c->key.descending; i++)
            b->p[i] = (char)~b->p[i];
    }
}
