/* SPDX-License-Identifier: MIT
 * argument: see argument.h. */
#include "lib/group/argument.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"

struct argument *argument_new(enum want want)
{
    struct argument *a = mem_zero(1, sizeof *a);
    a->want = want;
    if (want == WANT_DECIMAL)
        a->wide = mem_zero(ROWS_CHUNK, sizeof *a->wide);
    if (want == WANT_RATIO)
        a->ratio = mem_zero(ROWS_CHUNK, sizeof *a->ratio);
    if (want == WANT_TEXT || want == WANT_KEY)
        a->text = mem_zero(ROWS_CHUNK, sizeof *a->text);
    return a;
}

void argument_take(struct argument *a, struct expr **e, size_t n)
{
    a->n = n;
    a->e = mem_array(NULL, n, sizeof *a->e);
    a->value = mem_array(NULL, n, sizeof *a->value);
    for (size_t i = 0; i < n; i++) {
        a->e[i] = e[i];
        a->value[i] = expr_column_new();
    }
}

void argument_free(struct argument *a)
{
    for (size_t i = 0; a->e && i < a->n; i++) {
        expr_free(a->e[i]);
        expr_column_free(a->value[i]);
    }
    free(a->column);
    free(a->e);
    free(a->value);
    expr_free(a->when);
    expr_column_free(a->truth);
    free(a->wide);
    free(a->ratio);
    free(a->text);
    buf_free(&a->bytes);
    free(a);
}

/* --- decimals --- */

/* A decimal given some other way than as plain digits at the scale of the argument. */
void argument_decimal(struct argument *a, size_t i, struct dec v)
{
    struct dec scaled = v;
    if (v.scale > a->most && v.scale <= FAST_SCALE)
        a->most = v.scale;
    a->kind[i] = CELL_WIDE;
    a->wide[i] = v;
    if (v.scale <= a->scale && dec_rescale(&scaled, a->scale) && scaled.units > INT64_MIN &&
        scaled.units <= INT64_MAX) {
        a->kind[i] = CELL_NUMBER;
        a->units[i] = (int64_t)scaled.units;
        a->decimals[i] = (uint8_t)v.scale;
    }
}

/* The digits after the point of a well-formed decimal, which are usually as many. */
static unsigned decimals_of(struct slice f, unsigned usual)
{
    if (f.n > usual && f.p[f.n - 1 - usual] == '.')
        return usual;
    const char *point = memchr(f.p, '.', f.n);
    return point ? (unsigned)(f.p + f.n - point - 1) : 0;
}

/* A field that is not a plain number of the usual size: missing, wide, or text, which is an error. */
enum status argument_field(struct argument *a, size_t i, struct slice f, struct diag *d)
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
        argument_decimal(a, i, v);
        return ST_OK;
    case DEC_TOO_LONG:
        return diag_set(d, ST_INPUT, NULL, 0, NULL, "more than %d decimals or %d digits: %s", DEC_MAX_SCALE,
                        DEC_MAX_DIGITS, diag_quote(f).s);
    default:
        return diag_set(d, ST_INPUT, NULL, 0, NULL, "not a decimal: %s", diag_quote(f).s);
    }
}

/* Rows of the chunk from i on that follow each other in the batch. */
static size_t run_of_rows(const struct chunk *c, size_t i)
{
    if (c->row[c->n - 1] - c->row[i] == c->n - 1 - i) /* usually all */
        return c->n - i;
    size_t n = 1;
    while (i + n < c->n && c->row[i + n] == c->row[i] + n)
        n++;
    return n;
}

/* Units of the chunk's rows at the scale of the argument where every field is written with as many decimals;
 * false when one is not. */
static bool decode_alike(struct argument *a, const struct chunk *c)
{
    bool sure = true;
    for (size_t i = 0, n; i < c->n && sure; i += n) {
        n = run_of_rows(c, i);
        dec_parse_column_exact(batch_column(c->batch, c->row[i], n, (size_t)a->column[0]), a->scale,
                               a->units + i);
        for (size_t k = i; k < i + n; k++)
            sure = sure & (a->units[k] != DEC_UNSURE);
    }
    return sure;
}

