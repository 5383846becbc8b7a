/* SPDX-License-Identifier: MIT
 * window_calls: the functions of expressions that look at other rows, and their values. */
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/derive/window_internal.h"

enum { LONGEST_LAG = 1200 };

static const struct {
    const char *name;
    enum call_kind kind;
    size_t low, high; /* values it takes, besides keywords */
    int months;
} CALLS[] = {{"sum", CALL_SUM, 1, 1, 0},        {"mean", CALL_MEAN, 1, 1, 0},
             {"count", CALL_COUNT, 0, 1, 0},    {"running_sum", CALL_RUNNING, 1, 1, 0},
             {"prev", CALL_EARLIER, 1, 2, 1},   {"same_period", CALL_EARLIER, 1, 1, 12},
             {"opening", CALL_EARLIER, 1, 1, 0}};
enum { KINDS = sizeof CALLS / sizeof *CALLS };

static int kind_named(struct slice name)
{
    for (int i = 0; i < KINDS; i++)
        if (slice_is(name, CALLS[i].name))
            return i;
    return -1;
}

bool window_knows(void *window, struct slice name)
{
    (void)window;
    return kind_named(name) >= 0;
}

/* The words after missing= are variables behind the columns. */
int window_row_variable(void *window, struct slice name, enum expr_type *type)
{
    const struct window *w = window;
    int column = table_find(w->table, name);
    *type = EXPR_ANY;
    for (int i = 0; column < 0 && i < 3; i++)
        if (slice_is(name, SUM_WORDS[i]))
            return (int)table_width(w->table) + i;
    return column;
}

static void note_highest(void *ctx, int variable)
{
    int *highest = ctx;
    *highest = variable > *highest ? variable : *highest;
}

/* Whether an expression is of columns only. */
static bool is_of_row(const struct window *w, const struct expr *e)
{
    int highest = -1;
    expr_variables(e, note_highest, &highest);
    return highest < (int)table_width(w->table);
}

/* The n of prev(x, n): a whole number that stands there. */
static bool lag_of(struct expr *e, int *months)
{
    struct value v;
    struct expr_row none = {NULL, NULL};
    if (expr_result(e) != EXPR_NUM || expr_has_variables(e) || expr_eval(e, &none, &v, NULL) != ST_OK ||
        v.kind != VALUE_NUM || v.num.den != 1 || v.num.num < 1 || v.num.num > LONGEST_LAG)
        return false;
    *months = (int)v.num.num;
    return true;
}

/* Takes a keyword into the call; false when it is none that sums have. */
static bool take_keyword(struct window *w, struct call *c, struct expr_arg *arg)
{
    int word = expr_bare_variable(arg->e) - (int)table_width(w->table);
    if (slice_is(arg->keyword, "when") && !c->when && is_of_row(w, arg->e)) {
        c->when = arg->e;
        arg->e = NULL;
        return true;
    }
    if (!slice_is(arg->keyword, "missing") || c->kind == CALL_COUNT || word < 0)
        return false;
    c->missing = (enum sum_missing)word;
    return true;
}

/* Sorts the arguments into the call; NULL, or what is wrong. What is taken is gone from args. */
static const char *take_arguments(struct window *w, int kind, struct expr_arg *args, size_t n, struct call *c)
{
    size_t values = 0;
    for (size_t i = 0; i < n; i++) {
        if (args[i].keyword.n) {
            if (!call_sums(c))
                return "takes no keyword";
            if (!take_keyword(w, c, &args[i]))
                return c->kind == CALL_COUNT ? "takes the keyword when="
                                             : "takes the keywords when= and missing=strict, skip or zero";
        } else if (values++ == 0) {
            c->e = args[i].e;
            args[i].e = NULL;
        } else if (values > CALLS[kind].high || !lag_of(args[i].e, &c->months)) {
            return values > CALLS[kind].high ? "takes one value"
                                             : "wants a whole number of months from 1 to 1200";
        }
    }
    if (values < CALLS[kind].low)
        return "takes a value of the row";
    return c->e && !is_of_row(w, c->e) ? "takes a value of the row" : NULL;
}

static const char *undeclared(const struct window *w, const struct call *c)
{
    if (c->kind == CALL_EARLIER && w->period < 0)
        return "needs --period, the column of months";
    return c->kind == CALL_RUNNING && w->orders == 0 ? "needs -k, the order of the rows" : NULL;
}

static enum expr_type type_of(const struct call *c)
{
    return c->kind == CALL_EARLIER ? expr_result(c->e) : EXPR_NUM;
}

int window_call(void *window, struct slice name, struct expr_arg *args, size_t nargs, enum expr_type *type,
                bool *finite, struct diag *d)
{
    struct window *w = window;
    int kind = kind_named(name);
    struct call c = {.kind = CALLS[kind].kind, .months = CALLS[kind].months};
    const char *fault = take_arguments(w, kind, args, nargs, &c);
    fault = fault ? fault : undeclared(w, &c);
    for (size_t i = 0; i < nargs; i++)
        expr_free(args[i].e);
    bool good = !fault;
    if (fault)
        diag_set(d, ST_MISUSE, NULL, 0, NULL, "%s() %s", CALLS[kind].name, fault);
    else if (c.e && call_sums(&c) && c.kind != CALL_COUNT)
        good = expr_coerce(c.e, EXPR_NUM, d) == ST_OK;
    if (!good) {
        expr_free(c.e);
        expr_free(c.when);
        return -1;
    }
    *type = type_of(&c);
    *finite = c.kind == CALL_COUNT || (c.kind != CALL_MEAN && expr_is_finite(c.e));
    if (c.kind == CALL_RUNNING)
        c.running = mem_array(NULL, EXPR_ROWS, sizeof *c.running);
    w->call = mem_grow(w->call, w->calls, &w->calls_cap, sizeof *w->call);
    w->call[w->calls] = c;
    return (int)w->calls++;
}

