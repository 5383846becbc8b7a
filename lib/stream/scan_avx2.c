/* SPDX-License-Identifier: MIT
 * scan_avx2: the passes of scan.h, 32 bytes an instruction; UTF-8 by the method of scan_utf8.h. */
#include "lib/stream/scan_paths.h"

#ifdef __x86_64__

#include <immintrin.h>

#include "lib/base/target.h"
#include "lib/stream/scan_utf8.h"

TARGET("avx2,bmi,popcnt")

bool scan_has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("popcnt");
}

static inline __m256i load(const char *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

static inline uint64_t mask_equal(__m256i low, __m256i high, char c)
{
    const __m256i want = _mm256_set1_epi8(c);
    uint32_t a = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, want));
    uint32_t b = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, want));
    return a | (uint64_t)b << 32;
}

size_t scan_separators_avx2(const char *p, size_t n, uint32_t *sep, size_t *newlines)
{
    uint32_t *at = sep;
    size_t lines = 0;
    for (size_t i = 0; i < n; i += 64) {
        __m256i low = load(p + i), high = load(p + i + 32);
        uint64_t nl = mask_equal(low, high, '\n'), m = nl | mask_equal(low, high, '\t');
        if (n - i < 64) {
            uint64_t inside = ((uint64_t)1 << (n - i)) - 1;
            nl &= inside;
            m &= inside;
        }
        lines += (size_t)_mm_popcnt_u64(nl);
        int count = (int)_mm_popcnt_u64(m);
        /* Ten stores whatever the count, as in the portable path: a branch on each would be mispredicted. */
        for (int k = 0; k < 10; k++) {
            at[k] = (uint32_t)i + (uint32_t)_tzcnt_u64(m);
            m = _blsr_u64(m);
        }
        for (int k = 10; k < count; k++) {
            at[k] = (uint32_t)i + (uint32_t)_tzcnt_u64(m);
            m = _blsr_u64(m);
        }
        at += count;
    }
    *newlines += lines;
    return (size_t)(at - sep);
}

/* One of the tables of scan_utf8.h in both lanes. */
static inline __m256i table(const unsigned char *t)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)t));
}

/* The bytes of v moved up by k places, those of the vector before it moved in. */
#define BEHIND(v, before, k) _mm256_alignr_epi8(v, _mm256_permute2x128_si256(before, v, 0x21), 16 - (k))

static inline __m256i high_nibbles(__m256i v)
{
    return _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(0x0f));
}

/* Non-zero bytes where v, coming after `before`, breaks a character. */
static inline __m256i pair_errors(__m256i v, __m256i before)
{
    __m256i one = BEHIND(v, before, 1);
    __m256i pair =
        _mm256_and_si256(_mm256_and_si256(_mm256_shuffle_epi8(table(utf8_first_high), high_nibbles(one)),
                                          _mm256_shuffle_epi8(table(utf8_first_low),
                                                              _mm256_and_si256(one, _mm256_set1_epi8(0x0f)))),
                         _mm256_shuffle_epi8(table(utf8_second_high), high_nibbles(v)));
    /* Two continuations are right exactly where a lead of three or four stands two or three bytes before. */
    __m256i third = _mm256_subs_epu8(BEHIND(v, before, 2), _mm256_set1_epi8(UTF8_BYTE(0xe0 - 0x80)));
    __m256i fourth = _mm256_subs_epu8(BEHIND(v, before, 3), _mm256_set1_epi8(UTF8_BYTE(0xf0 - 0x80)));
    __m256i wanted = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8(UTF8_BYTE(0x80)));
    return _mm256_xor_si256(wanted, pair);
}

/* Non-zero where v ends in the middle of a character. */
static inline __m256i unfinished(__m256i v)
{
    const __m256i most = _mm256_setr_epi8(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
                                          -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, UTF8_BYTE(0xf0 - 1),
                                          UTF8_BYTE(0xe0 - 1), UTF8_BYTE(0xc0 - 1));
    return _mm256_subs_epu8(v, most);
}

struct check {
    __m256i error, before;
};

static inline void check_64(struct check *c, const char *p)
{
    __m256i low = load(p), high = load(p + 32);
    const __m256i zero = _mm256_setzero_si256();
    c->error = _mm256_or_si256(c->error, _mm256_cmpeq_epi8(_mm256_min_epu8(low, high), zero));
    if (_mm256_movemask_epi8(_mm256_or_si256(low, high)) == 0) {
        c->error = _mm256_or_si256(c->error, unfinished(c->before));
    } else {
        c->error = _mm256_or_si256(c->error, pair_errors(low, c->before));
        c->error = _mm256_or_si256(c->error, pair_errors(high, low));
    }
    c->before = high;
}

bool scan_is_text_avx2(const char *p, size_t n)
{
    struct check c = {_mm256_setzero_si256(), _mm256_setzero_si256()};
    size_t i = 0;
    for (; n - i >= 64; i += 64)
        check_64(&c, p + i);
    if (i < n) {
        char rest[64];
        memset(rest, ' ', sizeof rest);
        memcpy(rest, p + i, n - i);
        check_64(&c, rest);
    }
    c.error = _mm256_or_si256(c.error, unfinished(c.before));
    return _mm256_testz_si256(c.error, c.error) != 0;
}

TARGET_END

#else

bool scan_has_avx2(void)
{
    return false;
}

size_t scan_separators_avx2(const char *p, size_t n, uint32_t *sep, size_t *newlines)
{
    return scan_separators_portable(p, n, sep, newlines);
}

bool scan_is_text_avx2(const char *p, size_t n)
{
    return scan_text_portable(p, n) == n;
}

#endif
