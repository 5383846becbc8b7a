/* SPDX-License-Identifier: MIT
 * bag_values: the most significant eight bits that differ first, exchanged in place (the American flag sort
 * of McIlroy, Bostic and McIlroy, 1993), so that a sort needs no second memory. */
#include "lib/group/bag_values.h"

enum { BITS = 8, BUCKETS = 1 << BITS, FEW = 32 };

static inline uint64_t key_of(const struct bag_value *v)
{
    return (uint64_t)v->value ^ (uint64_t)1 << 63;
}

static void insertion_sort(struct bag_value *v, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct bag_value x = v[i];
        size_t k = i;
        for (; k > 0 && v[k - 1].value > x.value; k--)
            v[k] = v[k - 1];
        v[k] = x;
    }
}

/* Brings every value into the bucket of its eight bits at shift; end[b] is where bucket b ends. */
static void exchange(struct bag_value *v, size_t n, unsigned shift, size_t *end)
{
    size_t next[BUCKETS], from = 0;
    memset(end, 0, BUCKETS * sizeof *end);
    for (size_t i = 0; i < n; i++)
        end[key_of(&v[i]) >> shift & (BUCKETS - 1)]++;
    for (unsigned b = 0; b < BUCKETS; b++) {
        next[b] = from;
        from += end[b];
        end[b] = from;
    }
    for (unsigned b = 0; b < BUCKETS; b++) {
        while (next[b] < end[b]) {
            struct bag_value x = v[next[b]];
            for (unsigned to; (to = key_of(&x) >> shift & (BUCKETS - 1)) != b;) {
                struct bag_value y = v[next[to]];
                v[next[to]++] = x;
                x = y;
            }
            v[next[b]++] = x;
        }
    }
}

void bag_values_sort(struct bag_value *v, size_t n)
{
    size_t end[BUCKETS], from = 0;
    uint64_t differ = 0;
    if (n <= FEW) {
        insertion_sort(v, n);
        return;
    }
    bool sorted = true;
    for (size_t i = 1; i < n; i++) {
        differ |= key_of(&v[i]) ^ key_of(&v[0]);
        sorted = sorted & (v[i].value >= v[i - 1].value);
    }
    if (sorted)
        return;
    unsigned highest = 63 - (unsigned)__builtin_clzll(differ),
             shift = highest < BITS ? 0 : highest + 1 - BITS;
    exchange(v, n, shift, end);
    for (unsigned b = 0; shift && b < BUCKETS; from = end[b++])
        if (end[b] - from > 1)
            bag_values_sort(v + from, end[b] - from);
}
