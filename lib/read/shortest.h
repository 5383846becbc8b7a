/* SPDX-License-Identifier: MIT
 * shortest: the plain decimal text of a number as a workbook stores it: the number of 8 bytes that its
 * program holds, to 15 significant digits, halves to even: what %.15g prints. By decimal text and integers
 * only. */
#ifndef LIB_SHORTEST_H
#define LIB_SHORTEST_H

#include "lib/base/buf.h"

enum {
    SHORTEST_DIGITS = 15,
    /* What was noticed, or-ed together. */
    SHORTEST_ROUNDED = 1, /* 15 digits are not all that was stated: 0.30000000000000004 is 0.3 */
    SHORTEST_LONG = 2     /* more than 15 digits before the point: some of them are lost */
};

/* Appends the number that text states as [-+]digits[.digits][e[-+]digits], or rather the number of 8 bytes
 * nearest to it: no exponent, no zeros at the end of a fraction, no sign of zero. false, and nothing
 * appended, for any other text and for what lies beyond the largest of those numbers. *noticed is set. */
bool shortest_of_text(struct slice text, struct buf *out, unsigned *noticed) MUST_USE;

/* The same for the bits of an IEEE 754 number of 8 bytes. false for infinities and what is not a number.
 * noticed may be NULL; SHORTEST_ROUNDED is not told, as nearly every binary fraction has more digits. */
bool shortest_of_bits(uint64_t bits, struct buf *out, unsigned *noticed) MUST_USE;

#endif
