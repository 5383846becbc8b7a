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

bool call_shift_month(struct run *r, const struct node *n, const struct value *args, struct value *out)
{
    struct date d;
    struct rat shift;
    if (!date_arg(r, n, args, 0, &d))
        return false;
    bool whole = rat_make(args[1].num.num, args[1].num.den, &shift) && shift.den == 1;
    i128 month =
        whole && shift.num > -200000 && shift.num < 200000 ? d.year * 12 + d.month - 1 + shift.num : 0;
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
