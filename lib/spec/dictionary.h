/* SPDX-License-Identifier: MIT
 * dictionary: named definitions of figures. A specification with the columns code, expression and decimals
 * (and others for its readers) says what each figure is; its value is the expression, rounded once to its
 * decimals. */
#ifndef LIB_DICTIONARY_H
#define LIB_DICTIONARY_H

#include "lib/base/diag.h"

struct dictionary;

/* NULL on failure: ST_MISUSE with file and line, for a code that stands twice as well. */
struct dictionary *dictionary_load(const char *path, struct diag *d);
void dictionary_free(struct dictionary *y);

/* The definition of code as a text for expr_compile: round(expression, decimals), or the expression alone
 * where no decimals are stated. NULL when there is no such code. *line is that of the specification. Owned by
 * y. */
const char *dictionary_find(const struct dictionary *y, struct slice code, uint64_t *line);
const char *dictionary_file(const struct dictionary *y);

#endif
