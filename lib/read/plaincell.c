/* SPDX-License-Identifier: MIT
 * plaincell: see plaincell.h. */
#include "lib/read/plaincell.h"

#include "lib/read/celltype.h"

#ifdef __SSE2__
#include <emmintrin.h>

bool plaincell_available(void)
{
    return true;
}

enum { STEP = 16, MOST_DIGITS = 15, FARTHEST = 12 /* that a point is moved */ };

static inline __m128i load(const char *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline void store(char *p, __m128i v)
{
    _mm_storeu_si128((__m128i *)(void *)p, v);
}

static inline unsigned bits(__m128i v)
{
    return (unsigned)_mm_movemask_epi8(v);
}

static inline __m128i equal(__m128i v, char c)
{
    return _mm_cmpeq_epi8(v, _mm_set1_epi8(c));
}

char *plaincell_text(char *to, struct slice cell)
{
    for (size_t i = 0; i < cell.n; i += STEP) {
        __m128i v = load(cell.p + i);
        store(to + i, v);
        unsigned some = bits(_mm_or_si128(_mm_or_si128(equal(v, '\t'), equal(v, '\n')),
                                          _mm_or_si128(equal(v, '\r'), equal(v, '\\'))));
        if (cell.n - i < STEP)
            some &= (1u << (cell.n - i)) - 1;
        if (some)
            return NULL;
    }
    return to + cell.n;
}

/* A figure of digits and perhaps a point. */
struct figure {
    const char *p, *fraction; /* the digits before the point and those behind */
    size_t whole, n;          /* digits before the point, digits in all */
    bool zero;
};

static inline bool take_apart(const char *p, size_t n, struct figure *f)
{
    __m128i v = load(p), value = _mm_sub_epi8(v, _mm_set1_epi8('0'));
    unsigned all = (1u << n) - 1, point = bits(equal(v, '.')) & all;
    unsigned digits = bits(_mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(9)), value)) & all;
    f->p = p;
    f->whole = point ? (size_t)__builtin_ctz(point) : n;
    f->n = n - (point != 0);
    f->fraction = p + f->whole + (point != 0);
    f->zero = (digits & ~bits(equal(v, '0'))) == 0;
    return (digits | point) == all && !(point & (point - 1)) && point != (all ^ all >> 1) &&
           f->n <= MOST_DIGITS && f->whole > 0 && (f->whole == 1 || p[0] != '0');
}

/* Writes the digits with the point moved to behind the first `point` of them. Every load is of the cell, as
 * one of what was just stored would wait for it. */
static inline char *put_moved(char *to, const struct figure *f, ptrdiff_t point)
{
    const __m128i zeros = _mm_set1_epi8('0');
    size_t before = (size_t)point;
    if (point <= 0) {
        store(to, zeros);
        to[1] = '.';
        to += 2 - point;
        store(to, load(f->p));
        store(to + f->whole, load(f->fraction));
        return to + f->n;
    }
    store(to, load(f->p));
    if (before < f->whole) {
        to[before] = '.';
        store(to + before + 1, load(f->p + before));
        store(to + f->whole + 1, load(f->fraction));
        return to + f->n + 1;
    }
    store(to + f->whole, load(f->fraction));
    if (before < f->n) {
        to[before] = '.';
        store(to + before + 1, load(f->fraction + (before - f->whole)));
        return to + f->n + 1;
    }
    store(to + f->n, zeros);
    return to + before;
}

char *plaincell_number(char *to, struct slice cell, int shift, bool whole, int *decimals)
{
    struct figure f;
    bool negative = cell.n > 1 && cell.p[0] == '-';
    size_t n = cell.n - negative;
    if (n == 0 || n > STEP || shift > FARTHEST || shift < -FARTHEST)
        return NULL;
    *to = '-';
    to += negative;
    if (!take_apart(cell.p + negative, n, &f) || (whole && f.n < n) || (negative && f.zero))
        return NULL;
    *decimals = (int)(f.n - f.whole);
    if (shift == 0) {
        store(to, load(f.p));
        return to + n;
    }
    ptrdiff_t point = (ptrdiff_t)f.whole + shift;
    /* Zeros before what the point has passed would have to go. */
    if ((shift > 0 && f.p[0] == '0') || (whole && point < (ptrdiff_t)f.n) ||
        (ptrdiff_t)f.n - point > DEC_MAX_SCALE)
        return NULL;
    return put_moved(to, &f, point);
}

#else

bool plaincell_available(void)
{
    return false;
}

/* Nothing is plain enough. */
char *plaincell_text(char *to, struct slice cell)
{
    (void)to, (void)cell;
    return NULL;
}

char *plaincell_number(char *to, struct slice cell, int shift, bool whole, int *decimals)
{
    (void)to, (void)cell, (void)shift, (void)whole, (void)decimals;
    return NULL;
}

#endif

char *plaincell_date(char *to, struct slice cell)
{
    if (cell.n > 10 || !(cell_is_date(cell) || cell_is_month(cell)))
        return NULL;
    memcpy(to, cell.p, cell.n);
    return to + cell.n;
}

/* Copies a figure without its separators; false when one is missing or stands elsewhere. *n gets its length.
 */
static bool ungroup(struct slice cell, char *to, size_t *n)
{
    const char *point = memchr(cell.p, '.', cell.n);
    size_t whole = point ? (size_t)(point - cell.p) : cell.n, k = 0;
    bool good = whole > 4 && whole % 4 != 0 && cell.p[0] != '0';
    for (size_t i = 0; i < cell.n && good; i++) {
        bool place = i > 0 && i < whole && (whole - i) % 4 == 0;
        good = (cell.p[i] == ',') == place;
        to[k] = cell.p[i];
        k += !place;
    }
    *n = k;
    return good;
}

char *plaincell_grouped(char *to, struct slice cell, int shift, bool whole, int *decimals)
{
    enum { LONGEST = 20 }; /* 15 digits, 4 separators, a point */
    char figure[LONGEST + 2 * PLAIN_SLACK];
    size_t n, minus = cell.n > 0 && cell.p[0] == '-';
    struct slice digits = {cell.p + minus, cell.n - minus};
    figure[0] = '-';
    if (digits.n > LONGEST || !ungroup(digits, figure + minus, &n))
        return NULL;
    memset(figure + minus + n, 0, PLAIN_SLACK);
    return plaincell_number(to, (struct slice){figure, minus + n}, shift, whole, decimals);
}
