/* SPDX-License-Identifier: MIT
 * expr_eval: the value of an expression for a row: a walk over the tree. */
#include <stdarg.h>
#include <stdio.h>

#include "lib/expr/expr_internal.h"

bool run_failed(struct run *r, const char *column, const char *fmt, ...)
{
    char reason[512];
    va_list list;
    va_start(list, fmt);
    vsnprintf(reason, sizeof reason, fmt, list);
    va_end(list);
    diag_set(r->d, ST_INPUT, NULL, 0, column, "%s", reason);
    return false;
}

bool run_overflow(struct run *r, const struct node *n)
{
    return run_failed(r, "", "overflow: the exact value of %s does not fit 128 bits",
                      diag_quote(n->source).s);
}

bool run_lowest(struct run *r, const struct node *n, struct value *v)
{
    return v->kind != VALUE_NUM || rat_make(v->num.num, v->num.den, &v->num) || run_overflow(r, n);
}

static bool is_missing(const struct value *v)
{
    return v->kind == VALUE_EMPTY || v->kind == VALUE_NA;
}

static void set_missing(struct value *v, bool na)
{
    v->kind = na ? VALUE_NA : VALUE_EMPTY;
}

static void set_bool(struct value *v, bool truth)
{
    v->kind = VALUE_BOOL;
    v->truth = truth;
}

/* A ratio that has no value. why says what its divisor is. */
static bool eval_undefined(struct run *r, const struct node *n, const char *why, struct value *v)
{
    set_missing(v, true);
    r->e->undefined_count += r->e->undefined == UNDEFINED_COUNT;
    return r->e->undefined != UNDEFINED_ERROR ||
           run_failed(r, "", "undefined: %s in %s", why, diag_quote(n->source).s);
}

static bool eval_variable(struct run *r, const struct node *n, struct value *v)
{
    v->decimals = 0;
    r->row->fetch(r->row->ctx, n->variable, v);
    return value_convert(r, n->name, n->type, v);
}

static bool apply(enum op op, struct value *a, const struct value *b)
{
    switch (op) {
    case OP_ADD:
        a->decimals = a->decimals > b->decimals ? a->decimals : b->decimals;
        return loose_add(a->num, b->num, &a->num);
    case OP_SUBTRACT:
        a->decimals = a->decimals > b->decimals ? a->decimals : b->decimals;
        return loose_subtract(a->num, b->num, &a->num);
    case OP_MULTIPLY:
        a->decimals += b->decimals;
        return loose_multiply(a->num, b->num, &a->num);
    default:
        a->decimals = 0;
        return loose_divide(a->num, b->num, &a->num);
    }
}

static bool eval_arithmetic(struct run *r, const struct node *n, struct value *v)
{
    struct value b;
    if (!eval_node(r, n->args[0], v) || !eval_node(r, n->args[1], &b))
        return false;
    if (is_missing(v) || is_missing(&b))
        set_missing(v, v->kind == VALUE_NA || b.kind == VALUE_NA);
    else if (n->op == OP_DIVIDE && b.num.num == 0)
        return eval_undefined(r, n, "division by zero", v);
    else if (!apply(n->op, v, &b))
        return run_overflow(r, n);
    return true;
}

static int compare(const struct value *a, const struct value *b)
{
    if (a->kind == VALUE_NUM)
        return rat_compare(a->num, b->num);
    if (a->kind == VALUE_TEXT)
        return text_compare(a->text, b->text);
    return (int)a->truth - (int)b->truth;
}

static bool eval_comparison(struct run *r, const struct node *n, struct value *v)
{
    struct value b;
    if (!eval_node(r, n->args[0], v) || !eval_node(r, n->args[1], &b))
        return false;
    if (is_missing(v) || is_missing(&b))
        set_missing(v, false);
    else
        set_bool(v, op_holds(n->op, compare(v, &b)));
    return true;
}

