/* SPDX-License-Identifier: MIT
 * expr_types: what is decided before any row is read: types, finite decimals, rounding only once. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/expr/expr_internal.h"

/* a + b + ... is as deep as it is long; the walks over the tree recurse. */
enum { MAX_HEIGHT = 1000 };

static const char *type_word(enum expr_type t)
{
    static const char *const words[] = {"open", "a number", "text", "a truth value", "a date"};
    return words[t];
}

/* Dates are texts that have passed a schema. */
static enum expr_type plain_type(enum expr_type t)
{
    return t == EXPR_DATE ? EXPR_TEXT : t;
}

bool check_coerce(struct compiler *c, struct node *n, enum expr_type want)
{
    if (want == EXPR_ANY)
        return true;
    if (n->type != EXPR_ANY) {
        if (plain_type(n->type) == plain_type(want))
            return true;
        const char *hint = "";
        if (n->type == EXPR_TEXT && want == EXPR_NUM)
            hint = "; num(...) makes it one";
        else if (n->type == EXPR_NUM && plain_type(want) == EXPR_TEXT)
            hint = "; text(...) makes it one";
        return compile_failed(c, n->source, "%s stands where %s is wanted%s", type_word(n->type),
                              type_word(want), hint);
    }
    /* What is open is a field, or passes one on. */
    n->type = want;
    size_t first = n->op == OP_IF ? 1 : 0;
    for (size_t i = first; i < n->nargs; i++)
        if (!check_coerce(c, n->args[i], want))
            return false;
    return true;
}

/* One type for args[first …]: that of those which have one; `open` when none has. */
static bool unify(struct compiler *c, struct node *n, size_t first, enum expr_type open)
{
    enum expr_type type = EXPR_ANY;
    for (size_t i = first; i < n->nargs && type == EXPR_ANY; i++)
        type = n->args[i]->type;
    if (type == EXPR_ANY)
        type = open;
    for (size_t i = first; i < n->nargs; i++) {
        struct node *a = n->args[i];
        if (a->type != EXPR_ANY && plain_type(a->type) != plain_type(type))
            return compile_failed(c, n->source, "%s and %s together; num(...) or text(...) converts",
                                  type_word(type), type_word(a->type));
        if (!check_coerce(c, a, type))
            return false;
    }
    return true;
}

static bool is_missing_constant(const struct node *n)
{
    return n->op == OP_CONSTANT && (n->constant.kind == VALUE_EMPTY || n->constant.kind == VALUE_NA);
}

static bool check_comparands(struct compiler *c, struct node *n)
{
    bool equality = n->op == OP_EQ || n->op == OP_NE || n->op == OP_IN, open = true;
    for (size_t i = 0; i < n->nargs; i++) {
        const struct node *a = n->args[i];
        if (is_missing_constant(a))
            return compile_failed(c, n->source,
                                  "a comparison with %s is never decided; write is_missing(x) or is_na(x)",
                                  a->constant.kind == VALUE_NA ? "na" : "missing");
        if (a->op == OP_CONSTANT && a->type == EXPR_TEXT && a->constant.text.n == 0)
            return compile_failed(c, n->source,
                                  "an empty field is missing, not an empty text; write is_missing(x)");
        open = open && a->type == EXPR_ANY;
        if (a->type == EXPR_BOOL && !equality)
            return compile_failed(c, a->source, "truth values have no order");
    }
    if (open && equality) {
        int l = (int)n->args[0]->source.n, r = (int)n->args[1]->source.n;
        const char *a = n->args[0]->source.p, *b = n->args[1]->source.p, *sign = n->op == OP_NE ? "!=" : "==";
        return compile_failed(
            c, n->source, "as numbers or as text? write num(%.*s) %s num(%.*s), or text(%.*s) %s text(%.*s)",
            l, a, sign, r, b, l, a, sign, r, b);
    }
    n->type = EXPR_BOOL;
    return unify(c, n, 0, EXPR_NUM);
}

/* The value of what is made of literals only, for divisors such as 10000. */
static bool literal_value(const struct node *n, struct rat *v)
{
    struct rat a, b;
    if (n->op == OP_CONSTANT && n->constant.kind == VALUE_NUM) {
        *v = n->constant.num;
        return true;
    }
    if (n->op == OP_NEGATE)
        return literal_value(n->args[0], &a) && rat_neg(a, v);
    if (n->op < OP_ADD || n->op > OP_DIVIDE || !literal_value(n->args[0], &a) ||
        !literal_value(n->args[1], &b))
        return false;
    switch (n->op) {
    case OP_ADD:
        return rat_add(a, b, v);
    case OP_SUBTRACT:
        return rat_sub(a, b, v);
    case OP_MULTIPLY:
        return rat_mul(a, b, v);
    default:
        return rat_sign(b) != 0 && rat_div(a, b, v);
    }
}

static bool check_divisor(struct compiler *c, struct node *n)
{
    struct rat divisor, inverse;
    if (!literal_value(n->args[1], &divisor)) {
        n->finite = false;
        return true;
    }
    if (rat_sign(divisor) == 0)
        return compile_failed(c, n->source, "division by zero");
    n->has_factor = rat_div(rat_int(1), divisor, &inverse) && rat_to_dec(inverse, &n->factor);
    n->finite = n->finite && n->has_factor;
    return true;
}

