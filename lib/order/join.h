/* SPDX-License-Identifier: MIT
 * join: the rows of a table, in their order, beside the rows of a reference table that have the same key, or
 * the same key and a span that holds the row's date. The reference is held in memory up to a bound; beyond,
 * both tables are sorted by key in temporary files, and the result by the order of the table. */
#ifndef LIB_JOIN_H
#define LIB_JOIN_H

#include "lib/stream/table.h"

/* What joins what: numbers of columns. Everything is borrowed. */
struct join_rule {
    const int *key, *ref_key; /* of the table and of the reference */
    size_t keys;
    const int *added; /* of the reference */
    size_t adds;
    bool dated;
    int date, from, to;  /* where dated: of the table; of the reference */
    bool half_open;      /* to is the first day that a row does not hold any more */
    bool all;            /* a row for each row of the reference that has the key; otherwise one may, or more
                          * whose added fields are the same; where dated none may hold on the same day */
    bool unmet;          /* join_unmet will be called */
    uint64_t memory;     /* bytes the reference may take */
    const char *scratch; /* directory of temporary files, as for scratch_open */
};

/* A row of the table and what was found for it. Every field that was \N is empty. */
struct joined {
    struct slice row; /* p is NULL behind the last row */
    uint64_t line;
    bool found;
    struct slice added; /* the fields found, joined by TAB */
    struct slice key;   /* where none was found: the fields looked for, joined by TAB */
};

struct join;

struct join *join_new(struct table *t, struct table *reference, const struct join_rule *rule);
void join_free(struct join *j);

/* Reads the reference. ST_INPUT for a key that stands twice with other fields, or whose spans overlap, naming
 * both lines; for what is not a date. */
enum status join_load(struct join *j, struct diag *d) MUST_USE;

/* The next row of the table; with `all`, the same row again for the next row of the reference, in their
 * order. It dies at the next call. */
enum status join_next(struct join *j, struct joined *row, struct diag *d) MUST_USE;

/* After the last row: the next row of the reference that no row of the table found, in their order; where not
 * dated, that has a key no row has, and not `all`, the first of its key. row.key has its key. */
enum status join_unmet(struct join *j, struct joined *row, struct diag *d) MUST_USE;

bool join_spilled(const struct join *j);

#endif
