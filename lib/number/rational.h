/* SPDX-License-Identifier: MIT
 * rational: exact fractions with 128-bit numerator and denominator, always in lowest terms, denominator > 0.
 * Every operation returns false when its exact result does not fit; it never wraps and never rounds. */
#ifndef LIB_RATIONAL_H
#define LIB_RATIONAL_H

#include "lib/number/decimal.h"

struct rat {
    i128 num, den;
};

struct rat rat_int(i128 v);
bool rat_of_dec(struct dec v, struct rat *out);
bool rat_make(i128 num, i128 den, struct rat *out); /* den != 0 */
bool rat_add(struct rat a, struct rat b, struct rat *out);
bool rat_sub(struct rat a, struct rat b, struct rat *out);
bool rat_mul(struct rat a, struct rat b, struct rat *out);
bool rat_div(struct rat a, struct rat b, struct rat *out); /* b != 0 */
bool rat_neg(struct rat a, struct rat *out);
int rat_sign(struct rat a);

/* -1, 0, 1; exact for all values (256-bit cross products). */
int rat_compare(struct rat a, struct rat b);

/* Rounds to `digits` decimals (0 … 18). false only when the result does not fit. */
bool rat_round(struct rat a, unsigned digits, enum rounding mode, struct dec *out);

/* The decimal equal to a, with the fewest decimals; false when a has no finite decimal within DEC_MAX_SCALE.
 */
bool rat_to_dec(struct rat a, struct dec *out);

#endif
