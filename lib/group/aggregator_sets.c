/* SPDX-License-Identifier: MIT
 * aggregator_sets: see aggregator_sets.h. Every total is folded from the finest groups, so that each
 * aggregate is taken at the grain of its own line. */
#include "lib/group/aggregator_sets.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/stream/keymap.h"

/* The next field of a joined key; *rest moves behind it. */
static struct slice next_field(struct slice *rest)
{
    const char *tab = rest->n ? memchr(rest->p, '\t', rest->n) : NULL;
    struct slice f = {rest->p, tab ? (size_t)(tab - rest->p) : rest->n};
    size_t used = f.n + (tab ? 1 : 0);
    *rest = (struct slice){rest->p + used, rest->n - used};
    return f;
}

struct slice group_line_field(const struct group_line *line, size_t i, size_t n)
{
    struct slice rest = line->key, f = slice_of("\\-");
    if (line_rolls_up(line, i, n))
        return f;
    for (size_t k = 0; k <= i; k++)
        if (!line_rolls_up(line, k, n))
            f = next_field(&rest);
    return f;
}

static void project(struct buf *b, struct slice key, uint32_t rolled, size_t columns)
{
    bool first = true;
    buf_clear(b);
    for (size_t i = 0; i < columns; i++) {
        struct slice f = next_field(&key);
        if (rolled >> (columns - 1 - i) & 1)
            continue;
        if (!first)
            buf_char(b, '\t');
        buf_slice(b, f);
        first = false;
    }
}

static void add_line(struct group_lines *lines, size_t *cap, struct group_line line)
{
    lines->line = mem_grow(lines->line, lines->n, cap, sizeof *lines->line);
    lines->line[lines->n++] = line;
}

/* One grouping set: its groups are numbered from `base` on, in order of first appearance. */
static enum status add_totals(struct group_lines *lines, size_t *cap, const struct row_groups *g,
                              const uint32_t *detail, size_t details, struct aggregator *a, uint32_t rolled,
                              uint32_t *base, struct diag *d)
{
    uint32_t count = row_groups_count(g);
    int64_t *into = mem_array(NULL, count, sizeof *into);
    struct keymap *map = keymap_new(0);
    struct buf key = {0};
    for (uint32_t i = 0; i < count; i++)
        into[i] = FOLD_NOWHERE;
    for (size_t i = 0; i < details; i++) {
        project(&key, row_groups_key(g, detail[i]), rolled, g->columns);
        into[detail[i]] = (int64_t)*base + keymap_put(map, (struct slice){key.p ? key.p : "", key.n});
    }
    if (rolled == ((uint32_t)1 << g->columns) - 1)
        keymap_put(map, slice_of(""));
    uint32_t totals = keymap_count(map);
    enum status st = aggregator_fold(a, into, count, *base + totals, d);
    for (uint32_t k = 0; k < totals; k++)
        add_line(lines, cap, (struct group_line){*base + k, rolled, keymap_key(map, k)});
    *base += totals;
    lines->map[lines->maps++] = map;
    buf_free(&key);
    free(into);
    return st;
}

/* Bytes of two fields, each with the TAB that ends it unless it is the last of the key. */
static int compare_fields(struct slice a, struct slice b, bool last)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    if (c || a.n == b.n)
        return c;
    bool longer = a.n > b.n;
    unsigned char more = (unsigned char)(longer ? a.p[n] : b.p[n]);
    return (last || more > '\t') == longer ? 1 : -1;
}

static int by_keys(const void *a, const void *b, void *columns)
{
    const struct group_line *x = a, *y = b;
    size_t n = *(const size_t *)columns;
    struct slice rest_x = x->key, rest_y = y->key;
    int c = 0;
    for (size_t i = 0; i < n && c == 0; i++) {
        bool rolled_x = line_rolls_up(x, i, n), rolled_y = line_rolls_up(y, i, n);
        if (rolled_x != rolled_y)
            return rolled_x ? 1 : -1;
        if (!rolled_x)
            c = compare_fields(next_field(&rest_x), next_field(&rest_y), i + 1 == n);
    }
    return c;
}

enum status group_lines_make(struct group_lines *lines, const struct row_groups *g, struct aggregator *a,
                             enum grouping grouping, bool sorted, struct diag *d)
{
    size_t details, cap = 0, columns = g->columns;
    uint32_t base = row_groups_count(g), all = grouping == GROUPING_PLAIN ? 0 : ((uint32_t)1 << columns) - 1;
    uint32_t *detail = row_groups_order(g, sorted && grouping == GROUPING_PLAIN, &details);
    enum status st = ST_OK;
    *lines = (struct group_lines){0};
    for (size_t i = 0; i < details; i++)
        add_line(lines, &cap, (struct group_line){detail[i], 0, row_groups_key(g, detail[i])});
    lines->map = mem_array(NULL, (size_t)all + 1, sizeof *lines->map);
    /* A rollup takes the columns away from the right: 0…01, 0…011, … */
    for (uint32_t rolled = 1; rolled <= all && st == ST_OK;
         rolled = grouping == GROUPING_ROLLUP ? rolled << 1 | 1 : rolled + 1)
        st = add_totals(lines, &cap, g, detail, details, a, rolled, &base, d);
    if (sorted && grouping != GROUPING_PLAIN)
        qsort_r(lines->line, lines->n, sizeof *lines->line, by_keys, &columns);
    free(detail);
    return st;
}

void group_lines_free(struct group_lines *lines)
{
    for (size_t i = 0; i < lines->maps; i++)
        keymap_free(lines->map[i]);
    free(lines->map);
    free(lines->line);
}
