/* SPDX-License-Identifier: MIT
 * binary64: the number of 8 bytes (IEEE 754) that is nearest to a decimal, as its bits. By whole numbers
 * alone: what a workbook's program made of the text can be told without a floating-point unit having touched
 * it. */
#ifndef LIB_BINARY64_H
#define LIB_BINARY64_H

#include "lib/base/base.h"

enum {
    /* Half-way points between two numbers have at most 767 digits: what stands behind these only says that
     * the decimal is not one of them. */
    BINARY64_DIGITS = 770,
    BINARY64_FRACTION_BITS = 52
};

#define BINARY64_INFINITY ((uint64_t)0x7ff << BINARY64_FRACTION_BITS)

/* Of 0.DIGITS * 10^point, the first of n digits not 0; more: digits behind them that are not all 0, of which
 * there are none unless n is BINARY64_DIGITS. Halves go to the even one. BINARY64_INFINITY for what lies
 * beyond the largest number. */
uint64_t binary64_nearest(const char *digit, size_t n, bool more, int64_t point);

#endif
