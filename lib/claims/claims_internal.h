/* SPDX-License-Identifier: MIT
 * claims_internal: what the parts of the check of claims share. Only lib/claims includes it. */
#ifndef LIB_CLAIMS_INTERNAL_H
#define LIB_CLAIMS_INTERNAL_H

#include "lib/claims/claims.h"
#include "lib/spec/spec.h"

/* Names, numbered from 0 in the order of adding. */
struct numbered {
    char **name;
    size_t n, cap;
};

/* The number of a name, or -1; numbered_add adds it when it is new. */
int numbered_find(const struct numbered *l, struct slice name);
int numbered_add(struct numbered *l, struct slice name);
void numbered_free(struct numbered *l);

struct measure {
    const char *name, *dimension; /* dimension "" for one left out */
    int variable;                 /* -1: left out */
    int sign;
    enum moment moment;
};

/* Which places a definition looks at. */
enum over {
    OVER_NONE,        /* the figure's own */
    OVER_RANK_HIGH,   /* those ranked with it, the highest first */
    OVER_RANK_LOW,    /* the lowest first */
    OVER_SUM,         /* its parts: the sum of what is known of them */
    OVER_COUNT,       /* how many of them have at least 0 */
    OVER_COUNT_ABOVE, /* how many have more than 0 */
};

struct definition {
    const char *id, *text;
    char *owned; /* text, when it is not the specification's */
    int variable;
    enum claim_relation relation;
    struct expr *e;
    enum over over;
    const char *over_text;
    bool checks; /* claims are checked by it; otherwise it only computes what is not published */
    int printed; /* decimals in which its variables enter, -1 for as they are */
    int *needs;  /* the variables of the expression, each once, in the order in which they occur */
    size_t nneeds;
};

struct claim_rules {
    const struct claim_places *places;
    struct spec *measures, *definitions;
    struct units **units;
    size_t nunits;
    struct numbered variables;
    struct measure *measure;
    size_t nmeasures;
    struct definition *definition;
    size_t ndefinitions, cap;
    bool *parameter; /* by row of the definitions */
};

const struct measure *claim_rules_measure(const struct claim_rules *r, struct slice name);
const struct unit *claim_rules_unit(const struct claim_rules *r, struct slice name);

/* Variables are numbered from 0; those of claims that the measures do not name come after the rules'. */
struct claims {
    const struct claim_rules *rules;
    struct claim *claim;
    size_t n, cap;
    struct numbered places;  /* each once, in the order of the table */
    struct numbered unnamed; /* measures without a variable of their own, with their dimension */
    size_t variables;
};

/* Whether a figure of one may enter a calculation with the other, if they were of one place. */
bool claims_of_one_time(const struct claim *a, const struct claim *b);

/* The same, and they are of one place. */
bool claims_together(const struct claim *a, const struct claim *b);

/* What stands for each variable in one calculation: a claim or an expression. */
struct solution {
    const struct claims *all;
    const struct claim *target;
    const struct claim **claim;     /* by variable */
    const struct definition **rule; /* by variable, where there is no claim */
    int *order;                     /* the variables that have one of them */
    size_t n;
};

struct solver;
struct solver *solver_new(const struct claims *c);
void solver_free(struct solver *s);

/* From now on all that is chosen must be of one time with the claims of these inputs too. */
void solver_beside(struct solver *s, const struct claim_input *input, size_t n);

/* Calls found for every way to give the variables a value together with target; true when there was one.
 * A published figure is preferred to a computed one, one of the target's article to others, then one that is
 * dated as the target is, then the earlier line. */
bool solver_run(struct solver *s, const struct claim *target, const int *variables, size_t n,
                void (*found)(void *ctx, const struct solution *), void *ctx);

/* The range and the stated value of a definition's expression; false when a number does not fit. When the
 * range's kind is not VALUE_NUM there is no value. */
bool solution_value(const struct solution *s, const struct definition *f, struct range *range,
                    struct rat *value);

/* What a definition over other places gives for a claim, from the first way to compute each of them. The
 * range is VALUE_EMPTY when nothing does. */
struct over_result {
    struct range range;
    struct rat value;
    struct claim_input *input; /* malloced */
    size_t inputs, cap;
};

/* false when a number does not fit. */
bool claims_over(const struct claims *c, struct solver *s, const struct claim *target,
                 const struct definition *d, struct over_result *o);

#endif
