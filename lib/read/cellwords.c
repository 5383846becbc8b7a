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

void cellwords_free(struct cellwords *w)
{
    wordlist_free(&w->begin);
    wordlist_free(&w->whole);
    for (size_t i = 0; i < w->patterns; i++)
        wordpattern_free(w->pattern[i]);
    free(w->pattern);
    *w = (struct cellwords){0};
}
