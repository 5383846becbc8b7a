/* SPDX-License-Identifier: MIT
 * number_format: see number_format.h. */
#include "lib/read/number_format.h"

#include "lib/read/serial_date.h"

/* --- formats without a code --- */

struct builtin {
    unsigned char first, last;
    struct number_format format;
};

static const struct builtin builtins[] = {
    {2, 2, {NUMBER_PLAIN, 2, false}},   /* 0.00 */
    {4, 4, {NUMBER_PLAIN, 2, false}},   /* #,##0.00 */
    {7, 8, {NUMBER_PLAIN, 2, false}},   /* currency */
    {9, 9, {NUMBER_PERCENT, 0, false}}, /* 0% */
    {10, 10, {NUMBER_PERCENT, 2, false}},  {14, 16, {NUMBER_DATE, 0, false}},
    {17, 17, {NUMBER_MONTH, 0, false}}, /* mmm-yy */
    {18, 21, {NUMBER_CLOCK, 0, false}},    {22, 22, {NUMBER_DATE_TIME, 0, false}},
    {27, 27, {NUMBER_MONTH, 0, false}}, /* yyyy"年"m"月" */
    {28, 31, {NUMBER_DATE, 0, false}},  /* m"月"d"日", m-d-yy, yyyy"年"m"月"d"日" */
    {32, 35, {NUMBER_CLOCK, 0, false}}, /* h"时"mm"分" */
    {36, 36, {NUMBER_MONTH, 0, false}},    {39, 40, {NUMBER_PLAIN, 2, false}}, /* #,##0.00_);(#,##0.00) */
    {43, 44, {NUMBER_PLAIN, 2, false}},                                        /* the same, aligned */
    {45, 45, {NUMBER_CLOCK, 0, false}},                                        /* mm:ss */
    {46, 46, {NUMBER_DURATION, 0, false}}, {47, 47, {NUMBER_CLOCK, 0, false}},
    {50, 50, {NUMBER_MONTH, 0, false}},    {51, 51, {NUMBER_DATE, 0, false}},
    {52, 52, {NUMBER_MONTH, 0, false}},    {53, 54, {NUMBER_DATE, 0, false}},
    {55, 56, {NUMBER_CLOCK, 0, false}},    {57, 57, {NUMBER_MONTH, 0, false}},
    {58, 58, {NUMBER_DATE, 0, false}},
};

struct number_format number_format_builtin(unsigned id)
{
    for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++)
        if (builtins[i].first <= id && id <= builtins[i].last)
            return builtins[i].format;
    return (struct number_format){0};
}

/* --- formats by their code --- */

/* What the first section of a code has in it, literal text apart. */
struct parts {
    bool year, month, day, hour, second, elapsed, percent, other;
    bool scaled; /* a comma behind the digits divides by 1000; a literal among them moves the point */
    bool point, digit;
    bool exponent;
    unsigned decimals;
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool begins(const char *p, const char *end, const char *word)
{
    for (; *word; word++, p++)
        if (p == end || lower(*p) != *word)
            return false;
    return true;
}

/* Whether digit places follow, before the section ends: the literal in 0!.0 stands among digits. */
static bool digits_follow(const char *p, const char *end)
{
    for (; p < end && *p != ';' && *p != '"'; p++)
        if (*p == '0' || *p == '#' || *p == '?')
            return true;
    return false;
}

/* [Red] [$-804] [>100] are no dates; [h] [mm] [s] count beyond a day. */
static const char *skip_brackets(const char *p, const char *end, struct parts *has)
{
    const char *from = ++p;
    while (p < end && *p != ']')
        p++;
    size_t same = 0, n = (size_t)(p - from);
    while (same < n && lower(from[same]) == lower(from[0]))
        same++;
    if (n > 0 && same == n && strchr("hms", lower(from[0])))
        has->elapsed = true;
    return p < end ? p + 1 : p;
}

static const char *skip_quoted(const char *p, const char *end)
{
    for (p++; p < end && *p != '"';)
        p++;
    return p < end ? p + 1 : p;
}

/* AM/PM, A/P, 上午/下午 mark the time of day; General is no date for all its e. Returns what is left. */
static const char *skip_word(const char *p, const char *end, struct parts *has)
{
    static const char *const words[] = {"general", "g/通用格式", "am/pm", "a/p", "上午/下午"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!begins(p, end, words[i]))
            continue;
        has->hour = has->hour || i > 1;
        has->other = has->other || i < 2;
        return p + strlen(words[i]);
    }
    return p;
}

static void take_letter(const char *p, const char *end, struct parts *has)
{
    switch (lower(*p)) {
    case 'a': /* aaa is a day of the week in Chinese */
        has->day = has->day || begins(p, end, "aaa");
        break;
    case 'y':
    case 'b': /* the Buddhist year */
        has->year = true;
        break;
    case 'e': /* a year, and in 0.00E+00 an exponent */
        if (p + 1 < end && (p[1] == '+' || p[1] == '-') && has->digit)
            has->exponent = true;
        else
            has->year = true;
        break;
    case 'm':
        has->month = true;
        break;
    case 'd':
        has->day = true;
        break;
    case 'h':
        has->hour = true;
        break;
    case 's':
        has->second = true;
        break;
    case '%':
        has->percent = true;
        break;
    default:
        break;
    }
}

static void take_number(const char *p, const char *end, struct parts *has)
{
    bool place = *p == '0' || *p == '#' || *p == '?';
    if (place && has->point && *p == '0' && !has->exponent && has->decimals < 30)
        has->decimals++;
    has->digit = has->digit || place;
    if (*p == '.' && has->digit)
        has->point = true;
    if (*p == ',' && has->digit && !digits_follow(p + 1, end))
        has->scaled = true;
}

