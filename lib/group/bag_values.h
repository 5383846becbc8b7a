/* SPDX-License-Identifier: MIT
 * bag_values: the values of a bag as they are kept, and their sort. */
#ifndef LIB_BAG_VALUES_H
#define LIB_BAG_VALUES_H

#include "lib/base/base.h"

struct bag_value {
    int64_t value; /* units, or the number of a word */
    uint64_t form; /* how often << TIMES, whether it is a numeral among the words << WIDE, decimals */
};

enum { FORM_WIDE = 5, FORM_TIMES = 6 };

static inline uint64_t form_of(uint64_t times, bool wide, unsigned decimals)
{
    return times << FORM_TIMES | (uint64_t)wide << FORM_WIDE | decimals;
}

static inline bool form_wide(uint64_t form)
{
    return form >> FORM_WIDE & 1;
}

static inline unsigned form_decimals(uint64_t form)
{
    return (unsigned)form & 31;
}

static inline uint64_t form_times(uint64_t form)
{
    return form >> FORM_TIMES;
}

/* Sorts n values by value, in place. */
void bag_values_sort(struct bag_value *v, size_t n);

#endif
