/* SPDX-License-Identifier: MIT
 * kind: the kinds of rule cards (tongbao-rules(5)). A kind says which parameters a card of it has, what
 * stands in its column `check`, and decides: either row by row, or over all rows at the end. What kinds share
 * is in kind_parameters.h, kind_values.h and kind_end.h. Only lib/rules includes it. */
#ifndef LIB_KIND_H
#define LIB_KIND_H

#include "lib/rules/card_names.h"
#include "lib/rules/rules_check.h"

/* What a kind wants in the column `check`. */
enum kind_check {
    CHECK_TRUTH,  /* a condition */
    CHECK_NUMBER, /* an expression that is a number */
    CHECK_COLUMN, /* the name of one column, or of one of another table */
    CHECK_OWN,    /* the kind reads it itself */
    CHECK_NONE
};

struct kind_end;

struct kind {
    const char *name;
    const char *parameters; /* "abs! pct! direction": with ! it must be given */
    enum kind_check check;
    bool tables; /* its examples are small tables */
    /* Writes the card as a plain condition, before anything is compiled. */
    enum status (*rewrite)(struct rule *c, const struct schema *s, struct buf *check, struct buf *when,
                           struct diag *d);
    /* Reads the parameters into c->state. */
    enum status (*compile)(struct card_names *n, struct diag *d);
    /* A kind that decides row by row: sets verdict, and what goes with it; undecided without a cause is
     * explained by what is missing. */
    void (*decide)(const struct rule *c, const struct rules_row *row, struct rule_outcome *o);
    /* A kind that decides over the rows kept. */
    void (*end)(struct kind_end *e);
    void (*free)(void *state);
};

const struct kind *kind_named(const char *name); /* NULL when there is none */
void kind_list(struct buf *text);                /* all names, for a message */
bool kind_has_parameter(const struct kind *k, struct slice name);

extern const struct kind KIND_ROW, KIND_REQUIRED, KIND_FORBIDDEN, KIND_OPENING, KIND_YTD, KIND_ROLL,
    KIND_MOVEMENT, KIND_SCALE, KIND_SCALE_PEERS, KIND_STALE, KIND_DIGITS, KIND_CODES, KIND_DUE, KIND_UNIQUE,
    KIND_DUPLICATE, KIND_REFERENCE, KIND_PARTS, KIND_CROSS, KIND_COUNT, KIND_RATIO, KIND_OUTLIER, KIND_FILERS;

#endif
