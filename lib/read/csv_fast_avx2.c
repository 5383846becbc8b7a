/* SPDX-License-Identifier: MIT
 * csv_fast_avx2: the passes of csv_fast_paths.h, 64 bytes a step. Where no byte of a word asks for more, a
 * row is copied as it stands, the delimiters replaced, and only counted. A word with quotes is read by masks:
 * the bytes inside quotes are those with an odd number of quotes before them, so a parallel prefix of
 * exclusive or finds them all at once (as in Langdale and Lemire, "Parsing Gigabytes of JSON per Second",
 * 2019). */
#include "lib/read/csv_fast_paths.h"

#include "lib/stream/scan_paths.h"

#ifdef __x86_64__

#include <immintrin.h>

#include "lib/base/target.h"

TARGET("avx2,bmi,popcnt")

bool csv_fast_available(void)
{
    return scan_has_avx2();
}

struct word {
    __m256i low, high;
};

static inline struct word load(const char *p)
{
    return (struct word){_mm256_loadu_si256((const __m256i *)(const void *)p),
                         _mm256_loadu_si256((const __m256i *)(const void *)(p + 32))};
}

static inline void store(char *p, struct word w)
{
    _mm256_storeu_si256((__m256i *)(void *)p, w.low);
    _mm256_storeu_si256((__m256i *)(void *)(p + 32), w.high);
}

static inline struct word equal(struct word w, char c)
{
    const __m256i want = _mm256_set1_epi8(c);
    return (struct word){_mm256_cmpeq_epi8(w.low, want), _mm256_cmpeq_epi8(w.high, want)};
}

static inline struct word either(struct word a, struct word b)
{
    return (struct word){_mm256_or_si256(a.low, b.low), _mm256_or_si256(a.high, b.high)};
}

