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

void argument_free(struct argument *a)
{
    for (size_t i = 0; a->e && i < a->n; i++)
        expr_free(a->e[i]);
    free(a->column);
    free(a->e);
    expr_free(a->when);
    free(a->wide);
    free(a->ratio);
    free(a->text);
    buf_free(&a->bytes);
    free(a);
}

static bool is_filtered(const struct argument *a)
{
    return a->when || a->rows;
}

/* Of an argument that is filtered, the kinds tell from the beginning which rows are out. */
static bool takes_part(const struct argument *a, size_t i)
{
    return !is_filtered(a) || a->kind[i] != CELL_OUT;
}

/* --- decimals --- */

/* A decimal given some other way than as plain digits at the scale of the argument. */
static void put_decimal(struct argument *a, size_t i, struct dec v)
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

/* Units of the chunk's rows at the scale of the argument, DEC_UNSURE where there are none. Whether every
 * field is written with as many decimals. */
static bool decode_units(struct argument *a, const struct chunk *c)
{
    unsigned scale = a->scale;
    bool uniform = true;
    for (size_t i = 0, n; i < c->n; i += n) {
        n = run_of_rows(c, i);
        struct fields f = batch_column(c->batch, c->row[i], n, (size_t)a->column[0]);
        const int64_t *units = a->units + i;
        dec_parse_column(f, scale, scale, a->units + i);
        for (size_t k = 0; k < n; k++) {
            struct slice field = fields_at(f, k); /* what stands before it may be read too */
            bool point = (field.n > scale) & (*(field.p + field.n - 1 - scale) == '.');
            uniform = uniform & (units[k] != DEC_UNSURE) & (point | (scale == 0));
        }
    }
    return uniform;
}

static enum status decode_decimals(struct argument *a, const struct chunk *c, struct diag *d)
{
    bool uniform = decode_units(a, c);
    a->uniform = uniform && !is_filtered(a);
    for (size_t i = 0; !a->uniform && i < c->n; i++) {
        struct slice f = batch_field(c->batch, c->row[i], (size_t)a->column[0]);
        if (!takes_part(a, i))
            continue;
        if (a->units[i] != DEC_UNSURE) {
            a->kind[i] = CELL_NUMBER;
            a->decimals[i] = (uint8_t)decimals_of(f, a->scale);
        } else if (unusual_field(a, i, f, d) != ST_OK) {
            d->line = c->batch->line + c->row[i];
            return ST_INPUT;
        }
    }
    return ST_OK;
}

/* --- texts --- */

static uint8_t kind_of_field(struct slice f)
{
    return field_is_empty(f) ? CELL_EMPTY : field_is_na(f) ? CELL_NA : CELL_TEXT;
}

static void decode_texts(struct argument *a, const struct chunk *c)
{
    for (size_t i = 0; i < c->n; i++) {
        if (!takes_part(a, i))
            continue;
        struct slice f = batch_field(c->batch, c->row[i], (size_t)a->column[0]);
        a->kind[i] = kind_of_field(f);
        if (a->text)
            a->text[i] = f;
    }
}

/* A missing part makes the whole missing, empty before \-. */
static uint8_t joined_kind(uint8_t whole, uint8_t part)
{
    return part == CELL_EMPTY || (part == CELL_NA && whole != CELL_EMPTY) ? part : whole;
}

/* Texts were appended to a->bytes one after the other; what was known of each is its length. */
static void find_texts(struct argument *a, const struct chunk *c)
{
    const char *at = a->bytes.p ? a->bytes.p : "";
    for (size_t i = 0; a->text && i < c->n; at += a->text[i++].n)
        a->text[i].p = at;
}

static void decode_joined(struct argument *a, const struct chunk *c)
{
    for (size_t i = 0; i < c->n; i++) {
        size_t from = a->bytes.n;
        uint8_t whole = CELL_TEXT;
        for (size_t k = 0; takes_part(a, i) && k < a->n; k++) {
            struct slice f = batch_field(c->batch, c->row[i], (size_t)a->column[k]);
            whole = joined_kind(whole, kind_of_field(f));
            if (k)
                buf_char(&a->bytes, '\t');
            buf_slice(&a->bytes, f);
        }
        if (takes_part(a, i))
            a->kind[i] = whole;
        a->text[i].n = a->bytes.n - from;
    }
    find_texts(a, c);
}

/* --- expressions --- */

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

static uint8_t kind_of_value(enum want want, const struct value *v)
{
    if (v->kind == VALUE_RAW)
        return kind_of_field(v->text);
    if (v->kind == VALUE_EMPTY || (v->kind == VALUE_TEXT && v->text.n == 0))
        return CELL_EMPTY;
    if (v->kind == VALUE_NA)
        return CELL_NA;
    return want == WANT_RATIO ? CELL_RATIO : CELL_TEXT;
}

/* One row through the expressions. */
static enum status evaluate_row(struct argument *a, size_t i, const struct expr_row *row, struct diag *d)
{
    struct value v = {0};
    uint8_t whole = a->want == WANT_RATIO ? CELL_RATIO : CELL_TEXT;
    for (size_t k = 0; k < a->n; k++) {
        enum status st = expr_eval(a->e[k], row, &v, d);
        if (st != ST_OK)
            return st;
        uint8_t part = kind_of_value(a->want, &v);
        whole = joined_kind(whole, part);
        if (a->text && part == CELL_TEXT) {
            if (k)
                buf_char(&a->bytes, '\t');
            put_text(a, &v);
        }
    }
    a->kind[i] = whole;
    if (a->want == WANT_RATIO)
        a->ratio[i] = v.num;
    if (a->want == WANT_DECIMAL && whole == CELL_TEXT)
        return put_number(a, i, &v, d);
    return ST_OK;
}

static enum status evaluate(struct argument *a, const struct chunk *c, struct diag *d)
{
    struct row_view view = {c->batch, 0};
    struct expr_row source = {&view, row_view_fetch};
    for (size_t i = 0; i < c->n; i++) {
        size_t from = a->bytes.n;
        view.row = c->row[i];
        if (takes_part(a, i) && evaluate_row(a, i, &source, d) != ST_OK) {
            d->line = c->batch->line + view.row;
            return ST_INPUT;
        }
        if (a->text)
            a->text[i].n = a->bytes.n - from;
    }
    find_texts(a, c);
    return ST_OK;
}

/* --- which rows take part: what stands outside is not looked at, so it may be anything --- */

static enum status choose_rows(struct argument *a, const struct chunk *c, struct diag *d)
{
    for (size_t i = 0; i < c->n; i++) {
        bool holds = !a->rows || a->rows->kind[i] != CELL_OUT;
        enum status st = a->when ? row_holds(a->when, c->batch, c->row[i], c->file, &holds, d) : ST_OK;
        if (st != ST_OK)
            return st;
        a->kind[i] = holds ? CELL_TEXT : CELL_OUT;
    }
    return ST_OK;
}

enum status argument_decode(struct argument *a, const struct chunk *c, const struct slice *names,
                            struct diag *d)
{
    enum status st = ST_OK;
    a->scale = a->most; /* one scale a chunk */
    a->uniform = false;
    buf_clear(&a->bytes);
    if (is_filtered(a) && (st = choose_rows(a, c, d)) != ST_OK)
        return st;
    if (!a->column) {
        st = evaluate(a, c, d);
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
