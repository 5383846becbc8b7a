/* SPDX-License-Identifier: MIT
 * celltype_test: dates against timegm, code lists against a plain search, patterns against regexec. */
#include "lib/read/celltype.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "lib/schema/codes.h"
#include "lib/schema/pattern.h"
#include "tests/unit/tap.h"

/* A fixed sequence, so that a failure can be repeated. */
static unsigned draw(unsigned *state, unsigned below)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % below;
}

/* Every day number from 00 to 32 of every month 00 to 13 in a century: a date is one that timegm leaves
 * alone. */
static bool dates_agree(void)
{
    bool same = true;
    for (int year = 1890; year < 2110; year++)
        for (int month = 0; month <= 13; month++)
            for (int day = 0; day <= 32; day++) {
                char text[48];
                struct tm tm = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
                snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
                (void)timegm(&tm);
                bool real = tm.tm_year == year - 1900 && tm.tm_mon == month - 1 && tm.tm_mday == day;
                same = same && cell_is_date(slice_of(text)) == real;
            }
    return same;
}

/* Lists of n codes, looked up through the small table and through the keymap. */
static bool codes_agree(unsigned n, unsigned longest)
{
    struct code_set set = {0};
    char code[512][24];
    unsigned state = n * 31 + longest;
    for (unsigned i = 0; i < n; i++) {
        unsigned length = 1 + draw(&state, longest);
        for (unsigned k = 0; k < length; k++)
            code[i][k] = (char)('0' + draw(&state, 10));
        code[i][length] = '\0';
        code_set_add(&set, slice_of(code[i]));
    }
    code_set_settle(&set);
    bool same = true;
    for (unsigned i = 0; i < 20000; i++) {
        char text[24];
        unsigned length = draw(&state, longest + 2);
        for (unsigned k = 0; k < length; k++)
            text[k] = (char)('0' + draw(&state, 10));
        struct slice f = {text, length};
        bool listed = false;
        for (unsigned k = 0; k < n; k++)
            listed = listed || slice_is(f, code[k]);
        same = same && code_set_hold(&set, f) == listed && code_set_hold_slow(&set, f) == listed &&
               (!set.word || code_set_hold_word(&set, f) == listed);
    }
    for (unsigned i = 0; i < n; i++)
        same = same && code_set_hold(&set, slice_of(code[i])) &&
               (!set.word || code_set_hold_word(&set, slice_of(code[i])));
    same = same && (set.word != NULL) == (n <= 96 && longest <= 8);
    code_set_free(&set);
    return same;
}

/* Patterns of fixed length against the walk over the items, on fields with other bytes behind them. */
static bool spans_agree(const char *text, bool fixed)
{
    char reason[64];
    struct pattern *p = pattern_compile(text, reason, sizeof reason);
    struct pattern_spans spans;
    if (!p || pattern_as_spans(p, &spans) != fixed) {
        pattern_free(p);
        return !p;
    }
    bool same = true;
    unsigned state = 3, matches = 0;
    for (unsigned i = 0; fixed && i < 20000; i++) {
        char f[96];
        memset(f, '1', sizeof f);
        unsigned n = draw(&state, 4) ? (unsigned)spans.length : draw(&state, 40);
        for (unsigned k = 0; k < n; k++) /* right at most places */
            f[k] = draw(&state, 60) && k < spans.length
                       ? (char)(spans.low[k] + draw(&state, spans.span[k] + 1u))
                       : "L09:/\xef"[draw(&state, 6)];
        bool match = pattern_match(p, (struct slice){f, n});
        matches += match;
        same = same && pattern_match_spans(&spans, (struct slice){f, n}) == match;
    }
    pattern_free(p);
    return same && (!fixed || matches > 100);
}

static bool pattern_agrees(const char *text, bool simple)
{
    char reason[64];
    struct pattern *p = pattern_compile(text, reason, sizeof reason);
    if (!p)
        return false;
    bool same = pattern_is_simple(p) == simple;
    unsigned state = 7;
    for (unsigned i = 0; i < 4000; i++) {
        char f[16];
        unsigned n = draw(&state, 9);
        for (unsigned k = 0; k < n; k++)
            f[k] = "LAB019-x"[draw(&state, 8)];
        same = same && pattern_match(p, (struct slice){f, n}) == pattern_match_regex(p, (struct slice){f, n});
    }
    pattern_free(p);
    return same;
}

int main(void)
{
    struct tap t = {0};
    tap_ok(&t, dates_agree(), "dates of two centuries are those of timegm");
    tap_ok(&t, !cell_is_date(slice_of("2022-1-01")) && !cell_is_date(slice_of("2022/01/01")),
           "dates have one form");
    tap_ok(&t, cell_is_month(slice_of("2022-12")) && !cell_is_month(slice_of("2022-13")), "months");
    tap_ok(&t, !cell_is_id(slice_of("")) && !cell_is_id(slice_of("a b")) && cell_is_id(slice_of("项目")),
           "ids");
    tap_ok(&t, codes_agree(1, 1) && codes_agree(3, 2) && codes_agree(40, 3), "short lists of short codes");
    tap_ok(&t, codes_agree(96, 16) && codes_agree(97, 16), "lists at the bound of the small table");
    tap_ok(&t, codes_agree(20, 17) && codes_agree(500, 6), "long lists and long codes");
    static const char *const plain[] = {"L[0-9]{3}", "[A-Z]+[0-9]+", "L?[0-9]*", "[A-B]{1,2}-[0-9]{0,3}x",
                                        "L{2,}"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        tap_ok(&t, pattern_agrees(plain[i], true), plain[i]);
    tap_ok(&t,
           spans_agree("L[0-9]{3}", true) && spans_agree("x", true) && spans_agree("L[0-9]{15}", true) &&
               spans_agree("[A-F][0-9]{16}", true) && spans_agree("[0-9]{32}", true),
           "patterns of fixed length, up to 32 bytes");
    tap_ok(&t,
           spans_agree("[0-9]{33}", false) && spans_agree("[0-9]+", false) &&
               spans_agree("[A-Z0-9]", false) && spans_agree("a|b", false),
           "longer ones, and those of other forms, are none of these");
    static const char *const full[] = {"(L|A)[0-9]", "L.*1",         "[^L]+", "[LA]+L",
                                       "L*A?L",      "[[:digit:]]+", "a|b"};
    for (size_t i = 0; i < sizeof full / sizeof *full; i++)
        tap_ok(&t, pattern_agrees(full[i], false), full[i]);
    char reason[64];
    tap_ok(&t, !pattern_compile("(", reason, sizeof reason), "a pattern that is none is refused");
    return tap_end(&t);
}
