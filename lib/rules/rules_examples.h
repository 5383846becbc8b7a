/* SPDX-License-Identifier: MIT
 * rules_examples: the examples on the cards, run as tests of the cards. */
#ifndef LIB_RULES_EXAMPLES_H
#define LIB_RULES_EXAMPLES_H

#include "lib/rules/rules_check.h"

/* Runs the passing and failing example of every card; says(ctx) each that does not come out as it should,
 * with ST_FINDINGS in d. Returns the number of those, or -1 with d filled (ST_MISUSE) for an example that is
 * none. */
typedef void rules_example_fn(void *ctx, const struct diag *d);
long rules_run_examples(struct rules *r, const struct precision *p, rules_example_fn *says, void *ctx,
                        uint64_t *examples, struct diag *d);

/* One example that is small tables, "a=1; b=2 / a=3; b=4 / prior: a=1; b=2": rows of the table, and of the
 * other tables that it names. "passes", "fails", "is undecided", "does not apply"; NULL with d filled
 * (ST_MISUSE) when it cannot be read. Only lib/rules calls it. (rules_examples_table.c) */
const char *rules_table_example(const struct rules *r, const struct rule *c, const char *column,
                                const char *text, struct diag *d);

#endif
