/* SPDX-License-Identifier: MIT
 * heading: finds the header of a file among its records and binds its columns to those of a mapping. */
#ifndef LIB_HEADING_H
#define LIB_HEADING_H

#include "lib/read/binding.h"
#include "lib/read/records.h"

enum { HEADING_RECORDS = 50 }; /* the header is looked for among so many */

/* What a header is looked for with. */
struct heading_rules {
    const struct mapping *m;
    const struct units *units; /* may be NULL */
    const struct codes *codes;
};

/* Reads records up to the header's last; *r gives the first row next. ST_INPUT when there is none with every
 * required heading; when two columns fit one target or one heading two; when a heading over figures cannot be
 * read; when a note above states a unit that is not known or two notes differ; the reason lists what was
 * found, and b->line is 0 when there was no header at all. With a form only the column of labels and the
 * other headings are bound: column[] is empty. name is that of the file, for @file. Release b with
 * binding_free in any case. */
enum status heading_find(struct records *r, const char *file, const char *name,
                         const struct heading_rules *rules, struct binding *b, struct diag *d) MUST_USE;

/* The mapping of every column as it stands, from the first record, and its binding. NULL on ST_INPUT: no
 * record, an empty or repeated heading, or, where the origin comes besides, one of its names. */
struct mapping *heading_take_all(struct records *r, const char *file, bool origin, struct binding *b,
                                 struct diag *d);

/* The labels of a form. */
struct form_labels {
    const struct slice *text;
    const struct slice *unit; /* the cells beside them in the column of units, or NULL */
    const uint64_t *line;
    size_t n;
};

/* Binds the columns of a mapping to the labels of a form, found below the header that b was made of. ST_INPUT
 * as heading_find. */
enum status heading_bind_labels(struct binding *b, const char *file, const struct mapping *m,
                                const struct units *units, const struct form_labels *labels,
                                struct diag *d) MUST_USE;

#endif
