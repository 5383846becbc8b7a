/* SPDX-License-Identifier: MIT
 * claims_solve: which published figures, or expressions over them, can stand for the variables of a
 * definition. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/claims/claims_internal.h"

struct solver {
    struct solution now;
    const struct claim **of; /* the claims by variable, in the order of the table */
    size_t *start;           /* where those of a variable begin in `of` */
    int *pending;            /* variables that still need something */
    size_t npending;
    const struct claim_input *beside; /* whose claims are chosen already, at other places */
    size_t nbeside;
    char *visit; /* by variable, when looking for circles */
    void (*found)(void *ctx, const struct solution *);
    void *ctx;
};

static bool solve(struct solver *s, size_t at);

struct solver *solver_new(const struct claims *c)
{
    struct solver *s = mem_zero(1, sizeof *s);
    size_t needs = c->variables + 1;
    for (size_t i = 0; i < c->rules->ndefinitions; i++)
        needs += 2 * c->rules->definition[i].nneeds;
    s->now.all = c;
    s->now.claim = mem_zero(c->variables + 1, sizeof *s->now.claim);
    s->now.rule = mem_zero(c->variables + 1, sizeof *s->now.rule);
    s->now.order = mem_zero(c->variables + 1, sizeof *s->now.order);
    s->pending = mem_zero(needs, sizeof *s->pending);
    s->visit = mem_zero(c->variables + 1, 1);
    s->start = mem_zero(c->variables + 2, sizeof *s->start);
    s->of = mem_zero(c->n + 1, sizeof *s->of);
    for (size_t i = 0; i < c->n; i++)
        if (c->claim[i].variable >= 0)
            s->start[c->claim[i].variable + 2]++;
    for (size_t v = 2; v < c->variables + 2; v++)
        s->start[v] += s->start[v - 1];
    for (size_t i = 0; i < c->n; i++)
        if (c->claim[i].variable >= 0)
            s->of[s->start[c->claim[i].variable + 1]++] = &c->claim[i];
    return s;
}

void solver_free(struct solver *s)
{
    if (!s)
        return;
    free(s->now.claim);
    free(s->now.rule);
    free(s->now.order);
    free(s->pending);
    free(s->visit);
    free(s->start);
    free(s->of);
    free(s);
}

/* Whether the claim may stand beside the target and all that is chosen. */
static bool fits(const struct solver *s, const struct claim *c)
{
    if (c == s->now.target || !claims_together(c, s->now.target))
        return false;
    for (size_t i = 0; i < s->nbeside; i++)
        if (s->beside[i].claim && !claims_of_one_time(c, s->beside[i].claim))
            return false;
    for (size_t i = 0; i < s->now.n; i++) {
        const struct claim *other = s->now.claim[s->now.order[i]];
        if (other && !claims_together(c, other))
            return false;
    }
    return true;
}

/* The less the better; the order of the table decides among equals. */
static unsigned distance(const struct claim *c, const struct claim *target)
{
    return (strcmp(c->article, target->article) != 0 ? 2u : 0u) +
           (c->period.undated != target->period.undated ? 1u : 0u);
}

static bool try_claims(struct solver *s, int variable, size_t at)
{
    bool found = false;
    s->now.order[s->now.n++] = variable;
    for (unsigned near = 0; near < 4 && !found; near++) {
        for (size_t i = s->start[variable]; i < s->start[variable + 1] && !found; i++) {
            if (distance(s->of[i], s->now.target) != near)
                continue;
            s->now.claim[variable] = NULL;
            if (!fits(s, s->of[i]))
                continue;
            s->now.claim[variable] = s->of[i];
            found = solve(s, at + 1);
        }
    }
    s->now.claim[variable] = NULL;
    s->now.n--;
    return found;
}

/* All of them: each is another way to find what is not published. */
static bool try_rules(struct solver *s, int variable, size_t at)
{
    const struct claim_rules *r = s->now.all->rules;
    bool found = false;
    size_t n = s->npending;
    s->now.order[s->now.n++] = variable;
    for (size_t i = 0; i < r->ndefinitions; i++) {
        const struct definition *f = &r->definition[i];
        if (f->variable != variable || f->relation != CLAIM_EQUALS)
            continue;
        s->now.rule[variable] = f;
        memcpy(s->pending + n, f->needs, f->nneeds * sizeof *f->needs);
        s->npending = n + f->nneeds;
        found = solve(s, at + 1) || found;
        s->npending = n;
    }
    s->now.rule[variable] = NULL;
    s->now.n--;
    return found;
}

