/* SPDX-License-Identifier: MIT
 * aggregator_calls: the table of the aggregates, and what a call such as sum(x, when=y > 0) makes of it. */
#include "lib/group/aggregator_calls.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/stream/keymap.h"

/* How an aggregate looks at its accumulation, for each kind of argument it takes. */
struct reading {
    const struct operation *op;
    struct outcome (*outcome)(const struct accumulator *a, const void *state); /* NULL: that of op */
};

struct definition {
    const char *name, *usage;
    size_t low, high; /* positional arguments */
    enum want want; /* WANT_DECIMAL becomes WANT_RATIO for what has no finite decimal, WANT_TEXT for a text */
    struct reading decimal, ratio, text;
    bool takes_missing; /* has the keyword missing= */
    enum missing missing;
};

static const struct definition DEFINITIONS[] = {
    {.name = "count",
     .usage = "count(), count(x)",
     .high = 1,
     .want = WANT_PRESENCE,
     .text = {&operation_rows, NULL}},
    {.name = "count_distinct",
     .usage = "count_distinct(x, ...)",
     .low = 1,
     .high = 32,
     .want = WANT_KEY,
     .text = {&operation_distinct, NULL}},
    {.name = "sum",
     .usage = "sum(x)",
     .low = 1,
     .high = 1,
     .want = WANT_DECIMAL,
     .decimal = {&operation_sum, NULL},
     .ratio = {&operation_ratio_sum, NULL},
     .takes_missing = true},
    {.name = "mean",
     .usage = "mean(x)",
     .low = 1,
     .high = 1,
     .want = WANT_DECIMAL,
     .decimal = {&operation_sum, outcome_of_mean},
     .ratio = {&operation_ratio_sum, outcome_of_ratio_mean},
     .takes_missing = true},
    {.name = "min",
     .usage = "min(x)",
     .low = 1,
     .high = 1,
     .want = WANT_DECIMAL,
     .decimal = {&operation_min, NULL},
     .ratio = {&operation_ratio_min, NULL},
     .text = {&operation_text_min, NULL},
     .takes_missing = true,
     .missing = MISSING_SKIP},
    {.name = "max",
     .usage = "max(x)",
     .low = 1,
     .high = 1,
     .want = WANT_DECIMAL,
     .decimal = {&operation_max, NULL},
     .ratio = {&operation_ratio_max, NULL},
     .text = {&operation_text_max, NULL},
     .takes_missing = true,
     .missing = MISSING_SKIP},
    {.name = "first",
     .usage = "first(x)",
     .low = 1,
     .high = 1,
     .want = WANT_TEXT,
     .text = {&operation_first, NULL}},
    {.name = "last",
     .usage = "last(x)",
     .low = 1,
     .high = 1,
     .want = WANT_TEXT,
     .text = {&operation_last, NULL}},
};

/* The words after missing=; as row variables they follow the columns. */
static const char *const WORDS[] = {"strict", "skip", "zero"};
enum { WORD_COUNT = sizeof WORDS / sizeof *WORDS };

static const struct definition *definition_named(struct slice name)
{
    for (size_t i = 0; i < sizeof DEFINITIONS / sizeof *DEFINITIONS; i++)
        if (slice_is(name, DEFINITIONS[i].name))
            return &DEFINITIONS[i];
    return NULL;
}

bool aggregator_knows(void *aggregator, struct slice name)
{
    (void)aggregator;
    return definition_named(name) != NULL;
}

int aggregator_row_variable(void *aggregator, struct slice name, enum expr_type *type)
{
    const struct aggregator *a = aggregator;
    *type = EXPR_ANY;
    for (size_t i = 0; i < a->columns; i++)
        if (slice_equal(a->name[i], name))
            return (int)i;
    for (size_t i = 0; i < WORD_COUNT; i++)
        if (slice_is(name, WORDS[i]))
            return (int)(a->columns + i);
    return -1;
}

