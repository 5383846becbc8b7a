/* SPDX-License-Identifier: MIT
 * window_unit: rows made ready: their groups, their months, their order, the sums over each group. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/date.h"
#include "lib/base/mem.h"
#include "lib/derive/window_internal.h"
#include "lib/stream/keymap.h"

/* --- where a group has ended, in an input sorted by group --- */

static enum status not_sorted(const struct held_batch *h, size_t row, struct diag *d)
{
    return diag_set(d, ST_INPUT, h->file, h->batch.line + row, NULL,
                    "not sorted by the columns of -g: this key stands behind a greater one");
}

/* Looks at the keys of the rows that came last. */
static enum status find_ends(struct window *w, struct diag *d)
{
    const struct held_batch *h = &w->held.item[w->held.n - 1];
    for (size_t i = 0; i < h->batch.rows; i++) {
        struct slice key = key_of_row(&h->batch, i, w->group, w->groups, &w->next);
        key = fields_without_null(key, &w->clean);
        int c = w->has_key ? slice_compare(key, buf_view(&w->key)) : 1;
        if (c < 0)
            return not_sorted(h, i, d);
        if (c == 0)
            continue;
        w->ended = h->first + i;
        w->has_key = true;
        buf_clear(&w->key);
        buf_slice(&w->key, key);
    }
    return ST_OK;
}

void window_hold(struct window *w, const struct batch *b, const char *file)
{
    held_add(&w->held, b, file);
}

/* --- parts --- */

static bool part_of(const struct window *w, const struct held_batch *h, struct window_part *part)
{
    const struct unit *u = &w->unit;
    uint64_t end = h->first + h->batch.rows;
    if (end <= u->from || h->first >= u->to)
        return false;
    part->batch = &h->batch;
    part->file = h->file;
    part->from = u->from > h->first ? (size_t)(u->from - h->first) : 0;
    part->to = u->to < end ? (size_t)(u->to - h->first) : h->batch.rows;
    part->first = h->first + part->from;
    return true;
}

/* The batches of a unit are the first ones held: what stood before them has been let go. */
bool window_part(const struct window *w, size_t i, struct window_part *part)
{
    return i < w->held.n && part_of(w, &w->held.item[i], part);
}

/* --- months --- */

struct month_key {
    uint32_t group;
    int32_t month;
};

static struct slice key_bytes(const struct month_key *k)
{
    return (struct slice){(const char *)k, sizeof *k};
}

static enum status month_twice(const struct window *w, const struct window_part *p, size_t row,
                               uint64_t other, struct diag *d)
{
    const struct held_batch *h = held_find(&w->held, other);
    diag_set(d, ST_INPUT, p->file, p->batch->line + row, NULL,
             "its group has this month already, in %s:%" PRIu64, h->file, h->batch.line + (other - h->first));
    window_name_column(w, w->period, d);
    return ST_INPUT;
}

static enum status take_month(struct window *w, const struct window_part *p, size_t row, struct diag *d)
{
    struct unit *u = &w->unit;
    struct slice field = batch_field(p->batch, row, (size_t)w->period);
    uint64_t number = p->first + (row - p->from);
    size_t at = (size_t)(number - u->from);
    struct date date;
    u->month[at] = -1;
    if (field_is_empty(field) || field_is_na(field))
        return ST_OK;
    if (!date_parse(field, &date)) {
        diag_set(d, ST_INPUT, p->file, p->batch->line + row, NULL, "not a date or a month: %s",
                 diag_quote(field).s);
        window_name_column(w, w->period, d);
        return ST_INPUT;
    }
    u->month[at] = date_month_number(date);
    struct month_key k = {u->group[at], u->month[at]};
    uint32_t known = keymap_count(u->at), place = keymap_put(u->at, key_bytes(&k));
    if (place < known)
        return month_twice(w, p, row, u->row[place], d);
    u->row = mem_grow(u->row, u->rows, &u->rows_cap, sizeof *u->row);
    u->row[u->rows++] = number;
    return ST_OK;
}

