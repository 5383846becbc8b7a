/* SPDX-License-Identifier: MIT
 * aggregator_build: what a call becomes. Accumulations and arguments are shared: sum(x) and mean(x) are one
 * accumulation, and a column is decoded once for all that is asked of it. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/group/aggregator_calls.h"

/* --- arguments --- */

/* The columns, when all of the expressions are nothing but columns. */
static int *bare_columns(struct expr *const *e, size_t n)
{
    int *column = n ? mem_array(NULL, n, sizeof *column) : NULL;
    for (size_t i = 0; i < n; i++) {
        column[i] = expr_bare_variable(e[i]);
        if (column[i] < 0) {
            free(column);
            return NULL;
        }
    }
    return column;
}

static struct argument *shared_argument(const struct aggregator *a, enum want want, int column)
{
    for (size_t i = 0; i < a->arguments; i++) {
        struct argument *old = a->argument[i];
        if (old->want == want && old->column && old->n == 1 && old->column[0] == column && !old->when &&
            !old->rows)
            return old;
    }
    return NULL;
}

/* The argument of n expressions, which it takes: one that is there already for a bare column, else a new one.
 */
static struct argument *argument_for(struct aggregator *a, struct expr **e, size_t n, enum want want,
                                     struct expr *when, const struct argument *rows)
{
    int *column = bare_columns(e, n);
    struct argument *in = column && n == 1 && !when && !rows ? shared_argument(a, want, column[0]) : NULL;
    bool is_new = !in;
    if (is_new) {
        in = argument_new(want);
        a->argument = mem_grow(a->argument, a->arguments, &a->arguments_cap, sizeof *a->argument);
        a->argument[a->arguments++] = in;
        in->n = n;
        in->when = when;
        in->truth = when ? expr_column_new() : NULL;
        in->rows = rows;
    }
    if (is_new && !column) {
        argument_take(in, e, n);
        return in;
    }
    for (size_t i = 0; i < n; i++)
        expr_free(e[i]);
    if (is_new)
        in->column = column;
    else
        free(column);
    return in;
}

static const struct operation *keyed_operation(const struct operation *op, enum want key)
{
    if (op == &operation_first)
        return key == WANT_TEXT ? &operation_first_by_text : &operation_first_by;
    return key == WANT_TEXT ? &operation_last_by_text : &operation_last_by;
}

/* What of the parameters the state depends on. */
static struct parameters state_parameters(const struct operation *op, const struct parameters *p)
{
    struct parameters some = {.missing = p->missing};
    bool picks = op == &operation_first_by || op == &operation_first_by_text || op == &operation_last_by ||
                 op == &operation_last_by_text;
    some.ties = picks ? p->ties : CHOICE_LEAST;
    some.first = op->bag == BAG_TOP ? p->first : 0;
    some.bound = op == &operation_bands ? p->bound : NULL;
    some.bounds = op == &operation_bands ? p->bounds : 0;
    return parameters_copy(&some);
}

static struct accumulator *accumulator_for(struct aggregator *a, const struct operation *op,
                                           struct argument *in, struct argument *by,
                                           const struct parameters *p)
{
    struct parameters some = state_parameters(op, p);
    for (size_t k = 0; k < a->accumulators; k++) {
        struct accumulator *old = a->accumulator[k];
        if (old->op == op && old->in == in && old->by == by && parameters_equal(&old->p, &some)) {
            parameters_free(&some);
            return old;
        }
    }
    struct accumulator *acc = mem_zero(1, sizeof *acc);
    acc->op = op;
    acc->in = in;
    acc->by = by;
    acc->p = some;
    acc->offset = a->record;
    acc->size = op->size + (op == &operation_bands ? sizeof(uint64_t) * (some.bounds + 1) : 0);
    acc->number = a->accumulators;
    a->record += acc->size;
    a->accumulator = mem_grow(a->accumulator, a->accumulators, &a->accumulators_cap, sizeof *a->accumulator);
    return a->accumulator[a->accumulators++] = acc;
}

/* Texts before numbers before the greatest, each in the order of the accumulations: as lines of a part. */
static void add_bag(struct aggregator *a, struct accumulator *of)
{
    size_t k = a->bags;
    a->bag = mem_array(a->bag, a->bags + 1, sizeof *a->bag);
    for (; k > 0 && a->bag[k - 1]->op->bag > of->op->bag; k--)
        a->bag[k] = a->bag[k - 1];
    a->bag[k] = of;
    a->bags++;
}

static int aggregate_for(struct aggregator *a, struct accumulator *of, const struct view *v,
                         struct parameters *p)
{
    outcome_function *outcome = v->outcome ? v->outcome : of->op->outcome;
    for (size_t i = 0; i < a->aggregates; i++) {
        const struct aggregate *g = &a->aggregate[i];
        if (g->of == of && g->outcome == outcome && g->reading == v->reading && parameters_equal(&g->p, p))
            return (int)i;
    }
    bool known = false;
    for (size_t k = 0; k < a->bags; k++)
        known = known || a->bag[k] == of;
    if (of->op->bag != BAG_NONE && !known)
        add_bag(a, of);
    of->ordered = of->ordered || (v->reading && v->reading->ordered);
    a->aggregate = mem_grow(a->aggregate, a->aggregates, &a->aggregates_cap, sizeof *a->aggregate);
    a->aggregate[a->aggregates] =
        (struct aggregate){.of = of, .p = *p, .outcome = outcome, .reading = v->reading};
    *p = (struct parameters){0}; /* taken */
    return (int)a->aggregates++;
}

int aggregator_build(struct aggregator *a, struct call *c, const struct view *v, enum want want,
                     enum want key)
{
    struct argument *in = NULL, *by = NULL;
    if (want != WANT_ROWS || c->when) {
        in = argument_for(a, c->x, c->n, want, c->when, NULL);
        c->n = 0;
        c->when = NULL;
    }
    if (c->second)
        by = argument_for(a, &c->second, 1, key, NULL, in->when ? in : NULL);
    const struct operation *op = c->keyed && c->second ? keyed_operation(v->op, key) : v->op;
    c->second = NULL;
    return aggregate_for(a, accumulator_for(a, op, in, by, &c->p), v, &c->p);
}

void aggregator_count_rows(struct aggregator *a)
{
    accumulator_for(a, &operation_rows, NULL, NULL, &(struct parameters){0});
}

bool aggregator_needs_places(const struct aggregator *a)
{
    for (size_t k = 0; k < a->accumulators; k++)
        if (a->accumulator[k]->op == &operation_first || a->accumulator[k]->op == &operation_last)
            return true;
    return false;
}

void aggregator_list_columns(const struct aggregator *a, struct buf *b)
{
    for (size_t i = 0; i < a->columns; i++) {
        buf_text(b, i ? ", " : "");
        buf_slice(b, a->column[i]);
    }
}

void aggregator_refuse_undefined(struct aggregator *a)
{
    for (size_t i = 0; i < a->arguments; i++) {
        struct argument *in = a->argument[i];
        for (size_t k = 0; in->e && k < in->n; k++)
            expr_set_undefined(in->e[k], UNDEFINED_ERROR);
        if (in->when)
            expr_set_undefined(in->when, UNDEFINED_ERROR);
    }
}
