/* SPDX-License-Identifier: MIT
 * ranking: a table whose rows are ranked within groups, given back as they came or in order; above a bound of
 * memory by runs in temporary files. */
#ifndef LIB_RANKING_H
#define LIB_RANKING_H

#include "lib/expr/expr.h"
#include "lib/order/contest.h"
#include "lib/stream/table.h"

struct ranked {
    struct slice row;       /* bytes; p is NULL behind the last row */
    uint64_t number;        /* of the row in the table, from 0; it stands on line number + 2 */
    enum standing standing; /* this and the rank where the rule ranks */
    uint64_t doubled_rank;  /* 0 for none */
    uint64_t upto;          /* ranked rows of the group that are not behind this one */
    uint64_t rivals;        /* ranked rows of the group */
    uint64_t levels;        /* different ones among them */
};

/* Is shown each two rows of a group that follow each other in order and differ in their keys. */
typedef void ranking_pair(void *ctx, const struct ranked *a, const struct ranked *b);

/* What ranks whom. All columns are numbers of the table's; everything is borrowed. */
struct ranking_rule {
    const struct order_key *key;
    const int *column; /* of the keys */
    size_t keys;
    const int *group; /* columns in which the rows of a group agree */
    size_t groups;
    struct expr *where;          /* rows for which it is not true do not compete; NULL: all do */
    struct contest_rule contest; /* counted where a pair is wanted */
    ranking_pair *pair;          /* NULL: not wanted */
    void *pair_ctx;
    bool in_order;       /* rows come by group and rank, otherwise as they came */
    bool careful;        /* nothing is decoded ahead; for the test that compares both ways */
    uint64_t memory;     /* bytes that rows held may take */
    const char *scratch; /* directory of temporary files, as for scratch_open */
};

struct ranking;

struct ranking *ranking_new(struct table *t, const struct ranking_rule *rule); /* both borrowed */
void ranking_free(struct ranking *r);

/* Reads the table to its end. Text in a number key is ST_INPUT. */
enum status ranking_read(struct ranking *r, struct diag *d) MUST_USE;

/* After ranking_read: whether a backslash stood in some row, so that a field may be \N. */
bool ranking_has_escapes(const struct ranking *r);

/* After ranking_read: the next row that is wanted; it dies at the next call. upto, rivals and levels are set
 * where the rule counts. */
enum status ranking_next(struct ranking *r, struct ranked *row, struct diag *d) MUST_USE;

/* Whether rows had to go to temporary files. */
bool ranking_spilled(const struct ranking *r);

#endif
