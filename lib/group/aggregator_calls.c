/* SPDX-License-Identifier: MIT
 * aggregator_calls: a call such as sum(x, when=y > 0) taken apart and checked. */
#include "lib/group/aggregator_calls.h"

#include <stdlib.h>

#include "lib/base/mem.h"

/* The words after missing= and ties=, in the order of their enums; as row variables they follow all columns.
 */
static const char *const WORDS[] = {"strict", "skip", "zero", "least", "greatest", "none"};
enum { WORD_COUNT = sizeof WORDS / sizeof *WORDS, MISSING_WORDS = 3, WORD_VARIABLE = 1 << 20 };

bool aggregator_knows(void *aggregator, struct slice name)
{
    (void)aggregator;
    return definition_named(name) != NULL;
}

static void add_column(struct aggregator *a, struct slice name)
{
    a->name = mem_grow(a->name, a->columns, &a->columns_cap, sizeof *a->name);
    a->column = mem_grow(a->column, a->columns, &a->column_cap, sizeof *a->column);
    a->name[a->columns] = mem_text(name);
    a->column[a->columns] = (struct slice){a->name[a->columns], name.n};
    a->columns++;
}

struct aggregator *aggregator_new(const struct table *t)
{
    struct aggregator *a = mem_zero(1, sizeof *a);
    a->open = !t;
    for (size_t i = 0; t && i < table_width(t); i++)
        add_column(a, table_name(t, i));
    return a;
}

int aggregator_row_variable(void *aggregator, struct slice name, enum expr_type *type)
{
    struct aggregator *a = aggregator;
    *type = EXPR_ANY;
    for (size_t i = 0; i < a->columns; i++)
        if (slice_equal(a->column[i], name))
            return (int)i;
    for (size_t i = 0; i < WORD_COUNT; i++)
        if (slice_is(name, WORDS[i]))
            return (int)(WORD_VARIABLE + i);
    if (!a->open)
        return -1;
    add_column(a, name);
    return (int)a->columns - 1;
}

/* --- a call taken apart --- */

static void call_free(struct call *c)
{
    for (size_t i = 0; i < c->n; i++)
        expr_free(c->x[i]);
    expr_free(c->second);
    expr_free(c->when);
    parameters_free(&c->p);
}

static bool read_word(const struct aggregator *a, struct expr *e, size_t first, size_t n, unsigned *word)
{
    int v = expr_bare_variable(e);
    expr_free(e);
    for (size_t i = 0; v >= 0 && i < n; i++) {
        bool column = v < WORD_VARIABLE;
        if (column ? slice_is(a->column[v], WORDS[first + i]) : (size_t)v == WORD_VARIABLE + first + i) {
            *word = (unsigned)i;
            return true;
        }
    }
    return false;
}

/* The letter of the i-th positional argument; 0 when there is none. */
static char letter_at(const char *shape, size_t i)
{
    char letter = 0;
    for (; *shape; shape++) {
        if (*shape == '?')
            continue;
        if (*shape == '*')
            return letter;
        letter = *shape;
        if (i-- == 0)
            return letter;
    }
    return 0;
}

static size_t least_arguments(const char *shape)
{
    return strcspn(shape, "?*");
}

static enum status read_positional(struct call *c, size_t i, struct expr *e, struct diag *d)
{
    char letter = letter_at(c->def->shape, i);
    if (letter == 'x' && c->n < MOST_VALUES) {
        c->x[c->n++] = e;
        return ST_OK;
    }
    if (letter == 'w' || letter == 'k') {
        c->second = e;
        c->keyed = letter == 'k';
        return ST_OK;
    }
    enum status st = letter && letter != 'x'
                         ? parameters_read(&c->p, c->def, letter, e, d)
                         : diag_set(d, ST_MISUSE, NULL, 0, NULL, "expected %s", c->def->usage);
    expr_free(e);
    return st;
}

static enum status read_keyword(const struct aggregator *a, struct call *c, struct expr_arg arg,
                                struct diag *d)
{
    unsigned word;
    if (slice_is(arg.keyword, "when")) {
        bool twice = c->when != NULL;
        expr_free(c->when);
        c->when = arg.e;
        return twice ? diag_set(d, ST_MISUSE, NULL, 0, NULL, "when= is given twice") : ST_OK;
    }
    if (slice_is(arg.keyword, "missing") && c->def->takes_missing) {
        if (!read_word(a, arg.e, 0, MISSING_WORDS, &word))
            return diag_set(d, ST_MISUSE, NULL, 0, NULL, "missing= is strict, skip or zero");
        c->p.missing = (enum missing)word;
        return ST_OK;
    }
    if (slice_is(arg.keyword, "ties") && c->def->takes_ties) {
        if (!read_word(a, arg.e, MISSING_WORDS, WORD_COUNT - MISSING_WORDS, &word))
            return diag_set(d, ST_MISUSE, NULL, 0, NULL, "ties= is least, greatest or none");
        c->p.ties = (enum choice)word;
        return ST_OK;
    }
    expr_free(arg.e);
    return diag_set(d, ST_MISUSE, NULL, 0, NULL, "%s has no keyword %.*s", c->def->name, (int)arg.keyword.n,
                    arg.keyword.p);
}

