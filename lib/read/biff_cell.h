/* SPDX-License-Identifier: MIT
 * biff_cell: the records of cells, into the row under construction. */
#ifndef LIB_BIFF_CELL_H
#define LIB_BIFF_CELL_H

#include "lib/read/biff_sheet.h"

/* Whether the record at hand holds cells, with something in them or blank; the first two bytes are the row
 * then. */
bool biff_is_cell(const struct biff *at);

/* Puts the cells of the record at hand into the row s->rows; it is known to have its first two bytes.
 * ST_INPUT for what is damaged, naming the cell. */
enum status biff_cell_take(struct biff_sheet *s, struct diag *d) MUST_USE;

/* What a formula's result tells of the program that wrote it. Excel stores a result with every formula, and a
 * note of its own beside it. Others leave 0 in place of the note; those of them that cannot compute store a
 * zero, to be computed on loading, or an empty text with every formula, those that can store one with some.
 */
enum biff_result {
    RESULT_OF_EXCEL,
    RESULT_SAYS,   /* a figure or text: this program computes */
    RESULT_NOTHING /* nothing, or what looks like it */
};

/* That of the record FORMULA at hand, which has its least size. */
enum biff_result biff_cell_result(const struct biff *at);

enum { BIFF_FORMULA_LEAST = 20 /* bytes */ };

/* The record STRING: the text of the formula before it. */
enum status biff_cell_take_string(struct biff_sheet *s, struct diag *d) MUST_USE;

/* ST_INPUT with the sheet and the cell at hand named. */
enum status biff_cell_bad(const struct biff_sheet *s, const char *what, struct diag *d);

#endif
