/* SPDX-License-Identifier: MIT
 * codes: a list of codes and the question whether a field is one of them. Small lists of short codes
 * are asked through a collision-free table, one comparison a field; others through a keymap. */
#ifndef LIB_CODES_H
#define LIB_CODES_H

#include "lib/base/base.h"

enum { CODES_SLOTS = 1024, CODES_SHORT = 16 };

struct keymap;

/* A code of at most 16 bytes as two words: equal codes of equal length have equal words, and no others. */
struct code_words {
    uint64_t head, tail;
    uint32_t n;
};

struct code_set {
    struct keymap *all;
    struct code_words *slot; /* CODES_SLOTS of them, n == 0 when free; NULL when the list is not that small */
    uint64_t seed;
    uint64_t *word; /* CODES_SLOTS codes of at most 8 bytes each as one word, 0 when free; NULL likewise */
    uint64_t word_seed;
};

/* Zero-initialise, add every code, settle, then ask. */
void code_set_add(struct code_set *c, struct slice code);
void code_set_settle(struct code_set *c);
void code_set_free(struct code_set *c);
uint32_t code_set_count(const struct code_set *c);

/* The codes in bytewise order, joined by ", ", cut after `most` of them with "…"; malloced. */
char *code_set_listed(const struct code_set *c, uint32_t most);

bool code_set_hold_slow(const struct code_set *c, struct slice f);

static inline struct code_words code_words_of(struct slice f)
{
    struct code_words w = {0, 0, (uint32_t)f.n};
    if (f.n >= 8) {
        memcpy(&w.head, f.p, 8);
        memcpy(&w.tail, f.p + f.n - 8, 8);
    } else if (f.n >= 4) {
        memcpy(&w.head, f.p, 4);
        memcpy(&w.tail, f.p + f.n - 4, 4);
    } else if (f.n) {
        w.head = (uint64_t)(unsigned char)f.p[0] << 16 | (uint64_t)(unsigned char)f.p[f.n / 2] << 8 |
                 (unsigned char)f.p[f.n - 1];
    }
    return w;
}

static inline size_t code_slot(struct code_words w, uint64_t seed)
{
    u128 m = (u128)(w.head ^ seed) * ((w.tail + w.n) ^ 0x9e3779b97f4a7c15U);
    return ((uint64_t)m ^ (uint64_t)(m >> 64)) >> 54;
}

static inline bool code_set_hold(const struct code_set *c, struct slice f)
{
    if (!c->slot)
        return code_set_hold_slow(c, f);
    if (f.n - 1 >= CODES_SHORT)
        return false;
    struct code_words w = code_words_of(f);
    const struct code_words *s = &c->slot[code_slot(w, c->seed)];
    return s->head == w.head && s->tail == w.tail && s->n == w.n;
}

/* A code of 1 to 8 bytes as one word, its bytes at the upper end and zeros below: no two are the same,
 * because no byte of a field is NUL. Eight bytes from p are read. */
static inline uint64_t code_word_at(const char *p, size_t n)
{
    uint64_t w;
    memcpy(&w, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w = __builtin_bswap64(w);
#endif
    return w << (64 - 8 * n);
}

static inline size_t code_word_slot(uint64_t word, uint64_t seed)
{
    return (word * seed) >> 54;
}

/* As code_set_hold for a set that has `word` and a field with eight readable bytes from its start, as all
 * fields of a batch have. */
static inline bool code_set_hold_word(const struct code_set *c, struct slice f)
{
    if (f.n - 1 >= 8)
        return false;
    uint64_t w = code_word_at(f.p, f.n);
    return c->word[code_word_slot(w, c->word_seed)] == w;
}

#endif
