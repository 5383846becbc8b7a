/* SPDX-License-Identifier: MIT
 * card_names: what the names in a card mean. Only lib/rules includes it. */
#ifndef LIB_CARD_NAMES_H
#define LIB_CARD_NAMES_H

#include "lib/rules/rules.h"

/* The compilation of one card. Where a name is refused for a reason of its own, why holds it. */
struct card_names {
    struct rules *rules;
    struct rule *card;
    bool telling; /* in a message: what is named does not enter the card */
    struct diag why;
};

/* --- the table's columns and the constants (names.c) --- */

/* -1, with the reason kept in n->why unless it has one already. */
int names_refuse(struct card_names *n, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* ST_MISUSE in d with the card's line, and n->why. */
enum status names_wrong(struct card_names *n, const char *column, struct diag *d);

int names_column(const struct rules *r, struct slice name); /* of the schema, or -1 */
enum expr_type names_type(const struct schema_column *c);

/* The number of a variable, added when no card has used it yet, and noted as the card's. */
int names_put(struct card_names *n, struct rule_variable v, struct slice name);
/* The variable of "given.NAME"; -1 when it is not given, n->why says so. */
int names_given(struct card_names *n, struct slice name);

/* The other table of that name; NULL when it is not given or declared absent, or while only examples are run:
 * then the card has a reason to be skipped, or n->why says what is wrong. */
const struct ref *names_table(struct card_names *n, struct slice name);

/* --- the rows of other tables (names_join.c) --- */

/* The join of the card to a table; -1 with the reason. */
int names_join(struct card_names *n, struct slice name);

/* --- expressions (names_resolve.c) --- */

/* The variable of a name; -1 when there is none, n->why says why. */
int names_variable(struct card_names *n, struct slice name, enum expr_type *type);

/* The expression in a column of the card; NULL with d filled. */
struct expr *names_compile(struct card_names *n, const char *column, const char *text, enum expr_type want,
                           struct diag *d);

/* --- messages (names_message.c) --- */

/* Finds what stands in braces in both messages, and the columns of `flex`. */
enum status names_messages(struct card_names *n, struct diag *d);

#endif
