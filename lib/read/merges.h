/* SPDX-License-Identifier: MIT
 * merges: merged ranges of a sheet: shown in the rows that a header may stand in, and below it filled down
 * where that is asked for. Columns and lines count from 1. */
#ifndef LIB_MERGES_H
#define LIB_MERGES_H

#include "lib/base/buf.h"

enum {
    MERGES_LINES = 1000,  /* ranges that begin further below are of no header */
    MERGES_MOST = 1 << 16 /* ranges kept */
};

struct merge {
    uint32_t line, last_line, column, last_column;
    char *text;     /* of its first cell, once its first line was given; else NULL */
    bool is_number; /* as in struct record */
};

struct merges {
    struct merge *range;
    size_t n, cap;
    bool all; /* those of no header are kept too, for merges_fill_down */
    /* That has begun: ranges in the order of their lines, the next to come, those that are being filled down.
     */
    bool filling;
    uint64_t below; /* the line that it began behind */
    size_t next, *open, opens, open_cap;
};

/* Keeps a range; one that is of no use or of one cell is not kept. false: there are too many. */
bool merges_add(struct merges *m, uint64_t line, uint64_t last_line, uint64_t column,
                uint64_t last_column) MUST_USE;

/* Whether some range covers the line, and which is the last column covered. */
bool merges_touch(const struct merges *m, uint64_t line, uint64_t *last_column);

/* Fills the empty cells of a line that lie in a range with the text of its first cell: cell[0, n) are the
 * columns from 1. The slices filled live as long as m. Lines come in rising order. */
void merges_fill(struct merges *m, uint64_t line, struct slice *cell, size_t n);

/* From the row behind `below` on, which no range may reach over, begins to fill down; no more of the two
 * above. */
void merges_begin_filling(struct merges *m, uint64_t below);

/* Fills the empty cells of a line, in the columns that are wanted (a bit each), that lie below the first cell
 * of a range, in its column. Lines come in rising order, blank ones may be left out. What is filled lives
 * until the next call. */
void merges_fill_down(struct merges *m, uint64_t line, const unsigned char *wanted, struct slice *cell,
                      bool *is_number, size_t n);

void merges_free(struct merges *m);

#endif
