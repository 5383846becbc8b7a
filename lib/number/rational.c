/* SPDX-License-Identifier: MIT
 * rational: exact fractions in lowest terms; 64-bit paths where both sides fit, 256 bits where they must. */
#include "lib/number/rational.h"

#include "lib/number/wide.h"

static u128 magnitude(i128 v)
{
    return v < 0 ? -(u128)v : (u128)v;
}

/* Magnitudes up to I128_MAX, so that every value can be negated. */
static bool with_sign(u128 m, bool negative, i128 *out)
{
    if (m > (u128)I128_MAX)
        return false;
    *out = negative ? -(i128)m : (i128)m;
    return true;
}

static uint64_t gcd64(uint64_t a, uint64_t b)
{
    if (a == 0 || b == 0)
        return a | b;
    int shift = __builtin_ctzll(a | b);
    a >>= __builtin_ctzll(a);
    while (b) {
        b >>= __builtin_ctzll(b);
        if (a > b) {
            uint64_t t = a;
            a = b;
            b = t;
        }
        b -= a;
    }
    return a << shift;
}

static u128 gcd(u128 a, u128 b)
{
    while (b > UINT64_MAX) {
        u128 t = a % b;
        a = b;
        b = t;
    }
    if (b == 0)
        return a;
    uint64_t small = (uint64_t)b;
    return gcd64(small, a > UINT64_MAX ? (uint64_t)(a % small) : (uint64_t)a);
}

static u128 divide(u128 a, u128 b)
{
    return (a | b) >> 64 ? a / b : (uint64_t)a / (uint64_t)b;
}

bool rounding_named(struct slice name, enum rounding *mode)
{
    static const struct {
        const char *name;
        enum rounding mode;
    } names[] = {{"half_up", ROUND_HALF_UP}, {"half_even", ROUND_HALF_EVEN}, {"gbt8170", ROUND_HALF_EVEN},
                 {"down", ROUND_DOWN},       {"ceiling", ROUND_CEILING},     {"floor", ROUND_FLOOR}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (slice_is(name, names[i].name)) {
            *mode = names[i].mode;
            return true;
        }
    }
    return false;
}

struct rat rat_int(i128 v)
{
    return (struct rat){v, 1};
}

static bool reduced(u128 num, u128 den, bool negative, struct rat *out)
{
    u128 g = den == 1 ? 1 : gcd(num, den);
    if (g != 1) {
        num = divide(num, g);
        den = divide(den, g);
    }
    return with_sign(num, negative, &out->num) && with_sign(den, false, &out->den);
}

bool rat_of_dec(struct dec v, struct rat *out)
{
    return reduced(magnitude(v.units), (u128)dec_pow10(v.scale), v.units < 0, out);
}

bool rat_make(i128 num, i128 den, struct rat *out)
{
    return reduced(magnitude(num), magnitude(den), (num < 0) != (den < 0), out);
}

/* a + b where some product leaves 128 bits. With g = gcd of the denominators, what can still be cancelled
 * from the sum divides g (Knuth, TAOCP 4.5.1). */
static bool add_wide(struct rat a, struct rat b, u128 g, struct rat *out)
{
    u128 da = (u128)a.den / g, db = (u128)b.den / g;
    struct wide x = wide_product(magnitude(a.num), db), y = wide_product(magnitude(b.num), da), sum;
    bool negative = a.num < 0;
    if ((a.num < 0) == (b.num < 0)) {
        sum = wide_sum(x, y);
    } else if (wide_compare(x, y) >= 0) {
        sum = wide_difference(x, y);
    } else {
        sum = wide_difference(y, x);
        negative = !negative;
    }
    u128 rest, zero;
    wide_divide(sum, g, &rest);
    u128 t = gcd(g, rest);
    sum = wide_divide(sum, t, &zero);
    struct wide den = wide_product(da, (u128)b.den / t);
    return sum.high == 0 && den.high == 0 && with_sign(sum.low, negative, &out->num) &&
           with_sign(den.low, false, &out->den);
}

