/* SPDX-License-Identifier: MIT
 * convert: records of a file to rows of a table, by a mapping bound to the file's header. */
#ifndef LIB_CONVERT_H
#define LIB_CONVERT_H

#include "lib/read/heading.h"
#include "lib/read/tally.h"

struct converter;

/* Borrows all. Changes made are counted in tally; prefix goes before the names of cells there. */
struct converter *converter_new(const struct mapping *m, const struct binding *b, const struct codes *codes,
                                struct tally *tally, const char *prefix);

/* Completes the counts in the tally. */
void converter_free(struct converter *c);

/* What a record behind the header is. */
enum record_role {
    RECORD_ROW,
    RECORD_EMPTY,  /* all cells blank; where every column is taken as it stands that is a row */
    RECORD_SKIP,   /* a word of @skip begins it */
    RECORD_END,    /* a word of @end begins it: it and what follows are not data */
    RECORD_RAGGED, /* filled cells beyond the header's, or cells missing under its headings */
    RECORD_PADDED  /* a row; only blank cells are too many or missing */
};
enum record_role convert_role(struct converter *c, const struct record *rec);

/* A cell that could not be read. */
struct bad_cell {
    size_t column; /* of the mapping */
    enum reading reading;
    struct slice text;    /* of the cell; dies with the record */
    const char *expected; /* the constant it was to be, or "" */
};

/* Appends the row's fields to row, TAB between them; a bad cell is left empty. *bad lists the bad cells,
 * until the next call; returns how many. */
size_t convert_row(struct converter *c, const struct record *rec, struct buf *row,
                   const struct bad_cell **bad);

/* Decimals of a column: those the mapping states, else the most found so far; -1 when there was no number. */
int convert_decimals(const struct converter *c, size_t column);

#endif
