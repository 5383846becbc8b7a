/* SPDX-License-Identifier: MIT
 * decimal_write_sse: sixteen digits at once, from registers: what is written is never read back, which would
 * stall on stores that are still on their way. */
#include "lib/number/decimal_write.h"

#ifdef __x86_64__

#include <smmintrin.h>

#include "lib/base/target.h"

TARGET("sse4.1")

bool dec_write_has_sse(void)
{
    return __builtin_cpu_supports("sse4.1") != 0;
}

/* Sixteen bytes from SHIFT + k bring byte k to the front. */
static const unsigned char SHIFT[32] = {0,    1,    2,    3,    4,    5,    6,    7,    8,    9,    10,
                                        11,   12,   13,   14,   15,   0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
                                        0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80};

static inline __m128i from(__m128i digits, unsigned k)
{
    return _mm_shuffle_epi8(digits, _mm_loadu_si128((const __m128i *)(const void *)(SHIFT + k)));
}

/* m < 10^16 as sixteen digits of value 0 to 9, the highest first: eights, fours, pairs and digits are divided
 * off side by side, by multiplications that are exact in their ranges. */
static inline __m128i sixteen_digits(uint64_t m)
{
    uint64_t high = m / 100000000;
    __m128i eight = _mm_set_epi64x((int64_t)(m - high * 100000000), (int64_t)high);
    __m128i four = _mm_srli_epi64(_mm_mul_epu32(eight, _mm_set1_epi64x(0xd1b71759)), 45);
    __m128i rest = _mm_sub_epi64(eight, _mm_mul_epu32(four, _mm_set1_epi64x(10000)));
    __m128i fours = _mm_or_si128(four, _mm_slli_epi64(rest, 32));
    __m128i two = _mm_srli_epi16(_mm_mulhi_epu16(fours, _mm_set1_epi16(5243)), 3);
    __m128i twos = _mm_or_si128(
        two, _mm_slli_epi32(_mm_sub_epi16(fours, _mm_mullo_epi16(two, _mm_set1_epi16(100))), 16));
    __m128i ten = _mm_mulhi_epu16(twos, _mm_set1_epi16(6554));
    return _mm_or_si128(ten,
                        _mm_slli_epi16(_mm_sub_epi16(twos, _mm_mullo_epi16(ten, _mm_set1_epi16(10))), 8));
}

char *dec_write_sse(char *p, int64_t units, unsigned scale)
{
    uint64_t m = units < 0 ? -(uint64_t)units : (uint64_t)units;
    if (m >= 10000000000000000 || scale >= 16)
        return dec_write_portable(p, units, scale);
    __m128i digits = sixteen_digits(m);
    unsigned zeros = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(digits, _mm_setzero_si128()));
    unsigned leading = (unsigned)__builtin_ctz(~zeros | 0x8000); /* the last digit always stands */
    unsigned first = leading < 15 - scale ? leading : 15 - scale;
    digits = _mm_or_si128(digits, _mm_set1_epi8('0'));
    *p = '-';
    p += units < 0;
    _mm_storeu_si128((__m128i *)(void *)p, from(digits, first));
    p += 16 - first - scale;
    if (scale == 0)
        return p;
    *p = '.';
    _mm_storeu_si128((__m128i *)(void *)(p + 1), from(digits, 16 - scale));
    return p + 1 + scale;
}

TARGET_END

#else

bool dec_write_has_sse(void)
{
    return false;
}

char *dec_write_sse(char *p, int64_t units, unsigned scale)
{
    return dec_write_portable(p, units, scale);
}

#endif
