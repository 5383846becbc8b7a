/* SPDX-License-Identifier: MIT
 * claims_check: every claim against what the others give. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/claims/claims_internal.h"

struct checker {
    const struct claims *all;
    struct solver *solver;
    struct claim_input *input;
    struct over_result over;
    struct buf reason;
    const struct claim *claim;
    const struct definition *definition;
    bool computed;  /* an equation gave the claim's value */
    bool mentioned; /* anything was told of the claim */
    void (*tell)(void *ctx, const struct claim_finding *);
    void *ctx;
};

/* The finding begins in the sign of the variable. */
static struct claim_finding begin(const struct checker *k)
{
    struct range none = {.kind = VALUE_EMPTY};
    return (struct claim_finding){.claim = k->claim,
                                  .verdict = CLAIM_NOT_COMPUTED,
                                  .definition = "",
                                  .expression = "",
                                  .over = "",
                                  .input = k->input,
                                  .reason = "",
                                  .stands_for = k->claim->range,
                                  .computed = none,
                                  .value = k->claim->stated,
                                  .computed_value = {0, 1}};
}

/* A claim that counts the other way is told as it was published. */
static bool as_published(struct claim_finding *f)
{
    if (f->claim->sign > 0)
        return true;
    if (f->relation != CLAIM_EQUALS)
        f->relation = f->relation == CLAIM_AT_MOST ? CLAIM_AT_LEAST : CLAIM_AT_MOST;
    return range_negate(&f->stands_for) && range_negate(&f->computed) && rat_neg(f->value, &f->value) &&
           rat_neg(f->computed_value, &f->computed_value);
}

static void tell(struct checker *k, struct claim_finding *f)
{
    /* No negative of a 128-bit fraction in lowest terms is too long. */
    if (as_published(f))
        k->tell(k->ctx, f);
    k->mentioned = true;
}

static enum claim_verdict judge(const struct claim_finding *f)
{
    struct range bound = f->computed;
    if (f->relation == CLAIM_AT_MOST)
        bound.low.open = true;
    if (f->relation == CLAIM_AT_LEAST)
        bound.high.open = true;
    return range_meets(&f->stands_for, &bound) ? CLAIM_AGREES : CLAIM_CONTRADICTS;
}

static size_t list_inputs(struct checker *k, const struct solution *s)
{
    for (size_t i = 0; i < s->n; i++) {
        int v = s->order[i];
        k->input[i] = (struct claim_input){k->all->rules->variables.name[v], s->claim[v],
                                           s->claim[v] ? NULL : s->rule[v]->text};
    }
    return s->n;
}

static struct claim_finding begin_definition(const struct checker *k, const struct definition *d)
{
    struct claim_finding f = begin(k);
    f.definition = d->id;
    f.relation = d->relation;
    f.expression = d->text;
    f.over = d->over_text;
    return f;
}

/* computed and computed_value are set, unless a number did not fit. */
static void tell_computed(struct checker *k, struct claim_finding *f, bool fits)
{
    if (!fits) {
        f->computed = (struct range){.kind = VALUE_EMPTY};
        f->reason = "a number does not fit 128 bits";
    } else if (f->computed.kind != VALUE_NUM) {
        f->reason = f->computed.kind == VALUE_NA ? "a base is not positive" : "a base may be zero";
    } else {
        f->verdict = judge(f);
        k->computed = k->computed || f->relation == CLAIM_EQUALS;
    }
    tell(k, f);
}

static void found(void *ctx, const struct solution *s)
{
    struct checker *k = ctx;
    struct claim_finding f = begin_definition(k, k->definition);
    f.inputs = list_inputs(k, s);
    tell_computed(k, &f, solution_value(s, k->definition, &f.computed, &f.computed_value));
}

/* Whether other places give anything. */
static bool find_over(struct checker *k)
{
    bool fits = claims_over(k->all, k->solver, k->claim, k->definition, &k->over);
    if (fits && k->over.range.kind != VALUE_NUM)
        return false;
    struct claim_finding f = begin_definition(k, k->definition);
    f.input = k->over.input;
    f.inputs = k->over.inputs;
    f.computed = k->over.range;
    f.computed_value = k->over.value;
    tell_computed(k, &f, fits);
    return true;
}

static bool find(struct checker *k, const struct definition *d)
{
    k->definition = d;
    if (d->over != OVER_NONE)
        return find_over(k);
    return solver_run(k->solver, k->claim, d->needs, d->nneeds, found, k);
}

static void ignore(void *ctx, const struct solution *s)
{
    (void)ctx;
    (void)s;
}

/* Why a definition has nothing to compute the claim from. */
static const char *explain(struct checker *k, const struct definition *d)
{
    const char *between = "not published with it: ";
    buf_clear(&k->reason);
    if (d->over != OVER_NONE && !*claim_places_class(k->all->rules->places, k->claim->place))
        return "its place is of no class";
    for (size_t i = 0; i < d->nneeds; i++) {
        if (solver_run(k->solver, k->claim, &d->needs[i], 1, ignore, NULL))
            continue;
        buf_printf(&k->reason, "%s%s", between, k->all->rules->variables.name[d->needs[i]]);
        between = ", ";
    }
    if (k->reason.n == 0 && d->over != OVER_NONE)
        buf_text(&k->reason, "of no other place is it published with it");
    if (k->reason.n == 0)
        buf_text(&k->reason, "what it needs is not published together");
    return buf_string(&k->reason);
}

static void check_definitions(struct checker *k)
{
    const struct claim_rules *r = k->all->rules;
    const struct definition *lacking = NULL;
    for (size_t i = 0; i < r->ndefinitions; i++) {
        const struct definition *d = &r->definition[i];
        if (d->checks && d->variable == k->claim->variable && !find(k, d) && !lacking &&
            d->relation == CLAIM_EQUALS)
            lacking = d;
    }
    if (!lacking || k->computed)
        return;
    struct claim_finding f = begin_definition(k, lacking);
    f.reason = explain(k, lacking);
    tell(k, &f);
}

static void check_same(struct checker *k)
{
    for (const struct claim *other = k->all->claim; other < k->claim; other++) {
        if (other->variable != k->claim->variable || !claims_together(other, k->claim))
            continue;
        struct claim_finding f = begin(k);
        f.definition = "same";
        f.computed = other->range;
        f.computed_value = other->stated;
        f.verdict = judge(&f);
        k->input[0] = (struct claim_input){other->measure, other, NULL};
        f.inputs = 1;
        tell(k, &f);
    }
}

static void check_claim(struct checker *k)
{
    k->computed = k->mentioned = false;
    if (k->claim->variable >= 0) {
        check_definitions(k);
        check_same(k);
    }
    if (k->mentioned)
        return;
    struct claim_finding f = begin(k);
    f.reason = k->claim->variable < 0 ? "left out by the measures" : "no definition";
    tell(k, &f);
}

void claims_check(const struct claims *c, void (*tell_finding)(void *ctx, const struct claim_finding *f),
                  void *ctx)
{
    struct checker k = {.all = c, .solver = solver_new(c), .tell = tell_finding, .ctx = ctx};
    k.input = mem_zero(c->variables + 1, sizeof *k.input);
    for (size_t i = 0; i < c->n; i++) {
        k.claim = &c->claim[i];
        check_claim(&k);
    }
    solver_free(k.solver);
    free(k.input);
    free(k.over.input);
    buf_free(&k.reason);
}
