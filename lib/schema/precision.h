/* SPDX-License-Identifier: MIT
 * precision: how exactly the figures of a row are known: a half width a column, in the canonical unit, from
 * the cells they came from (the sidecar of extract) or, without that, from the decimals the schema states. */
#ifndef LIB_PRECISION_H
#define LIB_PRECISION_H

#include "lib/number/rational.h"
#include "lib/read/origin.h"
#include "lib/schema/schema.h"
#include "lib/stream/table.h"

struct precision;

/* origin may be NULL; file_column is the number of _file, or -1. Borrows schema and origin. */
struct precision *precision_new(const struct schema *s, const struct origin *origin, int file_column);
void precision_free(struct precision *p);

/* One half width a column of the schema, 0 for what is exact: whole numbers, columns without decimals. */
const struct rat *precision_of_row(struct precision *p, const struct batch *b, size_t row);
const struct rat *precision_declared(const struct precision *p);

#endif
