/* SPDX-License-Identifier: MIT
 * scan_avx512: the passes of scan.h, 64 bytes an instruction; UTF-8 by the method of scan_utf8.h. The
 * offsets of separators are packed by one instruction (VBMI2) instead of being taken bit by bit. */
#include "lib/stream/scan_paths.h"

#ifdef __x86_64__

#include <immintrin.h>

#include "lib/base/target.h"

TARGET("avx512f,avx512bw,avx512vbmi2,popcnt,bmi")

#include "lib/stream/scan_utf8_avx512.h"

bool scan_has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vbmi2");
}

static inline __m512i load(const char *p)
{
    return _mm512_loadu_si512(p);
}

/* The numbers 0 to 63, a byte each. */
static inline __m512i places(void)
{
    const __m512i words =
        _mm512_set_epi64(0x3f3e3d3c3b3a3938, 0x3736353433323130, 0x2f2e2d2c2b2a2928, 0x2726252423222120,
                         0x1f1e1d1c1b1a1918, 0x1716151413121110, 0x0f0e0d0c0b0a0908, 0x0706050403020100);
    return words;
}

size_t scan_separators_avx512(const char *p, size_t n, uint32_t *sep, size_t *newlines)
{
    const __m512i newline = _mm512_set1_epi8('\n'), tab = _mm512_set1_epi8('\t');
    uint32_t *at = sep;
    size_t lines = 0;
    for (size_t i = 0; i < n; i += 64) {
        __m512i v = load(p + i);
        __mmask64 inside = n - i < 64 ? ((uint64_t)1 << (n - i)) - 1 : UINT64_MAX;
        __mmask64 nl = _mm512_mask_cmpeq_epi8_mask(inside, v, newline);
        __mmask64 m = nl | _mm512_mask_cmpeq_epi8_mask(inside, v, tab);
        __m512i packed = _mm512_maskz_compress_epi8(m, places()), base = _mm512_set1_epi32((int)(uint32_t)i);
        int count = (int)_mm_popcnt_u64(m);
        lines += (size_t)_mm_popcnt_u64(nl);
        /* Sixteen whatever the count: more are rare, and the caller's slack takes what is too many. */
        _mm512_storeu_si512(at, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed))));
        for (int k = 16; k < count; k += 16) {
            packed = _mm512_shuffle_i64x2(packed, packed, 0x39); /* the next sixteen bytes */
            _mm512_storeu_si512(at + k,
                                _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed))));
        }
        at += count;
    }
    *newlines += lines;
    return (size_t)(at - sep);
}

bool scan_is_text_avx512(const char *p, size_t n)
{
    __m512i before = _mm512_setzero_si512(), error = before;
    __mmask64 nul = 0;
    for (size_t i = 0; i < n; i += 64) {
        __mmask64 inside = n - i < 64 ? ((uint64_t)1 << (n - i)) - 1 : UINT64_MAX;
        __m512i v = _mm512_mask_loadu_epi8(_mm512_set1_epi8(' '), inside, p + i);
        nul |= _mm512_testn_epi8_mask(v, v);
        error = _mm512_or_si512(error, utf8_errors(v, before));
        before = v;
    }
    return nul == 0 && _mm512_test_epi64_mask(error, error) == 0 && !utf8_unfinished(before);
}

TARGET_END

#else

bool scan_has_avx512(void)
{
    return false;
}

size_t scan_separators_avx512(const char *p, size_t n, uint32_t *sep, size_t *newlines)
{
    return scan_separators_portable(p, n, sep, newlines);
}

bool scan_is_text_avx512(const char *p, size_t n)
{
    return scan_text_portable(p, n) == n;
}

#endif