void window_refuse_undefined(struct window *w, bool refuse)
{
    for (size_t i = 0; i < w->calls; i++) {
        enum undefined how = refuse ? UNDEFINED_ERROR : UNDEFINED_NA;
        if (w->call[i].e)
            expr_set_undefined(w->call[i].e, how);
        if (w->call[i].when)
            expr_set_undefined(w->call[i].when, how);
    }
}

/* --- sums --- */

/* The rows of a chunk that take part; row has room for them. */
static enum status choose_rows(struct window *w, struct call *c, struct expr_rows *rows, uint32_t *row,
                               size_t *bad, struct diag *d)
{
    if (!c->when)
        return ST_OK;
    if (expr_eval_rows(c->when, rows, w->truth, bad, d) != ST_OK)
        return ST_INPUT;
    size_t n = 0;
    for (size_t i = 0; i < rows->n; i++) {
        row[n] = row[i];
        n += w->truth->kind[i] == ROW_VALUE && w->truth->units[i];
    }
    rows->n = n;
    return ST_OK;
}

static bool add_row(struct window *w, struct call *c, uint32_t group, size_t i)
{
    struct sum *s = &c->sum[group];
    if (c->kind != CALL_COUNT)
        return sum_add(s, w->column, i, c->missing);
    s->count += !c->e || w->column->kind[i] == ROW_VALUE || w->column->kind[i] == ROW_APART;
    return true;
}

static enum status sum_failed(const struct window_part *p, uint32_t row, struct diag *d)
{
    snprintf(d->file, sizeof d->file, "%s", p->file);
    d->line = p->batch->line + row;
    return ST_INPUT;
}

/* The running sums of the rows of a chunk from *done on, below `to`, as they are now. */
static void store_running(struct call *c, const uint32_t *group, size_t *done, size_t to)
{
    for (; *done < to && c->running; (*done)++)
        sum_value(&c->sum[group[*done]], c->missing, &c->running[*done]);
}

enum status sum_rows(struct window *w, struct call *c, const struct window_part *p, size_t from, size_t n,
                     struct diag *d)
{
    const uint32_t *group = w->unit.group + (p->first - w->unit.from) + (from - p->from);
    uint32_t row[EXPR_ROWS];
    size_t bad, done = 0;
    struct expr_rows rows = {.batch = p->batch, .row = row, .n = n};
    for (size_t i = 0; i < n; i++)
        row[i] = (uint32_t)(from + i);
    if (choose_rows(w, c, &rows, row, &bad, d) != ST_OK ||
        (c->e && expr_eval_rows(c->e, &rows, w->column, &bad, d) != ST_OK))
        return sum_failed(p, row[bad], d);
    for (size_t i = 0; i < rows.n; i++) {
        size_t at = row[i] - from;
        store_running(c, group, &done, at);
        if (!add_row(w, c, group[at], i)) {
            diag_set(d, ST_INPUT, NULL, 0, NULL, "the sum over its group leaves 128 bits");
            return sum_failed(p, row[i], d);
        }
    }
    store_running(c, group, &done, n);
    return ST_OK;
}

/* --- values --- */

enum expr_type window_type(const struct window *w, int call)
{
    return type_of(&w->call[call]);
}

/* A text may be made anew for each row; a field, or a number, is not. */
bool window_is_lasting(const struct window *w, int call)
{
    const struct call *c = &w->call[call];
    return c->kind != CALL_EARLIER || expr_result(c->e) == EXPR_NUM || expr_bare_variable(c->e) >= 0;
}

static void fail(struct window *w, const struct diag *d)
{
    if (!w->failed)
        w->problem = *d;
    w->failed = true;
}

bool window_problem(struct window *w, struct diag *d)
{
    bool failed = w->failed;
    if (failed)
        *d = w->problem;
    w->failed = false;
    return failed;
}

/* The value of e in a held row. */
static void value_there(struct window *w, struct expr *e, uint64_t row, struct value *v)
{
    struct diag d = {0};
    const struct held_batch *h = held_find(&w->held, row);
    struct row_view view = {&h->batch, (size_t)(row - h->first)};
    struct expr_row source = {&view, row_view_fetch};
    if (expr_eval(e, &source, v, &d) == ST_OK)
        return;
    d.line = h->batch.line + view.row;
    snprintf(d.file, sizeof d.file, "%s", h->file);
    v->kind = VALUE_EMPTY;
    fail(w, &d);
}

static void value_of_group(struct window *w, const struct call *c, uint32_t group, struct value *v)
{
    const struct sum *s = &c->sum[group];
    struct diag d = {0};
    if (c->kind == CALL_SUM) {
        sum_value(s, c->missing, v);
    } else if (c->kind == CALL_COUNT) {
        *v = (struct value){.kind = VALUE_NUM, .num = rat_int((i128)s->count)};
    } else if (!sum_mean(s, c->missing, v)) {
        diag_set(&d, ST_INPUT, NULL, 0, NULL, "the mean of its group leaves 128 bits");
        v->kind = VALUE_EMPTY;
        fail(w, &d);
    }
}

void window_value(struct window *w, int call, uint64_t row, struct value *v)
{
    const struct call *c = &w->call[call];
    if (c->kind == CALL_RUNNING) {
        *v = c->running[row - w->entered];
    } else if (c->kind == CALL_EARLIER) {
        int64_t there = unit_row_before(&w->unit, row, c->months);
        if (there < 0)
            v->kind = VALUE_EMPTY;
        else
            value_there(w, c->e, (uint64_t)there, v);
    } else {
        value_of_group(w, c, w->unit.group[row - w->unit.from], v);
    }
}
