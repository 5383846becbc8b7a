/* SPDX-License-Identifier: MIT
 * grouping_spill: groups over the limit, as lines of a part in temporary files and back. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/group/grouping_internal.h"

/* --- out --- */

static enum status put_line(void *runs, struct slice line, struct diag *d)
{
    return runs_put(runs, line, d);
}

static int by_bytes(void *ctx, struct slice a, struct slice b)
{
    (void)ctx;
    return slice_compare(a, b);
}

enum status grouping_spill(struct grouping *g, const uint32_t *number, size_t n, struct diag *d)
{
    if (!g->runs)
        g->runs = runs_new(g->limits.directory, by_bytes, NULL);
    struct line_writer w = {.format = g->format, .put = put_line, .ctx = g->runs};
    struct group_sink sink = line_writer_sink(&w);
    enum status st = grouping_send(g, number, n, true, &sink, d);
    buf_free(&w.line);
    if (st == ST_OK)
        st = runs_end(g->runs, d);
    grouping_clear(g);
    return st;
}

/* --- back: equal lines are folded, and each group goes on as it is complete --- */

struct merging {
    struct grouping *g;
    const struct group_sink *sink;
    struct buf key, text; /* of the group at hand; of the value at hand */
    char *record, *one;   /* the group's scalars; those of one line */
    bool open, begun;     /* a group is at hand; the sink has its scalars */
    struct part_line value;
    bool has_value;
    size_t bag;     /* of the value sent last */
    uint64_t times; /* values of that bag sent so far */
    struct diag *d;
};

static enum status begin_group(struct merging *m)
{
    if (m->begun)
        return ST_OK;
    m->begun = true;
    return m->sink->group(m->sink->ctx, buf_view(&m->key), m->record, m->d);
}

/* Of the greatest values as many go on as count. */
static enum status send_value(struct merging *m)
{
    const struct accumulator *acc = m->has_value ? aggregator_bag(m->g->a, m->value.bag) : NULL;
    struct bag_item *item = &m->value.item;
    if (!acc)
        return ST_OK;
    m->has_value = false;
    m->times = m->bag == m->value.bag ? m->times : 0;
    m->bag = m->value.bag;
    if (acc->op->bag == BAG_TOP && item->times > acc->p.first - m->times)
        item->times = acc->p.first - m->times;
    m->times += item->times;
    return item->times ? m->sink->value(m->sink->ctx, m->bag, item, m->d) : ST_OK;
}

static enum status end_group(struct merging *m)
{
    if (!m->open)
        return ST_OK;
    enum status st = begin_group(m);
    if (st == ST_OK)
        st = send_value(m);
    if (st == ST_OK)
        st = m->sink->end(m->sink->ctx, m->d);
    m->open = m->begun = false;
    m->times = 0;
    arena_clear(&m->g->store.texts);
    memset(m->record, 0, aggregator_record_size(m->g->a));
    return st;
}

static void open_group(struct merging *m, struct slice key)
{
    buf_clear(&m->key);
    buf_slice(&m->key, key);
    m->open = true;
}

static enum status take_scalars(struct merging *m, const struct part_line *l)
{
    struct aggregator *a = m->g->a;
    memset(m->one, 0, aggregator_record_size(a));
    if (!aggregator_load(a, &m->g->store, m->one, l->fields))
        return diag_set(m->d, ST_FAULT, NULL, 0, NULL, "a line of a temporary file cannot be read");
    if (aggregator_fold(a, &m->g->store, m->record, m->one))
        return ST_OK;
    return diag_set(m->d, ST_INPUT, NULL, 0, NULL, "an aggregate of the group %s leaves 128 bits",
                    diag_quote(l->key).s);
}

static enum status take_value(struct merging *m, const struct part_line *l)
{
    struct bag_item *have = &m->value.item;
    if (m->has_value && slice_equal(l->identity, m->value.identity)) {
        have->times += l->item.times;
        have->decimals = l->item.decimals > have->decimals ? l->item.decimals : have->decimals;
        return ST_OK;
    }
    enum status st = begin_group(m);
    if (st == ST_OK)
        st = send_value(m);
    buf_clear(&m->text);
    buf_slice(&m->text, l->identity);
    m->value = *l;
    m->value.identity = buf_view(&m->text);
    m->value.item.text.p = m->text.p + (l->item.text.p - l->identity.p);
    m->has_value = true;
    return st;
}

static enum status merge(struct merging *m)
{
    struct slice record;
    struct part_line l;
    for (;;) {
        enum status st = runs_next(m->g->runs, &record, m->d);
        if (st != ST_OK || !record.p)
            return st == ST_OK ? end_group(m) : st;
        if (!part_line_read(&l, &m->g->format, record))
            return diag_set(m->d, ST_FAULT, NULL, 0, NULL, "a line of a temporary file cannot be read");
        if (m->open && !slice_equal(l.key, buf_view(&m->key)))
            st = end_group(m);
        if (!m->open)
            open_group(m, l.key);
        if (st == ST_OK)
            st = l.scalars ? take_scalars(m, &l) : take_value(m, &l);
        if (st != ST_OK)
            return st;
    }
}

/* After the last spill: all groups of the runs, merged, into a sink. */
static enum status merge_runs(struct grouping *g, const struct group_sink *sink, struct diag *d)
{
    size_t size = aggregator_record_size(g->a);
    struct merging m = {.g = g, .sink = sink, .d = d};
    m.record = mem_zero(1, size + 1);
    m.one = mem_zero(1, size + 1);
    enum status st = merge(&m);
    free(m.record);
    free(m.one);
    buf_free(&m.key);
    buf_free(&m.text);
    return st;
}

/* The memory of the table is not needed while its groups come back. */
static void leave_table(struct grouping *g)
{
    row_groups_free(&g->rows);
    g->rows = (struct row_groups){0};
    g->column = NULL;
    store_free(&g->store);
    store_init(&g->store, g->a);
}

enum status grouping_drain(struct grouping *g, enum group_order order, bool all_ordered,
                           const struct group_sink *sink, struct diag *d)
{
    size_t n = 0;
    uint32_t *number = g->rows.map ? row_groups_order(&g->rows, order == GROUP_SORTED, &n) : NULL;
    enum status st = ST_OK;
    if (g->runs && n)
        st = grouping_spill(g, number, n, d);
    else if (!g->runs)
        st = grouping_send(g, number, n, all_ordered, sink, d);
    free(number);
    grouping_clear(g);
    if (st != ST_OK || !g->runs)
        return st;
    leave_table(g);
    return merge_runs(g, sink, d);
}
