/* SPDX-License-Identifier: MIT
 * natural: see natural.h. Schoolbook arithmetic on 64-bit limbs (Knuth, TAOCP 4.3.1); what fits 128 bits is
 * left to the processor. */
#include "lib/number/natural.h"

enum { LIMBS = NATURAL_LIMBS, LIMB_DIGITS = 19 };

static const uint64_t LIMB_TEN = 10000000000000000000u; /* 10^LIMB_DIGITS */

struct natural natural_of(u128 v)
{
    return (struct natural){{(uint64_t)v, (uint64_t)(v >> 64)}};
}

/* How many limbs v has without leading zeros. */
static unsigned length_of(const struct natural *v)
{
    unsigned n = LIMBS;
    while (n > 0 && v->limb[n - 1] == 0)
        n--;
    return n;
}

static u128 low_part(const struct natural *v)
{
    return (u128)v->limb[1] << 64 | v->limb[0];
}

static unsigned bits_of(const struct natural *v)
{
    unsigned n = length_of(v);
    return n ? 64 * n - (unsigned)__builtin_clzll(v->limb[n - 1]) : 0;
}

bool natural_add(struct natural a, struct natural b, struct natural *sum)
{
    unsigned carry = 0;
    for (unsigned i = 0; i < LIMBS; i++) {
        u128 t = (u128)a.limb[i] + b.limb[i] + carry;
        sum->limb[i] = (uint64_t)t;
        carry = (unsigned)(t >> 64);
    }
    return carry == 0;
}

struct natural natural_subtract(struct natural a, struct natural b)
{
    unsigned borrow = 0;
    for (unsigned i = 0; i < LIMBS; i++) {
        u128 t = (u128)a.limb[i] - b.limb[i] - borrow;
        a.limb[i] = (uint64_t)t;
        borrow = (unsigned)(t >> 64) & 1;
    }
    return a;
}

bool natural_multiply(struct natural a, struct natural b, struct natural *product)
{
    struct natural p = {{0}};
    unsigned na = length_of(&a), nb = length_of(&b);
    if (na + nb > LIMBS + 1) /* the product may have one limb less than both */
        return false;
    for (unsigned i = 0; i < na; i++) {
        uint64_t carry = 0;
        for (unsigned k = 0; k < nb; k++) {
            u128 t = (u128)a.limb[i] * b.limb[k] + p.limb[i + k] + carry;
            p.limb[i + k] = (uint64_t)t;
            carry = (uint64_t)(t >> 64);
        }
        if (i + nb < LIMBS)
            p.limb[i + nb] = carry;
        else if (carry)
            return false;
    }
    *product = p;
    return true;
}

int natural_compare(struct natural a, struct natural b)
{
    for (unsigned i = LIMBS; i-- > 0;)
        if (a.limb[i] != b.limb[i])
            return a.limb[i] > b.limb[i] ? 1 : -1;
    return 0;
}

/* v * 2^shift, 0 <= shift < 64; the limb that is shifted out is returned. */
static uint64_t shift_up(struct natural *v, unsigned shift)
{
    uint64_t out = 0;
    for (unsigned i = 0; shift && i < LIMBS; i++) {
        uint64_t limb = v->limb[i];
        v->limb[i] = limb << shift | out;
        out = limb >> (64 - shift);
    }
    return out;
}

static void shift_down(struct natural *v, unsigned shift)
{
    for (unsigned i = 0; shift && i < LIMBS; i++) {
        uint64_t above = i + 1 < LIMBS ? v->limb[i + 1] : 0;
        v->limb[i] = v->limb[i] >> shift | above << (64 - shift);
    }
}

static struct natural divide_small(struct natural a, uint64_t b, uint64_t *remainder)
{
    u128 rest = 0;
    for (unsigned i = LIMBS; i-- > 0;) {
        rest = rest << 64 | a.limb[i];
        a.limb[i] = rest ? (uint64_t)(rest / b) : 0;
        rest = rest % b;
    }
    *remainder = (uint64_t)rest;
    return a;
}

/* One limb of the quotient: top (n + 1 limbs from u on) divided by v (n limbs, its highest bit set). */
static uint64_t divide_step(uint64_t *u, const uint64_t *v, unsigned n)
{
    u128 top = (u128)u[n] << 64 | u[n - 1];
    u128 q = u[n] >= v[n - 1] ? UINT64_MAX : top / v[n - 1];
    u128 rest = top - q * v[n - 1];
    while (rest >> 64 == 0 && q * v[n - 2] > (rest << 64 | u[n - 2])) {
        q--;
        rest += v[n - 1];
    }
    uint64_t carry = 0, borrow = 0;
    for (unsigned i = 0; i <= n; i++) {
        u128 t = i < n ? q * v[i] + carry : carry;
        u128 d = (u128)u[i] - (uint64_t)t - borrow;
        u[i] = (uint64_t)d;
        carry = (uint64_t)(t >> 64);
        borrow = (uint64_t)(d >> 64) & 1;
    }
    if (!borrow)
        return (uint64_t)q;
    carry = 0; /* one too many: seldom, and never more than one */
    for (unsigned i = 0; i <= n; i++) {
        u128 t = (u128)u[i] + (i < n ? v[i] : 0) + carry;
        u[i] = (uint64_t)t;
        carry = (uint64_t)(t >> 64);
    }
    return (uint64_t)q - 1;
}

