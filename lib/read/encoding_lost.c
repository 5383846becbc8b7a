/* SPDX-License-Identifier: MIT
 * encoding_lost: finds what tells that a text was lost before it came here, and counts lines; see
 * encoding_lost.h. */
#include "lib/read/encoding_lost.h"

#include "lib/stream/scan_paths.h"

const char encoding_ruin[] = "锟斤拷";

static const char replacement[] = "\xef\xbf\xbd";

static uint64_t count_lines(const char *p, size_t n)
{
    uint64_t lines = 0;
    for (size_t i = 0; i < n; i++)
        lines += p[i] == '\n';
    return lines;
}

#ifdef __x86_64__

#include <immintrin.h>

#include "lib/base/target.h"

TARGET("avx2")

static inline __m256i load(const char *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

static inline __m256i equal(__m256i v, unsigned char c)
{
    return _mm256_cmpeq_epi8(v, _mm256_set1_epi8((char)c));
}

/* Non-zero bytes where a pair begins that ends U+FFFD (BF BD) or 锟斤拷 (8B B7); few other characters have
 * them. */
static inline __m256i pairs_at(const char *p)
{
    __m256i v = load(p), next = load(p + 1);
    return _mm256_or_si256(_mm256_and_si256(equal(v, 0xbf), equal(next, 0xbd)),
                           _mm256_and_si256(equal(v, 0x8b), equal(next, 0xb7)));
}

/* Whole words of 64 bytes of the n at p, with one byte readable behind; whether one of the pairs was there.
 */
static bool words_avx2(const char *p, size_t n, uint64_t *lines)
{
    const __m256i zero = _mm256_setzero_si256();
    __m256i found = zero, sum = zero;
    for (size_t i = 0; i + 64 <= n;) {
        __m256i counts = zero; /* of LF, a byte each: at most 2 a word */
        size_t end = n - i > 64 * 120 ? i + 64 * 120 : n;
        for (; i + 64 <= end; i += 64) {
            __m256i lf = _mm256_add_epi8(equal(load(p + i), '\n'), equal(load(p + i + 32), '\n'));
            counts = _mm256_sub_epi8(counts, lf);
            found = _mm256_or_si256(found, _mm256_or_si256(pairs_at(p + i), pairs_at(p + i + 32)));
        }
        sum = _mm256_add_epi64(sum, _mm256_sad_epu8(counts, zero));
    }
    *lines += (uint64_t)_mm256_extract_epi64(sum, 0) + (uint64_t)_mm256_extract_epi64(sum, 1) +
              (uint64_t)_mm256_extract_epi64(sum, 2) + (uint64_t)_mm256_extract_epi64(sum, 3);
    return !_mm256_testz_si256(found, found);
}

TARGET_END

#else

static bool words_avx2(const char *p, size_t n, uint64_t *lines)
{
    (void)p, (void)n, (void)lines;
    return true;
}

#endif

/* Whether it is worth to look for the marks. */
static bool suspicious(const char *p, size_t n, uint64_t *lines)
{
    if (!scan_has_avx2()) {
        *lines = count_lines(p, n);
        return true;
    }
    char rest[64 + 1] = {0};
    size_t whole = n / 64 * 64;
    *lines = 0;
    memcpy(rest, p + whole, n - whole);
    bool found = words_avx2(p, whole, lines);
    return words_avx2(rest, 64, lines) || found;
}

/* memmem, which goes byte by byte, from the rare first byte on. */
static const char *find(const char *p, size_t n, const char *text)
{
    size_t k = strlen(text);
    const char *end = p + n;
    while ((size_t)(end - p) >= k && (p = memchr(p, text[0], (size_t)(end - p) - k + 1)) != NULL) {
        if (memcmp(p, text, k) == 0)
            return p;
        p++;
    }
    return NULL;
}

const char *encoding_lost(const char *p, size_t n, uint64_t *lines)
{
    if (!suspicious(p, n, lines))
        return NULL;
    const char *at = find(p, n, replacement);
    return at ? at : find(p, n, encoding_ruin);
}
