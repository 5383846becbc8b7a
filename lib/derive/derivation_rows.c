/* SPDX-License-Identifier: MIT
 * derivation_rows: a derivation at work. A chunk of rows goes through the expressions column by column; where
 * a row of it fails, the chunk is done again row by row, which names every problem in the order of the rows.
 */
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/derive/derivation_internal.h"

/* --- what the expressions see --- */

/* What a call of the window gives in the rows of the chunk. */
static const struct expr_column *column_of_call(struct derivation *v, size_t k)
{
    struct value value[EXPR_ROWS];
    while (v->looks <= k) {
        v->look = mem_grow(v->look, v->looks, &v->looks_cap, sizeof *v->look);
        v->look[v->looks++] = (struct look){false, expr_column_new()};
    }
    struct look *look = &v->look[k];
    for (size_t i = 0; i < v->rows && !look->known; i++)
        window_value(v->window, (int)k, v->number + v->row[i], &value[i]);
    if (!look->known)
        expr_column_take(look->column, window_type(v->window, (int)k), value, v->rows);
    look->known = true;
    return look->column;
}

static const struct expr_column *column_of(void *ctx, int variable, int *input)
{
    struct derivation *v = ctx;
    if (variable >= WINDOW_VARIABLE && window_is_lasting(v->window, variable - WINDOW_VARIABLE))
        return column_of_call(v, (size_t)(variable - WINDOW_VARIABLE));
    if (variable >= v->width && variable < WINDOW_VARIABLE)
        return v->computed[variable - v->width].column;
    *input = variable < v->width ? variable : -1;
    return NULL;
}

/* The rows of the chunk are others now. */
static void forget_columns(struct derivation *v)
{
    expr_decoded_forget(v->decoded);
    for (size_t k = 0; k < v->looks; k++)
        v->look[k].known = false;
}

/* Row i of the chunk. */
static void fetch(void *ctx, size_t i, int variable, struct value *value)
{
    const struct derivation *v = ctx;
    if (variable >= WINDOW_VARIABLE) {
        window_value(v->window, variable - WINDOW_VARIABLE, v->number + v->row[i], value);
        return;
    }
    if (variable >= v->width) {
        expr_column_value(v->computed[variable - v->width].column, i, value);
        return;
    }
    value->kind = VALUE_RAW;
    value->text = batch_field(v->batch, v->row[i], (size_t)variable);
}

/* The first row of the chunk, when it is the only one. */
static void fetch_alone(void *ctx, int variable, struct value *value)
{
    fetch(ctx, 0, variable, value);
}

/* --- a chunk at once --- */

static bool eval_chunk(struct derivation *v, struct expr *e, struct expr_column *out)
{
    struct expr_rows rows = {v->batch, v->row, v->rows, v, column_of, fetch, v->decoded};
    struct diag d;
    size_t bad;
    return expr_eval_rows(e, &rows, out, &bad, NULL) == ST_OK && !window_problem(v->window, &d);
}

static bool is_true(const struct expr_column *c, size_t i)
{
    return c->kind[i] == ROW_VALUE && c->units[i];
}

/* Leaves only the rows of the chunk for which the early conditions are true. false when one fails. */
static bool keep_early(struct derivation *v)
{
    for (size_t k = 0; k < v->conditions; k++) {
        if (!v->condition[k].early)
            continue;
        if (!eval_chunk(v, v->condition[k].e, v->truth))
            return false;
        size_t n = 0;
        for (size_t i = 0; i < v->rows; i++) {
            v->row[n] = v->row[i];
            n += is_true(v->truth, i);
        }
        if (n < v->rows)
            forget_columns(v);
        v->rows = n;
    }
    return true;
}

static bool compute_chunk(struct derivation *v)
{
    size_t bad;
    for (size_t k = 0; k < v->ncomputed; k++) {
        struct computed *c = &v->computed[k];
        if (!eval_chunk(v, c->e, c->column) || !expr_column_settle(c->column, v->rows, &bad))
            return false;
    }
    return true;
}

/* kept: whether the late conditions are true too. */
static bool decide_late(struct derivation *v, bool *kept)
{
    memset(kept, true, v->rows);
    for (size_t k = 0; k < v->conditions; k++) {
        if (v->condition[k].early)
            continue;
        if (!eval_chunk(v, v->condition[k].e, v->truth))
            return false;
        for (size_t i = 0; i < v->rows; i++)
            kept[i] = kept[i] && is_true(v->truth, i);
    }
    return true;
}

/* --- ratios without a value --- */

/* The expressions of a derivation, one after the other; NULL after the last. */
static struct expr *nth_expression(struct derivation *v, size_t i, struct tally **tally)
{
    if (i < v->ncomputed) {
        *tally = &v->computed[i].undefined;
        return v->computed[i].e;
    }
    i -= v->ncomputed;
    if (i >= v->conditions)
        return NULL;
    *tally = &v->condition[i].undefined;
    return v->condition[i].e;
}

/* Takes what a chunk counted. false, and nothing taken, when it has the first of an expression: only row by
 * row it is known where that was. */
static bool take_undefined(struct derivation *v, bool good)
{
    struct tally *t;
    struct expr *e;
    uint64_t count;
    bool first = false;
    if (v->undefined != UNDEFINED_COUNT)
        return good;
    for (size_t i = 0; (e = nth_expression(v, i, &t)); i++) {
        count = expr_take_undefined(e);
        first = first || (count > 0 && t->count == 0);
        t->added = count;
    }
    for (size_t i = 0; good && !first && nth_expression(v, i, &t); i++)
        t->count += t->added;
    return good && !first;
}

