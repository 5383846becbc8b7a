/* SPDX-License-Identifier: MIT
 * expr_rows_fields: fields of a batch as columns of values. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/expr/expr_rows_internal.h"
#include "lib/number/decimal_column.h"

/* Where the fields are: as they stand in the batch when no row between them is left out, otherwise gathered,
 * each with the separator before it. */
static struct fields fields_of(const struct expr_rows *r, size_t input, uint32_t *gathered)
{
    if (r->n == 0 || r->row[r->n - 1] - r->row[0] == r->n - 1)
        return batch_column(r->batch, r->n ? r->row[0] : 0, r->n, input);
    const uint32_t *sep = r->batch->sep + input;
    size_t width = r->batch->width;
    for (size_t i = 0; i < r->n; i++) {
        const uint32_t *at = sep + r->row[i] * width;
        gathered[2 * i] = at[-1];
        gathered[2 * i + 1] = at[0];
    }
    return (struct fields){r->batch->base, gathered + 1, 2, r->n};
}

/* The decimals that most fields of a column have are likely those of the first that is a number. */
static unsigned usual_decimals(struct fields f)
{
    enum { LOOKED_AT = 8 };
    struct dec v;
    for (size_t i = 0; i < f.n && i < LOOKED_AT; i++)
        if (dec_parse(fields_at(f, i), &v) == DEC_OK)
            return v.scale;
    return 0;
}

/* Puts a decimal that was not decoded with the others; more decimals raise the scale of all. */
static void put_decimal(struct expr_column *out, size_t i, struct dec v, size_t n)
{
    unsigned decimals = v.scale;
    if (decimals > (unsigned)out->scale)
        column_rescale(out, n, (int)decimals);
    if (out->alike && decimals != out->decimals[0])
        column_spread(out, n);
    if (!dec_rescale(&v, (unsigned)out->scale)) {
        column_mark(out, i);
        return;
    }
    if (!out->alike)
        out->decimals[i] = (uint8_t)decimals;
    if (v.units > INT64_MAX || v.units < -INT64_MAX)
        column_widen(out, n);
    if (out->wide)
        column_put(out, i, v.units);
    else
        out->units[i] = (int64_t)v.units;
}

static void decode_unusual(struct fields f, size_t i, struct expr_column *out)
{
    struct slice field = fields_at(f, i);
    struct dec v;
    if (field_is_empty(field) || field_is_na(field)) {
        out->kind[i] = field_is_na(field) ? ROW_NA : ROW_EMPTY;
        out->plain = false;
    } else if (dec_parse(field, &v) == DEC_OK) {
        put_decimal(out, i, v, f.n);
    } else {
        column_mark(out, i);
    }
}

static void decode_numbers(struct fields f, struct expr_column *out)
{
    uint32_t unusual[EXPR_ROWS];
    size_t m = 0;
    unsigned usual = usual_decimals(f);
    column_begin(out, EXPR_NUM, f.n);
    out->scale = (int)usual;
    out->decimals[0] = (uint8_t)usual;
    dec_parse_column_exact(f, usual, out->units);
    for (size_t i = 0; i < f.n; i++) {
        unusual[m] = (uint32_t)i;
        m += out->units[i] == DEC_UNSURE;
    }
    for (size_t k = 0; k < m; k++)
        out->units[unusual[k]] = 0;
    for (size_t k = 0; k < m; k++)
        decode_unusual(f, unusual[k], out);
}

/* --- shared by the expressions of a chunk --- */

struct kept {
    size_t input;
    bool known;
    struct expr_column *column;
};

struct expr_decoded {
    struct kept *kept;
    size_t n, cap;
};

struct expr_decoded *expr_decoded_new(void)
{
    return mem_zero(1, sizeof(struct expr_decoded));
}

void expr_decoded_free(struct expr_decoded *k)
{
    for (size_t i = 0; k && i < k->n; i++)
        expr_column_free(k->kept[i].column);
    if (k)
        free(k->kept);
    free(k);
}

void expr_decoded_forget(struct expr_decoded *k)
{
    for (size_t i = 0; i < k->n; i++)
        k->kept[i].known = false;
}

static struct kept *kept_of(struct expr_decoded *k, size_t input)
{
    for (size_t i = 0; i < k->n; i++)
        if (k->kept[i].input == input)
            return &k->kept[i];
    k->kept = mem_grow(k->kept, k->n, &k->cap, sizeof *k->kept);
    k->kept[k->n] = (struct kept){input, false, expr_column_new()};
    return &k->kept[k->n++];
}

static void shared_numbers(const struct chunk *c, size_t input, struct fields f, struct expr_column *out)
{
    struct kept *k = kept_of(c->rows->decoded, input);
    if (!k->known)
        decode_numbers(f, k->column);
    k->known = true;
    column_copy(out, k->column, c->n);
}

static void decode_texts(struct fields f, enum expr_type type, struct expr_column *out)
{
    column_begin(out, type, f.n);
    for (size_t i = 0; i < f.n; i++) {
        struct slice field = fields_at(f, i);
        out->text[i] = field;
        if (field.n == 0 || field.p[0] == '\\') {
            out->kind[i] = field_is_empty(field) ? ROW_EMPTY : field_is_na(field) ? ROW_NA : ROW_VALUE;
            out->plain = out->plain && out->kind[i] == ROW_VALUE;
        }
    }
}

static void decode_truths(struct fields f, struct expr_column *out)
{
    column_begin(out, EXPR_BOOL, f.n);
    for (size_t i = 0; i < f.n; i++) {
        struct slice field = fields_at(f, i);
        bool known = field.n == 1 && (field.p[0] | 1) == '1';
        out->units[i] = known && field.p[0] == '1';
        if (!known) {
            out->kind[i] = field_is_empty(field) || field_is_na(field) ? ROW_EMPTY : ROW_APART;
            out->plain = false;
        }
    }
}

void column_decode(const struct chunk *c, size_t input, enum expr_type type, struct expr_column *out)
{
    uint32_t gathered[2 * EXPR_ROWS];
    struct fields f = fields_of(c->rows, input, gathered);
    if (type == EXPR_NUM && c->rows->decoded)
        shared_numbers(c, input, f, out);
    else if (type == EXPR_NUM)
        decode_numbers(f, out);
    else if (type == EXPR_BOOL)
        decode_truths(f, out);
    else
        decode_texts(f, type, out);
}
