/* SPDX-License-Identifier: MIT
 * decimal_column_sse: a decimal of up to sixteen characters in about thirty instructions and no branch that
 * depends on where its point stands. The sixteen bytes that end with the field are loaded, what stands before
 * it is made zero, a shuffle closes the gap of the point, and three multiply-add steps join the digits. */
#include "lib/number/decimal_column.h"

#ifdef __x86_64__

#include <smmintrin.h>

#include "lib/base/target.h"

TARGET("sse4.1")

bool dec_column_has_sse(void)
{
    return __builtin_cpu_supports("sse4.1") != 0;
}

/* Sixteen bytes from KEEP + n keep the last n of sixteen. */
static const unsigned char KEEP[32] = {0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,
                                       0,    0,    0,    0,    0,    0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                       0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

/* How sixteen bytes are shuffled when byte k - 1 is the point, which is left out; as they are for k == 0. */
#define AT(k, i) (unsigned char)((i) >= (k) ? (i) : (i) > 0 ? (i)-1 : 0x80)
#define GAP(k)                                                                                               \
    {                                                                                                        \
        AT(k, 0), AT(k, 1), AT(k, 2), AT(k, 3), AT(k, 4), AT(k, 5), AT(k, 6), AT(k, 7), AT(k, 8), AT(k, 9),  \
            AT(k, 10), AT(k, 11), AT(k, 12), AT(k, 13), AT(k, 14), AT(k, 15)                                 \
    }
static const unsigned char CLOSE[17][16] = {GAP(0),  GAP(1),  GAP(2),  GAP(3),  GAP(4),  GAP(5),
                                            GAP(6),  GAP(7),  GAP(8),  GAP(9),  GAP(10), GAP(11),
                                            GAP(12), GAP(13), GAP(14), GAP(15), GAP(16)};

/* The powers of ten, and the largest number whose product with each fits. */
#define TEN(n) 1##n##u, INT64_MAX / 1##n##u
static const struct {
    uint64_t power, most;
} TENS[DEC_MAX_SCALE + 1] = {{TEN()},
                             {TEN(0)},
                             {TEN(00)},
                             {TEN(000)},
                             {TEN(0000)},
                             {TEN(00000)},
                             {TEN(000000)},
                             {TEN(0000000)},
                             {TEN(00000000)},
                             {TEN(000000000)},
                             {TEN(0000000000)},
                             {TEN(00000000000)},
                             {TEN(000000000000)},
                             {TEN(0000000000000)},
                             {TEN(00000000000000)},
                             {TEN(000000000000000)},
                             {TEN(0000000000000000)},
                             {TEN(00000000000000000)},
                             {TEN(000000000000000000)}};

/* What the place k of the point decides. */
struct point {
    uint64_t power, most; /* the digits times power are the units, and fit up to most */
    size_t least; /* characters the field must have; more than there can be when the point is misplaced */
};

static void prepare(struct point *p, unsigned places, unsigned scale)
{
    for (unsigned k = 0; k <= 16; k++) {
        unsigned fraction = k ? 16 - k : 0;
        bool fit = k == 0 || (fraction > 0 && fraction <= places);
        p[k].power = fit ? TENS[scale - fraction].power : 0;
        p[k].most = fit ? TENS[scale - fraction].most : 0;
        p[k].least = !fit ? SIZE_MAX : k ? fraction + 2 : 1;
    }
}

static inline __m128i load(const void *p)
{
    return _mm_loadu_si128((const __m128i *)p);
}

/* Sixteen digits, the first the highest, as a number. */
static inline uint64_t join(__m128i digits)
{
    __m128i two = _mm_maddubs_epi16(digits, _mm_set1_epi16(1 << 8 | 10));
    __m128i four = _mm_madd_epi16(two, _mm_set1_epi32(1 << 16 | 100));
    __m128i eight = _mm_madd_epi16(_mm_packus_epi32(four, four), _mm_set1_epi32(1 << 16 | 10000));
    uint64_t both = (uint64_t)_mm_cvtsi128_si64(eight);
    return (both & UINT32_MAX) * 100000000 + (both >> 32);
}

/* The digits of the n characters (1 to 16) before end, and the place k of the point among them; false when
 * one of them is no digit. */
static inline bool digits_before(const char *end, size_t n, uint64_t *digits, unsigned *k)
{
    __m128i keep = load(KEEP + n), text = load(end - 16);
    __m128i is_point = _mm_and_si128(_mm_cmpeq_epi8(text, _mm_set1_epi8('.')), keep);
    unsigned points = (unsigned)_mm_movemask_epi8(is_point);
    *k = 31 - (unsigned)__builtin_clz(points << 1 | 1);
    __m128i x = _mm_and_si128(_mm_sub_epi8(text, _mm_set1_epi8('0')), keep);
    x = _mm_shuffle_epi8(x, load(CLOSE[*k]));
    __m128i over = _mm_subs_epu8(x, _mm_set1_epi8(9));
    *digits = join(x);
    return _mm_testz_si128(over, over);
}

void dec_parse_column_sse(struct fields f, unsigned places, unsigned scale, int64_t *units)
{
    struct point point[17];
    prepare(point, places, scale);
    const uint32_t *sep = f.sep;
    for (size_t i = 0; i < f.n; i++, sep += f.stride) {
        uint32_t start = sep[-1] + 1, end = sep[0];
        bool negative = f.base[start] == '-';
        size_t length = end - start - negative;
        uint64_t digits = 0;
        unsigned k = 0;
        if (length - 1 < 16 && digits_before(f.base + end, length, &digits, &k) && length >= point[k].least &&
            digits <= point[k].most) {
            int64_t v = (int64_t)(digits * point[k].power);
            units[i] = negative ? -v : v;
        } else {
            dec_parse_column_portable((struct fields){f.base, sep, f.stride, 1}, places, scale, &units[i]);
        }
    }
}

/* The point has its place before anything is read: what stands there must be one, and no other byte. */
void dec_parse_exact_sse(struct fields f, unsigned places, int64_t *units)
{
    if (places > 14) {
        dec_parse_exact_portable(f, places, units);
        return;
    }
    const __m128i zeros = _mm_set1_epi8('0'), close = load(CLOSE[places ? 16 - places : 0]);
    /* With '0' taken away and the point XORed out a byte is at most 9, and 0 where the point must be. */
    unsigned char point_bytes[16] = {0}, most_bytes[16];
    memset(most_bytes, 9, sizeof most_bytes);
    if (places) {
        point_bytes[15 - places] = (unsigned char)('.' - '0');
        most_bytes[15 - places] = 0;
    }
    const __m128i point = load(point_bytes), most = load(most_bytes);
    size_t least = places ? places + 2 : 1;
    const uint32_t *sep = f.sep;
    for (size_t i = 0; i < f.n; i++, sep += f.stride) {
        uint32_t start = sep[-1] + 1, end = sep[0];
        bool negative = f.base[start] == '-';
        size_t length = end - start - negative;
        if (length - least <= 16 - least) {
            __m128i x = _mm_and_si128(_mm_sub_epi8(load(f.base + end - 16), zeros), load(KEEP + length));
            __m128i bad = _mm_subs_epu8(_mm_xor_si128(x, point), most);
            if (_mm_testz_si128(bad, bad)) {
                int64_t v = (int64_t)join(_mm_shuffle_epi8(x, close));
                units[i] = negative ? -v : v;
                continue;
            }
        }
        dec_parse_exact_portable((struct fields){f.base, sep, f.stride, 1}, places, &units[i]);
    }
}

TARGET_END

#else

bool dec_column_has_sse(void)
{
    return false;
}

void dec_parse_column_sse(struct fields f, unsigned places, unsigned scale, int64_t *units)
{
    dec_parse_column_portable(f, places, scale, units);
}

void dec_parse_exact_sse(struct fields f, unsigned places, int64_t *units)
{
    dec_parse_exact_portable(f, places, units);
}

#endif
