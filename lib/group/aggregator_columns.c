/* SPDX-License-Identifier: MIT
 * aggregator_columns: see aggregator_columns.h. */
#include "lib/group/aggregator_columns.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"

struct result_column {
    struct slice name;
    struct expr *e;
    int bare;        /* the aggregate that is the whole expression, or -1 */
    size_t from, to; /* its value in the line being printed */
};

struct result_columns {
    struct aggregator *aggregator;
    const struct slice *key_name;
    size_t keys;
    struct result_column *column;
    size_t n, cap;
    const struct group_line *line; /* being printed */
    struct buf values, scratch;
    bool overflow;
};

/* The variables: an aggregate has its own number, then the key columns, then the columns computed before. */
enum { KEY_VARIABLE = 1 << 20, COLUMN_VARIABLE = 1 << 21 };

struct result_columns *result_columns_new(struct aggregator *a, const struct slice *key_name, size_t keys)
{
    struct result_columns *r = mem_zero(1, sizeof *r);
    r->aggregator = a;
    r->key_name = key_name;
    r->keys = keys;
    return r;
}

void result_columns_free(struct result_columns *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->n; i++)
        expr_free(r->column[i].e);
    free(r->column);
    buf_free(&r->values);
    buf_free(&r->scratch);
    free(r);
}

static int variable(void *columns, struct slice name, enum expr_type *type)
{
    const struct result_columns *r = columns;
    *type = EXPR_ANY;
    for (size_t i = 0; i < r->keys; i++)
        if (slice_equal(r->key_name[i], name))
            return (int)(KEY_VARIABLE + i);
    for (size_t i = 0; i < r->n; i++) {
        if (slice_equal(r->column[i].name, name)) {
            *type = expr_result(r->column[i].e);
            return (int)(COLUMN_VARIABLE + i);
        }
    }
    return -1;
}

static int row_variable(void *columns, struct slice name, enum expr_type *type)
{
    return aggregator_row_variable(((struct result_columns *)columns)->aggregator, name, type);
}

static int call(void *columns, struct slice name, struct expr_arg *args, size_t n, enum expr_type *type,
                bool *finite, struct diag *d)
{
    return aggregator_call(((struct result_columns *)columns)->aggregator, name, args, n, type, finite, d);
}

enum status result_columns_add(struct result_columns *r, struct slice name, const char *text, struct diag *d)
{
    struct expr_place place = {r, variable, call, aggregator_knows, row_variable};
    enum expr_type type;
    struct quoted q = diag_quote(name);
    if (variable(r, name, &type) >= 0)
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "two columns are named %s", q.s);
    struct expr *e = expr_compile(text, &place, EXPR_ANY, NULL, 0, d);
    if (!e)
        return ST_MISUSE;
    int bare = expr_bare_variable(e);
    r->column = mem_grow(r->column, r->n, &r->cap, sizeof *r->column);
    r->column[r->n++] = (struct result_column){.name = name, .e = e, .bare = bare < KEY_VARIABLE ? bare : -1};
    if (!expr_is_finite(e))
        return diag_set(
            d, ST_MISUSE, NULL, 0, NULL,
            "column %s: the value need not have a finite decimal; put it inside round(..., digits)", q.s);
    return ST_OK;
}

static void fetch(void *columns, int number, struct value *v)
{
    struct result_columns *r = columns;
    if (number >= COLUMN_VARIABLE) {
        const struct result_column *c = &r->column[number - COLUMN_VARIABLE];
        *v = (struct value){.kind = VALUE_RAW, .text = {r->values.p + c->from, c->to - c->from}};
    } else if (number >= KEY_VARIABLE) {
        struct slice f = group_line_field(r->line, (size_t)(number - KEY_VARIABLE), r->keys);
        *v = (struct value){.kind = VALUE_RAW, .text = f};
    } else if (!aggregator_value(r->aggregator, number, r->line->group, v)) {
        r->overflow = true;
    }
}

/* Names the group and the column in a problem. */
static enum status fail(const struct result_columns *r, const struct result_column *c, struct diag *d)
{
    struct diag inner = *d;
    if (inner.reason[0] == '\0')
        snprintf(inner.reason, sizeof inner.reason, "the value leaves 128 bits");
    diag_set(d, ST_INPUT, NULL, 0, NULL, "%.400s (group %s)", inner.reason, diag_quote(r->line->key).s);
    snprintf(d->column, sizeof d->column, "%.*s", (int)c->name.n, c->name.p);
    return ST_INPUT;
}

static enum status print_column(struct result_columns *r, struct result_column *c, struct diag *d)
{
    struct expr_row row = {r, fetch};
    struct value v;
    bool good;
    c->from = r->values.n;
    *d = (struct diag){0};
    if (c->bare >= 0) {
        good = aggregator_print(r->aggregator, c->bare, r->line->group, &r->values);
    } else {
        r->overflow = false;
        buf_clear(&r->scratch); /* the value may point into r->values */
        good = expr_eval(c->e, &row, &v, d) == ST_OK && !r->overflow && value_print(&r->scratch, &v);
        buf_slice(&r->values, buf_view(&r->scratch));
    }
    c->to = r->values.n;
    return good ? ST_OK : fail(r, c, d);
}

enum status result_columns_print(struct result_columns *r, const struct group_line *line, struct buf *b,
                                 struct diag *d)
{
    enum status st = ST_OK;
    r->line = line;
    buf_clear(&r->values);
    for (size_t i = 0; i < r->n && st == ST_OK; i++) {
        if (i)
            buf_char(&r->values, '\t');
        st = print_column(r, &r->column[i], d);
    }
    buf_slice(b, buf_view(&r->values));
    return st;
}
