/* SPDX-License-Identifier: MIT
 * hash: 32 bits from bytes, and whether bytes are the same, for tables that live and die with the process. No
 * order that is printed ever depends on a hash. */
#ifndef LIB_HASH_H
#define LIB_HASH_H

#include "lib/base/base.h"

static inline uint64_t hash_word(const char *p, size_t n)
{
    uint64_t w = 0;
    memcpy(&w, p, n);
    return w;
}

static inline uint64_t hash_fold(uint64_t a, uint64_t b)
{
    u128 m = (u128)a * b;
    return (uint64_t)m ^ (uint64_t)(m >> 64);
}

/* Words of fixed size, the last one overlapping, so that no length costs a call. */
static inline uint32_t hash_bytes(struct slice s)
{
    const uint64_t odd = 0xa0761d6478bd642fu, other = 0xe7037ed1a0b428dbu;
    uint64_t h = odd + s.n, w = 0;
    const char *p = s.p;
    size_t n = s.n;
    for (; n > 8; p += 8, n -= 8)
        h = hash_fold(h ^ hash_word(p, 8), other);
    if (s.n >= 8)
        w = hash_word(p + n - 8, 8);
    else if (n >= 4)
        w = hash_word(p, 4) | hash_word(p + n - 4, 4) << 32;
    else if (n > 0)
        w = hash_word(p, 1) | hash_word(p + n / 2, 1) << 8 | hash_word(p + n - 1, 1) << 16;
    return (uint32_t)(hash_fold(h ^ w, odd) >> 32);
}

/* slice_equal for short texts that mostly are equal. */
static inline bool hash_same(struct slice a, struct slice b)
{
    size_t n = a.n;
    if (n != b.n)
        return false;
    if (n >= 8) {
        for (size_t i = 0; i + 8 < n; i += 8)
            if (hash_word(a.p + i, 8) != hash_word(b.p + i, 8))
                return false;
        return hash_word(a.p + n - 8, 8) == hash_word(b.p + n - 8, 8);
    }
    if (n >= 4)
        return hash_word(a.p, 4) == hash_word(b.p, 4) &&
               hash_word(a.p + n - 4, 4) == hash_word(b.p + n - 4, 4);
    return n == 0 || (a.p[0] == b.p[0] && a.p[n / 2] == b.p[n / 2] && a.p[n - 1] == b.p[n - 1]);
}

#endif
