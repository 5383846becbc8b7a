/* SPDX-License-Identifier: MIT
 * join_internal: what the files of a join share. */
#ifndef LIB_JOIN_INTERNAL_H
#define LIB_JOIN_INTERNAL_H

#include "lib/order/join.h"
#include "lib/order/reference.h"
#include "lib/order/rows.h"

struct join_spill;

struct join {
    struct table *table, *reference;
    const struct join_rule *rule;
    struct reference *held;
    struct validity_form form;
    struct slice *field; /* the added fields of a row of the reference */
    struct buf scratch, plain;
    /* the chunk of the table that is joined */
    struct batch batch;
    bool escapes;       /* a field of the batch may be \N */
    size_t from, n, at; /* the chunk's first row, its rows, the row that is next */
    struct buf keys;    /* where they do not stand side by side in the rows */
    struct slice key[ROWS_CHUNK];
    reference_row found[ROWS_CHUNK];
    reference_row match; /* of row at: the row of the reference that is next, or REFERENCE_NONE */
    bool unmet_begun;
    reference_row unmet;      /* the row of the reference to be looked at next */
    struct join_spill *spill; /* NULL while memory is enough */
};

/* Whether a row of the reference may share its key, and its days, with another. */
static inline bool join_is_single(const struct join_rule *rule)
{
    return !rule->all && rule->adds > 0;
}

/* A reference for the rule. */
struct reference *join_reference(const struct join_rule *rule);

/* Holds a row; ST_INPUT when the rule forbids it, naming both lines. */
enum status join_hold(struct reference *r, const struct join_rule *rule, struct slice key,
                      const struct reference_entry *row, const char *file, struct diag *d);

/* reference_end, with the reason of ST_INPUT. */
enum status join_end(struct reference *r, const char *file, struct diag *d);

/* Reads on: the keys of the next chunk of rows are in key; n == 0 at the end. */
enum status join_chunk(struct join *j, struct diag *d);

/* The date of row at of the batch, INT32_MIN where there is none. */
enum status join_date(struct join *j, size_t at, int32_t *date, struct diag *d);

/* What is known of row i of the batch of the reference. row->field dies at the next call. */
enum status join_reference_row(struct join *j, const struct batch *b, size_t i, struct reference_entry *row,
                               struct diag *d);

struct join_spill *join_spill_new(struct join *j);
void join_spill_free(struct join_spill *s);

/* Takes a row of the reference. */
enum status join_spill_put(struct join_spill *s, struct slice key, const struct reference_entry *row,
                           struct diag *d);

/* The reference is whole: reads the table and joins. */
enum status join_spill_read(struct join_spill *s, struct diag *d);

enum status join_spill_next(struct join_spill *s, struct joined *row, struct diag *d);
enum status join_spill_unmet(struct join_spill *s, struct joined *row, struct diag *d);

#endif
