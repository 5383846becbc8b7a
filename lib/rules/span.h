/* SPDX-License-Identifier: MIT
 * span: sums of figures known only within their last stated place, and whether two of them can be equal. */
#ifndef LIB_SPAN_H
#define LIB_SPAN_H

#include "lib/rules/rules_check.h"

/* A figure as stated, and the interval it stands for. */
struct span {
    struct rat stated, low, high;
    bool low_open, high_open;
};

/* Each returns false when a value does not fit. half: of one unit in the last stated place. */
bool span_of(struct rat stated, struct rat half, enum tolerance_mode mode, struct span *out);
struct span span_zero(void);
bool span_add(struct span *sum, const struct span *x, struct rat weight);

/* Whether a and b, widened by extra, can be equal; the stated difference, and how large it may be. */
bool span_meet(const struct span *a, const struct span *b, struct rat extra, bool *meet,
               struct rat *difference, struct rat *allowance);

/* A difference that twice the allowance would excuse is told apart. */
bool span_is_near(struct rat difference, struct rat allowance);

#endif
