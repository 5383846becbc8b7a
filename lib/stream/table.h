/* SPDX-License-Identifier: MIT
 * table: a TSV stream read in batches of rows (tongbao(7), STREAM). The reader checks what the stream
 * promises: a header line, UTF-8 without NUL, the same number of fields in every row.
 *
 * A batch is a block of whole lines and an index of its separators; a field is found without scanning, a row
 * is passed on as the bytes it came in. Everything a batch points to dies at the next table_next. */
#ifndef LIB_TABLE_H
#define LIB_TABLE_H

#include "lib/base/diag.h"

struct table;

struct batch {
    const char *base; /* first byte of the block */
    const uint32_t
        *sep;     /* offset of the k-th separator (TAB or LF) of the rows here; sep[-1] + 1 starts row 0 */
    size_t width; /* fields in each row of this batch */
    size_t rows;
    uint64_t line; /* physical line of row 0; row r is line + r */
    bool ragged;   /* one row (rows == 1) whose number of fields, width, is not the header's */
};

/* Opens path (NULL or "-": standard input) and reads the header. NULL on failure, d filled: ST_INPUT for an
 * unreadable file, no bytes at all, an empty or repeated column name, CR LF line ends. */
struct table *table_open(const char *path, struct diag *d);

/* By default a ragged row is an error (ST_INPUT) that table_next returns; after this call it is delivered
 * alone, as a batch with ragged set. */
void table_allow_ragged(struct table *t);

/* The next rows. b->rows == 0 at the end. On ST_INPUT d names file and line. */
enum status table_next(struct table *t, struct batch *b, struct diag *d) MUST_USE;

const char *table_file(const struct table *t);
uint64_t table_size_hint(const struct table *t); /* bytes of a plain file, else 0 */
size_t table_width(const struct table *t);
struct slice table_name(const struct table *t, size_t column); /* escaped, as it stands in the header */
struct slice table_header(const struct table *t);              /* the header line without its LF */
int table_find(const struct table *t, struct slice name);      /* column number, or -1 */

/* As table_find, with ST_MISUSE and the list of the columns there are in d when the name is not found. */
int table_column(const struct table *t, struct slice name, struct diag *d);

void table_close(struct table *t);

static inline struct slice batch_field(const struct batch *b, size_t row, size_t column)
{
    size_t k = row * b->width + column;
    uint32_t start = b->sep[(ptrdiff_t)k - 1] + 1;
    return (struct slice){b->base + start, b->sep[k] - start};
}

/* The fields of a column in n rows; the batch is one that table_next filled. */
static inline struct fields batch_column(const struct batch *b, size_t from, size_t n, size_t column)
{
    return (struct fields){b->base, b->sep + from * b->width + column, b->width, n};
}

/* Row bytes without the LF. */
static inline struct slice batch_row(const struct batch *b, size_t row)
{
    uint32_t start = b->sep[(ptrdiff_t)(row * b->width) - 1] + 1;
    return (struct slice){b->base + start, b->sep[(row + 1) * b->width - 1] - start};
}

/* Splits a comma list of column names; a backslash keeps a comma. Returns the count; *names is malloced, the
 * slices point into text. */
size_t column_list(const char *text, struct slice **names);

#endif
