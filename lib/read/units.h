/* SPDX-License-Identifier: MIT
 * units: the units a bureau knows (a specification: unit dimension shift). Within a dimension one unit
 * differs from another by a power of ten, so converting is moving the decimal point. */
#ifndef LIB_UNITS_H
#define LIB_UNITS_H

#include "lib/base/diag.h"

struct unit {
    const char *name; /* folded */
    const char *dimension;
    int shift; /* power of ten to the dimension's base unit */
};

struct units;

/* NULL on failure, ST_MISUSE. */
struct units *units_load(const char *path, struct diag *d);
void units_free(struct units *u);

/* The unit of that name, folded by fold_word; NULL when there is none. u may be NULL: no units are known. */
const struct unit *units_find(const struct units *u, struct slice name);

/* Whether some unit is of that dimension. */
bool units_have_dimension(const struct units *u, const char *dimension);

/* All units, in the order of the file. u may be NULL. */
size_t units_count(const struct units *u);
const struct unit *units_at(const struct units *u, size_t i);

/* Power of ten from one unit to the other. Only for two of one dimension. */
int units_shift(const struct unit *from, const struct unit *to);
bool units_same_dimension(const struct unit *a, const struct unit *b);

#endif
