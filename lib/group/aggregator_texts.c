/* SPDX-License-Identifier: MIT
 * aggregator_texts: distinct values counted; the first and the last value of the input, the least and the
 * greatest text. A state owns a copy of its text. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/group/aggregator_parts.h"
#include "lib/stream/keymap.h"

/* --- count_distinct: one map from (group, value) for all groups; a state only counts --- */

static void pair_key(struct buf *b, uint32_t group, struct slice value)
{
    buf_add(b, (const char *)&group, sizeof group);
    buf_slice(b, value);
}

static bool update_distinct(struct accumulator *a, const struct states *s, const struct grouped_rows *rows,
                            uint64_t first, size_t *bad)
{
    (void)first, (void)bad;
    struct buf bytes = {0};
    struct slice key[ROWS_CHUNK];
    uint32_t number[ROWS_CHUNK], group[ROWS_CHUNK];
    size_t n = 0;
    for (size_t i = 0; i < rows->n; i++) {
        if (a->in->kind[i] != CELL_TEXT)
            continue;
        size_t from = bytes.n;
        group[n] = rows->group[i];
        pair_key(&bytes, group[n], a->in->text[i]);
        key[n++].n = bytes.n - from;
    }
    const char *at = bytes.p;
    for (size_t i = 0; i < n; at += key[i++].n)
        key[i].p = at;
    uint32_t known = keymap_count(a->seen);
    keymap_put_batch(a->seen, key, n, number);
    for (size_t i = 0; i < n; i++) {
        if (number[i] == known) { /* numbers are given in order, so this is the pair's first appearance */
            known++;
            ++*(uint64_t *)state_at(s, group[i], a->offset);
        }
    }
    buf_free(&bytes);
    return true;
}

static bool fold_distinct(struct accumulator *a, const struct states *s, const int64_t *into, uint32_t n)
{
    struct buf bytes = {0};
    uint32_t pairs = keymap_count(a->seen);
    for (uint32_t k = 0; k < pairs; k++) {
        uint32_t group;
        struct slice key = keymap_key(a->seen, k);
        memcpy(&group, key.p, sizeof group);
        if (group >= n || into[group] == FOLD_NOWHERE)
            continue;
        uint32_t to = (uint32_t)into[group], known = keymap_count(a->seen);
        buf_clear(&bytes);
        pair_key(&bytes, to, (struct slice){key.p + sizeof group, key.n - sizeof group});
        if (keymap_put(a->seen, buf_view(&bytes)) == known)
            ++*(uint64_t *)state_at(s, to, a->offset);
    }
    buf_free(&bytes);
    return true;
}

static struct outcome outcome_of_distinct(const struct accumulator *a, const void *state)
{
    (void)a;
    return (struct outcome){.kind = VALUE_NUM, .decimal = {*(const uint64_t *)state, 0}};
}

/* --- one text remembered --- */

struct text_state {
    char *p;
    uint32_t n, cap;
    uint64_t row; /* number of the row it came from, in the whole input */
    uint8_t any;  /* a row was taken */
    uint8_t kind; /* enum cell: the first and the last value may be missing ones */
    uint8_t saw;
};

struct candidate {
    struct slice text;
    uint64_t row;
    uint8_t kind;
};

static void keep(struct text_state *s, const struct candidate *c)
{
    if (c->text.n > s->cap) {
        s->cap = (uint32_t)c->text.n;
        s->p = mem_array(s->p, s->cap, 1);
    }
    if (c->text.n)
        memcpy(s->p, c->text.p, c->text.n);
    s->n = (uint32_t)c->text.n;
    s->row = c->row;
    s->kind = c->kind;
    s->any = true;
}

static struct slice text_of(const struct text_state *s)
{
    return (struct slice){s->p ? s->p : "", s->n};
}

static void release_text(void *state)
{
    free(((struct text_state *)state)->p);
}

typedef bool is_better(const struct text_state *s, const struct candidate *c);

static bool is_earlier(const struct text_state *s, const struct candidate *c)
{
    return c->row < s->row;
}

static bool is_later(const struct text_state *s, const struct candidate *c)
{
    return c->row > s->row;
}

