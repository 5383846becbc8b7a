/* SPDX-License-Identifier: MIT
 * date: see date.h. Years are counted from March, so that the leap day is the last of one. */
#include "lib/base/date.h"

static int digits(const char *p, size_t n)
{
    int v = 0;
    for (size_t i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9')
            return -1;
        v = v * 10 + (p[i] - '0');
    }
    return v;
}

int date_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool date_parse(struct slice s, struct date *d)
{
    *d = (struct date){0};
    if ((s.n != 7 && s.n != 10) || s.p[4] != '-' || (s.n == 10 && s.p[7] != '-'))
        return false;
    d->year = digits(s.p, 4);
    d->month = digits(s.p + 5, 2);
    d->day = s.n == 10 ? digits(s.p + 8, 2) : 0;
    if (d->year < 1 || d->month < 1 || d->month > 12)
        return false;
    return s.n == 7 || (d->day >= 1 && d->day <= date_days_in_month(d->year, d->month));
}

int64_t date_day_number(struct date d)
{
    int64_t year = d.month > 2 ? d.year : d.year - 1;
    int64_t month = d.month > 2 ? d.month - 3 : d.month + 9;
    return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + d.day - 1;
}

/* The year is found from the 400-year cycle downwards. */
struct date date_of_day_number(int64_t number)
{
    int64_t cycle = number / 146097, day = number % 146097;
    int64_t century = day / 36524 - (day == 146096);
    day -= century * 36524;
    int64_t four = day / 1461, rest = day % 1461;
    int64_t year = rest / 365 - (rest == 1460);
    day = rest - year * 365;
    int64_t month = (day * 5 + 2) / 153; /* from March */
    struct date d = {.day = (int)(day - (month * 153 + 2) / 5) + 1,
                     .month = (int)(month < 10 ? month + 3 : month - 9)};
    d.year = (int)(cycle * 400 + century * 100 + four * 4 + year) + (month >= 10);
    return d;
}
