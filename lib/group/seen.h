/* SPDX-License-Identifier: MIT
 * seen: what states remember of the values they saw, in one word: how many there were, the scale of the units
 * they are kept in, the most decimals they were written with, which kinds of missing came between. */
#ifndef LIB_SEEN_H
#define LIB_SEEN_H

#include "lib/group/argument.h"

typedef uint64_t seen;

enum {
    SEEN_COUNT_BITS = 48,
    SEEN_SCALE = 48,
    SEEN_DECIMALS = 53,
    SEEN_EMPTY = 58,
    SEEN_NA = 59,
    SEEN_FORM_BITS = 10
};

static inline uint64_t seen_count(seen s)
{
    return s & (((uint64_t)1 << SEEN_COUNT_BITS) - 1);
}

static inline unsigned seen_scale(seen s)
{
    return (unsigned)(s >> SEEN_SCALE) & 31;
}

static inline unsigned seen_decimals(seen s)
{
    return (unsigned)(s >> SEEN_DECIMALS) & 31;
}

/* Scale and decimals as they stand in the word. */
static inline seen seen_form(unsigned scale, unsigned decimals)
{
    return (seen)scale << SEEN_SCALE | (seen)decimals << SEEN_DECIMALS;
}

static inline bool seen_has_form(seen s, seen form)
{
    return ((s ^ form) >> SEEN_SCALE & (((seen)1 << SEEN_FORM_BITS) - 1)) == 0;
}

static inline void seen_set_form(seen *s, unsigned scale, unsigned decimals)
{
    *s &= ~(seen_form(31, 31));
    *s |= seen_form(scale, decimals);
}

/* The missing cell of a kind is noted. */
static inline void seen_missing(seen *s, uint8_t kind)
{
    if (kind == CELL_EMPTY)
        *s |= (seen)1 << SEEN_EMPTY;
    else if (kind == CELL_NA)
        *s |= (seen)1 << SEEN_NA;
}

static inline unsigned seen_gaps(seen s)
{
    return (unsigned)(s >> SEEN_EMPTY) & 3;
}

/* The count and the gaps of another state. false when the count leaves its bits. */
static inline bool seen_join(seen *into, seen from)
{
    uint64_t count = seen_count(*into) + seen_count(from);
    *into |= from & ((seen)3 << SEEN_EMPTY);
    *into += seen_count(from);
    return count >> SEEN_COUNT_BITS == 0;
}

#endif
