/* SPDX-License-Identifier: MIT
 * grouping: a table of groups, each a key and the record of its aggregates. Rows come in, or the lines of
 * parts; the groups go out, in order, into a sink. When the table grows over its limit its groups go as the
 * sorted lines of a part into a temporary file, and come back merged. */
#ifndef LIB_GROUPING_H
#define LIB_GROUPING_H

#include "lib/group/part.h"

struct grouping;

struct grouping_limits {
    uint64_t memory;       /* bytes that the groups may take */
    const char *directory; /* of the temporary files, as for scratch_open */
    bool may_spill;        /* otherwise more memory than that is an error */
};

/* Takes columns (NULL when only lines will come), `keys` of them; borrows the aggregator, to which nothing is
 * added any more. */
struct grouping *grouping_new(struct aggregator *a, int *column, size_t keys,
                              const struct grouping_limits *limits);
void grouping_free(struct grouping *g);

/* Of the lines it writes and takes in. */
const struct part_format *grouping_format(const struct grouping *g);

/* Takes in at most ROWS_CHUNK rows of a batch. On failure ST_INPUT: the data; ST_OUTPUT: a temporary file;
 * ST_FAULT: over the limit. */
enum status grouping_add_rows(struct grouping *g, const struct batch *b, const char *file,
                              const uint32_t *row, size_t n, struct diag *d) MUST_USE;

/* Takes in a line. On failure as grouping_add_rows, without file and line. */
enum status grouping_add_line(struct grouping *g, const struct part_line *l, struct diag *d) MUST_USE;

/* Makes sure that there is a group of that key. */
void grouping_add_key(struct grouping *g, struct slice key);

/* Where groups go, one after the other: group, then every value in its bags, each different one once and in
 * order, then end. The record and what is given with the calls lives until end. */
struct group_sink {
    void *ctx;
    enum status (*group)(void *ctx, struct slice key, const char *record, struct diag *d);
    enum status (*value)(void *ctx, size_t bag, const struct bag_item *item, struct diag *d);
    enum status (*end)(void *ctx, struct diag *d);
};

/* Groups as the lines of a part: the sink that puts each line, without LF, somewhere. */
struct line_writer {
    struct part_format format;
    enum status (*put)(void *ctx, struct slice line, struct diag *d);
    void *ctx;
    struct slice key; /* of the group at hand */
    struct buf line;  /* owned */
};

struct group_sink line_writer_sink(struct line_writer *w);

enum group_order { GROUP_SORTED, GROUP_FIRST_SEEN };

/* Sends all groups into a sink and is empty then. GROUP_FIRST_SEEN only while nothing was spilled.
 * all_ordered: the values come in order even where no aggregate needs it. */
enum status grouping_drain(struct grouping *g, enum group_order order, bool all_ordered,
                           const struct group_sink *sink, struct diag *d) MUST_USE;

uint32_t grouping_count(const struct grouping *g); /* groups in the table */

#endif
