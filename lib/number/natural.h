/* SPDX-License-Identifier: MIT
 * natural: naturals below 2^512, for the few sums and roots whose exact value 128 bits cannot hold on the way
 * to a result that they can. Every operation returns false when its exact result does not fit. */
#ifndef LIB_NATURAL_H
#define LIB_NATURAL_H

#include "lib/number/rational.h"

enum { NATURAL_LIMBS = 8 };

struct natural {
    uint64_t limb[NATURAL_LIMBS]; /* the lowest first */
};

struct natural natural_of(u128 v);
bool natural_add(struct natural a, struct natural b, struct natural *sum) MUST_USE;
struct natural natural_subtract(struct natural a, struct natural b); /* a >= b */
bool natural_multiply(struct natural a, struct natural b, struct natural *product) MUST_USE;
int natural_compare(struct natural a, struct natural b); /* -1, 0, 1 */

/* a = quotient * b + remainder; b > 0. */
struct natural natural_divide(struct natural a, struct natural b, struct natural *remainder);

/* The largest natural whose square is at most a. */
struct natural natural_root(struct natural a);

/* The square root of num / den rounded to `digits` decimals, half up; den > 0. */
bool natural_ratio_root(struct natural num, struct natural den, unsigned digits, struct dec *out) MUST_USE;

/* num / den as a fraction in lowest terms; den > 0. */
bool natural_fraction(struct natural num, struct natural den, struct rat *out) MUST_USE;

/* Appends the decimal digits; reads them back, false for anything else or what does not fit. */
void natural_print(struct buf *b, struct natural v);
bool natural_parse(struct slice s, struct natural *v) MUST_USE;

#endif