/* Kleene: the deciding value decides whatever the other side is. */
static bool eval_junction(struct run *r, const struct node *n, struct value *v)
{
    bool deciding = n->op == OP_OR;
    struct value b;
    if (!eval_node(r, n->args[0], v))
        return false;
    if (v->kind == VALUE_BOOL && v->truth == deciding)
        return true;
    if (!eval_node(r, n->args[1], &b))
        return false;
    if (b.kind == VALUE_BOOL && (b.truth == deciding || v->kind == VALUE_BOOL))
        set_bool(v, b.truth);
    else
        set_missing(v, false);
    return true;
}

static bool eval_in(struct run *r, const struct node *n, struct value *v)
{
    struct value left, item;
    bool undecided = false;
    if (!eval_node(r, n->args[0], &left))
        return false;
    set_missing(v, false);
    if (is_missing(&left))
        return true;
    for (size_t i = 1; i < n->nargs; i++) {
        if (!eval_node(r, n->args[i], &item))
            return false;
        undecided = undecided || is_missing(&item);
        if (!is_missing(&item) && compare(&left, &item) == 0) {
            set_bool(v, true);
            return true;
        }
    }
    if (!undecided)
        set_bool(v, false);
    return true;
}

static bool eval_between(struct run *r, const struct node *n, struct value *v)
{
    struct value x, low, high;
    if (!eval_node(r, n->args[0], &x) || !eval_node(r, n->args[1], &low) || !eval_node(r, n->args[2], &high))
        return false;
    set_missing(v, false);
    if (is_missing(&x))
        return true;
    bool below = !is_missing(&low) && compare(&x, &low) < 0,
         above = !is_missing(&high) && compare(&x, &high) > 0;
    if (below || above || (!is_missing(&low) && !is_missing(&high)))
        set_bool(v, !below && !above);
    return true;
}

static bool round_value(struct run *r, const struct node *n, struct value *v)
{
    struct dec d;
    if (!rat_round(v->num, n->digits, n->mode, &d))
        return run_overflow(r, n);
    v->num = (struct rat){d.units, dec_pow10(d.scale)};
    v->decimals = d.scale;
    return true;
}

/* A ratio on a base that is not positive cannot exist. */
static bool eval_pct(struct run *r, const struct node *n, struct value *v)
{
    struct value b;
    if (!eval_node(r, n->args[0], v) || !eval_node(r, n->args[1], &b))
        return false;
    if (is_missing(v) || is_missing(&b)) {
        set_missing(v, v->kind == VALUE_NA || b.kind == VALUE_NA);
        return true;
    }
    if (b.num.num <= 0)
        return eval_undefined(r, n, "a base that is not positive", v);
    v->decimals = 0;
    if (!loose_divide(v->num, b.num, &v->num) || !loose_multiply(v->num, (struct rat){100, 1}, &v->num))
        return run_overflow(r, n);
    return !n->has_digits || round_value(r, n, v);
}

static bool eval_extreme(struct run *r, const struct node *n, struct value *v)
{
    struct value other;
    int wanted = n->op == OP_MAX ? 1 : -1;
    bool missing = false, na = false;
    for (size_t i = 0; i < n->nargs; i++) {
        if (!eval_node(r, n->args[i], &other))
            return false;
        missing = missing || is_missing(&other);
        na = na || other.kind == VALUE_NA;
        if (!missing && (i == 0 || rat_compare(other.num, v->num) == wanted))
            *v = other;
    }
    if (missing)
        set_missing(v, na);
    return true;
}

static bool eval_call(struct run *r, const struct node *n, struct value *v)
{
    struct value args[CALL_MAX_ARGS];
    bool missing = false, na = false;
    for (size_t i = 0; i < n->nargs; i++) {
        if (!eval_node(r, n->args[i], &args[i]))
            return false;
        missing = missing || is_missing(&args[i]);
        na = na || args[i].kind == VALUE_NA;
    }
    if (!missing)
        return n->function->call(r, n, args, v);
    set_missing(v, na && n->type != EXPR_BOOL);
    return true;
}

