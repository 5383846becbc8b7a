/* SPDX-License-Identifier: MIT
 * heading: finds the header of a file among its first records and binds its columns to those of a mapping. */
#ifndef LIB_HEADING_H
#define LIB_HEADING_H

#include "lib/read/mapping.h"
#include "lib/read/records.h"

enum { HEADING_RECORDS = 50 }; /* the header is looked for among so many */

/* Where one column of the mapping comes from. */
struct bound_column {
    int cell;                /* place in the record, or -1: a constant, or not in the file */
    const struct unit *unit; /* of the source, or NULL */
    int shift;               /* from it to the canonical unit */
    char *heading;           /* as it stands in the file; "" with cell -1 */
};

struct binding {
    struct bound_column *column; /* one for each column of the mapping */
    size_t n;
    size_t width;              /* fields of the header */
    size_t used;               /* without the empty ones at its end */
    uint64_t line;             /* physical line of the header */
    char **unmapped;           /* for each field: a heading that maps to nothing, or NULL */
    const struct unit *stated; /* of a note above the header, or NULL */
    bool unreadable;           /* the records failed, not the header */
};

/* Reads records up to the header. ST_INPUT when there is none with every required heading, when two columns
 * fit one target, when a note above states a unit that is not known or two notes differ; the reason lists
 * what was found. Release b with binding_free in any case. */
enum status heading_find(struct records *r, const char *file, const struct mapping *m,
                         const struct units *units, struct binding *b, struct diag *d) MUST_USE;

/* The mapping of every column as it stands, from the first record, and its binding. NULL on ST_INPUT: no
 * record, an empty or repeated heading. */
struct mapping *heading_take_all(struct records *r, const char *file, struct binding *b, struct diag *d);

void binding_free(struct binding *b);

#endif
