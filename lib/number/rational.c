/* SPDX-License-Identifier: MIT
 * rational: exact fractions in lowest terms; 64-bit paths where both sides fit, 256 bits where they must. */
#include "lib/number/rational.h"

#include "lib/number/wide.h"

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

struct rat rat_int(i128 v)
{
    return (struct rat){v, 1};
}

static bool reduced(u128 num, u128 den, bool negative, struct rat *out)
{
    u128 g = den == 1 ? 1 : gcd(num, den);
    if (g != 1) {
        num = u128_divide(num, g);
        den = u128_divide(den, g);
    }
    return i128_signed(num, negative, &out->num) && i128_signed(den, false, &out->den);
}

bool rat_of_dec(struct dec v, struct rat *out)
{
    return reduced(i128_magnitude(v.units), (u128)dec_pow10(v.scale), v.units < 0, out);
}

bool rat_make(i128 num, i128 den, struct rat *out)
{
    return reduced(i128_magnitude(num), i128_magnitude(den), (num < 0) != (den < 0), out);
}

/* a + b where some product leaves 128 bits. With g = gcd of the denominators, what can still be cancelled
 * from the sum divides g (Knuth, TAOCP 4.5.1). */
static bool add_wide(struct rat a, struct rat b, u128 g, struct rat *out)
{
    u128 da = (u128)a.den / g, db = (u128)b.den / g;
    struct wide x = wide_product(i128_magnitude(a.num), db), y = wide_product(i128_magnitude(b.num), da), sum;
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
    return sum.high == 0 && den.high == 0 && i128_signed(sum.low, negative, &out->num) &&
           i128_signed(den.low, false, &out->den);
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
    i128 da = (i128)u128_divide((u128)a.den, g), db = (i128)u128_divide((u128)b.den, g);
    if (__builtin_mul_overflow(a.num, db, &x) || __builtin_mul_overflow(b.num, da, &y) ||
        __builtin_add_overflow(x, y, &num) || __builtin_mul_overflow(da, b.den, &den))
        return add_wide(a, b, g, out);
    u128 t = g == 1 ? 1 : gcd(g, i128_magnitude(num));
    return i128_signed(u128_divide(i128_magnitude(num), t), num < 0, &out->num) &&
           i128_signed(u128_divide((u128)den, t), false, &out->den);
}

bool rat_neg(struct rat a, struct rat *out)
{
    out->den = a.den;
    return i128_signed(i128_magnitude(a.num), a.num > 0, &out->num);
}

bool rat_sub(struct rat a, struct rat b, struct rat *out)
{
    return rat_neg(b, &b) && rat_add(a, b, out);
}

/* Cancelling crosswise first keeps the products as small as the exact result. */
bool rat_mul(struct rat a, struct rat b, struct rat *out)
{
    u128 na = i128_magnitude(a.num), nb = i128_magnitude(b.num), da = (u128)a.den, db = (u128)b.den;
    u128 g = db == 1 ? 1 : gcd(na, db), h = da == 1 ? 1 : gcd(nb, da);
    u128 num, den;
    if (__builtin_mul_overflow(u128_divide(na, g), u128_divide(nb, h), &num) ||
        __builtin_mul_overflow(u128_divide(da, h), u128_divide(db, g), &den))
        return false;
    return i128_signed(num, (a.num < 0) != (b.num < 0), &out->num) && i128_signed(den, false, &out->den);
}

bool rat_div(struct rat a, struct rat b, struct rat *out)
{
    i128 num;
    return i128_signed((u128)b.den, b.num < 0, &num) &&
           rat_mul(a, (struct rat){num, (i128)i128_magnitude(b.num)}, out);
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
    int c = wide_compare(wide_product(i128_magnitude(a.num), (u128)b.den),
                         wide_product(i128_magnitude(b.num), (u128)a.den));
    return a.num < 0 ? -c : c;
}

bool rat_round(struct rat a, unsigned digits, enum rounding mode, struct dec *out)
{
    out->scale = digits;
    return rounded_quotient(i128_magnitude(a.num), (u128)dec_pow10(digits), (u128)a.den, a.num < 0, mode,
                            &out->units);
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
