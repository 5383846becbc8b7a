/* SPDX-License-Identifier: MIT
 * plaincell: cells that are already nearly what the stream wants, as most are: figures of digits and a point,
 * dates in ISO 8601, texts without anything to escape. Many bytes at a time; whatever is not plain is left to
 * normalise, which gives the same field for those that are. */
#ifndef LIB_PLAINCELL_H
#define LIB_PLAINCELL_H

#include "lib/base/base.h"

/* Bytes behind the field that a function below may write over, and those that a moved point may add. */
enum { PLAIN_SLACK = 64 };

/* Whether texts and figures can be taken on this machine; elsewhere none is plain. */
bool plaincell_available(void);

/* Each writes the field of a cell, behind which 16 bytes may be read, at `to`, which has room for cell.n +
 * PLAIN_SLACK, and returns its end; NULL when the cell is not plain, and what was written counts for nothing.
 */

char *plaincell_text(char *to, struct slice cell);

/* A date or a month of the calendar. */
char *plaincell_date(char *to, struct slice cell);

/* A figure of at most 15 digits, its point moved by shift places; whole: without a point. *decimals gets
 * those that the cell has. */
char *plaincell_number(char *to, struct slice cell, int shift, bool whole, int *decimals);

/* The same of a figure with separators in all places of thousands: 1,234.56. */
char *plaincell_grouped(char *to, struct slice cell, int shift, bool whole, int *decimals);

#endif
