/* SPDX-License-Identifier: MIT
 * argument: what an aggregate looks at, decoded a chunk of rows at a time. Columns are decoded from the bytes
 * of the batch; any other expression is evaluated row by row. */
#ifndef LIB_ARGUMENT_H
#define LIB_ARGUMENT_H

#include "lib/expr/expr_rows.h"
#include "lib/number/decimal_column.h"
#include "lib/order/rows.h"

/* Rows of a batch, at most ROWS_CHUNK, and the record of each one's group. */
struct chunk {
    const struct batch *batch;
    const char *file; /* for messages */
    const uint32_t *row;
    char *const *record;
    size_t n;
    uint64_t first; /* number of the first row in the whole input */
};

/* What an operation needs to know of its argument. */
enum want {
    WANT_ROWS,     /* only whether the row takes part */
    WANT_PRESENCE, /* whether it is there */
    WANT_DECIMAL,
    WANT_RATIO,
    WANT_TEXT, /* the value as it is printed */
    WANT_KEY   /* a text that equal values share */
};

enum cell {
    CELL_NUMBER, /* units at the scale of the argument, decimals as written */
    CELL_WIDE,   /* a decimal that does not fit so: wide */
    CELL_RATIO,
    CELL_TEXT, /* also, for WANT_PRESENCE and WANT_ROWS: anything there */
    CELL_EMPTY,
    CELL_NA,
    CELL_OUT /* the row does not take part */
};

struct argument {
    enum want want;
    int *column;     /* the columns that are the argument, owned; NULL when it is made of expressions */
    struct expr **e; /* the expressions, owned */
    struct expr_column **value;  /* of each in the chunk, owned */
    size_t n;                    /* of column or e */
    struct expr *when;           /* owned; NULL: every row */
    struct expr_column *truth;   /* of when in the chunk, owned */
    const struct argument *rows; /* takes part where this one does, decoded before; or NULL */
    unsigned scale;              /* of units */
    unsigned most;               /* decimals met so far, at most FAST_SCALE: the scale of the next chunk */
    bool uniform; /* every cell of the chunk is a CELL_NUMBER written with `scale` decimals: kind and decimals
                   * are not filled; or, of texts, every one is CELL_TEXT */
    uint8_t kind[ROWS_CHUNK];
    uint8_t decimals[ROWS_CHUNK];
    int64_t units[ROWS_CHUNK];
    struct dec *wide; /* the last three: ROWS_CHUNK each, where wanted */
    struct rat *ratio;
    struct slice *text;
    struct buf bytes; /* of texts that were made */
};

enum { FAST_SCALE = 9 }; /* leaves ten digits before the point in 64 bits */

struct argument *argument_new(enum want want);
void argument_take(struct argument *a, struct expr **e, size_t n); /* the expressions that it is made of */
void argument_free(struct argument *a);

/* Decodes the argument in a chunk. names: of the columns, for messages. On failure ST_INPUT with file, line
 * and column. */
enum status argument_decode(struct argument *a, const struct chunk *c, const struct slice *names,
                            struct diag *d) MUST_USE;

/* --- between the files of an argument --- */

/* The kind that a field of the stream has as a text. */
uint8_t kind_of_field(struct slice f);

/* A missing part makes the whole missing, empty before \-. */
uint8_t joined_kind(uint8_t whole, uint8_t part);

/* A field, a decimal as cell i. argument_field: ST_INPUT when it is no decimal. */
enum status argument_field(struct argument *a, size_t i, struct slice f, struct diag *d) MUST_USE;
void argument_decimal(struct argument *a, size_t i, struct dec v);

/* Gives the cells, which know their lengths, the texts that were appended to a->bytes one after the other. */
void argument_find_texts(struct argument *a, size_t n);

/* Evaluates the expressions of the rows that take part; chooses those rows by a->when and a->rows. */
enum status argument_evaluate(struct argument *a, const struct chunk *c, struct diag *d) MUST_USE;
enum status argument_choose(struct argument *a, const struct chunk *c, struct diag *d) MUST_USE;

/* Whether some rows may be out; then the kinds tell from the beginning which they are. */
static inline bool argument_is_filtered(const struct argument *a)
{
    return a->when || a->rows;
}

static inline bool argument_has_row(const struct argument *a, size_t i)
{
    return !argument_is_filtered(a) || a->kind[i] != CELL_OUT;
}

/* --- cells --- */

static inline enum cell argument_kind(const struct argument *a, size_t i)
{
    return a->uniform ? (a->want == WANT_DECIMAL ? CELL_NUMBER : CELL_TEXT) : (enum cell)a->kind[i];
}

static inline unsigned argument_decimals(const struct argument *a, size_t i)
{
    return a->uniform ? a->scale : a->decimals[i];
}

#endif
