/* SPDX-License-Identifier: MIT
 * kind_end: what kinds that decide over all rows share: groups of rows, and the decision that is counted and
 * reported. */
#include "lib/check/kind.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/stream/keymap.h"

struct rule_group *kind_begin(struct kind_end *e, int64_t row)
{
    struct rule_group *g = e->group;
    struct buf *text[] = {&g->key, &g->value, &g->actual, &g->expected, &g->related, &g->cause};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        buf_clear(text[i]);
    g->row = row;
    g->column = -1;
    g->unlisted = false;
    g->difference = g->allowance = (struct value){.kind = VALUE_EMPTY};
    return g;
}

void kind_say(struct kind_end *e, enum verdict v, uint64_t weight)
{
    struct rule *c = e->card;
    c->run += weight;
    c->passed += v == VERDICT_PASS ? weight : 0;
    c->failed += v == VERDICT_FAIL ? weight : 0;
    c->undecided += v == VERDICT_UNDECIDED ? weight : 0;
    e->group->verdict = v;
    e->group->weight = weight;
    if (v != VERDICT_PASS)
        e->report(e->ctx, e->rules, c, e->group);
}

struct slice kind_key(const struct kept *k, size_t row, const int *variable, size_t n, struct buf *scratch,
                      bool *missing)
{
    bool none = false;
    buf_clear(scratch);
    for (size_t i = 0; i < n; i++) {
        struct slice f = kept_field(k, row, variable[i]);
        if (i)
            buf_char(scratch, '\t');
        none = none || field_is_empty(f) || field_is_na(f);
        if (!field_is_empty(f))
            buf_slice(scratch, f);
    }
    if (missing)
        *missing = none;
    return buf_view(scratch);
}

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

struct row_lists *kind_groups(const struct kept *k, const struct kind_by *by)
{
    struct row_lists *g = row_lists_new(kept_rows(k));
    struct buf key = {0};
    for (size_t row = 0; row < kept_rows(k); row++)
        row_lists_put(g, kind_key(k, row, by->own, by->n, &key, NULL), row);
    buf_free(&key);
    return g;
}

struct row_lists *kind_ref_groups(const struct ref *t, const struct kind_by *by, const struct kind_where *w)
{
    struct row_lists *g = row_lists_new(ref_rows(t));
    struct buf key = {0};
    for (size_t row = 0; row < ref_rows(t); row++)
        if (!w || kind_where_holds(w, t, row))
            row_lists_put(g, ref_key(t, row, by->theirs, by->n, &key), row);
    buf_free(&key);
    return g;
}
