/* SPDX-License-Identifier: MIT
 * held: batches of rows kept after their table has gone on. */
#ifndef LIB_HELD_H
#define LIB_HELD_H

#include "lib/stream/table.h"

struct held_batch {
    struct batch batch; /* a copy, readable as the original */
    char *file;         /* owned */
    char *memory;       /* what batch points into */
    uint32_t *index;
    uint64_t first; /* number of its row 0 among all rows held so far */
};

/* Zero-initialise; held_free. */
struct held {
    struct held_batch *item;
    size_t n, cap;
    uint64_t rows; /* in all, also those let go */
};

/* Keeps a copy of b; file is copied. */
void held_add(struct held *h, const struct batch *b, const char *file);

/* Lets the first n batches go. */
void held_drop(struct held *h, size_t n);
void held_free(struct held *h);

/* The batch that holds a row, by its number; the row must be held. */
const struct held_batch *held_find(const struct held *h, uint64_t row);

#endif
