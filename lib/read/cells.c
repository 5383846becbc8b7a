/* SPDX-License-Identifier: MIT
 * cells: see cells.h. */
#include "lib/read/cells.h"

#include <stdlib.h>

#include "lib/base/mem.h"

const char cells_long_field[] = "a field is longer than 1 MiB";

void cells_add(struct cells *c, const char *p, size_t n)
{
    size_t from = c->n ? c->end[c->n - 1] : 0;
    if (c->text.n - from + n > RECORDS_MAX_FIELD)
        c->too_big = cells_long_field;
    else if (c->text.n + n > RECORDS_MAX_RECORD)
        c->too_big = "a record is longer than 16 MiB";
    else
        buf_add(&c->text, p, n);
}

void cells_end(struct cells *c)
{
    if (c->n == RECORDS_MAX_CELLS) {
        c->too_big = "a record has more than 16384 fields";
        return;
    }
    if (c->n == c->cap)
        c->end = mem_grow(c->end, c->n, &c->cap, sizeof *c->end);
    c->end[c->n++] = c->text.n;
}

const struct slice *cells_slices(struct cells *c)
{
    if (c->n > c->cell_cap) {
        c->cell = mem_array(c->cell, c->cap, sizeof *c->cell);
        c->cell_cap = c->cap;
    }
    size_t from = 0;
    buf_room(&c->text, RECORDS_SLACK);
    for (size_t i = 0; i < c->n; i++) {
        c->cell[i] = (struct slice){c->text.p + from, c->end[i] - from};
        from = c->end[i];
    }
    return c->cell;
}

void cells_clear(struct cells *c)
{
    buf_clear(&c->text);
    c->n = 0;
}

void cells_free(struct cells *c)
{
    buf_free(&c->text);
    free(c->end);
    free(c->cell);
}
