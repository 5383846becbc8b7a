/* SPDX-License-Identifier: MIT
 * rules_examples: the examples on the cards, run as tests of the cards: "part=5.00; whole=4.00;
 * prior.whole=4".
 */
#include "lib/rules/rules_examples.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/rules/kind.h"
#include "lib/rules/list.h"
#include "lib/spec/spec.h"

/* The values of one example. Names not mentioned are empty; a row of another table is there when one of its
 * columns is, or when NAME=1 says so. */
struct example {
    struct slice *value; /* by variable, into the card */
    bool *joined;        /* by join */
};

static bool is_used(const struct rule *c, int variable)
{
    for (size_t i = 0; i < c->variables; i++)
        if (c->variable[i] == variable)
            return true;
    return false;
}

/* The columns of a join's key belong to the card although no expression names them. */
static bool is_join_key(const struct rules *r, const struct rule *c, struct slice name)
{
    for (size_t i = 0; i < c->variables; i++) {
        int join = r->variable[c->variable[i]].join;
        for (size_t k = 0; join >= 0 && k < r->join[join]->keys; k++)
            if (r->join[join]->key[k].own >= 0 &&
                slice_is(name, r->schema->column[r->join[join]->key[k].own].name))
                return true;
    }
    return false;
}

static bool assign(const struct rules *r, const struct rule *c, struct example *x, struct slice name,
                   struct slice value)
{
    bool known = is_join_key(r, c, name);
    for (size_t i = 0; i < r->variables; i++) {
        const struct rule_variable *v = &r->variable[i];
        if (!is_used(c, (int)i) || !slice_is(name, v->name))
            continue;
        known = true;
        if (v->kind == VARIABLE_EXISTS) {
            x->joined[v->join] = !slice_is(value, "0");
            continue;
        }
        x->value[i] = value;
        if (v->kind == VARIABLE_REF)
            x->joined[v->join] = true;
    }
    return known;
}

/* Fields of an example are texts of the stream: what \- means there it means here. */
static enum status read_example(const struct rules *r, const struct rule *c, const char *column,
                                const char *text, struct example *x, struct diag *d)
{
    struct slice rest = slice_of(text), part, name, value;
    while (list_next(&rest, ";", &part)) {
        if (part.n == 0)
            continue;
        if (!list_split(part, '=', &name, &value))
            return spec_error(c->spec, c->spec_row, column, d, "an assignment NAME=VALUE is wanted, not %s",
                              diag_quote(part).s);
        if (!assign(r, c, x, name, value))
            return spec_error(c->spec, c->spec_row, column, d, "the card does not use %s",
                              diag_quote(name).s);
    }
    return ST_OK;
}

static const char *outcome_name(const struct rule_outcome *o)
{
    if (!o->applies)
        return "does not apply";
    switch (o->verdict) {
    case VERDICT_PASS:
        return "passes";
    case VERDICT_FAIL:
        return "fails";
    case VERDICT_UNDECIDED:
        break;
    }
    return "is undecided";
}

/* What an example of a card that looks at one row comes to; NULL when it cannot be read. */
static const char *row_outcome(struct rules *r, const struct rule *c, const char *column, const char *text,
                               const struct precision *p, struct diag *d)
{
    struct example x = {.value = mem_zero(r->variables + 1, sizeof *x.value),
                        .joined = mem_zero(r->joins + 1, sizeof *x.joined)};
    const char *outcome = NULL;
    if (read_example(r, c, column, text, &x, d) == ST_OK) {
        const struct rules_row row = {
            .rules = r, .half = precision_declared(p), .example = x.value, .joined = x.joined};
        struct rule_outcome o;
        rules_decide(c, &row, NULL, &o);
        outcome = outcome_name(&o);
    }
    free(x.value);
    free(x.joined);
    return outcome;
}

/* 1 when the example comes out as wanted, 0 when not (said), -1 when it cannot be read. */
static int run_example(struct rules *r, const struct rule *c, const char *column, const char *text,
                       const struct precision *p, rules_example_fn *says, void *ctx, struct diag *d)
{
    const char *want = strcmp(column, "pass") == 0 ? "passes" : "fails";
    const char *outcome =
        c->kind->tables ? rules_table_example(r, c, column, text, d) : row_outcome(r, c, column, text, p, d);
    if (!outcome)
        return -1;
    if (strcmp(outcome, want) == 0)
        return 1;
    struct diag found = {0};
    spec_error(c->spec, c->spec_row, column, &found, "%s: the example that must %s %s", c->id, column,
               outcome);
    found.status = ST_FINDINGS;
    says(ctx, &found);
    return 0;
}

long rules_run_examples(struct rules *r, const struct precision *p, rules_example_fn *says, void *ctx,
                        uint64_t *examples, struct diag *d)
{
    long bad = 0;
    *examples = 0;
    for (size_t i = 0; i < r->count; i++) {
        const struct rule *c = &r->rule[i];
        const char *text[] = {c->pass, c->fail}, *column[] = {"pass", "fail"};
        for (int k = 0; k < 2; k++) {
            if (*text[k] == '\0')
                continue;
            int good = run_example(r, c, column[k], text[k], p, says, ctx, d);
            if (good < 0)
                return -1;
            bad += !good;
            ++*examples;
        }
    }
    return bad;
}
