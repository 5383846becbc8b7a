/* SPDX-License-Identifier: MIT
 * rational_test: fractions at the edge of 128 bits, and laws over many of them. */
#include <stdlib.h>

#include "lib/number/rational.h"
#include "tap.h"

static struct rat fraction(i128 num, i128 den)
{
    struct rat r;
    if (!rat_make(num, den, &r))
        abort();
    return r;
}

static bool is(struct rat r, i128 num, i128 den)
{
    return r.num == num && r.den == den;
}

static void rounds(struct tap *t)
{
    static const struct {
        int num, den;
        unsigned digits;
        const char *want[5]; /* half_up half_even down ceiling floor */
    } cases[] = {{2675, 1000, 2, {"2.68", "2.68", "2.67", "2.68", "2.67"}},
                 {2665, 1000, 2, {"2.67", "2.66", "2.66", "2.67", "2.66"}},
                 {-2665, 1000, 2, {"-2.67", "-2.66", "-2.66", "-2.66", "-2.67"}},
                 {1, 3, 4, {"0.3333", "0.3333", "0.3333", "0.3334", "0.3333"}},
                 {-1, 3, 0, {"0", "0", "0", "0", "-1"}},
                 {1, 2, 0, {"1", "0", "0", "1", "0"}},
                 {-1, 2, 0, {"-1", "0", "0", "0", "-1"}},
                 {3, 2, 0, {"2", "2", "1", "2", "1"}},
                 {7, 1, 2, {"7.00", "7.00", "7.00", "7.00", "7.00"}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int mode = 0; mode < 5; mode++) {
            struct dec d = {0, 0};
            struct buf b = {0};
            char what[64];
            snprintf(what, sizeof what, "%d/%d to %u decimals, mode %d", cases[i].num, cases[i].den,
                     cases[i].digits, mode);
            tap_ok(t,
                   rat_round(fraction(cases[i].num, cases[i].den), cases[i].digits, (enum rounding)mode, &d),
                   what);
            dec_print(&b, d);
            tap_text(t, buf_string(&b), cases[i].want[mode], what);
            buf_free(&b);
        }
    }
}

static void edges(struct tap *t)
{
    struct rat r;
    struct dec d;
    i128 max = I128_MAX;
    tap_ok(t, is(fraction(-6, -4), 3, 2) && is(fraction(6, -4), -3, 2) && is(fraction(0, -7), 0, 1),
           "lowest terms");
    tap_ok(t, !rat_add(rat_int(max), rat_int(1), &r), "sum beyond 128 bits");
    tap_ok(t, rat_add(rat_int(max), rat_int(-1), &r) && is(r, max - 1, 1), "sum at the edge");
    /* max/2 + max/2: the sum of the numerators leaves 128 bits, the result does not. */
    tap_ok(t, rat_add(fraction(max, 2), fraction(max, 2), &r) && is(r, max, 1), "a wide sum that cancels");
    /* 1/(2p) + 1/(2p) with 2p near the edge. */
    tap_ok(t, rat_add(fraction(1, max - 1), fraction(1, max - 1), &r) && is(r, 1, (max - 1) / 2),
           "halves of a unit");
    tap_ok(t, rat_sub(fraction(max, 3), fraction(max, 3), &r) && is(r, 0, 1), "equal ones cancel");
    tap_ok(t, rat_mul(fraction(max, 7), fraction(7, max), &r) && is(r, 1, 1), "products cancel crosswise");
    tap_ok(t, !rat_mul(rat_int(max), rat_int(2), &r), "product beyond 128 bits");
    tap_ok(t, rat_div(rat_int(max), rat_int(-max), &r) && is(r, -1, 1), "division by a negative");
    tap_ok(t, !rat_make(-max - 1, 1, &r) && rat_make(-max - 1, 2, &r) && is(r, -((max - 1) / 2) - 1, 1),
           "the value that has no negative is not used");
    tap_ok(t, rat_compare(fraction(max, max - 1), fraction(max - 1, max - 2)) < 0, "comparison in 256 bits");
    tap_ok(t, rat_compare(fraction(-max, max - 1), fraction(-(max - 1), max - 2)) > 0, "and of negatives");
    tap_ok(t, rat_round(fraction(max, max - 1), 18, ROUND_HALF_UP, &d) && d.units == 1000000000000000000,
           "rounding over 256 bits");
    tap_ok(t, rat_round(fraction(max, max - 1), 18, ROUND_CEILING, &d) && d.units == 1000000000000000001,
           "and a ceiling there");
    tap_ok(t, !rat_round(rat_int(max), 1, ROUND_DOWN, &d), "a rounding that does not fit");
    tap_ok(t, rat_to_dec(fraction(1, 8), &d) && d.units == 125 && d.scale == 3, "1/8 is 0.125");
    tap_ok(t, rat_to_dec(fraction(7, 50), &d) && d.units == 14 && d.scale == 2, "7/50 is 0.14");
    tap_ok(t, !rat_to_dec(fraction(1, 3), &d) && !rat_to_dec(fraction(1, (i128)1 << 19), &d),
           "1/3 has no finite decimal, 2^-19 has more than 18");
    tap_ok(t, rat_to_dec(fraction(1, (i128)1 << 18), &d) && d.scale == 18, "2^-18 has 18");
}

/* A fixed sequence, so that every run tests the same fractions (Knuth's MMIX generator). */
static uint64_t next(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 16;
}

static struct rat random_fraction(uint64_t *state)
{
    unsigned size = (unsigned)(next(state) % 4) * 10 + 4;
    i128 num = (i128)(next(state) >> (48 - size)), den = (i128)(next(state) >> (48 - size)) + 1;
    return fraction(next(state) & 1 ? num : -num, den);
}

static void laws(struct tap *t)
{
    uint64_t state = 20221130;
    bool inverse = true, distributes = true, ordered = true, commutes = true;
    for (int i = 0; i < 20000; i++) {
        struct rat a = random_fraction(&state), b = random_fraction(&state), c = random_fraction(&state);
        struct rat x, y, z;
        if (!rat_add(a, b, &x) || !rat_sub(x, b, &y) || !rat_sub(a, b, &z))
            continue;
        inverse = inverse && is(y, a.num, a.den);
        ordered = ordered && rat_compare(a, b) == rat_sign(z);
        if (rat_add(b, a, &y))
            commutes = commutes && is(y, x.num, x.den);
        if (rat_mul(a, c, &y) && rat_mul(b, c, &z) && rat_mul(x, c, &x) && rat_add(y, z, &y))
            distributes = distributes && is(y, x.num, x.den);
    }
    tap_ok(t, inverse, "a + b - b is a");
    tap_ok(t, commutes, "a + b is b + a");
    tap_ok(t, ordered, "a < b when a - b is negative");
    tap_ok(t, distributes, "(a + b) c is a c + b c");
}

int main(void)
{
    struct tap t = {0};
    rounds(&t);
    edges(&t);
    laws(&t);
    return tap_end(&t);
}
