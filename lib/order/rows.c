/* SPDX-License-Identifier: MIT
 * rows: see rows.h. */
#include "lib/order/rows.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/expr/expr_rows.h"
#include "lib/order/order.h"
#include "lib/stream/keymap.h"

void row_view_fetch(void *view, int variable, struct value *v)
{
    const struct row_view *r = view;
    *v = (struct value){.kind = VALUE_RAW, .text = batch_field(r->batch, r->row, (size_t)variable)};
}

static int column_variable(void *table, struct slice name, enum expr_type *type)
{
    *type = EXPR_ANY;
    return table_find(table, name);
}

struct expr_place row_place(struct table *t)
{
    return (struct expr_place){.ctx = t, .variable = column_variable};
}

struct expr *row_condition(struct table *t, const char *text, struct diag *d)
{
    struct expr_place place = row_place(t);
    return expr_compile(text, &place, EXPR_BOOL, NULL, 0, d);
}

char *row_condition_and(char *old, const char *more)
{
    struct buf both = {0};
    if (!old)
        return mem_text(slice_of(more));
    buf_printf(&both, "(%s) and (%s)", old, more);
    char *text = mem_text(buf_view(&both));
    buf_free(&both);
    free(old);
    return text;
}

enum status row_holds(struct expr *e, const struct batch *b, size_t row, const char *file, bool *holds,
                      struct diag *d)
{
    *holds = true;
    if (!e)
        return ST_OK;
    struct row_view view = {b, row};
    struct expr_row source = {&view, row_view_fetch};
    struct value v;
    enum status st = expr_eval(e, &source, &v, d);
    *holds = st == ST_OK && v.kind == VALUE_BOOL && v.truth;
    if (st != ST_OK) {
        snprintf(d->file, sizeof d->file, "%s", file);
        d->line = b->line + row;
    }
    return st;
}

/* Leaves of n rows those for which e is true. */
static enum status keep_true(struct expr *e, const struct batch *b, const char *file, uint32_t *row,
                             size_t *n, struct diag *d)
{
    struct expr_rows rows = {.batch = b, .row = row, .n = *n};
    struct expr_column *truth = expr_column_new();
    size_t kept = 0, bad;
    enum status st = expr_eval_rows(e, &rows, truth, &bad, d);
    if (st != ST_OK) {
        snprintf(d->file, sizeof d->file, "%s", file);
        d->line = b->line + row[bad];
    }
    for (size_t i = 0; i < *n && st == ST_OK; i++) {
        row[kept] = row[i];
        kept += truth->kind[i] == ROW_VALUE && truth->units[i];
    }
    *n = kept;
    expr_column_free(truth);
    return st;
}

enum status rows_choose(struct expr *e, const struct batch *b, const char *file, size_t *next, uint32_t *row,
                        size_t *n, struct diag *d)
{
    enum status st = ST_OK;
    *n = 0;
    while (*next < b->rows && *n == 0 && st == ST_OK) {
        for (; *next < b->rows && *n < ROWS_CHUNK; ++*next)
            row[(*n)++] = (uint32_t)*next;
        if (e)
            st = keep_true(e, b, file, row, n, d);
    }
    return st;
}

void row_groups_init(struct row_groups *g, int *column, size_t columns, size_t expected)
{
    row_groups_init_over(g, column, columns, keymap_new(expected));
}

void row_groups_init_over(struct row_groups *g, int *column, size_t columns, struct keymap *map)
{
    *g = (struct row_groups){.map = map, .column = column, .columns = columns, .adjacent = true};
    for (size_t i = 1; i < columns; i++)
        g->adjacent = g->adjacent && column[i] == column[i - 1] + 1;
}

void row_groups_free(struct row_groups *g)
{
    keymap_free(g->map);
    free(g->column);
    free(g->alias);
    buf_free(&g->bytes);
}

void row_groups_clear(struct row_groups *g)
{
    keymap_clear(g->map);
    free(g->alias);
    g->alias = NULL;
    g->known = 0;
}

static void adjacent_keys(const struct row_groups *g, const struct batch *b, const uint32_t *row, size_t n,
                          struct slice *key)
{
    size_t first = (size_t)g->column[0], last = (size_t)g->column[g->columns - 1];
    for (size_t i = 0; i < n; i++) {
        size_t k = row[i] * b->width;
        uint32_t from = b->sep[(ptrdiff_t)(k + first) - 1] + 1;
        key[i] = (struct slice){b->base + from, b->sep[k + last] - from};
    }
}

static void joined_keys(struct row_groups *g, const struct batch *b, const uint32_t *row, size_t n,
                        struct slice *key)
{
    buf_clear(&g->bytes);
    for (size_t i = 0; i < n; i++) {
        size_t from = g->bytes.n;
        for (size_t c = 0; c < g->columns; c++) {
            if (c)
                buf_char(&g->bytes, '\t');
            buf_slice(&g->bytes, batch_field(b, row[i], (size_t)g->column[c]));
        }
        key[i].n = g->bytes.n - from;
    }
    const char *at = g->bytes.p;
    for (size_t i = 0; i < n; at += key[i++].n)
        key[i].p = at;
}

struct slice fields_without_null(struct slice fields, struct buf *scratch)
{
    bool found = false;
    if (fields.n == 0 || !memchr(fields.p, '\\', fields.n))
        return fields;
    buf_clear(scratch);
    for (size_t from = 0; from <= fields.n;) {
        const char *tab = memchr(fields.p + from, '\t', fields.n - from);
        struct slice field = {fields.p + from, tab ? (size_t)(tab - fields.p) - from : fields.n - from};
        if (from)
            buf_char(scratch, '\t');
        if (field_is_empty(field))
            found = found || field.n;
        else
            buf_slice(scratch, field);
        from += field.n + 1;
    }
    return !found ? fields : scratch->n ? buf_view(scratch) : (struct slice){"", 0};
}

