/* SPDX-License-Identifier: MIT
 * lint: what is wrong with a specification although it can be used. */
#ifndef LIB_LINT_H
#define LIB_LINT_H

#include "lib/rules/rules_examples.h"

/* Says, with file, line and column as ST_FINDINGS, of every column of the schema what a reader or a tolerance
 * would miss, and of every card that it lacks an example, a basis or its words, or that months between it and
 * the next of its id have none. Returns how many. */
uint64_t lint_specification(const struct rules *r, rules_example_fn *says, void *ctx);

#endif
