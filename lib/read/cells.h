/* SPDX-License-Identifier: MIT
 * cells: a record under construction, for the text formats of records: cells joined in one buffer, within the
 * limits of records.h. No allocation a cell. */
#ifndef LIB_CELLS_H
#define LIB_CELLS_H

#include "lib/base/buf.h"
#include "lib/read/records.h"

struct cells {
    struct buf text; /* the cells, one behind the other */
    size_t *end;     /* end of each cell in text */
    size_t n, cap;
    struct slice *cell; /* filled by cells_record */
    size_t cell_cap;
    const char *too_big; /* which limit was passed, or NULL */
};

/* The limit of too_big that a quote left open passes too. */
extern const char cells_long_field[];

/* More bytes of the cell that is open. */
void cells_add(struct cells *c, const char *p, size_t n);

/* Ends the open cell. */
void cells_end(struct cells *c);

/* The finished cells as slices; they die at the next cells_clear. */
const struct slice *cells_slices(struct cells *c);

void cells_clear(struct cells *c);
void cells_free(struct cells *c);

#endif
