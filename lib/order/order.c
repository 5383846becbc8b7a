/* SPDX-License-Identifier: MIT
 * order: see order.h. A number key is a column of 64-bit integers at one scale for as long as every value
 * fits; then it becomes, once and for all, a column of wide decimals. */
#include "lib/order/order.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/order/order_radix.h"

struct key_column {
    struct order_key key;
    uint8_t *presence; /* enum order_presence by row */
    size_t rows, presence_cap;
    int64_t *units; /* number keys, until wide */
    unsigned scale;
    struct dec *wide; /* number keys that outgrew units */
    uint64_t *end;    /* text keys: where the row's bytes end in text */
    struct buf text;
    size_t cap; /* of units, wide or end */
};

struct order {
    size_t n;
    struct key_column *column;
};

struct order *order_new(const struct order_key *keys, size_t n)
{
    struct order *o = mem_zero(1, sizeof *o);
    o->n = n;
    o->column = mem_zero(n, sizeof *o->column);
    for (size_t k = 0; k < n; k++)
        o->column[k].key = keys[k];
    return o;
}

void order_free(struct order *o)
{
    if (!o)
        return;
    for (size_t k = 0; k < o->n; k++) {
        struct key_column *c = &o->column[k];
        free(c->presence);
        free(c->units);
        free(c->wide);
        free(c->end);
        buf_free(&c->text);
    }
    free(o->column);
    free(o);
}

static void widen(struct key_column *c)
{
    c->wide = mem_array(NULL, c->cap, sizeof *c->wide);
    for (size_t i = 0; i < c->rows; i++)
        c->wide[i] = (struct dec){c->units[i], c->scale};
    free(c->units);
    c->units = NULL;
}

/* Brings the column to a larger scale; false when a value would not fit. */
static bool raise_scale(struct key_column *c, unsigned scale)
{
    int64_t power = (int64_t)dec_pow10(scale - c->scale), scaled;
    for (size_t i = 0; i < c->rows; i++)
        if (__builtin_mul_overflow(c->units[i], power, &scaled))
            return false;
    for (size_t i = 0; i < c->rows; i++)
        c->units[i] *= power;
    c->scale = scale;
    return true;
}

static bool is_decoded(const struct key_column *c, const struct order_field *f)
{
    return f->units != DEC_UNSURE && f->scale == c->scale && !c->wide;
}

static enum dec_error add_number(struct key_column *c, struct slice field, bool present)
{
    struct dec v = {0, 0};
    int64_t units = 0;
    if (present && !c->wide && !dec_parse_scaled(field, c->scale, &units)) {
        enum dec_error bad = dec_parse(field, &v);
        if (bad != DEC_OK)
            return bad;
        if (v.scale <= c->scale || !raise_scale(c, v.scale) || !dec_parse_scaled(field, c->scale, &units))
            widen(c);
    } else if (present && c->wide) {
        enum dec_error bad = dec_parse(field, &v);
        if (bad != DEC_OK)
            return bad;
    }
    if (c->wide) {
        c->wide = mem_grow(c->wide, c->rows, &c->cap, sizeof *c->wide);
        c->wide[c->rows] = v;
    } else {
        c->units = mem_grow(c->units, c->rows, &c->cap, sizeof *c->units);
        c->units[c->rows] = units;
    }
    return DEC_OK;
}

static void add_text(struct key_column *c, struct slice field)
{
    buf_slice(&c->text, field);
    c->end = mem_grow(c->end, c->rows, &c->cap, sizeof *c->end);
    c->end[c->rows] = c->text.n;
}

static void add_presence(struct key_column *c, enum order_presence p)
{
    c->presence = mem_grow(c->presence, c->rows, &c->presence_cap, sizeof *c->presence);
    c->presence[c->rows++] = (uint8_t)p;
}

enum dec_error order_add(struct order *o, size_t k, const struct order_field *field)
{
    struct key_column *c = &o->column[k];
    struct slice f = field->text;
    if (!c->key.text && is_decoded(c, field)) {
        c->units = mem_grow(c->units, c->rows, &c->cap, sizeof *c->units);
        c->units[c->rows] = field->units;
        add_presence(c, ORDER_VALUE);
        return DEC_OK;
    }
    enum order_presence p = field_is_empty(f) ? ORDER_EMPTY : field_is_na(f) ? ORDER_NA : ORDER_VALUE;
    enum dec_error bad = DEC_OK;
    if (c->key.text)
        add_text(c, p == ORDER_VALUE ? f : (struct slice){"", 0});
    else
        bad = add_number(c, f, p == ORDER_VALUE);
    if (bad == DEC_OK)
        add_presence(c, p);
    return bad;
}

bool order_scale(const struct order *o, size_t k, unsigned *scale)
{
    *scale = o->column[k].scale;
    return !o->column[k].key.text && !o->column[k].wide;
}

bool order_not_before(const struct order *o, const struct order_field *field, uint32_t row)
{
    int r = 0;
    for (size_t k = 0; k < o->n; k++) {
        const struct key_column *c = &o->column[k];
        if (c->key.text && r != 0)
            continue; /* any text will do */
        if (c->key.text || !is_decoded(c, &field[k]))
            return false;
        if (r != 0)
            continue;
        if (c->presence[row] != ORDER_VALUE)
            return false;
        r = (field[k].units > c->units[row]) - (field[k].units < c->units[row]);
        r = c->key.descending ? -r : r;
    }
    return r >= 0;
}

