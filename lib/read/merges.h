/* SPDX-License-Identifier: MIT
 * merges: merged ranges of a sheet, for the rows that a header may stand in. Columns and lines count from 1.
 */
#ifndef LIB_MERGES_H
#define LIB_MERGES_H

#include "lib/base/buf.h"

enum {
    MERGES_LINES = 1000,  /* ranges that begin further below are of no header */
    MERGES_MOST = 1 << 16 /* ranges kept */
};

struct merge {
    uint32_t line, last_line, column, last_column;
    char *text; /* of its first cell, once its first line was given; else NULL */
};

struct merges {
    struct merge *range;
    size_t n, cap;
};

/* Keeps a range; one that is of no header or of one cell is not kept. false: there are too many. */
bool merges_add(struct merges *m, uint64_t line, uint64_t last_line, uint64_t column,
                uint64_t last_column) MUST_USE;

/* Whether some range covers the line, and which is the last column covered. */
bool merges_touch(const struct merges *m, uint64_t line, uint64_t *last_column);

/* Fills the empty cells of a line that lie in a range with the text of its first cell: cell[0, n) are the
 * columns from 1. The slices filled live as long as m. Lines come in rising order. */
void merges_fill(struct merges *m, uint64_t line, struct slice *cell, size_t n);

void merges_free(struct merges *m);

#endif
