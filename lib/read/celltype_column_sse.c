/* SPDX-License-Identifier: MIT
 * celltype_column_sse: a date in one load of sixteen bytes. Subtracting 0000-00-00 and comparing with the
 * largest byte each place may have checks digits and hyphens at once; two multiply-add steps give the year
 * and, packed as celltype_column.h says, month and day. */
#include "lib/read/celltype_column.h"

#ifdef __x86_64__

#include <smmintrin.h>

#include "lib/base/target.h"

TARGET("sse4.1")

/* Days of a month, by its two digits; 29 February is left to the careful test. */
static const unsigned char DAYS[128] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

struct shape {
    __m128i zero, most, digits; /* what is subtracted, the bytes allowed then, YYYYMMDD out of it */
    size_t length;
};

static inline struct shape date_shape(void)
{
    return (struct shape){_mm_setr_epi8('0', '0', '0', '0', '-', '0', '0', '-', '0', '0', 0, 0, 0, 0, 0, 0),
                          _mm_setr_epi8(9, 9, 9, 9, 0, 9, 9, 0, 9, 9, -1, -1, -1, -1, -1, -1),
                          _mm_setr_epi8(0, 1, 2, 3, 5, 6, 8, 9, -1, -1, -1, -1, -1, -1, -1, -1), 10};
}

static inline struct shape month_shape(void)
{
    return (struct shape){_mm_setr_epi8('0', '0', '0', '0', '-', '0', '0', 0, 0, 0, 0, 0, 0, 0, 0, 0),
                          _mm_setr_epi8(9, 9, 9, 9, 0, 9, 9, -1, -1, -1, -1, -1, -1, -1, -1, -1),
                          _mm_setr_epi8(0, 1, 2, 3, 5, 6, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1), 7};
}

/* Year and month << 7 | day of the text at p; false when it has not the shape. */
static inline bool read_shape(const char *p, size_t n, const struct shape *s, unsigned *year, unsigned *rest)
{
    __m128i x = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)(const void *)p), s->zero);
    __m128i over = _mm_subs_epu8(x, s->most);
    __m128i pairs = _mm_maddubs_epi16(_mm_shuffle_epi8(x, s->digits), _mm_set1_epi16(1 << 8 | 10));
    __m128i fields = _mm_madd_epi16(pairs, _mm_setr_epi16(100, 1, 1 << 7, 1, 0, 0, 0, 0));
    uint64_t both = (uint64_t)_mm_cvtsi128_si64(fields);
    *year = (unsigned)both;
    *rest = (unsigned)(both >> 32);
    return n == s->length && _mm_testz_si128(over, over);
}

void cell_date_column_sse(struct fields f, int64_t *packed)
{
    const struct shape shape = date_shape();
    const uint32_t *sep = f.sep;
    for (size_t i = 0; i < f.n; i++, sep += f.stride) {
        uint32_t start = sep[-1] + 1, end = sep[0];
        unsigned year, rest;
        if (read_shape(f.base + start, end - start, &shape, &year, &rest) &&
            (rest & 127) - 1 < DAYS[rest >> 7])
            packed[i] = (int64_t)(year << 16 | rest);
        else
            packed[i] = cell_pack_date((struct slice){f.base + start, end - start});
    }
}

void cell_month_column_sse(struct fields f, int64_t *packed)
{
    const struct shape shape = month_shape();
    const uint32_t *sep = f.sep;
    for (size_t i = 0; i < f.n; i++, sep += f.stride) {
        uint32_t start = sep[-1] + 1, end = sep[0];
        unsigned year, rest;
        bool good = read_shape(f.base + start, end - start, &shape, &year, &rest) && (rest >> 7) - 1 < 12;
        packed[i] = good ? (int64_t)(year << 16 | rest) : DEC_UNSURE;
    }
}

TARGET_END

#else

void cell_date_column_sse(struct fields f, int64_t *packed)
{
    for (size_t i = 0; i < f.n; i++)
        packed[i] = cell_pack_date(fields_at(f, i));
}

void cell_month_column_sse(struct fields f, int64_t *packed)
{
    for (size_t i = 0; i < f.n; i++)
        packed[i] = cell_pack_month(fields_at(f, i));
}

#endif
