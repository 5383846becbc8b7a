/* SPDX-License-Identifier: MIT
 * aggregator_calls: the inside of an aggregator, for the two files that build and run it. */
#ifndef LIB_AGGREGATOR_CALLS_H
#define LIB_AGGREGATOR_CALLS_H

#include "lib/group/aggregator_parts.h"

/* What a name such as mean(x) stands for: one way to look at an accumulation. */
struct aggregate {
    struct accumulator *of;
    struct outcome (*outcome)(const struct accumulator *a, const void *state);
};

struct aggregator {
    char *header;
    struct slice *name; /* of the columns, into header */
    size_t columns;
    struct argument **argument;
    size_t arguments, arguments_cap;
    struct accumulator **accumulator;
    size_t accumulators, accumulators_cap;
    struct aggregate *aggregate;
    size_t aggregates, aggregates_cap;
    struct states states;
    uint64_t rows; /* taken so far */
};

#endif
