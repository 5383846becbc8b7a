/* SPDX-License-Identifier: MIT
 * decimal_column: a column of fields as scaled integers, for the hot loops. A field is found, checked and
 * turned into its value in one pass over the sixteen bytes that end where it ends. */
#ifndef LIB_DECIMAL_COLUMN_H
#define LIB_DECIMAL_COLUMN_H

#include "lib/number/decimal.h"

/* Stands where a field has no value of the kind asked for; the careful functions say why. */
#define DEC_UNSURE INT64_MIN

/* units[i] is field i in units of 10^-scale; DEC_UNSURE where it is not a plain decimal (dec_parse) with at
 * most `places` decimals whose units fit 64 bits. places <= scale <= DEC_MAX_SCALE. */
void dec_parse_column(struct fields f, unsigned places, unsigned scale, int64_t *units);

/* The same for fields with exactly `places` decimals: a column of money that is written alike all the way. */
void dec_parse_column_exact(struct fields f, unsigned places, unsigned scale, int64_t *units);

/* The implementations behind them, for the test that compares them: from `least` to `places` decimals. */
void dec_parse_column_portable(struct fields f, unsigned least, unsigned places, unsigned scale,
                               int64_t *units);
bool dec_column_has_sse(void); /* whether the next one may be called on this machine */
void dec_parse_column_sse(struct fields f, unsigned least, unsigned places, unsigned scale, int64_t *units);

#endif