bool rat_add(struct rat a, struct rat b, struct rat *out)
{
    i128 x, y, num, den;
    if (a.den == b.den) {
        if (!__builtin_add_overflow(a.num, b.num, &num))
            return rat_make(num, a.den, out);
        return add_wide(a, b, (u128)a.den, out);
    }
    u128 g = gcd((u128)a.den, (u128)b.den);
    i128 da = (i128)divide((u128)a.den, g), db = (i128)divide((u128)b.den, g);
    if (__builtin_mul_overflow(a.num, db, &x) || __builtin_mul_overflow(b.num, da, &y) ||
        __builtin_add_overflow(x, y, &num) || __builtin_mul_overflow(da, b.den, &den))
        return add_wide(a, b, g, out);
    u128 t = g == 1 ? 1 : gcd(g, magnitude(num));
    return with_sign(divide(magnitude(num), t), num < 0, &out->num) &&
           with_sign(divide((u128)den, t), false, &out->den);
}

bool rat_neg(struct rat a, struct rat *out)
{
    out->den = a.den;
    return with_sign(magnitude(a.num), a.num > 0, &out->num);
}

bool rat_sub(struct rat a, struct rat b, struct rat *out)
{
    return rat_neg(b, &b) && rat_add(a, b, out);
}

/* Cancelling crosswise first keeps the products as small as the exact result. */
bool rat_mul(struct rat a, struct rat b, struct rat *out)
{
    u128 na = magnitude(a.num), nb = magnitude(b.num), da = (u128)a.den, db = (u128)b.den;
    u128 g = db == 1 ? 1 : gcd(na, db), h = da == 1 ? 1 : gcd(nb, da);
    u128 num, den;
    if (__builtin_mul_overflow(divide(na, g), divide(nb, h), &num) ||
        __builtin_mul_overflow(divide(da, h), divide(db, g), &den))
        return false;
    return with_sign(num, (a.num < 0) != (b.num < 0), &out->num) && with_sign(den, false, &out->den);
}

bool rat_div(struct rat a, struct rat b, struct rat *out)
{
    i128 num;
    return with_sign((u128)b.den, b.num < 0, &num) &&
           rat_mul(a, (struct rat){num, (i128)magnitude(b.num)}, out);
}

int rat_sign(struct rat a)
{
    return (a.num > 0) - (a.num < 0);
}

int rat_compare(struct rat a, struct rat b)
{
    if (a.den == b.den)
        return (a.num > b.num) - (a.num < b.num);
    i128 x, y;
    if (!__builtin_mul_overflow(a.num, b.den, &x) && !__builtin_mul_overflow(b.num, a.den, &y))
        return (x > y) - (x < y);
    if ((a.num < 0) != (b.num < 0))
        return a.num < 0 ? -1 : 1;
    int c = wide_compare(wide_product(magnitude(a.num), (u128)b.den),
                         wide_product(magnitude(b.num), (u128)a.den));
    return a.num < 0 ? -c : c;
}

/* Whether the magnitude `whole` + rest/den goes up by one. */
static bool goes_up(u128 whole, u128 rest, u128 den, bool negative, enum rounding mode)
{
    if (rest == 0)
        return false;
    switch (mode) {
    case ROUND_HALF_UP:
        return rest >= den - rest;
    case ROUND_HALF_EVEN:
        return rest > den - rest || (rest == den - rest && (whole & 1));
    case ROUND_DOWN:
        return false;
    case ROUND_CEILING:
        return !negative;
    case ROUND_FLOOR:
        return negative;
    }
    return false;
}

bool rat_round(struct rat a, unsigned digits, enum rounding mode, struct dec *out)
{
    u128 num = magnitude(a.num), den = (u128)a.den, power = (u128)dec_pow10(digits), scaled, whole, rest;
    if (!__builtin_mul_overflow(num, power, &scaled)) {
        whole = divide(scaled, den);
        rest = scaled - whole * den;
    } else {
        struct wide q = wide_divide(wide_product(num, power), den, &rest);
        if (q.high)
            return false;
        whole = q.low;
    }
    /* Cannot wrap: whole is at most 2^128 - 1 only when rest is 0. */
    whole += goes_up(whole, rest, den, a.num < 0, mode);
    out->scale = digits;
    return with_sign(whole, a.num < 0, &out->units);
}

bool rat_to_dec(struct rat a, struct dec *out)
{
    u128 den = (u128)a.den;
    unsigned twos = 0, fives = 0;
    for (; (den & 1) == 0; den >>= 1)
        twos++;
    for (; den % 5 == 0; den /= 5)
        fives++;
    unsigned scale = twos > fives ? twos : fives;
    if (den != 1 || scale > DEC_MAX_SCALE)
        return false;
    out->scale = scale;
    return !__builtin_mul_overflow(a.num, dec_pow10(scale) / a.den, &out->units);
}
