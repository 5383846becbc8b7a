/* SPDX-License-Identifier: MIT
 * hash: 64 bits from bytes, and whether bytes are the same, for tables that live and die with the process. No
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

enum { HASH_SHORT = 16 };

/* What a text of at most HASH_SHORT bytes is known by: two of one length are equal when their words are.
 * Words overlap, so that no length costs a call. */
struct hash_words {
    uint64_t a, b;
};

static inline struct hash_words hash_words_of(const char *p, size_t n)
{
    if (n >= 8)
        return (struct hash_words){hash_word(p, 8), hash_word(p + n - 8, 8)};
    if (n >= 4)
        return (struct hash_words){hash_word(p, 4), hash_word(p + n - 4, 4)};
    if (n == 0)
        return (struct hash_words){0, 0};
    return (struct hash_words){(uint64_t)(unsigned char)p[0] << 16 | (uint64_t)(unsigned char)p[n / 2] << 8 |
                                   (unsigned char)p[n - 1],
                               0};
}

static const uint64_t HASH_SEED = 0x9e3779b97f4a7c15u, HASH_OTHER_SEED = 0xd6e8feb86659fd93u;

/* The hash of a text that ends in the words w; h is that of what stands before, HASH_SEED ^ its length at
 * first. */
static inline uint64_t hash_of_words(struct hash_words w, uint64_t h)
{
    return hash_fold(hash_fold(w.a ^ HASH_OTHER_SEED, w.b ^ h), HASH_SEED);
}

/* A multiply-fold hash over 16 bytes a step. */
static inline uint64_t hash_bytes(struct slice s)
{
    uint64_t h = HASH_SEED ^ s.n;
    const char *p = s.p;
    size_t n = s.n;
    for (; n > HASH_SHORT; p += HASH_SHORT, n -= HASH_SHORT)
        h = hash_fold(hash_word(p, 8) ^ HASH_OTHER_SEED, hash_word(p + 8, 8) ^ h);
    return hash_of_words(hash_words_of(p, n), h);
}

/* Its upper half, for tables whose slots are small. */
static inline uint32_t hash_tag(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
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
