/* SPDX-License-Identifier: MIT
 * derivation_internal: the inside of a derivation, for the files that plan and run it. */
#ifndef LIB_DERIVATION_INTERNAL_H
#define LIB_DERIVATION_INTERNAL_H

#include "lib/derive/derivation.h"
#include "lib/expr/expr_rows.h"
#include "lib/stream/columns.h"

/* Ratios without a value met by an expression, and where the first was. */
struct tally {
    uint64_t count, added; /* in all; by the chunk at work */
    struct diag first;
};

struct computed {
    char *name;
    struct expr *e;
    struct expr_column *column; /* its values in the chunk */
    struct tally undefined;
};

struct condition {
    struct expr *e;
    bool early; /* uses input columns only, so it is decided before anything is computed */
    struct tally undefined;
};

/* A run of input columns that leave together, or one computed column (first == last >= width). */
struct piece {
    int first, last;
    const struct expr_column *column; /* of the computed one */
    const int64_t *units;             /* in the chunk at work: its plain numbers, or NULL */
    unsigned decimals;                /* of units */
};

/* The values of a call of the window in the chunk. */
struct look {
    bool known;
    struct expr_column *column;
};

/* The variables of an expression: columns of the input, computed columns, from here on calls of the window.
 */
enum { WINDOW_VARIABLE = 1 << 20 };

struct derivation {
    derivation_problem *problem;
    void *ctx;
    int width;              /* columns of the input; the computed ones are numbered after them */
    struct columns columns; /* by name, in the order they are written */
    struct computed *computed;
    size_t ncomputed, computed_cap;
    struct condition *condition;
    size_t conditions, conditions_cap;
    struct piece *piece;
    size_t pieces, pieces_cap;
    size_t copies;  /* how often a column of the input is written at most */
    bool identical; /* rows leave as they came */
    enum undefined undefined;
    struct window *window;
    struct buf unknown;           /* the name looked for in vain by the expression being compiled */
    bool unknown_inside;          /* inside a function over rows */
    struct expr_column *truth;    /* of a condition in the chunk */
    struct expr_decoded *decoded; /* columns of the input in the chunk */
    struct look *look;            /* by number of the call */
    size_t looks, looks_cap;
    bool failed; /* a problem was met: nothing more is written */
    /* of the batch at work */
    const struct batch *batch;
    const char *file;
    struct out *out;
    uint64_t number;         /* of its row 0, as the window counts */
    bool verbatim;           /* no field of it is \N, which is read but never written */
    struct slice run;        /* identical rows that leave together */
    uint32_t row[EXPR_ROWS]; /* the chunk: numbers of its rows in the batch */
    size_t rows;
};

/* Writes the rows of the chunk that are kept; rows as they came are gathered until derivation_write_rest. */
void derivation_write(struct derivation *v, const bool *kept);
void derivation_write_rest(struct derivation *v);

#endif