/* Looks at the keys new since the last call only, so that the usual row pays nothing for \N. */
static void find_aliases(struct row_groups *g)
{
    struct buf clean = {0};
    for (; g->known < keymap_count(g->map); g->known++) {
        uint32_t same = g->known;
        struct slice key = keymap_key(g->map, g->known);
        struct slice plain = fields_without_null(key, &clean);
        if (plain.p != key.p)
            same = keymap_put(g->map, plain);
        if (same == g->known && !g->alias)
            continue;
        size_t count = keymap_count(g->map), had = g->alias ? g->known : 0;
        g->alias = mem_array(g->alias, count, sizeof *g->alias);
        for (size_t i = had; i < count; i++)
            g->alias[i] = (uint32_t)i;
        g->alias[g->known] = same;
    }
    buf_free(&clean);
}

void row_groups_number(struct row_groups *g, const struct batch *b, const uint32_t *row, size_t n,
                       uint32_t *number)
{
    struct slice key[ROWS_CHUNK];
    if (g->columns == 0)
        for (size_t i = 0; i < n; i++)
            key[i] = (struct slice){"", 0};
    else if (g->adjacent)
        adjacent_keys(g, b, row, n, key);
    else
        joined_keys(g, b, row, n, key);
    keymap_put_batch(g->map, key, n, number);
    if (keymap_count(g->map) > g->known)
        find_aliases(g);
    if (g->alias)
        for (size_t i = 0; i < n; i++)
            number[i] = g->alias[number[i]];
}

uint32_t row_groups_put(struct row_groups *g, struct slice key)
{
    uint32_t number = keymap_put(g->map, key);
    if (keymap_count(g->map) > g->known)
        find_aliases(g);
    return g->alias ? g->alias[number] : number;
}

uint32_t row_groups_count(const struct row_groups *g)
{
    return keymap_count(g->map);
}

struct slice row_groups_key(const struct row_groups *g, uint32_t number)
{
    return keymap_key(g->map, number);
}

static uint32_t *by_first_appearance(const struct row_groups *g, size_t *n)
{
    size_t count = keymap_count(g->map);
    uint32_t *order = mem_array(NULL, count, sizeof *order);
    bool *done = g->alias ? mem_zero(count, sizeof *done) : NULL;
    *n = 0;
    for (uint32_t i = 0; !g->alias && i < count; i++)
        order[(*n)++] = i;
    for (uint32_t i = 0; g->alias && i < count; i++) {
        uint32_t number = g->alias[i];
        if (!done[number])
            order[(*n)++] = number;
        done[number] = true;
    }
    free(done);
    return order;
}

int fields_compare(struct slice a, struct slice b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    if (c || a.n == b.n)
        return c;
    unsigned char next = (unsigned char)(a.n > n ? a.p[n] : b.p[n]);
    return (next > '\t') == (a.n > n) ? 1 : -1;
}

static int by_fields(const void *a, const void *b, void *texts)
{
    const struct slice *text = texts;
    return fields_compare(text[*(const uint32_t *)a], text[*(const uint32_t *)b]);
}

/* Whether there is a byte below TAB: only then does the TAB behind a text make a difference. */
static bool has_low_byte(struct slice s)
{
    bool low = false;
    for (size_t i = 0; i < s.n; i++)
        low |= (unsigned char)s.p[i] < '\t';
    return low;
}

uint32_t *fields_order(const struct slice *text, size_t n)
{
    uint32_t *order = order_texts(text, n);
    bool low = false;
    for (size_t i = 0; i < n && !low; i++)
        low = has_low_byte(text[i]);
    if (low)
        qsort_r(order, n, sizeof *order, by_fields, (void *)(uintptr_t)text);
    return order;
}

uint32_t *row_groups_order(const struct row_groups *g, bool sorted, size_t *n)
{
    uint32_t *first = by_first_appearance(g, n);
    if (!sorted)
        return first;
    struct slice *key = mem_array(NULL, *n, sizeof *key);
    for (size_t i = 0; i < *n; i++)
        key[i] = keymap_key(g->map, first[i]);
    uint32_t *order = fields_order(key, *n);
    for (size_t i = 0; i < *n; i++)
        order[i] = first[order[i]];
    free(key);
    free(first);
    return order;
}

size_t row_names(const char *list, struct slice **names, char **text)
{
    size_t n = column_list(list, names), at = 0;
    *text = mem_alloc(strlen(list) + 1);
    for (size_t i = 0; i < n; i++) {
        struct slice raw = (*names)[i];
        size_t from = at;
        for (size_t k = 0; k < raw.n; k++)
            if (raw.p[k] != '\\' || k + 1 == raw.n || raw.p[k + 1] != ',')
                (*text)[at++] = raw.p[k];
        (*names)[i] = (struct slice){*text + from, at - from};
    }
    return n;
}

int *row_columns(const struct table *t, const char *list, size_t *n, struct diag *d)
{
    struct slice *name;
    char *text;
    *n = row_names(list, &name, &text);
    int *column = mem_array(NULL, *n, sizeof *column);
    for (size_t i = 0; i < *n; i++) {
        column[i] = table_column(t, name[i], d);
        for (size_t k = 0; k < i && column[i] >= 0; k++)
            if (column[k] == column[i]) {
                diag_set(d, ST_MISUSE, NULL, 0, NULL, "column %s is named twice", diag_quote(name[i]).s);
                column[i] = -1;
            }
        if (column[i] < 0) {
            free(column);
            column = NULL;
            break;
        }
    }
    free(name);
    free(text);
    return column;
}
