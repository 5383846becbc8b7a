/* SPDX-License-Identifier: MIT
 * expr_rows: an expression over a chunk of rows at once. What is usual, decimals that fit 128 bits at one
 * scale, comparisons and choices, is computed a column at a time; a row that is not surely so goes through
 * the careful walk of expr_eval. So the values are those of expr_eval, and so are the rows that fail. */
#ifndef LIB_EXPR_ROWS_H
#define LIB_EXPR_ROWS_H

#include "lib/expr/expr.h"
#include "lib/stream/table.h"

enum { EXPR_ROWS = 256 }; /* rows of a chunk at most: their columns fit the first-level cache */

enum row_kind {
    ROW_VALUE,
    ROW_EMPTY, /* of a truth value: undecided */
    ROW_NA,
    ROW_APART /* a number that does not fit the column: in `apart` */
};

/* The values of an expression, one for each row of a chunk. The order of the kinds makes the greater of two
 * that of a result which needs both. */
struct expr_column {
    enum expr_type type; /* EXPR_ANY: fields as they stand, in text */
    uint8_t kind[EXPR_ROWS];
    bool plain; /* every kind is ROW_VALUE */
    /* EXPR_NUM: units / 10^scale / den. EXPR_BOOL: units is 0 or 1. */
    int64_t units[EXPR_ROWS];
    int64_t high[EXPR_ROWS]; /* with `wide`: the upper halves of units */
    bool wide;
    i128 den[EXPR_ROWS]; /* with `ratio`, else 1; > 0 */
    bool ratio;
    int scale;                    /* below 0 only with `ratio` */
    uint8_t decimals[EXPR_ROWS];  /* with how many a number is printed; at most scale */
    bool alike;                   /* decimals[0] holds for every row */
    bool fewest;                  /* decimals are the least; more where the number needs them */
    struct slice text[EXPR_ROWS]; /* EXPR_TEXT, EXPR_DATE, EXPR_ANY: as in the stream, borrowed */
    struct value *apart;          /* EXPR_ROWS of them once one is needed, else NULL */
};

struct expr_column *expr_column_new(void);
void expr_column_free(struct expr_column *c);

/* Columns of the batch that were decoded for a chunk, so that several expressions share them. */
struct expr_decoded;
struct expr_decoded *expr_decoded_new(void);
void expr_decoded_free(struct expr_decoded *k);
void expr_decoded_forget(struct expr_decoded *k); /* the rows of the chunk have changed */

/* The rows of a chunk, and what the variables of an expression are in them. */
struct expr_rows {
    const struct batch *batch;
    const uint32_t *row; /* their numbers in the batch, rising */
    size_t n;            /* at most EXPR_ROWS */
    void *ctx;
    /* The values of a variable computed before, or NULL: then it is column *input of the batch, or, with
     * *input < 0, known only row by row. NULL: variable k is column k. */
    const struct expr_column *(*column)(void *ctx, int variable, int *input);
    /* The value of a variable in row i of the chunk, as expr_row's. NULL where `column` is. */
    void (*fetch)(void *ctx, size_t i, int variable, struct value *v);
    struct expr_decoded *decoded; /* or NULL */
};

/* Evaluates e for every row. Texts live until the next evaluation of e. On failure ST_INPUT as expr_eval,
 * *bad is the first row of the chunk that fails. */
enum status expr_eval_rows(struct expr *e, const struct expr_rows *rows, struct expr_column *out, size_t *bad,
                           struct diag *d) MUST_USE;

/* value_settle for the first n rows of an expression that is finite (expr_is_finite). false when a number
 * needs more than DEC_MAX_SCALE decimals, the first such row in *bad. */
bool expr_column_settle(struct expr_column *c, size_t n, size_t *bad) MUST_USE;

/* Makes c a column of n values of that type; texts are borrowed. */
void expr_column_take(struct expr_column *c, enum expr_type type, const struct value *v, size_t n);

/* Row i as a value. */
void expr_column_value(const struct expr_column *c, size_t i, struct value *v);

/* The units of a settled column whose rows are all numbers of 64 bits with the same decimals, which are as
 * many as its scale; NULL for any other. */
const int64_t *expr_column_units(const struct expr_column *c, unsigned *decimals);

/* Row i, not missing, as a decimal with the scale of the column; false when it is none that is at hand. */
bool expr_column_decimal(const struct expr_column *c, size_t i, struct dec *v);

/* Bytes that must be free where expr_column_write writes row i. */
size_t expr_column_room(const struct expr_column *c, size_t i);

/* Writes row i of a settled column as a field of the stream, as value_print does; returns its end. */
char *expr_column_write(const struct expr_column *c, size_t i, char *p);

#endif
