/* SPDX-License-Identifier: MIT
 * refs: the other tables a check needs (-x NAME=FILE), held in memory, and hash joins to them. A table
 * named with no file is declared absent: what needs it is skipped, not refused. */
#ifndef LIB_REFS_H
#define LIB_REFS_H

#include "lib/base/buf.h"
#include "lib/base/diag.h"

struct refs;
struct ref;

struct refs *refs_new(void);
void refs_free(struct refs *r);

/* Reads "NAME=FILE"; "NAME=" declares the table absent. ST_MISUSE for a malformed argument, a repeated name,
 * and for everything that is wrong with the file, which is the caller's fault and not that of the table
 * checked. */
enum status refs_add(struct refs *r, const char *argument, struct diag *d) MUST_USE;

/* NULL when there is none of that name; in refs of an example there is always one, if only an empty one. */
const struct ref *refs_find(struct refs *r, struct slice name);

/* Tables of an example, which have any column they are asked for, empty where no row gives it. Adds one of
 * `rows` rows, whose fields (escaped) are copied. */
struct refs *refs_example_new(void);
void refs_put(struct refs *r, struct slice name, const struct slice *column, size_t width,
              const struct slice *field, size_t rows);

const char *ref_file(const struct ref *t);
bool ref_is_absent(const struct ref *t);
size_t ref_rows(const struct ref *t);
uint64_t ref_line(const struct ref *t, size_t row);
int ref_find(const struct ref *t, struct slice column); /* its number, or -1 */

/* The field as it stands in the stream (escaped); lives as long as the table. */
struct slice ref_field(const struct ref *t, size_t row, size_t column);

/* Some fields of a row joined by TAB, in scratch, with \N made empty. */
struct slice ref_key(const struct ref *t, size_t row, const int *columns, size_t n, struct buf *scratch);

/* The rows of a table by the fields of some of its columns. */
struct ref_index;

struct ref_index *ref_index_new(const struct ref *t, const int *columns, size_t n);
void ref_index_free(struct ref_index *x);

/* The row whose key fields, joined by TAB, are key; -1 when there is none. The first one where there are
 * more: ref_index_repeat tells. */
int64_t ref_index_row(const struct ref_index *x, struct slice key);

/* The first row whose key an earlier row has, or -1. */
int64_t ref_index_repeat(const struct ref_index *x);

#endif
