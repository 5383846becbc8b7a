/* SPDX-License-Identifier: MIT
 * shortest: see shortest.h. */
#include "lib/read/shortest.h"

enum {
    LIMB = 1000000000, /* nine decimal digits */
    LIMB_DIGITS = 9,
    LIMBS = 90,              /* the longest number, 2^-1074 and all its digits, has 767 of them */
    LARGEST_EXPONENT = 308,  /* of the first digit */
    SMALLEST_EXPONENT = -324 /* 4.9e-324 is the smallest number of 8 bytes */
};

/* Digits without zeros in front; the point stands before digit `point`, or as many zeros further left. */
struct digits {
    char digit[SHORTEST_DIGITS + 1]; /* one more than is shown, to round by */
    size_t n;
    int64_t point;
    bool negative;
    bool more; /* digits behind the 15th that are not 0 */
};

static void add_digit(struct digits *v, char c)
{
    if (v->n == 0 && c == '0')
        return;
    if (v->n < sizeof v->digit)
        v->digit[v->n] = c;
    if (v->n >= SHORTEST_DIGITS && c != '0')
        v->more = true;
    v->n++;
}

/* To 15 digits, half away from zero, and without zeros at the end. v->point is settled by then. */
static void round_digits(struct digits *v)
{
    size_t n = v->n > SHORTEST_DIGITS ? SHORTEST_DIGITS : v->n;
    if (v->n > SHORTEST_DIGITS && v->digit[SHORTEST_DIGITS] >= '5') {
        while (n > 0 && v->digit[n - 1] == '9')
            n--;
        if (n > 0) {
            v->digit[n - 1]++;
        } else {
            v->digit[n++] = '1';
            v->point++;
        }
    }
    while (n > 0 && v->digit[n - 1] == '0')
        n--;
    v->n = n;
}

static void put(const struct digits *v, struct buf *out)
{
    int64_t n = (int64_t)v->n, end = v->point > n ? v->point : n;
    if (n == 0) {
        buf_char(out, '0');
        return;
    }
    if (v->negative)
        buf_char(out, '-');
    if (v->point <= 0)
        buf_char(out, '0');
    for (int64_t i = v->point < 0 ? v->point : 0; i < end; i++) {
        if (i == v->point || (i == 0 && v->point == 0) || (i == v->point && i < 0))
            buf_char(out, '.');
        buf_char(out, i < 0 || i >= n ? '0' : v->digit[i]);
    }
}

static bool finish(struct digits *v, struct buf *out, unsigned *noticed)
{
    *noticed =
        (v->more ? SHORTEST_ROUNDED : 0) | (v->n > 0 && v->point > SHORTEST_DIGITS ? SHORTEST_LONG : 0);
    if (v->n > 0 && (v->point - 1 > LARGEST_EXPONENT || v->point - 1 < SMALLEST_EXPONENT))
        return false;
    round_digits(v);
    put(v, out);
    return true;
}

/* --- from text --- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits from s.p[*i] on, at least one. */
static bool take_exponent(struct slice s, size_t *i, int64_t *exponent)
{
    bool negative = *i < s.n && s.p[*i] == '-';
    int64_t e = 0;
    if (*i < s.n && (s.p[*i] == '-' || s.p[*i] == '+'))
        ++*i;
    if (*i == s.n)
        return false;
    for (; *i < s.n && is_digit(s.p[*i]); ++*i)
        e = e < 100000 ? e * 10 + (s.p[*i] - '0') : e; /* far beyond any number already */
    *exponent = negative ? -e : e;
    return true;
}

bool shortest_of_text(struct slice s, struct buf *out, unsigned *noticed)
{
    struct digits v = {0};
    size_t i = 0, from, whole, fraction = 0;
    int64_t exponent = 0, leading = 0;
    *noticed = 0;
    v.negative = s.n > 0 && s.p[0] == '-';
    if (s.n > 0 && (s.p[0] == '-' || s.p[0] == '+'))
        i++;
    for (from = i; i < s.n && is_digit(s.p[i]); i++)
        add_digit(&v, s.p[i]);
    whole = i - from;
    v.point = (int64_t)v.n;
    if (i < s.n && s.p[i] == '.') {
        for (from = ++i; i < s.n && is_digit(s.p[i]); i++) {
            leading += v.n == 0 && s.p[i] == '0';
            add_digit(&v, s.p[i]);
        }
        fraction = i - from;
        v.point = v.point == 0 ? -leading : v.point;
    }
    if (whole + fraction == 0)
        return false;
    if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
        i++;
        if (!take_exponent(s, &i, &exponent))
            return false;
    }
    v.point += exponent;
    return i == s.n && finish(&v, out, noticed);
}

/* --- from bits --- */

/* A whole number in limbs, the lowest first. */
struct whole {
    uint32_t limb[LIMBS];
    size_t n;
};

static void multiply(struct whole *w, uint32_t by)
{
    uint64_t carry = 0;
    for (size_t i = 0; i < w->n; i++) {
        carry += (uint64_t)w->limb[i] * by;
        w->limb[i] = (uint32_t)(carry % LIMB);
        carry /= LIMB;
    }
    for (; carry > 0; carry /= LIMB)
        w->limb[w->n++] = (uint32_t)(carry % LIMB);
}

static void multiply_power(struct whole *w, uint32_t base, uint32_t step, unsigned step_power, unsigned power)
{
    for (; power >= step_power; power -= step_power)
        multiply(w, step);
    while (power-- > 0)
        multiply(w, base);
}

static void take_limbs(const struct whole *w, struct digits *v)
{
    for (size_t i = w->n; i-- > 0;) {
        uint32_t place = LIMB / 10;
        for (int k = 0; k < LIMB_DIGITS; k++, place /= 10)
            add_digit(v, (char)('0' + w->limb[i] / place % 10));
    }
}

bool shortest_of_bits(uint64_t bits, struct buf *out, unsigned *noticed)
{
    enum { FRACTION_BITS = 52, EXPONENTS = 0x7ff, BIAS = 1075 };
    struct digits v = {.negative = bits >> 63};
    struct whole w = {.n = 1};
    unsigned ignored;
    int exponent = (int)(bits >> FRACTION_BITS & EXPONENTS);
    uint64_t m = bits & (((uint64_t)1 << FRACTION_BITS) - 1);
    if (exponent == EXPONENTS)
        return false;
    if (exponent > 0)
        m |= (uint64_t)1 << FRACTION_BITS;
    exponent = (exponent > 0 ? exponent : 1) - BIAS;
    for (; exponent < 0 && m > 0 && m % 2 == 0; exponent++) /* whole numbers become short ones */
        m /= 2;
    for (w.n = 0; m > 0; m /= LIMB)
        w.limb[w.n++] = (uint32_t)(m % LIMB);
    /* m * 2^-k is m * 5^k with the point moved by k places. */
    if (exponent >= 0)
        multiply_power(&w, 2, 1u << 29, 29, (unsigned)exponent);
    else
        multiply_power(&w, 5, 244140625, 12, (unsigned)-exponent);
    take_limbs(&w, &v);
    v.point = (int64_t)v.n + (exponent < 0 ? exponent : 0);
    if (!finish(&v, out, noticed ? noticed : &ignored))
        return false;
    if (noticed)
        *noticed &= (unsigned)~SHORTEST_ROUNDED;
    return true;
}
