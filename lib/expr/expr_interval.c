/* SPDX-License-Identifier: MIT
 * expr_interval: arithmetic over figures known only to half a unit in their last place. */
#include "lib/expr/expr_internal.h"

static bool is_number(const struct interval *v)
{
    return v->kind == VALUE_NUM;
}

static void swap_ends(struct interval *v)
{
    struct rat low = v->low;
    v->low = v->high;
    v->high = low;
}

static struct rat smaller(struct rat a, struct rat b)
{
    return rat_compare(a, b) <= 0 ? a : b;
}

static struct rat larger(struct rat a, struct rat b)
{
    return rat_compare(a, b) >= 0 ? a : b;
}

/* A known value as an interval of no width. */
static bool point(struct tolerant *t, const struct node *n, const struct value *v, struct interval *out)
{
    out->kind = v->kind;
    if (v->kind != VALUE_NUM)
        return true;
    if (!rat_make(v->num.num, v->num.den, &out->low))
        return run_overflow(&t->run, n);
    out->high = out->low;
    return true;
}

static bool of_stated(struct tolerant *t, const struct node *n, struct interval *out)
{
    struct value v;
    return eval_node(&t->run, n, &v) && point(t, n, &v, out);
}

static bool of_variable(struct tolerant *t, const struct node *n, struct interval *out)
{
    struct value v = {0};
    struct rat half = {0, 1};
    t->row->fetch(t->row->ctx, n->variable, &v, &half);
    if (!value_convert(&t->run, n->name, n->type, &v) || !point(t, n, &v, out))
        return false;
    if (!is_number(out) || half.num == 0)
        return true;
    return (rat_sub(out->low, half, &out->low) && rat_add(out->high, half, &out->high)) ||
           run_overflow(&t->run, n);
}

static bool multiply(const struct interval *a, const struct interval *b, struct interval *out)
{
    struct rat p[4];
    if (!rat_mul(a->low, b->low, &p[0]) || !rat_mul(a->low, b->high, &p[1]) ||
        !rat_mul(a->high, b->low, &p[2]) || !rat_mul(a->high, b->high, &p[3]))
        return false;
    out->low = smaller(smaller(p[0], p[1]), smaller(p[2], p[3]));
    out->high = larger(larger(p[0], p[1]), larger(p[2], p[3]));
    return true;
}

/* A divisor that is zero gives what cannot exist; one that may be zero leaves the quotient undecided. */
static bool divide(const struct interval *a, const struct interval *b, struct interval *out)
{
    int low = rat_sign(b->low), high = rat_sign(b->high);
    struct interval inverse = {.kind = VALUE_NUM};
    out->kind = low == 0 && high == 0 ? VALUE_NA : VALUE_EMPTY;
    if (low <= 0 && high >= 0)
        return true;
    out->kind = VALUE_NUM;
    return rat_div(rat_int(1), b->high, &inverse.low) && rat_div(rat_int(1), b->low, &inverse.high) &&
           multiply(a, &inverse, out);
}

static bool percentage(const struct interval *a, const struct interval *b, struct interval *out)
{
    if (rat_sign(b->high) <= 0) {
        out->kind = VALUE_NA;
        return true;
    }
    struct interval q;
    if (!divide(a, b, &q))
        return false;
    *out = q;
    struct rat hundred = rat_int(100);
    return q.kind != VALUE_NUM ||
           (rat_mul(q.low, hundred, &out->low) && rat_mul(q.high, hundred, &out->high));
}

static bool round_end(const struct node *n, struct rat *end)
{
    struct dec d;
    return rat_round(*end, n->digits, n->mode, &d) && rat_of_dec(d, end);
}

static bool combine(const struct node *n, const struct interval *a, const struct interval *b,
                    struct interval *out)
{
    out->kind = VALUE_NUM;
    switch (n->op) {
    case OP_ADD:
        return rat_add(a->low, b->low, &out->low) && rat_add(a->high, b->high, &out->high);
    case OP_SUBTRACT:
        return rat_sub(a->low, b->high, &out->low) && rat_sub(a->high, b->low, &out->high);
    case OP_MULTIPLY:
        return multiply(a, b, out);
    case OP_DIVIDE:
        return divide(a, b, out);
    case OP_MIN:
        out->low = smaller(a->low, b->low);
        out->high = smaller(a->high, b->high);
        return true;
    case OP_MAX:
        out->low = larger(a->low, b->low);
        out->high = larger(a->high, b->high);
        return true;
    default: /* pct */
        return percentage(a, b, out) && (!n->has_digits || out->kind != VALUE_NUM ||
                                         (round_end(n, &out->low) && round_end(n, &out->high)));
    }
}

