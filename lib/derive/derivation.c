/* SPDX-License-Identifier: MIT
 * derivation: the plan: names, expressions, conditions, the pieces that a row is written from. */
#include "lib/derive/derivation.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/base/nearest.h"
#include "lib/derive/derivation_internal.h"

struct derivation *derivation_new(const struct table *t, const struct window_options *o,
                                  derivation_problem *problem, void *ctx, struct diag *d)
{
    struct window *w = window_new(t, o, d);
    if (!w)
        return NULL;
    struct derivation *v = mem_zero(1, sizeof *v);
    v->window = w;
    v->problem = problem;
    v->ctx = ctx;
    v->width = (int)table_width(t);
    v->truth = expr_column_new();
    v->decoded = expr_decoded_new();
    for (int i = 0; i < v->width; i++)
        columns_bind(&v->columns, table_name(t, (size_t)i), i);
    return v;
}

void derivation_free(struct derivation *v)
{
    if (!v)
        return;
    for (size_t i = 0; i < v->ncomputed; i++) {
        expr_free(v->computed[i].e);
        expr_column_free(v->computed[i].column);
        free(v->computed[i].name);
    }
    for (size_t i = 0; i < v->conditions; i++)
        expr_free(v->condition[i].e);
    columns_free(&v->columns);
    expr_column_free(v->truth);
    expr_decoded_free(v->decoded);
    for (size_t k = 0; k < v->looks; k++)
        expr_column_free(v->look[k].column);
    free(v->look);
    window_free(v->window);
    buf_free(&v->unknown);
    free(v->computed);
    free(v->condition);
    free(v->piece);
    free(v);
}

/* --- what names mean in expressions --- */

/* A name not found stays noted, with where it was looked for first, unless it is found after all: inside a
 * function over rows the columns of the input are asked for first. */
static int note(struct derivation *v, struct slice name, bool inside, int source)
{
    if (source >= 0) {
        buf_clear(&v->unknown);
    } else if (v->unknown.n == 0) {
        buf_slice(&v->unknown, name);
        v->unknown_inside = inside;
    }
    return source;
}

static int variable(void *ctx, struct slice name, enum expr_type *type)
{
    struct derivation *v = ctx;
    int source = columns_find(&v->columns, name);
    *type = source < v->width ? EXPR_ANY : expr_result(v->computed[source - v->width].e);
    return note(v, name, false, source);
}

static bool is_call(void *ctx, struct slice name)
{
    return window_knows(((struct derivation *)ctx)->window, name);
}

static int row_variable(void *ctx, struct slice name, enum expr_type *type)
{
    struct derivation *v = ctx;
    return note(v, name, true, window_row_variable(v->window, name, type));
}

static int call(void *ctx, struct slice name, struct expr_arg *args, size_t n, enum expr_type *type,
                bool *finite, struct diag *d)
{
    int number = window_call(((struct derivation *)ctx)->window, name, args, n, type, finite, d);
    return number < 0 ? -1 : WINDOW_VARIABLE + number;
}

/* Adds to the refusal of an expression which column was probably meant, where it names one that is not there.
 */
static void suggest(struct derivation *v, struct diag *d)
{
    struct nearest near = nearest_to(buf_view(&v->unknown));
    enum expr_type type;
    for (size_t i = 0; v->unknown.n && i < v->columns.n; i++) {
        struct slice name = v->columns.item[i].name;
        if (!v->unknown_inside || window_row_variable(v->window, name, &type) >= 0)
            nearest_offer(&near, name);
    }
    nearest_say(&near, d);
}

static struct expr *compile(struct derivation *v, const char *text, enum expr_type want,
                            struct derivation_source from, struct diag *d)
{
    struct expr_place place = {.ctx = v,
                               .variable = variable,
                               .aggregate = call,
                               .is_aggregate = is_call,
                               .row_variable = row_variable};
    buf_clear(&v->unknown);
    struct expr *e = expr_compile(text, &place, want, from.file, from.line, d);
    if (!e)
        suggest(v, d);
    return e;
}

/* --- the plan --- */

