/* SPDX-License-Identifier: MIT
 * rules_examples: examples that are small tables. Only lib/check/rules_examples*.c includes it. */
#ifndef LIB_RULES_EXAMPLES_H
#define LIB_RULES_EXAMPLES_H

#include "lib/check/rules.h"

/* Runs an example, "a=1; b=2 / a=3; b=4 / prior: a=1; b=2": rows of the table, and of the other tables that
 * it names. "passes", "fails", "is undecided", "does not apply"; NULL with d filled (ST_MISUSE) when it
 * cannot be read. */
const char *rules_table_example(const struct rules *r, const struct rule *c, const char *column,
                                const char *text, struct diag *d);

#endif
