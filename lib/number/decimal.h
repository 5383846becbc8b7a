/* SPDX-License-Identifier: MIT
 * decimal: exact decimals as integers with a scale: value = units / 10^scale. No value ever passes through
 * binary floating point. */
#ifndef LIB_DECIMAL_H
#define LIB_DECIMAL_H

#include "lib/base/buf.h"
#include "lib/number/rounding.h"

enum { DEC_MAX_SCALE = 18, DEC_MAX_DIGITS = 36 };

struct dec {
    i128 units;
    unsigned scale; /* 0 … DEC_MAX_SCALE */
};

enum dec_error { DEC_OK, DEC_NOT_A_NUMBER, DEC_TOO_LONG };

/* A plain decimal: optional '-', digits, optionally '.' and digits. No blanks, plus sign, separators,
 * exponent, bare point. "-0.00" is zero. DEC_TOO_LONG beyond 18 decimals or 36 digits in all. */
enum dec_error dec_parse(struct slice s, struct dec *out);

/* As dec_parse into units of 10^-scale that fit 64 bits, for the hot loops: true when s is a plain decimal
 * with at most `scale` decimals and the result fits. On false use dec_parse, which says why. */
bool dec_parse_scaled(struct slice s, unsigned scale, int64_t *units);

/* 10^0 to 10^19, for hot loops. */
extern const uint64_t DEC_POWERS[20];

/* 10^n for 0 <= n <= 36. */
i128 dec_pow10(unsigned n);

/* The same value at another scale; false when digits would be lost or 128 bits overflow. */
bool dec_rescale(struct dec *v, unsigned scale);

/* a + b, a - b at the larger scale, a * b at the sum of the scales, all exact; false on overflow, or when a
 * scale would pass DEC_MAX_SCALE. */
bool dec_add(struct dec a, struct dec b, struct dec *sum);
bool dec_subtract(struct dec a, struct dec b, struct dec *difference);
bool dec_multiply(struct dec a, struct dec b, struct dec *product);

/* a / b, b not zero, rounded once to `digits` decimals (0 … DEC_MAX_SCALE); false on overflow. */
bool dec_divide(struct dec a, struct dec b, unsigned digits, enum rounding mode, struct dec *quotient);

/* v with exactly `digits` decimals, rounded where it has more; false on overflow. */
bool dec_round(struct dec v, unsigned digits, enum rounding mode, struct dec *out);

/* -1, 0, 1: exact comparison at any scales. */
int dec_compare(struct dec a, struct dec b);

/* Appends the plain decimal text with exactly v.scale decimals; zero has no sign. */
void dec_print(struct buf *b, struct dec v);

/* Value times 10^shift, only by moving the point (units of money, percent); the scale changes, trailing
 * digits are kept. false when the scale would pass DEC_MAX_SCALE or 128 bits overflow. */
bool dec_shift(struct dec *v, int shift);

#endif
