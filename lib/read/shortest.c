/* SPDX-License-Identifier: MIT
 * shortest: see shortest.h. */
#include "lib/read/shortest.h"

#include "lib/number/binary64.h"

enum {
    LIMB = 1000000000, /* nine decimal digits */
    LIMB_DIGITS = 9,
    LIMBS = 90 /* the longest number, 2^-1074 and all its digits, has 767 of them */
};

/* Digits without zeros in front; the point stands before digit `point`, or as many zeros further left. */
struct digits {
    char digit[SHORTEST_DIGITS + 2]; /* two more than are shown, to round by */
    size_t n;
    int64_t point;
    bool negative;
    bool more; /* digits behind the 15th that are not 0 */
    bool rest; /* behind the 16th */
};

static void add_digit(struct digits *v, char c)
{
    if (v->n == 0 && c == '0')
        return;
    if (v->n < sizeof v->digit)
        v->digit[v->n] = c;
    if (c != '0') {
        v->more = v->more || v->n >= SHORTEST_DIGITS;
        v->rest = v->rest || v->n > SHORTEST_DIGITS;
    }
    v->n++;
}

/* Whether the digits behind the 15th are more than a half, or a half behind an odd digit. */
static bool rounds_up(const struct digits *v)
{
    if (v->n <= SHORTEST_DIGITS || v->digit[SHORTEST_DIGITS] != '5')
        return v->n > SHORTEST_DIGITS && v->digit[SHORTEST_DIGITS] > '5';
    return v->rest || (v->digit[SHORTEST_DIGITS - 1] - '0') % 2 == 1;
}

/* To 15 digits, halves to even, and without zeros at the end. v->point is settled by then. */
static void round_digits(struct digits *v)
{
    size_t n = v->n > SHORTEST_DIGITS ? SHORTEST_DIGITS : v->n;
    if (rounds_up(v)) {
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

static void finish(struct digits *v, struct buf *out, unsigned *noticed)
{
    *noticed =
        (v->more ? SHORTEST_ROUNDED : 0) | (v->n > 0 && v->point > SHORTEST_DIGITS ? SHORTEST_LONG : 0);
    round_digits(v);
    put(v, out);
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
        e = e < 10000000 ? e * 10 + (s.p[*i] - '0') : e; /* far beyond any number already */
    *exponent = negative ? -e : e;
    return true;
}

/* The number as it is stated: its digits and where the point stands. false: it is none. */
static bool take_apart(struct slice s, struct digits *v)
{
    size_t i = 0, from, whole, fraction = 0;
    int64_t exponent = 0, leading = 0;
    v->negative = s.n > 0 && s.p[0] == '-';
    if (s.n > 0 && (s.p[0] == '-' || s.p[0] == '+'))
        i++;
    for (from = i; i < s.n && is_digit(s.p[i]); i++)
        add_digit(v, s.p[i]);
    whole = i - from;
    v->point = (int64_t)v->n;
    if (i < s.n && s.p[i] == '.') {
        for (from = ++i; i < s.n && is_digit(s.p[i]); i++) {
            leading += v->n == 0 && s.p[i] == '0';
            add_digit(v, s.p[i]);
        }
        fraction = i - from;
        v->point = v->point == 0 ? -leading : v->point;
    }
    if (whole + fraction == 0)
        return false;
    if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
        i++;
        if (!take_exponent(s, &i, &exponent))
            return false;
    }
    v->point += exponent;
    return i == s.n;
}

/* Whether the number of 8 bytes nearest to v has the 15 digits of v itself. 15 digits survive in it as long
 * as it has all its bits, from 1e-307 on. Of more digits it is at most 2^-53 of itself away, 0.112 units of
 * the 15th digit: so both are rounded alike unless the digits behind the 15th are nearer than that to a half.
 * Nor does a number just below a power of ten matter: 15 nines are 0.5 units of the digit behind them away.
 */
static bool stands(const struct digits *v)
{
    enum { SURE = 307, NEAR = 38, FAR = 62 };
    if (v->point > SURE || v->point < -SURE + 1)
        return v->n == 0;
    if (!v->more)
        return true;
    int tail = (v->digit[SHORTEST_DIGITS] - '0') * 10;
    tail += v->n > SHORTEST_DIGITS + 1 ? v->digit[SHORTEST_DIGITS + 1] - '0' : 0;
    return tail < NEAR || tail >= FAR;
}

/* The bits nearest to a number that was taken apart, by its digits again, more of them. */
static uint64_t nearest_bits(struct slice s, const struct digits *v)
{
    char digit[BINARY64_DIGITS];
    size_t n = 0;
    bool more = false;
    for (size_t i = 0; i < s.n && s.p[i] != 'e' && s.p[i] != 'E'; i++) {
        if (!is_digit(s.p[i]) || (n == 0 && s.p[i] == '0'))
            continue;
        if (n < sizeof digit)
            digit[n++] = s.p[i];
        else
            more = more || s.p[i] != '0';
    }
    return binary64_nearest(digit, n, more, v->point) | (uint64_t)v->negative << 63;
}

bool shortest_of_text(struct slice s, struct buf *out, unsigned *noticed)
{
    struct digits v = {0};
    *noticed = 0;
    if (!take_apart(s, &v))
        return false;
    if (stands(&v)) {
        finish(&v, out, noticed);
        return true;
    }
    bool good = shortest_of_bits(nearest_bits(s, &v), out, noticed);
    *noticed |= good && (v.more || v.point < 0) ? SHORTEST_ROUNDED : 0;
    return good;
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
    enum { FRACTION_BITS = BINARY64_FRACTION_BITS, EXPONENTS = 0x7ff, BIAS = 1075 };
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
    finish(&v, out, noticed ? noticed : &ignored);
    if (noticed)
        *noticed &= (unsigned)~SHORTEST_ROUNDED;
    return true;
}