/* Of the first two operands, or of all for min and max. */
static bool of_operands(struct tolerant *t, const struct node *n, struct interval *out)
{
    size_t count = n->op == OP_PCT ? 2 : n->nargs;
    if (!interval_of(t, n->args[0], out))
        return false;
    for (size_t i = 1; i < count; i++) {
        struct interval a = *out, b;
        if (!interval_of(t, n->args[i], &b))
            return false;
        if (!is_number(&a) || !is_number(&b))
            out->kind = a.kind == VALUE_NA || b.kind == VALUE_NA ? VALUE_NA : VALUE_EMPTY;
        else if (!combine(n, &a, &b, out))
            return run_overflow(&t->run, n);
    }
    return true;
}

static bool absolute(struct interval *v)
{
    struct rat low, high;
    if (rat_sign(v->low) >= 0)
        return true;
    if (!rat_neg(v->low, &high) || !rat_neg(v->high, &low))
        return false;
    *v = rat_sign(v->high) <= 0 ? (struct interval){VALUE_NUM, low, high}
                                : (struct interval){VALUE_NUM, rat_int(0), larger(v->high, high)};
    return true;
}

static bool change(const struct node *n, struct interval *v)
{
    switch (n->op) {
    case OP_NEGATE:
        swap_ends(v);
        return rat_neg(v->low, &v->low) && rat_neg(v->high, &v->high);
    case OP_ABS:
        return absolute(v);
    case OP_SIGN:
        v->low = rat_int(rat_sign(v->low));
        v->high = rat_int(rat_sign(v->high));
        return true;
    case OP_ROUND:
        return round_end(n, &v->low) && round_end(n, &v->high);
    default: /* chain, num */
        return true;
    }
}

static bool of_unary(struct tolerant *t, const struct node *n, struct interval *out)
{
    if (!interval_of(t, n->args[0], out))
        return false;
    return !is_number(out) || change(n, out) || run_overflow(&t->run, n);
}

/* Both branches together where the condition may hold and may not. */
static bool of_if(struct tolerant *t, const struct node *n, struct interval *out)
{
    enum verdict yes, no;
    struct interval other;
    out->kind = VALUE_EMPTY;
    if (!verdict_of(t, n->args[0], false, &yes, NULL) || !verdict_of(t, n->args[0], true, &no, NULL))
        return false;
    if (yes == VERDICT_UNDECIDED || no == VERDICT_UNDECIDED)
        return true;
    if (!interval_of(t, n->args[yes == VERDICT_PASS ? 1 : 2], out))
        return false;
    if (yes != VERDICT_PASS || no != VERDICT_PASS)
        return true;
    if (!interval_of(t, n->args[2], &other))
        return false;
    if (is_number(out) && is_number(&other)) {
        out->low = smaller(out->low, other.low);
        out->high = larger(out->high, other.high);
    } else {
        out->kind = VALUE_EMPTY;
    }
    return true;
}

static bool of_coalesce(struct tolerant *t, const struct node *n, struct interval *out)
{
    for (size_t i = 0; i < n->nargs; i++) {
        if (!interval_of(t, n->args[i], out))
            return false;
        if (is_number(out))
            return true;
    }
    return true;
}

bool interval_of(struct tolerant *t, const struct node *n, struct interval *out)
{
    switch (n->op) {
    case OP_VARIABLE:
        return of_variable(t, n, out);
    case OP_ADD:
    case OP_SUBTRACT:
    case OP_MULTIPLY:
    case OP_DIVIDE:
    case OP_PCT:
    case OP_MIN:
    case OP_MAX:
        return of_operands(t, n, out);
    case OP_NUM:
        return n->args[0]->type == EXPR_NUM ? of_unary(t, n, out) : of_stated(t, n, out);
    case OP_NEGATE:
    case OP_ABS:
    case OP_SIGN:
    case OP_ROUND:
    case OP_CHAIN:
        return of_unary(t, n, out);
    case OP_IF:
        return of_if(t, n, out);
    case OP_COALESCE:
        return of_coalesce(t, n, out);
    default:
        return of_stated(t, n, out);
    }
}
