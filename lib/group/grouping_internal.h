/* SPDX-License-Identifier: MIT
 * grouping_internal: the inside of a table of groups, for the files that do more with it. */
#ifndef LIB_GROUPING_INTERNAL_H
#define LIB_GROUPING_INTERNAL_H

#include "lib/group/grouping.h"
#include "lib/order/runs.h"
#include "lib/stream/keymap.h"

struct grouping {
    struct aggregator *a;
    struct part_format format;
    struct row_groups rows; /* keys to numbers; a record stands beside each key */
    int *column;            /* owned until rows has it */
    struct store store;
    struct grouping_limits limits;
    struct runs *runs; /* NULL until something was spilled */
    bool sorted;       /* rows come in the order of their keys */
    bool any;          /* a row came */
    struct buf last;   /* its key */
    char *record;      /* room for one */
};

static inline char *grouping_record(const struct grouping *g, uint32_t number)
{
    return keymap_payload(g->rows.map, number);
}

/* Sends some groups of the table, by number, into a sink; they stay. */
enum status grouping_send(struct grouping *g, const uint32_t *number, size_t n, bool all_ordered,
                          const struct group_sink *sink, struct diag *d) MUST_USE;

/* Writes some groups as a run of lines and empties the table. */
enum status grouping_spill(struct grouping *g, const uint32_t *number, size_t n, struct diag *d) MUST_USE;

/* Spills when the table is over its limit. */
enum status grouping_keep_within(struct grouping *g, struct diag *d) MUST_USE;
bool grouping_is_over(const struct grouping *g);

void grouping_clear(struct grouping *g);

/* Folds a record into the group of that key; puts a value into one of its bags. */
enum status grouping_fold_key(struct grouping *g, struct slice key, const char *record,
                              struct diag *d) MUST_USE;
void grouping_put_value(struct grouping *g, struct slice key, size_t bag, const struct bag_item *item);

/* Whether the keys of n rows rise, from the last row before them on. On failure ST_INPUT with the line. */
enum status grouping_check_order(struct grouping *g, const uint32_t *number, size_t n, const uint32_t *row,
                                 uint64_t line, struct diag *d) MUST_USE;

/* The groups of the table that are no totals, in order of first appearance; malloced. */
uint32_t *grouping_finest(const struct grouping *g, size_t *n);

/* Folds the groups given, none of them totals, into the totals they belong to, set by set. fits may be NULL;
 * else it stops when the table has grown over its limit, with false there and totals that are not whole. */
struct grouping_sets;
enum status grouping_add_totals(struct grouping *g, const struct grouping_sets *s, const uint32_t *number,
                                size_t n, bool *fits, struct diag *d) MUST_USE;

#endif
