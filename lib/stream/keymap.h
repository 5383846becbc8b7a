/* SPDX-License-Identifier: MIT
 * keymap: byte keys to dense numbers 0, 1, 2 … in order of first appearance. The keys live in the map. Order
 * of anything printed comes from these numbers or from keymap_sorted, never from the hash. */
#ifndef LIB_KEYMAP_H
#define LIB_KEYMAP_H

#include "lib/base/base.h"

struct keymap;

struct keymap *keymap_new(size_t expected); /* expected number of keys, 0 when unknown */
void keymap_free(struct keymap *m);

/* A map in which `payload` bytes, a multiple of 8, belong to each key: zero when it is added. They stand
 * beside the key, so that who has found one has the other near. length: of the usual key, which then needs no
 * memory of its own; 0 when unknown. */
struct keymap *keymap_new_with(size_t expected, size_t payload, size_t length);

/* Makes room for so many keys in all, when there is less: a table that grows to its size costs twice as much.
 */
void keymap_reserve(struct keymap *m, size_t expected);

uint32_t keymap_put(struct keymap *m, struct slice key);      /* number of key, added when new */
int64_t keymap_get(const struct keymap *m, struct slice key); /* its number, or -1 */

/* keymap_put for n keys at once, with the table's cache misses overlapped; number[i] for key[i]. */
void keymap_put_batch(struct keymap *m, const struct slice *key, size_t n, uint32_t *number);

uint32_t keymap_count(const struct keymap *m);
struct slice keymap_key(const struct keymap *m, uint32_t number); /* valid until the next put */

/* What belongs to a key, aligned for 64 bits; valid until the next put. */
void *keymap_payload(const struct keymap *m, uint32_t number);
void keymap_payloads(const struct keymap *m, const uint32_t *number, size_t n, char **payload);

/* Takes all keys out; the memory is kept for others. */
void keymap_clear(struct keymap *m);

/* Numbers in bytewise order of their keys; malloced, keymap_count long. */
uint32_t *keymap_sorted(const struct keymap *m);

/* Bytes held, for the memory bounds of the manual pages; and of them those that the present keys use. */
size_t keymap_memory(const struct keymap *m);
size_t keymap_used(const struct keymap *m);

/* The key of several fields of a row: joined by TAB, which cannot stand inside a field. */
struct batch;
struct buf;
struct slice key_of_row(const struct batch *b, size_t row, const int *columns, size_t n, struct buf *scratch);

#endif
