/* SPDX-License-Identifier: MIT
 * decimal: parsing, printing and scaling of exact decimals. */
#include "lib/number/decimal.h"

#include "lib/number/decimal_write.h"
#include "lib/number/wide.h"

const uint64_t DEC_POWERS[20] = {1u,
                                 10u,
                                 100u,
                                 1000u,
                                 10000u,
                                 100000u,
                                 1000000u,
                                 10000000u,
                                 100000000u,
                                 1000000000u,
                                 10000000000u,
                                 100000000000u,
                                 1000000000000u,
                                 10000000000000u,
                                 100000000000000u,
                                 1000000000000000u,
                                 10000000000000000u,
                                 100000000000000000u,
                                 1000000000000000000u,
                                 10000000000000000000u};

i128 dec_pow10(unsigned n)
{
    i128 power = (i128)DEC_POWERS[n < 18 ? n : 18];
    for (; n > 18; n--)
        power *= 10;
    return power;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Where the digits of a plain decimal are: [0, whole) before the point, fraction digits after it. */
struct shape {
    const char *digits;
    size_t whole, fraction;
    bool negative;
};

static bool find_shape(struct slice s, struct shape *shape)
{
    const char *p = s.p, *end = s.p + s.n;
    shape->negative = s.n > 0 && *p == '-';
    p += shape->negative;
    shape->digits = p;
    while (p < end && is_digit(*p))
        p++;
    shape->whole = (size_t)(p - shape->digits);
    shape->fraction = 0;
    if (shape->whole == 0)
        return false;
    if (p == end)
        return true;
    if (*p++ != '.')
        return false;
    const char *first = p;
    while (p < end && is_digit(*p))
        p++;
    shape->fraction = (size_t)(p - first);
    return p == end && shape->fraction > 0;
}

enum dec_error dec_parse(struct slice s, struct dec *out)
{
    struct shape shape;
    if (!find_shape(s, &shape))
        return DEC_NOT_A_NUMBER;
    size_t digits = shape.whole + shape.fraction;
    if (shape.fraction > DEC_MAX_SCALE || digits > DEC_MAX_DIGITS)
        return DEC_TOO_LONG;
    uint64_t small = 0;
    u128 units = 0;
    const char *p = shape.digits;
    for (size_t i = 0; i < digits; i++, p++) {
        if (i == shape.whole)
            p++;
        if (i == 18) {
            units = small;
            small = 0;
        }
        small = small * 10 + (uint64_t)(*p - '0');
    }
    units = digits > 18 ? units * DEC_POWERS[digits - 18] + small : small;
    out->units = shape.negative ? -(i128)units : (i128)units;
    out->scale = (unsigned)shape.fraction;
    return DEC_OK;
}

/* Eight digits at once: neighbours are joined to pairs, fours, an eight (the bytes are little-endian). */
static bool eight_digits(const char *p, uint64_t *value)
{
    uint64_t w;
    memcpy(&w, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w = __builtin_bswap64(w);
#endif
    uint64_t high = 0xf0f0f0f0f0f0f0f0u, three = 0x3030303030303030u;
    if ((w & high) != three || ((w + 0x0606060606060606u) & high) != three)
        return false;
    w &= 0x0f0f0f0f0f0f0f0fu;
    w = (w * 10 + (w >> 8)) & 0x00ff00ff00ff00ffu;
    w = (w * 100 + (w >> 16)) & 0x0000ffff0000ffffu;
    *value = (w * 10000 + (w >> 32)) & 0xffffffffu;
    return true;
}

/* At most 18 digits, so that no step can overflow. */
static bool digits_value(const char *p, size_t n, uint64_t *value)
{
    uint64_t v = *value, eight;
    while (n >= 8) {
        if (!eight_digits(p, &eight))
            return false;
        v = v * 100000000u + eight;
        p += 8;
        n -= 8;
    }
    for (; n > 0; n--, p++) {
        if (!is_digit(*p))
            return false;
        v = v * 10 + (uint64_t)(*p - '0');
    }
    *value = v;
    return true;
}

bool dec_parse_scaled(struct slice s, unsigned scale, int64_t *units)
{
    bool negative = s.n > 0 && s.p[0] == '-';
    const char *p = s.p + negative;
    size_t n = s.n - negative;
    const char *point = n ? memchr(p, '.', n) : NULL;
    size_t whole = point ? (size_t)(point - p) : n;
    size_t fraction = point ? n - whole - 1 : 0;
    uint64_t v = 0;
    if (whole == 0 || (point && fraction == 0) || fraction > scale || scale > DEC_MAX_SCALE)
        return false;
    if (whole + scale <= 18) {
        if (!digits_value(p, whole, &v) || (point && !digits_value(point + 1, fraction, &v)))
            return false;
        v *= DEC_POWERS[scale - fraction];
        *units = negative ? -(int64_t)v : (int64_t)v;
        return true;
    }
    struct dec d;
    if (dec_parse(s, &d) != DEC_OK || !dec_rescale(&d, scale) || d.units > INT64_MAX || d.units < INT64_MIN)
        return false;
    *units = (int64_t)d.units;
    return true;
}

bool dec_rescale(struct dec *v, unsigned scale)
{
    i128 units;
    if (scale > DEC_MAX_SCALE)
        return false;
    if (scale >= v->scale) {
        if (__builtin_mul_overflow(v->units, dec_pow10(scale - v->scale), &units))
            return false;
    } else {
        i128 power = dec_pow10(v->scale - scale);
        units = v->units / power;
        if (units * power != v->units)
            return false;
    }
    *v = (struct dec){units, scale};
    return true;
}

bool dec_add(struct dec a, struct dec b, struct dec *sum)
{
    unsigned scale = a.scale > b.scale ? a.scale : b.scale;
    if (!dec_rescale(&a, scale) || !dec_rescale(&b, scale))
        return false;
    sum->scale = scale;
    return !__builtin_add_overflow(a.units, b.units, &sum->units);
}

bool dec_subtract(struct dec a, struct dec b, struct dec *difference)
{
    return i128_signed(i128_magnitude(b.units), b.units > 0, &b.units) && dec_add(a, b, difference);
}

bool dec_multiply(struct dec a, struct dec b, struct dec *product)
{
    product->scale = a.scale + b.scale;
    return product->scale <= DEC_MAX_SCALE && !__builtin_mul_overflow(a.units, b.units, &product->units);
}

bool dec_divide(struct dec a, struct dec b, unsigned digits, enum rounding mode, struct dec *quotient)
{
    u128 x = i128_magnitude(a.units), y = i128_magnitude(b.units), divisor;
    bool negative = (a.units < 0) != (b.units < 0);
    unsigned up = b.scale + digits, down = a.scale;
    quotient->scale = digits;
    if (up >= down)
        return rounded_quotient(x, (u128)dec_pow10(up - down), y, negative, mode, &quotient->units);
    u128 power = (u128)dec_pow10(down - up);
    if (!__builtin_mul_overflow(y, power, &divisor) && divisor <= (u128)I128_MAX)
        return rounded_quotient(x, 1, divisor, negative, mode, &quotient->units);
    /* A divisor that large leaves less than one. */
    int half = wide_compare(wide_product(x, 2), wide_product(y, power));
    quotient->units = rounds_up(mode, x == 0, half, false, negative) ? (negative ? -1 : 1) : 0;
    return true;
}

bool dec_round(struct dec v, unsigned digits, enum rounding mode, struct dec *out)
{
    *out = v;
    if (digits >= v.scale)
        return dec_rescale(out, digits);
    out->scale = digits;
    return rounded_quotient(i128_magnitude(v.units), 1, (u128)dec_pow10(v.scale - digits), v.units < 0, mode,
                            &out->units);
}

int dec_compare(struct dec a, struct dec b)
{
    /* Whole parts first: bringing both to one scale could overflow. */
    i128 pa = dec_pow10(a.scale), pb = dec_pow10(b.scale);
    i128 wa = a.units / pa, wb = b.units / pb;
    if (wa != wb)
        return wa > wb ? 1 : -1;
    i128 fa = a.units % pa * pb, fb = b.units % pb * pa;
    return (fa > fb) - (fa < fb);
}

void dec_print(struct buf *b, struct dec v)
{
    char text[DEC_WRITE_ROOM];
    buf_add(b, text, (size_t)(dec_write(text, v) - text));
}

bool dec_shift(struct dec *v, int shift)
{
    int scale = (int)v->scale - shift;
    i128 units = v->units;
    if (scale > DEC_MAX_SCALE)
        return false;
    if (scale < 0) {
        if (-scale > DEC_MAX_DIGITS || __builtin_mul_overflow(units, dec_pow10((unsigned)-scale), &units))
            return false;
        scale = 0;
    }
    *v = (struct dec){units, (unsigned)scale};
    return true;
}
