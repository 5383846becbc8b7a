/* SPDX-License-Identifier: MIT
 * constants: what a file says of itself outside its table, in a cell above the header, in its name, in the
 * name of its sheet: 报告期：2022年11月. */
#ifndef LIB_CONSTANTS_H
#define LIB_CONSTANTS_H

#include "lib/base/diag.h"
#include "lib/read/mapping.h"
#include "lib/read/records.h"

struct binding;

/* What the pattern of one constant took. */
struct found_constant {
    char *text;     /* folded, or NULL: not found */
    uint64_t line;  /* 0: in a name, not in a cell */
    size_t cell;    /* with a line */
    bool is_number; /* it stood in a number cell: see struct record */
};

/* Reads the values that the mapping of the file `path` states and those of -D as cells of their columns'
 * types, so that a month is written here as it is everywhere. A code that is in no list stays: whoever sent
 * the file may be unknown. ST_MISUSE, with the column, when a value cannot be read. */
enum status constants_declared(struct mapping *m, const struct codes *codes, const char *path,
                               struct diag *d) MUST_USE;

/* Compares the cells of a record above the header with the patterns of @cell, each alone and then joined with
 * the next one that is not blank. ST_INPUT when a constant is found again with another value. */
enum status constants_in_record(const struct mapping *m, const struct record *rec,
                                struct found_constant *found, const char *file, struct diag *d) MUST_USE;

/* Compares a name with the patterns of @file or @sheet. */
void constants_in_name(const struct mapping *m, enum map_place place, const char *name,
                       struct found_constant *found);

/* A value in the file that is not the one it was declared to be. */
struct constant_mismatch {
    size_t column; /* of the mapping */
    const struct found_constant *found;
};

/* Gives b->column[k].constant to every column whose value is known of the whole file: what -D says, else what
 * the file says, read as a cell of the column's type. Further values found that differ are listed in
 * *mismatch (free it), *n of them. ST_INPUT when a value cannot be read, or a column has neither value nor
 * heading. */
enum status constants_settle(const struct mapping *m, const struct codes *codes, struct binding *b,
                             const char *file, struct constant_mismatch **mismatch, size_t *n,
                             struct diag *d) MUST_USE;

/* Gives b->value[i].field to every heading over figures. ST_INPUT when one cannot be read as the column
 * @heading wants, or two mean the same; the reason names them. */
enum status constants_settle_headings(const struct mapping *m, const struct codes *codes,
                                      const struct units *units, struct binding *b, const char *file,
                                      struct diag *d) MUST_USE;

#endif
