/* SPDX-License-Identifier: MIT
 * number_format_code: the codes of number formats; see number_format.h. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/fold.h"
#include "lib/read/number_format.h"
#include "lib/read/shortest.h"

/* --- a section as it stands --- */

/* What is in it. shown: its digits, as places, and what stands around and between them. */
struct parts {
    bool year, month, day, hour, second, elapsed, percent, general, text;
    bool point, exponent, fraction;
    unsigned commas;        /* behind the last digit so far: between digits they part thousands */
    unsigned thousand;      /* commas that divide by it */
    size_t digits;          /* places so far */
    size_t decimals;        /* behind the point, those always shown */
    size_t whole;           /* before it */
    struct slice condition; /* [>=10000] */
    struct buf *shown;
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

/* Behind the character at p. */
static const char *next_character(const char *p, const char *end)
{
    for (p++; p < end && ((unsigned char)*p & 0xc0) == 0x80;)
        p++;
    return p;
}

/* A byte that is shown as it stands; those that mean a place in a picture are in no sound code. */
static void show(struct parts *has, const char *from, const char *to)
{
    for (; from < to; from++)
        if ((unsigned char)*from >= ' ')
            buf_char(has->shown, *from);
}

/* [Red] [DBNum1] say nothing of the number; [>100] which numbers are meant; [$￥-804] shows a currency; [h]
 * [mm] [s] count beyond a day. */
static const char *take_brackets(const char *p, const char *end, struct parts *has)
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

static const char *take_quoted(const char *p, const char *end, struct parts *has)
{
    const char *from = ++p;
    while (p < end && *p != '"')
        p++;
    show(has, from, p);
    return p < end ? p + 1 : p;
}

static void add_place(struct parts *has, char place)
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
static const char *take_word(const char *p, const char *end, struct parts *has)
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
static void take_character(const char *p, const char *end, struct parts *has)
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
static const char *scan_section(const char *p, const char *end, struct parts *has)
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

static enum number_kind kind_of(const struct parts *has)
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

/* --- what is kept of it --- */

/* The first character of s when it is one of these, as its length; else 0. */
static size_t one_of(struct slice s, const char *const *list)
{
    for (; *list; list++) {
        size_t n = strlen(*list);
        if (s.n >= n && memcmp(s.p, *list, n) == 0)
            return n;
    }
    return 0;
}

static const char *const blanks[] = {" ", "\xc2\xa0", "　", NULL};
static const char *const signs[] = {"-", "+", "(", ")", "－", "＋", "（", "）", "−", "—", NULL};
static const char *const currencies[] = {"￥", "¥", "€", "£", NULL};

/* Whether a text has a letter, a digit or a sign of proportion in it, so that it says something of the
 * number; *other: something else that is neither a blank nor the way a sign is shown. */
static bool says_something(struct slice s, bool *other)
{
    *other = false;
    while (s.n > 0) {
        unsigned char c = (unsigned char)s.p[0];
        bool ascii_letter = lower((char)c) >= 'a' && lower((char)c) <= 'z';
        size_t skip = one_of(s, blanks), currency = one_of(s, currencies);
        skip = skip ? skip : one_of(s, signs);
        if (ascii_letter || (c >= '0' && c <= '9') || c == '%' || (c >= 0x80 && !skip && !currency))
            return true;
        *other = *other || !skip;
        skip = skip ? skip : currency ? currency : 1;
        s = (struct slice){s.p + skip, s.n - skip};
    }
    return false;
}

static bool ends_with_one_of(struct slice s, const char *const *list, size_t *n)
{
    for (; *list; list++) {
        *n = strlen(*list);
        if (s.n >= *n && memcmp(s.p + s.n - *n, *list, *n) == 0)
            return true;
    }
    return false;
}

/* The text before the digits without blanks and the signs that it begins with. *open: a parenthesis is one of
 * them, so that one behind the digits is too. */
static struct slice without_signs(struct slice s, bool *open)
{
    size_t n;
    *open = false;
    while ((n = one_of(s, blanks)) > 0 || (n = one_of(s, signs)) > 0) {
        *open = *open || s.p[0] == '(' || (n == 3 && memcmp(s.p, "（", n) == 0);
        s = (struct slice){s.p + n, s.n - n};
    }
    return s;
}

static struct slice without_end(struct slice s, bool open)
{
    static const char *const closing[] = {")", "）", NULL};
    size_t n;
    while (ends_with_one_of(s, blanks, &n) || (open && ends_with_one_of(s, closing, &n)))
        s.n -= n;
    return s;
}

/* Appends a text of the section; false when there is no more room. */
static bool keep(struct number_format *f, size_t *used, struct slice text, unsigned char *n)
{
    if (text.n > sizeof f->text - *used)
        return false;
    if (text.n)
        memcpy(f->text + *used, text.p, text.n);
    *used += text.n;
    *n = (unsigned char)text.n;
    return true;
}

/* 0!.00 shows the number divided by a hundred: a point among the digits that is not one, the only thing
 * there. Its place in the picture, or NULL. */
static const char *false_point(const struct parts *has, struct slice picture)
{
    const char *point = NULL;
    for (size_t i = 0; i < picture.n; i++) {
        bool place = picture.p[i] == PLACE_ALWAYS || picture.p[i] == PLACE_PERHAPS;
        if (!place && (picture.p[i] != '.' || point))
            return NULL;
        point = place ? point : picture.p + i;
    }
    return has->point || has->general || has->fraction || has->exponent ? NULL : point;
}

static bool places_only(struct slice picture)
{
    for (size_t i = 0; i < picture.n; i++)
        if (picture.p[i] != PLACE_ALWAYS && picture.p[i] != PLACE_PERHAPS && picture.p[i] != ' ')
            return false;
    return true;
}

/* The point of a picture moves the number, and the places behind it are decimals. */
static void take_false_point(struct number_section *s, const char *point, struct slice picture)
{
    for (const char *p = point + 1; p < picture.p + picture.n; p++) {
        s->shift--;
        s->decimals = (unsigned char)(s->decimals + (*p == PLACE_ALWAYS));
        s->whole = (unsigned char)(s->whole - (*p == PLACE_ALWAYS));
    }
}

/* How the digits are shown: how many always, moved by how much. */
static void keep_digits(struct number_section *s, const struct parts *has)
{
    enum { MOST = 30 };
    bool counts = !has->exponent && !has->fraction && !has->general;
    unsigned thousand = has->thousand < 6 ? has->thousand : 6;
    s->whole = (unsigned char)(counts ? (has->whole < MOST ? has->whole : MOST) : 1);
    s->decimals = (unsigned char)(counts ? (has->decimals < MOST ? has->decimals : MOST) : 0);
    s->shift = (signed char)((has->percent ? 2 : 0) - (int)(3 * thousand));
    s->no_zero = counts && has->whole == 0 && has->decimals == 0;
}

/* What stands around the digits and between them. false: there is no room for it. */
static bool keep_texts(struct number_format *f, size_t *used, struct number_section *s,
                       const struct parts *has)
{
    struct slice all = buf_view(has->shown);
    size_t first = 0, end = all.n;
    while (first < all.n && all.p[first] != PLACE_ALWAYS && all.p[first] != PLACE_PERHAPS)
        first++;
    while (end > first && all.p[end - 1] != PLACE_ALWAYS && all.p[end - 1] != PLACE_PERHAPS)
        end--;
    struct slice before = {all.p, first}, after = {all.p + end, all.n - end};
    struct slice picture = {all.p + first, end - first};
    bool others[2], open;
    bool says_before = says_something(before, &others[0]), says_after = says_something(after, &others[1]);
    before = without_signs(before, &open);
    after = without_end(after, open);
    s->drops = (!says_before && others[0]) || (!says_after && others[1]);
    if (s->kind == NUMBER_NOT_SHOWN)
        return !says_before || keep(f, used, without_end(before, open), &s->before);
    const char *point = false_point(has, picture);
    bool moved = s->shift != 0 || has->point || has->general || has->fraction || has->exponent;
    bool pictured = !point && !places_only(picture);
    if (point)
        take_false_point(s, point, picture);
    s->drops = s->drops || (pictured && moved);
    return (!says_before || keep(f, used, before, &s->before)) &&
           (!pictured || moved || keep(f, used, picture, &s->picture)) &&
           (!says_after || keep(f, used, after, &s->after));
}

/* --- which numbers it is for --- */

static enum number_test test_of(struct slice condition, struct buf *limit)
{
    static const struct {
        const char *sign;
        enum number_test test;
    } tests[] = {{"<=", TEST_AT_MOST},  {"<>", TEST_UNEQUAL}, {"<", TEST_LESS},
                 {">=", TEST_AT_LEAST}, {">", TEST_MORE},     {"=", TEST_EQUAL}};
    unsigned noticed;
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        size_t n = strlen(tests[i].sign);
        if (condition.n <= n || memcmp(condition.p, tests[i].sign, n) != 0)
            continue;
        struct slice number = trim((struct slice){condition.p + n, condition.n - n});
        return shortest_of_text(number, limit, &noticed) ? tests[i].test : TEST_NONE;
    }
    return TEST_NONE;
}

