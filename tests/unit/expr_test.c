/* SPDX-License-Identifier: MIT
 * expr_test: the expression language: values as printed, refusals with their reasons, checks with tolerance.
 */
#include <stdlib.h>

#include "lib/expr/expr.h"
#include "tap.h"

/* The row every expression is evaluated over. A name ending in _n is a number by schema, in _t text. */
static const struct {
    const char *name, *field;
    enum expr_type type;
} COLUMNS[] = {{"a", "12.50", EXPR_ANY},
               {"b", "4", EXPR_ANY},
               {"none", "", EXPR_ANY},
               {"gap", "\\-", EXPR_ANY},
               {"zero", "0.00", EXPR_ANY},
               {"neg", "-2.5", EXPR_ANY},
               {"bank", "07", EXPR_ANY},
               {"name",
                "\xe9\x93\xb6\xe8\xa1\x8c"
                "A",
                EXPR_ANY},
               {"tabbed", "x\\ty\\\\", EXPR_ANY},
               {"day1", "2022-01-31", EXPR_ANY},
               {"day2", "2022-11-30", EXPR_ANY},
               {"prior.loan", "10", EXPR_ANY},
               {"2022-11", "3", EXPR_ANY},
               {"\xe8\xb4\xb7\xe6\xac\xbe", "1.5", EXPR_ANY},
               {"big", "99999999999999999999999999999999999", EXPR_ANY},
               {"bad", "12,5o", EXPR_ANY},
               {"old", "\\N", EXPR_ANY},
               {"code_t", "12", EXPR_TEXT},
               {"loan_n", "100.00", EXPR_NUM},
               {"flag", "1", EXPR_ANY},
               {"when_d", "2022-11-30", EXPR_DATE}};
enum { NCOLUMNS = sizeof COLUMNS / sizeof *COLUMNS };

static int variable(void *ctx, struct slice name, enum expr_type *type)
{
    (void)ctx;
    for (int i = 0; i < NCOLUMNS; i++) {
        if (slice_is(name, COLUMNS[i].name)) {
            *type = COLUMNS[i].type;
            return i;
        }
    }
    return -1;
}

static void fetch(void *ctx, int i, struct value *v)
{
    (void)ctx;
    v->kind = VALUE_RAW;
    v->text = slice_of(COLUMNS[i].field);
}

static const struct expr_place PLACE = {.variable = variable};

static void value_text_of(const char *text, struct buf *out)
{
    struct diag d = {0};
    struct expr_row row = {NULL, fetch};
    struct value v = {0};
    struct expr *e = expr_compile(text, &PLACE, EXPR_ANY, NULL, 0, &d);
    if (!e) {
        buf_text(out, d.reason);
        return;
    }
    if (expr_eval(e, &row, &v, &d) != ST_OK)
        buf_printf(out, "%s: %s", d.column, d.reason);
    else if (!value_print(out, &v))
        buf_printf(out, "not finite");
    expr_free(e);
}

/* A message that begins so. */
static void expect_start(struct tap *t, const char *text, const char *want)
{
    struct buf got = {0};
    value_text_of(text, &got);
    size_t n = strlen(want);
    if (got.n > n)
        buf_string(&got)[n] = '\0';
    tap_text(t, buf_string(&got), want, text);
    buf_free(&got);
}

static void expect(struct tap *t, const char *text, const char *want)
{
    struct buf got = {0};
    value_text_of(text, &got);
    tap_text(t, buf_string(&got), want, text);
    buf_free(&got);
}

