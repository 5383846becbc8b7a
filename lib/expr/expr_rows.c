/* SPDX-License-Identifier: MIT
 * expr_rows: the walk over the tree for a chunk of rows, and the careful walk for the rows that need it. */
#include "lib/expr/expr_rows.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/expr/expr_rows_internal.h"

/* An operand's own column: those of one depth are used by turns, so a long sum needs one. */
static struct expr_column *slot(const struct chunk *c, size_t depth)
{
    struct expr *e = c->e;
    while (e->slots <= depth) {
        e->slot = mem_grow(e->slot, e->slots, &e->slots_cap, sizeof *e->slot);
        e->slot[e->slots++] = expr_column_new();
    }
    return e->slot[depth];
}

/* --- one row --- */

struct one_row {
    const struct expr_rows *rows;
    size_t i;
};

static void fetch(void *ctx, int variable, struct value *v)
{
    const struct one_row *one = ctx;
    const struct expr_rows *r = one->rows;
    if (r->column) {
        r->fetch(r->ctx, one->i, variable, v);
        return;
    }
    v->kind = VALUE_RAW;
    v->text = batch_field(r->batch, r->row[one->i], (size_t)variable);
}

static bool row_of(const struct chunk *c, const struct node *n, size_t i, struct value *v, struct diag *d)
{
    struct one_row one = {c->rows, i};
    struct expr_row row = {&one, fetch};
    struct run r = {c->e, &row, d};
    return eval_node(&r, n, v) && (n != c->e->root || run_lowest(&r, n, v));
}

/* --- operands --- */

static void of_constant(const struct chunk *c, const struct node *n, struct expr_column *out)
{
    const struct value *v = &n->constant;
    bool missing = v->kind == VALUE_EMPTY || v->kind == VALUE_NA;
    column_begin(out, n->type, c->n);
    if (missing) {
        memset(out->kind, v->kind == VALUE_NA && n->type != EXPR_BOOL ? ROW_NA : ROW_EMPTY, c->n);
        out->plain = false;
    }
    if (n->type != EXPR_NUM && n->type != EXPR_BOOL) {
        for (size_t i = 0; i < c->n; i++)
            out->text[i] = missing ? (struct slice){"", 0} : v->text;
        return;
    }
    struct value number = missing || n->type == EXPR_BOOL ? value_int(!missing && v->truth) : *v;
    i128 power = dec_pow10(number.decimals), units = number.num.num * (power / number.num.den);
    out->scale = (int)number.decimals;
    out->decimals[0] = (uint8_t)number.decimals;
    if (units > INT64_MAX || units < -INT64_MAX)
        column_widen(out, 0);
    for (size_t i = 0; i < c->n && out->wide; i++)
        column_put(out, i, units);
    for (size_t i = 0; i < c->n && !out->wide; i++)
        out->units[i] = (int64_t)units;
}

static bool set_apart(const struct chunk *c, struct expr_column *out, const struct node *n)
{
    column_all_apart(out, n->type, c->n);
    return true;
}

static void of_variable(const struct chunk *c, const struct node *n, struct expr_column *out)
{
    int input = n->variable;
    const struct expr_rows *r = c->rows;
    const struct expr_column *known = r->column ? r->column(r->ctx, n->variable, &input) : NULL;
    if (known && known->type == n->type)
        column_copy(out, known, c->n);
    else if (known || input < 0)
        set_apart(c, out, n);
    else
        column_decode(c, (size_t)input, n->type, out);
}

/* A function of texts or dates, row by row; where ratios without a value are counted none may be met twice.
 */
static void of_call(const struct chunk *c, const struct node *n, struct expr_column *out)
{
    column_all_apart(out, n->type, c->n);
    if (c->e->undefined != UNDEFINED_NA)
        return;
    for (size_t i = 0; i < c->n; i++) {
        struct value v;
        if (row_of(c, n, i, &v, NULL))
            column_set(out, i, &v);
    }
}

/* --- operations --- */

