/* SPDX-License-Identifier: MIT
 * line: what a line of a table in plain text is put together from: cells, heads, blanks. */
#ifndef LIB_LINE_H
#define LIB_LINE_H

#include "lib/print/plain.h"

/* Appends what a reader sees of a cell, without control characters, which a terminal would obey. */
void line_cell(struct buf *b, const struct plain *p, size_t row, size_t column);

void line_blanks(struct buf *b, size_t n);

/* Appends the text with the blanks that make it `width` columns wide. */
void line_aligned(struct buf *b, const struct plain *p, struct slice text, size_t width, enum align align);

/* Writes the line without the blanks at its end, and clears it. */
void line_end(struct out *o, struct buf *b);

/* Appends the unit of a column in parentheses, or nothing where the list `stated` names it. */
void line_unit(struct buf *b, const struct sheet_column *c, const struct manner *m, const char *stated);

/* The head of a column in one line: its label, else its name, with its unit. */
void line_head(struct buf *b, const struct sheet_column *c, const struct manner *m, const char *stated);

void line_widen(size_t *width, size_t to); /* *width is at least `to` afterwards */

#endif
