/* SPDX-License-Identifier: MIT
 * natural_test: naturals below 2^512 obey the laws of arithmetic on random values of every length; a root
 * stands between the neighbours it must stand between. (Its decimals are judged by python3 through aggregate,
 * tests/judge/aggregate_judge.py.) */
#include "lib/number/natural.h"

#include "tests/unit/tap.h"

enum { ROUNDS = 20000 };

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* A value of at most `limbs` limbs, often with limbs of all zeros or all ones, where carries are born. */
static struct natural draw(uint64_t *state, unsigned limbs)
{
    struct natural v = {{0}};
    unsigned n = (unsigned)(next_random(state) >> 20) % (limbs + 1);
    for (unsigned i = 0; i < n; i++) {
        uint64_t kind = next_random(state) >> 61;
        v.limb[i] = kind == 0 ? 0 : kind == 1 ? UINT64_MAX : kind == 2 ? 1 : next_random(state);
    }
    return v;
}

static bool same(struct natural a, struct natural b)
{
    return natural_compare(a, b) == 0;
}

static struct natural plus(struct natural a, uint64_t b, bool *good)
{
    *good = natural_add(a, natural_of(b), &a) && *good;
    return a;
}

static bool divides(uint64_t *state)
{
    struct natural a = draw(state, 8), b = draw(state, 7), rest, back = {{0}};
    if (same(b, natural_of(0)))
        return true;
    struct natural q = natural_divide(a, b, &rest);
    return natural_compare(rest, b) < 0 && natural_multiply(q, b, &back) && natural_add(back, rest, &back) &&
           same(back, a);
}

static bool multiplies(uint64_t *state)
{
    struct natural a = draw(state, 3), b = draw(state, 3), c = draw(state, 2), left = {{0}}, right = {{0}}, x;
    bool good = natural_add(a, b, &left) && natural_multiply(left, c, &left); /* (a + b) c = ac + bc */
    good =
        good && natural_multiply(a, c, &x) && natural_multiply(b, c, &right) && natural_add(x, right, &right);
    return good && same(left, right) && same(natural_subtract(left, x), natural_subtract(right, x));
}

static bool has_root(uint64_t *state)
{
    struct natural a = draw(state, 7), below = {{0}}, above = {{0}};
    bool good = true;
    struct natural r = natural_root(a), more = plus(r, 1, &good);
    good = good && natural_multiply(r, r, &below) && natural_multiply(more, more, &above);
    return good && natural_compare(below, a) <= 0 && natural_compare(above, a) > 0;
}

static bool prints(uint64_t *state)
{
    struct natural a = draw(state, 8), back = {{0}};
    struct buf text = {0};
    natural_print(&text, a);
    bool good = natural_parse(buf_view(&text), &back) && same(a, back);
    buf_free(&text);
    return good;
}

static void test_law(struct tap *t, bool (*law)(uint64_t *state), const char *what)
{
    uint64_t state = 20221130;
    bool good = true;
    for (int i = 0; i < ROUNDS && good; i++)
        good = law(&state);
    tap_ok(t, good, what);
}

static void test_root(struct tap *t, uint64_t num, uint64_t den, unsigned digits, const char *want)
{
    struct buf text = {0};
    struct dec out;
    if (natural_ratio_root(natural_of(num), natural_of(den), digits, &out))
        dec_print(&text, out);
    tap_text(t, buf_string(&text), want, "a root of a ratio, rounded half up");
    buf_free(&text);
}

static void test_limits(struct tap *t)
{
    struct natural most, x;
    struct rat r = {0, 1};
    memset(&most, 0xff, sizeof most);
    tap_ok(t, !natural_add(most, natural_of(1), &x), "2^512 - 1 and 1 do not fit");
    tap_ok(t, !natural_multiply(most, natural_of(2), &x), "nor does its double");
    tap_ok(t, !natural_fraction(most, natural_of(2), &r), "nor is it a fraction of 128 bits");
    tap_ok(t, natural_fraction(most, most, &r) && r.num == 1 && r.den == 1, "but it is one time itself");
    tap_ok(t, !natural_parse(slice_of(""), &x) && !natural_parse(slice_of("1e5"), &x),
           "no digits are no number");
}

int main(void)
{
    struct tap t = {0};
    test_law(&t, divides, "a = q b + r with r < b");
    test_law(&t, multiplies, "(a + b) c = a c + b c");
    test_law(&t, has_root, "r^2 <= a < (r + 1)^2");
    test_law(&t, prints, "digits are read back");
    test_root(&t, 2, 1, 18, "1.414213562373095049");
    test_root(&t, 9, 4, 0, "2");
    test_root(&t, 899, 400, 0, "1");
    test_root(&t, 0, 7, 2, "0.00");
    test_limits(&t);
    return tap_end(&t);
}
