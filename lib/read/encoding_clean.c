/* SPDX-License-Identifier: MIT
 * encoding_clean: see encoding_clean.h. Checking UTF-8 with 64 bytes an instruction leaves room for the
 * search for marks and line ends, which costs nothing more then. */
#include "lib/read/encoding_clean.h"

#ifdef __x86_64__

#include <immintrin.h>

#include "lib/base/target.h"

TARGET("avx512f,avx512bw,popcnt")
#include "lib/stream/scan_utf8_avx512.h"

bool encoding_can_clean(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("popcnt");
}

static inline uint64_t equal(__m512i v, unsigned char c)
{
    return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8((char)c));
}

struct check {
    __m512i before, error, least; /* the word before; bits of errors; the least byte at each place */
    uint64_t suspicious, lines;
};

static inline void check_64(struct check *c, __m512i v)
{
    __m512i one = UTF8_BEHIND(v, c->before, 1);
    c->error = _mm512_or_si512(c->error, utf8_errors(v, c->before));
    c->least = _mm512_min_epu8(c->least, v);
    /* The pairs that end U+FFFD (BF BD) and 锟斤拷 (8B B7); few other characters have them. */
    c->suspicious |= (equal(v, 0xbd) & equal(one, 0xbf)) | (equal(v, 0xb7) & equal(one, 0x8b));
    c->lines += (uint64_t)_mm_popcnt_u64(equal(v, '\n'));
    c->before = v;
}

bool encoding_clean(const char *p, size_t n, uint64_t *lines)
{
    struct check c = {
        .before = _mm512_setzero_si512(), .error = _mm512_setzero_si512(), .least = _mm512_set1_epi8(-1)};
    size_t i = 0;
    for (; n - i >= 64; i += 64)
        check_64(&c, _mm512_loadu_si512(p + i));
    /* Blanks behind the end show a character that is cut there. */
    check_64(&c, _mm512_mask_loadu_epi8(_mm512_set1_epi8(' '), ((uint64_t)1 << (n - i)) - 1, p + i));
    *lines = c.lines;
    return c.suspicious == 0 && _mm512_test_epi64_mask(c.error, c.error) == 0 &&
           _mm512_testn_epi8_mask(c.least, c.least) == 0;
}

TARGET_END

#else

bool encoding_can_clean(void)
{
    return false;
}

bool encoding_clean(const char *p, size_t n, uint64_t *lines)
{
    (void)p, (void)n, (void)lines;
    return false;
}

#endif
