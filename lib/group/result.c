/* SPDX-License-Identifier: MIT
 * result: see result.h. */
#include "lib/group/result.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"

struct result_column {
    struct slice name;
    struct expr *e;
    int bare;           /* the aggregate that is the whole expression, or -1 */
    size_t from, to;    /* its value in the row at hand */
    uint64_t undefined; /* ratios without a value so far */
    struct buf first;   /* owned: the key of the first */
};

struct result {
    struct aggregator *aggregator;
    const struct slice *key_name;
    size_t keys;
    struct buf *total_name; /* by key column, owned: what stands there when it is totalled over */
    const char *grouping;   /* name of the column, or NULL */
    struct result_column *column;
    size_t n, cap;
    struct out *out;
    bool details;
    enum undefined how; /* what becomes of ratios without a value */
    bool unknown;       /* a name was looked for in vain */
    /* the group at hand */
    struct slice key;
    uint32_t total;
    struct buf row, scratch;
    bool overflow;
};

/* The variables: an aggregate has its own number, then the key columns, then the columns computed before. */
enum { KEY_VARIABLE = 1 << 20, COLUMN_VARIABLE = 1 << 21 };

struct result *result_new(struct aggregator *a, const struct slice *key_name, size_t keys)
{
    struct result *r = mem_zero(1, sizeof *r);
    r->aggregator = a;
    r->key_name = key_name;
    r->keys = keys;
    r->total_name = mem_zero(keys, sizeof *r->total_name);
    for (size_t i = 0; i < keys; i++)
        buf_text(&r->total_name[i], "\\-");
    return r;
}

void result_free(struct result *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->n; i++) {
        expr_free(r->column[i].e);
        buf_free(&r->column[i].first);
    }
    for (size_t i = 0; i < r->keys; i++)
        buf_free(&r->total_name[i]);
    free(r->total_name);
    free(r->column);
    buf_free(&r->row);
    buf_free(&r->scratch);
    free(r);
}

enum status result_name_total(struct result *r, struct slice column, const char *text, struct diag *d)
{
    for (size_t i = 0; i < r->keys; i++) {
        if (!slice_equal(r->key_name[i], column))
            continue;
        buf_clear(&r->total_name[i]);
        buf_escaped(&r->total_name[i], slice_of(text));
        return ST_OK;
    }
    return diag_set(d, ST_MISUSE, NULL, 0, NULL, "%s is no key column, so nothing is totalled over it",
                    diag_quote(column).s);
}

/* --- columns --- */

static int variable(void *result, struct slice name, enum expr_type *type)
{
    struct result *r = result;
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
    r->unknown = true;
    return -1;
}

static int row_variable(void *result, struct slice name, enum expr_type *type)
{
    struct result *r = result;
    int number = aggregator_row_variable(r->aggregator, name, type);
    r->unknown = r->unknown || number < 0;
    return number;
}

static int call(void *result, struct slice name, struct expr_arg *args, size_t n, enum expr_type *type,
                bool *finite, struct diag *d)
{
    return aggregator_call(((struct result *)result)->aggregator, name, args, n, type, finite, d);
}

static enum status same_name(struct slice name, struct diag *d)
{
    return diag_set(d, ST_MISUSE, NULL, 0, NULL, "two columns are named %s", diag_quote(name).s);
}

static bool is_taken(struct result *r, struct slice name)
{
    enum expr_type type;
    return variable(r, name, &type) >= 0 || (r->grouping && slice_is(name, r->grouping));
}

enum status result_add_grouping(struct result *r, const char *name, struct diag *d)
{
    if (is_taken(r, slice_of(name)))
        return same_name(slice_of(name), d);
    r->grouping = name;
    return ST_OK;
}

/* A name that is not known is answered with those that are. */
static enum status list_columns(const struct result *r, struct diag *d)
{
    struct buf reason = {0};
    buf_text(&reason, d->reason);
    buf_text(&reason, "; there are: ");
    aggregator_list_columns(r->aggregator, &reason);
    diag_set(d, ST_MISUSE, NULL, 0, NULL, "%s", buf_string(&reason));
    buf_free(&reason);
    return ST_MISUSE;
}

enum status result_add_column(struct result *r, struct slice name, const char *text, struct diag *d)
{
    struct expr_place place = {r, variable, call, aggregator_knows, row_variable};
    struct quoted q = diag_quote(name);
    if (is_taken(r, name))
        return same_name(name, d);
    r->unknown = false;
    struct expr *e = expr_compile(text, &place, EXPR_ANY, NULL, 0, d);
    if (!e)
        return r->unknown ? list_columns(r, d) : ST_MISUSE;
    int bare = expr_bare_variable(e);
    r->column = mem_grow(r->column, r->n, &r->cap, sizeof *r->column);
    r->column[r->n++] = (struct result_column){.name = name, .e = e, .bare = bare < KEY_VARIABLE ? bare : -1};
    if (!expr_is_finite(e))
        return diag_set(
            d, ST_MISUSE, NULL, 0, NULL,
            "column %s: the value need not have a finite decimal; put it inside round(..., digits)", q.s);
    return ST_OK;
}

/* --- rows --- */

static void fetch(void *result, int number, struct value *v)
{
    struct result *r = result;
    if (number >= COLUMN_VARIABLE) {
        const struct result_column *c = &r->column[number - COLUMN_VARIABLE];
        *v = (struct value){.kind = VALUE_RAW, .text = {r->row.p + c->from, c->to - c->from}};
    } else if (number >= KEY_VARIABLE) {
        size_t i = (size_t)(number - KEY_VARIABLE);
        bool total = r->total >> (r->keys - 1 - i) & 1;
        *v = (struct value){.kind = total ? VALUE_NA : VALUE_RAW, .text = key_field(r->key, i)};
    } else if (!aggregator_value(r->aggregator, number, v)) {
        r->overflow = true;
    }
}

