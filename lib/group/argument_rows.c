/* SPDX-License-Identifier: MIT
 * argument_rows: arguments that are expressions, and conditions, evaluated for a chunk of rows at once. */
#include <stdio.h>

#include "lib/group/argument.h"

/* The rows of a chunk that are evaluated: where each stands in it. */
struct some_rows {
    uint32_t row[ROWS_CHUNK];
    uint16_t at[ROWS_CHUNK];
    size_t n;
};

static void rows_taken(struct some_rows *s, const struct argument *a, const struct chunk *c)
{
    s->n = 0;
    for (size_t i = 0; i < c->n; i++) {
        s->row[s->n] = c->row[i];
        s->at[s->n] = (uint16_t)i;
        s->n += argument_has_row(a, i);
    }
}

static enum status failed(const struct chunk *c, uint32_t row, struct diag *d)
{
    snprintf(d->file, sizeof d->file, "%s", c->file);
    d->line = c->batch->line + row;
    return ST_INPUT;
}

static enum status eval(struct expr *e, const struct chunk *c, const struct some_rows *s,
                        struct expr_column *out, struct diag *d)
{
    struct expr_rows rows = {.batch = c->batch, .row = s->row, .n = s->n};
    size_t bad;
    enum status st = expr_eval_rows(e, &rows, out, &bad, d);
    return st == ST_OK ? st : failed(c, s->row[bad], d);
}

enum status argument_choose(struct argument *a, const struct chunk *c, struct diag *d)
{
    struct some_rows s = {.n = 0};
    for (size_t i = 0; i < c->n; i++) {
        bool in = !a->rows || a->rows->kind[i] != CELL_OUT;
        a->kind[i] = in ? CELL_TEXT : CELL_OUT;
    }
    if (!a->when)
        return ST_OK;
    rows_taken(&s, a, c);
    enum status st = eval(a->when, c, &s, a->truth, d);
    for (size_t i = 0; i < s.n && st == ST_OK; i++)
        if (a->truth->kind[i] != ROW_VALUE || !a->truth->units[i])
            a->kind[s.at[i]] = CELL_OUT;
    return st;
}

static uint8_t kind_in(const struct argument *a, const struct expr_column *v, size_t i)
{
    if (v->type == EXPR_ANY)
        return kind_of_field(v->text[i]);
    if (v->kind[i] == ROW_EMPTY || v->kind[i] == ROW_NA)
        return v->kind[i] == ROW_EMPTY ? CELL_EMPTY : CELL_NA;
    if ((v->type == EXPR_TEXT || v->type == EXPR_DATE) && v->text[i].n == 0)
        return CELL_EMPTY;
    return a->want == WANT_RATIO ? CELL_RATIO : CELL_TEXT;
}

/* Row i as a value whose fraction is in lowest terms. */
static struct value value_in(const struct expr_column *column, size_t i)
{
    struct value v;
    expr_column_value(column, i, &v);
    if (v.kind == VALUE_NUM)
        (void)rat_make(v.num.num, v.num.den, &v.num); /* it has come down from such a one */
    return v;
}

/* --- numbers --- */

static enum status too_long(struct diag *d)
{
    return diag_set(d, ST_INPUT, NULL, 0, NULL, "the value needs more than %d decimals or %d digits",
                    DEC_MAX_SCALE, DEC_MAX_DIGITS);
}

static enum status number_in(struct argument *a, size_t at, const struct expr_column *column, size_t i,
                             struct diag *d)
{
    struct dec n;
    if (column->type == EXPR_ANY)
        return argument_field(a, at, column->text[i], d);
    if (expr_column_decimal(column, i, &n)) {
        (void)dec_rescale(&n, column->decimals[column->alike ? 0 : i]);
        argument_decimal(a, at, n);
        return ST_OK;
    }
    struct value v = value_in(column, i);
    if (v.kind != VALUE_NUM)
        return diag_set(d, ST_INPUT, NULL, 0, NULL, "a number is wanted");
    if (!rat_to_dec(v.num, &n) || (v.decimals > n.scale && !dec_rescale(&n, v.decimals)))
        return too_long(d);
    argument_decimal(a, at, n);
    return ST_OK;
}

