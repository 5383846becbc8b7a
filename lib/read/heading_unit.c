/* SPDX-License-Identifier: MIT
 * heading_unit: see heading_unit.h. */
#include "lib/read/heading_unit.h"

#include "lib/read/fold.h"

enum { LONGEST = 1000 }; /* bytes; a longer text is no heading */

/* Where in a part of a heading its unit stands. */
struct found {
    struct unitword word;
    size_t from, to; /* what says it, marks around it and 单位 included */
};

static const struct found nothing;

static enum mark mark_before(struct slice s, size_t at)
{
    size_t n = char_before(s, at);
    return n ? mark_of((struct slice){s.p + at - n, n}) : MARK_NONE;
}

/* Where the bracket that closes before `close` was opened; `close` when nowhere. */
static size_t opening(struct slice s, size_t close)
{
    size_t depth = 0;
    for (size_t at = close; at > 0;) {
        enum mark m = mark_before(s, at);
        at -= char_before(s, at);
        depth += m == MARK_CLOSE;
        depth -= m == MARK_OPEN;
        if (depth == 0)
            return at;
    }
    return close;
}

/* Back over the marks and the word 单位 that lead to a unit. */
static size_t lead(struct slice s, size_t from)
{
    static const char *const keys[] = {"金额单位", "计量单位", "货币单位", "单位", "金額單位", "單位"};
    enum mark m;
    while ((m = mark_before(s, from)) == MARK_COLON || m == MARK_LIST || m == MARK_OTHER || m == MARK_BLANK)
        from -= char_before(s, from);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        size_t n = strlen(keys[i]);
        if (from >= n && memcmp(s.p + from - n, keys[i], n) == 0)
            return lead(s, from - n);
    }
    return from;
}

static struct found in_brackets(const struct units *units, struct slice s, size_t close)
{
    size_t from = opening(s, close), inner = from + char_at(s, from), end = close - char_before(s, close);
    if (from == close || inner > end)
        return nothing;
    struct unitword w = unitword_among(units, (struct slice){s.p + inner, end - inner});
    return (struct found){w, lead(s, from), close};
}

/* The number of a note behind a bracket or a mark: 余额（亿元）1, 余额（亿元）注2. */
static size_t without_note(struct slice s, size_t end)
{
    static const char word[] = "注";
    size_t at = end, n = strlen(word);
    while (at > 0 && s.p[at - 1] >= '0' && s.p[at - 1] <= '9')
        at--;
    if (at >= n && memcmp(s.p + at - n, word, n) == 0)
        at -= n;
    return mark_before(s, at) == MARK_CLOSE ? at : end;
}

/* The unit at the end, behind whose brackets only remarks and marks stand. *end gets where they begin. */
static struct found at_end(const struct units *units, struct slice s, size_t *end)
{
    for (*end = without_note(s, s.n); *end > 0; *end = without_note(s, *end)) {
        enum mark m = mark_before(s, *end);
        if (m == MARK_NONE)
            break;
        if (m != MARK_CLOSE || opening(s, *end) == *end) {
            *end -= char_before(s, *end);
            continue;
        }
        struct found f = in_brackets(units, s, *end);
        if (f.word.kind != UNITWORD_NONE)
            return f;
        *end = opening(s, *end);
    }
    return nothing;
}

/* 余额：户 says a unit too where 单位 stands before it. */
static struct found behind_key(const struct units *units, struct slice s)
{
    const char *at = unit_key(s);
    if (!at)
        return nothing;
    size_t from = (size_t)(at - s.p) + UNIT_KEY;
    struct unitword w = unitword_among(units, (struct slice){s.p + from, s.n - from});
    return (struct found){w, lead(s, from), s.n};
}

/* A unit in brackets, anywhere. */
static struct found in_the_midst(const struct units *units, struct slice s)
{
    for (size_t at = s.n; at > 0; at -= char_before(s, at)) {
        if (mark_before(s, at) != MARK_CLOSE)
            continue;
        struct found f = in_brackets(units, s, at);
        if (f.word.kind != UNITWORD_NONE)
            return f;
    }
    return nothing;
}

static struct found find(const struct units *units, struct slice s)
{
    size_t end, from;
    struct found f = at_end(units, s, &end);
    if (f.word.kind == UNITWORD_NONE)
        f = behind_key(units, (struct slice){s.p, end});
    if (f.word.kind == UNITWORD_NONE) {
        struct unitword w = unitword_suffix(units, (struct slice){s.p, end}, &from);
        f = (struct found){w, w.kind == UNITWORD_NONE ? 0 : lead(s, from), end};
    }
    return f.word.kind == UNITWORD_NONE ? in_the_midst(units, s) : f;
}

/* The length of the part that begins there: up to a '/' outside brackets, or the end. */
static size_t part_length(struct slice s, size_t from)
{
    size_t depth = 0, n;
    for (size_t at = from; (n = char_at(s, at)) > 0; at += n) {
        enum mark m = mark_of((struct slice){s.p + at, n});
        if (s.p[at] == '/' && depth == 0)
            return at - from;
        depth += m == MARK_OPEN;
        depth -= m == MARK_CLOSE && depth > 0;
    }
    return s.n - from;
}

static void take(struct heading_unit *to, const struct found *f, struct slice part)
{
    to->unit = f->word.unit;
    to->unknown = f->word.kind == UNITWORD_UNKNOWN;
    if (to->unknown)
        to->unit = NULL;
    to->coin = to->unknown && !f->word.scaled;
    to->named = to->coin && mark_before(part, f->to) != MARK_CLOSE;
}

struct heading_unit heading_unit_read(const struct units *units, struct buf *scratch, struct slice heading)
{
    struct heading_unit to = {.unit = NULL};
    buf_clear(scratch);
    fold_word(scratch, heading);
    size_t n = scratch->n;
    if (n > LONGEST || !units)
        return (struct heading_unit){.whole = buf_view(scratch), .name = buf_view(scratch)};
    buf_room(scratch, n + 1); /* the name is no longer, so that nothing moves */
    struct slice whole = {scratch->p, n};
    for (size_t from = 0; from < n;) {
        struct slice part = {whole.p + from, part_length(whole, from)};
        struct found f = find(units, part);
        if (f.word.kind != UNITWORD_NONE)
            take(&to, &f, part);
        bool all = f.word.kind != UNITWORD_NONE && f.from == 0 && f.to == part.n;
        if (f.word.kind == UNITWORD_NONE || (all && from == 0))
            f.from = f.to = part.n;
        if (from > 0 && !all)
            buf_char(scratch, '/');
        buf_add(scratch, part.p, f.from);
        buf_add(scratch, part.p + f.to, part.n - f.to);
        from += part.n + 1;
        if (from == n && !all) /* a '/' at the end */
            buf_char(scratch, '/');
    }
    to.whole = whole;
    to.name = (struct slice){scratch->p + n, scratch->n - n};
    return to;
}
