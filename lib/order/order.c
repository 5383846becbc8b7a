/* SPDX-License-Identifier: MIT
 * order: the columns of keys: adding to them, comparing their rows. */
#include "lib/order/order.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/order/order_internal.h"
#include "lib/order/order_radix.h"

struct order *order_new(const struct order_key *keys, size_t n)
{
    struct order *o = mem_zero(1, sizeof *o);
    o->n = n;
    o->column = mem_zero(n, sizeof *o->column);
    for (size_t k = 0; k < n; k++) {
        o->column[k].key = keys[k];
        o->column[k].scale = keys[k].rounded ? keys[k].decimals : 0;
    }
    return o;
}

void order_free(struct order *o)
{
    if (!o)
        return;
    for (size_t k = 0; k < o->n; k++) {
        struct key_column *c = &o->column[k];
        mem_huge_free(c->presence, c->cap);
        mem_huge_free(c->units, c->units ? c->cap * sizeof *c->units : 0);
        mem_huge_free(c->wide, c->wide ? c->cap * sizeof *c->wide : 0);
        mem_huge_free(c->end, c->end ? c->cap * sizeof *c->end : 0);
        buf_free(&c->text);
    }
    free(o->column);
    free(o);
}

/* Room for one more row. */
static void reserve(struct key_column *c)
{
    enum { FIRST = 1024 };
    size_t old = c->cap, cap = old ? old * 2 : FIRST;
    if (c->rows < old)
        return;
    c->presence = mem_huge_grow(c->presence, old, cap);
    if (c->key.text)
        c->end = mem_huge_grow(c->end, old * sizeof *c->end, cap * sizeof *c->end);
    else if (c->wide)
        c->wide = mem_huge_grow(c->wide, old * sizeof *c->wide, cap * sizeof *c->wide);
    else
        c->units = mem_huge_grow(c->units, old * sizeof *c->units, cap * sizeof *c->units);
    c->cap = cap;
}

static void widen(struct key_column *c)
{
    c->wide = mem_huge(c->cap * sizeof *c->wide);
    for (size_t i = 0; i < c->rows; i++)
        c->wide[i] = (struct dec){c->units[i], c->scale};
    mem_huge_free(c->units, c->cap * sizeof *c->units);
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

struct dec order_rounded(struct dec v, unsigned decimals)
{
    if (v.scale <= decimals)
        return v;
    i128 power = dec_pow10(v.scale - decimals), whole = v.units / power, rest = v.units % power;
    if (rest >= power - rest)
        whole++;
    else if (-rest >= power + rest)
        whole--;
    return (struct dec){whole, decimals};
}

/* The value at the scale of the column, which may rise for it; false when 64 bits do not hold it, or those
 * there are already. */
static bool fit(struct key_column *c, struct dec v, int64_t *units)
{
    if ((v.scale > c->scale && !raise_scale(c, v.scale)) || !dec_rescale(&v, c->scale) ||
        v.units > INT64_MAX || v.units <= DEC_UNSURE)
        return false;
    *units = (int64_t)v.units;
    return true;
}

static enum dec_error add_number(struct key_column *c, struct slice field, bool present)
{
    struct dec v = {0, 0};
    int64_t units = 0;
    if (present && (c->wide || !dec_parse_scaled(field, c->scale, &units) || units == DEC_UNSURE)) {
        enum dec_error bad = dec_parse(field, &v);
        if (bad != DEC_OK)
            return bad;
        if (c->key.rounded)
            v = order_rounded(v, c->key.decimals);
        if (!c->wide && !fit(c, v, &units))
            widen(c);
    }
    if (c->wide)
        c->wide[c->rows] = v;
    else
        c->units[c->rows] = units;
    return DEC_OK;
}

static void add_text(struct key_column *c, struct slice field)
{
    buf_slice(&c->text, field);
    c->end[c->rows] = c->text.n;
}

enum dec_error order_add(struct order *o, size_t k, const struct order_field *field)
{
    struct key_column *c = &o->column[k];
    struct slice f = field->text;
    enum order_presence p = ORDER_VALUE;
    reserve(c);
    if (!c->key.text && is_decoded(c, field)) {
        c->units[c->rows] = field->units;
    } else {
        p = field_is_empty(f) ? ORDER_EMPTY : field_is_na(f) ? ORDER_NA : ORDER_VALUE;
        enum dec_error bad = DEC_OK;
        if (c->key.text)
            add_text(c, p == ORDER_VALUE ? f : (struct slice){"", 0});
        else
            bad = add_number(c, f, p == ORDER_VALUE);
        if (bad != DEC_OK)
            return bad;
    }
    if (c->presence[c->rows] != p) /* memory that stays clear is not taken */
        c->presence[c->rows] = (uint8_t)p;
    c->rows++;
    return DEC_OK;
}

bool order_scale(const struct order *o, size_t k, unsigned *scale)
{
    *scale = o->column[k].scale;
    return !o->column[k].key.text && !o->column[k].wide;
}

bool order_units(const struct order *o, size_t k, uint32_t row, int64_t *units)
{
    const struct key_column *c = &o->column[k];
    if (c->key.text || c->wide || c->presence[row] != ORDER_VALUE)
        return false;
    *units = c->units[row];
    return true;
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

int order_compare_key(const struct key_column *c, uint32_t a, uint32_t b)
{
    bool missing_a = c->presence[a] != ORDER_VALUE, missing_b = c->presence[b] != ORDER_VALUE;
    if (missing_a || missing_b)
        return c->key.missing_first ? missing_b - missing_a : missing_a - missing_b;
    int r;
    if (c->key.text)
        r = slice_compare(order_text(c, a), order_text(c, b));
    else if (c->wide)
        r = dec_compare(c->wide[a], c->wide[b]);
    else
        r = (c->units[a] > c->units[b]) - (c->units[a] < c->units[b]);
    r = (r > 0) - (r < 0);
    return c->key.descending ? -r : r;
}

int order_compare_from(const struct order *o, size_t k, uint32_t a, uint32_t b)
{
    int r = 0;
    for (; k < o->n && r == 0; k++)
        r = order_compare_key(&o->column[k], a, b);
    return r;
}

int order_compare(const struct order *o, uint32_t a, uint32_t b)
{
    return order_compare_from(o, 0, a, b);
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
            struct slice t = order_text(c, row[i]);
            if (t.n)
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
        bytes += c->rows * (1 + each) + c->text.n;
    }
    return bytes;
}

size_t order_sort_memory(const struct order *o)
{
    size_t most = sizeof(uint32_t);
    for (size_t k = 0; k < o->n; k++) {
        bool text = o->column[k].key.text;
        size_t each = 2 * sizeof(struct radix_item) + (text ? sizeof(struct slice) + sizeof(uint32_t) : 0);
        most = each > most && !o->column[k].wide ? each : most;
    }
    return most;
}
