/* SPDX-License-Identifier: MIT
 * bag: see bag.h. A number is kept as units at the scale of its bag; one that has more than BAG_SCALE
 * decimals, or whose units leave 64 bits, is wide: a numeral among the words. Which of the two a number is
 * depends on nothing but the scale, so equal ones are always kept alike. */
#include "lib/group/bag.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/group/bag_values.h"
#include "lib/group/numeral.h"
#include "lib/group/operation.h"
#include "lib/order/rows.h"
#include "lib/stream/keymap.h"

enum {
    BAG_SCALE = 9,
    FIRST_BITS = 1,
    SETTLE_BITS = 3,  /* equal values are put together at every third doubling */
    OVERHEAD = 16,    /* of malloc */
    SORTED_WORDS = 64 /* fewer are put together faster by a sort */
};

void bags_init(struct bags *s, enum bag_kind kind, uint64_t most)
{
    *s = (struct bags){.kind = kind, .most = most, .words = keymap_new(0)};
}

static void forget_order(struct bags *s)
{
    free(s->order);
    free(s->rank);
    free(s->place);
    s->order = s->rank = s->place = NULL;
    s->places = 0;
}

void bags_clear(struct bags *s)
{
    keymap_clear(s->words);
    forget_order(s);
}

void bags_free(struct bags *s)
{
    keymap_free(s->words);
    forget_order(s);
}

size_t bags_memory(const struct bags *s)
{
    /* Putting the words in order takes 60 bytes each, with their places. */
    return s->bytes + keymap_used(s->words) +
           (s->kind == BAG_TEXTS ? 60 * (size_t)keymap_count(s->words) : 0);
}

static size_t room_bytes(const struct bag *b)
{
    return b->p ? sizeof *b->p << b->bits : 0;
}

void bag_release(struct bags *s, struct bag *b)
{
    if (!b->p)
        return;
    s->bytes -= room_bytes(b) + OVERHEAD;
    mem_huge_free(b->p, room_bytes(b));
    *b = (struct bag){0};
}

/* --- numbers --- */

static struct dec number_of(const struct bags *s, const struct bag *b, const struct bag_value *v)
{
    struct dec d = {v->value, b->scale};
    if (form_wide(v->form) && !numeral_parse(keymap_key(s->words, (uint32_t)v->value), &d))
        d = (struct dec){0, 0}; /* cannot be: we wrote it */
    return d;
}

struct order_context {
    const struct bags *s;
    const struct bag *b;
};

static int by_number(const void *x, const void *y, void *context)
{
    const struct order_context *c = context;
    return dec_compare(number_of(c->s, c->b, x), number_of(c->s, c->b, y));
}

/* --- equal values together --- */

static void set_count(struct bag *b, size_t n)
{
    b->n = n & (((uint64_t)1 << 48) - 1);
}

/* Only the first s->most of the values are kept. */
static void cut(const struct bags *s, struct bag *b)
{
    uint64_t left = s->most;
    for (size_t i = 0; i < b->n; i++) {
        uint64_t times = form_times(b->p[i].form);
        if (times >= left) {
            b->p[i].form = form_of(left, form_wide(b->p[i].form), form_decimals(b->p[i].form));
            set_count(b, i + (left > 0));
            return;
        }
        left -= times;
    }
}

static void add_equal(struct bag_value *to, const struct bag_value *v)
{
    unsigned a = form_decimals(to->form), b = form_decimals(v->form);
    to->form = form_of(form_times(to->form) + form_times(v->form), form_wide(v->form), a > b ? a : b);
}

static void sort(const struct bags *s, struct bag *b)
{
    struct order_context c = {s, b};
    if (b->wide)
        qsort_r(b->p, b->n, sizeof *b->p, by_number, &c);
    else if (b->n > 1)
        bag_values_sort(b->p, b->n);
}

/* Of a sorted bag. */
static void join_neighbours(struct bag *b)
{
    size_t to = 0;
    for (size_t i = 1; i < b->n; i++) {
        struct bag_value *last = &b->p[to], *v = &b->p[i];
        if (v->value == last->value && form_wide(v->form) == form_wide(last->form))
            add_equal(last, v);
        else
            b->p[++to] = *v;
    }
    set_count(b, b->n ? to + 1 : 0);
}

/* Words stay in the order in which they came. */
static void join_words(struct bags *s, struct bag *b)
{
    size_t words = keymap_count(s->words), to = 0;
    if (words > s->places) {
        s->place = mem_array(s->place, words, sizeof *s->place);
        memset(s->place + s->places, 0, (words - s->places) * sizeof *s->place);
        s->places = words;
    }
    for (size_t i = 0; i < b->n; i++) {
        const struct bag_value *v = &b->p[i];
        uint32_t *place = &s->place[v->value];
        if (*place) {
            add_equal(&b->p[*place - 1], v);
        } else {
            b->p[to++] = *v;
            *place = (uint32_t)to;
        }
    }
    for (size_t i = 0; i < to; i++)
        s->place[b->p[i].value] = 0;
    set_count(b, to);
}

/* Puts equal values together; numbers stand in order then. */
static void settle(struct bags *s, struct bag *b)
{
    if (s->kind == BAG_TEXTS && b->n > SORTED_WORDS && b->n < UINT32_MAX) {
        join_words(s, b);
        return;
    }
    sort(s, b);
    join_neighbours(b);
    if (s->kind == BAG_TOP)
        cut(s, b);
}