static void put_plain_key(const struct result *r, struct buf *b)
{
    for (size_t i = 0; i < r->keys; i++) {
        buf_text(b, i ? "\t" : "");
        buf_slice(b, key_field(r->key, i));
    }
}

void result_set_undefined(struct result *r, enum undefined how)
{
    r->how = how;
    for (size_t i = 0; i < r->n; i++)
        expr_set_undefined(r->column[i].e, how);
}

void result_undefined(const struct result *r, result_tell *tell, void *ctx)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct result_column *c = &r->column[i];
        struct slice key = {c->first.p ? c->first.p : "", c->first.n};
        if (c->undefined)
            tell(ctx, c->name, c->undefined, key);
    }
}

/* Takes what the column counted in the group at hand. false when it is an error. */
static bool take_undefined(struct result *r, struct result_column *c, struct diag *d)
{
    uint64_t count = aggregator_take_undefined(r->aggregator);
    if (r->how == UNDEFINED_ERROR && count) {
        diag_set(d, ST_INPUT, NULL, 0, NULL, "undefined: a base of zero");
        return false;
    }
    count += expr_take_undefined(c->e);
    if (count && !c->undefined)
        put_plain_key(r, &c->first);
    c->undefined += count;
    return true;
}

/* Names the group and the column in a problem. */
static enum status fail(const struct result *r, const struct result_column *c, struct diag *d)
{
    struct diag inner = *d;
    struct buf key = {0};
    if (inner.reason[0] == '\0')
        snprintf(inner.reason, sizeof inner.reason, "the value leaves 128 bits or %d decimals",
                 DEC_MAX_SCALE);
    put_plain_key(r, &key);
    diag_set(d, ST_INPUT, NULL, 0, NULL, "%.400s (group %s)", inner.reason, diag_quote(buf_view(&key)).s);
    snprintf(d->column, sizeof d->column, "%.*s", (int)c->name.n, c->name.p);
    buf_free(&key);
    return ST_INPUT;
}

static enum status put_column(struct result *r, struct result_column *c, struct diag *d)
{
    struct expr_row row = {r, fetch};
    struct value v;
    bool good;
    c->from = r->row.n;
    if (c->bare >= 0) {
        good = aggregator_print(r->aggregator, c->bare, &r->row);
    } else {
        *d = (struct diag){0};
        r->overflow = false;
        buf_clear(&r->scratch); /* the value may point into r->row */
        good = expr_eval(c->e, &row, &v, d) == ST_OK && !r->overflow && value_print(&r->scratch, &v);
        buf_slice(&r->row, buf_view(&r->scratch));
    }
    c->to = r->row.n;
    if (!good && c->bare >= 0)
        *d = (struct diag){0};
    if (good && r->how != UNDEFINED_NA)
        good = take_undefined(r, c, d);
    return good ? ST_OK : fail(r, c, d);
}

static void put_key(struct result *r)
{
    struct slice rest = r->key;
    if (!r->total) {
        buf_slice(&r->row, r->key);
        return;
    }
    for (size_t i = 0; i < r->keys; i++) {
        struct slice f = take_field(&rest);
        if (i)
            buf_char(&r->row, '\t');
        buf_slice(&r->row, r->total >> (r->keys - 1 - i) & 1 ? buf_view(&r->total_name[i]) : f);
    }
}

static enum status begin_row(void *ctx, struct slice key, const char *record, struct diag *d)
{
    (void)d;
    struct result *r = ctx;
    r->key = key;
    r->total = total_of_key(key, r->keys);
    aggregator_begin(r->aggregator, record);
    return ST_OK;
}

static enum status take_value(void *ctx, size_t bag, const struct bag_item *item, struct diag *d)
{
    (void)d;
    aggregator_take(((struct result *)ctx)->aggregator, bag, item);
    return ST_OK;
}

static enum status end_row(void *ctx, struct diag *d)
{
    struct result *r = ctx;
    enum status st = ST_OK;
    if (!r->details && !r->total && r->keys)
        return ST_OK;
    if (!aggregator_is_whole(r->aggregator))
        return diag_set(d, ST_INPUT, NULL, 0, NULL, "the parts lack values of the group %s, or have too many",
                        diag_quote(r->key).s);
    buf_clear(&r->row);
    put_key(r);
    bool before = r->keys > 0;
    if (r->grouping) {
        buf_printf(&r->row, before ? "\t%u" : "%u", r->total);
        before = true;
    }
    for (size_t i = 0; i < r->n && st == ST_OK; i++) {
        if (before || i)
            buf_char(&r->row, '\t');
        st = put_column(r, &r->column[i], d);
    }
    buf_char(&r->row, '\n');
    if (st == ST_OK)
        out_slice(r->out, buf_view(&r->row));
    return st == ST_OK && out_failed(r->out) ? diag_set(d, ST_OUTPUT, NULL, 0, NULL, "%s", "") : st;
}

struct group_sink result_sink(struct result *r, bool details, struct out *out)
{
    r->out = out;
    r->details = details;
    return (struct group_sink){r, begin_row, take_value, end_row};
}

void result_write_header(const struct result *r, struct out *out)
{
    const char *tab = "";
    for (size_t i = 0; i < r->keys; i++, tab = "\t") {
        out_text(out, tab);
        out_slice(out, r->key_name[i]);
    }
    if (r->grouping) {
        out_text(out, tab);
        out_text(out, r->grouping);
        tab = "\t";
    }
    for (size_t i = 0; i < r->n; i++, tab = "\t") {
        out_text(out, tab);
        out_slice(out, r->column[i].name);
    }
    out_char(out, '\n');
}
