/* SPDX-License-Identifier: MIT
 * validity: spans of dates, or of months, in which a row of a reference holds. */
#ifndef LIB_VALIDITY_H
#define LIB_VALIDITY_H

#include "lib/base/diag.h"

/* The first and the last day, both in it; numbers as of date_order. */
struct validity {
    int32_t from, to;
};

static const struct validity VALIDITY_ALWAYS = {INT32_MIN, INT32_MAX};

/* How the spans of a table are written, and what they have turned out to be. Zero-initialise; half_open is
 * the caller's. */
struct validity_form {
    bool half_open; /* the end is the first day that is not in the span any more */
    bool known, is_month;
};

/* Reads a span from its two fields, from and to; an empty one leaves that end open. ST_INPUT with only the
 * reason in d: no date, dates and months mixed, an end before the beginning; *bad is the field at fault. */
enum status validity_read(struct validity_form *f, const struct slice field[2], struct validity *v,
                          unsigned *bad, struct diag *d) MUST_USE;

/* Reads a date to be looked for; *date is INT32_MIN, which is in no span, for a missing one. */
enum status validity_date(struct validity_form *f, struct slice field, int32_t *date,
                          struct diag *d) MUST_USE;

static inline bool validity_holds(struct validity v, int32_t date)
{
    return date != INT32_MIN && v.from <= date && date <= v.to;
}

#endif