/* --- a call taken apart --- */

struct call {
    const struct definition *def;
    struct expr *e[32]; /* positional, owned until an argument takes them */
    size_t n;
    struct expr *when;
    enum missing missing;
};

static void call_free(struct call *c)
{
    for (size_t i = 0; i < c->n; i++)
        expr_free(c->e[i]);
    expr_free(c->when);
}

static bool read_missing(const struct aggregator *a, struct expr *e, enum missing *missing)
{
    int v = expr_bare_variable(e);
    expr_free(e);
    for (size_t i = 0; v >= 0 && i < WORD_COUNT; i++) {
        bool column = (size_t)v < a->columns;
        if (column ? slice_is(a->name[v], WORDS[i]) : (size_t)v == a->columns + i) {
            *missing = (enum missing)i;
            return true;
        }
    }
    return false;
}

/* Sorts the arguments of a call by kind. On failure those not yet taken are freed. */
static enum status read_arguments(const struct aggregator *a, struct call *c, struct expr_arg *args, size_t n,
                                  struct diag *d)
{
    const struct definition *def = c->def;
    enum status st = ST_OK;
    for (size_t i = 0; i < n; i++) {
        struct slice k = args[i].keyword;
        struct expr *e = args[i].e;
        if (st != ST_OK) {
            expr_free(e);
        } else if (k.n == 0 && c->n < def->high) {
            c->e[c->n++] = e;
        } else if (slice_is(k, "when")) {
            expr_free(c->when);
            st = c->when ? diag_set(d, ST_MISUSE, NULL, 0, NULL, "when= is given twice") : ST_OK;
            c->when = e;
        } else if (slice_is(k, "missing") && def->takes_missing) {
            if (!read_missing(a, e, &c->missing))
                st = diag_set(d, ST_MISUSE, NULL, 0, NULL, "missing= is strict, skip or zero");
        } else {
            expr_free(e);
            st = diag_set(d, ST_MISUSE, NULL, 0, NULL, k.n ? "%s has no keyword %.*s" : "expected %s",
                          k.n ? def->name : def->usage, (int)k.n, k.p);
        }
    }
    if (st == ST_OK && c->n < def->low)
        st = diag_set(d, ST_MISUSE, NULL, 0, NULL, "expected %s", def->usage);
    return st;
}

struct word_search {
    size_t columns;
    int found;
};

static void note_word(void *ctx, int variable)
{
    struct word_search *s = ctx;
    if ((size_t)variable >= s->columns)
        s->found = variable;
}

static enum status refuse_words(const struct aggregator *a, const struct expr *e, struct diag *d)
{
    struct word_search s = {a->columns, -1};
    if (e)
        expr_variables(e, note_word, &s);
    if (s.found < 0)
        return ST_OK;
    return diag_set(d, ST_MISUSE, NULL, 0, NULL, "no column '%s'", WORDS[(size_t)s.found - a->columns]);
}

static enum status check_call(const struct aggregator *a, const struct call *c, struct diag *d)
{
    enum status st = refuse_words(a, c->when, d);
    for (size_t i = 0; i < c->n && st == ST_OK; i++)
        st = refuse_words(a, c->e[i], d);
    if (st != ST_OK || c->def->want != WANT_DECIMAL)
        return st;
    enum expr_type type = expr_result(c->e[0]);
    bool text = type == EXPR_TEXT || type == EXPR_DATE;
    if (type == EXPR_BOOL || (text && !c->def->text.op))
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "%s wants a number", c->def->name);
    return ST_OK;
}

static enum want want_of(const struct call *c)
{
    if (c->n == 0)
        return WANT_ROWS;
    if (c->def->want != WANT_DECIMAL)
        return c->def->want;
    enum expr_type type = expr_result(c->e[0]);
    if (type == EXPR_TEXT || type == EXPR_DATE)
        return WANT_TEXT;
    return expr_is_finite(c->e[0]) ? WANT_DECIMAL : WANT_RATIO;
}

