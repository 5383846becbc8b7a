/* SPDX-License-Identifier: MIT
 * date: dates and months as the stream writes them, YYYY-MM-DD and YYYY-MM, in the proleptic Gregorian
 * calendar from year 1 to 9999. */
#ifndef LIB_DATE_H
#define LIB_DATE_H

#include "lib/base/base.h"

struct date {
    int year, month, day; /* day 0: a month */
};

/* false when s is no date or month of the calendar. */
bool date_parse(struct slice s, struct date *d);

int date_days_in_month(int year, int month);

/* Months since the year 0. */
static inline int date_month_number(struct date d)
{
    return d.year * 12 + d.month - 1;
}

/* A whole number in the order of dates, or of months; a date and a month do not compare. */
static inline int32_t date_order(struct date d)
{
    return (int32_t)(d.year * 512 + d.month * 32 + d.day);
}

/* Days since 0000-03-01, and back. */
int64_t date_day_number(struct date d);
struct date date_of_day_number(int64_t number);

#endif
