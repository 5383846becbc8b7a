/* SPDX-License-Identifier: MIT
 * headline: the headings over the columns of a table whose header takes one record or several: cells of the
 * upper records reach over the blank cells to their right, as merged cells do, and the parts are joined by
 * '/'. */
#ifndef LIB_HEADLINE_H
#define LIB_HEADLINE_H

#include "lib/base/buf.h"
#include "lib/read/mapping.h"
#include "lib/read/records.h"

/* Records kept of a header that may take n: those, and the ones below it that are looked at beside them. */
enum { HEADLINE_ROWS = 2 * MAP_HEADER_ROWS - 1 };

/* A record kept. */
struct headline_row {
    struct buf text;
    struct slice *cell; /* into text, trimmed */
    size_t n, cap;
    uint64_t line;
};

/* Begin with zeros, but for keep. */
struct headline {
    struct headline_row row[HEADLINE_ROWS]; /* the newest first */
    int rows;
    int keep; /* how many are kept: 1 … HEADLINE_ROWS */
    struct buf text;
    struct slice *cell; /* the headings, as joined last */
    size_t *end;
    size_t n, cap;
};

/* Keeps a copy of a record's cells; beyond h->keep the oldest is forgotten. */
void headline_push(struct headline *h, const struct record *rec);

/* Forgets all records. */
void headline_reset(struct headline *h);

/* Joins the `depth` records before the newest `below` (no more than were pushed) into h->cell[0 … h->n), as
 * many as the widest of them has cells. They live until the next call. */
void headline_join(struct headline *h, int below, int depth);

/* Cell i of a record kept; blank beyond its end. */
static inline struct slice headline_cell(const struct headline_row *r, size_t i)
{
    return i < r->n ? r->cell[i] : (struct slice){"", 0};
}

void headline_free(struct headline *h);

#endif
