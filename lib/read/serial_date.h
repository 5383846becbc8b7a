/* SPDX-License-Identifier: MIT
 * serial_date: the number that a workbook stores for a date or a time, to ISO 8601. */
#ifndef LIB_SERIAL_DATE_H
#define LIB_SERIAL_DATE_H

#include "lib/base/buf.h"

enum serial_shape {
    SERIAL_DATE,      /* 2022-11-30; the time of day is dropped */
    SERIAL_DATE_TIME, /* 2022-11-30T14:05:00, to the nearest second */
    SERIAL_CLOCK,     /* 14:05:00; whole days are dropped */
    SERIAL_DURATION   /* 38:05:00 */
};

/* Appends the text of plain, a decimal without exponent (shortest.h): days since 1899-12-30, where numbers
 * below 60 are one day later, because these programs believe in a 29 February 1900; from_1904: since
 * 1904-01-01. false, and nothing appended, for a negative number, for a day that does not exist (0 and 60 of
 * 1900) or lies behind 9999-12-31. */
bool serial_date(struct slice plain, enum serial_shape shape, bool from_1904, struct buf *out) MUST_USE;

#endif
