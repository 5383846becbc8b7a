/* SPDX-License-Identifier: MIT
 * grouping_sets: totals over some of the key columns (SQL's GROUPING SETS, ROLLUP and CUBE), each at its own
 * grain. In the key of a total the byte 0xff, which stands in no text and sorts after all, takes the place of
 * a column that is totalled over: so totals are groups like others, and stand behind what they cover. */
#ifndef LIB_GROUPING_SETS_H
#define LIB_GROUPING_SETS_H

#include "lib/group/grouping.h"

enum { GROUPING_MAX_KEYS = 16 }; /* of a cube: 65536 grouping sets */

/* A set is the key columns it totals over, the leftmost the highest bit: SQL's GROUPING_ID. */
struct grouping_sets {
    size_t keys;
    uint32_t *total; /* the sets with totals, rising; owned */
    size_t n;
    bool details; /* the groups by all key columns are wanted too */
};

void grouping_sets_plain(struct grouping_sets *s, size_t keys); /* no totals */
void grouping_sets_rollup(struct grouping_sets *s, size_t keys);
void grouping_sets_cube(struct grouping_sets *s, size_t keys);
void grouping_sets_grand(struct grouping_sets *s, size_t keys); /* the total of all */
/* Sets of column names, "a,b;a;": the last one here is the total of all. ST_MISUSE: an unknown name. */
enum status grouping_sets_parse(struct grouping_sets *s, const char *text, const struct slice *name,
                                size_t keys, struct diag *d) MUST_USE;
void grouping_sets_free(struct grouping_sets *s);

/* The columns that a key totals over, and its field of column i, which is empty where it is one of them. */
uint32_t total_of_key(struct slice key, size_t keys);
struct slice key_field(struct slice key, size_t i);

/* grouping_drain with the totals of sets among the groups. The total of all is there even when no group is.
 */
enum status grouping_drain_sets(struct grouping *g, const struct grouping_sets *s, enum group_order order,
                                const struct group_sink *sink, struct diag *d) MUST_USE;

/* Rows that come in the order of their keys: another order is an error of grouping_add_rows, and groups can
 * go out as soon as the next key has come. */
void grouping_expect_sorted(struct grouping *g);

/* Sends the groups that are complete into the sink, with their totals, when many are. */
enum status grouping_flush(struct grouping *g, const struct grouping_sets *s, const struct group_sink *sink,
                           struct diag *d) MUST_USE;

#endif
