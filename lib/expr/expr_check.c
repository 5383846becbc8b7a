/* SPDX-License-Identifier: MIT
 * expr_check: the outcome of a rule: a comparison fails only when no values inside the intervals satisfy it.
 */
#include "lib/expr/expr_internal.h"

/* Negation is pushed down to the comparisons: `not (a == b)` asks whether a and b can differ, which is not
 * the contrary of whether they can be equal. */

static enum verdict exactly(const struct value *v, bool negate)
{
    if (v->kind != VALUE_BOOL)
        return VERDICT_UNDECIDED;
    return v->truth != negate ? VERDICT_PASS : VERDICT_FAIL;
}

/* Whether some a in l and some b in r satisfy a op b, with l widened by extra. */
static bool can_hold(struct tolerant *t, enum op op, const struct interval *l, const struct interval *r,
                     bool *can)
{
    struct rat low, high;
    if (!rat_sub(l->low, t->extra, &low) || !rat_add(l->high, t->extra, &high))
        return false;
    /* An end that is not reached is passed by however little. */
    int lowest = rat_compare(low, r->high), highest = rat_compare(high, r->low);
    if (lowest == 0 && (l->low_open || r->high_open))
        lowest = 1;
    if (highest == 0 && (l->high_open || r->low_open))
        highest = -1;
    switch (op) {
    case OP_EQ:
        *can = lowest <= 0 && highest >= 0;
        return true;
    case OP_NE:
        *can = rat_compare(low, high) != 0 || rat_compare(r->low, r->high) != 0 || lowest != 0;
        return true;
    case OP_LT:
        *can = lowest < 0;
        return true;
    case OP_LE:
        *can = lowest <= 0;
        return true;
    case OP_GT:
        *can = highest > 0;
        return true;
    default:
        *can = highest >= 0;
        return true;
    }
}

static bool stated(struct tolerant *t, const struct node *n, bool negate, enum verdict *out)
{
    struct value v;
    if (!eval_node(&t->run, n, &v))
        return false;
    *out = exactly(&v, negate);
    return true;
}

static bool compare_numbers(struct tolerant *t, enum op op, const struct node *left, const struct node *right,
                            enum verdict *out)
{
    struct interval l, r;
    bool can;
    if (!interval_of(t, left, &l) || !interval_of(t, right, &r))
        return false;
    *out = VERDICT_UNDECIDED;
    if (l.kind != VALUE_NUM || r.kind != VALUE_NUM)
        return true;
    if (!can_hold(t, op, &l, &r, &can))
        return run_overflow(&t->run, left);
    *out = can ? VERDICT_PASS : VERDICT_FAIL;
    return true;
}

static void remember(struct failing *where, enum verdict v, enum op op, const struct node *left,
                     const struct node *right)
{
    if (where && v == VERDICT_FAIL)
        *where = (struct failing){left, right, op};
}

static bool of_comparison(struct tolerant *t, const struct node *n, bool negate, enum verdict *out,
                          struct failing *where)
{
    enum op op = negate ? op_negated(n->op) : n->op;
    bool good = n->args[0]->type == EXPR_NUM ? compare_numbers(t, op, n->args[0], n->args[1], out)
                                             : stated(t, n, negate, out);
    remember(where, *out, op, n->args[0], n->args[1]);
    return good;
}

/* all: every part must hold; otherwise one is enough. */
struct gathered {
    bool all, failed, passed, undecided;
};

static void gather(struct gathered *g, enum verdict v)
{
    g->failed = g->failed || v == VERDICT_FAIL;
    g->passed = g->passed || v == VERDICT_PASS;
    g->undecided = g->undecided || v == VERDICT_UNDECIDED;
}

static enum verdict gathered(const struct gathered *g)
{
    if (g->all ? g->failed : g->passed)
        return g->all ? VERDICT_FAIL : VERDICT_PASS;
    if (g->undecided)
        return VERDICT_UNDECIDED;
    return g->all ? VERDICT_PASS : VERDICT_FAIL;
}