/* Sorts the arguments of a call by kind. On failure those not yet taken are freed. */
static enum status read_arguments(const struct aggregator *a, struct call *c, struct expr_arg *args, size_t n,
                                  struct diag *d)
{
    size_t positional = 0;
    enum status st = ST_OK;
    for (size_t i = 0; i < n; i++) {
        if (st != ST_OK)
            expr_free(args[i].e);
        else if (args[i].keyword.n)
            st = read_keyword(a, c, args[i], d);
        else
            st = read_positional(c, positional++, args[i].e, d);
    }
    if (st == ST_OK && positional < least_arguments(c->def->shape))
        st = diag_set(d, ST_MISUSE, NULL, 0, NULL, "expected %s", c->def->usage);
    return st;
}

static void note_word(void *found, int variable)
{
    if (variable >= WORD_VARIABLE)
        *(int *)found = variable;
}

/* A word in the place of a column is no column. */
static enum status refuse_words(const struct aggregator *a, const struct call *c, struct diag *d)
{
    int found = -1;
    for (size_t i = 0; i < c->n; i++)
        expr_variables(c->x[i], note_word, &found);
    if (c->second)
        expr_variables(c->second, note_word, &found);
    if (c->when)
        expr_variables(c->when, note_word, &found);
    if (found < 0 || a->open)
        return ST_OK;
    return diag_set(d, ST_MISUSE, NULL, 0, NULL, "no column '%s'", WORDS[found - WORD_VARIABLE]);
}

static bool is_text(const struct expr *e)
{
    return expr_result(e) == EXPR_TEXT || expr_result(e) == EXPR_DATE;
}

static enum status refuse_endless(const struct call *c, struct diag *d)
{
    return diag_set(d, ST_MISUSE, NULL, 0, NULL,
                    "%s wants values with a finite decimal; put them inside round(..., digits)",
                    c->def->name);
}

/* What the call wants of its first argument. */
static enum status want_of(const struct call *c, enum want *want, struct diag *d)
{
    const struct definition *def = c->def;
    const struct expr *x = c->n ? c->x[0] : NULL;
    *want = x ? def->want : WANT_ROWS;
    if (*want == WANT_TEXT && !expr_is_finite(x))
        return refuse_endless(c, d);
    if (*want == WANT_KEY && c->n == 1 && expr_result(x) == EXPR_NUM) {
        *want = expr_is_finite(x) ? WANT_DECIMAL : WANT_KEY;
        return expr_is_finite(x) || def->ratio.op ? ST_OK : refuse_endless(c, d);
    }
    if (*want != WANT_DECIMAL)
        return ST_OK;
    if (is_text(x))
        *want = WANT_TEXT;
    else if (!expr_is_finite(x))
        *want = WANT_RATIO;
    if (expr_result(x) == EXPR_BOOL || (*want == WANT_TEXT && !def->text.op))
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "%s wants a number", def->name);
    if (*want == WANT_TEXT && c->p.missing == MISSING_ZERO)
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "missing=zero is for numbers");
    return *want != WANT_RATIO || def->ratio.op ? ST_OK : refuse_endless(c, d);
}

static enum status check_second(const struct call *c, enum want *want, struct diag *d)
{
    const struct expr *e = c->second;
    *want = WANT_DECIMAL;
    if (!e && c->p.ties != CHOICE_LEAST && c->def->want == WANT_TEXT)
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "ties= needs a key: %s(x, key)", c->def->name);
    if (!e)
        return ST_OK;
    if (c->keyed && is_text(e)) {
        *want = WANT_TEXT;
        return ST_OK;
    }
    if (is_text(e) || expr_result(e) == EXPR_BOOL)
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "%s wants a number in the second place", c->def->name);
    return expr_is_finite(e) ? ST_OK : refuse_endless(c, d);
}

static void type_of(const struct call *c, const struct view *v, enum want want, enum expr_type *type,
                    bool *finite)
{
    *type = EXPR_NUM;
    *finite = want != WANT_RATIO && !c->def->ratio_result;
    if (v->reading == &reading_quantile)
        *finite = quantile_is_finite(c->p.type, c->p.p);
    if (v->reading == &reading_concat || v->op == &operation_bands)
        *type = EXPR_TEXT;
    bool as_it_is = want == WANT_TEXT || (v->reading == &reading_mode && want == WANT_KEY);
    if (as_it_is)
        *type = expr_result(c->x[0]);
}

int aggregator_call(void *aggregator, struct slice name, struct expr_arg *args, size_t nargs,
                    enum expr_type *type, bool *finite, struct diag *d)
{
    struct aggregator *a = aggregator;
    struct call c = {.def = definition_named(name)};
    enum want want, key;
    int number = -1;
    c.p = (struct parameters){.missing = c.def->missing, .type = 7, .p = {1, 2}};
    if (c.def->want == WANT_KEY)
        c.p.separator = mem_text(slice_of(","));
    enum status st = read_arguments(a, &c, args, nargs, d);
    if (st == ST_OK)
        st = refuse_words(a, &c, d);
    if (st == ST_OK)
        st = want_of(&c, &want, d);
    if (st == ST_OK)
        st = check_second(&c, &key, d);
    if (st == ST_OK && a->accumulators == MOST_ACCUMULATIONS)
        st = diag_set(d, ST_MISUSE, NULL, 0, NULL, "more than %d different aggregates", MOST_ACCUMULATIONS);
    if (st == ST_OK) {
        const struct view *v = want == WANT_DECIMAL ? &c.def->decimal
                               : want == WANT_RATIO ? &c.def->ratio
                                                    : &c.def->text;
        type_of(&c, v, want, type, finite);
        number = aggregator_build(a, &c, v, want, key);
    }
    call_free(&c);
    return number;
}
