/* SPDX-License-Identifier: MIT
 * rules: what all cards of a check share: its beginning and end, the constants. */
#include "lib/rules/kind.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/rules/kept.h"
#include "lib/spec/spec.h"

const char *severity_name(enum severity s)
{
    static const char *const name[] = {"error", "confirm", "inform"};
    return name[s];
}

struct rules *rules_new(const struct schema *s, struct refs *refs)
{
    struct rules *r = mem_zero(1, sizeof *r);
    r->schema = s;
    r->refs = refs;
    r->origin_column = -1;
    return r;
}

static void free_card(struct rule *c)
{
    if (c->when)
        expr_free(c->when);
    if (c->check)
        expr_free(c->check);
    if (c->kind && c->kind->free && c->state)
        c->kind->free(c->state);
    kept_free(c->kept);
    rule_fast_free(c->fast);
    for (size_t i = 0; i < c->texts; i++)
        free(c->text[i]);
    free(c->text);
    free(c->parameter);
    free(c->variable);
    free(c->told);
    free(c->flex);
    free(c->message[0].variable);
    free(c->message[1].variable);
}

static void free_join(struct rule_join *j)
{
    free(j->name);
    free(j->keys_text);
    free(j->key);
    ref_index_free(j->index);
    free(j);
}

void rules_free(struct rules *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->count; i++)
        free_card(&r->rule[i]);
    for (size_t i = 0; i < r->joins; i++)
        free_join(r->join[i]);
    for (size_t i = 0; i < r->variables; i++)
        free(r->variable[i].name);
    for (size_t i = 0; i < r->givens; i++) {
        free(r->given[i].name);
        free(r->given[i].value);
    }
    for (size_t i = 0; i < r->specs; i++)
        spec_free(r->spec[i]);
    free(r->rule);
    free(r->join);
    free(r->variable);
    free(r->given);
    free(r->spec);
    buf_free(&r->key);
    free(r);
}

enum status rules_give(struct rules *r, const char *argument, struct diag *d)
{
    const char *equals = strchr(argument, '=');
    struct slice name = {argument, equals ? (size_t)(equals - argument) : 0};
    if (name.n == 0)
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "-D takes NAME=VALUE, not %s",
                        diag_quote(slice_of(argument)).s);
    for (size_t i = 0; i < r->givens; i++)
        if (slice_is(name, r->given[i].name))
            return diag_set(d, ST_MISUSE, NULL, 0, NULL, "-D gives %s twice", diag_quote(name).s);
    struct buf value = {0};
    buf_escaped(&value, slice_of(equals + 1));
    r->given = mem_grow(r->given, r->givens, &r->givens_cap, sizeof *r->given);
    r->given[r->givens++] = (struct rule_given){mem_text(name), mem_text(buf_view(&value))};
    buf_free(&value);
    return ST_OK;
}

const char *rules_given(const struct rules *r, const char *name)
{
    for (size_t i = 0; i < r->givens; i++)
        if (strcmp(r->given[i].name, name) == 0)
            return r->given[i].value;
    return "";
}
