/* SPDX-License-Identifier: MIT
 * aggregator_sets: from the groups of the rows to the lines of the result: totals over some of the key
 * columns (SQL's ROLLUP and CUBE), in order. */
#ifndef LIB_AGGREGATOR_SETS_H
#define LIB_AGGREGATOR_SETS_H

#include "lib/group/aggregator.h"
#include "lib/order/rows.h"

enum grouping { GROUPING_PLAIN, GROUPING_ROLLUP, GROUPING_CUBE };

enum { GROUPING_MAX_KEYS = 16 }; /* of a cube: 65536 grouping sets */

struct group_line {
    uint32_t group;   /* number of its state in the aggregator */
    uint32_t rolled;  /* the key columns rolled up, the leftmost the highest bit: SQL's GROUPING_ID */
    struct slice key; /* the fields of the others, joined by TAB */
};

struct group_lines {
    struct group_line *line;
    size_t n;
    struct keymap **map; /* hold the keys of the totals */
    size_t maps;
};

/* The lines for the groups in g, whose states are in a; the totals are folded from them, and the grand total
 * is there even when no group is. sorted: bytewise by the key columns in turn, a rolled-up one after all
 * others; else one grouping set after the other, each by first appearance. Borrows g. On failure ST_INPUT:
 * overflow. */
enum status group_lines_make(struct group_lines *lines, const struct row_groups *g, struct aggregator *a,
                             enum grouping grouping, bool sorted, struct diag *d) MUST_USE;
void group_lines_free(struct group_lines *lines);

/* Whether key column i of n is rolled up in the line. */
static inline bool line_rolls_up(const struct group_line *line, size_t i, size_t n)
{
    return line->rolled && line->rolled >> (n - 1 - i) & 1;
}

/* The field of key column i of n; \- when it is rolled up. */
struct slice group_line_field(const struct group_line *line, size_t i, size_t n);

#endif
