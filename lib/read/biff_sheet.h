/* SPDX-License-Identifier: MIT
 * biff_sheet: the rows of one sheet of a BIFF8 workbook. */
#ifndef LIB_BIFF_SHEET_H
#define LIB_BIFF_SHEET_H

#include "lib/read/biff_book.h"
#include "lib/read/sheet_rows.h"

struct biff_sheet {
    const struct biff_book *book;
    const char *name;
    uint32_t begin; /* of the sheet, in the stream */
    struct biff at;
    bool begun;    /* the second reading has come to cells */
    unsigned what; /* of enum workbook_what */
    bool computes; /* the program that wrote its formulas, if not Excel, computed them */
    unsigned char hidden[BIFF_MAX_ROWS / 8]; /* a bit a row */
    struct sheet_rows rows;
    unsigned row, column; /* of the cell at hand, from 0 */
    bool wants_text;      /* the cell at hand is a formula whose text stands in a record behind it */
    struct buf scratch;
};

/* Begins sheet i of the book, which is borrowed. Looks the sheet through to its end for what stands behind
 * the rows it concerns: merged ranges, hidden rows, results of formulas. Release with biff_sheet_free in any
 * case. */
enum status biff_sheet_open(struct biff_sheet *s, const struct biff_book *book, size_t i, unsigned what,
                            struct diag *d) MUST_USE;

/* The next row that is not blank; n == 0 at the end. */
enum status biff_sheet_next(struct biff_sheet *s, struct record *rec, struct diag *d) MUST_USE;

void biff_sheet_free(struct biff_sheet *s);

#endif
