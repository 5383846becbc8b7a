/* SPDX-License-Identifier: MIT
 * aggregator: see aggregator.h. How calls become accumulations is in aggregator_calls.c. */
#include "lib/group/aggregator.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/group/aggregator_calls.h"

void aggregator_free(struct aggregator *a)
{
    if (!a)
        return;
    for (size_t i = 0; i < a->columns; i++)
        free(a->name[i]);
    for (size_t k = 0; k < a->accumulators; k++) {
        parameters_free(&a->accumulator[k]->p);
        free(a->accumulator[k]);
    }
    for (size_t i = 0; i < a->arguments; i++)
        argument_free(a->argument[i]);
    for (size_t i = 0; i < a->aggregates; i++) {
        parameters_free(&a->aggregate[i].p);
        buf_free(&a->aggregate[i].collector.text);
    }
    arena_free(&a->texts);
    free(a->name);
    free(a->column);
    free(a->argument);
    free(a->accumulator);
    free(a->bag);
    free(a->aggregate);
    free(a);
}

/* --- records --- */

size_t aggregator_record_size(const struct aggregator *a)
{
    return a->record;
}

void store_init(struct store *s, const struct aggregator *a)
{
    *s = (struct store){.n = a->accumulators};
    s->bags = mem_zero(s->n, sizeof *s->bags);
    for (size_t k = 0; k < s->n; k++) {
        const struct accumulator *acc = a->accumulator[k];
        if (acc->op->bag != BAG_NONE)
            bags_init(&s->bags[k], acc->op->bag, acc->p.first);
    }
}

void store_clear(struct store *s)
{
    arena_clear(&s->texts);
    for (size_t k = 0; k < s->n; k++)
        if (s->bags[k].kind != BAG_NONE)
            bags_clear(&s->bags[k]);
}

void store_free(struct store *s)
{
    arena_free(&s->texts);
    for (size_t k = 0; k < s->n; k++)
        if (s->bags[k].kind != BAG_NONE)
            bags_free(&s->bags[k]);
    free(s->bags);
    *s = (struct store){0};
}

size_t store_memory(const struct store *s)
{
    size_t bytes = s->texts.bytes;
    for (size_t k = 0; k < s->n; k++)
        bytes += s->bags[k].kind == BAG_NONE ? 0 : bags_memory(&s->bags[k]);
    return bytes;
}

enum status aggregator_update(struct aggregator *a, struct store *s, const struct chunk *c, struct diag *d)
{
    struct chunk chunk = *c;
    size_t bad = 0;
    chunk.first = a->rows;
    for (size_t i = 0; i < a->arguments; i++) {
        enum status st = argument_decode(a->argument[i], &chunk, a->column, d);
        if (st != ST_OK)
            return st;
    }
    for (size_t k = 0; k < a->accumulators; k++) {
        struct accumulator *acc = a->accumulator[k];
        if (acc->op->update(acc, s, &chunk, &bad))
            continue;
        diag_set(d, ST_INPUT, c->file, c->batch->line + c->row[bad], NULL, "the sum leaves 128 bits");
        if (acc->in->column) {
            struct slice column = a->column[acc->in->column[0]];
            snprintf(d->column, sizeof d->column, "%.*s", (int)column.n, column.p);
        }
        return ST_INPUT;
    }
    a->rows += c->n;
    return ST_OK;
}

bool aggregator_fold(const struct aggregator *a, struct store *s, char *into, const char *from)
{
    bool good = true;
    for (size_t k = 0; k < a->accumulators && good; k++) {
        const struct accumulator *acc = a->accumulator[k];
        good = acc->op->fold(acc, s, into + acc->offset, from + acc->offset);
    }
    return good;
}

bool aggregator_owns(const struct aggregator *a)
{
    return a->bags > 0;
}

void aggregator_release(const struct aggregator *a, struct store *s, char *record)
{
    for (size_t k = 0; k < a->bags; k++)
        bag_release(&s->bags[a->bag[k]->number], aggregator_bag_in(a->bag[k], record));
}

