/* SPDX-License-Identifier: MIT
 * scan_utf8_avx512: the step of the method of scan_utf8.h, 64 bytes an instruction, for the passes that check
 * UTF-8 and look for something else at once. A file that includes it is compiled for AVX-512 F and BW. */
#ifndef LIB_SCAN_UTF8_AVX512_H
#define LIB_SCAN_UTF8_AVX512_H

#include <immintrin.h>

#include "lib/stream/scan_utf8.h"

/* One of the tables of scan_utf8.h in all lanes. */
static inline __m512i utf8_table(const unsigned char *t)
{
    return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)t));
}

/* The bytes of v moved up by k places, those of the vector before it moved in. */
#define UTF8_BEHIND(v, before, k) _mm512_alignr_epi8(v, _mm512_alignr_epi32(v, before, 12), 16 - (k))

static inline __m512i utf8_low_nibbles(__m512i v)
{
    return _mm512_and_si512(v, _mm512_set1_epi8(0x0f));
}

/* Non-zero bytes where v, coming after `before`, breaks a character. */
static inline __m512i utf8_errors(__m512i v, __m512i before)
{
    __m512i one = UTF8_BEHIND(v, before, 1);
    __m512i pair = _mm512_and_si512(
        _mm512_and_si512(
            _mm512_shuffle_epi8(utf8_table(utf8_first_high), utf8_low_nibbles(_mm512_srli_epi16(one, 4))),
            _mm512_shuffle_epi8(utf8_table(utf8_first_low), utf8_low_nibbles(one))),
        _mm512_shuffle_epi8(utf8_table(utf8_second_high), utf8_low_nibbles(_mm512_srli_epi16(v, 4))));
    /* Two continuations are right exactly where a lead of three or four stands two or three bytes before. */
    __m512i third = _mm512_subs_epu8(UTF8_BEHIND(v, before, 2), _mm512_set1_epi8(UTF8_BYTE(0xe0 - 0x80)));
    __m512i fourth = _mm512_subs_epu8(UTF8_BEHIND(v, before, 3), _mm512_set1_epi8(UTF8_BYTE(0xf0 - 0x80)));
    __m512i wanted = _mm512_and_si512(_mm512_or_si512(third, fourth), _mm512_set1_epi8(UTF8_BYTE(0x80)));
    return _mm512_xor_si512(wanted, pair);
}

/* Whether v ends in the middle of a character. */
static inline bool utf8_unfinished(__m512i v)
{
    const __mmask64 last = (uint64_t)1 << 63, last2 = (uint64_t)3 << 62, last3 = (uint64_t)7 << 61;
    return _mm512_mask_cmpge_epu8_mask(last, v, _mm512_set1_epi8(UTF8_BYTE(0xc0))) |
           _mm512_mask_cmpge_epu8_mask(last2, v, _mm512_set1_epi8(UTF8_BYTE(0xe0))) |
           _mm512_mask_cmpge_epu8_mask(last3, v, _mm512_set1_epi8(UTF8_BYTE(0xf0)));
}

#endif
