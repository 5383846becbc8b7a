/* SPDX-License-Identifier: MIT
 * sums: the sum, the mean and the number of values, exactly, with the two kinds of missing kept apart. */
#ifndef LIB_SUMS_H
#define LIB_SUMS_H

#include "lib/expr/expr_rows.h"

/* What a value that was not reported does to a sum: makes it not reported, nothing, counts as zero. */
enum sum_missing { SUM_STRICT, SUM_SKIP, SUM_ZERO };

/* "strict", "skip", "zero". */
extern const char *const SUM_WORDS[3];

/* Zero-initialise: nothing was seen. */
struct sum {
    struct dec decimal;
    struct rat ratio; /* instead of decimal, once a value had no finite decimal */
    bool is_ratio;
    uint8_t decimals; /* the most that a value had */
    bool saw_empty, saw_na;
    uint64_t count; /* values */
};

/* Takes row i of a column of numbers; false when the sum leaves 128 bits. */
bool sum_add(struct sum *s, const struct expr_column *c, size_t i, enum sum_missing missing) MUST_USE;

/* The sum; of no rows at all 0. */
void sum_value(const struct sum *s, enum sum_missing missing, struct value *v);

/* The mean; of nothing it cannot exist. false when it does not fit. */
bool sum_mean(const struct sum *s, enum sum_missing missing, struct value *v) MUST_USE;

#endif
