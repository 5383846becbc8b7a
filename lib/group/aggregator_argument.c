/* SPDX-License-Identifier: MIT
 * aggregator_argument: the values of an aggregate's argument in a chunk of rows. A bare column is decoded
 * from the bytes of the batch; anything else is evaluated row by row. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/group/aggregator_parts.h"

struct argument *argument_new(enum want want)
{
    struct argument *a = mem_zero(1, sizeof *a);
    a->want = want;
    a->column = -1;
    if (want == WANT_DECIMAL)
        a->wide = mem_zero(ROWS_CHUNK, sizeof *a->wide);
    if (want == WANT_RATIO)
        a->ratio = mem_zero(ROWS_CHUNK, sizeof *a->ratio);
    if (want == WANT_TEXT || want == WANT_KEY)
        a->text = mem_zero(ROWS_CHUNK, sizeof *a->text);
    return a;
}

void argument_free(struct argument *a)
{
    for (size_t i = 0; i < a->n; i++)
        expr_free(a->e[i]);
    free(a->e);
    expr_free(a->when);
    free(a->wide);
    free(a->ratio);
    free(a->text);
    buf_free(&a->bytes);
    free(a);
}

/* A decimal given some other way than as plain digits at the scale of the argument. */
static void put_decimal(struct argument *a, size_t i, struct dec v)
{
    struct dec scaled = v;
    if (v.scale > a->most && v.scale <= FAST_SCALE)
        a->most = v.scale;
    a->kind[i] = CELL_WIDE;
    a->wide[i] = v;
    if (v.scale <= a->scale && dec_rescale(&scaled, a->scale) && scaled.units >= INT64_MIN &&
        scaled.units <= INT64_MAX) {
        a->kind[i] = CELL_NUMBER;
        a->units[i] = (int64_t)scaled.units;
        a->decimals[i] = (uint8_t)v.scale;
    }
}

/* The digits after the point of a well-formed decimal. */
static unsigned decimals_of(struct slice f)
{
    const char *point = memchr(f.p, '.', f.n);
    return point ? (unsigned)(f.p + f.n - point - 1) : 0;
}

/* A field that is not a plain number of the usual size: missing, wide, or text, which is an error. */
static enum status unusual_field(struct argument *a, size_t i, struct slice f, struct diag *d)
{
    struct dec v;
    if (field_is_empty(f)) {
        a->kind[i] = CELL_EMPTY;
        return ST_OK;
    }
    if (field_is_na(f)) {
        a->kind[i] = CELL_NA;
        return ST_OK;
    }
    switch (dec_parse(f, &v)) {
    case DEC_OK:
        put_decimal(a, i, v);
        return ST_OK;
    case DEC_TOO_LONG:
        return diag_set(d, ST_INPUT, NULL, 0, NULL, "more than %d decimals or %d digits: %s", DEC_MAX_SCALE,
                        DEC_MAX_DIGITS, diag_quote(f).s);
    default:
        return diag_set(d, ST_INPUT, NULL, 0, NULL, "not a decimal: %s", diag_quote(f).s);
    }
}

/* Units of the chunk's rows at the scale of the argument, DEC_UNSURE where there are none. */
static void decode_units(struct argument *a, const struct grouped_rows *rows)
{
    size_t column = (size_t)a->column;
    if (rows->row[rows->n - 1] - rows->row[0] == rows->n - 1) { /* no row between them is left out */
        dec_parse_column(batch_column(rows->batch, rows->row[0], rows->n, column), a->scale, a->scale,
                         a->units);
        return;
    }
    for (size_t i = 0; i < rows->n; i++)
        dec_parse_column(batch_column(rows->batch, rows->row[i], 1, column), a->scale, a->scale,
                         &a->units[i]);
}

static enum status decode_decimals(struct argument *a, const struct grouped_rows *rows, struct diag *d)
{
    if (rows->n)
        decode_units(a, rows);
    for (size_t i = 0; i < rows->n; i++) {
        struct slice f = batch_field(rows->batch, rows->row[i], (size_t)a->column);
        if (a->units[i] != DEC_UNSURE) {
            /* Nearly all are written with the decimals that the argument has. */
            bool usual = f.n > a->scale && f.p[f.n - 1 - a->scale] == '.';
            a->kind[i] = CELL_NUMBER;
            a->decimals[i] = (uint8_t)(usual ? a->scale : decimals_of(f));
        } else if (unusual_field(a, i, f, d) != ST_OK) {
            d->line = rows->batch->line + rows->row[i];
            return ST_INPUT;
        }
    }
    return ST_OK;
}

static void decode_texts(struct argument *a, const struct grouped_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        struct slice f = batch_field(rows->batch, rows->row[i], (size_t)a->column);
        a->kind[i] = field_is_empty(f) ? CELL_EMPTY : field_is_na(f) ? CELL_NA : CELL_TEXT;
        if (a->text)
            a->text[i] = f;
    }
}

