/* SPDX-License-Identifier: MIT
 * expr_rows_logic: comparisons, truth values and choices on columns. */
#include "lib/expr/expr_rows_internal.h"

/* --- comparisons --- */

/* Of the exact numbers; false where the products it needs do not fit. */
static bool compare_numbers(const struct expr_column *a, const struct expr_column *b, size_t i, int *order)
{
    i128 x = column_units(a, i), y = column_units(b, i);
    int up = b->scale - a->scale;
    if (up > COLUMN_MAX_SCALE || -up > COLUMN_MAX_SCALE)
        return false;
    i128 power = dec_pow10((unsigned)(up < 0 ? -up : up));
    if (__builtin_mul_overflow(up > 0 ? x : y, power, up > 0 ? &x : &y) ||
        __builtin_mul_overflow(x, column_den(b, i), &x) || __builtin_mul_overflow(y, column_den(a, i), &y))
        return false;
    *order = (x > y) - (x < y);
    return true;
}

static bool has_escape(struct slice s)
{
    return s.n > 0 && memchr(s.p, '\\', s.n);
}

static bool compare_row(const struct expr_column *a, const struct expr_column *b, size_t i, int *order)
{
    if (a->type == EXPR_NUM)
        return compare_numbers(a, b, i, order);
    if (a->type == EXPR_BOOL)
        *order = (int)(a->units[i] - b->units[i]);
    else
        *order = text_compare(a->text[i], b->text[i]);
    return true;
}

static bool is_equality(enum op op)
{
    return op == OP_EQ || op == OP_NE;
}

/* Texts without escapes are equal when their bytes are; most differ in length or in their first bytes. */
static void compare_equality(size_t n, enum op op, const struct expr_column *a, const struct expr_column *b,
                             struct expr_column *out)
{
    for (size_t i = 0; i < n; i++) {
        struct slice x = a->text[i], y = b->text[i];
        bool equal = slice_equal(x, y);
        if (!equal && out->kind[i] == ROW_VALUE && (has_escape(x) || has_escape(y)))
            equal = text_compare(x, y) == 0;
        out->units[i] = equal == (op == OP_EQ);
    }
}

static inline __attribute__((always_inline)) void compare_units(size_t n, enum op op, const int64_t *a,
                                                                int64_t up_a, const int64_t *b, int64_t up_b,
                                                                int64_t *out)
{
    for (size_t i = 0; i < n; i++) {
        i128 x = (i128)a[i] * up_a, y = (i128)b[i] * up_b;
        out[i] = op_holds(op, (x > y) - (x < y));
    }
}

/* Numbers of 64 bits; at two scales their products with a power of ten fit 128. */
static void compare_narrow(size_t n, enum op op, const struct expr_column *a, const struct expr_column *b,
                           struct expr_column *out)
{
    int up = b->scale - a->scale;
    int64_t up_a = (int64_t)dec_pow10(up > 0 ? (unsigned)up : 0);
    int64_t up_b = (int64_t)dec_pow10(up < 0 ? (unsigned)-up : 0);
    switch (op) {
    case OP_EQ:
        compare_units(n, OP_EQ, a->units, up_a, b->units, up_b, out->units);
        break;
    case OP_NE:
        compare_units(n, OP_NE, a->units, up_a, b->units, up_b, out->units);
        break;
    case OP_LT:
        compare_units(n, OP_LT, a->units, up_a, b->units, up_b, out->units);
        break;
    case OP_LE:
        compare_units(n, OP_LE, a->units, up_a, b->units, up_b, out->units);
        break;
    case OP_GT:
        compare_units(n, OP_GT, a->units, up_a, b->units, up_b, out->units);
        break;
    default:
        compare_units(n, OP_GE, a->units, up_a, b->units, up_b, out->units);
        break;
    }
}

/* A comparison with a missing value is undecided. */
static void compare_kinds(size_t n, const struct expr_column *a, const struct expr_column *b,
                          struct expr_column *out)
{
    if (a->plain && b->plain)
        return;
    for (size_t i = 0; i < n; i++) {
        uint8_t kind = a->kind[i] > b->kind[i] ? a->kind[i] : b->kind[i];
        out->kind[i] = kind == ROW_NA ? ROW_EMPTY : kind;
    }
    out->plain = false;
}

