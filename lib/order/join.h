/* SPDX-License-Identifier: MIT
 * join: a table held in memory, found by key. */
#ifndef LIB_JOIN_H
#define LIB_JOIN_H

#include "lib/stream/table.h"

struct reference;

/* What of a table is held. Borrowed until reference_load returns. */
struct reference_columns {
    const int *key; /* column numbers */
    size_t keys;
    const int *kept;
    size_t kepts;
};

/* Reads t to its end. Several rows of one key are kept when `all`; otherwise the first stands for those whose
 * kept fields equal its own, and any other is ST_INPUT, naming both lines. NULL on failure. */
struct reference *reference_load(struct table *t, const struct reference_columns *c, bool all,
                                 struct diag *d);
void reference_free(struct reference *r);

enum { REFERENCE_NONE = -1 };

/* The first row of a key (fields joined by TAB, without \N), or REFERENCE_NONE. */
int64_t reference_find(const struct reference *r, struct slice key);

/* The next row of the same key, in the order of the file, or REFERENCE_NONE. */
int64_t reference_next(const struct reference *r, int64_t row);

size_t reference_rows(const struct reference *r);
struct slice reference_kept(const struct reference *r, int64_t row); /* joined by TAB */
struct slice reference_key(const struct reference *r, int64_t row);

/* Remembers that a row's key was asked for; reference_is_met tells. */
void reference_meet(struct reference *r, int64_t row);
bool reference_is_met(const struct reference *r, int64_t row);

#endif
