/* SPDX-License-Identifier: MIT
 * schema_key: whether the key of a table is unique; every member of a group that shares a key is kept. */
#ifndef LIB_SCHEMA_KEY_H
#define LIB_SCHEMA_KEY_H

#include "lib/schema/schema_check.h"

struct schema_key;

/* file_column and line_column are those of an origin, or -1: then a row's place is its line in the stream. */
struct schema_key *schema_key_new(const struct schema *s, int file_column, int line_column);
void schema_key_free(struct schema_key *k);

/* Takes rows [from, to) of a batch; those with a failure in a key column are left out and counted as
 * undecided. */
void schema_key_rows(struct schema_key *k, const struct batch *b, size_t from, size_t to,
                     const struct schema_check *faults);

struct key_member {
    struct slice file; /* as in _file; empty without an origin */
    uint64_t line;
};

/* Calls use for every key that more than one row has, in order of first appearance: its fields joined by TAB,
 * its rows in their order. */
typedef void schema_key_fn(void *ctx, struct slice key, const struct key_member *member, size_t n);
void schema_key_repeats(struct schema_key *k, schema_key_fn *use, void *ctx);

/* Rows whose key was looked at, that share theirs, that were left out. After schema_key_repeats. */
struct check_count schema_key_count(const struct schema_key *k);

#endif
