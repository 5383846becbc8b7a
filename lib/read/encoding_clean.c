/* SPDX-License-Identifier: MIT
 * encoding_clean: see encoding_clean.h. UTF-8 is checked as in scan_avx2.c, by the table method of Keiser and
 * Lemire, with 64 bytes an instruction; there the search for marks costs nothing more. */
#include "lib/read/encoding_clean.h"

#ifdef __x86_64__

#pragma GCC target("avx512f,avx512bw,popcnt")
#include <immintrin.h>

bool encoding_can_clean(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("popcnt");
}

/* The errors a pair of bytes can be part of; a bit survives the three tables when the pair is that error. */
enum {
    SHORT = 1 << 0,   /* a lead byte not followed by a continuation */
    LONG = 1 << 1,    /* a continuation after ASCII */
    OVER3 = 1 << 2,   /* E0 80…9F */
    LARGE = 1 << 3,   /* F4 90… and above */
    SURR = 1 << 4,    /* ED A0…BF */
    OVER2 = 1 << 5,   /* C0, C1 */
    LARGE_8 = 1 << 6, /* F5… 80…8F, and F0 80…8F */
    CONTS = 1 << 7,   /* two continuations: an error unless a lead stands two or three before */
    CARRY = SHORT | LONG | CONTS,
    REST = CARRY | LARGE | LARGE_8
};

static const unsigned char first_high[16] = {LONG,
                                             LONG,
                                             LONG,
                                             LONG,
                                             LONG,
                                             LONG,
                                             LONG,
                                             LONG,
                                             CONTS,
                                             CONTS,
                                             CONTS,
                                             CONTS,
                                             SHORT | OVER2,
                                             SHORT,
                                             SHORT | OVER3 | SURR,
                                             SHORT | LARGE | LARGE_8};
static const unsigned char first_low[16] = {CARRY | OVER3 | OVER2 | LARGE_8,
                                            CARRY | OVER2,
                                            CARRY,
                                            CARRY,
                                            CARRY | LARGE,
                                            REST,
                                            REST,
                                            REST,
                                            REST,
                                            REST,
                                            REST,
                                            REST,
                                            REST,
                                            REST | SURR,
                                            REST,
                                            REST};
static const unsigned char second_high[16] = {SHORT,
                                              SHORT,
                                              SHORT,
                                              SHORT,
                                              SHORT,
                                              SHORT,
                                              SHORT,
                                              SHORT,
                                              LONG | OVER2 | CONTS | OVER3 | LARGE_8,
                                              LONG | OVER2 | CONTS | OVER3 | LARGE,
                                              LONG | OVER2 | CONTS | SURR | LARGE,
                                              LONG | OVER2 | CONTS | SURR | LARGE,
                                              SHORT,
                                              SHORT,
                                              SHORT,
                                              SHORT};

struct check {
    __m512i first_high, first_low, second_high;
    __m512i error, least; /* bits of errors; the least of all bytes at each place */
    uint64_t suspicious, lines;
};

static inline __m512i table(const unsigned char *entry)
{
    return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)entry));
}

static inline __m512i low_nibbles(__m512i v)
{
    return _mm512_and_si512(v, _mm512_set1_epi8(0x0f));
}

static inline __m512i high_nibbles(__m512i v)
{
    return low_nibbles(_mm512_srli_epi16(v, 4));
}

static inline uint64_t equal(__m512i v, unsigned char c)
{
    return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8((char)c));
}

static inline __m512i at_least(__m512i v, unsigned char c)
{
    return _mm512_subs_epu8(v, _mm512_set1_epi8((char)(c - 0x80)));
}

/* The bytes of v moved up by k places, those of the vector before it moved in. */
#define BEHIND(v, before, k)                                                                                 \
    _mm512_alignr_epi8(                                                                                      \
        v, _mm512_permutex2var_epi64(before, _mm512_setr_epi64(6, 7, 8, 9, 10, 11, 12, 13), v), 16 - (k))

static inline void check_64(struct check *c, __m512i v, __m512i before)
{
    __m512i one = BEHIND(v, before, 1);
    __m512i pair = _mm512_and_si512(_mm512_and_si512(_mm512_shuffle_epi8(c->first_high, high_nibbles(one)),
                                                     _mm512_shuffle_epi8(c->first_low, low_nibbles(one))),
                                    _mm512_shuffle_epi8(c->second_high, high_nibbles(v)));
    /* Two continuations are right exactly where a lead of three or four stands two or three bytes before. */
    __m512i lead =
        _mm512_or_si512(at_least(BEHIND(v, before, 2), 0xe0), at_least(BEHIND(v, before, 3), 0xf0));
    __m512i wanted = _mm512_and_si512(lead, _mm512_set1_epi8((char)0x80));
    c->error = _mm512_or_si512(c->error, _mm512_xor_si512(wanted, pair));
    c->least = _mm512_min_epu8(c->least, v);
    /* The pairs that end U+FFFD (BF BD) and 锟斤拷 (8B B7); few other characters have them. */
    c->suspicious |= (equal(v, 0xbd) & equal(one, 0xbf)) | (equal(v, 0xb7) & equal(one, 0x8b));
    c->lines += (uint64_t)_mm_popcnt_u64(equal(v, '\n'));
}

bool encoding_clean(const char *p, size_t n, uint64_t *lines)
{
    struct check c = {.first_high = table(first_high),
                      .first_low = table(first_low),
                      .second_high = table(second_high),
                      .error = _mm512_setzero_si512(),
                      .least = _mm512_set1_epi8(-1)};
    __m512i before = _mm512_setzero_si512(), space = _mm512_set1_epi8(' ');
    size_t i = 0;
    for (; n - i >= 64; i += 64) {
        __m512i v = _mm512_loadu_si512(p + i);
        check_64(&c, v, before);
        before = v;
    }
    /* Blanks behind the end show a character that is cut there. */
    check_64(&c, _mm512_mask_loadu_epi8(space, ((uint64_t)1 << (n - i)) - 1, p + i), before);
    *lines = c.lines;
    return c.suspicious == 0 && _mm512_test_epi8_mask(c.error, c.error) == 0 &&
           _mm512_testn_epi8_mask(c.least, c.least) == 0;
}

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
