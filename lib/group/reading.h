/* SPDX-License-Identifier: MIT
 * reading: what the values in a bag come to: how many there are, a quantile, the mode. A reading takes them
 * one by one, each different value once and in order, so it is the same for a bag in memory and for one that
 * comes back from a file. */
#ifndef LIB_READING_H
#define LIB_READING_H

#include "lib/group/operation.h"

struct bag_state {
    struct bag bag;
    seen seen;
};

struct top_state {
    struct bag bag;
    struct number total;
};

/* What is known of a group while its values come. */
struct collector {
    const struct accumulator *of;
    const struct parameters *p;
    uint64_t values, different; /* taken so far: all, and those that differ */
    uint64_t times;             /* mode: how often the best came */
    uint64_t all, wanted;       /* quantile: how many values there are, the place of the lower one */
    struct rat weight;          /* quantile: of the upper one */
    struct dec low, high;
    unsigned decimals;
    bool tied, overflow;
    struct buf text; /* owned */
};

struct reading {
    bool ordered; /* the values must come in order */
    void (*begin)(struct collector *c, const void *state);
    void (*take)(struct collector *c, const struct bag_item *item);
    struct outcome (*end)(const struct collector *c, const void *state);
};

extern const struct reading reading_distinct, reading_quantile, reading_mode, reading_concat, reading_top_sum,
    reading_top_share;

/* Whether p-quantiles of a type (1 to 9, of Hyndman and Fan, 1996) always have a finite decimal. */
bool quantile_is_finite(unsigned type, struct rat p);

#endif
