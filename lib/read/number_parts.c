/* SPDX-License-Identifier: MIT
 * number_parts: see number_parts.h. */
#include "lib/read/number_parts.h"

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

/* Behind the character at p. */
static const char *next_character(const char *p, const char *end)
{
    for (p++; p < end && ((unsigned char)*p & 0xc0) == 0x80;)
        p++;
    return p;
}

/* A byte that is shown as it stands; those that mean a place in a picture are in no sound code. */
static void show(struct number_parts *has, const char *from, const char *to)
{
    for (; from < to; from++)
        if ((unsigned char)*from >= ' ')
            buf_char(has->shown, *from);
}

/* [Red] [DBNum1] say nothing of the number; [>100] which numbers are meant; [$￥-804] shows a currency; [h]
 * [mm] [s] count beyond a day. */
static const char *take_brackets(const char *p, const char *end, struct number_parts *has)
{
    const char *from = ++p, *dash;
    while (p < end && *p != ']')
        p++;
    size_t same = 0, n = (size_t)(p - from);
    while (same < n && lower(from[same]) == lower(from[0]))
        same++;
    if (n > 0 && same == n && strchr("hms", lower(from[0]))) {
        has->elapsed = true;
    } else if (n > 0 && strchr("<>=", from[0])) {
        has->condition = (struct slice){from, n};
    } else if (n > 0 && from[0] == '$') {
        dash = memchr(from, '-', n);
        show(has, from + 1, dash ? dash : p);
    }
    return p < end ? p + 1 : p;
}

static const char *take_quoted(const char *p, const char *end, struct number_parts *has)
{
    const char *from = ++p;
    while (p < end && *p != '"')
        p++;
    show(has, from, p);
    return p < end ? p + 1 : p;
}

static void add_place(struct number_parts *has, char place)
{
    has->commas = 0;
    has->digits++;
    if (has->exponent || has->fraction)
        return;
    if (place == PLACE_ALWAYS)
        *(has->point ? &has->decimals : &has->whole) += 1;
    buf_char(has->shown, place);
}

/* AM/PM, A/P, 上午/下午 mark the time of day; General is no date for all its e. Returns what is left. */
static const char *take_word(const char *p, const char *end, struct number_parts *has)
{
    static const char *const words[] = {"general", "g/通用格式", "am/pm", "a/p", "上午/下午"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!begins(p, end, words[i]))
            continue;
        has->hour = has->hour || i > 1;
        if (i < 2) {
            has->general = true;
            add_place(has, PLACE_ALWAYS);
        }
        return p + strlen(words[i]);
    }
    return p;
}

/* A letter of dates, or one that stands for itself. */
static void take_letter(const char *p, const char *end, struct number_parts *has)
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
        if (p + 1 < end && (p[1] == '+' || p[1] == '-') && has->digits > 0)
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
    default:
        show(has, p, p + 1);
        break;
    }
}

/* Anything that is neither a word nor taken out of its meaning. */
static void take_character(const char *p, const char *end, struct number_parts *has)
{
    switch (*p) {
    case '0':
        add_place(has, PLACE_ALWAYS);
        break;
    case '#':
    case '?':
        add_place(has, PLACE_PERHAPS);
        break;
    case '.':
        has->thousand += has->commas;
        has->commas = 0;
        has->point = true;
        break;
    case ',':
        has->commas += has->digits > 0;
        break;
    case '%':
        has->percent = true;
        break;
    case '@':
        has->text = true;
        break;
    case '/':
        has->fraction = has->fraction || has->digits > 0;
        break;
    case '+':
    case '-':
        if (!has->exponent)
            show(has, p, p + 1);
        break;
    default:
        take_letter(p, end, has);
    }
}

/* One section, character by character. Returns its end. */
const char *number_parts_scan(const char *p, const char *end, struct number_parts *has)
{
    while (p < end && *p != ';') {
        const char *word = take_word(p, end, has);
        if (word > p) {
            p = word;
        } else if (*p == '"') {
            p = take_quoted(p, end, has);
        } else if (*p == '[') {
            p = take_brackets(p, end, has);
        } else if (*p == '\\' || *p == '!') {
            const char *next = next_character(p, end), *behind = next < end ? next_character(next, end) : end;
            show(has, next, behind);
            p = behind;
        } else if (*p == '_' || *p == '*') { /* as wide as the next character; filled up with it */
            p = next_character(p, end);
            p = p < end ? next_character(p, end) : end;
        } else {
            take_character(p, end, has);
            p++;
        }
    }
    has->thousand += has->commas;
    return p;
}

enum number_kind number_parts_kind(const struct number_parts *has)
{
    bool time = has->hour || has->second || has->elapsed;
    bool minutes = has->month && time && !has->year && !has->day;
    bool date = has->year || has->day || (has->month && !minutes);
    if (has->elapsed && !date)
        return NUMBER_DURATION;
    if (date && time)
        return NUMBER_DATE_TIME;
    if (time)
        return NUMBER_CLOCK;
    if (has->year && has->month && !has->day)
        return NUMBER_MONTH;
    if (date)
        return NUMBER_DATE;
    if (has->digits == 0)
        return NUMBER_NOT_SHOWN;
    return has->percent ? NUMBER_PERCENT : NUMBER_PLAIN;
}
