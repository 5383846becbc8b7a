/* SPDX-License-Identifier: MIT
 * pattern: POSIX extended regular expressions that a whole field must match. Patterns that are a
 * plain sequence of characters and classes (L[0-9]{10}), as identifiers have, are matched by one walk over
 * the bytes; all others by regexec. */
#ifndef LIB_PATTERN_H
#define LIB_PATTERN_H

#include "lib/base/base.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

struct pattern;

/* A pattern of fixed length, each of whose places is one range of bytes: C[0-9]{9}. */
enum { SPANS = 32 };
struct pattern_spans {
    unsigned char low[SPANS], span[SPANS]; /* behind length: any byte */
    size_t length;
};

/* NULL when the text is no extended regular expression; reason (size n) then says why. */
struct pattern *pattern_compile(const char *text, char *reason, size_t n);
void pattern_free(struct pattern *p);

bool pattern_match(const struct pattern *p, struct slice f);

/* Whether all that matches is an identifier (cell_is_id) for certain, so that one test does for both. */
bool pattern_is_word(const struct pattern *p);
const char *pattern_text(const struct pattern *p);

/* Whether the one-walk matcher is in use; pattern_match_regex is the judge it is compared with. */
bool pattern_is_simple(const struct pattern *p);
bool pattern_match_regex(const struct pattern *p, struct slice f);

/* false when the pattern is not of that form. */
bool pattern_as_spans(const struct pattern *p, struct pattern_spans *spans);

/* The same answer as pattern_match for a field with SPANS readable bytes from its start, as all fields of a
 * batch have. */
static inline bool pattern_match_spans(const struct pattern_spans *s, struct slice f)
{
    bool good = f.n == s->length;
#ifdef __SSE2__
    for (size_t i = 0; i < s->length; i += 16) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(f.p + i));
        x = _mm_sub_epi8(x, _mm_loadu_si128((const __m128i *)(const void *)(s->low + i)));
        __m128i span = _mm_loadu_si128((const __m128i *)(const void *)(s->span + i));
        good &= _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(x, span), span)) == 0xffff;
    }
#else
    for (size_t i = 0; good && i < s->length; i++)
        good = (unsigned char)(f.p[i] - s->low[i]) <= s->span[i];
#endif
    return good;
}

#endif
