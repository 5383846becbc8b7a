/* SPDX-License-Identifier: MIT
 * aggregator: exact aggregates (count, sum, quantiles …) of the rows of many groups at once. What a group
 * remembers is a record of fixed size, whose bytes are zero while it has seen nothing; the records stand in
 * a table of groups (grouping.h), and what they cannot hold in the table's store.
 *
 * A record is a pure function of its rows and their order: whether rows came in one batch, in several, or in
 * parts folded together later makes no difference to any value. That is the law every operation obeys. */
#ifndef LIB_AGGREGATOR_H
#define LIB_AGGREGATOR_H

#include "lib/group/operation.h"

struct aggregator;

/* An empty set of aggregates over rows with the columns of t (the names are copied). Without t any name is a
 * column: for parts, whose rows are gone. */
struct aggregator *aggregator_new(const struct table *t);
void aggregator_free(struct aggregator *a);

/* For the expression language (struct expr_place), with the aggregator as ctx. The row variables are the
 * columns and the words that may stand after missing= and ties=. */
bool aggregator_knows(void *aggregator, struct slice name);
int aggregator_row_variable(void *aggregator, struct slice name, enum expr_type *type);

/* Adds a call such as sum(x, when=y >= 3); the same call gives the same number again. Takes the
 * expressions of args in any case. -1 on failure (ST_MISUSE). */
int aggregator_call(void *aggregator, struct slice name, struct expr_arg *args, size_t nargs,
                    enum expr_type *type, bool *finite, struct diag *d);

/* Adds the count of all rows, as the first accumulation of all if nothing was added before. */
void aggregator_count_rows(struct aggregator *a);

/* Appends the columns there are, for a message. */
void aggregator_list_columns(const struct aggregator *a, struct buf *b);

/* A ratio without a value in what an aggregate takes is an error of its row. */
void aggregator_refuse_undefined(struct aggregator *a);

/* Whether an aggregate depends on the order of the rows of the whole input. */
bool aggregator_needs_places(const struct aggregator *a);

/* --- records --- */

size_t aggregator_record_size(const struct aggregator *a);

void store_init(struct store *s, const struct aggregator *a);
void store_clear(struct store *s); /* the records must have been released */
void store_free(struct store *s);
size_t store_memory(const struct store *s);

/* Takes rows into the records of their groups. On failure ST_INPUT with file, line and column: text in a
 * number column, overflow. */
enum status aggregator_update(struct aggregator *a, struct store *s, const struct chunk *c,
                              struct diag *d) MUST_USE;

/* Folds one record into another, which stands in s. false on overflow. */
bool aggregator_fold(const struct aggregator *a, struct store *s, char *into, const char *from) MUST_USE;

/* Lets go what a record owns, if it owns anything. */
bool aggregator_owns(const struct aggregator *a);
void aggregator_release(const struct aggregator *a, struct store *s, char *record);

/* Appends a record as fields of a line, a TAB before each, without its bags; reads them back into a record
 * that has seen nothing. aggregator_load: false when they are not what aggregator_save writes. */
void aggregator_save(const struct aggregator *a, const char *record, struct buf *b);
bool aggregator_load(const struct aggregator *a, struct store *s, char *record, struct slice fields) MUST_USE;

/* The accumulations that have bags, texts first, then numbers, then the greatest numbers. */
size_t aggregator_bags(const struct aggregator *a);
const struct accumulator *aggregator_bag(const struct aggregator *a, size_t k);
struct bag *aggregator_bag_in(const struct accumulator *bag, char *record);

/* --- values: of one group at a time --- */

/* Begins with a group. The record must stay until its values have been asked for. */
void aggregator_begin(struct aggregator *a, const char *record);

/* A value of its k-th bag; they come in order, each different one once, before any value is asked for. */
void aggregator_take(struct aggregator *a, size_t k, const struct bag_item *item);

/* After the last value: whether each bag had as many as the record counts. */
bool aggregator_is_whole(const struct aggregator *a);

/* The value of the numbered aggregate of the group, for expressions; false when it does not fit. A text
 * lives as long as the group. */
bool aggregator_value(struct aggregator *a, int aggregate, struct value *v) MUST_USE;

/* The same as a field of the stream, appended to b; false also when it has no finite decimal. */
bool aggregator_print(struct aggregator *a, int aggregate, struct buf *b) MUST_USE;

/* How many of the values asked for since this was last called were ratios with a base of zero. */
uint64_t aggregator_take_undefined(struct aggregator *a);

#endif
