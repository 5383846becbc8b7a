/* SPDX-License-Identifier: MIT
 * expr_date: the functions of dates and months. */
#include <stdio.h>

#include "lib/base/date.h"
#include "lib/expr/expr_internal.h"

static const char *column_of(const struct node *arg)
{
    return arg->op == OP_VARIABLE ? arg->name : "";
}

static bool date_arg(struct run *r, const struct node *n, const struct value *args, size_t i, struct date *d)
{
    if (date_parse(args[i].text, d))
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
    *out = value_int(date_day_number(b) - date_day_number(a));
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
    *out = value_bool(date_parse(args[0].text, &d) && d.day > 0);
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
    int64_t day = date_day_number(d) + (int64_t)shift;
    if (!whole || day < date_day_number(first) || day > date_day_number(last))
        return run_failed(r, column_of(n->args[0]),
                          "shift_day() leaves the years 0001 to 9999, or not whole days");
    d = date_of_day_number(day);
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
    i128 month = date_month_number(d) + shift;
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
    snprintf(p, 16, "%04d-%02d-%02d", d.year % 10000, d.month % 100, date_days_in_month(d.year, d.month));
    *out = value_text((struct slice){p, 10});
    return true;
}
