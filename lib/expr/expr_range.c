/* SPDX-License-Identifier: MIT
 * expr_range: arithmetic over ranges whose ends may be open. */
#include "lib/expr/expr_range.h"

#include "lib/expr/expr_internal.h"

/* An end as a number of the extended line: infinite is -1, 0 (then at counts) or 1. */
struct point {
    int infinite;
    struct rat at;
};

static struct point low_of(const struct range *r)
{
    return (struct point){r->low.open ? -1 : 0, r->low.at};
}

static struct point high_of(const struct range *r)
{
    return (struct point){r->high.open ? 1 : 0, r->high.at};
}

static void set(struct range *r, struct point low, struct point high)
{
    r->kind = VALUE_NUM;
    r->low = (struct range_end){low.infinite != 0, low.at};
    r->high = (struct range_end){high.infinite != 0, high.at};
}

static int sign(struct point p)
{
    return p.infinite ? p.infinite : rat_sign(p.at);
}

static int compare(struct point a, struct point b)
{
    if (a.infinite || b.infinite)
        return (a.infinite > b.infinite) - (a.infinite < b.infinite);
    return rat_compare(a.at, b.at);
}

static struct point least(struct point a, struct point b)
{
    return compare(a, b) <= 0 ? a : b;
}

static struct point greatest(struct point a, struct point b)
{
    return compare(a, b) >= 0 ? a : b;
}

/* Never asked for the sum of both infinities: lows are added to lows, highs to highs. */
static bool add(struct point a, struct point b, struct point *out)
{
    *out = (struct point){a.infinite ? a.infinite : b.infinite, {0, 1}};
    return out->infinite || rat_add(a.at, b.at, &out->at);
}

/* Zero times an open end is zero: the values inside the range are all finite. */
static bool multiply(struct point a, struct point b, struct point *out)
{
    *out = (struct point){0, {0, 1}};
    if (sign(a) == 0 || sign(b) == 0)
        return true;
    if (a.infinite || b.infinite) {
        out->infinite = sign(a) * sign(b);
        return true;
    }
    return rat_mul(a.at, b.at, &out->at);
}

static bool negate(struct point *p)
{
    p->infinite = -p->infinite;
    return p->infinite || rat_neg(p->at, &p->at);
}

static bool invert(struct point *p)
{
    if (p->infinite) {
        *p = (struct point){0, {0, 1}};
        return true;
    }
    return rat_div(rat_int(1), p->at, &p->at);
}

struct range range_point(struct rat v)
{
    return (struct range){VALUE_NUM, {false, v}, {false, v}};
}

bool range_around(struct rat v, struct rat half, struct range *out)
{
    *out = range_point(v);
    return rat_sub(v, half, &out->low.at) && rat_add(v, half, &out->high.at);
}

bool range_negate(struct range *r)
{
    struct point low = high_of(r), high = low_of(r);
    if (r->kind != VALUE_NUM)
        return true;
    if (!negate(&low) || !negate(&high))
        return false;
    set(r, low, high);
    return true;
}

static bool round_end(struct range_end *e, unsigned digits, enum rounding mode)
{
    struct dec d;
    return e->open || (rat_round(e->at, digits, mode, &d) && rat_of_dec(d, &e->at));
}

bool range_round(struct range *r, unsigned digits)
{
    return r->kind != VALUE_NUM ||
           (round_end(&r->low, digits, ROUND_HALF_UP) && round_end(&r->high, digits, ROUND_HALF_UP));
}

bool range_meets(const struct range *a, const struct range *b)
{
    return compare(low_of(a), high_of(b)) <= 0 && compare(low_of(b), high_of(a)) <= 0;
}

static bool product(const struct range *a, const struct range *b, struct range *out)
{
    struct point al = low_of(a), ah = high_of(a), bl = low_of(b), bh = high_of(b), p[4];
    if (!multiply(al, bl, &p[0]) || !multiply(al, bh, &p[1]) || !multiply(ah, bl, &p[2]) ||
        !multiply(ah, bh, &p[3]))
        return false;
    set(out, least(least(p[0], p[1]), least(p[2], p[3])),
        greatest(greatest(p[0], p[1]), greatest(p[2], p[3])));
    return true;
}

static bool quotient(const struct range *a, const struct range *b, struct range *out)
{
    struct point low = low_of(b), high = high_of(b);
    if (sign(low) <= 0 && sign(high) >= 0) {
        out->kind = sign(low) == 0 && sign(high) == 0 ? VALUE_NA : VALUE_EMPTY;
        return true;
    }
    struct range inverse;
    if (!invert(&low) || !invert(&high))
        return false;
    set(&inverse, high, low);
    return product(a, &inverse, out);
}