/* What a section without a condition is for: the first for positive numbers, the second for negative ones,
 * and each for those of the sections that are not there; the last is for the rest. */
static enum number_test default_test(size_t i, size_t sections)
{
    if (i + 1 == sections)
        return TEST_ANY;
    return i > 0 ? TEST_LESS : sections == 2 ? TEST_AT_LEAST : TEST_MORE;
}

static bool take_section(struct number_format *f, size_t *used, const struct parts *has)
{
    struct buf limit = {0};
    struct number_section *s = &f->section[f->sections];
    *s = (struct number_section){.kind = (unsigned char)kind_of(has), .at = (unsigned char)*used};
    s->test = has->condition.n > 0 ? (unsigned char)test_of(has->condition, &limit) : TEST_ANY;
    bool room = keep(f, used, buf_view(&limit), &s->limit);
    buf_free(&limit);
    keep_digits(s, has);
    bool date = s->kind != NUMBER_PLAIN && s->kind != NUMBER_PERCENT && s->kind != NUMBER_NOT_SHOWN;
    if (!room)
        s->test = TEST_NONE;
    size_t from = *used;
    if (!date && (!room || !keep_texts(f, used, s, has))) {
        *used = from;
        s->before = s->picture = s->after = 0;
        s->drops = true;
    }
    f->sections++;
    return has->condition.n > 0;
}

