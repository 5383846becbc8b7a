/* SPDX-License-Identifier: MIT
 * claims_test: the periods of published figures, and expressions over ranges that have no end on one side. */
#include <stdlib.h>

#include "lib/claims/claims_period.h"
#include "lib/expr/expr_range.h"
#include "tests/unit/tap.h"

/* --- periods --- */

static struct period period(const char *text, enum moment moment)
{
    struct period p;
    if (!period_parse(slice_of(text), &p))
        exit(99);
    p.moment = moment;
    return p;
}

static void parses(struct tap *t)
{
    static const struct {
        const char *text;
        int from, to;
    } good[] = {{"2022-11-30", 20221130, 20221130},       {"2022", 20220101, 20221231},
                {"2020-02", 20200201, 20200229},          {"2100-02", 21000201, 21000228},
                {"2018..2022", 20180101, 20221231},       {"2022-01..11", 20220101, 20221130},
                {"2022-01..2022-11", 20220101, 20221130}, {"2022-11..", 20221101, PERIOD_GOES_ON}};
    static const char *const bad[] = {"",           "2022-13",    "2022-02-29", "2022-1",      "2022/11",
                                      "22",         "2022..2021", "2022..11",   "2022-11..10", "..2022",
                                      "Undated",    "2022-00",    "2022-11-00", "2022-11-30x", "2022-01..13",
                                      "2022-11-3.", "2022 "};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct period p;
        tap_ok(t,
               period_parse(slice_of(good[i].text), &p) && !p.undated && p.from == good[i].from &&
                   p.to == good[i].to,
               good[i].text);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct period p;
        char what[64];
        snprintf(what, sizeof what, "refused: '%s'", bad[i]);
        tap_ok(t, !period_parse(slice_of(bad[i]), &p), what);
    }
}

