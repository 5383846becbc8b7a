/* SPDX-License-Identifier: MIT
 * claims_period: the day or the period that a published figure is of, and which may be taken together. */
#ifndef LIB_CLAIMS_PERIOD_H
#define LIB_CLAIMS_PERIOD_H

#include "lib/base/base.h"

/* The day a figure stands at, against the day its report is of. */
enum moment {
    MOMENT_NOW,
    MOMENT_OPEN, /* the end of the year before the report's */
    MOMENT_SAME  /* the same day or period of the year before */
};

struct period {
    bool undated;
    int from, to; /* days as yyyymmdd; `to` is PERIOD_GOES_ON for a period without an end */
    enum moment moment;
};

enum { PERIOD_GOES_ON = 99999999 };

/* "undated", a day 2022-11-30, a month 2022-11, a year 2022, a period 2018..2022, 2022-01..11 (months of one
 * year), 2022-01..2022-11, 2022-11.. (has no end). false for anything else. */
bool period_parse(struct slice text, struct period *p);

/* Whether the moment fits the date: an opening figure stands at 31 December. Undated ones fit. */
bool period_fits(const struct period *p);

/* Whether figures of these periods are of one report. Both dated. */
bool period_together(const struct period *a, const struct period *b);

#endif