/* The same with at most as many decimals, DEC_UNSURE where there are none. */
static void decode_units(struct argument *a, const struct chunk *c)
{
    for (size_t i = 0, n; i < c->n; i += n) {
        n = run_of_rows(c, i);
        dec_parse_column(batch_column(c->batch, c->row[i], n, (size_t)a->column[0]), a->scale, a->scale,
                         a->units + i);
    }
}

static enum status decode_decimals(struct argument *a, const struct chunk *c, struct diag *d)
{
    a->uniform = !argument_is_filtered(a) && decode_alike(a, c);
    if (!a->uniform)
        decode_units(a, c);
    for (size_t i = 0; !a->uniform && i < c->n; i++) {
        struct slice f = batch_field(c->batch, c->row[i], (size_t)a->column[0]);
        if (!argument_has_row(a, i))
            continue;
        if (a->units[i] != DEC_UNSURE) {
            a->kind[i] = CELL_NUMBER;
            a->decimals[i] = (uint8_t)decimals_of(f, a->scale);
        } else if (argument_field(a, i, f, d) != ST_OK) {
            d->line = c->batch->line + c->row[i];
            return ST_INPUT;
        }
    }
    return ST_OK;
}

/* --- texts --- */

uint8_t kind_of_field(struct slice f)
{
    return field_is_empty(f) ? CELL_EMPTY : field_is_na(f) ? CELL_NA : CELL_TEXT;
}

static void decode_texts(struct argument *a, const struct chunk *c)
{
    for (size_t i = 0; i < c->n; i++) {
        if (!argument_has_row(a, i))
            continue;
        struct slice f = batch_field(c->batch, c->row[i], (size_t)a->column[0]);
        a->kind[i] = kind_of_field(f);
        if (a->text)
            a->text[i] = f;
    }
}

uint8_t joined_kind(uint8_t whole, uint8_t part)
{
    return part == CELL_EMPTY || (part == CELL_NA && whole != CELL_EMPTY) ? part : whole;
}

void argument_find_texts(struct argument *a, size_t n)
{
    const char *at = a->bytes.p ? a->bytes.p : "";
    for (size_t i = 0; a->text && i < n; at += a->text[i++].n)
        a->text[i].p = at;
}

static void decode_joined(struct argument *a, const struct chunk *c)
{
    for (size_t i = 0; i < c->n; i++) {
        size_t from = a->bytes.n;
        uint8_t whole = CELL_TEXT;
        for (size_t k = 0; argument_has_row(a, i) && k < a->n; k++) {
            struct slice f = batch_field(c->batch, c->row[i], (size_t)a->column[k]);
            whole = joined_kind(whole, kind_of_field(f));
            if (k)
                buf_char(&a->bytes, '\t');
            buf_slice(&a->bytes, f);
        }
        if (argument_has_row(a, i))
            a->kind[i] = whole;
        a->text[i].n = a->bytes.n - from;
    }
    argument_find_texts(a, c->n);
}

enum status argument_decode(struct argument *a, const struct chunk *c, const struct slice *names,
                            struct diag *d)
{
    enum status st = ST_OK;
    a->scale = a->most; /* one scale a chunk */
    a->uniform = false;
    buf_clear(&a->bytes);
    if (argument_is_filtered(a) && (st = argument_choose(a, c, d)) != ST_OK)
        return st;
    if (!a->column) {
        st = argument_evaluate(a, c, d);
    } else if (a->want == WANT_DECIMAL) {
        st = decode_decimals(a, c, d);
        if (st != ST_OK)
            snprintf(d->column, sizeof d->column, "%.*s", (int)names[a->column[0]].n, names[a->column[0]].p);
    } else if (a->n > 1) {
        decode_joined(a, c);
    } else {
        decode_texts(a, c);
    }
    if (st != ST_OK)
        snprintf(d->file, sizeof d->file, "%s", c->file);
    return st;
}
