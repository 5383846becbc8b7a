/* SPDX-License-Identifier: MIT
 * kind_end: what kinds that decide over all rows share: the decision that is counted and reported, and groups
 * of rows. Only lib/rules includes it. */
#ifndef LIB_KIND_END_H
#define LIB_KIND_END_H

#include "lib/rules/kept.h"
#include "lib/rules/kind_parameters.h"
#include "lib/rules/kind_values.h"
#include "lib/rules/row_lists.h"
#include "lib/rules/span.h"

struct kind_end {
    struct rules *rules;
    struct rule *card;
    const struct kept *kept;
    rules_group_fn *report;
    void *ctx;
    struct rule_group *group; /* the one decision at hand, cleared by kind_begin */
};

/* Clears the decision, to stand at a kept row or, with -1, nowhere. */
struct rule_group *kind_begin(struct kind_end *e, int64_t row);
/* Counts it for weight rows, and reports it unless it passes. */
void kind_say(struct kind_end *e, enum verdict v, uint64_t weight);
/* Adds to the causes of the decision that the condition or a cell of a row is in doubt, at most once and
 * last.
 */
void kind_blame(struct kind_end *e, size_t row);
/* The same of a row whose key is in doubt. */
void kind_doubt(struct kind_end *e, size_t row);
/* Whether two sums can be equal, within the card's tolerance; fills what the decision says of them. */
enum verdict kind_compare(struct kind_end *e, const struct span *actual, const struct span *expected);

/* Fields joined by TAB: the key of a kept row in some variables; in scratch. missing, may be NULL: whether
 * one of them is not there. */
struct slice kind_key(const struct kept *k, size_t row, const int *variable, size_t n, struct buf *scratch,
                      bool *missing);

/* Kept rows by some variables; those whose condition or key is in doubt too. */
struct row_lists *kind_groups(const struct kept *k, const struct kind_by *by);
/* The same without those. */
struct row_lists *kind_sure_groups(const struct kept *k, const struct kind_by *by);

/* Whether the key of a row is no key: one of its parts has a failure of its own. (kind_doubts.c) */
bool kind_is_loose(const struct kept *k, size_t row, const struct kind_by *by);

/* Those alone: rows that may have a key, and may not. */
struct kind_doubts;
struct kind_doubts *kind_doubts_new(const struct kept *k, const struct kind_by *by);
void kind_doubts_free(struct kind_doubts *d);
/* The first row that may have the key, whose fields are joined by TAB; -1 when there is none. */
int64_t kind_doubts_find(struct kind_doubts *d, struct slice key);
struct row_lists *kind_ref_groups(const struct ref *t, const struct kind_by *by, const struct kind_where *w);

#endif
