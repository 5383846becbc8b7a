/* SPDX-License-Identifier: MIT
 * key_parts: the keys of all rows, kept so that those that more than one row has are found at the end. Keys
 * go into parts by their hash, one after another; a part is small enough to be gone through in the near
 * cache. */
#ifndef LIB_KEY_PARTS_H
#define LIB_KEY_PARTS_H

#include "lib/base/base.h"

struct key_parts;

struct key_parts *key_parts_new(void);
void key_parts_free(struct key_parts *k);

/* Takes the keys of the next n rows, which are numbered from 0 in the order of taking. */
void key_parts_put(struct key_parts *k, const struct slice *key, size_t n);

/* Calls use for every key that more than one row has, in the order of its first row: its rows in their order.
 * The key dies when use returns. */
typedef void key_parts_fn(void *ctx, struct slice key, const uint32_t *row, size_t n);
void key_parts_repeats(struct key_parts *k, key_parts_fn *use, void *ctx);

/* Bytes held. */
size_t key_parts_memory(const struct key_parts *k);

#endif