enum order_presence order_presence(const struct order *o, size_t k, uint32_t row)
{
    return (enum order_presence)o->column[k].presence[row];
}

static struct slice text_of(const struct key_column *c, uint32_t row)
{
    uint64_t from = row ? c->end[row - 1] : 0;
    return (struct slice){c->text.p + from, (size_t)(c->end[row] - from)};
}

static int compare_key(const struct key_column *c, uint32_t a, uint32_t b)
{
    bool missing_a = c->presence[a] != ORDER_VALUE, missing_b = c->presence[b] != ORDER_VALUE;
    if (missing_a || missing_b)
        return missing_a - missing_b;
    int r;
    if (c->key.text)
        r = slice_compare(text_of(c, a), text_of(c, b));
    else if (c->wide)
        r = dec_compare(c->wide[a], c->wide[b]);
    else
        r = (c->units[a] > c->units[b]) - (c->units[a] < c->units[b]);
    r = (r > 0) - (r < 0);
    return c->key.descending ? -r : r;
}

int order_compare(const struct order *o, uint32_t a, uint32_t b)
{
    int r = 0;
    for (size_t k = 0; k < o->n && r == 0; k++)
        r = compare_key(&o->column[k], a, b);
    return r;
}

/* Merges the sorted halves of row, the left one moved to spare first. */
static void merge(const struct order *o, uint32_t *row, uint32_t *spare, size_t half, size_t n)
{
    if (half == 0 || half == n || order_compare(o, row[half - 1], row[half]) <= 0)
        return;
    memcpy(spare, row, half * sizeof *row);
    size_t a = 0, b = half, to = 0;
    while (a < half && b < n)
        row[to++] = order_compare(o, row[b], spare[a]) < 0 ? row[b++] : spare[a++];
    memcpy(row + to, spare + a, (half - a) * sizeof *row);
}

static void merge_sort(const struct order *o, uint32_t *row, uint32_t *spare, size_t n)
{
    if (n < 2)
        return;
    merge_sort(o, row, spare, n / 2);
    merge_sort(o, row + n / 2, spare, n - n / 2);
    merge(o, row, spare, n / 2, n);
}

/* Sorts by one number key: the present by value, then the missing, both otherwise in their places. */
static void sort_by_number(const struct key_column *c, uint32_t *row, size_t n, struct radix_item *item)
{
    size_t present = 0, missing = 0;
    uint32_t *last = mem_array(NULL, n, sizeof *last);
    for (size_t i = 0; i < n; i++) {
        uint64_t key = (uint64_t)c->units[row[i]] ^ (uint64_t)1 << 63;
        if (c->presence[row[i]] != ORDER_VALUE)
            last[missing++] = row[i];
        else
            item[present++] = (struct radix_item){c->key.descending ? ~key : key, row[i]};
    }
    radix_sort(item, item + n, present);
    for (size_t i = 0; i < present; i++)
        row[i] = item[i].row;
    memcpy(row + present, last, missing * sizeof *row);
    free(last);
}

void order_sort(const struct order *o, uint32_t *row, size_t n)
{
    bool linear = n > 64;
    for (size_t k = 0; k < o->n; k++)
        linear = linear && !o->column[k].key.text && !o->column[k].wide;
    if (!linear) {
        uint32_t *spare = mem_array(NULL, n / 2 + 1, sizeof *spare);
        merge_sort(o, row, spare, n);
        free(spare);
        return;
    }
    struct radix_item *item = mem_array(NULL, n * 2, sizeof *item);
    for (size_t k = o->n; k-- > 0;) /* the last key first: each pass keeps the order of the one before */
        sort_by_number(&o->column[k], row, n, item);
    free(item);
}

void order_take_back(struct order *o)
{
    for (size_t k = 0; k < o->n; k++) {
        struct key_column *c = &o->column[k];
        c->rows--;
        if (c->key.text)
            c->text.n = c->rows ? c->end[c->rows - 1] : 0;
    }
}

static void keep_in_column(struct key_column *c, const uint32_t *row, size_t n)
{
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        c->presence[i] = c->presence[row[i]];
        if (c->key.text) {
            struct slice t = text_of(c, row[i]);
            memmove(c->text.p + used, t.p, t.n);
            used += t.n;
            c->end[i] = used; /* i <= row[i]: the ends still to be read stand behind */
        } else if (c->wide) {
            c->wide[i] = c->wide[row[i]];
        } else {
            c->units[i] = c->units[row[i]];
        }
    }
    c->rows = n;
    c->text.n = used;
}

void order_keep(struct order *o, const uint32_t *row, size_t n)
{
    for (size_t k = 0; k < o->n; k++)
        keep_in_column(&o->column[k], row, n);
}

size_t order_memory(const struct order *o)
{
    size_t bytes = 0;
    for (size_t k = 0; k < o->n; k++) {
        const struct key_column *c = &o->column[k];
        size_t each = c->key.text ? sizeof *c->end : c->wide ? sizeof *c->wide : sizeof *c->units;
        bytes += c->presence_cap + c->cap * each + c->text.cap;
    }
    return bytes;
}