static bool of_junction(struct tolerant *t, const struct node *n, bool negate, enum verdict *out,
                        struct failing *where)
{
    struct gathered g = {.all = (n->op == OP_AND) != negate};
    for (size_t i = 0; i < n->nargs; i++) {
        enum verdict v;
        struct failing here = {NULL, NULL, OP_IN};
        if (!verdict_of(t, n->args[i], negate, &v, &here))
            return false;
        gather(&g, v);
        if (g.all && where && v == VERDICT_FAIL)
            *where = here;
        if (g.all ? g.failed : g.passed)
            break;
    }
    *out = gathered(&g);
    return true;
}

static bool of_in(struct tolerant *t, const struct node *n, bool negate, enum verdict *out,
                  struct failing *where)
{
    struct gathered g = {.all = negate};
    for (size_t i = 1; i < n->nargs; i++) {
        enum verdict v;
        if (!compare_numbers(t, negate ? OP_NE : OP_EQ, n->args[0], n->args[i], &v))
            return false;
        gather(&g, v);
    }
    *out = gathered(&g);
    remember(where, *out, OP_IN, n->args[0], NULL);
    return true;
}

static bool of_between(struct tolerant *t, const struct node *n, bool negate, enum verdict *out,
                       struct failing *where)
{
    struct gathered g = {.all = !negate};
    for (size_t i = 1; i <= 2; i++) {
        enum op op = i == 1 ? OP_GE : OP_LE;
        enum verdict v;
        if (negate)
            op = op_negated(op);
        if (!compare_numbers(t, op, n->args[0], n->args[i], &v))
            return false;
        if (!g.failed)
            remember(where, v, op, n->args[0], n->args[i]);
        gather(&g, v);
    }
    *out = gathered(&g);
    return true;
}

static bool of_if(struct tolerant *t, const struct node *n, bool negate, enum verdict *out,
                  struct failing *where)
{
    enum verdict yes, no;
    *out = VERDICT_UNDECIDED;
    if (!verdict_of(t, n->args[0], false, &yes, NULL) || !verdict_of(t, n->args[0], true, &no, NULL))
        return false;
    if (yes == VERDICT_UNDECIDED || no == VERDICT_UNDECIDED)
        return true;
    if (yes != VERDICT_PASS || no != VERDICT_PASS)
        return verdict_of(t, n->args[yes == VERDICT_PASS ? 1 : 2], negate, out, where);
    struct gathered g = {.all = false};
    for (size_t i = 1; i <= 2; i++) {
        enum verdict v;
        if (!verdict_of(t, n->args[i], negate, &v, NULL))
            return false;
        gather(&g, v);
    }
    *out = gathered(&g);
    return true;
}

bool verdict_of(struct tolerant *t, const struct node *n, bool negate, enum verdict *out,
                struct failing *where)
{
    bool numbers = n->nargs > 0 && n->args[0]->type == EXPR_NUM;
    if (op_is_comparison(n->op))
        return of_comparison(t, n, negate, out, where);
    switch (n->op) {
    case OP_NOT:
        return verdict_of(t, n->args[0], !negate, out, where);
    case OP_AND:
    case OP_OR:
        return of_junction(t, n, negate, out, where);
    case OP_IF:
        return of_if(t, n, negate, out, where);
    case OP_IN:
        if (numbers)
            return of_in(t, n, negate, out, where);
        if (!stated(t, n, negate, out))
            return false;
        remember(where, *out, OP_IN, n->args[0], NULL);
        return true;
    case OP_BETWEEN:
        if (numbers)
            return of_between(t, n, negate, out, where);
        return stated(t, n, negate, out);
    default:
        return stated(t, n, negate, out);
    }
}

static void fetch_stated(void *ctx, int variable, struct value *v)
{
    const struct expr_interval_row *row = ctx;
    struct rat half = {0, 1};
    row->fetch(row->ctx, variable, v, &half);
}

/* How far the intervals reach from the stated figures towards each other. */
static bool reach_of(const struct tolerant *t, const struct interval *l, const struct interval *r,
                     const struct value *left, const struct value *right, struct value *out)
{
    bool above = rat_compare(left->num, right->num) > 0;
    struct rat a, b;
    return (above ? rat_sub(left->num, l->low, &a) : rat_sub(l->high, left->num, &a)) &&
           (above ? rat_sub(r->high, right->num, &b) : rat_sub(right->num, r->low, &b)) &&
           rat_add(a, b, &out->num) && rat_add(out->num, t->extra, &out->num);
}

