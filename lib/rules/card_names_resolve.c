/* SPDX-License-Identifier: MIT
 * card_names_resolve: what a name in an expression of a card stands for, with the columns of other tables
 * through the card's join, and the compilation of its expressions. */
#include "lib/rules/card_names.h"

#include "lib/spec/spec.h"

static int ref_variable(struct card_names *n, struct slice name, size_t dot, enum expr_type *type)
{
    struct slice table = {name.p, dot}, column = {name.p + dot + 1, name.n - dot - 1};
    struct rule_variable v = {.kind = VARIABLE_REF, .join = names_join(n, table)};
    if (v.join < 0)
        return -1;
    const struct rule_join *j = n->rules->join[v.join];
    if (j->index) {
        v.ref_column = ref_find(j->ref, column);
        if (v.ref_column < 0)
            return names_refuse(n, "%s has no column %s", ref_file(j->ref), diag_quote(column).s);
        int64_t repeat = ref_index_repeat(j->index);
        if (repeat >= 0)
            return names_refuse(n, "%s:%llu: the key %s stands there a second time", ref_file(j->ref),
                                (unsigned long long)ref_line(j->ref, (size_t)repeat), j->keys_text);
    }
    v.column = names_column(n->rules, column);
    if (v.column >= 0)
        *type = names_type(&n->rules->schema->column[v.column]);
    return names_put(n, v, name);
}

int names_variable(struct card_names *n, struct slice name, enum expr_type *type)
{
    *type = EXPR_ANY;
    int column = names_column(n->rules, name);
    if (column >= 0) {
        *type = names_type(&n->rules->schema->column[column]);
        return names_put(n, (struct rule_variable){.kind = VARIABLE_COLUMN, .column = column, .join = -1},
                         name);
    }
    const char *dot = memchr(name.p, '.', name.n);
    if (!dot)
        return names_refuse(n, "no column %s in %s", diag_quote(name).s, n->rules->schema->file);
    size_t before = (size_t)(dot - name.p);
    if (slice_is((struct slice){name.p, before}, "given")) {
        *type = EXPR_TEXT;
        return names_given(n, name);
    }
    return ref_variable(n, name, before, type);
}

/* exists(NAME) looks to the language like an aggregate whose argument is the name of a table. */
static bool is_exists(void *ctx, struct slice name)
{
    (void)ctx;
    return slice_is(name, "exists");
}

static int find_table(void *ctx, struct slice name, enum expr_type *type)
{
    struct card_names *n = ctx;
    struct rule_variable v = {.kind = VARIABLE_EXISTS, .column = -1, .join = names_join(n, name)};
    *type = EXPR_BOOL;
    return v.join < 0 ? -1 : names_put(n, v, name);
}

static int take_exists(void *ctx, struct slice name, struct expr_arg *args, size_t nargs,
                       enum expr_type *type, bool *finite, struct diag *d)
{
    (void)ctx;
    (void)name;
    int variable = nargs == 1 && args[0].keyword.n == 0 ? expr_bare_variable(args[0].e) : -1;
    for (size_t i = 0; i < nargs; i++)
        expr_free(args[i].e);
    *type = EXPR_BOOL;
    *finite = true;
    if (variable < 0)
        diag_set(d, ST_MISUSE, NULL, 0, NULL, "exists takes the name of one table");
    return variable;
}

static int find_variable(void *ctx, struct slice name, enum expr_type *type)
{
    return names_variable(ctx, name, type);
}

struct expr *names_compile(struct card_names *n, const char *column, const char *text, enum expr_type want,
                           struct diag *d)
{
    const struct expr_place place = {n, find_variable, take_exists, is_exists, find_table};
    n->why = (struct diag){0};
    struct diag found = {0};
    struct expr *e = expr_compile(text, &place, want, NULL, 0, &found);
    if (!e)
        spec_error(n->card->spec, n->card->spec_row, column, d, "%s",
                   n->why.status != ST_OK ? n->why.reason : found.reason);
    return e;
}