static bool check_digits(struct compiler *c, struct node *n, const struct node *digits)
{
    const struct rat *v = &digits->constant.num;
    if (digits->op != OP_CONSTANT || digits->type != EXPR_NUM || v->den != 1 || v->num > DEC_MAX_SCALE)
        return compile_failed(c, digits->source, "the number of decimals is a plain number from 0 to %d",
                              DEC_MAX_SCALE);
    n->has_digits = true;
    n->digits = (unsigned)v->num;
    return true;
}

/* Rounding what is already rounded moves a figure twice (GB/T 8170 forbids it), so it must be asked for. */
static bool check_rounding(struct compiler *c, struct node *n)
{
    unsigned values = n->op == OP_PCT ? 2 : 1;
    if (n->nargs > values && !check_digits(c, n, n->args[values]))
        return false;
    if (n->op == OP_PCT)
        n->finite = false;
    if (!n->has_digits)
        return true;
    n->finite = true;
    for (unsigned i = 0; i < values; i++)
        if (n->args[i]->rounded)
            return compile_failed(c, n->source,
                                  "rounds what is already rounded; if it must, write chain(...) "
                                  "around the inner rounding");
    n->rounded = true;
    return true;
}

static bool check_pattern(struct compiler *c, struct node *n)
{
    const struct node *p = n->args[1];
    char reason[128];
    if (p->op != OP_CONSTANT)
        return compile_failed(c, p->source, "the pattern is a quoted text");
    struct slice plain = text_plain(c->e, p->constant.text);
    char *text = mem_text(plain);
    n->pattern = mem_zero(1, sizeof *n->pattern);
    int error = regcomp(n->pattern, text, REG_EXTENDED | REG_NOSUB);
    free(text);
    if (error == 0)
        return true;
    regerror(error, n->pattern, reason, sizeof reason);
    free(n->pattern);
    n->pattern = NULL;
    return compile_failed(c, p->source, "not an extended regular expression: %s", reason);
}

static enum expr_type letter_type(char letter)
{
    switch (letter) {
    case 'n':
        return EXPR_NUM;
    case 't':
        return EXPR_TEXT;
    case 'b':
        return EXPR_BOOL;
    default:
        return EXPR_ANY;
    }
}

static bool check_function(struct compiler *c, struct node *n)
{
    const struct function *f = n->function;
    size_t letters = strlen(f->types);
    for (size_t i = 0; i < n->nargs; i++)
        if (!check_coerce(c, n->args[i], letter_type(f->types[i < letters ? i : letters - 1])))
            return false;
    n->type = f->result;
    switch (n->op) {
    case OP_ROUND:
    case OP_PCT:
        return check_rounding(c, n);
    case OP_CHAIN:
        n->rounded = false;
        return true;
    case OP_IF:
    case OP_COALESCE: {
        size_t first = n->op == OP_IF ? 1 : 0;
        if (!unify(c, n, first, EXPR_ANY))
            return false;
        for (size_t i = first; i < n->nargs && n->type == EXPR_ANY; i++)
            n->type = n->args[i]->type;
        return true;
    }
    case OP_BETWEEN:
        return check_comparands(c, n);
    case OP_NUM:
        if (n->args[0]->type == EXPR_DATE)
            return compile_failed(c, n->source, "a date is not a number");
        return n->args[0]->type != EXPR_ANY || check_coerce(c, n->args[0], EXPR_NUM);
    case OP_TEXT:
        if (!n->args[0]->finite)
            return compile_failed(c, n->source, "may have no finite decimal; round(x, digits) gives one");
        return n->args[0]->type != EXPR_ANY || check_coerce(c, n->args[0], EXPR_TEXT);
    default:
        return !f->call || f->call != call_matches || check_pattern(c, n);
    }
}

/* What a node takes from those below it; a truth value carries no decimals on. */
static void inherit(struct node *n)
{
    for (size_t i = n->op == OP_IF ? 1 : 0; i < n->nargs; i++) {
        if (n->args[i]->type == EXPR_BOOL)
            continue;
        n->finite = n->finite && n->args[i]->finite;
        n->rounded = n->rounded || n->args[i]->rounded;
    }
}

static bool check_operands(struct compiler *c, struct node *n, enum expr_type type)
{
    n->type = type;
    for (size_t i = 0; i < n->nargs; i++)
        if (!check_coerce(c, n->args[i], type))
            return false;
    return true;
}

static bool check_node(struct compiler *c, struct node *n)
{
    switch (n->op) {
    case OP_CONSTANT:
    case OP_VARIABLE:
        return true;
    case OP_NEGATE:
    case OP_ADD:
    case OP_SUBTRACT:
    case OP_MULTIPLY:
        return check_operands(c, n, EXPR_NUM);
    case OP_DIVIDE:
        return check_operands(c, n, EXPR_NUM) && check_divisor(c, n);
    case OP_AND:
    case OP_OR:
    case OP_NOT:
        return check_operands(c, n, EXPR_BOOL);
    case OP_EQ:
    case OP_NE:
    case OP_LT:
    case OP_GE:
    case OP_LE:
    case OP_GT:
    case OP_IN:
        return check_comparands(c, n);
    default:
        return check_function(c, n);
    }
}

bool check_types(struct compiler *c, struct node *n)
{
    if (++c->depth > MAX_HEIGHT)
        return compile_failed(c, n->source, "more than %d operations deep", MAX_HEIGHT);
    for (size_t i = 0; i < n->nargs; i++)
        if (!check_types(c, n->args[i]))
            return false;
    c->depth--;
    inherit(n);
    if (!check_node(c, n))
        return false;
    if (n->type == EXPR_BOOL || (n->op == OP_CALL && n->type == EXPR_NUM)) {
        n->finite = true;
        n->rounded = false;
    }
    return true;
}
