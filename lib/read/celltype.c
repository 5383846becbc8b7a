/* SPDX-License-Identifier: MIT
 * celltype: what a cell of each type looks like, decided on the raw bytes of the field. */
#include "lib/read/celltype.h"

static const struct {
    const char *name, *en, *zh;
} types[] = {
    [CELL_TEXT] = {"text", "not a text", "不是文本"},
    [CELL_ID] = {"id", "not an identifier (blank or control character)", "不是标识号(含空白或控制字符)"},
    [CELL_NUM] = {"num", "not a decimal", "不是数字"},
    [CELL_INT] = {"int", "not a whole number", "不是整数"},
    [CELL_DATE] = {"date", "not a date YYYY-MM-DD", "不是日期(YYYY-MM-DD)"},
    [CELL_MONTH] = {"month", "not a month YYYY-MM", "不是月份(YYYY-MM)"},
    [CELL_FLAG] = {"flag", "not a flag (0 or 1)", "不是标志(0 或 1)"},
    [CELL_CODE] = {"code", "not a code (blank or control character)", "不是代码(含空白或控制字符)"},
};

bool cell_type_named(const char *name, enum cell_type *type)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].name, name) == 0) {
            *type = (enum cell_type)i;
            return true;
        }
    return false;
}

const char *cell_type_name(enum cell_type type)
{
    return types[type].name;
}

const char *cell_shape_en(enum cell_type type)
{
    return types[type].en;
}

const char *cell_shape_zh(enum cell_type type)
{
    return types[type].zh;
}

unsigned cell_month_days(unsigned year, unsigned month)
{
    static const unsigned char days[16] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0};
    if (month > 12)
        return 0;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month] + (month == 2 && leap ? 1U : 0U);
}

static inline unsigned digit(char c)
{
    return (unsigned)(unsigned char)c - '0';
}

/* Two digits, or 255 and more when one of them is none. */
static inline unsigned pair(const char *p)
{
    unsigned a = digit(p[0]), b = digit(p[1]);
    return a > 9 || b > 9 ? 255 : a * 10 + b;
}

bool cell_is_date(struct slice f)
{
    if (f.n != 10 || f.p[4] != '-' || f.p[7] != '-')
        return false;
    unsigned century = pair(f.p), year = pair(f.p + 2), month = pair(f.p + 5), day = pair(f.p + 8);
    if (century > 99 || year > 99 || month - 1 > 11)
        return false;
    return day - 1 < 28 || (day != 0 && day <= cell_month_days(century * 100 + year, month));
}

bool cell_is_month(struct slice f)
{
    return f.n == 7 && f.p[4] == '-' && pair(f.p) <= 99 && pair(f.p + 2) <= 99 && pair(f.p + 5) - 1 < 12;
}

bool cell_is_id(struct slice f)
{
    bool bad = f.n == 0;
    for (size_t i = 0; i < f.n; i++) {
        unsigned char c = (unsigned char)f.p[i];
        bad |= c <= ' ' || c == 0x7f || c == '\\';
    }
    return !bad;
}

static bool is_number(struct slice f, bool whole)
{
    struct dec v;
    return dec_parse(f, &v) == DEC_OK && !(whole && memchr(f.p, '.', f.n));
}

bool cell_has_shape(struct slice f, enum cell_type type)
{
    switch (type) {
    case CELL_TEXT:
        return true;
    case CELL_ID:
    case CELL_CODE:
        return cell_is_id(f);
    case CELL_NUM:
        return is_number(f, false);
    case CELL_INT:
        return is_number(f, true);
    case CELL_DATE:
        return cell_is_date(f);
    case CELL_MONTH:
        return cell_is_month(f);
    case CELL_FLAG:
        return cell_is_flag(f);
    }
    return false;
}