static bool eval_if(struct run *r, const struct node *n, struct value *v)
{
    if (!eval_node(r, n->args[0], v))
        return false;
    if (v->kind == VALUE_BOOL)
        return eval_node(r, n->args[v->truth ? 1 : 2], v);
    set_missing(v, false);
    return true;
}

static bool eval_coalesce(struct run *r, const struct node *n, struct value *v)
{
    for (size_t i = 0; i < n->nargs; i++) {
        if (!eval_node(r, n->args[i], v))
            return false;
        if (!is_missing(v))
            return true;
    }
    return true;
}

static bool to_number(struct run *r, const struct node *n, struct value *v)
{
    if (v->kind == VALUE_BOOL) {
        *v = value_int(v->truth);
    } else if (v->kind == VALUE_TEXT) {
        v->kind = VALUE_RAW;
        return value_convert(r, n->args[0]->name, EXPR_NUM, v);
    }
    return true;
}

static bool to_text(struct run *r, const struct node *n, struct value *v)
{
    if (v->kind == VALUE_TEXT || is_missing(v))
        return true;
    struct buf b = {0};
    bool good = rat_make(v->num.num, v->kind == VALUE_NUM ? v->num.den : 1, &v->num) && value_print(&b, v);
    if (good) {
        char *p = text_room(r->e, b.n);
        memcpy(p, b.p, b.n);
        *v = value_text((struct slice){p, b.n});
    }
    buf_free(&b);
    return good || run_overflow(r, n);
}

static bool eval_unary(struct run *r, const struct node *n, struct value *v)
{
    if (!eval_node(r, n->args[0], v))
        return false;
    switch (n->op) {
    case OP_IS_MISSING:
        set_bool(v, is_missing(v));
        return true;
    case OP_IS_NA:
        set_bool(v, v->kind == VALUE_NA);
        return true;
    case OP_NUM:
        return to_number(r, n, v);
    case OP_TEXT:
        return to_text(r, n, v);
    case OP_NOT:
        v->truth = v->kind == VALUE_BOOL && !v->truth;
        return true;
    default:
        break;
    }
    if (is_missing(v))
        return true;
    switch (n->op) {
    case OP_NEGATE:
        return rat_neg(v->num, &v->num) || run_overflow(r, n);
    case OP_ABS:
        return v->num.num >= 0 || rat_neg(v->num, &v->num) || run_overflow(r, n);
    case OP_SIGN:
        *v = value_int(rat_sign(v->num));
        return true;
    case OP_ROUND:
        return round_value(r, n, v);
    default: /* chain */
        return true;
    }
}

bool eval_node(struct run *r, const struct node *n, struct value *v)
{
    switch (n->op) {
    case OP_CONSTANT:
        *v = n->constant;
        return true;
    case OP_VARIABLE:
        return eval_variable(r, n, v);
    case OP_ADD:
    case OP_SUBTRACT:
    case OP_MULTIPLY:
    case OP_DIVIDE:
        return eval_arithmetic(r, n, v);
    case OP_EQ:
    case OP_NE:
    case OP_LT:
    case OP_GE:
    case OP_LE:
    case OP_GT:
        return eval_comparison(r, n, v);
    case OP_AND:
    case OP_OR:
        return eval_junction(r, n, v);
    case OP_IN:
        return eval_in(r, n, v);
    case OP_BETWEEN:
        return eval_between(r, n, v);
    case OP_IF:
        return eval_if(r, n, v);
    case OP_COALESCE:
        return eval_coalesce(r, n, v);
    case OP_PCT:
        return eval_pct(r, n, v);
    case OP_MIN:
    case OP_MAX:
        return eval_extreme(r, n, v);
    case OP_CALL:
        return eval_call(r, n, v);
    default:
        return eval_unary(r, n, v);
    }
}
