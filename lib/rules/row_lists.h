/* SPDX-License-Identifier: MIT
 * row_lists: rows by key: groups in order of first appearance, the rows of each in their order. */
#ifndef LIB_ROW_LISTS_H
#define LIB_ROW_LISTS_H

#include "lib/base/base.h"

struct row_lists;
struct row_lists *row_lists_new(size_t rows);
void row_lists_free(struct row_lists *g);
void row_lists_put(struct row_lists *g, struct slice key, size_t row);
size_t row_lists_count(const struct row_lists *g); /* in order of first appearance */
struct slice row_lists_key(const struct row_lists *g, size_t group);
int64_t row_lists_find(const struct row_lists *g, struct slice key); /* a group, or -1 */
int64_t row_lists_first(const struct row_lists *g, size_t group);
int64_t row_lists_next(const struct row_lists *g, int64_t row); /* -1 at the end */
size_t row_lists_size(const struct row_lists *g, size_t group);

#endif
