/* SPDX-License-Identifier: MIT
 * calendar: days and working days. */
#include "lib/rules/calendar.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/celltype.h"

/* Days from 0000-03-01 in the Gregorian calendar, years that begin in March: the leap day is then the last.
 */
static int64_t number_of(int64_t year, unsigned month, unsigned day)
{
    int64_t y = month > 2 ? year : year - 1;
    unsigned m = month > 2 ? month - 3 : month + 9;
    return y * 365 + y / 4 - y / 100 + y / 400 + (int64_t)((m * 153 + 2) / 5 + day) - 1;
}

static unsigned read_digits(const char *p, size_t n)
{
    unsigned v = 0;
    for (size_t i = 0; i < n; i++)
        v = v * 10 + (unsigned)(p[i] - '0');
    return v;
}

bool calendar_day(struct slice text, int64_t *day)
{
    struct slice date = {text.p, text.n < 10 ? text.n : 10};
    if (!cell_is_date(date) || (text.n > 10 && text.p[10] != 'T' && text.p[10] != ' '))
        return false;
    *day = number_of(read_digits(date.p, 4), read_digits(date.p + 5, 2), read_digits(date.p + 8, 2));
    return true;
}

bool calendar_month_end(struct slice month, int64_t *day)
{
    if (!cell_is_month(month))
        return false;
    unsigned year = read_digits(month.p, 4), m = read_digits(month.p + 5, 2);
    *day = number_of(year, m, cell_month_days(year, m));
    return true;
}

void calendar_print(struct buf *b, int64_t day)
{
    int64_t year = day / 366;
    while (number_of(year + 1, 1, 1) <= day)
        year++;
    unsigned month = 1;
    while (month < 12 && number_of(year, month + 1, 1) <= day)
        month++;
    buf_printf(b, "%04d-%02u-%02u", (int)year, month, (unsigned)(day - number_of(year, month, 1)) + 1);
}

struct special {
    int64_t day;
    bool works;
    size_t row;
};

struct calendar {
    struct special *special; /* in order */
    size_t count;
};

static int by_day(const void *a, const void *b)
{
    const struct special *x = a, *y = b;
    return (x->day > y->day) - (x->day < y->day);
}

static enum status read_special(const struct ref *t, size_t row, int date, int work, struct special *s,
                                struct diag *d)
{
    struct slice f = ref_field(t, row, (size_t)date);
    s->row = row;
    if (f.n != 10 || !calendar_day(f, &s->day))
        return diag_set(d, ST_MISUSE, ref_file(t), ref_line(t, row), NULL, "not a date YYYY-MM-DD: %s",
                        diag_quote(f).s);
    f = work < 0 ? slice_of("0") : ref_field(t, row, (size_t)work);
    s->works = slice_is(f, "1");
    if (!s->works && !slice_is(f, "0"))
        return diag_set(d, ST_MISUSE, ref_file(t), ref_line(t, row), NULL, "not 0 or 1: %s", diag_quote(f).s);
    return ST_OK;
}

struct calendar *calendar_new(const struct ref *t, int date, int work, struct diag *d)
{
    struct calendar *c = mem_zero(1, sizeof *c);
    c->special = mem_array(NULL, t ? ref_rows(t) : 0, sizeof *c->special);
    for (size_t row = 0; t && row < ref_rows(t); row++) {
        if (read_special(t, row, date, work, &c->special[row], d) != ST_OK) {
            calendar_free(c);
            return NULL;
        }
        c->count++;
    }
    if (c->count > 1)
        qsort(c->special, c->count, sizeof *c->special, by_day);
    for (size_t i = 1; i < c->count; i++)
        if (c->special[i].day == c->special[i - 1].day) {
            diag_set(d, ST_MISUSE, ref_file(t), ref_line(t, c->special[i].row), NULL,
                     "the day stands there a second time");
            calendar_free(c);
            return NULL;
        }
    return c;
}

void calendar_free(struct calendar *c)
{
    if (!c)
        return;
    free(c->special);
    free(c);
}

/* Day 0, 0000-03-01, was a Wednesday. */
static bool is_weekend(int64_t day)
{
    int64_t weekday = (day + 2) % 7; /* Monday 0 */
    return weekday >= 5;
}

bool calendar_is_working(const struct calendar *c, int64_t day)
{
    struct special want = {.day = day};
    const struct special *s = bsearch(&want, c->special, c->count, sizeof want, by_day);
    return s ? s->works : !is_weekend(day);
}

/* A table that frees every day of a thousand years does not hold the search up. */
enum { LONGEST = 366000 };

int64_t calendar_next_working(const struct calendar *c, int64_t day)
{
    int64_t last = day + LONGEST;
    while (day < last && !calendar_is_working(c, day))
        day++;
    return day;
}

int64_t calendar_add_working(const struct calendar *c, int64_t day, size_t n)
{
    for (size_t i = 0; i < n; i++)
        day = calendar_next_working(c, day + 1);
    return day;
}
