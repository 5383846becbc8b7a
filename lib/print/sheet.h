/* SPDX-License-Identifier: MIT
 * sheet: a table held for printing: its columns with their labels and alignment, its cells as a reader sees
 * them. */
#ifndef LIB_SHEET_H
#define LIB_SHEET_H

#include "lib/base/buf.h"
#include "lib/print/labels.h"
#include "lib/stream/table.h"

struct sheet_column {
    struct slice name;         /* as addressed, escapes undone; owned by the sheet */
    const struct label *label; /* borrowed from the labels; NULL when they do not name the column */
    enum align align;          /* never ALIGN_ANY once the sheet is read */
    bool grouped;              /* a figure whose thousands may be set apart */
    size_t source;             /* its place in the rows as read */
};

/* The cells stand in data as they came, a TAB or LF behind each; start holds where each begins, and one more.
 */
struct sheet {
    struct sheet_column *column;
    size_t width; /* columns shown */
    size_t rows;  /* rows shown */
    size_t *row;  /* which of the rows read they are */
    char *file;
    size_t fields; /* in each row as read */
    struct buf data, names;
    size_t *start;
};

/* How cells are shown. */
struct manner {
    enum lang lang;
    bool group;        /* thousands of grouped columns set apart by commas */
    const char *empty; /* for "not reported", usually … */
    const char *na;    /* for "cannot exist", usually — */
};

/* The columns of an open table, all of them, named and labelled for the table `name` of the labels (which may
 * be NULL and must outlive the columns). ALIGN_ANY where the cells will have to decide. *memory (to be freed
 * after the array) holds the names. */
struct sheet_column *sheet_columns(const struct table *t, const struct labels *labels, struct slice name,
                                   struct buf *memory);

/* Reads a whole table. A column whose label states neither type nor alignment is right-aligned when it has
 * figures and nothing but figures. NULL on failure, ST_INPUT. */
struct sheet *sheet_read(const char *path, const struct labels *labels, struct slice name, struct diag *d);
void sheet_free(struct sheet *s);

/* Shows only these columns, in this order: a comma list of names. ST_MISUSE with file and line (may be NULL,
 * 0) of the specification it stands in when there is no such column. */
enum status sheet_choose(struct sheet *s, const char *list, const char *file, uint64_t line,
                         struct diag *d) MUST_USE;

/* Shows only the rows for which the condition, an expression over the columns as read, is true. ST_MISUSE as
 * above, ST_INPUT where a row cannot be evaluated. */
enum status sheet_keep(struct sheet *s, const char *condition, const char *file, uint64_t line,
                       struct diag *d) MUST_USE;

/* The field, escaped as in the stream. */
struct slice sheet_field(const struct sheet *s, size_t row, size_t column);

/* The shown column of that name, or -1. */
int sheet_find(const struct sheet *s, struct slice name);

/* Appends what a reader sees: the word for a code, a mark for what is missing, a figure, or the text. Control
 * characters of the text are kept. */
void sheet_show(struct buf *b, const struct sheet_column *c, struct slice field, const struct manner *m);

/* Which kinds of missing the shown cells hold, words for codes apart. */
void sheet_missing(const struct sheet *s, bool *empty, bool *na);

/* Whether the text of a field is one of the words in a list parted by '|'. */
bool sheet_is_one_of(struct slice field, const char *list);

/* Whether the field is a plain decimal. */
bool sheet_is_figure(struct slice field);

#endif