int64_t unit_row_before(const struct unit *u, uint64_t row, int months)
{
    size_t at = (size_t)(row - u->from);
    int32_t month = u->month[at];
    if (month < 0)
        return -1;
    struct month_key k = {u->group[at], months ? month - months : month / 12 * 12 - 1};
    int64_t place = keymap_get(u->at, key_bytes(&k));
    return place < 0 ? -1 : (int64_t)u->row[place];
}

/* --- order --- */

static enum status add_order(struct window *w, const struct window_part *p, size_t row, struct diag *d)
{
    for (size_t k = 0; k < w->orders; k++) {
        const struct order_column *o = &w->order[k];
        struct order_field f = {batch_field(p->batch, row, (size_t)o->column), DEC_UNSURE, 0};
        if (order_add(w->unit.order, k, &f) == DEC_OK)
            continue;
        diag_set(d, ST_INPUT, p->file, p->batch->line + row, NULL, "not a decimal: %s (:text orders as text)",
                 diag_quote(f.text).s);
        window_name_column(w, o->column, d);
        return ST_INPUT;
    }
    return ST_OK;
}

/* Each row stands behind the one of its group before it, and not beside it. */
static enum status take_order(struct window *w, const struct window_part *p, size_t row, struct diag *d)
{
    struct unit *u = &w->unit;
    uint64_t number = p->first + (row - p->from);
    uint32_t at = (uint32_t)(number - u->from);
    int64_t *last = &u->last[u->group[at]];
    if (add_order(w, p, row, d) != ST_OK)
        return ST_INPUT;
    int c = *last < 0 ? -1 : order_compare(u->order, (uint32_t)*last, at);
    if (c < 0) {
        *last = at;
        return ST_OK;
    }
    uint64_t other = u->from + (uint64_t)*last;
    const struct held_batch *h = held_find(&w->held, other);
    return diag_set(d, ST_INPUT, p->file, p->batch->line + row, NULL,
                    c > 0 ? "not in the order of -k: it stands behind %s:%" PRIu64
                          : "equal to %s:%" PRIu64
                            " in the columns of -k, so the order of the two is not declared",
                    h->file, h->batch.line + (other - h->first));
}

/* --- a unit --- */

void unit_clear(struct window *w)
{
    struct unit *u = &w->unit;
    for (size_t k = 0; k < w->calls; k++) {
        free(w->call[k].sum);
        w->call[k].sum = NULL;
    }
    keymap_free(u->at);
    order_free(u->order);
    free(u->last);
    u->at = NULL;
    u->order = NULL;
    u->last = NULL;
    u->rows = 0;
}

static void unit_begin(struct window *w, uint64_t from, uint64_t to)
{
    struct unit *u = &w->unit;
    size_t n = (size_t)(to - from);
    u->from = from;
    u->to = to;
    u->groups = 0;
    if (n > u->room) {
        u->room = n + n / 2;
        u->group = mem_array(u->group, u->room, sizeof *u->group);
        u->month = mem_array(u->month, u->room, sizeof *u->month);
    }
    if (window_uses(w, CALL_EARLIER))
        u->at = keymap_new(n);
    if (w->orders) {
        struct order_key *key = mem_array(NULL, w->orders, sizeof *key);
        for (size_t i = 0; i < w->orders; i++)
            key[i] = w->order[i].key;
        u->order = order_new(key, w->orders);
        free(key);
    }
}

/* What is done with rows of a part, from `from` on, n <= ROWS_CHUNK of them. */
typedef enum status take_rows(struct window *w, const struct window_part *p, size_t from, size_t n,
                              void *with, struct diag *d);

static enum status each_chunk(struct window *w, take_rows *take, void *with, struct diag *d)
{
    struct window_part p;
    enum status st = ST_OK;
    for (size_t i = 0; window_part(w, i, &p) && st == ST_OK; i++)
        for (size_t from = p.from; from < p.to && st == ST_OK; from += ROWS_CHUNK)
            st = take(w, &p, from, p.to - from < ROWS_CHUNK ? p.to - from : ROWS_CHUNK, with, d);
    return st;
}

