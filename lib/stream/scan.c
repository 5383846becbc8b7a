/* SPDX-License-Identifier: MIT
 * scan: see scan.h. The portable path, and the choice between it and the wide ones, made once a block. */
#include "lib/stream/scan.h"

#include "lib/stream/scan_paths.h"

#ifdef __SSE2__
#include <emmintrin.h>

/* Bit i is set where p[i] == c, for the 64 bytes at p. */
static inline uint64_t mask_equal(const char *p, char c)
{
    const __m128i want = _mm_set1_epi8(c);
    uint64_t m = 0;
    for (int i = 0; i < 4; i++) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i));
        m |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, want)) << (16 * i);
    }
    return m;
}

/* Whether all 64 bytes at p are ASCII and none is NUL. */
static inline bool plain_ascii(const char *p)
{
    const __m128i zero = _mm_setzero_si128();
    __m128i bad = zero;
    for (int i = 0; i < 4; i++) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i));
        bad = _mm_or_si128(bad, _mm_or_si128(v, _mm_cmpeq_epi8(v, zero)));
    }
    return _mm_movemask_epi8(bad) == 0;
}

#else

#define ONES 0x0101010101010101ULL
#define HIGHS 0x8080808080808080ULL

static inline uint64_t load8(const char *p)
{
    uint64_t w = 0;
    for (unsigned i = 0; i < 8; i++)
        w |= (uint64_t)(unsigned char)p[i] << (8 * i);
    return w;
}

/* The high bit of every byte of w that is zero; exact in every byte. */
static inline uint64_t zero_bytes(uint64_t w)
{
    return ~(((w & ~HIGHS) + ~HIGHS) | w | ~HIGHS);
}

static inline uint64_t mask_equal(const char *p, char c)
{
    uint64_t m = 0;
    for (unsigned i = 0; i < 8; i++) {
        uint64_t hit = zero_bytes(load8(p + 8 * i) ^ (ONES * (unsigned char)c));
        m |= ((hit >> 7) * 0x0102040810204080ULL >> 56) << (8 * i);
    }
    return m;
}

static inline bool plain_ascii(const char *p)
{
    uint64_t bad = 0;
    for (unsigned i = 0; i < 8; i++) {
        uint64_t w = load8(p + 8 * i);
        bad |= (w & HIGHS) | zero_bytes(w);
    }
    return bad == 0;
}

#endif

/* Offsets of the set bits of m. The first ten stores are unconditional, because a row of many short fields
 * has up to ten separators in 64 bytes and a branch on each would be mispredicted; the caller's slack takes
 * them. */
static inline uint32_t *store_bits(uint32_t *sep, uint64_t m, uint32_t base)
{
    int n = __builtin_popcountll(m);
    uint64_t rest = m;
    for (int i = 0; i < 10; i++) {
        sep[i] = base + (uint32_t)__builtin_ctzll(rest | ((uint64_t)1 << 63));
        rest &= rest - 1;
    }
    for (int i = 10; i < n; i++) {
        sep[i] = base + (uint32_t)__builtin_ctzll(rest);
        rest &= rest - 1;
    }
    return sep + n;
}

size_t scan_separators_portable(const char *p, size_t n, uint32_t *sep, size_t *newlines)
{
    uint32_t *at = sep;
    size_t lines = 0;
    for (size_t i = 0; i < n; i += 64) {
        uint64_t nl = mask_equal(p + i, '\n');
        uint64_t tab = mask_equal(p + i, '\t');
        if (n - i < 64) {
            uint64_t inside = ((uint64_t)1 << (n - i)) - 1;
            nl &= inside;
            tab &= inside;
        }
        lines += (size_t)__builtin_popcountll(nl);
        at = store_bits(at, nl | tab, (uint32_t)i);
    }
    *newlines += lines;
    return (size_t)(at - sep);
}

/* Length of the well-formed UTF-8 character at p (n bytes left), or 0: RFC 3629, no overlong forms, no
 * surrogates, nothing above U+10FFFF. */
static inline size_t character(const unsigned char *p, size_t n)
{
    unsigned char c = p[0];
    if (c < 0x80)
        return c != 0;
    if (c < 0xc2 || c > 0xf4 || n < 2)
        return 0;
    if (c < 0xe0)
        return (p[1] & 0xc0) == 0x80 ? 2 : 0;
    unsigned char low = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80;
    unsigned char high = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
    if (p[1] < low || p[1] > high || n < 3 || (p[2] & 0xc0) != 0x80)
        return 0;
    if (c < 0xf0)
        return 3;
    return n >= 4 && (p[3] & 0xc0) == 0x80 ? 4 : 0;
}

size_t scan_text_portable(const char *p, size_t n)
{
    size_t i = 0;
    while (i < n) {
        if (n - i >= 64 && plain_ascii(p + i)) {
            i += 64;
            continue;
        }
        size_t stop = n - i > 64 ? i + 64 : n;
        while (i < stop) {
            size_t k = character((const unsigned char *)p + i, n - i);
            if (k == 0)
                return i;
            i += k;
        }
    }
    return n;
}

size_t scan_separators(const char *p, size_t n, uint32_t *sep, size_t *newlines)
{
    if (scan_has_avx512())
        return scan_separators_avx512(p, n, sep, newlines);
    return scan_has_avx2() ? scan_separators_avx2(p, n, sep, newlines)
                           : scan_separators_portable(p, n, sep, newlines);
}

size_t scan_text(const char *p, size_t n)
{
    /* The wide paths only say whether all is well; the place of a bad byte is found by the careful one. */
    bool well = scan_has_avx512() ? scan_is_text_avx512(p, n) : scan_has_avx2() && scan_is_text_avx2(p, n);
    return well ? n : scan_text_portable(p, n);
}
