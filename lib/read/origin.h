/* SPDX-License-Identifier: MIT
 * origin: the sidecar that says, for every file and column of a table, where its figures came from and how
 * exactly they were stated: columns file column heading cell unit decimals shift header_line. */
#ifndef LIB_ORIGIN_H
#define LIB_ORIGIN_H

#include "lib/base/diag.h"
#include "lib/base/out.h"

/* The columns that a row with an origin has at its end, in this order. */
#define ORIGIN_COLUMNS "_file", "_sheet", "_line", "_record"

/* Whether a column has the name of one of them. */
bool origin_is_column(struct slice name);

/* One line of the sidecar. Slices are fields of the stream (escaped), so that they compare equal with the
 * `_file` field and the column names of the table. A stated figure x stands for x ± half of one unit in its
 * last place: half = 5 * 10^(shift - decimals - 1) in the canonical unit. */
struct origin_column {
    struct slice file;    /* as in _file */
    struct slice column;  /* canonical column */
    struct slice heading; /* as it stands in the file */
    struct slice cell;    /* letters of the column in the file: A, B … AA */
    struct slice unit;    /* of the source; empty for none */
    int decimals;         /* stated, or the most found in the column; -1 when not a number column */
    int shift;            /* power of ten from the source's unit to the canonical one */
    uint64_t header_line; /* physical line of the heading */
};

void origin_header(struct out *o);
void origin_write(struct out *o, const struct origin_column *c);

struct origin;

/* Reads a sidecar. NULL on failure: ST_INPUT for what table_open and table_next refuse, a missing column, a
 * number that is none, two lines for one file and column. */
struct origin *origin_load(const char *path, struct diag *d);
void origin_free(struct origin *o);

size_t origin_count(const struct origin *o);
const struct origin_column *origin_at(const struct origin *o, size_t i); /* in the order of the sidecar */

/* The line for a file and a column, or NULL. O(1); the result lives as long as o. */
const struct origin_column *origin_find(const struct origin *o, struct slice file, struct slice column);

#endif