void aggregator_save(const struct aggregator *a, const char *record, struct buf *b)
{
    for (size_t k = 0; k < a->accumulators; k++)
        a->accumulator[k]->op->save(a->accumulator[k], record + a->accumulator[k]->offset, b);
}

bool aggregator_load(const struct aggregator *a, struct store *s, char *record, struct slice fields)
{
    for (size_t k = 0; k < a->accumulators; k++) {
        const struct accumulator *acc = a->accumulator[k];
        if (!fields.p || !acc->op->load(acc, s, record + acc->offset, &fields))
            return false;
    }
    return fields.n == 0;
}

size_t aggregator_bags(const struct aggregator *a)
{
    return a->bags;
}

const struct accumulator *aggregator_bag(const struct aggregator *a, size_t k)
{
    return a->bag[k];
}

struct bag *aggregator_bag_in(const struct accumulator *bag, char *record)
{
    return (struct bag *)(void *)(record + bag->offset);
}

/* --- values --- */

void aggregator_begin(struct aggregator *a, const char *record)
{
    a->group = record;
    arena_clear(&a->texts);
    for (size_t i = 0; a->bags && i < a->aggregates; i++) {
        struct aggregate *g = &a->aggregate[i];
        if (!g->reading)
            continue;
        struct buf text = g->collector.text;
        buf_clear(&text);
        g->collector = (struct collector){.of = g->of, .p = &g->p, .text = text};
        g->reading->begin(&g->collector, record + g->of->offset);
    }
}

void aggregator_take(struct aggregator *a, size_t k, const struct bag_item *item)
{
    for (size_t i = 0; i < a->aggregates; i++) {
        struct aggregate *g = &a->aggregate[i];
        if (g->of != a->bag[k] || !g->reading)
            continue;
        g->collector.values += item->times;
        g->collector.different++;
        g->reading->take(&g->collector, item);
    }
}

bool aggregator_is_whole(const struct aggregator *a)
{
    for (size_t i = 0; a->bags && i < a->aggregates; i++) {
        const struct aggregate *g = &a->aggregate[i];
        if (!g->reading || g->of->op->bag == BAG_TOP) /* of those only some are kept */
            continue;
        const struct bag_state *s = (const struct bag_state *)(const void *)(a->group + g->of->offset);
        if (g->collector.values != seen_count(s->seen))
            return false;
    }
    return true;
}

static struct outcome outcome_of(struct aggregator *a, int aggregate)
{
    const struct aggregate *g = &a->aggregate[aggregate];
    const void *state = a->group + g->of->offset;
    struct outcome out =
        g->reading ? g->reading->end(&g->collector, state) : g->outcome(g->of, &g->p, state, &a->texts);
    a->undefined += out.undefined;
    return out;
}

uint64_t aggregator_take_undefined(struct aggregator *a)
{
    uint64_t count = a->undefined;
    a->undefined = 0;
    return count;
}

bool aggregator_value(struct aggregator *a, int aggregate, struct value *v)
{
    struct outcome out = outcome_of(a, aggregate);
    *v = (struct value){.kind = out.kind, .text = out.text, .num = out.ratio};
    if (out.kind != VALUE_NUM || out.is_ratio)
        return out.kind != VALUE_NUM || !out.overflow;
    v->decimals = out.decimal.scale;
    return !out.overflow && rat_of_dec(out.decimal, &v->num);
}

bool aggregator_print(struct aggregator *a, int aggregate, struct buf *b)
{
    struct outcome out = outcome_of(a, aggregate);
    if (out.kind == VALUE_NUM && out.overflow)
        return false;
    if (out.kind == VALUE_NUM && !out.is_ratio) {
        dec_print(b, out.decimal);
        return true;
    }
    struct value v = {.kind = out.kind, .text = out.text, .num = out.ratio};
    return value_print(b, &v);
}