/* A column of plain numbers written alike is taken as it is. */
static bool take_units(struct argument *a, const struct expr_column *v, size_t n)
{
    unsigned decimals;
    const int64_t *units = v->type == EXPR_NUM ? expr_column_units(v, &decimals) : NULL;
    if (!units || argument_is_filtered(a) || decimals > FAST_SCALE)
        return false;
    if (decimals > a->most)
        a->most = decimals;
    if (decimals != a->scale)
        return false;
    memcpy(a->units, units, n * sizeof *units);
    a->uniform = true;
    return true;
}

static enum status take_numbers(struct argument *a, const struct chunk *c, const struct some_rows *s,
                                struct diag *d)
{
    struct expr_column *v = a->value[0];
    size_t bad;
    if (v->type == EXPR_NUM && !expr_column_settle(v, s->n, &bad)) {
        (void)too_long(d);
        return failed(c, s->row[bad], d);
    }
    if (take_units(a, v, s->n))
        return ST_OK;
    for (size_t i = 0; i < s->n; i++) {
        uint8_t kind = kind_in(a, v, i);
        a->kind[s->at[i]] = kind;
        if (kind == CELL_TEXT && number_in(a, s->at[i], v, i, d) != ST_OK)
            return failed(c, s->row[i], d);
    }
    return ST_OK;
}

static void take_ratios(struct argument *a, const struct some_rows *s)
{
    for (size_t i = 0; i < s->n; i++) {
        uint8_t kind = kind_in(a, a->value[0], i);
        a->kind[s->at[i]] = kind;
        if (kind == CELL_RATIO)
            a->ratio[s->at[i]] = value_in(a->value[0], i).num;
    }
}

/* --- texts --- */

static void print_ratio(struct buf *b, struct rat r)
{
    dec_print(b, (struct dec){r.num, 0});
    buf_char(b, '/');
    dec_print(b, (struct dec){r.den, 0});
}

/* Appends a value that is there. */
static void put_text(struct argument *a, const struct expr_column *column, size_t i)
{
    struct value v = value_in(column, i);
    size_t from = a->bytes.n;
    if (a->want == WANT_KEY)
        v.decimals = 0;
    if (!value_print(&a->bytes, &v)) {
        a->bytes.n = from;
        print_ratio(&a->bytes, v.num);
    }
}

static void take_texts(struct argument *a, const struct chunk *c, const struct some_rows *s)
{
    for (size_t i = 0; a->text && i < c->n; i++)
        a->text[i].n = 0;
    for (size_t i = 0; i < s->n; i++) {
        size_t from = a->bytes.n;
        uint8_t whole = CELL_TEXT;
        for (size_t k = 0; k < a->n; k++) {
            uint8_t part = kind_in(a, a->value[k], i);
            whole = joined_kind(whole, part);
            if (k && a->text)
                buf_char(&a->bytes, '\t');
            if (part == CELL_TEXT && a->text)
                put_text(a, a->value[k], i);
        }
        a->kind[s->at[i]] = whole;
        if (a->text)
            a->text[s->at[i]].n = a->bytes.n - from;
    }
    argument_find_texts(a, c->n);
}

enum status argument_evaluate(struct argument *a, const struct chunk *c, struct diag *d)
{
    struct some_rows s;
    rows_taken(&s, a, c);
    for (size_t k = 0; k < a->n; k++) {
        enum status st = eval(a->e[k], c, &s, a->value[k], d);
        if (st != ST_OK)
            return st;
    }
    if (a->want == WANT_DECIMAL)
        return take_numbers(a, c, &s, d);
    if (a->want == WANT_RATIO)
        take_ratios(a, &s);
    else
        take_texts(a, c, &s);
    return ST_OK;
}
