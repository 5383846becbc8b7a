/* SPDX-License-Identifier: MIT
 * expr_primary: the operands of an expression: literals, columns, calls, aggregates. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/expr/expr_internal.h"

static struct node *parse_number(struct compiler *c)
{
    struct node *n = node_new(c, OP_CONSTANT, 0);
    struct dec v;
    if (dec_parse(c->token.text, &v) != DEC_OK || !rat_of_dec(v, &n->constant.num)) {
        compile_failed(c, c->token.text, "more than %d decimals or %d digits", DEC_MAX_SCALE, DEC_MAX_DIGITS);
        return NULL;
    }
    n->constant.kind = VALUE_NUM;
    n->constant.decimals = v.scale;
    n->type = EXPR_NUM;
    n->source = c->token.text;
    return lex_next(c) ? n : NULL;
}

/* The constant's text is kept escaped, as fields are, so that equality is a comparison of bytes. */
static struct node *parse_text(struct compiler *c)
{
    struct node *n = node_new(c, OP_CONSTANT, 0);
    struct slice t = c->token.text;
    struct buf plain = {0}, field = {0};
    for (size_t i = 1; i + 1 < t.n; i++) {
        buf_char(&plain, t.p[i]);
        i += t.p[i] == t.p[0];
    }
    buf_escaped(&field, buf_view(&plain));
    n->name = mem_text(buf_view(&field));
    n->constant = value_text(slice_of(n->name));
    n->type = EXPR_TEXT;
    n->source = t;
    buf_free(&plain);
    buf_free(&field);
    return lex_next(c) ? n : NULL;
}

static struct node *parse_constant(struct compiler *c)
{
    static const struct {
        const char *word;
        struct value value;
        enum expr_type type;
    } words[] = {{"true", {.kind = VALUE_BOOL, .truth = true}, EXPR_BOOL},
                 {"false", {.kind = VALUE_BOOL}, EXPR_BOOL},
                 {"missing", {.kind = VALUE_EMPTY}, EXPR_ANY},
                 {"na", {.kind = VALUE_NA}, EXPR_ANY}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (parse_at_word(c, words[i].word)) {
            struct node *n = node_new(c, OP_CONSTANT, 0);
            n->constant = words[i].value;
            n->type = words[i].type;
            n->source = c->token.text;
            return lex_next(c) ? n : NULL;
        }
    }
    return NULL;
}

static struct node *parse_variable(struct compiler *c, struct token name)
{
    struct node *n = node_new(c, OP_VARIABLE, 0);
    n->name = mem_text(name.text);
    n->source = name.text;
    n->type = EXPR_ANY;
    n->variable = c->variable(c->place->ctx, name.text, &n->type);
    if (n->variable >= 0)
        return n;
    enum expr_type type;
    struct quoted q = diag_quote(name.text);
    if (c->place->aggregate && c->variable == c->place->variable && c->place->row_variable &&
        c->place->row_variable(c->place->ctx, name.text, &type) >= 0)
        compile_failed(c, name.text, "column %s can stand only inside an aggregate, as in sum(%s)", q.s,
                       n->name);
    else if (c->variable != c->place->variable && c->place->variable(c->place->ctx, name.text, &type) >= 0)
        compile_failed(c, name.text, "column %s is computed; inside an aggregate stand columns of the input",
                       q.s);
    else
        compile_failed(c, name.text, "no column %s", q.s);
    return NULL;
}

/* An argument may outlive the expression it stands in, so its nodes must not point into that one's text. */
static void own_text(struct expr *e, const char *text)
{
    e->text = mem_text(slice_of(text));
    for (struct node *n = e->nodes; n; n = n->next)
        n->source.p = e->text + (n->source.p - text);
}

/* One argument of an aggregate: a row expression of its own, that shares the text. */
static bool parse_aggregate_arg(struct compiler *c, struct expr_arg *arg)
{
    struct compiler inner = *c;
    arg->keyword = (struct slice){NULL, 0};
    if (c->token.kind == TOKEN_NAME && *(c->p + strspn(c->p, " ")) == '=' &&
        *(c->p + strspn(c->p, " ") + 1) != '=') {
        arg->keyword = c->token.text;
        if (!lex_next(&inner) || !lex_next(&inner)) {
            c->failed = true;
            return false;
        }
    }
    struct expr *e = arg->e = mem_zero(1, sizeof *e);
    inner.e = e;
    inner.variable = c->place->row_variable;
    e->root = parse_expression(&inner);
    bool good = e->root && check_types(&inner, e->root) &&
                (arg->keyword.n == 0 || check_coerce(&inner, e->root, EXPR_BOOL));
    c->failed = inner.failed;
    c->p = inner.p;
    c->last = inner.last;
    c->token = inner.token;
    if (good)
        own_text(e, c->text);
    return good;
}