static void numbers(struct tap *t)
{
    expect(t, "a", "12.50");
    expect(t, "1 + 2 * 3 - 4", "3");
    expect(t, "(1 + 2) * 3", "9");
    expect(t, "-2 * -3", "6");
    expect(t, "- - 2", "2");
    expect(t, "10 - 2 - 3", "5");
    expect(t, "16 / 4 / 2", "2");
    expect(t, "a + b", "16.50");
    expect(t, "a * a", "156.2500");
    expect(t, "a - 0.125", "12.375");
    expect(t, "1.10 + 2.2", "3.30");
    expect(t, "a / 5", "2.5");
    expect(t, "a / 10000", "0.00125");
    expect(t, "b / 3 * 3", "4");
    expect(t, "b / 3", "not finite");
    expect(t, "b / zero", "\\-");
    expect(t, "zero / b", "0");
    expect(t, "-zero", "0.00");
    expect(t, "loan_n * 2", "200.00");
    expect(t, "big * 1000", "99999999999999999999999999999999999000");
    expect(t, "big * 10000", ": overflow: the exact value of 'big * 10000' does not fit 128 bits");
    expect(t, "big * 10000 / 10000 - big",
           ": overflow: the exact value of 'big * 10000' does not fit 128 bits");
    expect(t, "`2022-11` + prior.loan", "13");
    expect(t, "\xe8\xb4\xb7\xe6\xac\xbe * 2", "3.0");
    expect(t, "bad + 1", "bad: not a decimal: '12,5o'");
    expect(t, "round(2.675, 2)", "2.68");
    expect(t, "round(-2.675, 2)", "-2.68");
    expect(t, "round(2.665, 2, half_even)", "2.66");
    expect(t, "round(2.675, 2, gbt8170)", "2.68");
    expect(t, "round(-2.671, 2, ceiling)", "-2.67");
    expect(t, "round(-2.671, 2, floor)", "-2.68");
    expect(t, "round(-2.679, 2, down)", "-2.67");
    expect(t, "round(b, 2)", "4.00");
    expect(t, "round(2 / 3, 0)", "1");
    expect(t, "round(2.675, 2) + 1", "3.68");
    expect(t, "pct(1, 3, 2)", "33.33");
    expect(t, "pct(1, 8)", "12.5");
    expect(t, "pct(a, zero, 2)", "\\-");
    expect(t, "pct(a, neg, 2)", "\\-");
    expect(t, "pct(chain(round(2.675, 2)) - chain(round(1.005, 2)), chain(round(2.675, 2)), 2)", "62.31");
    expect(t, "abs(neg)", "2.5");
    expect(t, "min(a, b, neg)", "-2.5");
    expect(t, "max(a, b, neg)", "12.50");
    expect(t, "sign(neg)", "-1");
    expect(t, "num(bank)", "7");
    expect(t, "num(code_t) + 1", "13");
    expect(t, "num(true)", "1");
}

static void missing_values(struct tap *t)
{
    expect(t, "none", "");
    expect(t, "old", "");
    expect(t, "gap", "\\-");
    expect(t, "a + none", "");
    expect(t, "none + gap", "\\-");
    expect(t, "round(none, 2)", "");
    expect(t, "round(gap, 2)", "\\-");
    expect(t, "-gap", "\\-");
    expect(t, "max(a, none)", "");
    expect(t, "min(gap, none)", "\\-");
    expect(t, "none > 1", "");
    expect(t, "gap == 1", "");
    expect(t, "none > 1 and false", "0");
    expect(t, "none > 1 and true", "");
    expect(t, "true and none > 1", "");
    expect(t, "none > 1 or true", "1");
    expect(t, "none > 1 or false", "");
    expect(t, "not (none > 1)", "");
    expect(t, "not b > 5", "1");
    expect(t, "not not none > 1", "");
    expect(t, "if(none > 1, 1, 2)", "");
    expect(t, "if(b > 1, 'big', 'small')", "big");
    expect(t, "if(b > 1, na, a)", "\\-");
    expect(t, "coalesce(none, gap, a)", "12.50");
    expect(t, "coalesce(none, gap)", "\\-");
    expect(t, "coalesce(none, 0)", "0");
    expect(t, "coalesce(none, 0) + 1", "1");
    expect(t, "missing", "");
    expect(t, "na", "\\-");
    expect(t, "is_missing(none)", "1");
    expect(t, "is_missing(old)", "1");
    expect(t, "is_missing(gap)", "1");
    expect(t, "is_missing(a)", "0");
    expect(t, "is_na(gap)", "1");
    expect(t, "is_na(none)", "0");
    expect(t, "none in (1, 2)", "");
    expect(t, "b in (1, none)", "");
    expect(t, "b in (4, none)", "1");
    expect(t, "length(none)", "");
    expect(t, "concat('x', gap)", "\\-");
    expect(t, "starts(gap, 'x')", "");
    expect(t, "between(b, none, 3)", "0");
    expect(t, "between(b, none, 5)", "");
}

