/* SPDX-License-Identifier: MIT
 * celltype_column: columns of dates and months as integers in their order, for the hot loops. */
#ifndef LIB_CELLTYPE_COLUMN_H
#define LIB_CELLTYPE_COLUMN_H

#include "lib/number/decimal_column.h"
#include "lib/read/celltype.h"

/* A date or a month (day 0) as one number: 16 bits of year, 9 of month, 7 of day; DEC_UNSURE for what is
 * none. */
int64_t cell_pack_date(struct slice f);
int64_t cell_pack_month(struct slice f);

/* packed[i] is the date, or the month, in field i. */
void cell_date_column(struct fields f, int64_t *packed);
void cell_month_column(struct fields f, int64_t *packed);

/* The wide implementation, for the test that compares it with the two functions above; to be called where
 * dec_column_has_sse. */
void cell_date_column_sse(struct fields f, int64_t *packed);
void cell_month_column_sse(struct fields f, int64_t *packed);

#endif