/* Whether every number is shown as it is. */
static bool is_general(const struct number_format *f)
{
    const struct number_section *s = &f->section[0];
    return f->sections == 0 || (f->sections == 1 && s->test == TEST_ANY && s->kind == NUMBER_PLAIN &&
                                s->whole == 1 && s->decimals == 0 && s->shift == 0 && !s->drops &&
                                s->before == 0 && s->picture == 0 && s->after == 0);
}

struct number_format *number_format_new(struct slice code)
{
    struct number_format *f = mem_zero(1, sizeof *f);
    struct buf shown = {0};
    const char *p = code.p, *end = code.p + code.n;
    bool conditional[NUMBER_SECTIONS] = {false};
    size_t used = 0;
    for (bool more = true; more && f->sections < NUMBER_SECTIONS;) {
        struct parts has = {.shown = &shown};
        buf_clear(&shown);
        p = scan_section(p, end, &has);
        more = p < end;
        p += more;
        if (has.text && has.digits == 0) /* for texts; nothing is behind it */
            break;
        conditional[f->sections] = take_section(f, &used, &has);
    }
    buf_free(&shown);
    for (size_t i = 0; i < f->sections; i++)
        if (!conditional[i])
            f->section[i].test = (unsigned char)default_test(i, f->sections);
    if (code.n > 0 && !is_general(f))
        return f;
    free(f);
    return NULL;
}
