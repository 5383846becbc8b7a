/* SPDX-License-Identifier: MIT
 * grouping: see grouping.h. */
#include "lib/group/grouping.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/group/grouping_internal.h"

/* What putting the groups in order takes for each, beside its entry and its slots. */
enum { ORDER_BYTES = 60, USUAL_KEY = 20 };

struct grouping *grouping_new(struct aggregator *a, int *column, size_t keys,
                              const struct grouping_limits *limits)
{
    struct grouping *g = mem_zero(1, sizeof *g);
    g->a = a;
    g->format = (struct part_format){a, keys};
    g->column = column;
    g->limits = *limits;
    g->record = mem_zero(1, aggregator_record_size(a) + 1);
    store_init(&g->store, a);
    return g;
}

const struct part_format *grouping_format(const struct grouping *g)
{
    return &g->format;
}

static void release_records(struct grouping *g)
{
    for (uint32_t i = 0; aggregator_owns(g->a) && i < row_groups_count(&g->rows); i++)
        aggregator_release(g->a, &g->store, grouping_record(g, i));
}

void grouping_free(struct grouping *g)
{
    if (!g)
        return;
    if (g->rows.map) {
        release_records(g);
        row_groups_free(&g->rows);
    } else {
        free(g->column);
    }
    store_free(&g->store);
    runs_free(g->runs);
    buf_free(&g->last);
    free(g->record);
    free(g);
}

/* The map is made when the length of the first keys is known. */
static void begin(struct grouping *g, size_t length)
{
    if (g->rows.map)
        return;
    struct keymap *map = keymap_new_with(0, aggregator_record_size(g->a), length);
    row_groups_init_over(&g->rows, g->column, g->column ? g->format.keys : 0, map);
}

void grouping_clear(struct grouping *g)
{
    if (!g->rows.map)
        return;
    release_records(g);
    row_groups_clear(&g->rows);
    store_clear(&g->store);
}

uint32_t grouping_count(const struct grouping *g)
{
    return g->rows.map ? row_groups_count(&g->rows) : 0;
}

bool grouping_is_over(const struct grouping *g)
{
    if (!g->rows.map)
        return false;
    uint64_t bytes = keymap_used(g->rows.map) + (uint64_t)ORDER_BYTES * grouping_count(g);
    return bytes + store_memory(&g->store) > g->limits.memory;
}

enum status grouping_keep_within(struct grouping *g, struct diag *d)
{
    if (!grouping_is_over(g))
        return ST_OK;
    if (!g->limits.may_spill)
        return diag_set(d, ST_FAULT, NULL, 0, NULL,
                        "the groups take more than the %" PRIu64
                        " bytes allowed, and in the order of their first appearance they cannot go to "
                        "temporary files",
                        g->limits.memory);
    size_t n;
    uint32_t *order = row_groups_order(&g->rows, true, &n);
    enum status st = grouping_spill(g, order, n, d);
    free(order);
    return st;
}

/* --- taking in --- */

static size_t longest_key(const struct grouping *g, const struct batch *b, const uint32_t *row, size_t n)
{
    size_t longest = 0;
    for (size_t i = 0; i < n; i++) {
        size_t length = g->format.keys ? g->format.keys - 1 : 0;
        for (size_t k = 0; k < g->format.keys; k++)
            length += batch_field(b, row[i], (size_t)g->column[k]).n;
        longest = length > longest ? length : longest;
    }
    return longest;
}

enum status grouping_add_rows(struct grouping *g, const struct batch *b, const char *file,
                              const uint32_t *row, size_t n, struct diag *d)
{
    uint32_t number[ROWS_CHUNK];
    char *record[ROWS_CHUNK];
    if (!g->rows.map)
        begin(g, longest_key(g, b, row, n));
    row_groups_number(&g->rows, b, row, n, number);
    if (g->sorted) {
        enum status st = grouping_check_order(g, number, n, row, b->line, d);
        if (st != ST_OK) {
            snprintf(d->file, sizeof d->file, "%s", file);
            return st;
        }
    }
    keymap_payloads(g->rows.map, number, n, record);
    struct chunk chunk = {.batch = b, .file = file, .row = row, .record = record, .n = n};
    enum status st = aggregator_update(g->a, &g->store, &chunk, d);
    if (st != ST_OK || g->sorted) /* then complete groups go out first: grouping_flush */
        return st;
    return grouping_keep_within(g, d);
}

