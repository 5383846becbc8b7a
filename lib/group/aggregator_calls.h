/* SPDX-License-Identifier: MIT
 * aggregator_calls: the inside of an aggregator, for the files that build and run it. */
#ifndef LIB_AGGREGATOR_CALLS_H
#define LIB_AGGREGATOR_CALLS_H

#include "lib/group/aggregator.h"
#include "lib/group/reading.h"

/* What a call such as mean(x) stands for: one way to look at an accumulation. */
struct aggregate {
    struct accumulator *of;
    struct parameters p;
    outcome_function *outcome;
    const struct reading *reading; /* instead of outcome */
    struct collector collector;    /* of the group at hand */
};

struct aggregator {
    char **name; /* of the columns, owned */
    struct slice *column;
    size_t columns, columns_cap, column_cap;
    bool open; /* any name is a column */
    struct argument **argument;
    size_t arguments, arguments_cap;
    struct accumulator **accumulator;
    size_t accumulators, accumulators_cap;
    struct accumulator **bag; /* those of them with bags, in their order */
    size_t bags;
    struct aggregate *aggregate;
    size_t aggregates, aggregates_cap;
    size_t record;      /* bytes */
    uint64_t rows;      /* taken so far */
    const char *group;  /* the record at hand */
    uint64_t undefined; /* ratios without a value since they were last asked for */
    struct arena texts; /* of its outcomes */
};

/* How an aggregate looks at its accumulation, for each kind of argument it takes. */
struct view {
    const struct operation *op;
    outcome_function *outcome;     /* NULL: that of op */
    const struct reading *reading; /* instead of an outcome */
};

/* An aggregate's name and what may stand in its parentheses. The letters of shape are its positional
 * arguments in order: x the value, w a second number, k a key; the constants d digits, n a whole number above
 * 0, p a share from 0 to 1, t the type of a quantile, s a text, b bounds; behind ? all are optional, the
 * last one before * may be repeated. */
struct definition {
    const char *name, *usage, *shape;
    enum want want; /* WANT_DECIMAL becomes WANT_RATIO for what has no finite decimal, WANT_TEXT for a text */
    struct view decimal, ratio, text;
    bool takes_missing, takes_ties; /* has the keyword missing=, ties= */
    enum missing missing;           /* without it */
    bool ratio_result;              /* the result need not have a finite decimal, whatever the argument */
};

const struct definition *definition_named(struct slice name);

enum { MOST_VALUES = 32, MOST_ACCUMULATIONS = 1000 /* their numbers in a part have three digits */ };

/* A call taken apart. */
struct call {
    const struct definition *def;
    struct expr *x[MOST_VALUES]; /* owned until an argument takes them, like the two below */
    size_t n;
    struct expr *second; /* w or k */
    struct expr *when;
    bool keyed; /* second is a key */
    struct parameters p;
};

/* Makes an aggregate of a call and returns its number. want and key: of its value and of what stands in the
 * second place, if anything does. Takes the expressions. */
int aggregator_build(struct aggregator *a, struct call *c, const struct view *v, enum want want,
                     enum want key);

/* The constants among the positional arguments of a call, read by the letters of its shape. */
enum status parameters_read(struct parameters *p, const struct definition *def, char letter, struct expr *e,
                            struct diag *d) MUST_USE;
void parameters_free(struct parameters *p);
struct parameters parameters_copy(const struct parameters *p);
bool parameters_equal(const struct parameters *a, const struct parameters *b);

#endif
