/* SPDX-License-Identifier: MIT
 * expr_date: date functions on ISO 8601 texts, YYYY-MM-DD and, where no day is needed, YYYY-MM. */
#include <stdio.h>

#include "lib/expr/expr_internal.h"

struct date {
    int year, month, day; /* day 0: a period */
};

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

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool parse_date(struct slice s, struct date *d)
{
    *d = (struct date){0};
    if ((s.n != 7 && s.n != 10) || s.p[4] != '-' || (s.n == 10 && s.p[7] != '-'))
        return false;
    d->year = digits(s.p, 4);
    d->month = digits(s.p + 5, 2);
    d->day = s.n == 10 ? digits(s.p + 8, 2) : 0;
    if (d->year < 1 || d->month < 1 || d->month > 12)
        return false;
    return s.n == 7 || (d->day >= 1 && d->day <= days_in_month(d->year, d->month));
}

/* Days since 0000-03-01 in the proleptic Gregorian calendar. */
static int64_t day_number(struct date d)
{
    int64_t year = d.month > 2 ? d.year : d.year - 1;
    int64_t month = d.month > 2 ? d.month - 3 : d.month + 9;
    return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + d.day - 1;
}

/* The date of a day number, day_number's inverse: the year is found from the 400-year cycle downwards. */
static struct date date_of(int64_t number)
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

static const char *column_of(const struct node *arg)
{
    return arg->op == OP_VARIABLE ? arg->name : "";
}

static bool date_arg(struct run *r, const struct node *n, const struct value *args, size_t i, struct date *d)
{
    if (parse_date(args[i].text, d))
        return true;
    return run_failed(r, column_of(n->args[i]), "not a date: %s", diag_quote(args[i].text).s);
}

static bool full_date_arg(struct run *r, const struct node *n, const struct value *args, size_t i,
                          struct date *d)
{
    if (!date_arg(r, n, args, i, d))
        return false;
    if (d->day > 0)
        return true;
    return run_failed(r, column_of(n->args[i]), "a date with its day is needed: %s",
                      diag_quote(args[i].text).s);
}

bool call_year(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    struct date d;
    if (!date_arg(r, n, args, 0, &d))
        return false;
    *out = value_int(d.year);
    return true;
}

bool call_quarter(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    struct date d;
    if (!date_arg(r, n, args, 0, &d))
        return false;
    *out = value_int((d.month + 2) / 3);
    return true;
}

bool call_month(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    struct date d;
    if (!date_arg(r, n, args, 0, &d))
        return false;
    *out = value_int(d.month);
    return true;
}

bool call_day(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    struct date d;
    if (!full_date_arg(r, n, args, 0, &d))
        return false;
    *out = value_int(d.day);
    return true;
}

bool call_days(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    struct date a, b;
    if (!full_date_arg(r, n, args, 0, &a) || !full_date_arg(r, n, args, 1, &b))
        return false;
    *out = value_int(day_number(b) - day_number(a));
    return true;
}

/* Whole months: from the 15th to the 14th one is not yet full. */
bool call_months(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    struct date a, b;
    if (!date_arg(r, n, args, 0, &a) || !date_arg(r, n, args, 1, &b))
        return false;
    if ((a.day == 0) != (b.day == 0))
        return run_failed(r, column_of(n->args[1]), "months() of a date and a period: %s and %s",
                          diag_quote(args[0].text).s, diag_quote(args[1].text).s);
    int months = (b.year - a.year) * 12 + b.month - a.month;
    if (months > 0 && b.day < a.day)
        months--;
    else if (months < 0 && b.day > a.day)
        months++;
    *out = value_int(months);
    return true;
}

bool call_valid_date(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    struct date d;
    (void)r;
    (void)n;
    *out = value_bool(parse_date(args[0].text, &d) && d.day > 0);
    return true;
}

bool call_period(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    struct date d;
    if (!date_arg(r, n, args, 0, &d))
        return false;
    *out = value_text((struct slice){args[0].text.p, 7});
    return true;
}

/* A whole number of days or months; false when it is not one, or out of all bounds. */
static bool shift_arg(const struct value *arg, i128 *shift)
{
    struct rat whole;
    if (!rat_make(arg->num.num, arg->num.den, &whole) || whole.den != 1)
        return false;
    *shift = whole.num;
    return whole.num > -4000000 && whole.num < 4000000;
}

bool call_shift_day(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    static const struct date first = {1, 1, 1}, last = {9999, 12, 31};
    struct date d;
    i128 shift = 0;
    if (!full_date_arg(r, n, args, 0, &d))
        return false;
    bool whole = shift_arg(&args[1], &shift);
    int64_t day = day_number(d) + (int64_t)shift;
    if (!whole || day < day_number(first) || day > day_number(last))
        return run_failed(r, column_of(n->args[0]),
                          "shift_day() leaves the years 0001 to 9999, or not whole days");
    d = date_of(day);
    char *p = text_room(r->e, 16);
    snprintf(p, 16, "%04d-%02d-%02d", d.year % 10000, d.month % 100, d.day % 100);
    *out = value_text((struct slice){p, 10});
    return true;
}

bool call_shift_month(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    struct date d;
    i128 shift = 0;
    if (!date_arg(r, n, args, 0, &d))
        return false;
    bool whole = shift_arg(&args[1], &shift);
    i128 month = d.year * 12 + d.month - 1 + shift;
    if (!whole || month < 12 || month >= 120000)
        return run_failed(r, column_of(n->args[0]),
                          "shift_month() leaves the years 0001 to 9999, or not whole months");
    char *p = text_room(r->e, 16);
    snprintf(p, 16, "%04d-%02d", (int)(month / 12), (int)(month % 12) + 1);
    *out = value_text((struct slice){p, 7});
    return true;
}

bool call_month_end(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    struct date d;
    if (!date_arg(r, n, args, 0, &d))
        return false;
    char *p = text_room(r->e, 16);
    snprintf(p, 16, "%04d-%02d-%02d", d.year % 10000, d.month % 100, days_in_month(d.year, d.month));
    *out = value_text((struct slice){p, 10});
    return true;
}