static void logic(struct tap *t)
{
    expect(t, "bank == '07'", "1");
    expect(t, "bank == \"07\"", "1");
    expect(t, "bank == 7", "1");
    expect(t, "bank in ('06', '07')", "1");
    expect(t, "bank not in ('06', '07')", "0");
    expect(t, "b in (4.00, 5)", "1");
    expect(t, "a >= b", "1");
    expect(t, "text(a) < text(b)", "1");
    expect(t, "num(a) != num(b)", "1");
    expect(t, "between(b, 4, 4)", "1");
    expect(t, "between(day1, '2022-01-01', '2022-12-31')", "1");
    expect(t, "1 == 1 or 1 == 2 and 1 == 2", "1");
    expect(t, "not 1 == 2 and 1 == 2", "0");
    expect(t, "flag and b == 4", "1");
    expect(t, "a and true", "a: not a truth value, 0 or 1: '12.50'");
    expect(t, "true == (b > 3)", "1");
    expect(t,
           "name == '\xe9\x93\xb6\xe8\xa1\x8c"
           "A'",
           "1");
    expect(t, "tabbed == 'x\ty\\'", "1");
}

static void texts(struct tap *t)
{
    expect(t, "length(name)", "3");
    expect(t, "substr(name, 2, 5)",
           "\xe8\xa1\x8c"
           "A");
    expect(t, "substr(name, 9, 1)", "");
    expect(t, "substr(name, 0, 1)", ": substr(t, from, n) wants whole numbers, from 1 and 0 upwards");
    expect(t, "length(tabbed)", "4");
    expect(t, "substr(tabbed, 2, 1)", "\\t");
    expect(t, "concat(bank, '-', text(a))", "07-12.50");
    expect(t, "text(round(2.5, 0))", "3");
    expect(t, "starts(bank, '0') and ends(bank, '7') and contains(name, '\xe8\xa1\x8c')", "1");
    expect(t, "starts(bank, '077')", "0");
    expect(t, "upper('aZ9')", "AZ9");
    expect(t, "lower('aZ9')", "az9");
    expect(t, "upper(tabbed)", "X\\tY\\\\");
    expect(t, "matches(bank, '^[0-9]{2}$')", "1");
    expect(t, "matches(bank, '^[0-9]{3}$')", "0");
    expect(t, "'it''s'", "it's");
    expect(t, "trim(' \xe3\x80\x80 a b\t ')", "a b");
    expect(t, "trim('  ')", "");
    expect(t, "trim(tabbed)", "x\\ty\\\\");
    expect(t, "replace(name, '\xe8\xa1\x8c', '-')", "\xe9\x93\xb6-A");
    expect(t, "replace('aaa', 'a', 'ab')", "ababab");
    expect(t, "replace('aaa', 'aa', '')", "a");
    expect(t, "replace(tabbed, '\t', ', ')", "x, y\\\\");
    expect(t, "replace(bank, '', 'x')", ": replace(t, old, new) of an empty text");
    expect(t, "pad('7', 3, '0')", "007");
    expect(t, "pad(bank, 2, '0')", "07");
    expect(t, "pad(bank, 1, '0')", "07");
    expect(t, "pad(name, 5, '\xe3\x80\x80')",
           "\xe3\x80\x80\xe3\x80\x80\xe9\x93\xb6\xe8\xa1\x8c"
           "A");
    expect(t, "pad(bank, 3, 'ab')", ": pad(t, n, c) wants a whole number up to 1000 and one character");
    expect(t, "pad(bank, 2.5, '0')", ": pad(t, n, c) wants a whole number up to 1000 and one character");
}

static void dates(struct tap *t)
{
    expect(t, "year(day1)", "2022");
    expect(t, "month(day2)", "11");
    expect(t, "day(when_d)", "30");
    expect(t, "year('2022-11')", "2022");
    expect(t, "days(day1, day2)", "303");
    expect(t, "days('2024-02-28', '2024-03-01')", "2");
    expect(t, "days('2023-03-01', '2023-02-28')", "-1");
    expect(t, "days('0001-01-01', '2022-11-30')", "738488");
    expect(t, "months(day1, day2)", "9");
    expect(t, "months('2022-01-15', '2022-02-15')", "1");
    expect(t, "months('2022-01-15', '2022-02-14')", "0");
    expect(t, "months('2022-02-14', '2022-01-15')", "0");
    expect(t, "months('2021-12', '2022-11')", "11");
    expect(t, "valid_date('2023-02-29')", "0");
    expect(t, "valid_date('2024-02-29')", "1");
    expect(t, "valid_date('2024-2-29')", "0");
    expect(t, "period(day2)", "2022-11");
    expect(t, "quarter('2022-03')", "1");
    expect(t, "quarter(day2)", "4");
    expect(t, "shift_day(day1, 1)", "2022-02-01");
    expect(t, "shift_day('2024-03-01', -1)", "2024-02-29");
    expect(t, "shift_day('2000-02-29', 366)", "2001-03-01");
    expect(t, "shift_day('0001-01-01', 3652058)", "9999-12-31");
    expect(t, "shift_day('9999-12-31', -3652058)", "0001-01-01");
    expect(t, "shift_day(day1, 4000000)",
           "day1: shift_day() leaves the years 0001 to 9999, or not whole days");
    expect(t, "shift_day('2022-11', 1)", ": a date with its day is needed: '2022-11'");
    expect(t, "shift_month('2022-11', -11)", "2021-12");
    expect(t, "shift_month(day2, 2)", "2023-01");
    expect(t, "month_end('2024-02')", "2024-02-29");
    expect(t, "year(bank)", "bank: not a date: '07'");
    expect(t, "day('2022-11')", ": a date with its day is needed: '2022-11'");
}

