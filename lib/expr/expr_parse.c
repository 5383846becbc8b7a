/* SPDX-License-Identifier: MIT
 * expr_parse: the grammar, by recursive descent, one function a level of precedence. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/expr/expr_internal.h"

enum { MAX_DEPTH = 200 };

struct node *node_new(struct compiler *c, enum op op, size_t nargs)
{
    struct node *n = mem_zero(1, sizeof *n);
    n->op = op;
    n->variable = -1;
    n->finite = true;
    n->nargs = nargs;
    n->args = nargs ? mem_zero(nargs, sizeof *n->args) : NULL;
    n->next = c->e->nodes;
    c->e->nodes = n;
    return n;
}

void nodes_free(struct node *n)
{
    while (n) {
        struct node *next = n->next;
        if (n->pattern) {
            regfree(n->pattern);
            free(n->pattern);
        }
        free(n->name);
        free(n->args);
        free(n);
        n = next;
    }
}

struct node *parse_sourced(struct compiler *c, struct node *n, const char *start)
{
    n->source = (struct slice){start, (size_t)(c->last - start)};
    return n;
}

bool parse_at_sign(const struct compiler *c, char sign)
{
    return c->token.kind == TOKEN_SIGN && *c->token.text.p == sign;
}

bool parse_at_word(const struct compiler *c, const char *word)
{
    return c->token.kind == TOKEN_NAME && slice_is(c->token.text, word);
}

bool parse_expect(struct compiler *c, char sign)
{
    if (!parse_at_sign(c, sign))
        return compile_failed(c, c->token.text, "expected '%c'", sign);
    return lex_next(c);
}

static struct node *binary(struct compiler *c, enum op op, struct node *a, struct node *b)
{
    if (!a || !b)
        return NULL;
    struct node *n = node_new(c, op, 2);
    n->args[0] = a;
    n->args[1] = b;
    return parse_sourced(c, n, a->source.p);
}

static struct node *parse_unary(struct compiler *c)
{
    const char *start = c->token.text.p;
    if (!parse_at_sign(c, '-'))
        return parse_primary(c);
    if (++c->depth > MAX_DEPTH) {
        compile_failed(c, c->token.text, "nested too deeply");
        return NULL;
    }
    struct node *n = node_new(c, OP_NEGATE, 1);
    n->args[0] = lex_next(c) ? parse_unary(c) : NULL;
    c->depth--;
    return n->args[0] ? parse_sourced(c, n, start) : NULL;
}

static struct node *parse_term(struct compiler *c)
{
    struct node *n = parse_unary(c);
    while (n && (parse_at_sign(c, '*') || parse_at_sign(c, '/'))) {
        enum op op = parse_at_sign(c, '*') ? OP_MULTIPLY : OP_DIVIDE;
        n = binary(c, op, n, lex_next(c) ? parse_unary(c) : NULL);
    }
    return n;
}

static struct node *parse_sum(struct compiler *c)
{
    struct node *n = parse_term(c);
    while (n && (parse_at_sign(c, '+') || parse_at_sign(c, '-'))) {
        enum op op = parse_at_sign(c, '+') ? OP_ADD : OP_SUBTRACT;
        n = binary(c, op, n, lex_next(c) ? parse_term(c) : NULL);
    }
    return n;
}

/* The list after `in`. */
static struct node *parse_list(struct compiler *c, struct node *left)
{
    struct node *n = node_new(c, OP_IN, 0);
    size_t cap = 0;
    n->args = mem_grow(NULL, 0, &cap, sizeof(struct node *));
    n->args[n->nargs++] = left;
    if (!lex_next(c) || !parse_expect(c, '('))
        return NULL;
    do {
        struct node *item = parse_expression(c);
        if (!item)
            return NULL;
        n->args = mem_grow(n->args, n->nargs, &cap, sizeof(struct node *));
        n->args[n->nargs++] = item;
    } while (parse_at_sign(c, ',') && lex_next(c));
    return parse_expect(c, ')') ? parse_sourced(c, n, left->source.p) : NULL;
}

static bool at_comparison(const struct compiler *c, enum op *op)
{
    switch (c->token.kind) {
    case TOKEN_EQ:
        return *op = OP_EQ, true;
    case TOKEN_NE:
        return *op = OP_NE, true;
    case TOKEN_LE:
        return *op = OP_LE, true;
    case TOKEN_GE:
        return *op = OP_GE, true;
    default:
        *op = parse_at_sign(c, '<') ? OP_LT : OP_GT;
        return parse_at_sign(c, '<') || parse_at_sign(c, '>');
    }
}

static struct node *negated(struct compiler *c, struct node *inner, const char *start)
{
    if (!inner)
        return NULL;
    struct node *n = node_new(c, OP_NOT, 1);
    n->args[0] = inner;
    return parse_sourced(c, n, start);
}

static struct node *parse_comparison(struct compiler *c)
{
    enum op op;
    struct node *n = parse_sum(c);
    if (!n)
        return NULL;
    if (parse_at_word(c, "in"))
        return parse_list(c, n);
    if (parse_at_word(c, "not")) {
        const char *start = n->source.p;
        if (lex_next(c) && !parse_at_word(c, "in"))
            compile_failed(c, c->token.text, "expected in");
        return c->failed ? NULL : negated(c, parse_list(c, n), start);
    }
    if (at_comparison(c, &op)) {
        n = binary(c, op, n, lex_next(c) ? parse_sum(c) : NULL);
        if (n && at_comparison(c, &op)) {
            compile_failed(c, c->token.text,
                           "comparisons do not chain; write between(x, low, high) or use and");
            return NULL;
        }
    }
    if (n && parse_at_sign(c, '=')) {
        compile_failed(c, c->token.text, "= is not a comparison; write ==");
        return NULL;
    }
    return n;
}

static struct node *parse_not(struct compiler *c)
{
    const char *start = c->token.text.p;
    if (!parse_at_word(c, "not"))
        return parse_comparison(c);
    if (++c->depth > MAX_DEPTH) {
        compile_failed(c, c->token.text, "nested too deeply");
        return NULL;
    }
    struct node *n = lex_next(c) ? negated(c, parse_not(c), start) : NULL;
    c->depth--;
    return n;
}

static struct node *parse_and(struct compiler *c)
{
    struct node *n = parse_not(c);
    while (n && parse_at_word(c, "and"))
        n = binary(c, OP_AND, n, lex_next(c) ? parse_not(c) : NULL);
    return n;
}

struct node *parse_expression(struct compiler *c)
{
    if (++c->depth > MAX_DEPTH) {
        compile_failed(c, c->token.text, "nested too deeply");
        return NULL;
    }
    struct node *n = parse_and(c);
    while (n && parse_at_word(c, "or"))
        n = binary(c, OP_OR, n, lex_next(c) ? parse_and(c) : NULL);
    c->depth--;
    return n;
}
