/* SPDX-License-Identifier: MIT
 * numeral_test: numerals sort as their numbers do, whatever their signs, lengths and decimals, and are read
 * back. */
#include "lib/group/numeral.h"

#include <stdlib.h>

#include "tests/unit/tap.h"

static struct dec draw(uint64_t *state)
{
    struct dec v = {0, 0};
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    uint64_t r = *state >> 20;
    unsigned digits = (unsigned)(r % 39);
    for (unsigned i = 0; i < digits && v.units < I128_MAX / 100; i++) {
        *state = *state * 6364136223846793005u + 1442695040888963407u;
        v.units = v.units * 10 + (i128)(*state >> 40) % 10;
    }
    v.scale = (unsigned)(r / 64 % (DEC_MAX_SCALE + 1));
    v.units = r & 1 ? -v.units : v.units;
    return v;
}

static int sign(int v)
{
    return (v > 0) - (v < 0);
}

static void test_order(struct tap *t)
{
    struct buf a = {0}, b = {0};
    uint64_t state = 1;
    bool order = true, back = true;
    struct dec x = draw(&state), y;
    for (int i = 0; i < 200000 && order && back; i++) {
        struct dec again = {0, 0};
        y = draw(&state);
        buf_clear(&a);
        buf_clear(&b);
        numeral_print(&a, x);
        numeral_print(&b, y);
        /* Behind a numeral stands a TAB. */
        buf_char(&a, '\t');
        buf_char(&b, '\t');
        order = sign(slice_compare(buf_view(&a), buf_view(&b))) == dec_compare(x, y);
        back = numeral_parse((struct slice){a.p, a.n - 1}, &again) && dec_compare(again, x) == 0;
        x = y;
    }
    tap_ok(t, order, "200,000 pairs of numerals compare as their numbers do");
    tap_ok(t, back, "and are read back");
    buf_free(&a);
    buf_free(&b);
}

static void test_print(struct tap *t, const char *number, const char *want)
{
    struct buf b = {0};
    struct dec v;
    if (number_parse(slice_of(number), &v))
        numeral_print(&b, v);
    tap_text(t, buf_string(&b), want, number);
    buf_free(&b);
}

static void test_refusals(struct tap *t)
{
    static const char *const bad[] = {"",     "p",     "p01",  "1",  "n98",  "n988",
                                      "x011", "p01-1", "p01a", "o0", "p010", "~"};
    struct dec v;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        tap_ok(t, !numeral_parse(slice_of(bad[i]), &v), bad[i]);
}

static void test_numbers(struct tap *t)
{
    static const char *const good[] = {"0", "-0.00", "170141183460469231731687303715884105727",
                                       "-170141183460469231731687303715884105728", "0.000000000000000001"};
    static const char *const bad[] = {"",
                                      "-",
                                      ".5",
                                      "5.",
                                      "1e5",
                                      "+1",
                                      "1.2.3",
                                      "0.0000000000000000001",
                                      "170141183460469231731687303715884105728"};
    struct dec v;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        tap_ok(t, number_parse(slice_of(good[i]), &v), good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        tap_ok(t, !number_parse(slice_of(bad[i]), &v), bad[i]);
}

int main(void)
{
    struct tap t = {0};
    test_order(&t);
    test_print(&t, "0.00", "o");
    test_print(&t, "0.50", "p010.5");
    test_print(&t, "123", "p03123");
    test_print(&t, "-123", "n96876~");
    test_print(&t, "-0.05", "n989.94~");
    test_refusals(&t);
    test_numbers(&t);
    return tap_end(&t);
}
