/* SPDX-License-Identifier: MIT
 * standings: see standings.h. */
#include "lib/order/standings.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/order/row_fields.h"
#include "lib/order/rows.h"
#include "lib/stream/keymap.h"

struct entry {
    uint64_t doubled_rank;
    uint64_t line, met; /* in the earlier and in the later table; 0 where it is not there */
    uint8_t standing;
};

struct standings {
    struct keymap *map;
    struct entry *entry; /* by number of the key */
    size_t n, cap;
};

int *standings_object(const struct table *t, const int *group, size_t groups, const char *list, size_t *n,
                      struct diag *d)
{
    size_t listed;
    int *own = row_columns(t, list, &listed, d);
    if (!own)
        return NULL;
    int *object = mem_array(NULL, groups + listed, sizeof *object);
    *n = 0;
    for (size_t i = 0; i < groups + listed; i++) {
        int column = i < groups ? group[i] : own[i - groups];
        bool there = false;
        for (size_t k = 0; k < *n; k++)
            there = there || object[k] == column;
        if (!there)
            object[(*n)++] = column;
    }
    free(own);
    return object;
}

struct standings *standings_new(void)
{
    struct standings *s = mem_zero(1, sizeof *s);
    s->map = keymap_new(0);
    return s;
}

void standings_free(struct standings *s)
{
    if (!s)
        return;
    keymap_free(s->map);
    free(s->entry);
    free(s);
}

static struct entry *entry_of(struct standings *s, struct slice key)
{
    uint32_t number = keymap_put(s->map, key);
    if (number == s->n) {
        s->entry = mem_grow(s->entry, s->n, &s->cap, sizeof *s->entry);
        s->entry[s->n++] = (struct entry){0};
    }
    return &s->entry[number];
}

static enum status twice(struct slice key, const char *file, uint64_t line, uint64_t first, struct diag *d)
{
    return diag_set(d, ST_INPUT, file, line, NULL, "key %s stands on line %" PRIu64 " already",
                    row_key_quote(key).s, first);
}

static enum status add(struct standings *s, struct slice key, const char *file, const struct entry *e,
                       struct diag *d)
{
    struct entry *there = entry_of(s, key);
    if (there->line)
        return twice(key, file, e->line, there->line, d);
    *there = *e;
    return ST_OK;
}

enum status standings_rank(struct standings *s, struct ranking *r, const char *file, const int *id, size_t n,
                           struct diag *d)
{
    struct ranked row;
    struct buf key = {0};
    enum status st;
    while ((st = ranking_next(r, &row, d)) == ST_OK && row.row.p) {
        struct entry e = {row.doubled_rank, row.number + 2, 0, (uint8_t)row.standing};
        st = add(s, row_key(row.row, id, n, &key), file, &e, d);
        if (st != ST_OK)
            break;
    }
    buf_free(&key);
    return st;
}

/* A rank as it is printed: a whole number from 1, or one and a half. */
static bool parse_rank(struct slice field, uint64_t *doubled)
{
    int64_t tenths;
    if (!dec_parse_scaled(field, 1, &tenths) || tenths < 10 || tenths % 5 != 0)
        return false;
    *doubled = (uint64_t)tenths / 5;
    return true;
}

static enum status not_a_rank(const struct table *t, int column, uint64_t line, struct slice field,
                              struct diag *d)
{
    struct slice name = table_name(t, (size_t)column);
    diag_set(d, ST_INPUT, table_file(t), line, NULL, "not a rank: %s", diag_quote(field).s);
    snprintf(d->column, sizeof d->column, "%.*s", (int)name.n, name.p);
    return ST_INPUT;
}

enum status standings_read(struct standings *s, struct table *t, int rank, const int *id, size_t n,
                           struct diag *d)
{
    struct batch b;
    struct buf key = {0};
    enum status st;
    while ((st = table_next(t, &b, d)) == ST_OK && b.rows) {
        for (size_t i = 0; i < b.rows && st == ST_OK; i++) {
            struct slice f = batch_field(&b, i, (size_t)rank);
            struct entry e = {0, b.line + i, 0, STANDS_RANKED};
            if (field_is_empty(f) || field_is_na(f))
                e.standing = field_is_na(f) ? STANDS_NA : STANDS_EMPTY;
            else if (!parse_rank(f, &e.doubled_rank))
                st = not_a_rank(t, rank, e.line, f, d);
            if (st == ST_OK)
                st = add(s, row_key(batch_row(&b, i), id, n, &key), table_file(t), &e, d);
        }
        if (st != ST_OK)
            break;
    }
    buf_free(&key);
    return st;
}

static struct standing_before before_of(const struct entry *e)
{
    return (struct standing_before){e->line != 0, (enum standing)e->standing, e->doubled_rank};
}

enum status standings_meet(struct standings *s, struct slice key, const char *file, uint64_t line,
                           struct standing_before *before, struct diag *d)
{
    struct entry *e = entry_of(s, key);
    if (e->met)
        return twice(key, file, line, e->met, d);
    e->met = line;
    *before = before_of(e);
    return ST_OK;
}

void standings_each_left(const struct standings *s, standings_left *left, void *ctx)
{
    for (size_t i = 0; i < s->n; i++) {
        struct standing_before before = before_of(&s->entry[i]);
        if (before.known && !s->entry[i].met)
            left(ctx, keymap_key(s->map, (uint32_t)i), &before);
    }
}
