/* SPDX-License-Identifier: MIT
 * date: see date.h. */
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

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool date_parse(struct slice text, int32_t *number, bool *is_month)
{
    if ((text.n != 7 && text.n != 10) || text.p[4] != '-' || (text.n == 10 && text.p[7] != '-'))
        return false;
    int year = digits(text.p, 4), month = digits(text.p + 5, 2);
    int day = text.n == 10 ? digits(text.p + 8, 2) : 0;
    if (year < 1 || month < 1 || month > 12)
        return false;
    if (text.n == 10 && (day < 1 || day > days_in(year, month)))
        return false;
    *number = year * 512 + month * 32 + day;
    *is_month = text.n == 7;
    return true;
}
