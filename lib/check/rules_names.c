/* SPDX-License-Identifier: MIT
 * rules_names: what the names in a card mean: columns of the table, columns of other tables through the
 * card's join, constants given on the command line. */
#include "lib/check/rules_names.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/spec/spec.h"
#include "lib/stream/table.h"

int names_refuse(struct card_names *n, const char *fmt, ...)
{
    va_list list;
    if (n->why.status != ST_OK)
        return -1; /* the first reason is the reason: the language may ask again to explain itself */
    va_start(list, fmt);
    vsnprintf(n->why.reason, sizeof n->why.reason, fmt, list);
    va_end(list);
    n->why.status = ST_MISUSE;
    return -1;
}

enum expr_type names_type(const struct schema_column *c)
{
    switch (c->type) {
    case CELL_NUM:
    case CELL_INT:
    case CELL_FLAG:
        return EXPR_NUM;
    case CELL_DATE:
        return EXPR_DATE;
    case CELL_TEXT:
    case CELL_ID:
    case CELL_MONTH:
    case CELL_CODE:
        return EXPR_TEXT;
    }
    return EXPR_ANY;
}

int names_column(const struct rules *r, struct slice name)
{
    for (size_t i = 0; i < r->schema->width; i++)
        if (slice_is(name, r->schema->column[i].name))
            return (int)i;
    return -1;
}

static bool is_among(const int *list, size_t n, int variable)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == variable)
            return true;
    return false;
}

static void note_variable(struct card_names *n, int variable)
{
    struct rule *c = n->card;
    if (is_among(c->variable, c->variables, variable) ||
        (n->telling && is_among(c->told, c->tolds, variable)))
        return;
    if (n->telling) {
        c->told = mem_grow(c->told, c->tolds, &c->tolds_cap, sizeof *c->told);
        c->told[c->tolds++] = variable;
    } else {
        c->variable = mem_grow(c->variable, c->variables, &c->cap, sizeof *c->variable);
        c->variable[c->variables++] = variable;
    }
}

/* The variable, added when no card has used it yet. Names are met in the order of the text. */
static int variable_put(struct card_names *n, struct rule_variable v, struct slice name)
{
    struct rules *r = n->rules;
    size_t at = 0;
    while (at < r->variables && !(r->variable[at].kind == v.kind && r->variable[at].join == v.join &&
                                  slice_is(name, r->variable[at].name)))
        at++;
    if (at == r->variables) {
        v.name = mem_text(name);
        r->variable = mem_grow(r->variable, r->variables, &r->variables_cap, sizeof *r->variable);
        r->variable[r->variables++] = v;
    }
    note_variable(n, (int)at);
    return (int)at;
}

const struct ref *names_table(struct card_names *n, struct slice name)
{
    struct rules *r = n->rules;
    const struct ref *ref = r->refs ? refs_find(r->refs, name) : NULL;
    if (r->refs && !ref)
        names_refuse(
            n, "the table %.*s is needed: -x %.*s=FILE, or -x %.*s= to leave out the cards that need it",
            (int)name.n, name.p, (int)name.n, name.p, (int)name.n, name.p);
    if (!ref || !ref_is_absent(ref))
        return ref;
    if (!*n->card->skip)
        snprintf(n->card->skip, sizeof n->card->skip, "no table %.*s", (int)name.n, name.p);
    return NULL;
}

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
    return variable_put(n, v, name);
}

/* --- the place of the expressions --- */

static int given_variable(struct card_names *n, struct slice name, struct slice given, enum expr_type *type)
{
    struct rules *r = n->rules;
    struct rule_variable v = {.kind = VARIABLE_GIVEN, .column = -1, .join = -1};
    bool known = !r->refs;
    for (size_t i = 0; i < r->givens; i++)
        if (slice_is(given, r->given[i].name)) {
            v.text = slice_of(r->given[i].value);
            known = true;
        }
    if (!known)
        return names_refuse(n, "-D %.*s=VALUE is needed, or -D %.*s= to leave out the cards that need it",
                            (int)given.n, given.p, (int)given.n, given.p);
    if (r->refs && v.text.n == 0 && !*n->card->skip)
        snprintf(n->card->skip, sizeof n->card->skip, "%.*s is not given", (int)given.n, given.p);
    *type = EXPR_TEXT;
    return variable_put(n, v, name);
}

int names_variable(struct card_names *n, struct slice name, enum expr_type *type)
{
    *type = EXPR_ANY;
    int column = names_column(n->rules, name);
    if (column >= 0) {
        *type = names_type(&n->rules->schema->column[column]);
        return variable_put(n, (struct rule_variable){.kind = VARIABLE_COLUMN, .column = column, .join = -1},
                            name);
    }
    const char *dot = memchr(name.p, '.', name.n);
    if (!dot)
        return names_refuse(n, "no column %s in %s", diag_quote(name).s, n->rules->schema->file);
    size_t before = (size_t)(dot - name.p);
    struct slice prefix = {name.p, before}, rest = {dot + 1, name.n - before - 1};
    if (slice_is(prefix, "given"))
        return given_variable(n, name, rest, type);
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
    return v.join < 0 ? -1 : variable_put(n, v, name);
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

enum status names_wrong(struct card_names *n, const char *column, struct diag *d)
{
    return spec_error(n->card->spec, n->card->spec_row, column, d, "%s", n->why.reason);
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

/* --- messages --- */

static bool is_word(struct slice name, int *variable)
{
    static const char *const word[] = {"actual", "expected", "difference", "allowance", "related", "cause"};
    for (int i = 0; i < (int)(sizeof word / sizeof *word); i++)
        if (slice_is(name, word[i])) {
            *variable = WORD_ACTUAL - i;
            return true;
        }
    return false;
}

static enum status compile_message(struct card_names *n, const char *column, struct rule_message *m,
                                   struct diag *d)
{
    size_t cap = 0;
    for (const char *p = strchr(m->text, '{'); p; p = strchr(p, '{')) {
        size_t length = strcspn(++p, "}");
        enum expr_type type;
        int v;
        if (p[length] != '}')
            return spec_error(n->card->spec, n->card->spec_row, column, d, "a { without its }");
        struct slice name = {p, length};
        if (names_column(n->rules, name) >= 0 || !is_word(name, &v))
            v = names_variable(n, name, &type);
        if (v == -1)
            return names_wrong(n, column, d);
        m->variable = mem_grow(m->variable, m->count, &cap, sizeof *m->variable);
        m->variable[m->count++] = v;
    }
    return ST_OK;
}

enum status names_messages(struct card_names *n, struct diag *d)
{
    n->telling = true;
    n->why = (struct diag){0};
    enum status st = compile_message(n, "message_zh", &n->card->message[0], d);
    if (st == ST_OK)
        st = compile_message(n, "message_en", &n->card->message[1], d);
    n->telling = false;
    return st;
}
