/* SPDX-License-Identifier: MIT
 * calendar: days and working days. A day is a number that grows by one a day. */
#ifndef LIB_CALENDAR_H
#define LIB_CALENDAR_H

#include "lib/schema/refs.h"

/* The day of YYYY-MM-DD, which may be followed by a time; false when it is no date. */
bool calendar_day(struct slice text, int64_t *day);
void calendar_print(struct buf *b, int64_t day);

/* The last day of YYYY-MM; false when it is no month. */
bool calendar_month_end(struct slice month, int64_t *day);

/* Saturdays and Sundays, and the days that a table says are, or are not, free. */
struct calendar;

/* work: column that is 1 for a weekend's day on which people work, 0 for a free day; -1: all days of the
 * table are free. NULL with ST_MISUSE, naming the line, for what is no date or flag, or a day that stands
 * twice. t NULL: weekends alone. */
struct calendar *calendar_new(const struct ref *t, int date, int work, struct diag *d);
void calendar_free(struct calendar *c);

bool calendar_is_working(const struct calendar *c, int64_t day);
int64_t calendar_next_working(const struct calendar *c, int64_t day); /* the day itself when it is one */
/* The n-th working day after a day, n >= 1. */
int64_t calendar_add_working(const struct calendar *c, int64_t day, size_t n);

#endif
