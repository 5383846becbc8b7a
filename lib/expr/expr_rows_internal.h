/* SPDX-License-Identifier: MIT
 * expr_rows_internal: what the parts of the evaluation over chunks of rows share. A kernel works on whole
 * columns and puts its result in the first; where a row's exact result does not fit, or a case is not worth a
 * loop, it marks the row ROW_APART and the careful walk evaluates the whole expression for that row. */
#ifndef LIB_EXPR_ROWS_INTERNAL_H
#define LIB_EXPR_ROWS_INTERNAL_H

#include "lib/expr/expr_internal.h"
#include "lib/expr/expr_rows.h"

/* Within this a column's scale keeps 10^scale below 2^127, which is what the careful walk allows a
 * denominator. */
enum { COLUMN_MAX_SCALE = 36 };

struct chunk {
    struct expr *e;
    const struct expr_rows *rows;
    size_t n;
};

/* --- columns --- */

static inline i128 column_units(const struct expr_column *c, size_t i)
{
    return c->wide ? (i128)((u128)(uint64_t)c->high[i] << 64 | (uint64_t)c->units[i]) : c->units[i];
}

/* Only into a column that is wide. */
static inline void column_put(struct expr_column *c, size_t i, i128 v)
{
    c->units[i] = (int64_t)v;
    c->high[i] = (int64_t)(v >> 64);
}

static inline i128 column_den(const struct expr_column *c, size_t i)
{
    return c->ratio ? c->den[i] : 1;
}

static inline unsigned column_decimals(const struct expr_column *c, size_t i)
{
    return c->decimals[c->alike ? 0 : i];
}

/* Marks the row as one for the careful walk. */
static inline void column_mark(struct expr_column *c, size_t i)
{
    c->kind[i] = ROW_APART;
    c->plain = false;
}

/* A column of n rows, each ROW_VALUE; numbers at scale 0 without decimals. */
void column_begin(struct expr_column *c, enum expr_type type, size_t n);
void column_all_apart(struct expr_column *c, enum expr_type type, size_t n);
void column_copy(struct expr_column *to, const struct expr_column *from, size_t n);

/* Makes room for upper halves; gives them up where no number needs its own. */
void column_widen(struct expr_column *c, size_t n);
void column_narrow(struct expr_column *c, size_t n);

/* States the decimals of every row, where they were alike. */
void column_spread(struct expr_column *c, size_t n);

/* The same numbers at a scale that is not smaller. */
void column_rescale(struct expr_column *c, size_t n, int scale);

/* Marks the rows whose number, as the careful walk holds it, might not fit: units * 10^-scale, or den *
 * 10^scale. */
void column_bound(struct expr_column *c, size_t n);

/* Puts the value of a row that the careful walk evaluated. */
void column_set(struct expr_column *c, size_t i, const struct value *v);

/* --- fields of the batch to a column --- */

void column_decode(const struct chunk *c, size_t input, enum expr_type type, struct expr_column *out);

/* --- kernels; out is the first operand too, where b is the second --- */

void column_add(const struct chunk *c, struct expr_column *out, struct expr_column *b, bool subtract);
void column_multiply(const struct chunk *c, struct expr_column *out, const struct expr_column *b);
void column_multiply_by(const struct chunk *c, struct expr_column *out, struct dec factor);
/* percent: times 100, and a base below zero gives what cannot exist, as zero does. */
void column_divide(const struct chunk *c, struct expr_column *out, const struct expr_column *b, bool percent);
void column_round(const struct chunk *c, struct expr_column *out, unsigned digits, enum rounding mode);
void column_negate(const struct chunk *c, struct expr_column *out, bool only_negative);
void column_sign(const struct chunk *c, struct expr_column *out);

/* --- truth values and choices --- */

void column_compare(const struct chunk *c, enum op op, const struct expr_column *a,
                    const struct expr_column *b, struct expr_column *out);
void column_not(const struct chunk *c, struct expr_column *out);
void column_junction(const struct chunk *c, enum op op, struct expr_column *out, const struct expr_column *b);
void column_is_missing(const struct chunk *c, struct expr_column *out, bool only_na);

enum choice { CHOOSE_FIRST, CHOOSE_SECOND, CHOOSE_EMPTY, CHOOSE_APART };

/* Row by row out, b, a missing value, or the careful walk. */
void column_merge(const struct chunk *c, struct expr_column *out, struct expr_column *b,
                  const uint8_t *choice);

#endif
