/* SPDX-License-Identifier: MIT
 * argument: what an aggregate looks at, decoded a chunk of rows at a time. Columns are decoded from the bytes
 * of the batch; any other expression is evaluated row by row. */
#ifndef LIB_ARGUMENT_H
#define LIB_ARGUMENT_H

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
    int *column;       /* the columns that are the argument, owned; NULL when it is made of expressions */
    struct expr **e;   /* the expressions, owned */
    size_t n;          /* of column or e */
    struct expr *when; /* owned; NULL: every row */
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
void argument_free(struct argument *a);

/* Decodes the argument in a chunk. names: of the columns, for messages. On failure ST_INPUT with file, line
 * and column. */
enum status argument_decode(struct argument *a, const struct chunk *c, const struct slice *names,
                            struct diag *d) MUST_USE;

static inline enum cell argument_kind(const struct argument *a, size_t i)
{
    return a->uniform ? (a->want == WANT_DECIMAL ? CELL_NUMBER : CELL_TEXT) : (enum cell)a->kind[i];
}

static inline unsigned argument_decimals(const struct argument *a, size_t i)
{
    return a->uniform ? a->scale : a->decimals[i];
}

#endif