void column_compare(const struct chunk *c, enum op op, const struct expr_column *a,
                    const struct expr_column *b, struct expr_column *out)
{
    size_t n = c->n;
    int apart = a->scale > b->scale ? a->scale - b->scale : b->scale - a->scale;
    column_begin(out, EXPR_BOOL, n);
    compare_kinds(n, a, b, out);
    if (a->type == EXPR_NUM && !a->wide && !b->wide && !a->ratio && !b->ratio && apart <= 18) {
        compare_narrow(n, op, a, b, out);
        return;
    }
    if (a->type != EXPR_NUM && a->type != EXPR_BOOL && is_equality(op)) {
        compare_equality(n, op, a, b, out);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        int order = 0;
        out->units[i] = 0;
        if (out->kind[i] != ROW_VALUE)
            continue;
        if (compare_row(a, b, i, &order))
            out->units[i] = op_holds(op, order);
        else
            column_mark(out, i);
    }
}

/* --- truth values --- */

void column_not(const struct chunk *c, struct expr_column *out)
{
    for (size_t i = 0; i < c->n; i++)
        out->units[i] = !out->units[i];
}

/* Kleene: the deciding value decides, whatever stands on the other side. The first operand is always looked
 * at, so what is not sure of it is not sure of the whole. */
void column_junction(const struct chunk *c, enum op op, struct expr_column *out, const struct expr_column *b)
{
    int64_t deciding = op == OP_OR;
    if (out->plain && b->plain) {
        for (size_t i = 0; i < c->n; i++)
            out->units[i] = op == OP_OR ? out->units[i] | b->units[i] : out->units[i] & b->units[i];
        return;
    }
    out->plain = false;
    for (size_t i = 0; i < c->n; i++) {
        uint8_t x = out->kind[i], y = b->kind[i];
        if (x == ROW_APART || (x == ROW_VALUE && out->units[i] == deciding))
            continue;
        bool decides = y == ROW_VALUE && b->units[i] == deciding;
        out->kind[i] = decides ? ROW_VALUE : x > y ? x : y;
        out->units[i] = decides ? deciding : !deciding;
    }
}

void column_is_missing(const struct chunk *c, struct expr_column *out, bool only_na)
{
    int64_t truth[EXPR_ROWS];
    uint8_t kind[EXPR_ROWS];
    bool plain = true;
    for (size_t i = 0; i < c->n; i++) {
        kind[i] = out->kind[i] == ROW_APART ? ROW_APART : ROW_VALUE;
        truth[i] = out->kind[i] == ROW_NA || (!only_na && out->kind[i] == ROW_EMPTY);
        plain = plain && kind[i] == ROW_VALUE;
    }
    column_begin(out, EXPR_BOOL, 0);
    out->plain = plain;
    memcpy(out->kind, kind, c->n);
    memcpy(out->units, truth, c->n * sizeof *truth);
}

/* --- choices --- */

/* Brings two columns of numbers to one form, so that a row of one can stand in the other. */
static void unify(struct expr_column *out, struct expr_column *b, size_t n)
{
    int scale = out->scale > b->scale ? out->scale : b->scale;
    column_rescale(out, n, scale);
    column_rescale(b, n, scale);
    if (out->wide || b->wide) {
        column_widen(out, n);
        column_widen(b, n);
    }
    for (size_t i = 0; i < n && out->ratio != b->ratio; i++)
        (out->ratio ? b : out)->den[i] = 1;
    out->ratio = out->ratio || b->ratio;
    b->ratio = out->ratio;
    if (out->ratio) {
        column_bound(out, n);
        column_bound(b, n);
    }
    out->fewest = out->fewest || b->fewest;
    if (!out->alike || !b->alike || out->decimals[0] != b->decimals[0]) {
        column_spread(out, out->alike ? n : 0);
        column_spread(b, b->alike ? n : 0);
    }
}

static void take_row(struct expr_column *out, const struct expr_column *b, size_t i)
{
    out->kind[i] = b->kind[i];
    if (out->type != EXPR_NUM && out->type != EXPR_BOOL) {
        out->text[i] = b->text[i];
        return;
    }
    out->units[i] = b->units[i];
    if (out->type == EXPR_BOOL)
        return;
    if (out->wide)
        out->high[i] = b->high[i];
    if (out->ratio)
        out->den[i] = b->den[i];
    if (!out->alike)
        out->decimals[i] = b->decimals[i];
}

void column_merge(const struct chunk *c, struct expr_column *out, struct expr_column *b,
                  const uint8_t *choice)
{
    if (out->type == EXPR_NUM)
        unify(out, b, c->n);
    out->plain = true;
    for (size_t i = 0; i < c->n; i++) {
        if (choice[i] == CHOOSE_SECOND)
            take_row(out, b, i);
        else if (choice[i] != CHOOSE_FIRST)
            out->kind[i] = choice[i] == CHOOSE_EMPTY ? ROW_EMPTY : ROW_APART;
        out->plain = out->plain && out->kind[i] == ROW_VALUE;
    }
}
