/* SPDX-License-Identifier: MIT
 * window: what is declared about the rows, and the calls of expressions that look at other rows. */
#include "lib/derive/window.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/derive/window_internal.h"

enum { LONGEST_LAG = 1200, RUNNING_ROWS = ROWS_CHUNK };

/* --- what is declared --- */

static bool take_suffix(struct slice *text, const char *suffix)
{
    size_t n = strlen(suffix);
    if (text->n <= n || memcmp(text->p + text->n - n, suffix, n) != 0)
        return false;
    text->n -= n;
    return true;
}

/* COL[:asc|:desc][:text], as rank takes it: numbers by falling, texts by rising order unless it says so. */
static enum status read_order_column(struct window *w, const struct table *t, struct slice name,
                                     struct diag *d)
{
    struct order_column *o = &w->order[w->orders];
    bool asc = false, desc = false, text = false;
    for (bool more = true; more;)
        more = (!text && take_suffix(&name, ":text") && (text = true)) ||
               (!asc && !desc && take_suffix(&name, ":asc") && (asc = true)) ||
               (!asc && !desc && take_suffix(&name, ":desc") && (desc = true));
    *o = (struct order_column){table_column(t, name, d),
                               {.text = text, .descending = desc || (!asc && !text)}};
    w->orders++;
    return o->column < 0 ? d->status : ST_OK;
}

static enum status read_order(struct window *w, const struct table *t, const char *list, struct diag *d)
{
    struct slice *name;
    char *text;
    enum status st = ST_OK;
    size_t n = row_names(list, &name, &text);
    w->order = mem_array(NULL, n, sizeof *w->order);
    for (size_t i = 0; i < n && st == ST_OK; i++)
        st = read_order_column(w, t, name[i], d);
    free(name);
    free(text);
    return st;
}

/* Says which option a problem is of. */
static enum status of_option(const char *option, struct diag *d)
{
    struct diag inner = *d;
    return diag_set(d, ST_MISUSE, NULL, 0, NULL, "%s: %s", option, inner.reason);
}

static enum status declare(struct window *w, const struct table *t, const struct window_options *o,
                           struct diag *d)
{
    if (o->sorted && !o->group_by)
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "--sorted needs -g, the columns the input is sorted by");
    if (o->group_by && !(w->group = row_columns(t, o->group_by, &w->groups, d)))
        return of_option("-g", d);
    if (o->period && (w->period = table_column(t, slice_of(o->period), d)) < 0)
        return of_option("--period", d);
    return o->order && read_order(w, t, o->order, d) != ST_OK ? of_option("-k", d) : ST_OK;
}

struct window *window_new(const struct table *t, const struct window_options *o, struct diag *d)
{
    struct window *w = mem_zero(1, sizeof *w);
    struct slice header = table_header(t);
    w->header = mem_text(header);
    w->width = table_width(t);
    w->name = mem_array(NULL, w->width, sizeof *w->name);
    for (size_t i = 0; i < w->width; i++) {
        struct slice name = table_name(t, i);
        w->name[i] = (struct slice){w->header + (name.p - header.p), name.n};
    }
    w->period = -1;
    w->sorted = o->sorted;
    w->whole = aggregator_new(t);
    w->running = aggregator_new(t);
    if (declare(w, t, o, d) == ST_OK)
        return w;
    window_free(w);
    return NULL;
}

void window_free(struct window *w)
{
    if (!w)
        return;
    unit_clear(w);
    free(w->unit.group);
    free(w->unit.month);
    free(w->unit.row);
    held_free(&w->held);
    for (size_t i = 0; i < w->calls; i++) {
        expr_free(w->call[i].e);
        free(w->call[i].running);
    }
    free(w->call);
    aggregator_free(w->whole);
    aggregator_free(w->running);
    buf_free(&w->key);
    buf_free(&w->next);
    buf_free(&w->clean);
    free(w->group);
    free(w->order);
    free(w->name);
    free(w->header);
    free(w);
}

void window_name_column(const struct window *w, int column, struct diag *d)
{
    snprintf(d->column, sizeof d->column, "%.*s", (int)w->name[column].n, w->name[column].p);
}

/* --- calls --- */

static const struct {
    const char *name, *aggregate; /* of lib/group, or NULL */
    enum call_kind kind;
    int months;
    unsigned most; /* arguments */
} CALLS[] = {{"sum", "sum", CALL_GROUP, 0, 0},     {"count", "count", CALL_GROUP, 0, 0},
             {"mean", "mean", CALL_GROUP, 0, 0},   {"running_sum", "sum", CALL_RUNNING, 0, 0},
             {"prev", NULL, CALL_EARLIER, 1, 2},   {"same_period", NULL, CALL_EARLIER, 12, 1},
             {"opening", NULL, CALL_EARLIER, 0, 1}};
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