static bool is_less(const struct text_state *s, const struct candidate *c)
{
    return slice_compare(c->text, text_of(s)) < 0;
}

static bool is_greater(const struct text_state *s, const struct candidate *c)
{
    return slice_compare(c->text, text_of(s)) > 0;
}

/* any_kind: missing values are candidates too, as they are where only the position counts. */
static bool update(struct accumulator *a, const struct states *s, const struct grouped_rows *rows,
                   uint64_t first, is_better *better, bool any_kind)
{
    const struct argument *in = a->in;
    for (size_t i = 0; i < rows->n; i++) {
        struct text_state *to = state_at(s, rows->group[i], a->offset);
        bool present = in->kind[i] == CELL_TEXT;
        struct candidate c = {present ? in->text[i] : (struct slice){"", 0}, first + i, in->kind[i]};
        to->saw |= c.kind == CELL_EMPTY ? SAW_EMPTY : c.kind == CELL_NA ? SAW_NA : 0;
        if ((present || (any_kind && c.kind != CELL_OUT)) && (!to->any || better(to, &c)))
            keep(to, &c);
    }
    return true;
}

static bool fold(struct accumulator *a, const struct states *s, const int64_t *into, uint32_t n,
                 is_better *better)
{
    for (uint32_t g = 0; g < n; g++) {
        if (into[g] == FOLD_NOWHERE)
            continue;
        const struct text_state *from = state_at(s, g, a->offset);
        struct text_state *to = state_at(s, (uint32_t)into[g], a->offset);
        struct candidate c = {text_of(from), from->row, from->kind};
        to->saw |= from->saw;
        if (from->any && (!to->any || better(to, &c)))
            keep(to, &c);
    }
    return true;
}

static struct outcome outcome_of_position(const struct accumulator *a, const void *state)
{
    (void)a;
    const struct text_state *s = state;
    enum value_kind kind = !s->any || s->kind == CELL_NA ? VALUE_NA
                           : s->kind == CELL_EMPTY       ? VALUE_EMPTY
                                                         : VALUE_RAW;
    return (struct outcome){.kind = kind, .text = text_of(s)};
}

static struct outcome outcome_of_extreme(const struct accumulator *a, const void *state)
{
    const struct text_state *s = state;
    enum value_kind kind = outcome_kind(a->missing, s->saw, s->any);
    return (struct outcome){.kind = kind == VALUE_NUM ? VALUE_RAW : kind, .text = text_of(s)};
}

#define TEXT_OPERATION(name, better, any_kind)                                                               \
    static bool update_##name(struct accumulator *a, const struct states *s,                                 \
                              const struct grouped_rows *rows, uint64_t first, size_t *bad)                  \
    {                                                                                                        \
        (void)bad;                                                                                           \
        return update(a, s, rows, first, better, any_kind);                                                  \
    }                                                                                                        \
    static bool fold_##name(struct accumulator *a, const struct states *s, const int64_t *into, uint32_t n)  \
    {                                                                                                        \
        return fold(a, s, into, n, better);                                                                  \
    }

TEXT_OPERATION(first, is_earlier, true)
TEXT_OPERATION(last, is_later, true)
TEXT_OPERATION(min, is_less, false)
TEXT_OPERATION(max, is_greater, false)

enum { COUNT = sizeof(uint64_t), TEXT = sizeof(struct text_state), TEXT_ALIGN = _Alignof(struct text_state) };

const struct operation operation_distinct = {COUNT, _Alignof(uint64_t), update_distinct, fold_distinct,
                                             NULL,  outcome_of_distinct};
const struct operation operation_first = {TEXT,       TEXT_ALIGN,   update_first,
                                          fold_first, release_text, outcome_of_position};
const struct operation operation_last = {TEXT,      TEXT_ALIGN,   update_last,
                                         fold_last, release_text, outcome_of_position};
const struct operation operation_text_min = {TEXT,     TEXT_ALIGN,   update_min,
                                             fold_min, release_text, outcome_of_extreme};
const struct operation operation_text_max = {TEXT,     TEXT_ALIGN,   update_max,
                                             fold_max, release_text, outcome_of_extreme};
