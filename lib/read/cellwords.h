/* SPDX-License-Identifier: MIT
 * cellwords: what a mapping says of a cell in words: that it begins with one, is one, or has a pattern in it.
 */
#ifndef LIB_CELLWORDS_H
#define LIB_CELLWORDS_H

#include "lib/read/fold.h"
#include "lib/read/wordpattern.h"

/* Begin with zeros. */
struct cellwords {
    struct wordlist begin, whole;
    struct wordpattern **pattern; /* owned */
    size_t patterns;
};

static inline bool cellwords_any(const struct cellwords *w)
{
    return w->begin.n + w->whole.n + w->patterns > 0;
}

/* Whether a cell folded by fold_word is meant. */
bool cellwords_match(const struct cellwords *w, struct slice folded);

/* Whether a word begins with the character of these n bytes, one that folding leaves as it is. Asked of every
 * row. */
static inline bool cellwords_begin_with(const struct wordlist *w, const char *first, size_t n)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->word[i].n >= n && memcmp(w->word[i].p, first, n) == 0)
            return true;
    return false;
}

/* false: no cell that begins with that character is meant. */
static inline bool cellwords_may_begin(const struct cellwords *w, const char *first, size_t n)
{
    return w->patterns > 0 || cellwords_begin_with(&w->begin, first, n) ||
           cellwords_begin_with(&w->whole, first, n);
}

void cellwords_free(struct cellwords *w);

#endif