static enum status number_groups(struct window *w, const struct window_part *p, size_t from, size_t n,
                                 void *groups, struct diag *d)
{
    struct unit *u = &w->unit;
    uint32_t row[ROWS_CHUNK] = {0}, *group = u->group + (p->first - u->from) + (from - p->from);
    enum status st = ST_OK;
    for (size_t i = 0; i < n; i++)
        row[i] = (uint32_t)(from + i);
    row_groups_number(groups, p->batch, row, n, group);
    for (size_t i = 0; i < n && st == ST_OK && u->at; i++)
        st = take_month(w, p, from + i, d);
    return st;
}

static enum status take_sums(struct window *w, const struct window_part *p, size_t from, size_t n, void *none,
                             struct diag *d)
{
    enum status st = ST_OK;
    (void)none;
    for (size_t k = 0; k < w->calls && st == ST_OK; k++)
        if (call_sums(&w->call[k]) && w->call[k].kind != CALL_RUNNING)
            st = sum_rows(w, &w->call[k], p, from, n, d);
    return st;
}

static enum status check_rows(struct window *w, const struct window_part *p, size_t from, size_t n,
                              void *none, struct diag *d)
{
    enum status st = ST_OK;
    (void)none;
    for (size_t i = 0; i < n && st == ST_OK; i++)
        st = take_order(w, p, from + i, d);
    return st;
}

/* Makes room for what is known of each group. */
static void begin_groups(struct window *w)
{
    struct unit *u = &w->unit;
    u->last = mem_array(NULL, u->groups, sizeof *u->last);
    for (uint32_t g = 0; g < u->groups; g++)
        u->last[g] = -1;
    for (size_t k = 0; k < w->calls; k++)
        if (call_sums(&w->call[k]))
            w->call[k].sum = mem_zero(u->groups, sizeof(struct sum));
}

/* Where the rows end that have all they look at. */
static enum status find_to(struct window *w, bool ended, uint64_t *to, struct diag *d)
{
    enum status st = !ended && w->sorted ? find_ends(w, d) : ST_OK;
    *to = ended ? w->held.rows : w->sorted && st == ST_OK ? w->ended : w->unit.to;
    return st;
}

enum status window_ready(struct window *w, bool ended, struct diag *d)
{
    struct row_groups groups;
    uint64_t from = w->unit.to, to;
    enum status st = find_to(w, ended, &to, d);
    w->unit.from = from;
    if (st != ST_OK || to == from)
        return st;
    unit_begin(w, from, to);
    int *column = mem_array(NULL, w->groups, sizeof *column);
    if (w->groups)
        memcpy(column, w->group, w->groups * sizeof *column);
    row_groups_init(&groups, column, w->groups, 0);
    st = each_chunk(w, number_groups, &groups, d);
    w->unit.groups = row_groups_count(&groups);
    row_groups_free(&groups);
    begin_groups(w);
    if (st == ST_OK && w->orders)
        st = each_chunk(w, check_rows, NULL, d);
    return st == ST_OK ? each_chunk(w, take_sums, NULL, d) : st;
}

void window_leave(struct window *w)
{
    size_t gone = 0;
    while (gone < w->held.n && w->held.item[gone].first + w->held.item[gone].batch.rows <= w->unit.to)
        gone++;
    held_drop(&w->held, gone);
    unit_clear(w);
}

enum status window_enter(struct window *w, uint64_t first, size_t n, struct diag *d)
{
    struct window_part p;
    enum status st = ST_OK;
    w->entered = first;
    if (!part_of(w, held_find(&w->held, first), &p))
        return ST_OK;
    for (size_t k = 0; k < w->calls && st == ST_OK; k++)
        if (w->call[k].kind == CALL_RUNNING)
            st = sum_rows(w, &w->call[k], &p, p.from + (size_t)(first - p.first), n, d);
    return st;
}