static void grow(struct bags *s, struct bag *b)
{
    size_t had = room_bytes(b);
    b->bits = (b->p ? b->bits + 1u : FIRST_BITS) & 63;
    size_t want = sizeof *b->p << b->bits;
    b->p = want < (2 << 20) ? mem_array(b->p, want, 1) : mem_huge_grow(b->p, had, want);
    s->bytes += want - had + (had ? 0 : OVERHEAD);
}

static inline void put(struct bags *s, struct bag *b, struct bag_value v)
{
    if (!b->p) {
        grow(s, b);
    } else if (b->n == (uint64_t)1 << b->bits) {
        if (b->bits % SETTLE_BITS == 0 || s->kind == BAG_TOP)
            settle(s, b);
        if (b->n > ((uint64_t)1 << b->bits) / 2)
            grow(s, b);
    }
    b->p[b->n++] = v;
}

/* --- putting --- */

static void put_wide(struct bags *s, struct bag *b, struct dec v, unsigned decimals, uint64_t times)
{
    struct buf text = {0};
    numeral_print(&text, v);
    uint32_t word = keymap_put(s->words, buf_view(&text));
    buf_free(&text);
    b->wide = true;
    put(s, b, (struct bag_value){word, form_of(times, true, decimals)});
}

/* Brings the bag to a larger scale; what leaves 64 bits there becomes wide. */
static void raise_scale(struct bags *s, struct bag *b, unsigned scale)
{
    struct bag old = *b;
    int64_t power = (int64_t)dec_pow10(scale - b->scale);
    b->scale = scale & 31;
    for (size_t i = 0; i < b->n; i++) {
        struct bag_value *v = &b->p[i];
        int64_t units;
        if (form_wide(v->form))
            continue;
        if (!__builtin_mul_overflow(v->value, power, &units)) {
            v->value = units;
            continue;
        }
        struct buf text = {0};
        numeral_print(&text, number_of(s, &old, v));
        *v = (struct bag_value){keymap_put(s->words, buf_view(&text)),
                                form_of(form_times(v->form), true, form_decimals(v->form))};
        buf_free(&text);
        b->wide = true;
    }
}

static void put_number(struct bags *s, struct bag *b, struct dec v, unsigned decimals, uint64_t times)
{
    struct dec scaled = dec_shortest(v);
    if (scaled.scale > b->scale && scaled.scale <= BAG_SCALE)
        raise_scale(s, b, scaled.scale);
    if (scaled.scale <= b->scale && dec_rescale(&scaled, b->scale) && scaled.units >= INT64_MIN &&
        scaled.units <= INT64_MAX)
        put(s, b, (struct bag_value){(int64_t)scaled.units, form_of(times, false, decimals)});
    else
        put_wide(s, b, v, decimals, times);
}

void bag_put_units(struct bags *s, struct bag *b, int64_t units, unsigned scale, unsigned decimals)
{
    if (scale > b->scale && scale <= BAG_SCALE)
        raise_scale(s, b, scale);
    if (scale == b->scale)
        put(s, b, (struct bag_value){units, form_of(1, false, decimals)});
    else
        put_number(s, b, (struct dec){units, scale}, decimals, 1);
}

void bag_put_word(struct bags *s, struct bag *b, uint32_t word)
{
    put(s, b, (struct bag_value){word, form_of(1, false, 0)});
}

void bag_put(struct bags *s, struct bag *b, const struct bag_item *item)
{
    if (s->kind == BAG_TEXTS)
        put(s, b, (struct bag_value){keymap_put(s->words, item->text), form_of(item->times, false, 0)});
    else
        put_number(s, b, item->number, item->decimals, item->times);
}

void bag_join(struct bags *s, struct bag *into, const struct bag *from)
{
    for (size_t i = 0; i < from->n; i++) {
        const struct bag_value *v = &from->p[i];
        if (s->kind == BAG_TEXTS || (!form_wide(v->form) && into->scale == from->scale))
            put(s, into, *v);
        else
            put_number(s, into, number_of(s, from, v), form_decimals(v->form), form_times(v->form));
    }
}

/* --- reading --- */

void bags_order(struct bags *s)
{
    uint32_t n = keymap_count(s->words);
    if (s->kind != BAG_TEXTS || s->order)
        return;
    struct slice *word = mem_array(NULL, n, sizeof *word);
    for (uint32_t i = 0; i < n; i++)
        word[i] = keymap_key(s->words, i);
    s->order = fields_order(word, n);
    s->rank = mem_array(NULL, n, sizeof *s->rank);
    for (uint32_t i = 0; i < n; i++)
        s->rank[s->order[i]] = i;
    free(word);
}

static void rename_words(struct bag *b, const uint32_t *to)
{
    for (size_t i = 0; i < b->n; i++)
        b->p[i].value = to[b->p[i].value];
}

static enum status use_values(const struct bags *s, const struct bag *b, bag_use *use, void *ctx)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < b->n && st == ST_OK; i++) {
        const struct bag_value *v = &b->p[i];
        struct bag_item item = {.decimals = form_decimals(v->form), .times = form_times(v->form)};
        if (s->order)
            item.text = keymap_key(s->words, s->order[v->value]);
        else if (s->kind != BAG_TEXTS)
            item.number = number_of(s, b, v);
        st = use(ctx, &item);
    }
    return st;
}

enum status bag_each(struct bags *s, struct bag *b, bag_use *use, void *ctx)
{
    settle(s, b);
    if (s->kind != BAG_TEXTS || !s->order)
        return use_values(s, b, use, ctx);
    rename_words(b, s->rank);
    bag_values_sort(b->p, b->n);
    enum status st = use_values(s, b, use, ctx);
    rename_words(b, s->order);
    return st;
}
