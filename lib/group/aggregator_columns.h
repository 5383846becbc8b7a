/* SPDX-License-Identifier: MIT
 * aggregator_columns: the computed columns of an aggregation: named expressions over aggregates, key columns
 * and columns computed before. */
#ifndef LIB_AGGREGATOR_COLUMNS_H
#define LIB_AGGREGATOR_COLUMNS_H

#include "lib/group/aggregator_sets.h"

struct result_columns;

/* Borrows the aggregator and the names of the key columns. */
struct result_columns *result_columns_new(struct aggregator *a, const struct slice *key_name, size_t keys);
void result_columns_free(struct result_columns *r);

/* Adds a column. name, as a field of the stream, and text are borrowed. ST_MISUSE: a name twice, a faulty
 * expression, one that need not have a finite decimal. */
enum status result_columns_add(struct result_columns *r, struct slice name, const char *text,
                               struct diag *d) MUST_USE;

/* Appends the columns of a line to b, a TAB between them. On failure ST_INPUT: overflow, text in arithmetic.
 */
enum status result_columns_print(struct result_columns *r, const struct group_line *line, struct buf *b,
                                 struct diag *d) MUST_USE;

#endif
