/* SPDX-License-Identifier: MIT
 * binary64: see binary64.h. The decimal is a fraction of two whole numbers; dividing them bit by bit gives
 * the first 64 bits of the quotient and whether anything is left, which is all that rounding needs. */
#include "lib/number/binary64.h"

#include "lib/number/wide.h"

enum {
    LIMB_BITS = 64,
    /* The longest is 5^1170, of 2717 bits, with 64 more for the quotient and one to shift; 770 digits have
       2558. */
    LIMBS = 44,       /* 2816 bits */
    FARTHEST = 400,   /* beyond 10^400, and below 10^-400, all is infinite, or 0 */
    SMALLEST = -1074, /* 2^-1074 is the smallest number, and the step between those below 2^-1021 */
};

/* limb[0, n), the lowest first, the highest not 0. */
struct whole {
    uint64_t limb[LIMBS];
    size_t n;
};

static void multiply_add(struct whole *w, uint64_t by, uint64_t add)
{
    u128 carry = add;
    for (size_t i = 0; i < w->n; i++) {
        carry += (u128)w->limb[i] * by;
        w->limb[i] = (uint64_t)carry;
        carry >>= LIMB_BITS;
    }
    if (carry)
        w->limb[w->n++] = (uint64_t)carry;
}

static void multiply_power_of_5(struct whole *w, unsigned power)
{
    enum { STEP = 27 };
    const uint64_t step = 7450580596923828125; /* 5^27 */
    for (; power >= STEP; power -= STEP)
        multiply_add(w, step, 0);
    uint64_t rest = 1;
    while (power-- > 0)
        rest *= 5;
    multiply_add(w, rest, 0);
}

static int bits_of(const struct whole *w)
{
    return (int)w->n * LIMB_BITS - __builtin_clzll(w->limb[w->n - 1]);
}

static void shift_left(struct whole *w, unsigned by)
{
    size_t limbs = by / LIMB_BITS;
    unsigned bits = by % LIMB_BITS;
    uint64_t carry = 0;
    for (size_t i = 0; bits && i < w->n; i++) {
        uint64_t limb = w->limb[i];
        w->limb[i] = limb << bits | carry;
        carry = limb >> (LIMB_BITS - bits);
    }
    if (carry)
        w->limb[w->n++] = carry;
    if (limbs == 0)
        return;
    memmove(w->limb + limbs, w->limb, w->n * sizeof *w->limb);
    memset(w->limb, 0, limbs * sizeof *w->limb);
    w->n += limbs;
}

/* Whether a >= b; a has as many limbs as b or more. */
static bool reaches(const struct whole *a, const struct whole *b)
{
    for (size_t i = a->n; i-- > 0;) {
        uint64_t of_b = i < b->n ? b->limb[i] : 0;
        if (a->limb[i] != of_b)
            return a->limb[i] > of_b;
    }
    return true;
}

/* a -= b; a keeps its limbs, so that it may have zeros above. */
static void subtract(struct whole *a, const struct whole *b)
{
    uint64_t borrow = 0;
    for (size_t i = 0; i < a->n; i++) {
        uint64_t of_a = a->limb[i], of_b = i < b->n ? b->limb[i] : 0;
        a->limb[i] = of_a - of_b - borrow;
        borrow = of_a < of_b || (of_a == of_b && borrow);
    }
}

/* a := 2a, which must not reach a bit above its limbs but for one limb more. */
static void shift_one(struct whole *a)
{
    uint64_t carry = 0;
    for (size_t i = 0; i < a->n; i++) {
        uint64_t limb = a->limb[i];
        a->limb[i] = limb << 1 | carry;
        carry = limb >> (LIMB_BITS - 1);
    }
    if (carry)
        a->limb[a->n++] = carry;
}

/* The first 64 bits of a / b, at least 63 of them, times 2^*exponent; *rest: the quotient has more. */
static uint64_t divide(struct whole *a, struct whole *b, int *exponent, bool *rest)
{
    int shift = bits_of(b) - bits_of(a) + LIMB_BITS - 1;
    uint64_t quotient = 0;
    /* The quotient of a * 2^shift and b lies between 2^62 and 2^64: take it from the highest bit on. */
    shift_left(b, LIMB_BITS - 1);
    if (shift >= 0)
        shift_left(a, (unsigned)shift);
    else
        shift_left(b, (unsigned)-shift);
    while (a->n < b->n)
        a->limb[a->n++] = 0;
    for (int i = 0; i < LIMB_BITS; i++) {
        bool one = reaches(a, b);
        if (one)
            subtract(a, b);
        quotient = quotient << 1 | one;
        shift_one(a);
    }
    *exponent = -shift;
    *rest = false;
    for (size_t i = 0; i < a->n && !*rest; i++)
        *rest = a->limb[i] != 0;
    return quotient;
}

/* The bits of the number nearest to q * 2^exponent, q >= 2^62 and a bit more when there is a rest. */
static uint64_t rounded(uint64_t q, int exponent, bool rest)
{
    enum { BITS = BINARY64_FRACTION_BITS + 1, LARGEST = 971 /* (2^53 - 1) * 2^971 is the largest number */ };
    int drop = LIMB_BITS - __builtin_clzll(q) - BITS;
    if (exponent + drop < SMALLEST)
        drop = SMALLEST - exponent;
    if (drop > LIMB_BITS)
        return 0;
    uint64_t kept = drop < LIMB_BITS ? q >> drop : 0, half = (uint64_t)1 << (drop - 1);
    bool more = rest || (q & (half - 1)) != 0;
    if (q & half && (more || kept & 1))
        kept++;
    int scale = exponent + drop;
    if (kept >> BITS) {
        kept >>= 1;
        scale++;
    }
    if (scale > LARGEST)
        return BINARY64_INFINITY;
    /* Those below 2^-1022 have the exponent 0 and no hidden bit; a hidden bit added to it makes it 1. */
    return kept + ((uint64_t)(scale - SMALLEST) << BINARY64_FRACTION_BITS);
}

uint64_t binary64_nearest(const char *digit, size_t n, bool more, int64_t point)
{
    enum { CHUNK = 18 };
    struct whole a = {.n = 0}, b = {.limb = {1}, .n = 1};
    bool rest;
    int exponent;
    if (point > FARTHEST || point < -FARTHEST)
        return point > 0 ? BINARY64_INFINITY : 0;
    for (size_t i = 0; i < n;) {
        uint64_t chunk = 0, power = 1;
        for (int k = 0; k < CHUNK && i < n; k++, i++, power *= 10)
            chunk = chunk * 10 + (uint64_t)(digit[i] - '0');
        multiply_add(&a, power, chunk);
    }
    int64_t scale = point - (int64_t)n; /* a * 10^scale */
    multiply_power_of_5(scale < 0 ? &b : &a, (unsigned)(scale < 0 ? -scale : scale));
    uint64_t q = divide(&a, &b, &exponent, &rest);
    return rounded(q, exponent + (int)scale, rest || more);
}
