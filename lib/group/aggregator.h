/* SPDX-License-Identifier: MIT
 * aggregator: exact aggregates (count, sum, mean, min, max …) of the rows of many groups at once.
 *
 * A group's state is a pure function of its rows and their order: whether rows came in one batch, in several,
 * or in parts folded together later makes no difference to any value. That is the law every operation obeys.
 */
#ifndef LIB_AGGREGATOR_H
#define LIB_AGGREGATOR_H

#include "lib/expr/expr.h"
#include "lib/stream/table.h"

struct aggregator;

/* An empty set of aggregates over rows with the columns of t (the names are copied). */
struct aggregator *aggregator_new(const struct table *t);
void aggregator_free(struct aggregator *a);

/* For the expression language (struct expr_place), with the aggregator as ctx. The row variables are the
 * columns and the words that may stand after missing=. */
bool aggregator_knows(void *aggregator, struct slice name);
int aggregator_row_variable(void *aggregator, struct slice name, enum expr_type *type);

/* Adds a call such as sum(x, when=y >= 3); the same call gives the same number again. Takes the
 * expressions of args in any case. -1 on failure (ST_MISUSE). */
int aggregator_call(void *aggregator, struct slice name, struct expr_arg *args, size_t nargs,
                    enum expr_type *type, bool *finite, struct diag *d);

/* At most ROWS_CHUNK rows of a batch (rows.h), with the group of each. */
struct grouped_rows {
    const struct batch *batch;
    const char *file; /* for messages */
    const uint32_t *row, *group;
    size_t n;
};

/* Takes rows into their groups; groups is one more than the largest group number so far. On failure ST_INPUT
 * with file, line and column: text in a number column, overflow. */
enum status aggregator_update(struct aggregator *a, const struct grouped_rows *rows, uint32_t groups,
                              struct diag *d) MUST_USE;

/* Folds group i of the first n into group into[i] (n <= into[i] < groups), except where into[i] is
 * FOLD_NOWHERE. The groups folded stay as they are. On failure ST_INPUT: overflow. */
enum { FOLD_NOWHERE = -1 };
enum status aggregator_fold(struct aggregator *a, const int64_t *into, uint32_t n, uint32_t groups,
                            struct diag *d) MUST_USE;

/* Makes room, with states that have seen nothing, for groups below `groups`. */
void aggregator_reserve(struct aggregator *a, uint32_t groups);

/* The value of the numbered aggregate for a group, for expressions; false when it does not fit. A text lives
 * as long as the group's state. */
bool aggregator_value(const struct aggregator *a, int aggregate, uint32_t group, struct value *v) MUST_USE;

/* The same as a field of the stream, appended to b; false also when it has no finite decimal. */
bool aggregator_print(const struct aggregator *a, int aggregate, uint32_t group, struct buf *b) MUST_USE;

/* Tells the processor that a group's values will be asked for soon. */
void aggregator_prefetch(const struct aggregator *a, uint32_t group);

/* Bytes held, for the memory bounds of the manual pages. */
size_t aggregator_memory(const struct aggregator *a);

#endif
