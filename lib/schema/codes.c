/* SPDX-License-Identifier: MIT
 * codes: a list of codes and the question whether a field is one of them. */
#include "lib/schema/codes.h"

#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/stream/keymap.h"

/* Up to this many codes a seed without collisions in 1024 slots is found within a few hundred tries (the
 * chance of a try is about exp(-n^2/2048)). */
enum { CODES_SMALL = 96, CODES_TRIES = 20000 };

void code_set_add(struct code_set *c, struct slice code)
{
    if (!c->all)
        c->all = keymap_new(0);
    keymap_put(c->all, code);
}

uint32_t code_set_count(const struct code_set *c)
{
    return c->all ? keymap_count(c->all) : 0;
}

static bool place_all(const struct code_set *c, uint64_t seed)
{
    memset(c->slot, 0, CODES_SLOTS * sizeof *c->slot);
    for (uint32_t i = 0; i < keymap_count(c->all); i++) {
        struct code_words w = code_words_of(keymap_key(c->all, i));
        struct code_words *s = &c->slot[code_slot(w, seed)];
        if (s->n)
            return false;
        *s = w;
    }
    return true;
}

static bool place_words(const struct code_set *c, uint64_t seed)
{
    memset(c->word, 0, CODES_SLOTS * sizeof *c->word);
    for (uint32_t i = 0; i < keymap_count(c->all); i++) {
        struct slice code = keymap_key(c->all, i);
        char bytes[8] = {0};
        memcpy(bytes, code.p, code.n);
        uint64_t w = code_word_at(bytes, code.n), *s = &c->word[code_word_slot(w, seed)];
        if (*s)
            return false;
        *s = w;
    }
    return true;
}

static uint64_t seed_of(uint64_t try)
{
    return try * 0xd1342543de82ef95U;
}

static void settle_words(struct code_set *c)
{
    for (uint32_t i = 0; i < keymap_count(c->all); i++)
        if (keymap_key(c->all, i).n > sizeof *c->word)
            return;
    c->word = mem_zero(CODES_SLOTS, sizeof *c->word);
    for (uint64_t k = 1; k <= CODES_TRIES; k++) {
        c->word_seed = seed_of(k);
        if (place_words(c, c->word_seed))
            return;
    }
    free(c->word);
    c->word = NULL;
}

void code_set_settle(struct code_set *c)
{
    uint32_t n = code_set_count(c);
    if (n == 0 || n > CODES_SMALL)
        return;
    for (uint32_t i = 0; i < n; i++) {
        size_t length = keymap_key(c->all, i).n;
        if (length == 0 || length > CODES_SHORT)
            return;
    }
    settle_words(c);
    c->slot = mem_zero(CODES_SLOTS, sizeof *c->slot);
    for (uint64_t k = 1; k <= CODES_TRIES; k++) {
        c->seed = seed_of(k);
        if (place_all(c, c->seed))
            return;
    }
    free(c->slot);
    c->slot = NULL;
}

bool code_set_hold_slow(const struct code_set *c, struct slice f)
{
    return c->all && keymap_get(c->all, f) >= 0;
}

char *code_set_listed(const struct code_set *c, uint32_t most)
{
    struct buf text = {0};
    uint32_t n = code_set_count(c);
    uint32_t *order = n ? keymap_sorted(c->all) : NULL;
    for (uint32_t i = 0; i < n && i < most; i++) {
        buf_text(&text, i ? ", " : "");
        buf_slice(&text, keymap_key(c->all, order[i]));
    }
    if (n > most)
        buf_text(&text, ", …");
    free(order);
    char *copy = mem_text(buf_view(&text));
    buf_free(&text);
    return copy;
}

void code_set_free(struct code_set *c)
{
    if (c->all)
        keymap_free(c->all);
    free(c->slot);
    free(c->word);
    *c = (struct code_set){0};
}
