/* SPDX-License-Identifier: MIT
 * headline: the headings over the columns of a table whose header takes one record or several: cells of the
 * upper records reach over the blank cells to their right, as merged cells do, and the parts are joined by
 * '/'. */
#ifndef LIB_HEADLINE_H
#define LIB_HEADLINE_H

#include "lib/base/buf.h"
#include "lib/read/mapping.h"
#include "lib/read/records.h"

/* A record kept. */
struct headline_row {
    struct buf text;
    struct slice *cell; /* into text, trimmed */
    size_t n, cap;
};

/* Begin with zeros. */
struct headline {
    struct headline_row row[MAP_HEADER_ROWS]; /* the newest first */
    int rows;
    struct buf text;
    struct slice *cell; /* the headings, as joined last */
    size_t *end;
    size_t n, cap;
};

/* Keeps a copy of a record's cells; the oldest of MAP_HEADER_ROWS is forgotten. */
void headline_push(struct headline *h, const struct record *rec);

/* Forgets all records. */
void headline_reset(struct headline *h);

/* Joins the newest `depth` records (no more than were pushed) into h->cell[0 … h->n), as many as the widest
 * of them has cells. They live until the next call. */
void headline_join(struct headline *h, int depth);

void headline_free(struct headline *h);

#endif
