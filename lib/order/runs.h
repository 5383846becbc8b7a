/* SPDX-License-Identifier: MIT
 * runs: records sorted in parts, each part a run in a temporary file, and read back as one sorted whole: what
 * a filter does with more than its memory may hold. */
#ifndef LIB_RUNS_H
#define LIB_RUNS_H

#include "lib/base/diag.h"

/* Below, equal to or above 0 as a stands before, with or after b. */
typedef int runs_compare(void *ctx, struct slice a, struct slice b);

struct runs;

/* directory: of the temporary files, as for scratch_open; borrowed. */
struct runs *runs_new(const char *directory, runs_compare *compare, void *ctx);
void runs_free(struct runs *r);

/* Adds a record, any bytes, to the run being written; the records of one run come in order. The bytes are
 * copied. On failure ST_OUTPUT: the disk is full. */
enum status runs_put(struct runs *r, struct slice record, struct diag *d) MUST_USE;

/* Ends the run being written. Where many small runs stand they are merged into a larger one, so open files
 * and buffers stay few. On failure ST_OUTPUT. */
enum status runs_end(struct runs *r, struct diag *d) MUST_USE;

/* After the last runs_end: the next record of all in order, equal ones in the order they were put.
 * record->p is NULL at the end; it lives until the next call. On failure ST_OUTPUT: the temporary file cannot
 * be read back. */
enum status runs_next(struct runs *r, struct slice *record, struct diag *d) MUST_USE;

/* After runs_next: the next record is the first again. */
void runs_rewind(struct runs *r);

/* Whether any record was put. */
bool runs_any(const struct runs *r);

/* Bytes that reading back holds, for the memory bounds of the manual pages. */
size_t runs_memory(const struct runs *r);

#endif
