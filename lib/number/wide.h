/* SPDX-License-Identifier: MIT
 * wide: magnitudes of 128 bits, and of 256 for the rare products that leave them before a division brings
 * them back. */
#ifndef LIB_WIDE_H
#define LIB_WIDE_H

#include "lib/base/base.h"

static inline u128 i128_magnitude(i128 v)
{
    return v < 0 ? -(u128)v : (u128)v;
}

/* Magnitudes up to I128_MAX, so that every value can be negated; false beyond. */
static inline bool i128_signed(u128 magnitude, bool negative, i128 *out)
{
    if (magnitude > (u128)I128_MAX)
        return false;
    *out = negative ? -(i128)magnitude : (i128)magnitude;
    return true;
}

/* a / b, by the processor where both fit its registers. */
static inline u128 u128_divide(u128 a, u128 b)
{
    return (a | b) >> 64 ? a / b : (uint64_t)a / (uint64_t)b;
}

struct wide {
    u128 high, low;
};

static inline struct wide wide_product(u128 a, u128 b)
{
    u128 mask = UINT64_MAX;
    u128 ll = (a & mask) * (b & mask), lh = (a & mask) * (b >> 64);
    u128 hl = (a >> 64) * (b & mask), hh = (a >> 64) * (b >> 64);
    u128 middle = (ll >> 64) + (lh & mask) + (hl & mask);
    return (struct wide){hh + (lh >> 64) + (hl >> 64) + (middle >> 64), (middle << 64) | (ll & mask)};
}

static inline int wide_compare(struct wide a, struct wide b)
{
    if (a.high != b.high)
        return a.high > b.high ? 1 : -1;
    return (a.low > b.low) - (a.low < b.low);
}

/* The callers' products are below 2^254, so the sum fits. */
static inline struct wide wide_sum(struct wide a, struct wide b)
{
    u128 low = a.low + b.low;
    return (struct wide){a.high + b.high + (low < a.low), low};
}

/* a - b for a >= b. */
static inline struct wide wide_difference(struct wide a, struct wide b)
{
    return (struct wide){a.high - b.high - (a.low < b.low), a.low - b.low};
}

/* Quotient of a by d, 0 < d < 2^127, by shift and subtract: slow, exact, and seldom needed. */
static inline struct wide wide_divide(struct wide a, u128 d, u128 *remainder)
{
    struct wide q = {0, 0};
    u128 r = 0;
    for (unsigned i = 256; i-- > 0;) {
        u128 bit = (i >= 128 ? a.high >> (i - 128) : a.low >> i) & 1;
        r = (r << 1) | bit;
        q.high = (q.high << 1) | (q.low >> 127);
        q.low <<= 1;
        if (r >= d) {
            r -= d;
            q.low |= 1;
        }
    }
    *remainder = r;
    return q;
}

#endif
