/* SPDX-License-Identifier: MIT
 * kind_values: figures as kinds read, order and print them. Only lib/rules includes it. */
#ifndef LIB_KIND_VALUES_H
#define LIB_KIND_VALUES_H

#include "lib/rules/rules_check.h"

/* The figure as stated; false when it is missing or none, o says so where it must. */
bool kind_figure(const struct rules_row *row, int variable, struct rat *out);
bool kind_evaluate(struct expr *e, const struct rules_row *row, struct rat *out, struct rule_outcome *o);
struct value kind_value(struct rat v); /* in lowest terms */

/* Reads a field of another table, or one kept. */
enum figure { FIGURE_VALUE, FIGURE_MISSING, FIGURE_NA, FIGURE_BAD };
enum figure kind_read(struct slice field, struct rat *out);

/* Appends a number, a finite decimal or a rounded one after "≈". */
void kind_print(struct buf *b, struct rat v);
/* For a hit key: the decimal, or "numerator/denominator". */
void kind_print_exact(struct buf *b, struct rat v);

/* Figures in order, for medians: sorts, and tells one, q/4 of the way from the lowest to the highest, linear
 * between two. false when it does not fit. */
void kind_sort(struct rat *v, size_t n);
bool kind_quartile(const struct rat *sorted, size_t n, unsigned q, struct rat *out);

#endif
