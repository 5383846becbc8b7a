/* SPDX-License-Identifier: MIT
 * convert: records of a file to rows of a table, by a mapping bound to the file's header. */
#ifndef LIB_CONVERT_H
#define LIB_CONVERT_H

#include "lib/read/heading.h"
#include "lib/read/tally.h"

struct converter;

/* Where the rows come from, for the tally. */
struct convert_place {
    struct slice file, sheet;
    const char *prefix; /* before the names of cells that stand for their kind */
};

/* Borrows all; what b says may change between rows. Changes made are counted in tally. */
struct converter *converter_new(const struct mapping *m, const struct binding *b, const struct codes *codes,
                                const struct units *units, struct tally *tally,
                                const struct convert_place *place);

/* Completes the counts in the tally. */
void converter_free(struct converter *c);

/* A cell that could not be read. */
struct bad_cell {
    size_t column; /* of the mapping */
    enum reading reading;
    struct slice text;       /* of the cell; dies with the record */
    const char *expected;    /* the constant it was to be, or "" */
    int place;               /* of the cell in the record, where it is not the column's; or -1 */
    const struct unit *unit; /* that its figure was to be of, or NULL */
};

/* Appends the row's fields to row, TAB between them; a bad cell is left empty. *bad lists the bad cells, and
 * those of reading READ_VALUE that a finding of no weight is due for (more digits than a spreadsheet holds),
 * until the next call; returns how many. */
size_t convert_row(struct converter *c, const struct record *rec, struct buf *row,
                   const struct bad_cell **bad);

/* How exactly column k is stated: the decimals that the mapping states, else the most found so far, -1 when
 * there was no number; and the power of ten from the unit they are of to the canonical one. */
struct convert_exactness {
    int decimals, shift;
};
struct convert_exactness convert_exactness(const struct converter *c, size_t k);

#endif
