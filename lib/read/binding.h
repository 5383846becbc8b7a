/* SPDX-License-Identifier: MIT
 * binding: where in a file each column of a mapping is. */
#ifndef LIB_BINDING_H
#define LIB_BINDING_H

#include "lib/read/constants.h"
#include "lib/read/failure.h"
#include "lib/read/heading_match.h"
#include "lib/read/headline.h"
#include "lib/read/unitnote.h"

/* Where one column of the mapping comes from. */
struct bound_column {
    int cell;                /* place in the record, or -1: a constant, or not in the file */
    const struct unit *unit; /* of the source, or NULL */
    const struct unit *own;  /* that its heading states, or NULL */
    int shift;               /* from it to the canonical unit */
    char *heading;           /* as it stands in the file, parts joined by '/'; "" with cell -1 */
    char *constant;          /* what is known of the whole file, or NULL */
};

/* A heading over figures of @value, or over a column of a @form. */
struct bound_value {
    size_t cell;
    char *heading;
    char *field; /* text that the column @heading gets, once constants_settle_headings has read it */
};

/* Why a heading maps to nothing. */
enum unmapped { UNMAPPED_UNKNOWN, UNMAPPED_IGNORED, UNMAPPED_SKIPPED };

struct binding {
    struct bound_column *column; /* one for each column of the mapping */
    size_t n;
    size_t width;              /* fields of the header */
    size_t used;               /* without the empty ones at its end */
    uint64_t line;             /* physical line of the header, its last when it takes several records */
    char **unmapped;           /* for each field: a heading that maps to nothing, or NULL */
    enum unmapped *why;        /* and why */
    struct unitnotes notes;    /* above the header */
    bool unreadable;           /* the records failed, not the header */
    char *nearest;             /* without a header: what the nearest record lacks, in Chinese; or NULL */
    struct bound_value *value; /* of @value or @form */
    size_t values;
    int unit_column;      /* the place of the column of units, or -1 */
    size_t label_column;  /* of a form */
    uint64_t *label_line; /* of a form: the line of each label, whose number is column[k].cell; else NULL */
    const struct slice
        *label_unit; /* beside each label, while columns are bound, in the column of units; or NULL */
    struct found_constant *found; /* for each constant of the mapping */
    size_t founds;
    char **header; /* the header's own records: the cells of each, folded, each ended by LF */
    int header_rows;
    size_t *mapped;   /* the places that a row is filled from; of a form, that of its labels */
    size_t mappeds;   /* 0: every record is a row */
    bool takes_first; /* the first cell is one of them */
    size_t *blank;    /* the places without a heading on the right of one */
    size_t blanks;
};

/* --- made once, in this order --- */

/* Copies the headings, and marks all as not mapped. */
void binding_keep_layout(struct binding *b, const struct slice *heading, size_t n, uint64_t line);

/* Copies the `depth` records before the newest `below`, so that binding_is_header knows them. */
void binding_keep_header(struct binding *b, const struct headline *h, int below, int depth);

/* Binds the columns of a mapping to the headings (or the labels of a form) that match says, and those that
 * match nothing to @value. ST_INPUT when there is none for it, or their units differ; when the unit of a
 * column is not known or not clear. */
enum status binding_columns(struct binding *b, const struct mapping *m, struct heading_match *match,
                            const struct slice *heading, const char *file, struct diag *d) MUST_USE;

/* Binds the headings beside the labels of a form. ST_INPUT when there is none. */
enum status binding_form(struct binding *b, const struct mapping *m, struct heading_match *match,
                         const struct slice *heading, const char *file, struct diag *d) MUST_USE;

/* Binds every heading to the column of its number. */
void binding_take_all(struct binding *b, const struct slice *name);

/* --- used --- */

/* Whether the unit of column k is that of a note, or would be, and not its heading's own. */
bool binding_relies_on_notes(const struct binding *b, const struct mapping *m, size_t k);

/* Whether a record is one of the header's own, word for word. */
bool binding_is_header(const struct binding *b, const struct record *rec, struct buf *scratch);

/* Whether a cell that a row is filled from is not blank. */
bool binding_fills(const struct binding *b, const struct record *rec, struct buf *scratch);

/* The heading nearest on the left of a place without one; "" when there is none. */
const char *binding_left_of(const struct binding *b, size_t cell);

/* The name of the cell that column k of a row came from; rec->number of a form's row is that of its column.
 */
struct cell_name binding_cell(const struct binding *b, size_t k, const struct record *rec);

/* The line of that cell. */
uint64_t binding_line(const struct binding *b, size_t k, const struct record *rec);

/* The heading over figures of @value in that place. */
const char *binding_over(const struct binding *b, int cell);

/* Makes the columns @heading and @value those of b->value[i]. */
void binding_choose(struct binding *b, const struct mapping *m, size_t i);

/* May be called at any time. */
void binding_free(struct binding *b);

#endif
