/* SPDX-License-Identifier: MIT
 * decimal_write: see decimal_write.h. */
#include "lib/number/decimal_write.h"

#include "lib/number/wide.h"

/* Eight digits of v < 10^8, leading zeros too: fours, pairs and digits are divided off side by side in one
 * word (the products are exact for their ranges), the first digit in its lowest byte. */
static inline uint64_t eight_digits(uint64_t v)
{
    uint64_t four = v / 10000 | (v % 10000) << 32;
    uint64_t hundreds = ((four * 10486) >> 20) & 0x0000007f0000007fu;
    uint64_t two = hundreds | (four - hundreds * 100) << 16;
    uint64_t tens = ((two * 103) >> 10) & 0x000f000f000f000fu;
    return (tens | (two - tens * 10) << 8) + 0x3030303030303030u;
}

static inline void store_digits(char *p, uint64_t v)
{
    uint64_t word = eight_digits(v);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    memcpy(p, &word, 8);
}

/* How many digits v has, none for 0: a bit count estimates, one comparison settles. */
static inline unsigned count_digits(uint64_t v)
{
    unsigned bits = 64 - (unsigned)__builtin_clzll(v | 1);
    unsigned least = (bits * 1233) >> 12; /* log10(2) = 0.30103 */
    return least + (v >= DEC_POWERS[least]);
}

char *dec_write_portable(char *p, int64_t units, unsigned scale)
{
    enum { EIGHT = 100000000, DIGITS = 24 };
    char digits[2 * DIGITS]; /* zero-padded; the second half is never looked at, only copied */
    uint64_t m = units < 0 ? -(uint64_t)units : (uint64_t)units;
    uint64_t high = m / EIGHT;
    if (high < EIGHT) {
        memset(digits, '0', 8);
        store_digits(digits + 8, high);
    } else {
        store_digits(digits, high / EIGHT);
        store_digits(digits + 8, high % EIGHT);
    }
    store_digits(digits + 16, m % EIGHT);
    unsigned n = count_digits(m);
    n = n > scale ? n : scale + 1;
    *p = '-';
    p += units < 0;
    memcpy(p, digits + DIGITS - n, DIGITS);
    if (scale == 0)
        return p + n;
    p += n - scale;
    *p = '.';
    memcpy(p + 1, digits + DIGITS - scale, DIGITS);
    return p + 1 + scale;
}

dec_writer *dec_units_writer(void)
{
    return dec_write_has_sse() ? dec_write_sse : dec_write_portable;
}

char *dec_write_units(char *p, int64_t units, unsigned scale)
{
    return dec_units_writer()(p, units, scale);
}

char *dec_write(char *p, struct dec v)
{
    if (v.units >= -INT64_MAX && v.units <= INT64_MAX)
        return dec_write_units(p, (int64_t)v.units, v.scale);
    char text[DEC_WRITE_ROOM];
    size_t at = sizeof text;
    unsigned written = 0;
    for (u128 units = i128_magnitude(v.units); units > 0; units /= 10) {
        text[--at] = (char)('0' + (int)(units % 10));
        if (++written == v.scale)
            text[--at] = '.';
    }
    if (v.units < 0)
        text[--at] = '-';
    memcpy(p, text + at, sizeof text - at);
    return p + (sizeof text - at);
}
