/* SPDX-License-Identifier: MIT
 * codes: lists of the words that stand for a code (a specification: table alias code), compared folded. */
#ifndef LIB_CODES_H
#define LIB_CODES_H

#include "lib/base/diag.h"

struct codes;

struct codes *codes_new(void);
void codes_free(struct codes *c);

/* Adds the lists of a file; with list not NULL only the list of that name. ST_MISUSE when the file is wrong,
 * has rows but none of that list, or one alias would mean two codes. */
enum status codes_add(struct codes *c, const char *path, const char *list, struct diag *d) MUST_USE;

/* The number of a list, or -1. */
int codes_list(const struct codes *c, const char *name);

/* The code for a word folded by fold_word, an alias or the code itself; "" with n == 0 when unknown. */
struct slice codes_find(const struct codes *c, int list, struct slice folded);

#endif
