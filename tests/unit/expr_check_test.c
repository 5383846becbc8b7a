/* SPDX-License-Identifier: MIT
 * expr_check_test: rules over figures that are known only to half a unit in their last place. */
#include <stdlib.h>

#include "lib/expr/expr.h"
#include "tap.h"

static const struct {
    const char *name, *field;
    int half; /* half width in hundredths */
} COLUMNS[] = {{"a", "12.50", 0},   {"b", "4", 0},        {"none", "", 0},     {"gap", "\\-", 0},
               {"zero", "0.00", 0}, {"bank", "07", 0},    {"bad", "12,5o", 0}, {"x", "10.0", 5},
               {"y", "20.0", 5},    {"total", "30.1", 5}, {"wide", "0.0", 5},  {"off", "30.2", 5}};
enum { NCOLUMNS = sizeof COLUMNS / sizeof *COLUMNS };

static int variable(void *ctx, struct slice name, enum expr_type *type)
{
    (void)ctx;
    *type = EXPR_ANY;
    for (int i = 0; i < NCOLUMNS; i++)
        if (slice_is(name, COLUMNS[i].name))
            return i;
    return -1;
}

static const struct expr_place PLACE = {.variable = variable};

static void fetch_interval(void *ctx, int i, struct value *v, struct rat *half)
{
    (void)ctx;
    v->kind = VALUE_RAW;
    v->text = slice_of(COLUMNS[i].field);
    if (!rat_make(COLUMNS[i].half, 100, half))
        abort();
}

static void describe(struct buf *out, const struct value *v)
{
    buf_char(out, ' ');
    if (v->kind == VALUE_EMPTY)
        buf_char(out, '_');
    else
        value_print(out, v);
}

/* verdict left right difference allowance, _ for what is not given. */
static void check(struct tap *t, const char *text, const char *extra, const char *want)
{
    static const char *const words[] = {"pass", "fail", "undecided"};
    struct diag d = {0};
    struct expr_interval_row row = {NULL, fetch_interval, false};
    struct expr_told told;
    struct dec dec;
    struct rat tolerance;
    enum verdict verdict = VERDICT_UNDECIDED;
    struct buf got = {0};
    if (dec_parse(slice_of(extra), &dec) != DEC_OK || !rat_of_dec(dec, &tolerance))
        abort();
    struct expr *e = expr_compile(text, &PLACE, EXPR_BOOL, NULL, 0, &d);
    if (e && expr_check(e, &row, tolerance, &verdict, &told, &d) == ST_OK) {
        const struct value *v[] = {&told.left, &told.right, &told.difference, &told.allowance};
        buf_text(&got, words[verdict]);
        for (int i = 0; i < 4 && verdict == VERDICT_FAIL; i++)
            describe(&got, v[i]);
    } else {
        buf_printf(&got, "%s: %s", d.column, d.reason);
    }
    tap_text(t, buf_string(&got), want, text);
    buf_free(&got);
    expr_free(e);
}

/* x, y, total and off are known to 0.05: three of them may differ by 0.15. */
static void checks(struct tap *t)
{
    check(t, "x + y == total", "0", "pass");
    check(t, "x + y == off", "0", "fail 30.0 30.2 0.2 0.15");
    check(t, "x + y == off", "0.05", "pass");
    check(t, "x + y == off", "0.04", "fail 30.0 30.2 0.2 0.19");
    check(t, "a == 12.5", "0", "pass");
    check(t, "a == 12.51", "0", "fail 12.50 12.51 0.01 0");
    check(t, "off <= x + y", "0", "fail 30.2 30.0 0.2 0.15");
    check(t, "total <= x + y", "0", "pass");
    check(t, "total < x + y", "0", "pass");
    check(t, "total - x - y > 0.25", "0", "fail 0.1 0.25 0.15 0.15");
    check(t, "x != 10", "0", "pass");
    check(t, "a != 12.5", "0", "fail 12.50 12.5 0.00 0");
    check(t, "not (x + y == off)", "0", "pass");
    check(t, "not (x == 10)", "0", "pass");
    check(t, "not (a == 12.5)", "0", "fail 12.50 12.5 0.00 0");
    check(t, "b == 4 and x + y == off", "0", "fail 30.0 30.2 0.2 0.15");
    check(t, "b == 5 or x + y == off", "0", "fail _ _ _ _");
    check(t, "b == 4 or none > 1", "0", "pass");
    check(t, "b == 5 or none > 1", "0", "undecided");
    check(t, "b == 5 and none > 1", "0", "fail 4 5 1 0");
    check(t, "none + x == y", "0", "undecided");
    check(t, "gap == y + 0", "0", "undecided");
    check(t, "x / wide > 1", "0", "undecided");
    check(t, "x / zero > 1", "0", "undecided");
    check(t, "x / y == 0.5", "0", "pass");
    check(t, "x / 4 == 2.6", "0", "fail 2.5 2.6 0.1 0.0125");
    check(t, "pct(x, y, 2) == 50.38", "0", "pass");
    check(t, "pct(x, y, 2) == 50.39", "0", "fail 50.00 50.39 0.39 0.375");
    check(t, "x * y == 201.5", "0", "pass");
    check(t, "x * y == 201.51", "0", "fail 200.00 201.51 1.51 1.5");
    check(t, "abs(wide) == 0.05", "0", "pass");
    check(t, "abs(wide) >= 0.06", "0", "fail 0.0 0.06 0.06 0.025");
    check(t, "min(x, y) == 10.05 and max(x, y) == 20.05", "0", "pass");
    check(t, "-x == -10.05", "0", "pass");
    check(t, "round(x, 0) == 10", "0", "pass");
    check(t, "between(x, 10.05, 11)", "0", "pass");
    check(t, "between(x, 10.06, 11)", "0", "fail 10.0 10.06 0.06 0.05");
    check(t, "x in (10.05, 3)", "0", "pass");
    check(t, "x in (10.06, 3)", "0", "fail 10.0 _ _ _");
    check(t, "bank == '08'", "0", "fail 07 08 _ _");
    check(t, "bank in ('08', '09')", "0", "fail 07 _ _ _");
    check(t, "starts(bank, '1')", "0", "fail _ _ _ _");
    check(t, "if(b > 3, x == 10, false)", "0", "pass");
    check(t, "if(b > 3, x == 11, true)", "0", "fail 10.0 11 1.0 0.05");
    check(t, "if(none > 3, x == 11, true)", "0", "undecided");
    check(t, "if(wide > 0, x, y) == 20", "0", "pass");
    check(t, "bad == 1", "0", "bad: not a decimal: '12,5o'");
}

int main(void)
{
    struct tap t = {0};
    checks(&t);
    return tap_end(&t);
}
