/* SPDX-License-Identifier: MIT
 * kept: rows remembered for a card that decides over all of them: its fields, the value of its check, the
 * place of the row. */
#ifndef LIB_KEPT_H
#define LIB_KEPT_H

#include "lib/rules/rules_check.h"

struct kept;

enum kept_state {
    KEPT_GOOD,
    KEPT_BAD,   /* a cell that the card needs has a failure of its own */
    KEPT_UNSURE /* whether the card's condition holds cannot be told */
};

struct kept *kept_new(const struct rules *r, const struct rule *c);
void kept_free(struct kept *k);

/* Adds a row. why: the cell that makes it KEPT_BAD; check: the value of the card's check. */
void kept_add(struct kept *k, const struct rules_row *row, enum kept_state state,
              const struct rule_outcome *why, const struct value *check);

size_t kept_rows(const struct kept *k);
enum kept_state kept_state(const struct kept *k, size_t row);
struct slice kept_field(const struct kept *k, size_t row, int variable); /* of the card; escaped */
struct rat kept_half(const struct kept *k, size_t row, int column);      /* half width of a schema column */
struct value kept_check(const struct kept *k, size_t row);               /* VALUE_EMPTY when there is none */

/* The variable whose cell makes a row KEPT_BAD, or -1. */
int kept_bad(const struct kept *k, size_t row);
/* Adds why a row that is not KEPT_GOOD leaves a decision open: "caused by type amount in line 7". */
void kept_explain(const struct kept *k, size_t row, struct cause_text *cause);

/* Where a row stands: in the file as received when the table has an origin, else in the stream. */
struct kept_place {
    struct slice file, sheet; /* escaped; empty without an origin */
    struct slice key;         /* of the schema: fields joined by TAB */
    uint64_t line, record;
};
struct kept_place kept_place(const struct kept *k, size_t row);

#endif
