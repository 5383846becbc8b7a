/* SPDX-License-Identifier: MIT
 * csv_fast: the records of a text read many bytes at a time, where the processor can. Only those that are
 * well-formed, not blank and whole in what is read at once; any other is left as it is, for a reader that
 * goes through it with care, and what follows can be tried again. */
#ifndef LIB_CSV_FAST_H
#define LIB_CSV_FAST_H

#include "lib/base/out.h"
#include "lib/read/lines.h"
#include "lib/read/records.h"

struct csv_fast;

/* quote 0: the format has none. Borrows l, which the careful reader shares. NULL where the processor lacks
 * the instructions. */
struct csv_fast *csv_fast_new(struct lines *l, char delimiter, char quote);
void csv_fast_free(struct csv_fast *f);

/* The next record, but for its number; n == 0 when it wants care or there is none. It dies when f or the
 * lines are read on. ST_INPUT when the text cannot be read. */
enum status csv_fast_next(struct csv_fast *f, struct record *rec, struct diag *d) MUST_USE;

/* Writes some of the next records of `width` fields to out as rows of the stream; *rows gets how many. 0: the
 * next wants care, or there is none. */
enum status csv_fast_copy(struct csv_fast *f, size_t width, struct out *out, uint64_t *rows,
                          struct diag *d) MUST_USE;

#endif
