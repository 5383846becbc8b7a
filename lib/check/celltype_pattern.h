/* SPDX-License-Identifier: MIT
 * celltype_pattern: POSIX extended regular expressions that a whole field must match. Patterns that are a
 * plain sequence of characters and classes (L[0-9]{10}), as identifiers have, are matched by one walk over
 * the bytes; all others by regexec. */
#ifndef LIB_CELLTYPE_PATTERN_H
#define LIB_CELLTYPE_PATTERN_H

#include "lib/base/base.h"

struct pattern;

/* NULL when the text is no extended regular expression; reason (size n) then says why. */
struct pattern *pattern_compile(const char *text, char *reason, size_t n);
void pattern_free(struct pattern *p);

bool pattern_match(const struct pattern *p, struct slice f);

/* Whether all that matches is an identifier (cell_is_id) for certain, so that one test does for both. */
bool pattern_is_word(const struct pattern *p);
const char *pattern_text(const struct pattern *p);

/* Whether the one-walk matcher is in use; pattern_match_regex is the judge it is compared with. */
bool pattern_is_simple(const struct pattern *p);
bool pattern_match_regex(const struct pattern *p, struct slice f);

#endif
