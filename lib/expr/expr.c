/* SPDX-License-Identifier: MIT
 * expr: the life of an expression: compiled, asked about, evaluated, released. */
#include "lib/expr/expr.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/expr/expr_internal.h"
#include "lib/expr/expr_rows.h"

enum { MAX_TEXT = 65536 };

static bool compile(struct compiler *c, enum expr_type want)
{
    if (strlen(c->text) > MAX_TEXT)
        return compile_failed(c, slice_of(c->text), "longer than %d bytes", MAX_TEXT);
    if (!lex_next(c) || !(c->e->root = parse_expression(c)))
        return false;
    if (c->token.kind != TOKEN_END)
        return compile_failed(c, c->token.text, "expected an operator");
    return check_types(c, c->e->root) && check_coerce(c, c->e->root, want);
}

struct expr *expr_compile(const char *text, const struct expr_place *place, enum expr_type want,
                          const char *file, uint64_t line, struct diag *d)
{
    struct expr *e = mem_zero(1, sizeof *e);
    e->text = mem_text(slice_of(text));
    struct compiler c = {.e = e,
                         .place = place,
                         .variable = place->variable,
                         .text = e->text,
                         .p = e->text,
                         .last = e->text,
                         .file = file,
                         .line = line,
                         .d = d};
    if (compile(&c, want))
        return e;
    expr_free(e);
    return NULL;
}

void expr_free(struct expr *e)
{
    if (!e)
        return;
    nodes_free(e->nodes);
    text_reset(e);
    free(e->blocks);
    for (size_t i = 0; i < e->slots; i++)
        expr_column_free(e->slot[i]);
    free(e->slot);
    buf_free(&e->work);
    free(e->text);
    free(e);
}

enum expr_type expr_result(const struct expr *e)
{
    return e->root->type;
}

enum status expr_coerce(struct expr *e, enum expr_type want, struct diag *d)
{
    struct compiler c = {.e = e, .text = e->text, .d = d};
    return check_coerce(&c, e->root, want) ? ST_OK : ST_MISUSE;
}

bool expr_is_finite(const struct expr *e)
{
    return e->root->finite;
}

int expr_bare_variable(const struct expr *e)
{
    return e->root->op == OP_VARIABLE ? e->root->variable : -1;
}

void expr_variables(const struct expr *e, void (*use)(void *ctx, int variable), void *ctx)
{
    for (const struct node *n = e->nodes; n; n = n->next)
        if (n->op == OP_VARIABLE && n->variable >= 0)
            use(ctx, n->variable);
}

static void note_variable(void *ctx, int variable)
{
    (void)variable;
    *(bool *)ctx = true;
}

bool expr_has_variables(const struct expr *e)
{
    bool any = false;
    expr_variables(e, note_variable, &any);
    return any;
}

bool undefined_named(struct slice word, enum undefined *how)
{
    static const char *const words[] = {"na", "count", "error"};
    for (int i = UNDEFINED_NA; i <= UNDEFINED_ERROR; i++) {
        if (slice_is(word, words[i])) {
            *how = (enum undefined)i;
            return true;
        }
    }
    return false;
}

void expr_set_undefined(struct expr *e, enum undefined how)
{
    e->undefined = how;
    e->undefined_count = 0;
}

uint64_t expr_take_undefined(struct expr *e)
{
    uint64_t count = e->undefined_count;
    e->undefined_count = 0;
    return count;
}

enum status expr_eval(struct expr *e, const struct expr_row *row, struct value *out, struct diag *d)
{
    struct run r = {e, row, d};
    text_reset(e);
    return eval_node(&r, e->root, out) && run_lowest(&r, e->root, out) ? ST_OK : ST_INPUT;
}
