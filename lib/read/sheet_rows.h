/* SPDX-License-Identifier: MIT
 * sheet_rows: what the readers of workbooks share: the row under construction, merged ranges of the header,
 * numbers by their format, and what was noticed. Columns and lines count from 1. */
#ifndef LIB_SHEET_ROWS_H
#define LIB_SHEET_ROWS_H

#include "lib/read/merges.h"
#include "lib/read/number_format.h"
#include "lib/read/records.h"
#include "lib/read/tally.h"

/* What is counted, with the first example and its cell. */
enum sheet_note {
    SHEET_PERCENT,     /* cell.percent: a fraction in a percent format */
    SHEET_DATE,        /* cell.date: a number in a date format */
    SHEET_NO_DATE,     /* date.none: such a number that is no day */
    SHEET_CUT_DATE,    /* date.cut: a part that the format does not show left out */
    SHEET_SCALED,      /* number.scaled: the format shows it divided, and so it is given */
    SHEET_LITERAL,     /* cell.literal: text of the format given around the digits, or in their place */
    SHEET_ZEROS,       /* cell.zeros: zeros in front, as the format shows them */
    SHEET_DROPPED,     /* literal.dropped: a currency sign or punctuation of the format left out */
    SHEET_HIDDEN,      /* number.hidden: the format shows a dash or nothing; the number is given */
    SHEET_ROUNDED,     /* number.rounded: digits behind the 15th */
    SHEET_LONG,        /* cell.long: more than 15 digits before the point */
    SHEET_ERROR,       /* cell.error: #DIV/0! and the like */
    SHEET_NO_RESULT,   /* formula.none: a formula that was never computed */
    SHEET_MERGED,      /* cell.merged: filled from its merged range, above the rows or in the header */
    SHEET_FILLED,      /* cell.filled: below it, as the mapping asks */
    SHEET_HIDDEN_ROW,  /* rows.hidden */
    SHEET_HIDDEN_CELL, /* cell.hidden: in a hidden column, above the rows or in the header */
    SHEET_NOTES
};

struct sheet_count {
    uint64_t n;
    char *example;
    uint64_t column, line;
};

/* A bit for each column. */
typedef unsigned char column_bits[RECORDS_MAX_CELLS / 8];

/* A hidden row that is left out, above the rows of the table. */
struct hidden_row {
    uint64_t line;
    size_t end; /* of its cells in a text, each ended by TAB */
};

enum { HIDDEN_ROWS_KEPT = 50 };

struct sheet_rows {
    struct buf text;    /* the cells of the row, one behind the other */
    struct span *span;  /* where each column's cell lies in text */
    struct slice *cell; /* of the row given last */
    struct slice *own;  /* the same without what merged ranges show */
    bool *is_number;    /* of each of them */
    size_t cap;         /* of these four */
    size_t n;           /* columns of the row, empty ones at its end included */
    size_t width;       /* of the widest row */
    uint64_t line;      /* of the row under construction */
    uint64_t last;      /* line of the row ended last */
    uint64_t number, blank;
    struct merges merges;
    bool header_ended; /* merged ranges are no longer shown */
    bool hidden;       /* the row under construction is left out: nothing in it is told but itself */
    column_bits hidden_column;
    uint64_t last_hidden_column; /* 0: none */
    column_bits filled_down;     /* columns where what is merged below the header is filled */
    struct buf hidden_text;      /* of hidden_row */
    struct hidden_row hidden_row[HIDDEN_ROWS_KEPT];
    size_t hidden_rows;
    bool from_1904; /* which epoch its dates have */
    struct sheet_count count[SHEET_NOTES];
    struct tally *each;       /* what is noticed goes there one by one too, or NULL */
    struct slice file, sheet; /* for each */
};

void sheet_rows_init(struct sheet_rows *r, bool from_1904);
void sheet_rows_free(struct sheet_rows *r);

/* The columns first … last are hidden; they rise. */
void sheet_rows_hide_columns(struct sheet_rows *r, uint64_t first, uint64_t last);

/* The header has been read: merged ranges are shown no more. Rows behind it may have been given already. */
void sheet_rows_header_ends(struct sheet_rows *r);

/* What is merged downwards in that column is filled behind the line `below`, the header's last; r->merges.all
 * is set. */
void sheet_rows_fill_down(struct sheet_rows *r, uint64_t column, uint64_t below);

/* Fills so the cells of a row that was given before that was known, and is read now, before the next one. */
void sheet_rows_fill(struct sheet_rows *r, uint64_t line, struct slice *cell, bool *is_number, size_t n);

/* Begins the row of that line; lines rise. Lines left out between two rows count as blank. A hidden row is
 * left out: it is counted when there is anything in it. */
void sheet_rows_begin(struct sheet_rows *r, uint64_t line, bool hidden);

/* The text of a cell, as it stands. The last one given for a column counts. NULL when all is well, else which
 * limit of records.h is passed or that a column lies beyond them. */
const char *sheet_rows_text(struct sheet_rows *r, uint64_t column, struct slice text) MUST_USE;

/* A number cell; format may be NULL: plain and noticed come from shortest.h, stated is the text they were
 * made of, empty when there was none. */
const char *sheet_rows_number(struct sheet_rows *r, uint64_t column, struct slice stated, struct slice plain,
                              unsigned noticed, const struct number_format *format) MUST_USE;

/* An error as its text (#DIV/0!), a boolean as TRUE or FALSE, a formula without result as its text behind =,
 * so that it cannot be taken for an empty cell. */
const char *sheet_rows_error(struct sheet_rows *r, uint64_t column, struct slice text) MUST_USE;
const char *sheet_rows_bool(struct sheet_rows *r, uint64_t column, bool value) MUST_USE;
const char *sheet_rows_no_result(struct sheet_rows *r, uint64_t column, struct slice formula) MUST_USE;

/* Ends the row: true when it is a record, false when it is blank or hidden. rec dies at the next begin. */
bool sheet_rows_end(struct sheet_rows *r, struct record *rec);

/* Writes what was noticed into a tally; prefix stands before the names of cells. */
void sheet_rows_log(const struct sheet_rows *r, struct tally *t, const char *prefix);

#endif