/* Half the width of both sides together, and what the card adds. */
static bool allowance_of(struct tolerant *t, const struct failing *where, const struct value *left,
                         const struct value *right, struct value *out)
{
    struct interval l, r;
    struct rat widths[2];
    *out = (struct value){.kind = VALUE_NUM};
    if (!interval_of(t, where->left, &l) || !interval_of(t, where->right, &r))
        return false;
    if (t->row->truncated)
        return reach_of(t, &l, &r, left, right, out);
    return rat_sub(l.high, l.low, &widths[0]) && rat_sub(r.high, r.low, &widths[1]) &&
           rat_add(widths[0], widths[1], &out->num) && rat_mul(out->num, (struct rat){1, 2}, &out->num) &&
           rat_add(out->num, t->extra, &out->num);
}

static bool normal(struct value *v)
{
    return v->kind != VALUE_NUM || rat_make(v->num.num, v->num.den, &v->num);
}

static int first_variable(const struct node *n)
{
    int found = n->op == OP_VARIABLE ? n->variable : -1;
    for (size_t i = 0; found < 0 && i < n->nargs; i++)
        found = first_variable(n->args[i]);
    return found;
}

static bool is_amount(const struct node *n)
{
    size_t from = n->op == OP_IF, to = n->nargs, numbers = 0;
    switch (n->op) {
    case OP_MULTIPLY:
    case OP_DIVIDE:
        numbers = (n->args[1]->op == OP_CONSTANT) || (n->op == OP_MULTIPLY && n->args[0]->op == OP_CONSTANT);
        if (!numbers)
            return false;
        break;
    case OP_CONSTANT:
    case OP_VARIABLE:
    case OP_NEGATE:
    case OP_ADD:
    case OP_SUBTRACT:
    case OP_IF:
    case OP_COALESCE:
    case OP_ROUND:
    case OP_ABS:
    case OP_MIN:
    case OP_MAX:
    case OP_NUM:
        break;
    default:
        return false;
    }
    for (size_t i = from; i < to; i++)
        if (!is_amount(n->args[i]))
            return false;
    return true;
}

bool expr_is_amount(const struct expr *e)
{
    return is_amount(e->root);
}

static bool describe(struct tolerant *t, const struct failing *where, struct expr_told *told)
{
    static const char *const signs[] = {"==", "!=", "<", ">=", "<=", ">"};
    told->variable = first_variable(where->left);
    if (!eval_node(&t->run, where->left, &told->left) || !normal(&told->left))
        return false;
    if (!where->right)
        return true;
    told->sign = signs[where->op - OP_EQ];
    told->unitless = !is_amount(where->left) || !is_amount(where->right);
    if (told->variable < 0)
        told->variable = first_variable(where->right);
    if (!eval_node(&t->run, where->right, &told->right) || !normal(&told->right))
        return false;
    if (told->left.kind != VALUE_NUM || told->right.kind != VALUE_NUM)
        return true;
    struct value *difference = &told->difference;
    *difference = (struct value){.kind = VALUE_NUM};
    difference->decimals =
        told->left.decimals > told->right.decimals ? told->left.decimals : told->right.decimals;
    struct rat d;
    if (!rat_sub(told->left.num, told->right.num, &d) || (rat_sign(d) < 0 && !rat_neg(d, &d)))
        return run_overflow(&t->run, where->left);
    difference->num = d;
    return allowance_of(t, where, &told->left, &told->right, &told->allowance) ||
           run_overflow(&t->run, where->left);
}

enum status expr_check(struct expr *e, const struct expr_interval_row *row, struct rat extra,
                       enum verdict *verdict, struct expr_told *told, struct diag *d)
{
    struct expr_interval_row copy = *row;
    struct expr_row exact = {&copy, fetch_stated};
    struct tolerant t = {{e, &exact, d}, row, extra};
    struct failing where = {NULL, NULL, OP_IN};
    struct value none = {.kind = VALUE_EMPTY};
    text_reset(e);
    *told = (struct expr_told){none, none, none, none, -1, "", false};
    if (!verdict_of(&t, e->root, false, verdict, &where))
        return ST_INPUT;
    if (*verdict == VERDICT_FAIL && where.left && !describe(&t, &where, told))
        return ST_INPUT;
    return ST_OK;
}