void grouping_add_key(struct grouping *g, struct slice key)
{
    begin(g, USUAL_KEY);
    (void)row_groups_put(&g->rows, key);
}

static enum status overflow(struct slice key, struct diag *d)
{
    return diag_set(d, ST_INPUT, NULL, 0, NULL, "an aggregate of the group %s leaves 128 bits",
                    diag_quote(key).s);
}

enum status grouping_fold_key(struct grouping *g, struct slice key, const char *record, struct diag *d)
{
    begin(g, USUAL_KEY);
    uint32_t number = row_groups_put(&g->rows, key);
    return aggregator_fold(g->a, &g->store, grouping_record(g, number), record) ? ST_OK : overflow(key, d);
}

void grouping_put_value(struct grouping *g, struct slice key, size_t bag, const struct bag_item *item)
{
    const struct accumulator *acc = aggregator_bag(g->a, bag);
    begin(g, USUAL_KEY);
    uint32_t number = row_groups_put(&g->rows, key);
    bag_put(&g->store.bags[acc->number], aggregator_bag_in(acc, grouping_record(g, number)), item);
}

enum status grouping_add_line(struct grouping *g, const struct part_line *l, struct diag *d)
{
    begin(g, l->key.n);
    if (!l->scalars) {
        grouping_put_value(g, l->key, l->bag, &l->item);
        return grouping_keep_within(g, d);
    }
    enum status st = ST_OK;
    memset(g->record, 0, aggregator_record_size(g->a));
    if (!aggregator_load(g->a, &g->store, g->record, l->fields))
        st = diag_set(d, ST_INPUT, NULL, 0, NULL, "not a line of such a part: its fields are %s",
                      diag_quote(l->fields).s);
    if (st == ST_OK)
        st = grouping_fold_key(g, l->key, g->record, d);
    return st == ST_OK ? grouping_keep_within(g, d) : st;
}

/* --- sending out --- */

struct sending {
    const struct group_sink *sink;
    size_t bag;
    struct diag *d;
};

static enum status send_value(void *ctx, const struct bag_item *item)
{
    const struct sending *s = ctx;
    return s->sink->value(s->sink->ctx, s->bag, item, s->d);
}

static enum status send_group(struct grouping *g, uint32_t number, const struct group_sink *sink,
                              struct diag *d)
{
    char *record = grouping_record(g, number);
    struct sending s = {.sink = sink, .d = d};
    enum status st = sink->group(sink->ctx, row_groups_key(&g->rows, number), record, d);
    for (; s.bag < aggregator_bags(g->a) && st == ST_OK; s.bag++) {
        const struct accumulator *acc = aggregator_bag(g->a, s.bag);
        st = bag_each(&g->store.bags[acc->number], aggregator_bag_in(acc, record), send_value, &s);
    }
    return st == ST_OK ? sink->end(sink->ctx, d) : st;
}

enum status grouping_send(struct grouping *g, const uint32_t *number, size_t n, bool all_ordered,
                          const struct group_sink *sink, struct diag *d)
{
    enum status st = ST_OK;
    for (size_t k = 0; k < aggregator_bags(g->a); k++) {
        const struct accumulator *acc = aggregator_bag(g->a, k);
        if (all_ordered || acc->ordered)
            bags_order(&g->store.bags[acc->number]);
    }
    for (size_t k = 0; k < n && st == ST_OK; k++) {
        size_t ahead = k + 16 < n ? k + 16 : k; /* groups and records stand in another order */
        __builtin_prefetch(grouping_record(g, number[ahead]));
        st = send_group(g, number[k], sink, d);
    }
    return st;
}
