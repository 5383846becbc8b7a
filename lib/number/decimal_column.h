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

/* Units of 10^-places of the fields that have exactly so many decimals, DEC_UNSURE for others: a column of
 * money that is written alike all the way. */
void dec_parse_column_exact(struct fields f, unsigned places, int64_t *units);

/* The implementations behind them, for the test that compares them. */
void dec_parse_column_portable(struct fields f, unsigned places, unsigned scale, int64_t *units);
void dec_parse_exact_portable(struct fields f, unsigned places, int64_t *units);
bool dec_column_has_sse(void); /* whether the next ones may be called on this machine */
void dec_parse_column_sse(struct fields f, unsigned places, unsigned scale, int64_t *units);
void dec_parse_exact_sse(struct fields f, unsigned places, int64_t *units);

#endif