static void column_of(const struct chunk *c, const struct node *n, struct expr_column *out, size_t depth);

static void of_arithmetic(const struct chunk *c, const struct node *n, struct expr_column *out, size_t depth)
{
    column_of(c, n->args[0], out, depth);
    if (n->op == OP_DIVIDE && n->has_factor) {
        column_multiply_by(c, out, n->factor);
        return;
    }
    struct expr_column *b = slot(c, depth);
    column_of(c, n->args[1], b, depth + 1);
    if (n->op == OP_MULTIPLY)
        column_multiply(c, out, b);
    else if (n->op == OP_DIVIDE || n->op == OP_PCT)
        column_divide(c, out, b, n->op == OP_PCT);
    else
        column_add(c, out, b, n->op == OP_SUBTRACT);
    if (n->has_digits)
        column_round(c, out, n->digits, n->mode);
}

static void of_comparison(const struct chunk *c, const struct node *n, struct expr_column *out, size_t depth)
{
    struct expr_column *a = slot(c, depth), *b = slot(c, depth + 1);
    column_of(c, n->args[0], a, depth + 1);
    column_of(c, n->args[1], b, depth + 2);
    column_compare(c, n->op, a, b, out);
}

static void of_junction(const struct chunk *c, const struct node *n, struct expr_column *out, size_t depth)
{
    struct expr_column *b = slot(c, depth);
    column_of(c, n->args[0], out, depth);
    column_of(c, n->args[1], b, depth + 1);
    column_junction(c, n->op, out, b);
}

/* left == a or left == b or ... */
static void of_list(const struct chunk *c, const struct node *n, struct expr_column *out, size_t depth)
{
    struct expr_column *left = slot(c, depth), *item = slot(c, depth + 1), *equal = slot(c, depth + 2);
    column_of(c, n->args[0], left, depth + 1);
    for (size_t k = 1; k < n->nargs; k++) {
        column_of(c, n->args[k], item, depth + 3);
        column_compare(c, OP_EQ, left, item, k == 1 ? out : equal);
        if (k > 1)
            column_junction(c, OP_OR, out, equal);
    }
}

/* x >= low and x <= high, where what is not sure of one operand is not sure of the whole. */
static void of_between(const struct chunk *c, const struct node *n, struct expr_column *out, size_t depth)
{
    struct expr_column *x = slot(c, depth), *end = slot(c, depth + 1), *below = slot(c, depth + 2);
    column_of(c, n->args[0], x, depth + 1);
    column_of(c, n->args[1], end, depth + 2);
    column_compare(c, OP_GE, x, end, out);
    column_of(c, n->args[2], end, depth + 2);
    column_compare(c, OP_LE, x, end, below);
    bool plain = below->plain;
    column_junction(c, OP_AND, out, below);
    for (size_t i = 0; i < c->n && !plain; i++)
        if (below->kind[i] == ROW_APART)
            column_mark(out, i);
}

static void of_extreme(const struct chunk *c, const struct node *n, struct expr_column *out, size_t depth)
{
    struct expr_column *b = slot(c, depth), *order = slot(c, depth + 1);
    uint8_t choice[EXPR_ROWS];
    column_of(c, n->args[0], out, depth);
    for (size_t k = 1; k < n->nargs; k++) {
        column_of(c, n->args[k], b, depth + 2);
        column_compare(c, n->op == OP_MAX ? OP_GT : OP_LT, b, out, order);
        for (size_t i = 0; i < c->n; i++) {
            bool missing = out->kind[i] != ROW_VALUE || b->kind[i] != ROW_VALUE;
            bool second = missing ? b->kind[i] > out->kind[i] : order->units[i];
            choice[i] = order->kind[i] == ROW_APART ? CHOOSE_APART : second ? CHOOSE_SECOND : CHOOSE_FIRST;
        }
        column_merge(c, out, b, choice);
    }
}