static void refusals(struct tap *t)
{
    expect(t, "", "expected a value, at the end of ''");
    expect(t, "a + ", "expected a value, at the end of 'a + '");
    expect(t, "a b", "expected an operator, at 'b' in 'a b'");
    expect(t, "(a", "expected ')', at the end of '(a'");
    expect(t, "nosuch + 1", "no column 'nosuch', at 'nosuch' in 'nosuch + 1'");
    expect_start(t, "nosuch(1)", "no such function, at 'nosuch' in 'nosuch(1)'; there are: round, pct, ");
    expect_start(t, "lenght(1)", "no such function, at 'lenght' in 'lenght(1)'; is it 'length'? there are: ");
    expect(t, "round(a)", "expected round(x, digits[, mode]), at 'round' in 'round(a)'");
    expect(t, "a = 1", "= is not a comparison; write ==, at '=' in 'a = 1'");
    expect(t, "a == b", "as numbers or as text? write num(a) == num(b), or text(a) == text(b), in 'a == b'");
    expect(t, "a != b", "as numbers or as text? write num(a) != num(b), or text(a) != text(b), in 'a != b'");
    expect(t, "1 < b < 3",
           "comparisons do not chain; write between(x, low, high) or use and, at '<' in '1 < b < 3'");
    expect(t, "a == missing",
           "a comparison with missing is never decided; write is_missing(x) or is_na(x), in "
           "'a == missing'");
    expect(t, "name == ''",
           "an empty field is missing, not an empty text; write is_missing(x), in 'name == '''");
    expect(t, "'x' + 1",
           "text stands where a number is wanted; num(...) makes it one, at ''x'' in ''x' + 1'");
    expect(t, "code_t + 1",
           "text stands where a number is wanted; num(...) makes it one, at 'code_t' in 'code_t + 1'");
    expect(t, "length(1 + 1)",
           "a number stands where text is wanted; text(...) makes it one, at '1 + 1' in 'length(1 + 1)'");
    expect(t, "if(a, 'x', 2)",
           "text and a number together; num(...) or text(...) converts, in 'if(a, 'x', 2)'");
    expect(t, "round(round(a, 2), 1)",
           "rounds what is already rounded; if it must, write chain(...) around the inner "
           "rounding, in 'round(round(a, 2), 1)'");
    expect(t, "pct(round(a, 2) - b, b, 2)",
           "rounds what is already rounded; if it must, write chain(...) around the inner rounding, in "
           "'pct(round(a, 2) - b, b, 2)'");
    expect(t, "round(a, b)",
           "the number of decimals is a plain number from 0 to 18, at 'b' in 'round(a, b)'");
    expect(t, "round(a, 2, up)",
           "expected half_up, half_even, gbt8170, down, ceiling or floor, at 'up' in 'round(a, 2, up)'");
    expect(t, "a / 0", "division by zero, in 'a / 0'");
    expect(t, "1e5", "not a plain decimal; a name that starts with a digit goes in backquotes, in '1e5'");
    expect(t, "a % 2", "not a sign of the language; write pct(a, b), at '%' in 'a % 2'");
    expect(t, "a <> 2", "not an operator; write !=, at '<>' in 'a <> 2'");
    expect(t, "'open", "a ' without its closing one, at ''' in ''open'");
    expect(t, "a \xef\xbc\x8b b",
           "not an ASCII sign; if it belongs to a name, put the name in backquotes, at "
           "'\xef\xbc\x8b' in 'a \xef\xbc\x8b b'");
    expect(t, "matches(bank, '(')",
           "not an extended regular expression: Unmatched ( or \\(, at ''('' in 'matches(bank, '(')'");
}

