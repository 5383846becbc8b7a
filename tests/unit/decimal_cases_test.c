/* SPDX-License-Identifier: MIT
 * decimal_cases_test: decimals and fractions against the cases of tests/judge/decimal_judge.py.
 *
 *   decimal_cases_test [FILE]    tests/judge/decimal_cases.tsv when no file is named */
#include <stdlib.h>

#include "lib/number/rational.h"
#include "lib/stream/table.h"
#include "tap.h"

static const char *const OPERATIONS[] = {"add", "subtract", "multiply", "divide", "quantize", "compare"};
enum { ADD, SUBTRACT, MULTIPLY, DIVIDE, QUANTIZE, COMPARE, NOPERATIONS };

struct tally {
    unsigned count, wrong;
    struct buf first; /* the first wrong case */
};

struct decimal_case {
    struct dec a, b;
    enum rounding mode;
    struct slice want[2]; /* of decimals, of fractions; "overflow" where they must refuse */
    unsigned digits;      /* decimals of what is wanted */
};

/* The operation on decimals, rounded to as many as are wanted; false where it says that it does not fit. */
static bool on_decimals(int operation, const struct decimal_case *c, struct dec *out)
{
    struct dec exact;
    switch (operation) {
    case ADD:
        return dec_add(c->a, c->b, &exact) && dec_round(exact, c->digits, c->mode, out);
    case SUBTRACT:
        return dec_subtract(c->a, c->b, &exact) && dec_round(exact, c->digits, c->mode, out);
    case MULTIPLY:
        return dec_multiply(c->a, c->b, &exact) && dec_round(exact, c->digits, c->mode, out);
    case DIVIDE:
        return dec_divide(c->a, c->b, c->digits, c->mode, out);
    case QUANTIZE:
        return dec_round(c->a, c->b.scale, c->mode, out);
    default:
        *out = (struct dec){dec_compare(c->a, c->b), 0};
        return true;
    }
}

static bool on_fractions(int operation, const struct decimal_case *c, struct dec *out)
{
    struct rat a, b, exact;
    if (!rat_of_dec(c->a, &a) || !rat_of_dec(c->b, &b))
        return false;
    switch (operation) {
    case ADD:
        return rat_add(a, b, &exact) && rat_round(exact, c->digits, c->mode, out);
    case SUBTRACT:
        return rat_sub(a, b, &exact) && rat_round(exact, c->digits, c->mode, out);
    case MULTIPLY:
        return rat_mul(a, b, &exact) && rat_round(exact, c->digits, c->mode, out);
    case DIVIDE:
        return rat_div(a, b, &exact) && rat_round(exact, c->digits, c->mode, out);
    case QUANTIZE:
        return rat_round(a, c->b.scale, c->mode, out);
    default:
        *out = (struct dec){rat_compare(a, b), 0};
        return true;
    }
}

static unsigned decimals_of(struct slice s)
{
    const char *point = memchr(s.p, '.', s.n);
    return point ? (unsigned)(s.p + s.n - point - 1) : 0;
}

static void check(struct tally *t, int operation, const struct decimal_case *c, struct slice row)
{
    struct buf text = {0};
    struct dec got;
    bool (*const ways[])(int, const struct decimal_case *, struct dec *) = {on_decimals, on_fractions};
    t->count++;
    for (int i = 0; i < 2; i++) {
        buf_clear(&text);
        if (ways[i](operation, c, &got))
            dec_print(&text, got);
        else
            buf_text(&text, "overflow");
        if (!slice_equal(buf_view(&text), c->want[i]) && t->wrong++ == 0) {
            buf_slice(&t->first, row);
            buf_printf(&t->first, ": %s", i ? "as fractions " : "");
            buf_slice(&t->first, buf_view(&text));
        }
    }
    buf_free(&text);
}

static bool take_row(struct tally *tallies, const struct batch *b, size_t row)
{
    struct decimal_case c = {.want = {batch_field(b, row, 5), batch_field(b, row, 6)}};
    int operation = 0;
    while (operation < NOPERATIONS && !slice_is(batch_field(b, row, 0), OPERATIONS[operation]))
        operation++;
    unsigned digits = decimals_of(c.want[0]), other = decimals_of(c.want[1]);
    c.digits = digits > other ? digits : other;
    if (operation == NOPERATIONS || dec_parse(batch_field(b, row, 1), &c.a) != DEC_OK ||
        dec_parse(batch_field(b, row, 2), &c.b) != DEC_OK || !rounding_named(batch_field(b, row, 3), &c.mode))
        return false;
    check(&tallies[operation], operation, &c, batch_row(b, row));
    return true;
}

int main(int argc, char **argv)
{
    struct tap t = {0};
    struct diag d = {0};
    struct batch b;
    struct buf path = {0};
    struct tally tallies[NOPERATIONS] = {0};
    const char *top = getenv("TOP");
    buf_printf(&path, "%s/tests/judge/decimal_cases.tsv", top ? top : ".");
    struct table *table = table_open(argc > 1 ? argv[1] : buf_string(&path), &d);
    bool good = table != NULL;
    while (good && (good = table_next(table, &b, &d) == ST_OK) && b.rows > 0)
        for (size_t i = 0; i < b.rows; i++)
            good = take_row(tallies, &b, i) && good;
    tap_ok(&t, good, "every case is read");
    for (int i = 0; i < NOPERATIONS; i++) {
        char what[64];
        snprintf(what, sizeof what, "%s: %u cases, %u wrong", OPERATIONS[i], tallies[i].count,
                 tallies[i].wrong);
        tap_ok(&t, tallies[i].count > 0 && tallies[i].wrong == 0, what);
        if (tallies[i].wrong)
            printf("# %s\n", buf_string(&tallies[i].first));
        buf_free(&tallies[i].first);
    }
    table_close(table);
    buf_free(&path);
    return tap_end(&t);
}