static inline uint64_t bits(struct word w)
{
    return (uint32_t)_mm256_movemask_epi8(w.low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(w.high) << 32;
}

static inline bool none(struct word w)
{
    __m256i all = _mm256_or_si256(w.low, w.high);
    return _mm256_testz_si256(all, all) != 0;
}

/* w with c where `where` has all bits set. */
static inline struct word replaced(struct word w, struct word where, char c)
{
    const __m256i by = _mm256_set1_epi8(c);
    return (struct word){_mm256_blendv_epi8(w.low, by, where.low),
                         _mm256_blendv_epi8(w.high, by, where.high)};
}

/* The lowest k bits; k up to 64. */
static inline uint64_t lowest(size_t k)
{
    return k < 64 ? ((uint64_t)1 << k) - 1 : ~(uint64_t)0;
}

static inline size_t count(uint64_t m)
{
    return (size_t)_mm_popcnt_u64(m);
}

static inline unsigned first(uint64_t m)
{
    return (unsigned)_tzcnt_u64(m);
}

/* The place of the highest bit of m, which has one. */
static inline size_t highest(uint64_t m)
{
    return 63 ^ (size_t)__builtin_clzll(m);
}

size_t csv_index_avx2(const char *p, size_t from, size_t n, char delimiter, char quote, uint32_t *at)
{
    uint32_t *to = at;
    for (size_t i = from; i < n; i += 64) {
        struct word w = load(p + i);
        struct word found =
            either(either(equal(w, delimiter), equal(w, quote)), either(equal(w, '\n'), equal(w, '\r')));
        uint64_t m = bits(found) & lowest(n - i);
        size_t k = count(m);
        /* Ten stores whatever the count, as in scan_separators: a branch on each would be mispredicted. */
        for (size_t j = 0; j < 10; j++) {
            to[j] = (uint32_t)(i + first(m));
            m = _blsr_u64(m);
        }
        for (size_t j = 10; j < k; j++) {
            to[j] = (uint32_t)(i + first(m));
            m = _blsr_u64(m);
        }
        to += k;
    }
    return (size_t)(to - at);
}

/* --- copying --- */

/* What is carried from word to word. */
struct run {
    const struct csv_copy *c;
    size_t i;              /* offset of the word */
    char *to;              /* where its bytes go */
    uint64_t inside;       /* all bits when the word begins inside quotes */
    size_t fields;         /* delimiters so far in the open record */
    uint64_t quoted_lines; /* LF inside quotes */
    size_t used;           /* end of the last record */
    char *made;            /* of its row */
    uint64_t rows;
};

/* Counts the fields of the records of a word by its delimiters and LF outside quotes; *fields is what the
 * open record has so far. false when a record has not want + 1. */
static inline bool count_fields(size_t *fields, size_t want, uint64_t delimiters, uint64_t lf)
{
    /* Most words have one LF or none: the first is handled without a branch on whether it is there. */
    uint64_t some = (uint64_t)0 - (lf != 0);
    uint64_t upto = _blsmsk_u64(lf); /* all bits when there is none */
    size_t n = *fields + count(delimiters & upto);
    uint64_t wrong = (n ^ want) & some;
    for (uint64_t more = _blsr_u64(lf); more; more = _blsr_u64(more)) {
        uint64_t next = _blsmsk_u64(more);
        wrong |= count(delimiters & next & ~upto) ^ want;
        upto = next;
    }
    *fields = (n & ~some) + count(delimiters & ~upto);
    return wrong == 0;
}

/* The bytes before and behind a word. */
static inline uint64_t behind(uint64_t m, bool next)
{
    return m >> 1 | (uint64_t)next << 63;
}

/* Bit k: the number of set bits up to and with k is odd. */
static inline uint64_t prefix_xor(uint64_t m)
{
    for (unsigned k = 1; k < 64; k <<= 1)
        m ^= m << k;
    return m;
}

/* What is done with the bytes of a word that needs more than copying. */
struct plan {
    uint64_t delimiters, lf; /* outside quotes */
    uint64_t inside;
    uint64_t dropped, escaped;
};

static inline bool plan_word(const struct run *r, struct word w, struct plan *plan)
{
    const struct csv_copy *c = r->c;
    size_t left = c->n - r->i;
    uint64_t valid = lowest(left), unknown = left <= 64 ? ~lowest(left - 1) : 0; /* what comes behind p + n */
    char before = r->i ? c->p[r->i - 1] : '\n', next = c->p[r->i + 64];
    uint64_t delimiter = bits(equal(w, c->delimiter)) & valid, lf = bits(equal(w, '\n')) & valid;
    uint64_t cr = bits(equal(w, '\r')) & valid, quote = bits(equal(w, c->quote)) & valid;
    uint64_t inside = prefix_xor(quote) ^ r->inside;
    uint64_t opening = quote & inside, closing = quote & ~inside;
    bool quoted = c->quote != 0;

    /* An opening quote begins a field or is the second of a doubled one; a closing one ends a field or is the
     * first of a doubled one. A CR outside quotes stands before LF. */
    bool after_quote = quoted && before == c->quote, after_lf = before == '\n';
    uint64_t begins = (delimiter | lf) << 1 | (uint64_t)(before == c->delimiter || after_lf);
    uint64_t second = opening & (quote << 1 | (uint64_t)after_quote);
    uint64_t ends = behind(delimiter | lf | cr | quote, next == c->delimiter || next == '\n' ||
                                                            next == '\r' || (quoted && next == c->quote));
    uint64_t cr_out = cr & ~inside;
    uint64_t blank = ((lf & ~inside) | cr_out) & (lf << 1 | (uint64_t)after_lf);
    if ((opening & ~begins & ~second) | (closing & ~ends & ~unknown) |
        (cr_out & ~behind(lf, next == '\n') & ~unknown) | blank)
        return false;
    uint64_t escaped = ((lf | cr) & inside) | (bits(equal(w, '\\')) & valid);
    *plan = (struct plan){.delimiters = delimiter & ~inside,
                          .lf = lf & ~inside,
                          .inside = inside,
                          .dropped = (quote & ~second) | cr_out,
                          .escaped = escaped | (bits(equal(w, '\t')) & valid & ~(delimiter & ~inside))};
    return true;
}

static inline char letter_of(char c)
{
    return c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : '\\';
}

/* Writes a word by its plan, in runs between the bytes dropped or escaped. */
static char *write_word(const struct run *r, struct word w, const struct plan *plan)
{
    char text[128], *to = r->to;
    const char *from = r->c->p + r->i;
    store(text, replaced(w, equal(w, r->c->delimiter), '\t'));
    for (uint64_t m = plan->inside & bits(equal(w, r->c->delimiter)); m; m = _blsr_u64(m))
        text[first(m)] = r->c->delimiter;
    size_t at = 0;
    for (uint64_t m = plan->dropped | plan->escaped; m; m = _blsr_u64(m)) {
        size_t k = first(m);
        store(to, load(text + at));
        to += k - at;
        to[0] = '\\';
        to[1] = letter_of(from[k]);
        to += plan->escaped >> k & 1 ? 2 : 0;
        at = k + 1;
    }
    store(to, load(text + at));
    return to + (64 - at);
}

/* A word with something else than text and separators in it, or inside quotes. */
static __attribute__((noinline)) bool special_word(struct run *r, struct word w)
{
    struct plan plan;
    if (!plan_word(r, w, &plan) || !count_fields(&r->fields, r->c->width - 1, plan.delimiters, plan.lf))
        return false;
    if (plan.lf) {
        size_t last = highest(plan.lf);
        uint64_t upto = lowest(last + 1);
        r->used = r->i + last + 1;
        r->made = r->to + (last + 1) - count(plan.dropped & upto) + count(plan.escaped & upto);
        r->rows += count(plan.lf);
    }
    r->quoted_lines += count(bits(equal(w, '\n')) & plan.inside & lowest(r->c->n - r->i));
    r->to = write_word(r, w, &plan);
    r->inside = (uint64_t)0 - (plan.inside >> 63);
    return true;
}

/* For each low half of a byte, the only byte of that half that asks for more than copying: the quote, CR, TAB
 * and the backslash differ in it. A byte in search of one looks itself up, in one instruction. */
static __m256i specials(char quote, char delimiter, bool crlf)
{
    char table[16] = {1}; /* neither 1 nor 0 can stand at its place */
    if (!crlf)
        table['\r' & 15] = '\r';
    table['\\' & 15] = '\\';
    if (quote)
        table[quote & 15] = quote;
    if (delimiter != '\t')
        table['\t' & 15] = '\t';
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)table));
}