enum status derivation_add(struct derivation *v, struct slice name, const char *expression,
                           struct derivation_source from, struct diag *d)
{
    struct expr *e = compile(v, expression, EXPR_ANY, from, d);
    if (!e)
        return ST_MISUSE;
    if (!expr_is_finite(e)) {
        expr_free(e);
        return diag_set(d, ST_MISUSE, from.file, from.line, NULL,
                        "%s may have no finite decimal; round(x, digits) or pct(a, b, digits) gives one",
                        diag_quote(slice_of(expression)).s);
    }
    v->computed = mem_grow(v->computed, v->ncomputed, &v->computed_cap, sizeof *v->computed);
    struct computed *c = &v->computed[v->ncomputed];
    *c = (struct computed){.name = mem_text(name), .e = e, .column = expr_column_new()};
    columns_bind(&v->columns, slice_of(c->name), v->width + (int)v->ncomputed++);
    return ST_OK;
}

static void note_source(void *ctx, int source)
{
    int *highest = ctx;
    *highest = source > *highest ? source : *highest;
}

enum status derivation_where(struct derivation *v, const char *condition, struct diag *d)
{
    int highest = -1;
    struct expr *e = compile(v, condition, EXPR_BOOL, (struct derivation_source){NULL, 0}, d);
    if (!e)
        return ST_MISUSE;
    expr_variables(e, note_source, &highest);
    v->condition = mem_grow(v->condition, v->conditions, &v->conditions_cap, sizeof *v->condition);
    v->condition[v->conditions++] = (struct condition){.e = e, .early = highest < v->width};
    return ST_OK;
}

static void plan_pieces(struct derivation *v)
{
    size_t *written = mem_zero((size_t)v->width + 1, sizeof *written);
    for (size_t i = 0; i < v->columns.n; i++) {
        int source = v->columns.item[i].source;
        struct piece *last = v->pieces ? &v->piece[v->pieces - 1] : NULL;
        if (source < v->width && ++written[source] > v->copies)
            v->copies = written[source];
        if (last && source < v->width && source == last->last + 1) {
            last->last = source;
            continue;
        }
        v->piece = mem_grow(v->piece, v->pieces, &v->pieces_cap, sizeof *v->piece);
        v->piece[v->pieces++] = (struct piece){.first = source, .last = source};
    }
    for (size_t i = 0; i < v->pieces; i++)
        if (v->piece[i].first >= v->width)
            v->piece[i].column = v->computed[v->piece[i].first - v->width].column;
    v->identical =
        v->ncomputed == 0 && v->pieces == 1 && v->piece[0].first == 0 && v->piece[0].last == v->width - 1;
    free(written);
}

enum status derivation_choose(struct derivation *v, const char *list, struct diag *d)
{
    const char *idle = window_idle_option(v->window);
    if (list && columns_choose(&v->columns, list, d) != ST_OK) {
        struct diag inner = *d;
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "-c: %s", inner.reason);
    }
    plan_pieces(v);
    if (idle)
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "%s is given, but no expression needs it", idle);
    return ST_OK;
}

void derivation_set_undefined(struct derivation *v, enum undefined how)
{
    v->undefined = how;
    window_refuse_undefined(v->window, how == UNDEFINED_ERROR);
    for (size_t i = 0; i < v->ncomputed; i++)
        expr_set_undefined(v->computed[i].e, how);
    for (size_t i = 0; i < v->conditions; i++)
        expr_set_undefined(v->condition[i].e, how);
}

void derivation_undefined(const struct derivation *v,
                          void (*tell)(void *ctx, const char *column, uint64_t count,
                                       const struct diag *first),
                          void *ctx)
{
    for (size_t i = 0; i < v->ncomputed; i++) {
        const struct tally *t = &v->computed[i].undefined;
        if (t->count)
            tell(ctx, v->computed[i].name, t->count, &t->first);
    }
    for (size_t i = 0; i < v->conditions; i++) {
        const struct tally *t = &v->condition[i].undefined;
        if (t->count)
            tell(ctx, "", t->count, &t->first);
    }
}

void derivation_write_header(const struct derivation *v, struct out *out)
{
    for (size_t i = 0; i < v->columns.n; i++) {
        if (i)
            out_char(out, '\t');
        out_slice(out, v->columns.item[i].name);
    }
    out_char(out, '\n');
}

bool derivation_failed(const struct derivation *v)
{
    return v->failed;
}
