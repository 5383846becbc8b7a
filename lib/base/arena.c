/* SPDX-License-Identifier: MIT
 * arena: see arena.h. */
#include "lib/base/arena.h"

#include <stdlib.h>

#include "lib/base/mem.h"

struct arena_block {
    struct arena_block *older;
    size_t used, size;
    char bytes[];
};

enum { LEAST_BLOCK = 4096, MOST_BLOCK = 1 << 20 };

/* Each block is twice the last, up to a mebibyte, so that small arenas stay small. */
static struct arena_block *new_block(struct arena *a, size_t n)
{
    size_t size = a->last ? a->last->size * 2 : LEAST_BLOCK;
    size = size < MOST_BLOCK ? size : MOST_BLOCK;
    size = size < n ? n : size;
    struct arena_block *b = mem_alloc(sizeof *b + size);
    *b = (struct arena_block){.older = a->last, .size = size};
    a->last = b;
    a->bytes += sizeof *b + size;
    return b;
}

char *arena_room(struct arena *a, size_t n)
{
    struct arena_block *b = a->last;
    if (!b || b->size - b->used < n)
        b = new_block(a, n);
    char *p = b->bytes + b->used;
    b->used += n;
    return p;
}

char *arena_copy(struct arena *a, struct slice s)
{
    char *p = arena_room(a, s.n);
    if (s.n)
        memcpy(p, s.p, s.n);
    return p;
}

static void free_from(struct arena *a, struct arena_block *b)
{
    while (b) {
        struct arena_block *older = b->older;
        a->bytes -= sizeof *b + b->size;
        free(b);
        b = older;
    }
}

void arena_clear(struct arena *a)
{
    struct arena_block *last = a->last;
    if (!last)
        return;
    free_from(a, last->older);
    last->older = NULL;
    last->used = 0;
}

void arena_free(struct arena *a)
{
    free_from(a, a->last);
    *a = (struct arena){0};
}
