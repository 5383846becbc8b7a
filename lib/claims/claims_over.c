/* SPDX-License-Identifier: MIT
 * claims_over: figures that follow from those of other places: a rank among its like, and what a whole must
 * have by the published ones of its parts. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/claims/claims_internal.h"

/* The search at one place. */
struct search {
    const struct claims *all;
    struct solver *solver;
    const struct definition *definition;
    struct over_result *out;
    bool known, failed;
    struct range range;
    struct rat value;
};

/* The first way that has a value is taken; its figures are inputs of the result. */
static void take(void *ctx, const struct solution *s)
{
    struct search *x = ctx;
    if (x->known || x->failed)
        return;
    x->failed = !solution_value(s, x->definition, &x->range, &x->value);
    if (x->failed || x->range.kind != VALUE_NUM)
        return;
    x->known = true;
    for (size_t i = 0; i < s->n; i++) {
        int v = s->order[i];
        x->out->input[x->out->inputs++] = (struct claim_input){x->all->rules->variables.name[v], s->claim[v],
                                                               s->claim[v] ? NULL : s->rule[v]->text};
    }
}

/* What the definition's expression is at a place, beside the figures taken before. */
static bool search_place(struct search *x, const struct claim *target, char *place)
{
    struct over_result *o = x->out;
    struct claim there = *target;
    const struct definition *d = x->definition;
    there.place = place;
    there.variable = -1; /* the place's own figure of the variable may be used */
    while (o->cap < o->inputs + x->all->variables + 1) /* take must not move what the solver looks at */
        o->input = mem_grow(o->input, o->cap, &o->cap, sizeof *o->input);
    x->known = false;
    solver_beside(x->solver, o->input, o->inputs);
    solver_run(x->solver, &there, d->needs, d->nneeds, take, x);
    solver_beside(x->solver, NULL, 0);
    return x->known;
}

static bool is_below(const struct range *a, const struct range *b)
{
    return !a->high.open && !b->low.open && rat_compare(a->high.at, b->low.at) < 0;
}

static bool is_not_above(const struct range *a, const struct range *b)
{
    return !a->high.open && !b->low.open && rat_compare(a->high.at, b->low.at) <= 0;
}

static void set_count(struct over_result *o, size_t low, size_t high, size_t stated)
{
    o->range =
        (struct range){.kind = VALUE_NUM, .low.at = rat_int((i128)low), .high.at = rat_int((i128)high)};
    o->value = rat_int((i128)stated);
}

/* 1 and as many as surely are before; the others may be before too, but for those that surely are not. Equal
 * ones share a rank. */
static void rank(struct search *x, const struct claim *target)
{
    const struct claim_places *places = x->all->rules->places;
    const char *class = claim_places_class(places, target->place);
    bool high = x->definition->over == OVER_RANK_HIGH;
    if (!*class || !search_place(x, target, target->place))
        return;
    struct range own = x->range;
    struct rat own_value = x->value;
    size_t known = 0, before = 0, not_before = 0, stated = 0;
    for (size_t i = 0; i < x->all->places.n; i++) {
        char *place = x->all->places.name[i];
        if (strcmp(place, target->place) == 0 || strcmp(claim_places_class(places, place), class) != 0 ||
            !search_place(x, target, place))
            continue;
        known++;
        before += high ? is_below(&own, &x->range) : is_below(&x->range, &own);
        not_before += high ? is_not_above(&x->range, &own) : is_not_above(&own, &x->range);
        int order = rat_compare(x->value, own_value);
        stated += high ? order > 0 : order < 0;
    }
    if (known)
        set_count(x->out, 1 + before, claim_places_count(places, class) - not_before, 1 + stated);
}

static void add(struct search *x, struct range *sum, struct rat *value)
{
    x->failed = x->failed || !rat_add(*value, x->value, value);
    sum->low.open = sum->low.open || x->range.low.open;
    sum->high.open = sum->high.open || x->range.high.open;
    x->failed = x->failed || (!sum->low.open && !rat_add(sum->low.at, x->range.low.at, &sum->low.at)) ||
                (!sum->high.open && !rat_add(sum->high.at, x->range.high.at, &sum->high.at));
}

static void parts(struct search *x, const struct claim *target)
{
    const struct claim_places *places = x->all->rules->places;
    struct range sum = range_point(rat_int(0)), zero = sum;
    struct rat value = rat_int(0);
    bool above = x->definition->over == OVER_COUNT_ABOVE;
    size_t known = 0, sure = 0, surely_not = 0, stated = 0;
    for (size_t i = 0; i < x->all->places.n; i++) {
        if (strcmp(claim_places_whole(places, x->all->places.name[i]), target->place) != 0 ||
            !search_place(x, target, x->all->places.name[i]))
            continue;
        known++;
        add(x, &sum, &value);
        sure += above ? is_below(&zero, &x->range) : is_not_above(&zero, &x->range);
        surely_not += above ? is_not_above(&x->range, &zero) : is_below(&x->range, &zero);
        int order = rat_compare(x->value, zero.low.at);
        stated += above ? order > 0 : order >= 0;
    }
    if (known && x->definition->over != OVER_SUM)
        set_count(x->out, sure, known - surely_not, stated);
    if (known && x->definition->over == OVER_SUM) {
        x->out->range = sum;
        x->out->value = value;
    }
}

bool claims_over(const struct claims *c, struct solver *s, const struct claim *target,
                 const struct definition *d, struct over_result *o)
{
    struct search x = {.all = c, .solver = s, .definition = d, .out = o};
    o->range = (struct range){.kind = VALUE_EMPTY};
    o->inputs = 0;
    if (d->over == OVER_RANK_HIGH || d->over == OVER_RANK_LOW)
        rank(&x, target);
    else
        parts(&x, target);
    return !x.failed;
}
