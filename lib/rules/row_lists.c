/* SPDX-License-Identifier: MIT
 * row_lists: rows by key. */
#include "lib/rules/row_lists.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/stream/keymap.h"

struct row_lists {
    struct keymap *map;
    int64_t *first, *last; /* by group */
    size_t *size;
    size_t cap;
    int64_t *next; /* by row */
    size_t rows;
};

struct row_lists *row_lists_new(size_t rows)
{
    struct row_lists *g = mem_zero(1, sizeof *g);
    g->map = keymap_new(0);
    g->rows = rows;
    g->next = mem_array(NULL, rows + 1, sizeof *g->next);
    return g;
}

void row_lists_free(struct row_lists *g)
{
    if (!g)
        return;
    keymap_free(g->map);
    free(g->first);
    free(g->last);
    free(g->size);
    free(g->next);
    free(g);
}

static void make_room(struct row_lists *g, size_t group)
{
    size_t cap = g->cap;
    g->first = mem_grow(g->first, group, &cap, sizeof *g->first);
    cap = g->cap;
    g->last = mem_grow(g->last, group, &cap, sizeof *g->last);
    g->size = mem_grow(g->size, group, &g->cap, sizeof *g->size);
}

void row_lists_put(struct row_lists *g, struct slice key, size_t row)
{
    size_t before = keymap_count(g->map), group = keymap_put(g->map, key);
    g->next[row] = -1;
    if (group == before) {
        make_room(g, group);
        g->first[group] = (int64_t)row;
        g->size[group] = 0;
    } else {
        g->next[g->last[group]] = (int64_t)row;
    }
    g->last[group] = (int64_t)row;
    g->size[group]++;
}

size_t row_lists_count(const struct row_lists *g)
{
    return keymap_count(g->map);
}

struct slice row_lists_key(const struct row_lists *g, size_t group)
{
    return keymap_key(g->map, (uint32_t)group);
}

int64_t row_lists_find(const struct row_lists *g, struct slice key)
{
    return keymap_get(g->map, key);
}

int64_t row_lists_first(const struct row_lists *g, size_t group)
{
    return g->first[group];
}

int64_t row_lists_next(const struct row_lists *g, int64_t row)
{
    return g->next[row];
}

size_t row_lists_size(const struct row_lists *g, size_t group)
{
    return g->size[group];
}