static struct node *make_aggregate(struct compiler *c, struct token name, struct expr_arg *args, size_t nargs)
{
    struct node *n = node_new(c, OP_VARIABLE, 0);
    struct diag why = {0};
    bool finite = true;
    n->name = mem_text(name.text);
    n->type = EXPR_NUM;
    for (size_t i = 0; i < nargs; i++)
        n->rounded = n->rounded || args[i].e->root->rounded;
    n->variable = c->place->aggregate(c->place->ctx, name.text, args, nargs, &n->type, &finite, &why);
    n->finite = finite;
    if (n->variable >= 0)
        return parse_sourced(c, n, name.text.p);
    compile_failed(c, (struct slice){name.text.p, (size_t)(c->last - name.text.p)}, "%s", why.reason);
    return NULL;
}

static struct node *parse_aggregate(struct compiler *c, struct token name)
{
    struct expr_arg *args = NULL;
    size_t n = 0, cap = 0;
    bool good = true;
    if (c->variable != c->place->variable || !c->place->row_variable) {
        compile_failed(c, name.text, "an aggregate inside an aggregate");
        return NULL;
    }
    while (good && !parse_at_sign(c, ')')) {
        args = mem_grow(args, n, &cap, sizeof *args);
        args[n].e = NULL;
        good = parse_aggregate_arg(c, &args[n++]) && (parse_at_sign(c, ')') || parse_expect(c, ','));
    }
    struct node *node = good && parse_expect(c, ')') ? make_aggregate(c, name, args, n) : NULL;
    for (size_t i = 0; !good && i < n; i++)
        expr_free(args[i].e);
    free(args);
    return node;
}

/* The rounding mode is a bare word, not a column. */
static bool parse_mode(struct compiler *c, struct node *n)
{
    if (c->token.kind != TOKEN_NAME || !rounding_named(c->token.text, &n->mode))
        return compile_failed(c, c->token.text,
                              "expected half_up, half_even, gbt8170, down, ceiling or floor");
    return lex_next(c);
}

static struct node *parse_call(struct compiler *c, struct token name)
{
    const struct function *f = function_named(name.text);
    struct node *args[CALL_MAX_ARGS];
    unsigned n = 0;
    if (!f) {
        bool constant =
            slice_is(name.text, "empty") || slice_is(name.text, "missing") || slice_is(name.text, "na");
        compile_failed(c, name.text, constant ? "not a function; write missing or na" : "no such function");
        if (!constant)
            compile_suggest_function(c, name.text);
        return NULL;
    }
    struct node *node = node_new(c, f->op, CALL_MAX_ARGS);
    bool mode = false;
    while (!mode && !parse_at_sign(c, ')')) {
        mode = f->op == OP_ROUND && n == 2;
        if (mode ? !parse_mode(c, node) : (n == CALL_MAX_ARGS || !(args[n] = parse_expression(c))))
            break;
        n += !mode;
        if (!parse_at_sign(c, ')') && !parse_expect(c, ','))
            return NULL;
    }
    if (c->failed)
        return NULL;
    if (n < f->low || n > f->high || !parse_at_sign(c, ')')) {
        compile_failed(c, name.text, "expected %s", f->usage);
        return NULL;
    }
    node->function = f;
    node->nargs = n;
    memcpy(node->args, args, n * sizeof *args);
    return lex_next(c) ? parse_sourced(c, node, name.text.p) : NULL;
}

struct node *parse_primary(struct compiler *c)
{
    struct token t = c->token;
    if (t.kind == TOKEN_NUMBER)
        return parse_number(c);
    if (t.kind == TOKEN_TEXT)
        return parse_text(c);
    if (parse_at_sign(c, '(')) {
        struct node *n = lex_next(c) ? parse_expression(c) : NULL;
        return n && parse_expect(c, ')') ? parse_sourced(c, n, t.text.p) : NULL;
    }
    if (t.kind == TOKEN_QUOTED_NAME)
        return lex_next(c) ? parse_variable(c, t) : NULL;
    if (t.kind != TOKEN_NAME || parse_at_word(c, "and") || parse_at_word(c, "or") || parse_at_word(c, "in") ||
        parse_at_word(c, "not")) {
        compile_failed(c, t.text, "expected a value");
        return NULL;
    }
    if (c->p[strspn(c->p, " ")] == '(') {
        if (!lex_next(c) || !lex_next(c))
            return NULL;
        bool aggregate = c->place->aggregate && c->place->is_aggregate(c->place->ctx, t.text);
        if (aggregate && (c->variable == c->place->variable || !function_named(t.text)))
            return parse_aggregate(c, t);
        return parse_call(c, t);
    }
    struct node *constant = parse_constant(c);
    if (constant || c->failed)
        return constant;
    return lex_next(c) ? parse_variable(c, t) : NULL;
}
