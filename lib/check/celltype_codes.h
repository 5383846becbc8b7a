/* SPDX-License-Identifier: MIT
 * celltype_codes: a list of codes and the question whether a field is one of them. Small lists of short codes
 * are asked through a collision-free table, one comparison a field; others through a keymap. */
#ifndef LIB_CELLTYPE_CODES_H
#define LIB_CELLTYPE_CODES_H

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

#endif
