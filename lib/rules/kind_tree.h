/* SPDX-License-Identifier: MIT
 * kind_tree: a hierarchy of codes with weights: which parts a total is the sum of. */
#ifndef LIB_KIND_TREE_H
#define LIB_KIND_TREE_H

#include "lib/number/rational.h"
#include "lib/schema/refs.h"

struct tree;

/* From a table's columns; weight -1: every weight is 1; an empty one is 1 too, an empty parent that of a top.
 * leaves: a total is the sum of its leaves, with the weights on the way multiplied, instead of that of its
 * children. NULL with ST_MISUSE, naming the line: a code that stands twice or is a part of itself, a parent
 * that is no code, a weight that is no number. */
struct tree *tree_new(const struct ref *t, int code, int parent, int weight, bool leaves, struct diag *d);
void tree_free(struct tree *t);

size_t tree_codes(const struct tree *t);                    /* numbered in the order of the table */
struct slice tree_code(const struct tree *t, size_t code);  /* escaped */
int64_t tree_find(const struct tree *t, struct slice code); /* a number, or -1 */
size_t tree_parts(const struct tree *t, size_t code);       /* 0 for a leaf */
size_t tree_part(const struct tree *t, size_t code, size_t i, struct rat *weight);

#endif