/* Whether a variable's expression leads back to itself. */
static bool circles(struct solver *s, int variable)
{
    const struct definition *f = s->now.rule[variable];
    bool found = s->visit[variable] == 1;
    if (!f || s->visit[variable])
        return found;
    s->visit[variable] = 1;
    for (size_t i = 0; i < f->nneeds && !found; i++)
        found = circles(s, f->needs[i]);
    s->visit[variable] = 2;
    return found;
}

static bool complete(struct solver *s)
{
    bool circle = false;
    for (size_t i = 0; i < s->now.n; i++)
        s->visit[s->now.order[i]] = 0;
    for (size_t i = 0; i < s->now.n && !circle; i++)
        circle = circles(s, s->now.order[i]);
    if (!circle)
        s->found(s->ctx, &s->now);
    return !circle;
}

/* Gives a value to the variables that wait from `at` on. */
static bool solve(struct solver *s, size_t at)
{
    while (at < s->npending && (s->now.claim[s->pending[at]] || s->now.rule[s->pending[at]]))
        at++;
    if (at == s->npending)
        return complete(s);
    int variable = s->pending[at];
    if (variable == s->now.target->variable)
        return false;
    return try_claims(s, variable, at) || try_rules(s, variable, at);
}

void solver_beside(struct solver *s, const struct claim_input *input, size_t n)
{
    s->beside = input;
    s->nbeside = n;
}

bool solver_run(struct solver *s, const struct claim *target, const int *variables, size_t n,
                void (*found)(void *ctx, const struct solution *), void *ctx)
{
    s->now.target = target;
    s->now.n = 0;
    s->found = found;
    s->ctx = ctx;
    memcpy(s->pending, variables, n * sizeof *variables);
    s->npending = n;
    return solve(s, 0);
}

/* --- the value of what was found --- */

struct evaluation {
    const struct solution *s;
    int printed;
    bool failed;
};

/* The range of a claim, as it enters an expression whose figures are taken as printed: one printed to so many
 * decimals is exact, and of any other only what it may have been printed as is known. */
static bool as_printed(const struct evaluation *e, const struct claim *c, struct range *r)
{
    *r = c->range;
    if (e->printed < 0)
        return true;
    if (!r->low.open && !r->high.open && (int)c->printed.scale - c->in->shift == e->printed) {
        *r = range_point(c->stated);
        return true;
    }
    return range_round(r, (unsigned)e->printed);
}

static void fetch_range(void *ctx, int variable, struct range *r)
{
    struct evaluation *e = ctx;
    struct rat value;
    const struct claim *c = e->s->claim[variable];
    if (c ? as_printed(e, c, r) : solution_value(e->s, e->s->rule[variable], r, &value)) {
        if (c || e->printed < 0 || range_round(r, (unsigned)e->printed))
            return;
    }
    e->failed = true;
    *r = (struct range){.kind = VALUE_EMPTY};
}

static void fetch_value(void *ctx, int variable, struct value *v)
{
    struct evaluation *e = ctx;
    struct range range;
    const struct claim *c = e->s->claim[variable];
    struct dec rounded;
    *v = (struct value){.kind = VALUE_NUM};
    if (c)
        v->num = c->stated;
    else if (!solution_value(e->s, e->s->rule[variable], &range, &v->num))
        e->failed = true;
    else
        v->kind = range.kind;
    if (e->printed >= 0 && v->kind == VALUE_NUM && !e->failed &&
        !(rat_round(v->num, (unsigned)e->printed, ROUND_HALF_UP, &rounded) && rat_of_dec(rounded, &v->num)))
        e->failed = true;
}

bool solution_value(const struct solution *s, const struct definition *f, struct range *range,
                    struct rat *value)
{
    struct evaluation e = {s, f->printed, false};
    struct expr_range_row ranges = {&e, fetch_range};
    struct expr_row values = {&e, fetch_value};
    struct value v;
    struct diag d;
    if (!expr_range(f->e, &ranges, range) || e.failed)
        return false;
    if (range->kind != VALUE_NUM)
        return true;
    if (expr_eval(f->e, &values, &v, &d) != ST_OK || e.failed)
        return false;
    /* A divisor that is zero as stated, in a range that is not, has no value. */
    if (v.kind != VALUE_NUM)
        range->kind = VALUE_EMPTY;
    *value = v.num;
    return true;
}
