/* SPDX-License-Identifier: MIT
 * claims_period: see claims_period.h. */
#include "lib/claims/claims_period.h"

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* The number in exactly n digits at p, or -1. */
static int digits(struct slice s, size_t at, size_t n)
{
    int v = 0;
    if (at + n > s.n)
        return -1;
    for (size_t i = at; i < at + n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return -1;
        v = v * 10 + (s.p[i] - '0');
    }
    return v;
}

/* A year, a month or a day, as its first and last day. */
static bool parse_point(struct slice s, int *from, int *to)
{
    int year = digits(s, 0, 4), month = s.n > 4 ? digits(s, 5, 2) : 1, day = s.n > 7 ? digits(s, 8, 2) : 1;
    if ((s.n != 4 && s.n != 7 && s.n != 10) || year < 1 || month < 1 || month > 12 || day < 1 ||
        day > month_days(year, month) || (s.n > 4 && s.p[4] != '-') || (s.n > 7 && s.p[7] != '-'))
        return false;
    *from = year * 10000 + month * 100 + day;
    *to = *from;
    if (s.n == 4)
        *to = year * 10000 + 1231;
    if (s.n == 7)
        *to = year * 10000 + month * 100 + month_days(year, month);
    return true;
}

/* What follows "..": nothing, a point, or the month alone after a month. */
static bool parse_end(struct slice begin, struct slice end, int *to)
{
    int from, month = end.n == 2 && begin.n == 7 ? digits(end, 0, 2) : -1;
    if (end.n == 0) {
        *to = PERIOD_GOES_ON;
        return true;
    }
    if (month < 0)
        return parse_point(end, &from, to);
    int year = digits(begin, 0, 4);
    if (month < 1 || month > 12)
        return false;
    *to = year * 10000 + month * 100 + month_days(year, month);
    return true;
}

bool period_parse(struct slice text, struct period *p)
{
    const char *dots = memmem(text.p, text.n, "..", 2);
    *p = (struct period){.undated = slice_is(text, "undated")};
    if (p->undated)
        return true;
    struct slice begin = {text.p, dots ? (size_t)(dots - text.p) : text.n};
    if (!parse_point(begin, &p->from, &p->to))
        return false;
    if (!dots)
        return true;
    return parse_end(begin, (struct slice){dots + 2, text.n - begin.n - 2}, &p->to) && p->from <= p->to;
}

bool period_fits(const struct period *p)
{
    return p->undated || p->moment != MOMENT_OPEN || (p->from == p->to && p->to % 10000 == 1231);
}

/* The day a year later; the last day of February stays the last. */
static int year_later(int day)
{
    int year = day / 10000, month = day / 100 % 100, of_month = day % 100;
    if (day == PERIOD_GOES_ON)
        return day;
    if (of_month == month_days(year, month))
        of_month = month_days(year + 1, month);
    return (year + 1) * 10000 + month * 100 + of_month;
}

/* The period of the report. */
static struct period of_report(const struct period *p)
{
    struct period r = *p;
    if (p->moment == MOMENT_SAME) {
        r.moment = MOMENT_NOW;
        r.from = year_later(p->from);
        r.to = year_later(p->to);
    }
    return r;
}

bool period_together(const struct period *a, const struct period *b)
{
    struct period x = of_report(a), y = of_report(b);
    if (x.moment == y.moment)
        return x.from == y.from && x.to == y.to;
    if (y.moment == MOMENT_OPEN)
        return period_together(&y, &x);
    int year = x.to / 10000 + 1;
    return y.from / 10000 == year && y.to / 10000 == year;
}