static void print_ratio(struct buf *b, struct rat r)
{
    dec_print(b, (struct dec){r.num, 0});
    buf_char(b, '/');
    dec_print(b, (struct dec){r.den, 0});
}

/* Appends a value that is there to the texts of the chunk. */
static void put_text(struct argument *a, struct value *v)
{
    if (a->want == WANT_KEY)
        v->decimals = 0;
    size_t from = a->bytes.n;
    if (!value_print(&a->bytes, v)) {
        a->bytes.n = from;
        print_ratio(&a->bytes, v->num);
    }
}

static enum status put_number(struct argument *a, size_t i, struct value *v, struct diag *d)
{
    struct dec n;
    if (v->kind == VALUE_RAW)
        return unusual_field(a, i, v->text, d);
    if (v->kind != VALUE_NUM)
        return diag_set(d, ST_INPUT, NULL, 0, NULL, "a number is wanted");
    if (!rat_to_dec(v->num, &n) || (v->decimals > n.scale && !dec_rescale(&n, v->decimals)))
        return diag_set(d, ST_INPUT, NULL, 0, NULL, "the value needs more than %d decimals or %d digits",
                        DEC_MAX_SCALE, DEC_MAX_DIGITS);
    put_decimal(a, i, n);
    return ST_OK;
}

/* Whether the row takes part; what stands outside is not evaluated, so it may be anything. */
static enum status row_taken(struct argument *a, const struct expr_row *row, bool *taken, struct diag *d)
{
    struct value v;
    *taken = true;
    if (!a->when)
        return ST_OK;
    enum status st = expr_eval(a->when, row, &v, d);
    *taken = st == ST_OK && v.kind == VALUE_BOOL && v.truth;
    return st;
}

static enum cell cell_of(enum want want, const struct value *v)
{
    if (v->kind == VALUE_EMPTY || (v->kind == VALUE_RAW && field_is_empty(v->text)))
        return CELL_EMPTY;
    if (v->kind == VALUE_NA || (v->kind == VALUE_RAW && field_is_na(v->text)))
        return CELL_NA;
    return want == WANT_RATIO ? CELL_RATIO : CELL_TEXT;
}

/* One row through the expressions. A missing part makes the whole missing, empty before \-. */
static enum status evaluate_row(struct argument *a, size_t i, const struct expr_row *row, struct diag *d)
{
    struct value v = {0};
    enum cell whole = a->want == WANT_RATIO ? CELL_RATIO : CELL_TEXT;
    size_t from = a->bytes.n;
    for (size_t k = 0; k < a->n; k++) {
        enum status st = expr_eval(a->e[k], row, &v, d);
        if (st != ST_OK)
            return st;
        enum cell part = cell_of(a->want, &v);
        if (part == CELL_EMPTY || (part == CELL_NA && whole != CELL_EMPTY)) {
            whole = part;
        } else if (a->text && part == CELL_TEXT) {
            if (k)
                buf_char(&a->bytes, '\t');
            put_text(a, &v);
        }
    }
    a->kind[i] = (uint8_t)whole;
    if (a->text)
        a->text[i].n = a->bytes.n - from;
    if (a->want == WANT_RATIO)
        a->ratio[i] = v.num;
    if (a->want == WANT_DECIMAL && whole == CELL_TEXT)
        return put_number(a, i, &v, d);
    return ST_OK;
}

static enum status evaluate(struct argument *a, const struct grouped_rows *rows, struct diag *d)
{
    struct row_view view = {rows->batch, 0};
    struct expr_row source = {&view, row_view_fetch};
    bool taken;
    buf_clear(&a->bytes);
    for (size_t i = 0; i < rows->n; i++) {
        view.row = rows->row[i];
        enum status st = row_taken(a, &source, &taken, d);
        a->kind[i] = CELL_OUT;
        if (a->text)
            a->text[i].n = 0;
        if (st == ST_OK && taken)
            st = evaluate_row(a, i, &source, d);
        if (st != ST_OK) {
            d->line = rows->batch->line + view.row;
            return st;
        }
    }
    const char *at = a->bytes.p ? a->bytes.p : "";
    for (size_t i = 0; a->text && i < rows->n; at += a->text[i++].n)
        a->text[i].p = at;
    return ST_OK;
}

enum status argument_decode(struct argument *a, const struct grouped_rows *rows, const struct slice *names,
                            struct diag *d)
{
    enum status st = ST_OK;
    a->scale = a->most; /* one scale a chunk */
    if (a->column < 0) {
        st = evaluate(a, rows, d);
    } else if (a->want == WANT_DECIMAL) {
        st = decode_decimals(a, rows, d);
        if (st != ST_OK)
            snprintf(d->column, sizeof d->column, "%.*s", (int)names[a->column].n, names[a->column].p);
    } else {
        decode_texts(a, rows);
    }
    if (st != ST_OK)
        snprintf(d->file, sizeof d->file, "%s", rows->file);
    return st;
}
