/* SPDX-License-Identifier: MIT
 * refs: the other tables a check needs (-x NAME=FILE), held in memory, and hash joins to them. */
#include "lib/schema/refs.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/stream/keymap.h"
#include "lib/stream/table.h"

struct ref {
    char *name, *file;
    bool absent;
    bool open;              /* of an example: has any column */
    struct keymap *columns; /* numbered in the order of the header */
    struct buf bytes;       /* all rows, their fields one after another */
    size_t *end;            /* where field k ends; it starts where field k - 1 ended */
    size_t rows, width, fields, cap;
};

struct refs {
    struct ref **table;
    size_t count, cap;
    bool open;
};

struct refs *refs_new(void)
{
    return mem_zero(1, sizeof(struct refs));
}

struct refs *refs_example_new(void)
{
    struct refs *r = refs_new();
    r->open = true;
    return r;
}

static void ref_free(struct ref *t)
{
    free(t->name);
    free(t->file);
    if (t->columns)
        keymap_free(t->columns);
    buf_free(&t->bytes);
    free(t->end);
    free(t);
}

void refs_free(struct refs *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->count; i++)
        ref_free(r->table[i]);
    free(r->table);
    free(r);
}

static void add_field(struct ref *t, struct slice field)
{
    buf_slice(&t->bytes, field);
    t->end = mem_grow(t->end, t->fields, &t->cap, sizeof *t->end);
    t->end[t->fields++] = t->bytes.n;
}

static void take_batch(struct ref *t, const struct batch *b)
{
    for (size_t row = 0; row < b->rows; row++) {
        for (size_t k = 0; k < t->width; k++)
            add_field(t, batch_field(b, row, k));
        t->rows++;
    }
}

static enum status read_table(struct ref *t, struct diag *d)
{
    struct table *in = table_open(t->file, d);
    if (!in) {
        if (d)
            d->status = ST_MISUSE;
        return ST_MISUSE;
    }
    t->width = table_width(in);
    for (size_t i = 0; i < t->width; i++)
        keymap_put(t->columns, table_name(in, i));
    struct batch b;
    enum status st;
    while ((st = table_next(in, &b, d)) == ST_OK && b.rows > 0)
        take_batch(t, &b);
    table_close(in);
    if (st != ST_OK && d)
        d->status = ST_MISUSE;
    return st == ST_OK ? ST_OK : ST_MISUSE;
}

static struct ref *find(const struct refs *r, struct slice name)
{
    for (size_t i = 0; i < r->count; i++)
        if (slice_is(name, r->table[i]->name))
            return r->table[i];
    return NULL;
}

static struct ref *ref_new(struct refs *r, struct slice name, struct slice file)
{
    struct ref *t = mem_zero(1, sizeof *t);
    t->name = mem_text(name);
    t->file = mem_text(file);
    t->columns = keymap_new(0);
    r->table = mem_grow(r->table, r->count, &r->cap, sizeof *r->table);
    r->table[r->count++] = t;
    return t;
}

enum status refs_add(struct refs *r, const char *argument, struct diag *d)
{
    const char *equals = strchr(argument, '=');
    struct slice name = {argument, equals ? (size_t)(equals - argument) : 0};
    if (name.n == 0)
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "-x takes NAME=FILE, not %s",
                        diag_quote(slice_of(argument)).s);
    if (find(r, name))
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "-x gives the table %s twice", diag_quote(name).s);
    struct ref *t = ref_new(r, name, slice_of(equals + 1));
    t->absent = *t->file == '\0';
    return t->absent ? ST_OK : read_table(t, d);
}

const struct ref *refs_find(struct refs *r, struct slice name)
{
    if (r->open && !find(r, name))
        refs_put(r, name, NULL, 0, NULL, 0);
    return find(r, name);
}

void refs_put(struct refs *r, struct slice name, const struct slice *column, size_t width,
              const struct slice *field, size_t rows)
{
    struct ref *t = ref_new(r, name, name);
    t->open = true;
    t->width = width;
    t->rows = rows;
    for (size_t i = 0; i < width; i++)
        keymap_put(t->columns, column[i]);
    for (size_t i = 0; i < rows * width; i++)
        add_field(t, field[i]);
}

const char *ref_file(const struct ref *t)
{
    return t->file;
}

bool ref_is_absent(const struct ref *t)
{
    return t->absent;
}

size_t ref_rows(const struct ref *t)
{
    return t->rows;
}

/* A ragged row is refused and a field holds no LF, so rows are lines. */
uint64_t ref_line(const struct ref *t, size_t row)
{
    (void)t;
    return row + 2;
}

int ref_find(const struct ref *t, struct slice column)
{
    return t->open ? (int)keymap_put(t->columns, column) : (int)keymap_get(t->columns, column);
}

struct slice ref_field(const struct ref *t, size_t row, size_t column)
{
    if (column >= t->width)
        return (struct slice){"", 0};
    size_t k = row * t->width + column;
    size_t start = k ? t->end[k - 1] : 0;
    return (struct slice){t->bytes.p + start, t->end[k] - start};
}

struct slice ref_key(const struct ref *t, size_t row, const int *columns, size_t n, struct buf *scratch)
{
    buf_clear(scratch);
    for (size_t i = 0; i < n; i++) {
        struct slice f = ref_field(t, row, (size_t)columns[i]);
        if (i)
            buf_char(scratch, '\t');
        if (!field_is_empty(f))
            buf_slice(scratch, f);
    }
    return buf_view(scratch);
}

struct ref_index {
    struct keymap *keys;
    size_t *row; /* of key number k */
    int64_t repeat;
};

struct ref_index *ref_index_new(const struct ref *t, const int *columns, size_t n)
{
    struct ref_index *x = mem_zero(1, sizeof *x);
    x->keys = keymap_new(t->rows);
    x->row = mem_array(NULL, t->rows + 1, sizeof *x->row);
    x->repeat = -1;
    struct buf key = {0};
    for (size_t row = 0; row < t->rows; row++) {
        uint32_t before = keymap_count(x->keys),
                 number = keymap_put(x->keys, ref_key(t, row, columns, n, &key));
        if (number == before)
            x->row[number] = row;
        else if (x->repeat < 0)
            x->repeat = (int64_t)row;
    }
    buf_free(&key);
    return x;
}

void ref_index_free(struct ref_index *x)
{
    if (!x)
        return;
    keymap_free(x->keys);
    free(x->row);
    free(x);
}

int64_t ref_index_row(const struct ref_index *x, struct slice key)
{
    int64_t number = keymap_get(x->keys, key);
    return number < 0 ? -1 : (int64_t)x->row[number];
}

int64_t ref_index_repeat(const struct ref_index *x)
{
    return x->repeat;
}