static inline struct word find_specials(struct word w, __m256i table)
{
    return (struct word){_mm256_cmpeq_epi8(w.low, _mm256_shuffle_epi8(table, w.low)),
                         _mm256_cmpeq_epi8(w.high, _mm256_shuffle_epi8(table, w.high))};
}

/* Writes the word at p without the CRs of the mask. All that comes behind it is written too, for the next
 * word to overwrite, because a store for at most one CR needs no branch on whether it is there. */
static inline void store_without(char *to, const char *p, uint64_t cr, char delimiter)
{
    size_t dropped = cr != 0;
    struct word rest = load(p + first(cr) + dropped);
    store(to + first(cr), replaced(rest, equal(rest, delimiter), '\t'));
    for (uint64_t more = _blsr_u64(cr); more; more = _blsr_u64(more)) {
        rest = load(p + first(more) + 1);
        store(to + first(more) - dropped++, replaced(rest, equal(rest, delimiter), '\t'));
    }
}

/* The whole words from r->i on that have nothing special; stops at the first that has. With crlf, CR before
 * LF is nothing special. */
static inline __attribute__((always_inline)) bool plain_words(struct run *r, bool crlf)
{
    const __m256i table = specials(r->c->quote, r->c->delimiter, crlf);
    const char *p = r->c->p, delimiter = r->c->delimiter;
    const size_t n = r->c->n, want = r->c->width - 1, from = r->i;
    size_t i = from, used = from, fields = r->fields;
    size_t dropped = 0, dropped_used = 0; /* CRs so far, and in what is used */
    uint64_t rows = 0;
    bool good = true;
    for (; i + 64 <= n; i += 64) {
        struct word w = load(p + i), delimiters = equal(w, delimiter);
        uint64_t lf = bits(equal(w, '\n')), some = (uint64_t)0 - (lf != 0);
        uint64_t cr = crlf ? bits(equal(w, '\r')) : 0;
        if (!none(find_specials(w, table)) || (cr & ~behind(lf, p[i + 64] == '\n')))
            break;
        good = count_fields(&fields, want, bits(delimiters), lf);
        if (!good)
            break;
        char *to = r->to + (i - from) - dropped;
        store(to, replaced(w, delimiters, '\t'));
        used += (i + highest(lf | 1) + 1 - used) & some;
        rows += count(lf);
        if (crlf) {
            store_without(to, p + i, cr, delimiter);
            dropped_used += (dropped + count(cr & lowest(63)) - dropped_used) & some;
            dropped += count(cr);
        }
    }
    if (rows > 0) {
        r->used = used;
        r->made = r->to + (used - from) - dropped_used;
        r->rows += rows;
    }
    r->fields = fields;
    r->i = i;
    r->to += i - from - dropped;
    return good;
}

void csv_copy_avx2(struct csv_copy *c)
{
    struct run r = {.c = c, .to = c->to, .made = c->to};
    const char *lf = memchr(c->p, '\n', c->n);
    bool crlf = lf && lf > c->p && lf[-1] == '\r', good = true;
    while (r.i < c->n && good) {
        /* A row of one field may be a blank line, which only the careful look tells. */
        if (!r.inside && c->width > 1)
            good = crlf ? plain_words(&r, true) : plain_words(&r, false);
        if (r.i < c->n && good) {
            good = special_word(&r, load(c->p + r.i));
            r.i += good ? 64 : 0;
        }
    }
    c->used = r.used;
    c->made = (size_t)(r.made - c->to);
    c->rows = r.rows;
    c->lines = r.rows + r.quoted_lines;
    size_t seen = r.i < c->n ? r.i : c->n;
    for (size_t i = r.used; r.quoted_lines && i < seen; i++) /* the lines of the record that was not ended */
        c->lines -= c->p[i] == '\n';
    c->unusual = !good || r.fields >= c->width;
}

TARGET_END

#else

bool csv_fast_available(void)
{
    return false;
}

size_t csv_index_avx2(const char *p, size_t from, size_t n, char delimiter, char quote, uint32_t *at)
{
    (void)p, (void)from, (void)n, (void)delimiter, (void)quote, (void)at;
    return 0;
}

void csv_copy_avx2(struct csv_copy *c)
{
    c->used = c->made = c->rows = c->lines = 0;
    c->unusual = true;
}

#endif
