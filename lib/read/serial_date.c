/* SPDX-License-Identifier: MIT
 * serial_date: see serial_date.h. */
#include "lib/read/serial_date.h"

enum {
    DAY_SECONDS = 86400,
    LAST_DAY = 2958465,  /* 9999-12-31 in days since 1899-12-30 */
    DAYS_1904 = 1462,    /* 1904-01-01 in days since 1899-12-30 */
    NO_DAY = 60,         /* 1900-02-29 */
    FRACTION_PLACES = 30 /* digits further behind the point are less than any second */
};

/* Days and, of the day begun, seconds to the nearest one. */
struct moment {
    int64_t day;
    int64_t second; /* may be 86400: the day is over */
};

static bool read_moment(struct slice plain, struct moment *at)
{
    size_t i = 0, places = 0;
    u128 fraction = 0, scale = 1;
    *at = (struct moment){0};
    for (; i < plain.n && plain.p[i] != '.'; i++) {
        if (plain.p[i] < '0' || plain.p[i] > '9' || at->day > LAST_DAY)
            return false;
        at->day = at->day * 10 + (plain.p[i] - '0');
    }
    for (i++; i < plain.n && places < FRACTION_PLACES; i++, places++) {
        if (plain.p[i] < '0' || plain.p[i] > '9')
            return false;
        fraction = fraction * 10 + (unsigned)(plain.p[i] - '0');
        scale *= 10;
    }
    at->second = (int64_t)((fraction * DAY_SECONDS * 2 + scale) / (scale * 2));
    return true;
}

/* The day of the Gregorian calendar, counted from 1899-12-30, by the cycle of 400 years that begins on
 * 1600-03-01. */
static void put_day(int64_t day, struct buf *out)
{
    enum { FROM_1600 = 109511, CYCLE = 146097, CENTURY = 36524, FOUR = 1461, YEAR = 365 };
    int64_t d = day + FROM_1600, cycle = d / CYCLE;
    d %= CYCLE;
    int64_t century = d / CENTURY < 3 ? d / CENTURY : 3;
    d -= century * CENTURY;
    int64_t four = d / FOUR;
    d %= FOUR;
    int64_t one = d / YEAR < 3 ? d / YEAR : 3;
    d -= one * YEAR;
    int64_t month = (5 * d + 2) / 153; /* from March: 31 30 31 30 31, again, 31 and the rest */
    int64_t of_month = d - (153 * month + 2) / 5 + 1;
    int64_t year = 1600 + cycle * 400 + century * 100 + four * 4 + one + (month >= 10);
    month = month < 10 ? month + 3 : month - 9;
    buf_printf(out, "%04d-%02d-%02d", (int)year, (int)month, (int)of_month);
}

static void put_clock(int64_t second, struct buf *out)
{
    buf_printf(out, "%02d:%02d:%02d", (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
}

/* The day that is meant, counted from 1899-12-30; -1 when there is none. */
static int64_t calendar_day(int64_t day, bool from_1904)
{
    if (from_1904)
        day += DAYS_1904;
    else if (day == 0 || day == NO_DAY)
        return -1;
    else if (day < NO_DAY)
        day++;
    return day <= LAST_DAY ? day : -1;
}

bool serial_date(struct slice plain, enum serial_shape shape, bool from_1904, struct buf *out)
{
    struct moment at;
    if (plain.n == 0 || !read_moment(plain, &at) || at.day > LAST_DAY)
        return false;
    if (shape == SERIAL_CLOCK || shape == SERIAL_DURATION) {
        int64_t second = at.day * DAY_SECONDS + at.second;
        put_clock(shape == SERIAL_CLOCK ? second % DAY_SECONDS : second, out);
        return true;
    }
    if (shape == SERIAL_DATE_TIME && at.second == DAY_SECONDS) {
        at.day++;
        at.second = 0;
    }
    int64_t day = calendar_day(at.day, from_1904);
    if (day < 0)
        return false;
    put_day(day, out);
    if (shape == SERIAL_DATE_TIME) {
        buf_char(out, 'T');
        put_clock(at.second, out);
    }
    return true;
}
