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
    bool open = v->low_open;
    v->low = v->high;
    v->high = low;
    v->low_open = v->high_open;
    v->high_open = open;
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
    *out = (struct interval){.kind = v->kind};
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

/* What is below [x, x + 2h): the figure without the digits that were cut off. */
static bool cut_off(struct interval *v, struct rat half)
{
    struct rat unit;
    if (!rat_mul(half, rat_int(2), &unit))
        return false;
    if (rat_sign(v->low) < 0) {
        v->low_open = true;
        return rat_sub(v->low, unit, &v->low);
    }
    v->high_open = true;
    return rat_add(v->high, unit, &v->high);
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
    if (t->row->truncated)
        return cut_off(out, half) || run_overflow(&t->run, n);
    return (rat_sub(out->low, half, &out->low) && rat_add(out->high, half, &out->high)) ||
           run_overflow(&t->run, n);
}

struct end {
    struct rat at;
    bool open;
};

/* An end that is not reached makes a product that is not, unless the other factor is a zero that is. */
static bool product(struct rat a, bool a_open, struct rat b, bool b_open, struct end *out)
{
    bool zero = (a.num == 0 && !a_open) || (b.num == 0 && !b_open);
    out->open = (a_open || b_open) && !zero;
    return rat_mul(a, b, &out->at);
}

/* The farther of two ends in a direction; of two alike the one that is reached. */
static struct end farther(struct end a, struct end b, int direction)
{
    int c = rat_compare(a.at, b.at) * direction;
    return c != 0 ? (c > 0 ? a : b) : (struct end){a.at, a.open && b.open};
}

static bool multiply(const struct interval *a, const struct interval *b, struct interval *out)
{
    struct end p[4];
    if (!product(a->low, a->low_open, b->low, b->low_open, &p[0]) ||
        !product(a->low, a->low_open, b->high, b->high_open, &p[1]) ||
        !product(a->high, a->high_open, b->low, b->low_open, &p[2]) ||
        !product(a->high, a->high_open, b->high, b->high_open, &p[3]))
        return false;
    struct end low = farther(farther(p[0], p[1], -1), farther(p[2], p[3], -1), -1);
    struct end high = farther(farther(p[0], p[1], 1), farther(p[2], p[3], 1), 1);
    *out = (struct interval){VALUE_NUM, low.at, high.at, low.open, high.open};
    return true;
}

/* A divisor that is zero gives what cannot exist; one that may be zero leaves the quotient undecided. */
static bool divide(const struct interval *a, const struct interval *b, struct interval *out)
{
    int low = rat_sign(b->low), high = rat_sign(b->high);
    struct interval inverse = {.kind = VALUE_NUM, .low_open = b->high_open, .high_open = b->low_open};
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

/* The near end of both is reached when either is, the far one only when both are. */
static void least_of(const struct interval *a, const struct interval *b, struct interval *out)
{
    struct end low = farther((struct end){a->low, a->low_open}, (struct end){b->low, b->low_open}, -1);
    int c = rat_compare(a->high, b->high);
    out->low = low.at;
    out->low_open = low.open;
    out->high = smaller(a->high, b->high);
    out->high_open = c < 0 ? a->high_open : c > 0 ? b->high_open : a->high_open || b->high_open;
}

static void greatest_of(const struct interval *a, const struct interval *b, struct interval *out)
{
    struct end high = farther((struct end){a->high, a->high_open}, (struct end){b->high, b->high_open}, 1);
    int c = rat_compare(a->low, b->low);
    out->high = high.at;
    out->high_open = high.open;
    out->low = larger(a->low, b->low);
    out->low_open = c > 0 ? a->low_open : c < 0 ? b->low_open : a->low_open || b->low_open;
}

static bool round_end(const struct node *n, struct rat *end)
{
    struct dec d;
    return rat_round(*end, n->digits, n->mode, &d) && rat_of_dec(d, end);
}

/* The ends of what is rounded are taken to be reached: never a failure too many. */
static bool change_to_rounded(const struct node *n, struct interval *v)
{
    v->low_open = v->high_open = false;
    return round_end(n, &v->low) && round_end(n, &v->high);
}

static bool combine(const struct node *n, const struct interval *a, const struct interval *b,
                    struct interval *out)
{
    *out = (struct interval){.kind = VALUE_NUM};
    switch (n->op) {
    case OP_ADD:
        out->low_open = a->low_open || b->low_open;
        out->high_open = a->high_open || b->high_open;
        return rat_add(a->low, b->low, &out->low) && rat_add(a->high, b->high, &out->high);
    case OP_SUBTRACT:
        out->low_open = a->low_open || b->high_open;
        out->high_open = a->high_open || b->low_open;
        return rat_sub(a->low, b->high, &out->low) && rat_sub(a->high, b->low, &out->high);
    case OP_MULTIPLY:
        return multiply(a, b, out);
    case OP_DIVIDE:
        return divide(a, b, out);
    case OP_MIN:
        least_of(a, b, out);
        return true;
    case OP_MAX:
        greatest_of(a, b, out);
        return true;
    default: /* pct */
        return percentage(a, b, out) &&
               (!n->has_digits || out->kind != VALUE_NUM || change_to_rounded(n, out));
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
    if (rat_sign(v->high) <= 0) {
        *v = (struct interval){VALUE_NUM, low, high, v->high_open, v->low_open};
        return true;
    }
    struct end far = farther((struct end){v->high, v->high_open}, (struct end){high, v->low_open}, 1);
    *v = (struct interval){VALUE_NUM, rat_int(0), far.at, false, far.open};
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
        v->low_open = v->high_open = false;
        return true;
    case OP_ROUND:
        return change_to_rounded(n, v);
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
        struct end low =
            farther((struct end){out->low, out->low_open}, (struct end){other.low, other.low_open}, -1);
        struct end high =
            farther((struct end){out->high, out->high_open}, (struct end){other.high, other.high_open}, 1);
        *out = (struct interval){VALUE_NUM, low.at, high.at, low.open, high.open};
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
