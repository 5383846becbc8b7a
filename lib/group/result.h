/* SPDX-License-Identifier: MIT
 * result: groups as the rows of a table: the key columns, what tells totals, the computed columns: named
 * expressions over aggregates, key columns and columns computed before. */
#ifndef LIB_RESULT_H
#define LIB_RESULT_H

#include "lib/base/out.h"
#include "lib/group/grouping_sets.h"

struct result;

/* Borrows the aggregator and the names of the key columns, as fields of the stream. */
struct result *result_new(struct aggregator *a, const struct slice *key_name, size_t keys);
void result_free(struct result *r);

/* What stands in a key column that is totalled over, instead of \-: a plain text. ST_MISUSE: no such column.
 */
enum status result_name_total(struct result *r, struct slice column, const char *text,
                              struct diag *d) MUST_USE;

/* A column behind the keys that tells totals; the name is borrowed. ST_MISUSE: a name twice. */
enum status result_add_grouping(struct result *r, const char *name, struct diag *d) MUST_USE;

/* Adds a column. name, as a field of the stream, and text are borrowed. ST_MISUSE: a name twice, a faulty
 * expression, one that need not have a finite decimal. */
enum status result_add_column(struct result *r, struct slice name, const char *text, struct diag *d) MUST_USE;

/* What becomes of ratios without a value; after the last column is added. */
void result_set_undefined(struct result *r, enum undefined how);

/* Calls tell for each column that had such, with the key of the first group, as fields with TABs between. */
typedef void result_tell(void *ctx, struct slice column, uint64_t count, struct slice key);
void result_undefined(const struct result *r, result_tell *tell, void *ctx);

void result_write_header(const struct result *r, struct out *out);

/* The sink that writes each group as a row; without details only totals. On failure ST_INPUT: overflow, text
 * in arithmetic; ST_OUTPUT, without a reason, when out has failed. */
struct group_sink result_sink(struct result *r, bool details, struct out *out);

#endif
