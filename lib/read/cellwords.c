/* SPDX-License-Identifier: MIT
 * cellwords: see cellwords.h. */
#include "lib/read/cellwords.h"

#include <stdlib.h>

bool cellwords_match(const struct cellwords *w, struct slice folded)
{
    bool found = wordlist_begins(&w->begin, folded) || wordlist_has(&w->whole, folded);
    for (size_t i = 0; i < w->patterns && !found; i++)
        found = wordpattern_matches(w->pattern[i], folded);
    return found;
}

static bool has_beginning(const struct wordlist *w, const char *first, size_t n)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->word[i].n >= n && memcmp(w->word[i].p, first, n) == 0)
            return true;
    return false;
}

bool cellwords_may_begin(const struct cellwords *w, const char *first, size_t n)
{
    return w->patterns > 0 || has_beginning(&w->begin, first, n) || has_beginning(&w->whole, first, n);
}

void cellwords_free(struct cellwords *w)
{
    wordlist_free(&w->begin);
    wordlist_free(&w->whole);
    for (size_t i = 0; i < w->patterns; i++)
        wordpattern_free(w->pattern[i]);
    free(w->pattern);
    *w = (struct cellwords){0};
}
