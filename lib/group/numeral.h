/* SPDX-License-Identifier: MIT
 * numeral: decimals as texts whose bytewise order is the order of the numbers, so that any sort of lines
 * sorts them. A zero is "o". A positive one is p, the number of digits before the point in two digits, the
 * number without needless zeros: 0.5 is p010.5, 123 is p03123. A negative one is n and the same with every
 * digit taken from 9, and ~ behind: -123 is n96876~. */
#ifndef LIB_NUMERAL_H
#define LIB_NUMERAL_H

#include "lib/number/decimal.h"

void numeral_print(struct buf *b, struct dec v);
bool numeral_parse(struct slice s, struct dec *v) MUST_USE; /* false for what numeral_print does not write */

/* As dec_parse, for all that dec_print can write: 128 bits are three digits more than a figure may have. */
bool number_parse(struct slice s, struct dec *v) MUST_USE;

#endif
