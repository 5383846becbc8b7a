/* SPDX-License-Identifier: MIT
 * spec: a plain-text specification (schema, mapping, rule cards, layout …): TSV with a header line, '#' lines
 * as comments, blank lines ignored, held in memory. People write it with the editors and spreadsheet programs
 * they have: a byte order mark, CR LF and TABs at the end of a line say nothing, so that fields missing there
 * are empty. Every mistake is reported with the file and line, as ST_MISUSE, before any data is read. */
#ifndef LIB_SPEC_H
#define LIB_SPEC_H

#include "lib/base/diag.h"

struct spec;

/* Reads path. columns is a NULL-terminated list of the columns a file of this kind may have; one whose name
 * starts with '!' must be there. NULL on failure: unreadable, unknown, missing or repeated column, a row
 * with more fields than the header. */
struct spec *spec_load(const char *path, const char *const *columns, struct diag *d);
void spec_free(struct spec *s);

size_t spec_rows(const struct spec *s);
const char *spec_file(const struct spec *s);
uint64_t spec_line(const struct spec *s, size_t row);

/* The field, escapes undone; "" when empty or when the file has no such column. Owned by s. */
const char *spec_get(const struct spec *s, size_t row, const char *column);

/* diag_set with the file and line of a row. Returns ST_MISUSE. */
enum status spec_error(const struct spec *s, size_t row, const char *column, struct diag *d, const char *fmt,
                       ...) PRINTF_LIKE(5, 6);

/* "" or "0" or "no" is false, "1" or "yes" is true; anything else ST_MISUSE. */
enum status spec_flag(const struct spec *s, size_t row, const char *column, bool *value,
                      struct diag *d) MUST_USE;

/* A whole number in [low, high]; `none` when the field is empty. */
enum status spec_int(const struct spec *s, size_t row, const char *column, int low, int high, int none,
                     int *value, struct diag *d) MUST_USE;

#endif