int window_row_variable(void *window, struct slice name, enum expr_type *type)
{
    return aggregator_row_variable(((struct window *)window)->whole, name, type);
}

static int add_call(struct window *w, struct call c)
{
    w->call = mem_grow(w->call, w->calls, &w->calls_cap, sizeof *w->call);
    w->uses[c.kind] = true;
    w->call[w->calls] = c;
    return (int)w->calls++;
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

static void note_highest(void *ctx, int variable)
{
    int *highest = ctx;
    *highest = variable > *highest ? variable : *highest;
}

/* What is wrong with prev(x) and its like, or NULL. */
static const char *earlier_fault(const struct window *w, int kind, const struct expr_arg *args, size_t n,
                                 int *months)
{
    int highest = -1;
    if (w->period < 0)
        return "needs --period, the column of months";
    for (size_t i = 0; i < n; i++)
        if (args[i].keyword.n)
            return "takes no keyword";
    if (n < 1 || n > CALLS[kind].most)
        return CALLS[kind].most == 2 ? "takes a value and, if not 1, a number of months" : "takes one value";
    expr_variables(args[0].e, note_highest, &highest);
    if (highest >= (int)w->width)
        return "takes a value of the row";
    return n == 2 && !lag_of(args[1].e, months) ? "wants a whole number of months from 1 to 1200" : NULL;
}

static int call_earlier(struct window *w, int kind, struct expr_arg *args, size_t n, enum expr_type *type,
                        bool *finite, struct diag *d)
{
    struct call c = {.kind = CALL_EARLIER, .months = CALLS[kind].months};
    const char *fault = earlier_fault(w, kind, args, n, &c.months);
    for (size_t i = fault ? 0 : 1; i < n; i++)
        expr_free(args[i].e);
    if (fault) {
        diag_set(d, ST_MISUSE, NULL, 0, NULL, "%s() %s", CALLS[kind].name, fault);
        return -1;
    }
    c.e = args[0].e;
    *type = expr_result(c.e);
    *finite = expr_is_finite(c.e);
    return add_call(w, c);
}

int window_call(void *window, struct slice name, struct expr_arg *args, size_t nargs, enum expr_type *type,
                bool *finite, struct diag *d)
{
    struct window *w = window;
    int kind = kind_named(name);
    if (CALLS[kind].kind == CALL_EARLIER)
        return call_earlier(w, kind, args, nargs, type, finite, d);
    struct call c = {.kind = CALLS[kind].kind};
    bool running = c.kind == CALL_RUNNING;
    c.aggregate = aggregator_call(running ? w->running : w->whole, slice_of(CALLS[kind].aggregate), args,
                                  nargs, type, finite, d);
    if (c.aggregate >= 0 && running && w->orders == 0) {
        diag_set(d, ST_MISUSE, NULL, 0, NULL, "running_sum() needs -k, the order of the rows");
        return -1;
    }
    if (c.aggregate < 0)
        return -1;
    if (running)
        c.running = mem_array(NULL, RUNNING_ROWS, sizeof *c.running);
    return add_call(w, c);
}

bool window_is_used(const struct window *w)
{
    return w->calls > 0;
}

const char *window_idle_option(const struct window *w)
{
    if (w->period >= 0 && !w->uses[CALL_EARLIER])
        return "--period";
    if (w->orders > 0 && !w->uses[CALL_RUNNING])
        return "-k";
    if (w->groups > 0 && w->calls == 0)
        return "-g";
    return NULL;
}

/* --- values --- */

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

static void value_earlier(struct window *w, const struct call *c, uint64_t row, struct value *v)
{
    int64_t there = unit_row_before(&w->unit, row, c->months);
    if (there < 0)
        v->kind = VALUE_EMPTY;
    else
        value_there(w, c->e, (uint64_t)there, v);
}

void window_value(struct window *w, int call, uint64_t row, struct value *v)
{
    const struct call *c = &w->call[call];
    if (c->kind == CALL_RUNNING) {
        *v = c->running[row - w->entered];
    } else if (c->kind == CALL_EARLIER) {
        value_earlier(w, c, row, v);
    } else if (!aggregator_value(w->whole, c->aggregate, w->unit.group[row - w->unit.from], v)) {
        struct diag d = {0};
        diag_set(&d, ST_INPUT, NULL, 0, NULL, "the value of its group leaves 128 bits");
        v->kind = VALUE_EMPTY;
        fail(w, &d);
    }
}
