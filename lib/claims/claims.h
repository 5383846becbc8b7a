/* SPDX-License-Identifier: MIT
 * claims: figures that somebody published, recomputed from the other figures published beside them.
 *
 * A printed figure stands for all values that print so. A measure's name leads to a variable, a definition
 * computes a variable from others, and a claim contradicts its definition when no values behind the figures
 * satisfy it. Which figures may be taken together: claims_period.h. */
#ifndef LIB_CLAIMS_H
#define LIB_CLAIMS_H

#include "lib/claims/claims_period.h"
#include "lib/claims/claims_places.h"
#include "lib/expr/expr_range.h"
#include "lib/number/decimal.h"
#include "lib/read/units.h"

/* What the measures mean and what follows from them: read once, before any claim. */
struct claim_rules;

/* measures (a specification): measure, variable, dimension, sign, moment. definitions: id, variable,
 * relation, expression, use, printed, over. units: files of units, at least one; a dimension named "count" is
 * exact. places: owned by the caller, who lets it outlive the rules; NULL when no definition looks at others.
 * See claims(1). NULL on failure, ST_MISUSE with file and line. */
struct claim_rules *claim_rules_load(const char *measures, const char *definitions, const char *const *units,
                                     size_t nunits, const struct claim_places *places, struct diag *d);
void claim_rules_free(struct claim_rules *r);

/* Gives a parameter of the definitions an expression: NAME=EXPR. ST_MISUSE when there is no such parameter or
 * the expression is wrong. */
enum status claim_rules_set(struct claim_rules *r, const char *definition, struct diag *d) MUST_USE;

/* One published figure. The texts are as they stand in the stream. */
struct claim {
    uint64_t line;
    char *article, *place, *measure, *qual, *value, *unit, *as_of;
    int variable; /* -1: the measures leave it out */
    int sign;     /* -1: the variable counts the other way */
    const struct unit *in;
    struct dec printed; /* the value as printed */
    struct period period;
    struct range range; /* of the variable, in the base unit of the dimension */
    struct rat stated;  /* the variable, taking the figure as exact */
};

/* The table of claims, with columns article, place, measure_en, qual, value, unit, as_of among others. */
struct claims;

/* path NULL or "-": standard input. NULL on failure: ST_INPUT with line and column. rules must outlive it. */
struct claims *claims_load(const struct claim_rules *rules, const char *path, struct diag *d);
void claims_free(struct claims *c);
size_t claims_count(const struct claims *c);

enum claim_verdict { CLAIM_AGREES, CLAIM_CONTRADICTS, CLAIM_NOT_COMPUTED };
enum claim_relation { CLAIM_EQUALS, CLAIM_AT_MOST, CLAIM_AT_LEAST };

/* A published figure that a variable was taken from, or an expression where none is published. */
struct claim_input {
    const char *variable;
    const struct claim *claim;
    const char *expression; /* when claim is NULL */
};

struct claim_finding {
    const struct claim *claim;
    enum claim_verdict verdict;
    const char *definition; /* its id, "same" for the same figure published elsewhere, "" for none */
    enum claim_relation relation;
    const char *expression;
    const char *over; /* of which other places: "rank desc" and the like, "" for none */
    const struct claim_input *input;
    size_t inputs;
    const char *reason; /* why it was not computed, else "" */
    /* In the sign of the claim and the base unit of its dimension; kind VALUE_EMPTY when not computed. */
    struct range stands_for, computed;
    struct rat value; /* the claim's figure as it stands, and what the others give so */
    struct rat computed_value;
};

/* Checks every claim, in the order of the table: against each definition of its variable, once for each way
 * to find what the definition needs, and against the same figure on an earlier line. A claim that nothing
 * computes is told once, as not computed. The finding dies when tell returns. */
void claims_check(const struct claims *c, void (*tell)(void *ctx, const struct claim_finding *f), void *ctx);

/* v times ten to the power of shift; false when it does not fit. */
bool claim_shift(struct rat *v, int shift);

#endif
