/* SPDX-License-Identifier: MIT
 * join: see join.h. */
#include "lib/order/join.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/order/rows.h"
#include "lib/stream/keymap.h"

struct held_row {
    uint64_t end;  /* of its kept fields in bytes */
    uint64_t line; /* physical */
    uint32_t key;  /* number in map */
    uint32_t next; /* row of the same key, plus 1; 0 for none */
};

struct held_key {
    uint32_t first, last; /* rows */
    bool met;
};

struct reference {
    struct keymap *map;
    struct held_row *row;
    struct held_key *key;
    size_t rows, rows_cap, keys, keys_cap;
    struct buf bytes;
};

struct slice reference_kept(const struct reference *r, int64_t row)
{
    uint64_t from = row ? r->row[row - 1].end : 0;
    return (struct slice){r->bytes.p ? r->bytes.p + from : "", (size_t)(r->row[row].end - from)};
}

static void hold(struct reference *r, uint32_t key, uint64_t line)
{
    uint32_t number = (uint32_t)r->rows;
    r->row = mem_grow(r->row, r->rows, &r->rows_cap, sizeof *r->row);
    r->row[r->rows++] = (struct held_row){r->bytes.n, line, key, 0};
    if (key == r->keys) {
        r->key = mem_grow(r->key, r->keys, &r->keys_cap, sizeof *r->key);
        r->key[r->keys++] = (struct held_key){number, number, false};
    } else {
        r->row[r->key[key].last].next = number + 1;
        r->key[key].last = number;
    }
}

static void add_kept(struct reference *r, const struct batch *b, size_t row,
                     const struct reference_columns *c)
{
    for (size_t i = 0; i < c->kepts; i++) {
        struct slice f = batch_field(b, row, (size_t)c->kept[i]);
        if (i)
            buf_char(&r->bytes, '\t');
        if (!field_is_empty(f))
            buf_slice(&r->bytes, f);
    }
}

static enum status hold_batch(struct reference *r, const struct batch *b, const struct table *t,
                              const struct reference_columns *c, bool all, struct buf *scratch,
                              struct diag *d)
{
    struct buf plain = {0};
    enum status st = ST_OK;
    for (size_t i = 0; i < b->rows && st == ST_OK; i++) {
        struct slice key = fields_without_null(key_of_row(b, i, c->key, c->keys, scratch), &plain);
        uint32_t number = keymap_put(r->map, key);
        size_t from = r->bytes.n;
        add_kept(r, b, i, c);
        if (number == r->keys || all) {
            hold(r, number, b->line + i);
            continue;
        }
        uint32_t first = r->key[number].first;
        struct slice again = {r->bytes.p ? r->bytes.p + from : "", r->bytes.n - from};
        if (!slice_equal(again, reference_kept(r, first)))
            st = diag_set(d, ST_INPUT, table_file(t), b->line + i, NULL,
                          "key %s stands on line %llu already, with other values", diag_quote(key).s,
                          (unsigned long long)r->row[first].line);
        r->bytes.n = from;
    }
    buf_free(&plain);
    return st;
}

struct reference *reference_load(struct table *t, const struct reference_columns *c, bool all, struct diag *d)
{
    struct reference *r = mem_zero(1, sizeof *r);
    struct buf scratch = {0};
    struct batch b;
    enum status st;
    r->map = keymap_new(0);
    while ((st = table_next(t, &b, d)) == ST_OK && b.rows) {
        if (r->rows + b.rows >= UINT32_MAX)
            st = diag_set(d, ST_INPUT, table_file(t), b.line, NULL, "more than 2^32 rows");
        else
            st = hold_batch(r, &b, t, c, all, &scratch, d);
        if (st != ST_OK)
            break;
    }
    buf_free(&scratch);
    if (st == ST_OK)
        return r;
    reference_free(r);
    return NULL;
}

void reference_free(struct reference *r)
{
    if (!r)
        return;
    keymap_free(r->map);
    free(r->row);
    free(r->key);
    buf_free(&r->bytes);
    free(r);
}

int64_t reference_find(const struct reference *r, struct slice key)
{
    int64_t number = keymap_get(r->map, key);
    return number < 0 ? REFERENCE_NONE : (int64_t)r->key[number].first;
}

int64_t reference_next(const struct reference *r, int64_t row)
{
    return (int64_t)r->row[row].next - 1;
}

size_t reference_rows(const struct reference *r)
{
    return r->rows;
}

struct slice reference_key(const struct reference *r, int64_t row)
{
    return keymap_key(r->map, r->row[row].key);
}

void reference_meet(struct reference *r, int64_t row)
{
    r->key[r->row[row].key].met = true;
}

bool reference_is_met(const struct reference *r, int64_t row)
{
    return r->key[r->row[row].key].met;
}