static void together(struct tap *t)
{
    static const struct {
        const char *a;
        enum moment of_a;
        const char *b;
        enum moment of_b;
        bool together;
    } cases[] = {{"2022-11-30", MOMENT_NOW, "2022-11-30", MOMENT_NOW, true},
                 {"2022-11-30", MOMENT_NOW, "2022-12-31", MOMENT_NOW, false},
                 {"2022", MOMENT_NOW, "2022-01..12", MOMENT_NOW, true},
                 {"2022", MOMENT_NOW, "2022-12-31", MOMENT_NOW, false},
                 {"2022", MOMENT_NOW, "2022-01..", MOMENT_NOW, false},
                 {"2021-12-31", MOMENT_OPEN, "2022-11-30", MOMENT_NOW, true},
                 {"2021-12-31", MOMENT_OPEN, "2022", MOMENT_NOW, true},
                 {"2021-12-31", MOMENT_OPEN, "2021-12-31", MOMENT_NOW, false},
                 {"2021-12-31", MOMENT_OPEN, "2021-12-31", MOMENT_OPEN, true},
                 {"2021-12-31", MOMENT_OPEN, "2021..2022", MOMENT_NOW, false},
                 {"2021-11-30", MOMENT_SAME, "2022-11-30", MOMENT_NOW, true},
                 {"2021-11-30", MOMENT_SAME, "2021-12-31", MOMENT_OPEN, true},
                 {"2021-11-30", MOMENT_SAME, "2021-11-30", MOMENT_NOW, false},
                 {"2020-02-29", MOMENT_SAME, "2021-02-28", MOMENT_NOW, true},
                 {"2023-02-28", MOMENT_SAME, "2024-02-29", MOMENT_NOW, true},
                 {"2021-01..11", MOMENT_SAME, "2022-01..11", MOMENT_NOW, true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct period a = period(cases[i].a, cases[i].of_a), b = period(cases[i].b, cases[i].of_b);
        char what[80];
        snprintf(what, sizeof what, "%s (%d) and %s (%d)", cases[i].a, (int)cases[i].of_a, cases[i].b,
                 (int)cases[i].of_b);
        tap_ok(t,
               period_together(&a, &b) == cases[i].together && period_together(&b, &a) == cases[i].together,
               what);
    }
    struct period march = period("2022-03-31", MOMENT_OPEN), none = period("undated", MOMENT_OPEN);
    tap_ok(t, !period_fits(&march) && period_fits(&none), "an opening figure is of 31 December, or undated");
}

/* --- ranges: [low, high] in tenths; NONE where there is no end --- */

enum { NONE = 1000000 };

static struct range range(int low, int high)
{
    struct range r = {VALUE_NUM, {low == NONE, {0, 1}}, {high == NONE, {0, 1}}};
    if (!rat_make(low, 10, &r.low.at) || !rat_make(high, 10, &r.high.at))
        exit(99);
    return r;
}

static int variable(void *ctx, struct slice name, enum expr_type *type)
{
    (void)ctx;
    *type = EXPR_NUM;
    return name.n == 1 && *name.p >= 'a' && *name.p <= 'b' ? *name.p - 'a' : -1;
}

static void fetch(void *ctx, int i, struct range *r)
{
    *r = ((const struct range *)ctx)[i];
}

static void print_end(struct buf *b, const struct range_end *e)
{
    struct dec d;
    if (e->open)
        buf_text(b, "*");
    else if (rat_round(e->at, 3, ROUND_HALF_UP, &d))
        dec_print(b, d);
}

static void range_is(struct tap *t, const char *text, struct range a, struct range b, const char *want)
{
    struct expr_place place = {.variable = variable};
    struct diag d = {0};
    struct range in[] = {a, b}, out;
    struct expr_range_row row = {in, fetch};
    struct buf got = {0};
    struct expr *e = expr_compile(text, &place, EXPR_NUM, NULL, 0, &d);
    if (!e || !expr_has_range(e) || !expr_range(e, &row, &out)) {
        buf_text(&got, "none");
    } else if (out.kind != VALUE_NUM) {
        buf_text(&got, out.kind == VALUE_NA ? "na" : "empty");
    } else {
        print_end(&got, &out.low);
        buf_char(&got, ' ');
        print_end(&got, &out.high);
    }
    tap_text(t, buf_string(&got), want, text);
    buf_free(&got);
    expr_free(e);
}

static void ranges(struct tap *t)
{
    struct range one = range(5, 15), two = range(15, 25), above = range(20, NONE), below = range(NONE, -10),
                 mixed = range(-10, 20), any = range(NONE, NONE), zero = range(0, 0);
    range_is(t, "a + b", one, two, "2.000 4.000");
    range_is(t, "a - b", one, two, "-2.000 0.000");
    range_is(t, "a * b", one, mixed, "-1.500 3.000");
    range_is(t, "a / b * 100", one, two, "20.000 100.000");
    range_is(t, "pct(a, b, 1)", one, two, "20.000 100.000");
    range_is(t, "a + b", one, above, "2.500 *");
    range_is(t, "a - b", one, above, "* -0.500");
    range_is(t, "-a", above, one, "* -2.000");
    range_is(t, "a * b", above, below, "* -2.000");
    range_is(t, "a * b", mixed, above, "* *");
    range_is(t, "a * b", zero, any, "0.000 0.000");
    range_is(t, "a * b", range(0, 10), above, "0.000 *");
    range_is(t, "a / b", one, above, "0.000 0.750");
    range_is(t, "a / b", above, one, "1.333 *");
    range_is(t, "a / b", one, below, "-1.500 0.000");
    range_is(t, "a / b", one, mixed, "empty");
    range_is(t, "a / b", one, zero, "na");
    range_is(t, "pct(a, b)", one, below, "na");
    range_is(t, "max(a, b)", above, one, "2.000 *");
    range_is(t, "min(a, b)", above, one, "0.500 1.500");
    range_is(t, "max(0, a - b)", one, two, "0.000 0.000");
    range_is(t, "abs(a)", mixed, one, "0.000 2.000");
    range_is(t, "abs(a)", below, one, "1.000 *");
    range_is(t, "round(a / b, 1)", one, two, "0.200 1.000");
    range_is(t, "a + a", any, one, "* *");
    range_is(t, "if(a > b, a, b)", one, two, "none");
    tap_ok(t, range_meets(&one, &two) && range_meets(&above, &any), "ranges that touch meet");
    tap_ok(t, !range_meets(&one, &above) && !range_meets(&below, &one), "ranges apart do not");
    struct range huge = range_point(rat_int(I128_MAX));
    range_is(t, "a * 10", huge, one, "none");
}

int main(void)
{
    struct tap t = {0};
    parses(&t);
    together(&t);
    ranges(&t);
    return tap_end(&t);
}
