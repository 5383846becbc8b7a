/* SPDX-License-Identifier: MIT
 * headline: see headline.h. */
#include "lib/read/headline.h"

#include <stdlib.h>

#include "lib/base/mem.h"

void headline_push(struct headline *h, const struct record *rec)
{
    struct headline_row oldest = h->row[h->keep - 1];
    memmove(h->row + 1, h->row, (size_t)(h->keep - 1) * sizeof *h->row);
    struct headline_row *r = &h->row[0];
    *r = oldest;
    r->line = rec->line;
    buf_clear(&r->text);
    for (size_t i = 0; i < rec->n; i++)
        buf_slice(&r->text, trim(rec->cell[i]));
    if (rec->n > r->cap) {
        r->cell = mem_array(r->cell, rec->n, sizeof *r->cell);
        r->cap = rec->n;
    }
    size_t from = 0;
    r->n = rec->n;
    for (size_t i = 0; i < rec->n; i++) {
        size_t n = trim(rec->cell[i]).n;
        r->cell[i] = (struct slice){r->text.p ? r->text.p + from : "", n};
        from += n;
    }
    h->rows += h->rows < h->keep;
}

void headline_reset(struct headline *h)
{
    h->rows = 0;
}

/* The part of heading i that the record `level` above the lowest gives. A blank cell of an upper record
 * belongs to the cell on its left as long as no record above it begins a new heading there. */
static struct slice part_of(const struct headline_row *row, int level, int depth, size_t i)
{
    struct slice own = headline_cell(&row[level], i);
    while (level > 0 && own.n == 0 && i > 0) {
        for (int above = level + 1; above < depth; above++)
            if (headline_cell(&row[above], i).n > 0)
                return own;
        own = headline_cell(&row[level], --i);
    }
    return own;
}

/* row: the lowest record of the header. */
static void join_heading(struct headline *h, const struct headline_row *row, int depth, size_t i)
{
    struct slice before = {"", 0};
    bool any = false, lowest = depth == 1;
    /* A column that no lower record names stands alone under the cell that is its own. */
    for (int level = 0; level < depth && !lowest; level++)
        lowest = headline_cell(&row[level], i).n > 0;
    for (int level = depth - 1; level >= 0 && lowest; level--) {
        struct slice part = part_of(row, level, depth, i);
        /* Merged downwards, some readers give the same text in every record. */
        if (part.n == 0 || slice_equal(part, before))
            continue;
        if (any)
            buf_char(&h->text, '/');
        buf_slice(&h->text, part);
        before = part;
        any = true;
    }
}

void headline_join(struct headline *h, int below, int depth)
{
    const struct headline_row *row = h->row + below;
    h->n = 0;
    for (int level = 0; level < depth; level++)
        h->n = row[level].n > h->n ? row[level].n : h->n;
    if (h->n > h->cap) {
        h->cell = mem_array(h->cell, h->n, sizeof *h->cell);
        h->end = mem_array(h->end, h->n, sizeof *h->end);
        h->cap = h->n;
    }
    buf_clear(&h->text);
    for (size_t i = 0; i < h->n; i++) {
        join_heading(h, row, depth, i);
        h->end[i] = h->text.n;
    }
    for (size_t i = 0; i < h->n; i++) {
        size_t from = i ? h->end[i - 1] : 0;
        h->cell[i] = (struct slice){h->text.p ? h->text.p + from : "", h->end[i] - from};
    }
}

void headline_free(struct headline *h)
{
    for (int i = 0; i < HEADLINE_ROWS; i++) {
        buf_free(&h->row[i].text);
        free(h->row[i].cell);
    }
    buf_free(&h->text);
    free(h->cell);
    free(h->end);
    *h = (struct headline){0};
}