static bool is_bare(const struct call *c)
{
    return !c->when && c->n == 1 && expr_bare_variable(c->e[0]) >= 0;
}

/* The argument of the call: one that is there already for a bare column, else a new one that takes the
 * expressions. NULL when there is nothing to decode. */
static struct argument *argument_for(struct aggregator *a, struct call *c, enum want want)
{
    bool bare = is_bare(c);
    if (want == WANT_ROWS && !c->when)
        return NULL;
    for (size_t i = 0; bare && i < a->arguments; i++)
        if (a->argument[i]->want == want && a->argument[i]->column == expr_bare_variable(c->e[0]))
            return a->argument[i];
    struct argument *in = argument_new(want);
    a->argument = mem_grow(a->argument, a->arguments, &a->arguments_cap, sizeof *a->argument);
    a->argument[a->arguments++] = in;
    if (bare) {
        in->column = expr_bare_variable(c->e[0]);
        return in;
    }
    in->n = c->n;
    in->e = mem_array(NULL, c->n, sizeof *in->e);
    if (c->n)
        memcpy(in->e, c->e, c->n * sizeof *in->e);
    in->when = c->when;
    c->n = 0;
    c->when = NULL;
    return in;
}

static struct accumulator *accumulator_for(struct aggregator *a, const struct operation *op,
                                           struct argument *in, enum missing missing)
{
    for (size_t k = 0; k < a->accumulators; k++) {
        struct accumulator *old = a->accumulator[k];
        if (old->op == op && old->in == in && old->missing == missing)
            return old;
    }
    struct accumulator *acc = mem_zero(1, sizeof *acc);
    acc->op = op;
    acc->in = in;
    acc->missing = missing;
    acc->offset = (a->states.stride + op->align - 1) / op->align * op->align;
    a->states.stride = (acc->offset + op->size + 15) / 16 * 16;
    acc->seen = op == &operation_distinct ? keymap_new(0) : NULL;
    a->accumulator = mem_grow(a->accumulator, a->accumulators, &a->accumulators_cap, sizeof *a->accumulator);
    return a->accumulator[a->accumulators++] = acc;
}

static int aggregate_for(struct aggregator *a, struct accumulator *of, const struct reading *r)
{
    struct aggregate g = {of, r->outcome ? r->outcome : r->op->outcome};
    for (size_t i = 0; i < a->aggregates; i++)
        if (a->aggregate[i].of == g.of && a->aggregate[i].outcome == g.outcome)
            return (int)i;
    a->aggregate = mem_grow(a->aggregate, a->aggregates, &a->aggregates_cap, sizeof *a->aggregate);
    a->aggregate[a->aggregates] = g;
    return (int)a->aggregates++;
}

int aggregator_call(void *aggregator, struct slice name, struct expr_arg *args, size_t nargs,
                    enum expr_type *type, bool *finite, struct diag *d)
{
    struct aggregator *a = aggregator;
    struct call c = {.def = definition_named(name)};
    c.missing = c.def->missing;
    enum status st = read_arguments(a, &c, args, nargs, d);
    if (st == ST_OK)
        st = check_call(a, &c, d);
    if (st != ST_OK) {
        call_free(&c);
        return -1;
    }
    enum want want = want_of(&c);
    const struct reading *r = want == WANT_DECIMAL ? &c.def->decimal
                              : want == WANT_RATIO ? &c.def->ratio
                                                   : &c.def->text;
    *type = EXPR_NUM;
    *finite = want != WANT_RATIO && r->outcome == NULL;
    if (want == WANT_TEXT) {
        *type = expr_result(c.e[0]);
        *finite = expr_is_finite(c.e[0]);
    }
    struct argument *in = argument_for(a, &c, want);
    int number = aggregate_for(a, accumulator_for(a, r->op, in, c.missing), r);
    call_free(&c);
    return number;
}
