/* SPDX-License-Identifier: MIT
 * names: texts under a name, and their substitution for {name} in other texts. */
#ifndef LIB_NAMES_H
#define LIB_NAMES_H

#include "lib/base/buf.h"
#include "lib/base/diag.h"

struct names;

struct names *names_new(void);
void names_free(struct names *n);

/* Gives the name a value, in place of the one it had. Copies both. */
void names_set(struct names *n, struct slice name, struct slice value);

/* As names_set from NAME=VALUE; false when there is no '=' or the name is not letters, digits and '_'. */
bool names_define(struct names *n, const char *definition);

/* The number of a name, or -1; names are numbered from 0. */
int names_find(const struct names *n, struct slice name);
const char *names_value(const struct names *n, int number);
const char *names_field(const struct names *n, int number); /* escaped as a field of the stream */

/* The value of a name, "" when it has none. */
const char *names_get(const struct names *n, const char *name);

/* Appends the text with {name} replaced by its value; "{{" stands for "{". At a name that has no value, or a
 * brace that does not close, it stops and returns false with the name in *unknown. */
bool names_expand(const struct names *n, const char *text, struct buf *b, struct slice *unknown);

#endif
