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

/* false: no cell whose first character is these n bytes is meant. n is not 0, and the character one that
 * folding leaves as it is. */
bool cellwords_may_begin(const struct cellwords *w, const char *first, size_t n);

void cellwords_free(struct cellwords *w);

#endif
