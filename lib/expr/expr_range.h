/* SPDX-License-Identifier: MIT
 * expr_range: the values that an expression can take when its variables lie in ranges whose ends may be open,
 * as those of a figure of which only a lower bound is known. */
#ifndef LIB_EXPR_RANGE_H
#define LIB_EXPR_RANGE_H

#include "lib/expr/expr.h"

/* Where a range ends: at a number that belongs to it, or nowhere. */
struct range_end {
    bool open; /* no end on this side; `at` is then not looked at */
    struct rat at;
};

struct range {
    enum value_kind kind; /* VALUE_NUM; VALUE_EMPTY not known; VALUE_NA cannot exist */
    struct range_end low, high;
};

struct range range_point(struct rat v);

/* [v - half, v + half]; false when it does not fit. */
bool range_around(struct rat v, struct rat half, struct range *out);

/* The range of -v. */
bool range_negate(struct range *r);

/* Rounds both ends, half away from zero. */
bool range_round(struct range *r, unsigned digits);

/* Whether some number lies in both. Both VALUE_NUM. */
bool range_meets(const struct range *a, const struct range *b);

/* Whether expr_range knows every operation of e: numbers, variables, + - * /, pct, round, chain, min, max,
 * abs. */
bool expr_has_range(const struct expr *e);

struct expr_range_row {
    void *ctx;
    /* The range of a variable. */
    void (*fetch)(void *ctx, int variable, struct range *r);
};

/* The range of e, for an expression that has one. A divisor whose range holds zero gives VALUE_EMPTY, one
 * that is zero VALUE_NA, and so does pct over a base that is not positive. A variable that occurs twice
 * counts as two, so the range may then be wider than it need be. false when an end does not fit 128 bits. */
bool expr_range(const struct expr *e, const struct expr_range_row *row, struct range *out) MUST_USE;

#endif