/* However long or nested, an expression is refused before it can exhaust the stack. */
static void depths(struct tap *t)
{
    struct buf sum = {0}, nest = {0}, most = {0}, got = {0};
    buf_text(&sum, "b");
    buf_text(&most, "b");
    for (int i = 0; i < 30000; i++)
        buf_text(&sum, "+b");
    for (int i = 0; i < 900; i++)
        buf_text(&most, "+b");
    for (int i = 0; i < 60000; i++)
        buf_char(&nest, i % 2 ? '-' : '(');
    value_text_of(buf_string(&most), &got);
    tap_text(t, buf_string(&got), "3604", "900 additions");
    struct diag d = {0};
    tap_ok(t, !expr_compile(buf_string(&sum), &PLACE, EXPR_ANY, NULL, 0, &d), "30000 additions");
    tap_ok(t, !expr_compile(buf_string(&nest), &PLACE, EXPR_ANY, NULL, 0, &d), "60000 open brackets");
    buf_free(&sum);
    buf_free(&most);
    buf_free(&nest);
    buf_free(&got);
}

/* Every day of 800 years, there and back. */
static void day_by_day(struct tap *t)
{
    struct diag d = {0};
    struct expr_row row = {NULL, fetch};
    struct value v;
    bool good = true;
    for (int i = 0; i < 292194 && good; i += 97) {
        char text[128];
        snprintf(text, sizeof text, "days('1600-03-01', shift_day('1600-03-01', %d))", i);
        struct expr *e = expr_compile(text, &PLACE, EXPR_NUM, NULL, 0, &d);
        good = e && expr_eval(e, &row, &v, &d) == ST_OK && v.num.num == i;
        expr_free(e);
    }
    tap_ok(t, good, "days(d, shift_day(d, n)) is n");
}

/* A ratio without a value is \- , counted, or refused. */
static void undefined(struct tap *t)
{
    static const struct {
        const char *text;
        unsigned count;
        const char *refusal;
    } cases[] = {{"a / zero", 1, "undefined: division by zero in 'a / zero'"},
                 {"pct(a, neg, 2)", 1, "undefined: a base that is not positive in 'pct(a, neg, 2)'"},
                 {"coalesce(a / zero, b / (b - 4), 7)", 2, "undefined: division by zero in 'a / zero'"},
                 {"if(zero > 0, a / zero, 0)", 0, NULL},
                 {"gap / zero", 0, NULL},
                 {"zero / b", 0, NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct diag d = {0};
        struct expr_row row = {NULL, fetch};
        struct value v;
        struct expr *e = expr_compile(cases[i].text, &PLACE, EXPR_ANY, NULL, 0, &d);
        bool none = e && expr_eval(e, &row, &v, &d) == ST_OK && expr_take_undefined(e) == 0;
        expr_set_undefined(e, UNDEFINED_COUNT);
        bool counted = expr_eval(e, &row, &v, &d) == ST_OK && expr_take_undefined(e) == cases[i].count &&
                       expr_take_undefined(e) == 0;
        expr_set_undefined(e, UNDEFINED_ERROR);
        bool refused = expr_eval(e, &row, &v, &d) != ST_OK;
        tap_ok(t, none && counted && refused == (cases[i].refusal != NULL), cases[i].text);
        if (refused)
            tap_text(t, d.reason, cases[i].refusal, "the refusal");
        expr_free(e);
    }
}

static void finite(struct tap *t)
{
    static const struct {
        const char *text;
        bool finite;
    } cases[] = {{"a / 10000", true},      {"a / 3", false},       {"a / b", false},
                 {"pct(a, b)", false},     {"pct(a, b, 2)", true}, {"round(a / b, 2) / 100", true},
                 {"a / (10 * 10)", true},  {"a / -8", true},       {"if(a > b, a / b, 1)", false},
                 {"coalesce(a, 1)", true}, {"a / b > 1", true},    {"round(a / b, 2) + a / b", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct diag d = {0};
        struct expr *e = expr_compile(cases[i].text, &PLACE, EXPR_ANY, NULL, 0, &d);
        tap_ok(t, e && expr_is_finite(e) == cases[i].finite, cases[i].text);
        expr_free(e);
    }
}

int main(void)
{
    struct tap t = {0};
    numbers(&t);
    missing_values(&t);
    logic(&t);
    texts(&t);
    dates(&t);
    refusals(&t);
    depths(&t);
    finite(&t);
    day_by_day(&t);
    undefined(&t);
    return tap_end(&t);
}