/* One section, character by character; what is literal has no meaning. Returns its end. */
static const char *scan_section(const char *p, const char *end, struct parts *has)
{
    while (p < end && *p != ';') {
        const char *word = skip_word(p, end, has);
        if (word > p) {
            p = word;
        } else if (*p == '"') {
            p = skip_quoted(p, end);
        } else if (*p == '[') {
            p = skip_brackets(p, end, has);
        } else if (*p == '\\' || *p == '!' || *p == '_' || *p == '*') {
            bool literal_point = (*p == '\\' || *p == '!') && p + 1 < end && p[1] == '.';
            has->scaled = has->scaled || (literal_point && has->digit && digits_follow(p + 1, end));
            p += p + 1 < end ? 2 : 1; /* bytes behind it of a longer character mean nothing either */
        } else {
            take_letter(p, end, has);
            take_number(p, end, has);
            p++;
        }
    }
    return p;
}

static bool says_nothing(const struct parts *has)
{
    return !(has->year || has->month || has->day || has->hour || has->second || has->elapsed ||
             has->percent || has->other || has->digit);
}

struct number_format number_format_code(struct slice code)
{
    struct parts has = {0};
    struct number_format f = {0};
    const char *p = code.p, *end = code.p + code.n;
    while (p < end && says_nothing(&has)) /* [=0]"-";0.00 */
        p = scan_section(p, end, &has) + 1;
    bool time = has.hour || has.second || has.elapsed;
    bool minutes = has.month && time && !has.year && !has.day;
    bool date = has.year || has.day || (has.month && !minutes);
    if (has.elapsed && !date)
        f.kind = NUMBER_DURATION;
    else if (date && time)
        f.kind = NUMBER_DATE_TIME;
    else if (time)
        f.kind = NUMBER_CLOCK;
    else if (has.year && has.month && !has.day)
        f.kind = NUMBER_MONTH;
    else if (date)
        f.kind = NUMBER_DATE;
    else if (has.percent)
        f.kind = NUMBER_PERCENT;
    if (f.kind == NUMBER_PLAIN || f.kind == NUMBER_PERCENT) {
        f.scaled = has.scaled;
        f.decimals = (unsigned char)(has.scaled || has.exponent || has.other ? 0 : has.decimals);
    }
    return f;
}

/* --- the cell --- */

static void put_zeros(struct slice plain, size_t decimals, struct buf *out)
{
    const char *point = memchr(plain.p, '.', plain.n);
    size_t has = point ? (size_t)(plain.p + plain.n - point) - 1 : 0;
    if (!point && decimals > 0)
        buf_char(out, '.');
    for (; has < decimals; has++)
        buf_char(out, '0');
}

/* The point two places to the right. */
static void put_percent(struct slice plain, size_t decimals, struct buf *out)
{
    size_t sign = plain.n > 0 && plain.p[0] == '-', i = sign, behind = 0;
    buf_add(out, plain.p, sign);
    size_t from = out->n;
    for (; i < plain.n && plain.p[i] != '.'; i++)
        buf_char(out, plain.p[i]);
    for (i++; behind < 2; i++, behind++)
        buf_char(out, i < plain.n ? plain.p[i] : '0');
    size_t zeros = 0;
    while (zeros + 1 < out->n - from && out->p[from + zeros] == '0')
        zeros++;
    memmove(out->p + from, out->p + from + zeros, out->n - from - zeros);
    out->n -= zeros;
    if (i < plain.n) {
        buf_char(out, '.');
        buf_add(out, plain.p + i, plain.n - i);
    }
    put_zeros((struct slice){out->p + from, out->n - from}, decimals, out);
    buf_char(out, '%');
}

static enum serial_shape shape_of(enum number_kind kind)
{
    switch (kind) {
    case NUMBER_DATE_TIME:
        return SERIAL_DATE_TIME;
    case NUMBER_CLOCK:
        return SERIAL_CLOCK;
    case NUMBER_DURATION:
        return SERIAL_DURATION;
    default:
        return SERIAL_DATE;
    }
}

/* A month is given as a day first, so that it shows whether a day is lost. */
static unsigned apply_date(struct slice plain, enum number_kind kind, bool from_1904, struct buf *out)
{
    bool part = memchr(plain.p, '.', plain.n) != NULL, cut = false;
    if (!serial_date(plain, shape_of(kind), from_1904, out)) {
        buf_slice(out, plain);
        return FORMAT_NO_DATE;
    }
    if (kind == NUMBER_DATE || kind == NUMBER_MONTH)
        cut = part;
    if (kind == NUMBER_CLOCK)
        cut = plain.p[0] != '0';
    if (kind == NUMBER_MONTH) {
        cut = cut || memcmp(out->p + out->n - 3, "-01", 3) != 0;
        out->n -= 3;
    }
    return FORMAT_IS_DATE | (cut ? FORMAT_CUT_DATE : 0);
}

unsigned number_format_apply(struct slice plain, struct number_format format, bool from_1904, struct buf *out)
{
    unsigned scaled = format.scaled ? FORMAT_SCALED : 0;
    switch (format.kind) {
    case NUMBER_PLAIN:
        buf_slice(out, plain);
        put_zeros(plain, format.decimals, out);
        return scaled;
    case NUMBER_PERCENT:
        put_percent(plain, format.decimals, out);
        return scaled | FORMAT_IS_PERCENT;
    default:
        return apply_date(plain, format.kind, from_1904, out);
    }
}
