/* SPDX-License-Identifier: MIT
 * rules_fast: a quick yes for checks that only compare columns and numbers (paid <= credit and paid >= 0).
 * What it does not pass goes to the full evaluation, which alone knows intervals, missing values and
 * failures. */
#ifndef LIB_RULES_FAST_H
#define LIB_RULES_FAST_H

#include "lib/schema/schema_check.h"

struct rule_fast;

/* NULL when the check has another form. */
struct rule_fast *rule_fast_compile(const char *check, const struct schema *s);
void rule_fast_free(struct rule_fast *f);

/* passed[i], i < n, for row i of the piece that check judged last: true only when every comparison holds for
 * the stated figures; then it holds for their intervals as well. n is the number of its rows. */
void rule_fast_rows(const struct rule_fast *f, const struct schema_check *check, size_t n, bool *passed);

#endif
