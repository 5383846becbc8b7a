/* SPDX-License-Identifier: MIT
 * arena: bytes that are all let go together. Zero-initialise, take room, arena_free. */
#ifndef LIB_ARENA_H
#define LIB_ARENA_H

#include "lib/base/base.h"

struct arena {
    struct arena_block *last;
    size_t bytes; /* held, for memory bounds */
};

char *arena_room(struct arena *a, size_t n); /* n bytes, not cleared, aligned for nothing */
char *arena_copy(struct arena *a, struct slice s);
void arena_clear(struct arena *a); /* what was taken is gone; some memory is kept for what comes */
void arena_free(struct arena *a);

#endif