static void of_if(const struct chunk *c, const struct node *n, struct expr_column *out, size_t depth)
{
    struct expr_column *condition = slot(c, depth), *b = slot(c, depth + 1);
    uint8_t choice[EXPR_ROWS];
    column_of(c, n->args[0], condition, depth + 1);
    for (size_t i = 0; i < c->n; i++) {
        uint8_t kind = condition->kind[i];
        choice[i] = kind == ROW_APART     ? CHOOSE_APART
                    : kind != ROW_VALUE   ? CHOOSE_EMPTY
                    : condition->units[i] ? CHOOSE_FIRST
                                          : CHOOSE_SECOND;
    }
    column_of(c, n->args[1], out, depth + 1);
    column_of(c, n->args[2], b, depth + 2);
    column_merge(c, out, b, choice);
}

static void of_coalesce(const struct chunk *c, const struct node *n, struct expr_column *out, size_t depth)
{
    struct expr_column *b = slot(c, depth);
    uint8_t choice[EXPR_ROWS];
    column_of(c, n->args[0], out, depth);
    for (size_t k = 1; k < n->nargs; k++) {
        column_of(c, n->args[k], b, depth + 1);
        for (size_t i = 0; i < c->n; i++)
            choice[i] = out->kind[i] == ROW_EMPTY || out->kind[i] == ROW_NA ? CHOOSE_SECOND : CHOOSE_FIRST;
        column_merge(c, out, b, choice);
    }
}

static void of_unary(const struct chunk *c, const struct node *n, struct expr_column *out, size_t depth)
{
    column_of(c, n->args[0], out, depth);
    switch (n->op) {
    case OP_NEGATE:
    case OP_ABS:
        column_negate(c, out, n->op == OP_ABS);
        return;
    case OP_SIGN:
        column_sign(c, out);
        return;
    case OP_ROUND:
        column_round(c, out, n->digits, n->mode);
        return;
    case OP_NOT:
        column_not(c, out);
        return;
    case OP_IS_MISSING:
    case OP_IS_NA:
        column_is_missing(c, out, n->op == OP_IS_NA);
        return;
    default: /* chain, num of a number, text of a text: the operand itself */
        if (out->type != n->type)
            set_apart(c, out, n);
    }
}

static void column_of(const struct chunk *c, const struct node *n, struct expr_column *out, size_t depth)
{
    switch (n->op) {
    case OP_CONSTANT:
        of_constant(c, n, out);
        return;
    case OP_VARIABLE:
        of_variable(c, n, out);
        return;
    case OP_ADD:
    case OP_SUBTRACT:
    case OP_MULTIPLY:
    case OP_DIVIDE:
    case OP_PCT:
        of_arithmetic(c, n, out, depth);
        return;
    case OP_EQ:
    case OP_NE:
    case OP_LT:
    case OP_GE:
    case OP_LE:
    case OP_GT:
        of_comparison(c, n, out, depth);
        return;
    case OP_AND:
    case OP_OR:
        of_junction(c, n, out, depth);
        return;
    case OP_IN:
        of_list(c, n, out, depth);
        return;
    case OP_BETWEEN:
        of_between(c, n, out, depth);
        return;
    case OP_IF:
        of_if(c, n, out, depth);
        return;
    case OP_COALESCE:
        of_coalesce(c, n, out, depth);
        return;
    case OP_MIN:
    case OP_MAX:
        of_extreme(c, n, out, depth);
        return;
    case OP_CALL:
        of_call(c, n, out);
        return;
    default:
        of_unary(c, n, out, depth);
    }
}

enum status expr_eval_rows(struct expr *e, const struct expr_rows *rows, struct expr_column *out, size_t *bad,
                           struct diag *d)
{
    struct chunk c = {e, rows, rows->n};
    text_reset(e);
    column_of(&c, e->root, out, 0);
    for (size_t i = 0; i < c.n && !out->plain; i++) {
        struct value v;
        if (out->kind[i] != ROW_APART)
            continue;
        *bad = i;
        if (!row_of(&c, e->root, i, &v, d))
            return ST_INPUT;
        column_set(out, i, &v);
    }
    return ST_OK;
}
