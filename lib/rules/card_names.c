/* SPDX-License-Identifier: MIT
 * card_names: the variables of a card: columns of the table and constants given on the command line. */
#include "lib/rules/card_names.h"

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

/* Names are met in the order of the text. */
int names_put(struct card_names *n, struct rule_variable v, struct slice name)
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

int names_given(struct card_names *n, struct slice name)
{
    struct rules *r = n->rules;
    struct slice given = {name.p + 6, name.n - 6};
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
    return names_put(n, v, name);
}

enum status names_wrong(struct card_names *n, const char *column, struct diag *d)
{
    return spec_error(n->card->spec, n->card->spec_row, column, d, "%s", n->why.reason);
}