struct natural natural_divide(struct natural a, struct natural b, struct natural *remainder)
{
    unsigned na = length_of(&a), nb = length_of(&b);
    struct natural q = {{0}};
    *remainder = (struct natural){{0}};
    if (nb == 1)
        return divide_small(a, b.limb[0], &remainder->limb[0]);
    if (na <= 2 && nb <= 2) {
        *remainder = natural_of(low_part(&a) % low_part(&b));
        return natural_of(low_part(&a) / low_part(&b));
    }
    if (na < nb) {
        *remainder = a;
        return q;
    }
    unsigned shift = (unsigned)__builtin_clzll(b.limb[nb - 1]);
    uint64_t u[LIMBS + 1];
    (void)shift_up(&b, shift);
    u[LIMBS] = shift_up(&a, shift);
    memcpy(u, a.limb, sizeof a.limb);
    for (unsigned i = na - nb + 1; i-- > 0;)
        q.limb[i] = divide_step(u + i, b.limb, nb);
    memcpy(remainder->limb, u, nb * sizeof *u);
    shift_down(remainder, shift);
    return q;
}

static u128 root_small(u128 v)
{
    struct natural wide = natural_of(v);
    u128 next = (u128)1 << (bits_of(&wide) + 1) / 2, r;
    if (v == 0)
        return 0;
    do {
        r = next;
        next = (r + v / r) / 2;
    } while (next < r);
    return r;
}

/* The limbs moved up by `limbs`, those that leave lost. */
static struct natural limbs_up(struct natural v, unsigned limbs)
{
    struct natural up = {{0}};
    for (unsigned i = limbs; i < LIMBS; i++)
        up.limb[i] = v.limb[i - limbs];
    return up;
}

static struct natural limbs_down(struct natural v, unsigned limbs)
{
    struct natural down = {{0}};
    for (unsigned i = limbs; i < LIMBS; i++)
        down.limb[i - limbs] = v.limb[i];
    return down;
}

/* Newton's method from above, which falls until it has arrived. It begins with the root of the highest 64
 * bits, so that every step doubles many right ones. */
struct natural natural_root(struct natural a)
{
    unsigned bits = bits_of(&a);
    if (bits <= 126)
        return natural_of(root_small(low_part(&a)));
    unsigned half = (bits - 64) / 2;
    struct natural high = limbs_down(a, half / 32), next, rest;
    shift_down(&high, half % 32 * 2);
    struct natural r = natural_of(root_small(low_part(&high)) + 1);
    (void)shift_up(&r, half % 64);
    r = limbs_up(r, half / 64);
    for (;;) {
        bool fits = natural_add(r, natural_divide(a, r, &rest), &next); /* below 2^258 */
        shift_down(&next, 1);
        if (!fits || natural_compare(next, r) >= 0)
            return r;
        r = next;
    }
}

static struct natural power_of_ten(unsigned n)
{
    return natural_of((u128)dec_pow10(n)); /* n <= 36 */
}

static bool to_decimal(struct natural v, unsigned digits, struct dec *out)
{
    *out = (struct dec){(i128)low_part(&v), digits};
    return bits_of(&v) <= 127;
}

/* With r the root of the whole part, the exact root rounds up when it is at least r + 1/2: when
 * (2r + 1)^2 den <= 4 num. */
bool natural_ratio_root(struct natural num, struct natural den, unsigned digits, struct dec *out)
{
    struct natural rest, middle, right, left;
    if (!natural_multiply(num, power_of_ten(2 * digits), &num))
        return false;
    struct natural r = natural_root(natural_divide(num, den, &rest));
    if (!natural_multiply(r, natural_of(2), &middle) || !natural_add(middle, natural_of(1), &middle) ||
        !natural_multiply(num, natural_of(4), &right))
        return false;
    /* What does not fit is above 4 num, which does. */
    bool up = natural_multiply(middle, middle, &left) && natural_multiply(left, den, &left) &&
              natural_compare(left, right) <= 0;
    return (!up || natural_add(r, natural_of(1), &r)) && to_decimal(r, digits, out);
}

bool natural_fraction(struct natural num, struct natural den, struct rat *out)
{
    struct natural a = num, b = den, rest;
    while (length_of(&b) > 0) {
        (void)natural_divide(a, b, &rest);
        a = b;
        b = rest;
    }
    num = natural_divide(num, a, &rest);
    den = natural_divide(den, a, &rest);
    *out = (struct rat){(i128)low_part(&num), (i128)low_part(&den)};
    return bits_of(&num) <= 127 && bits_of(&den) <= 127;
}

void natural_print(struct buf *b, struct natural v)
{
    char text[(LIMBS + 1) * LIMB_DIGITS + 1];
    size_t at = sizeof text;
    do {
        uint64_t part;
        v = divide_small(v, LIMB_TEN, &part);
        bool more = length_of(&v) > 0;
        for (unsigned i = 0; i < LIMB_DIGITS && (more || part || i == 0); i++, part /= 10)
            text[--at] = (char)('0' + (int)(part % 10));
    } while (length_of(&v) > 0);
    buf_add(b, text + at, sizeof text - at);
}

bool natural_parse(struct slice s, struct natural *v)
{
    *v = (struct natural){{0}};
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || !natural_multiply(*v, natural_of(10), v) ||
            !natural_add(*v, natural_of((u128)(s.p[i] - '0')), v))
            return false;
    }
    return s.n > 0;
}
