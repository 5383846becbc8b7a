/* SPDX-License-Identifier: MIT
 * extraction_internal: one file being read, shared by the parts of extraction. */
#ifndef LIB_EXTRACTION_INTERNAL_H
#define LIB_EXTRACTION_INTERNAL_H

#include "lib/read/extraction.h"
#include "lib/read/record_role.h"
#include "lib/read/workbook.h"

/* How often a role came, and the first of its records. */
struct role_count {
    uint64_t n;
    struct buf example, cell;
};

/* A column's line of the sidecar, over all sheets of the file so far. */
struct sidecar_line {
    bool seen;
    char *heading;
    char cell[16];
    const struct unit *unit;
    struct convert_exactness exact;
    uint64_t header_line;
};

/* What stands under a blank heading in rows that are taken. */
struct blank_column {
    uint64_t figures; /* cells with a figure */
    uint64_t line;    /* of the first of them */
    struct buf text;  /* that one */
};

struct input {
    const char *file; /* path, for messages */
    const char *name; /* in the origin */
    struct decoder *dec;
    struct workbook book;
    struct records records;
    struct binding binding;
    struct converter *convert;
    struct role_count roles[RECORD_ROLES];
    struct blank_column *blank; /* of the table being read, one for each blank heading; NULL: there is none */
    struct sidecar_line *sidecar; /* one for each column of the mapping */
    size_t sidecars;
    const char *stage; /* rule that a failure at this point breaks */
    struct buf prefix; /* before the names of cells in the tally */
    struct buf place;  /* file and sheet in the origin, each between TABs */
};

/* --- extraction --- */

/* Opens a file: in->records of a text, in->book of a workbook. in has its name; it is closed in any case. */
enum status extraction_open(struct extraction *x, struct input *in, const char *path,
                            struct diag *d) MUST_USE;
void extraction_close(struct input *in);

/* --- extraction_table, extraction_form --- */

/* Reads the table that in->records holds, from its header to its end. */
enum status extraction_table(struct extraction *x, struct input *in, struct diag *d) MUST_USE;

/* The records below the header of a form, turned: a row for every heading. */
enum status extraction_form(struct extraction *x, struct input *in, struct diag *d) MUST_USE;

/* The role of a record, counted and told. */
enum record_role extraction_role(struct extraction *x, struct input *in, const struct record *rec,
                                 bool ended);

/* What the record at the end of the table, when it is a note (注：…), says of the unit of its amounts.
 * ST_INPUT when that is not how they were read. */
enum status extraction_footnote(struct extraction *x, struct input *in, const struct record *rec,
                                struct diag *d) MUST_USE;

/* Settles what is known of the whole file and makes the converter. */
enum status extraction_begin_rows(struct extraction *x, struct input *in, struct diag *d) MUST_USE;
void extraction_row(struct extraction *x, struct input *in, const struct record *rec);

/* A failure of records_next may come from any layer below it. */
void extraction_blame(struct input *in, const struct diag *d);

/* The rule that a failure of reading breaks: the source says in its reason what it found. */
const char *extraction_stage(const struct diag *d);

/* --- extraction_blank --- */

/* The cells under blank headings in records that are rows: counted and listed. At the end of the table a
 * finding, when wanted, for each such column with figures. */
void extraction_blank_begin(struct input *in);
void extraction_blank_row(struct extraction *x, struct input *in, const struct record *rec);
void extraction_blank_end(struct extraction *x, struct input *in, bool tell);

/* --- extraction_sheets --- */

/* Reads the sheets of in->book that are meant, one after the other. */
enum status extraction_sheets(struct extraction *x, struct input *in, struct diag *d) MUST_USE;

/* --- extraction_report --- */

/* A cell that could not be read, or that only informs; a value of the file's own that is not the one
 * declared; a row of another width; figures in a column (from 0) without a heading, in a row of a form
 * without a label; a file that cannot be used. */
void extraction_bad_cell(struct extraction *x, const struct input *in, const struct record *rec,
                         const struct bad_cell *bad);
void extraction_mismatch(struct extraction *x, const struct input *in, const struct constant_mismatch *m);
void extraction_ragged(struct extraction *x, const struct input *in, const struct record *rec);
void extraction_unnamed(struct extraction *x, const struct input *in, size_t column,
                        const struct blank_column *found);
void extraction_unlabelled(struct extraction *x, const struct input *in, const struct record *rec,
                           size_t column);
void extraction_reject(struct extraction *x, const struct input *in, const struct diag *why);

/* Rows of the sheet that were left out because they are hidden, and cells read though their column is. */
void extraction_hidden_rows(struct extraction *x, const struct input *in, const struct sheet_count *rows);
void extraction_hidden_cells(struct extraction *x, const struct input *in, const struct sheet_count *cells);

/* A hidden row above the table states a unit that figures are not read in. */
void extraction_hidden_unit(struct extraction *x, const struct input *in, uint64_t line,
                            const struct unit *unit);

/* Names the sheet that is being read in what is to be said of it, where the workbook has several and it is
 * not named yet. */
void extraction_name_sheet(const struct input *in, struct diag *d);

/* --- extraction_origin --- */

/* What a header tells the tally. */
void extraction_log_header(struct extraction *x, const struct input *in);

/* Keeps the sidecar's lines of a table read to its end. ST_INPUT when the file's sheets state a column in
 * different units. */
enum status extraction_keep_origin(struct extraction *x, struct input *in, struct diag *d) MUST_USE;
void extraction_write_origin(struct extraction *x, struct input *in);

#endif
