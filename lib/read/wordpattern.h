/* SPDX-License-Identifier: MIT
 * wordpattern: POSIX extended regular expressions over folded text, as mappings use them for headings, titles
 * and names. */
#ifndef LIB_WORDPATTERN_H
#define LIB_WORDPATTERN_H

#include "lib/base/base.h"

struct wordpattern;

/* The pattern is folded as the text it meets is: blanks are dropped, and a full-width form stands for its
 * ASCII character itself, whatever that means in a pattern. NULL when it is no extended regular expression,
 * or has back-references; reason (size n) then says why. */
struct wordpattern *wordpattern_compile(struct slice text, char *reason, size_t n);
void wordpattern_free(struct wordpattern *p); /* p may be NULL */

/* Whether the pattern is found anywhere in text folded by fold_word. */
bool wordpattern_matches(const struct wordpattern *p, struct slice folded);

/* As wordpattern_matches; *group gets the part of folded that the one group took. */
bool wordpattern_captures(const struct wordpattern *p, struct slice folded, struct slice *group);

/* Groups in parentheses. */
size_t wordpattern_groups(const struct wordpattern *p);

/* When text begins with a pattern between slashes, /REGEX/, followed by '|' or nothing, the length of it with
 * its slashes; else 0. */
size_t wordpattern_length(const char *text);

#endif
