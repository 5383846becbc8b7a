/* SPDX-License-Identifier: MIT
 * schema_check: a table's header and cells against its schema, a batch at a time, column by column. */
#ifndef LIB_SCHEMA_CHECK_H
#define LIB_SCHEMA_CHECK_H

#include "lib/number/decimal_column.h"
#include "lib/schema/schema.h"
#include "lib/stream/table.h"

/* Rows are judged in pieces of at most this many: they and their fields stay in the nearest cache. */
enum { SCHEMA_ROWS = 128 };

struct cell_failure {
    uint32_t row; /* in the batch */
    uint32_t column;
    enum cell_fault fault;
};

struct column_count {
    uint64_t missing; /* cells that were empty or \-, allowed or not */
    uint64_t fault[FAULTS];
};

struct column_plan;

struct schema_check {
    const struct schema *schema;
    struct column_plan *plan;   /* one a column: how its cells are judged at speed */
    uint64_t rows;              /* checked so far */
    struct column_count *count; /* one a column */
    struct cell_failure *found; /* of the last schema_check_rows, by row, then by column */
    size_t failures, cap;
    size_t from;              /* its first row */
    bool faulty[SCHEMA_ROWS]; /* by row - from: whether the row has a failure */
};

void schema_check_init(struct schema_check *c, const struct schema *s);
void schema_check_free(struct schema_check *c);

/* Compares a header with the schema, column by column in order; the columns of an origin may follow. *origin
 * is the number of the first of those, or -1. ST_INPUT with every missing, unexpected and displaced column
 * named. */
enum status schema_check_header(const struct schema *s, const struct table *t, int *origin,
                                struct diag *d) MUST_USE;

/* Judges the cells of rows [from, to), at most SCHEMA_ROWS, of a batch that table_next filled and that is not
 * ragged. */
void schema_check_rows(struct schema_check *c, const struct batch *b, size_t from, size_t to);

/* What the cells of a column were in those rows, by row - from: numbers times 10^CELL_DECIMALS, dates and
 * months as cell_pack_date has them, DEC_UNSURE for what is neither or does not fit. NULL for columns of
 * other types. */
const int64_t *schema_check_values(const struct schema_check *c, size_t column);

/* The fault found in a cell by the last schema_check_rows. */
enum cell_fault schema_check_fault(const struct schema_check *c, size_t row, size_t column);

/* Sums over the columns that have this check: cells it ran on, that failed, that it could not judge because
 * an earlier check failed. false when no column has it. */
struct check_count {
    uint64_t run, fail, undecided;
};
bool schema_check_count(const struct schema_check *c, enum cell_fault fault, struct check_count *sum);

#endif
