/* SPDX-License-Identifier: MIT
 * number_format_code: the codes of number formats; see number_format.h. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/fold.h"
#include "lib/read/number_parts.h"
#include "lib/read/shortest.h"

/* --- what stands around the digits --- */

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
        bool ascii_letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
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
static const char *false_point(const struct number_parts *has, struct slice picture)
{
    enum { MOST = 20 }; /* places behind it: more are no format for figures */
    const char *point = NULL, *end = picture.p + picture.n;
    for (const char *p = picture.p; p < end; p++) {
        bool place = *p == PLACE_ALWAYS || *p == PLACE_PERHAPS;
        if (!place && (*p != '.' || point))
            return NULL;
        point = place ? point : p;
    }
    bool other = has->point || has->general || has->fraction || has->exponent;
    return other || (point && end - point > MOST) ? NULL : point;
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
static void keep_digits(struct number_section *s, const struct number_parts *has)
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
                       const struct number_parts *has)
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

static bool take_section(struct number_format *f, size_t *used, const struct number_parts *has)
{
    struct buf limit = {0};
    struct number_section *s = &f->section[f->sections];
    *s = (struct number_section){.kind = (unsigned char)number_parts_kind(has), .at = (unsigned char)*used};
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
        struct number_parts has = {.shown = &shown};
        buf_clear(&shown);
        p = number_parts_scan(p, end, &has);
        more = p < end;
        p += more;
        if (has.text && has.digits == 0) /* for texts; nothing is behind it */
            break;
        size_t section = f->sections; /* which take_section counts up */
        conditional[section] = take_section(f, &used, &has);
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
