/* SPDX-License-Identifier: MIT
 * aggregator: see aggregator.h. Accumulators and arguments are shared: sum(x) and mean(x) are one
 * accumulation, and a column is decoded once for all that is asked of it. */
#include "lib/group/aggregator.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/group/aggregator_calls.h"
#include "lib/group/aggregator_parts.h"
#include "lib/stream/keymap.h"

struct aggregator *aggregator_new(const struct table *t)
{
    struct aggregator *a = mem_zero(1, sizeof *a);
    struct slice header = table_header(t);
    a->header = mem_text(header);
    a->columns = table_width(t);
    a->name = mem_array(NULL, a->columns, sizeof *a->name);
    for (size_t i = 0; i < a->columns; i++) {
        struct slice name = table_name(t, i);
        size_t from = i ? (size_t)(a->name[i - 1].p + a->name[i - 1].n - a->header) + 1 : 0;
        a->name[i] = (struct slice){a->header + from, name.n};
    }
    return a;
}

void aggregator_free(struct aggregator *a)
{
    if (!a)
        return;
    for (size_t k = 0; k < a->accumulators; k++) {
        struct accumulator *acc = a->accumulator[k];
        for (uint32_t g = 0; acc->op->release && g < a->states.groups; g++)
            acc->op->release(state_at(&a->states, g, acc->offset));
        keymap_free(acc->seen);
        free(acc);
    }
    for (size_t i = 0; i < a->arguments; i++)
        argument_free(a->argument[i]);
    free(a->argument);
    free(a->accumulator);
    free(a->aggregate);
    mem_huge_free(a->states.p, a->states.cap * a->states.stride);
    free(a->name);
    free(a->header);
    free(a);
}

void aggregator_reserve(struct aggregator *a, uint32_t groups)
{
    struct states *s = &a->states;
    if (groups <= s->groups)
        return;
    if (groups > s->cap) {
        size_t had = s->cap;
        s->cap = groups + groups / 2 + 64;
        s->p = mem_huge_grow(s->p, had * s->stride, s->cap * s->stride);
    }
    s->groups = groups;
}

static void prefetch(const struct states *s, const struct grouped_rows *rows)
{
    if (s->stride * s->groups < (256u << 10))
        return;
    for (size_t i = 0; i < rows->n; i++) {
        const char *p = state_at(s, rows->group[i], 0);
        __builtin_prefetch(p, 1);
        __builtin_prefetch(p + s->stride - 1, 1);
    }
}

enum status aggregator_update(struct aggregator *a, const struct grouped_rows *rows, uint32_t groups,
                              struct diag *d)
{
    size_t bad = 0;
    aggregator_reserve(a, groups);
    prefetch(&a->states, rows);
    for (size_t i = 0; i < a->arguments; i++) {
        enum status st = argument_decode(a->argument[i], rows, a->name, d);
        if (st != ST_OK)
            return st;
    }
    for (size_t k = 0; k < a->accumulators; k++) {
        struct accumulator *acc = a->accumulator[k];
        if (acc->op->update(acc, &a->states, rows, a->rows, &bad))
            continue;
        struct slice column = acc->in->column < 0 ? (struct slice){"", 0} : a->name[acc->in->column];
        diag_set(d, ST_INPUT, rows->file, rows->batch->line + rows->row[bad], NULL,
                 "the sum leaves 128 bits");
        snprintf(d->column, sizeof d->column, "%.*s", (int)column.n, column.p);
        return ST_INPUT;
    }
    a->rows += rows->n;
    return ST_OK;
}

enum status aggregator_fold(struct aggregator *a, const int64_t *into, uint32_t n, uint32_t groups,
                            struct diag *d)
{
    aggregator_reserve(a, groups);
    for (size_t k = 0; k < a->accumulators; k++) {
        struct accumulator *acc = a->accumulator[k];
        if (!acc->op->fold(acc, &a->states, into, n))
            return diag_set(d, ST_INPUT, NULL, 0, NULL, "a sum over several groups leaves 128 bits");
    }
    return ST_OK;
}

static struct outcome outcome(const struct aggregator *a, int aggregate, uint32_t group)
{
    const struct aggregate *g = &a->aggregate[aggregate];
    return g->outcome(g->of, state_at(&a->states, group, g->of->offset));
}

bool aggregator_value(const struct aggregator *a, int aggregate, uint32_t group, struct value *v)
{
    struct outcome out = outcome(a, aggregate, group);
    *v = (struct value){.kind = out.kind, .text = out.text, .num = out.ratio};
    if (out.kind != VALUE_NUM || out.is_ratio)
        return !out.overflow;
    v->decimals = out.decimal.scale;
    return rat_of_dec(out.decimal, &v->num);
}

bool aggregator_print(const struct aggregator *a, int aggregate, uint32_t group, struct buf *b)
{
    struct outcome out = outcome(a, aggregate, group);
    if (out.kind == VALUE_NUM && !out.is_ratio) {
        dec_print(b, out.decimal);
        return true;
    }
    struct value v = {.kind = out.kind, .text = out.text, .num = out.ratio};
    return !out.overflow && value_print(b, &v);
}

void aggregator_prefetch(const struct aggregator *a, uint32_t group)
{
    __builtin_prefetch(state_at(&a->states, group, 0));
}

size_t aggregator_memory(const struct aggregator *a)
{
    size_t bytes = a->states.cap * a->states.stride;
    for (size_t k = 0; k < a->accumulators; k++)
        bytes += a->accumulator[k]->seen ? keymap_memory(a->accumulator[k]->seen) : 0;
    return bytes;
}
