/* SPDX-License-Identifier: MIT
 * comparison: two tables cell by cell, their rows matched by key. Both are sorted by key, in memory up to a
 * bound and in temporary files beyond. */
#ifndef LIB_COMPARISON_H
#define LIB_COMPARISON_H

#include "lib/number/decimal.h"
#include "lib/stream/table.h"

enum difference_kind {
    DIFFERENCE_SAME,
    DIFFERENCE_WITHIN,           /* two numbers that differ by no more than the tolerance */
    DIFFERENCE_CHANGED,          /* another value */
    DIFFERENCE_NEWLY_REPORTED,   /* a value where none was, of either kind of missing */
    DIFFERENCE_NEWLY_MISSING,    /* not reported any more */
    DIFFERENCE_NEWLY_IMPOSSIBLE, /* cannot exist any more */
    DIFFERENCE_ADDED,            /* its row is in the new table only */
    DIFFERENCE_REMOVED,          /* its row is in the old table only */
    DIFFERENCE_KINDS
};

/* "same", "within", "changed" and so on. */
const char *difference_name(enum difference_kind kind);

/* How far two numbers may lie apart, |new - old|. */
enum tolerance_unit {
    TOLERANCE_OWN,     /* in the unit of the column */
    TOLERANCE_PERCENT, /* in percent of |old| */
    TOLERANCE_LAST     /* in units of the last decimal that both are written with */
};

struct comparison_column {
    int old_number, new_number; /* of the column in each table */
    bool number;                /* compared by value; otherwise as bytes */
    struct dec tolerance;       /* >= 0; for a number */
    enum tolerance_unit unit;
};

/* Everything is borrowed. */
struct comparison_rule {
    const int *old_key, *new_key;
    size_t keys;
    const struct comparison_column *column;
    size_t columns;
    bool all;            /* cells that are the same are told too */
    uint64_t memory;     /* bytes both tables may take */
    const char *scratch; /* directory of temporary files, as for scratch_open */
};

struct difference {
    struct slice key; /* joined by TAB; p is NULL behind the last cell */
    size_t column;    /* number in the rule; 0 where that has none */
    struct slice old_field, new_field;
    enum difference_kind kind;
    bool subtracts; /* both are decimals: difference is new - old */
    struct dec difference;
};

/* Of a column, when all cells have been told. */
struct comparison_sum {
    uint64_t cells[DIFFERENCE_KINDS];
    bool subtracts; /* some cells did; difference is the sum of theirs */
    bool overflows; /* which does not fit 128 bits */
    struct dec difference;
};

struct comparison;

struct comparison *comparison_new(struct table *old_table, struct table *new_table,
                                  const struct comparison_rule *rule);
void comparison_free(struct comparison *c);

/* Reads both tables. */
enum status comparison_read(struct comparison *c, struct diag *d) MUST_USE;

/* The next cell that is told, by key, bytewise, and column; it dies at the next call. ST_INPUT: a key that
 * stands twice in a table, naming both lines; a number column with text; a difference beyond 36 digits. */
enum status comparison_next(struct comparison *c, struct difference *cell, struct diag *d) MUST_USE;

/* After the last cell. */
struct comparison_sum comparison_sum(const struct comparison *c, size_t column);

bool comparison_spilled(const struct comparison *c);

#endif