static void count_undefined(struct derivation *v, struct expr *e, struct tally *t)
{
    uint64_t count = v->undefined == UNDEFINED_COUNT ? expr_take_undefined(e) : 0;
    if (count > 0 && t->count == 0)
        diag_set(&t->first, ST_OK, v->file, v->batch->line + v->row[0], NULL, "%s", "");
    t->count += count;
}

/* --- a row alone --- */

/* A problem of another row, which the row looks at, has its place already. */
static void report(struct derivation *v, const char *column, struct diag *d)
{
    if (!d->line) {
        d->line = v->batch->line + v->row[0];
        snprintf(d->file, sizeof d->file, "%s", v->file);
    }
    if (!d->column[0])
        snprintf(d->column, sizeof d->column, "%s", column);
    v->problem(v->ctx, d);
    v->failed = true;
}

static bool eval_alone(struct derivation *v, struct expr *e, struct tally *t, struct value *value,
                       struct diag *d)
{
    struct expr_row row = {v, fetch_alone};
    bool good = expr_eval(e, &row, value, d) == ST_OK;
    count_undefined(v, e, t);
    return !window_problem(v->window, d) && good;
}

static bool keeps_alone(struct derivation *v, bool early)
{
    for (size_t k = 0; k < v->conditions; k++) {
        struct condition *c = &v->condition[k];
        struct value value;
        struct diag d = {0};
        if (c->early != early)
            continue;
        bool good = eval_alone(v, c->e, &c->undefined, &value, &d);
        if (!good)
            report(v, "", &d);
        if (!good || value.kind != VALUE_BOOL || !value.truth)
            return false;
    }
    return true;
}

static bool compute_alone(struct derivation *v)
{
    for (size_t k = 0; k < v->ncomputed; k++) {
        struct computed *c = &v->computed[k];
        struct value value;
        struct diag d = {0};
        bool good = eval_alone(v, c->e, &c->undefined, &value, &d);
        if (good && !value_settle(&value)) {
            diag_set(&d, ST_INPUT, NULL, 0, NULL, "the value has more than %d decimals", DEC_MAX_SCALE);
            good = false;
        }
        if (!good) {
            report(v, c->name, &d);
            return false;
        }
        expr_column_take(c->column, expr_result(c->e), &value, 1);
    }
    return true;
}

/* --- the chunks of a batch --- */

static bool derive_chunk(struct derivation *v)
{
    bool kept[EXPR_ROWS];
    bool good = keep_early(v) && compute_chunk(v) && decide_late(v, kept);
    if (!take_undefined(v, good))
        return false;
    if (!v->failed)
        derivation_write(v, kept);
    return true;
}

static void derive_alone(struct derivation *v, uint32_t row)
{
    bool kept = true;
    v->row[0] = row;
    v->rows = 1;
    if (keeps_alone(v, true) && compute_alone(v) && keeps_alone(v, false) && !v->failed)
        derivation_write(v, &kept);
}

/* Whether \N stands in the batch. */
static bool has_null(const struct batch *b)
{
    struct slice first = batch_row(b, 0), last = batch_row(b, b->rows - 1);
    size_t n = (size_t)(last.p + last.n - first.p);
    return n > 0 && memchr(first.p, '\\', n) && memmem(first.p, n, "\\N", 2);
}

static enum status derive_part(struct derivation *v, const struct window_part *part, struct out *out,
                               struct diag *d)
{
    v->batch = part->batch;
    v->file = part->file;
    v->out = out;
    v->number = part->first - part->from;
    v->verbatim = !has_null(v->batch);
    for (size_t from = part->from; from < part->to; from += EXPR_ROWS) {
        size_t n = part->to - from < EXPR_ROWS ? part->to - from : EXPR_ROWS;
        for (size_t i = 0; i < n; i++)
            v->row[i] = (uint32_t)(from + i);
        v->rows = n;
        forget_columns(v);
        if (window_is_used(v->window) && window_enter(v->window, v->number + from, n, d) != ST_OK)
            return ST_INPUT;
        if (derive_chunk(v))
            continue;
        for (size_t i = 0; i < n; i++)
            derive_alone(v, (uint32_t)(from + i));
    }
    derivation_write_rest(v);
    return ST_OK;
}

static enum status derive_ready(struct derivation *v, bool ended, struct out *out, struct diag *d)
{
    struct window_part part;
    enum status st = window_ready(v->window, ended, d);
    for (size_t i = 0; st == ST_OK && window_part(v->window, i, &part); i++)
        st = derive_part(v, &part, out, d);
    window_leave(v->window);
    return st;
}

enum status derivation_take(struct derivation *v, const struct batch *b, const char *file, struct out *out,
                            struct diag *d)
{
    if (!window_is_used(v->window))
        return derive_part(v, &(struct window_part){b, file, 0, b->rows, 0}, out, d);
    window_hold(v->window, b, file);
    return derive_ready(v, false, out, d);
}

enum status derivation_end(struct derivation *v, struct out *out, struct diag *d)
{
    return window_is_used(v->window) ? derive_ready(v, true, out, d) : ST_OK;
}