static bool sum(const struct range *a, const struct range *b, struct range *out)
{
    struct point low, high;
    if (!add(low_of(a), low_of(b), &low) || !add(high_of(a), high_of(b), &high))
        return false;
    set(out, low, high);
    return true;
}

static bool percentage(const struct node *n, const struct range *a, const struct range *b, struct range *out)
{
    struct range hundred = range_point(rat_int(100)), q;
    if (sign(high_of(b)) <= 0) {
        out->kind = VALUE_NA;
        return true;
    }
    if (!quotient(a, b, &q))
        return false;
    *out = q;
    if (q.kind != VALUE_NUM)
        return true;
    return product(&q, &hundred, out) && (!n->has_digits || (round_end(&out->low, n->digits, n->mode) &&
                                                             round_end(&out->high, n->digits, n->mode)));
}

static bool combine(const struct node *n, const struct range *a, const struct range *b, struct range *out)
{
    struct range other = *b;
    switch (n->op) {
    case OP_ADD:
        return sum(a, b, out);
    case OP_SUBTRACT:
        return range_negate(&other) && sum(a, &other, out);
    case OP_MULTIPLY:
        return product(a, b, out);
    case OP_DIVIDE:
        return quotient(a, b, out);
    case OP_MIN:
        set(out, least(low_of(a), low_of(b)), least(high_of(a), high_of(b)));
        return true;
    case OP_MAX:
        set(out, greatest(low_of(a), low_of(b)), greatest(high_of(a), high_of(b)));
        return true;
    default:
        return percentage(n, a, b, out);
    }
}

static bool range_of(const struct node *n, const struct expr_range_row *row, struct range *out);

static bool of_operands(const struct node *n, const struct expr_range_row *row, struct range *out)
{
    size_t count = n->op == OP_PCT ? 2 : n->nargs;
    if (!range_of(n->args[0], row, out))
        return false;
    for (size_t i = 1; i < count; i++) {
        struct range a = *out, b;
        if (!range_of(n->args[i], row, &b))
            return false;
        if (a.kind != VALUE_NUM || b.kind != VALUE_NUM)
            out->kind = a.kind == VALUE_NA || b.kind == VALUE_NA ? VALUE_NA : VALUE_EMPTY;
        else if (!combine(n, &a, &b, out))
            return false;
    }
    return true;
}

static bool of_absolute(struct range *r)
{
    struct range other = *r;
    struct point zero = {0, {0, 1}};
    if (sign(low_of(r)) >= 0)
        return true;
    if (!range_negate(&other))
        return false;
    set(r, sign(high_of(r)) <= 0 ? low_of(&other) : zero, greatest(high_of(r), high_of(&other)));
    return true;
}

static bool of_one(const struct node *n, const struct expr_range_row *row, struct range *out)
{
    if (!range_of(n->args[0], row, out))
        return false;
    if (out->kind != VALUE_NUM || n->op == OP_CHAIN)
        return true;
    if (n->op == OP_NEGATE)
        return range_negate(out);
    if (n->op == OP_ABS)
        return of_absolute(out);
    return round_end(&out->low, n->digits, n->mode) && round_end(&out->high, n->digits, n->mode);
}

static bool range_of(const struct node *n, const struct expr_range_row *row, struct range *out)
{
    switch (n->op) {
    case OP_CONSTANT:
        *out = range_point(n->constant.num);
        out->kind = n->constant.kind;
        return true;
    case OP_VARIABLE:
        row->fetch(row->ctx, n->variable, out);
        return true;
    case OP_NEGATE:
    case OP_ABS:
    case OP_ROUND:
    case OP_CHAIN:
        return of_one(n, row, out);
    default:
        return of_operands(n, row, out);
    }
}

static bool has_range(const struct node *n)
{
    size_t count = n->op == OP_ROUND ? 1 : n->op == OP_PCT ? 2 : n->nargs;
    switch (n->op) {
    case OP_CONSTANT:
    case OP_VARIABLE:
        return n->type == EXPR_NUM;
    case OP_NEGATE:
    case OP_ADD:
    case OP_SUBTRACT:
    case OP_MULTIPLY:
    case OP_DIVIDE:
    case OP_PCT:
    case OP_ROUND:
    case OP_CHAIN:
    case OP_ABS:
    case OP_MIN:
    case OP_MAX:
        break;
    default:
        return false;
    }
    for (size_t i = 0; i < count; i++)
        if (!has_range(n->args[i]))
            return false;
    return true;
}

bool expr_has_range(const struct expr *e)
{
    return has_range(e->root);
}

bool expr_range(const struct expr *e, const struct expr_range_row *row, struct range *out)
{
    return range_of(e->root, row, out);
}
