/* SPDX-License-Identifier: MIT
 * xlsx_sheet: the rows of one sheet of an .xlsx workbook, as a stream. */
#ifndef LIB_XLSX_SHEET_H
#define LIB_XLSX_SHEET_H

#include "lib/read/sheet_rows.h"
#include "lib/read/xlsx_parts.h"

/* What the text inside a cell is for. */
enum xlsx_place { XLSX_NO_TEXT, XLSX_VALUE, XLSX_FORMULA };

enum xlsx_type { XLSX_NUMBER, XLSX_SHARED, XLSX_TEXT, XLSX_INLINE, XLSX_BOOL, XLSX_ERROR, XLSX_ISO_DATE };

struct xlsx_sheet {
    const struct xlsx_book *book;
    const char *name;
    unsigned what; /* of enum workbook_what */
    struct xml *xml;
    struct sheet_rows rows;
    bool in_data, in_row, in_cell, in_inline, in_reading_aid;
    bool row_ended; /* rec is a row to be given */
    struct record rec;
    /* the cell at hand */
    uint64_t column;
    enum xlsx_type type;
    unsigned style;
    enum xlsx_place place;
    bool has_formula;
    struct buf value, formula, plain;
};

/* Begins sheet i of the book, whose shared texts are read. Looks the part through for merged ranges, which
 * stand behind the rows. ST_INPUT when it is damaged. Release with xlsx_sheet_free in any case. */
enum status xlsx_sheet_open(struct xlsx_sheet *s, const struct xlsx_book *book, size_t i, unsigned what,
                            struct diag *d) MUST_USE;

/* The next row that is not blank; n == 0 at the end. */
enum status xlsx_sheet_next(struct xlsx_sheet *s, struct record *rec, struct diag *d) MUST_USE;

void xlsx_sheet_free(struct xlsx_sheet *s);

/* --- shared by the parts of xlsx_sheet --- */

/* Column and line of "AB12"; false when it is no such name or lies beyond a worksheet's limits. */
bool xlsx_cell_name(const char *text, uint64_t *column, uint64_t *line);

/* Reads the merged ranges of a part. */
enum status xlsx_merges_read(struct merges *m, struct package *p, int64_t part, struct diag *d) MUST_USE;

/* Puts the cell at hand into the row. NULL when all is well, else what is wrong with it. */
const char *xlsx_cell_put(struct xlsx_sheet *s);

#endif
