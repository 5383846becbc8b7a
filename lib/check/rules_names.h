/* SPDX-License-Identifier: MIT
 * rules_names: what the names in a card mean. Only lib/check/rules*.c and kind*.c include it. */
#ifndef LIB_RULES_NAMES_H
#define LIB_RULES_NAMES_H

#include "lib/check/rules.h"

/* The compilation of one card. Where a name is refused for a reason of its own, why holds it. */
struct card_names {
    struct rules *rules;
    struct rule *card;
    bool telling; /* in a message: what is named does not enter the card */
    struct diag why;
};

/* -1, with the reason kept in n->why unless it has one already. */
int names_refuse(struct card_names *n, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* The variable of a name, added to those of the card; -1 when there is none, n->why says why. */
int names_variable(struct card_names *n, struct slice name, enum expr_type *type);
int names_column(const struct rules *r, struct slice name); /* of the schema, or -1 */
enum expr_type names_type(const struct schema_column *c);

/* The other table of that name; NULL when it is not given or declared absent, or while only examples are run:
 * then the card has a reason to be skipped, or n->why says what is wrong. */
const struct ref *names_table(struct card_names *n, struct slice name);

/* The join of the card to a table; -1 with the reason. (rules_joins.c) */
int names_join(struct card_names *n, struct slice name);

/* The expression in a column of the card; NULL with d filled. what: how the message calls the text. */
struct expr *names_compile(struct card_names *n, const char *column, const char *text, enum expr_type want,
                           struct diag *d);

/* ST_MISUSE in d with the card's line, and n->why or the text. */
enum status names_wrong(struct card_names *n, const char *column, struct diag *d);

/* Both messages; `whole` allows the words of a finding, {actual} and the like. */
enum status names_messages(struct card_names *n, struct diag *d);

#endif
