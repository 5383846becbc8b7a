/* SPDX-License-Identifier: MIT
 * aggregator_parts: what the files of the aggregator share: arguments (decoded a chunk of rows at a time),
 * states (what a group remembers), operations (how one becomes the other). */
#ifndef LIB_AGGREGATOR_PARTS_H
#define LIB_AGGREGATOR_PARTS_H

#include "lib/group/aggregator.h"
#include "lib/number/decimal_column.h"
#include "lib/order/rows.h"

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
    int column;        /* the one column that is the argument, or -1 */
    struct expr **e;   /* otherwise the expressions, owned */
    size_t n;          /* of e */
    struct expr *when; /* NULL: every row */
    unsigned scale;    /* of units */
    unsigned most;     /* decimals met so far, at most FAST_SCALE: the scale of the next chunk */
    uint8_t kind[ROWS_CHUNK];
    uint8_t decimals[ROWS_CHUNK];
    int64_t units[ROWS_CHUNK];
    struct dec *wide; /* the last three: ROWS_CHUNK each, where wanted */
    struct rat *ratio;
    struct slice *text;
    struct buf bytes; /* of texts that expressions made */
};

enum { FAST_SCALE = 9 }; /* leaves ten digits before the point in 64 bits */

struct argument *argument_new(enum want want);
void argument_free(struct argument *a);

/* Decodes the argument in a chunk of rows. names: of the columns, for messages. */
enum status argument_decode(struct argument *a, const struct grouped_rows *rows, const struct slice *names,
                            struct diag *d) MUST_USE;

/* The states of all groups, a record of fixed size each; cleared means that nothing was seen. */
struct states {
    char *p;
    size_t stride; /* bytes of a record */
    size_t cap;    /* records there is room for */
    uint32_t groups;
};

static inline void *state_at(const struct states *s, uint32_t group, size_t offset)
{
    return s->p + (size_t)group * s->stride + offset;
}

enum missing { MISSING_STRICT, MISSING_SKIP, MISSING_ZERO };

enum saw { SAW_EMPTY = 1, SAW_NA = 2 };

/* What an aggregate of a group is. */
struct outcome {
    enum value_kind kind; /* VALUE_EMPTY, VALUE_NA, VALUE_NUM or VALUE_RAW */
    bool is_ratio;        /* VALUE_NUM: ratio holds it; otherwise decimal */
    bool overflow;        /* it does not fit */
    struct dec decimal;
    struct rat ratio;
    struct slice text;
};

struct operation;
struct keymap;

/* One accumulation: an operation over an argument, its state at an offset in the record of each group. */
struct accumulator {
    const struct operation *op;
    struct argument *in;
    enum missing missing;
    size_t offset;
    struct keymap *seen; /* count_distinct: group number and value */
};

struct operation {
    size_t size, align; /* of a state */
    /* Takes a chunk in; first is the number of its first row in the whole input. false on overflow, with the
     * index of the row in *bad. */
    bool (*update)(struct accumulator *a, const struct states *s, const struct grouped_rows *rows,
                   uint64_t first, size_t *bad);
    /* Folds groups below n as aggregator_fold says; false on overflow. */
    bool (*fold)(struct accumulator *a, const struct states *s, const int64_t *into, uint32_t n);
    void (*release)(void *state); /* NULL: a state owns nothing */
    struct outcome (*outcome)(const struct accumulator *a, const void *state);
};

extern const struct operation operation_rows, operation_sum, operation_min, operation_max;
extern const struct operation operation_ratio_sum, operation_ratio_min, operation_ratio_max;
extern const struct operation operation_distinct, operation_first, operation_last;
extern const struct operation operation_text_min, operation_text_max;

/* The mean of what operation_sum and operation_ratio_sum accumulated. */
struct outcome outcome_of_mean(const struct accumulator *a, const void *state);
struct outcome outcome_of_ratio_mean(const struct accumulator *a, const void *state);

/* What a group is by what it saw: VALUE_NUM when it has a value, VALUE_NA when there was nothing at all. */
static inline enum value_kind outcome_kind(enum missing missing, unsigned saw, bool any)
{
    if (missing == MISSING_STRICT && (saw & SAW_EMPTY))
        return VALUE_EMPTY;
    if (any)
        return VALUE_NUM;
    return saw & SAW_EMPTY ? VALUE_EMPTY : VALUE_NA;
}

#endif
