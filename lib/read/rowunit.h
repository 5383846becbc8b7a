/* SPDX-License-Identifier: MIT
 * rowunit: the unit that a record states for its own figures: in the column of units, or in the label of the
 * item whose figures under @value they are: 各项收入（万元）. */
#ifndef LIB_ROWUNIT_H
#define LIB_ROWUNIT_H

#include "lib/read/binding.h"

struct rowunit {
    enum rowunit_kind {
        ROWUNIT_NONE,
        ROWUNIT_STATED,
        ROWUNIT_MISSING, /* the cell of the column of units is blank, or has a word for what is missing */
        ROWUNIT_UNKNOWN  /* what it states is no unit of the list, or it states two */
    } kind;
    const struct unit *unit; /* when stated */
    size_t cell;             /* that states it */
};

struct rowunits;

/* NULL when the records of such a table state none. Borrows all. */
struct rowunits *rowunits_new(const struct mapping *m, const struct binding *b, const struct units *units);
void rowunits_free(struct rowunits *r);

struct rowunit rowunits_read(struct rowunits *r, const struct record *rec);

/* What a record's unit means for the figures of a column. */
enum rowunit_use {
    ROWUNIT_AS_BOUND, /* they are of the unit that the column is bound to */
    ROWUNIT_OWN,      /* they are of the record's unit */
    ROWUNIT_BAD /* they cannot be read: the unit is not known or of another dimension, or the heading has
                   another */
};
enum rowunit_use rowunit_use(const struct rowunit *u, const struct map_column *column,
                             const struct bound_column *bound);

#endif
