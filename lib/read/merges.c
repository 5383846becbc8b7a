/* SPDX-License-Identifier: MIT
 * merges: see merges.h. */
#include "lib/read/merges.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/records.h"

bool merges_add(struct merges *m, uint64_t line, uint64_t last_line, uint64_t column, uint64_t last_column)
{
    bool one = line == last_line && column == last_column;
    if (one || line < 1 || (line > MERGES_LINES && !m->all) || last_line < line || column < 1 ||
        last_column < column || last_line > UINT32_MAX || last_column > UINT32_MAX)
        return true;
    if (m->n == MERGES_MOST)
        return false;
    m->range = mem_grow(m->range, m->n, &m->cap, sizeof *m->range);
    m->range[m->n++] = (struct merge){
        (uint32_t)line, (uint32_t)last_line, (uint32_t)column, (uint32_t)last_column, NULL, false};
    return true;
}

static bool covers(const struct merge *r, uint64_t line)
{
    return r->line <= line && line <= r->last_line;
}

bool merges_touch(const struct merges *m, uint64_t line, uint64_t *last_column)
{
    bool any = false;
    *last_column = 0;
    for (size_t i = 0; i < m->n; i++) {
        /* A range whose first cell was empty has nothing to show further right. */
        const struct merge *r = &m->range[i];
        if (!covers(r, line) || (line > r->line && !r->text))
            continue;
        any = true;
        if (r->last_column > *last_column)
            *last_column = r->last_column;
    }
    return any;
}

static char *kept(struct slice cell)
{
    char *p = mem_alloc(cell.n + 1 + RECORDS_SLACK);
    memcpy(p, cell.p, cell.n);
    memset(p + cell.n, 0, 1 + RECORDS_SLACK);
    return p;
}

void merges_fill(struct merges *m, uint64_t line, struct slice *cell, size_t n)
{
    for (size_t i = 0; i < m->n; i++) {
        struct merge *r = &m->range[i];
        if (!covers(r, line) || r->column > n)
            continue;
        if (line == r->line && !r->text && cell[r->column - 1].n > 0)
            r->text = kept(cell[r->column - 1]);
        for (size_t c = r->column; r->text && c <= r->last_column && c <= n; c++)
            if (cell[c - 1].n == 0)
                cell[c - 1] = slice_of(r->text);
    }
}

static int by_line(const void *a, const void *b)
{
    const struct merge *x = a, *y = b;
    return x->line != y->line ? (x->line > y->line) - (x->line < y->line)
                              : (x->column > y->column) - (x->column < y->column);
}

void merges_begin_filling(struct merges *m, uint64_t below)
{
    m->filling = true;
    m->below = below;
    if (m->n > 1)
        qsort(m->range, m->n, sizeof *m->range, by_line);
}

static void close_ended(struct merges *m, uint64_t line)
{
    for (size_t i = 0; i < m->opens;) {
        struct merge *r = &m->range[m->open[i]];
        if (r->last_line >= line) {
            i++;
            continue;
        }
        free(r->text);
        r->text = NULL;
        m->open[i] = m->open[--m->opens];
    }
}

void merges_fill_down(struct merges *m, uint64_t line, const unsigned char *wanted, struct slice *cell,
                      bool *is_number, size_t n)
{
    close_ended(m, line);
    for (size_t i = 0; i < m->opens; i++) {
        const struct merge *r = &m->range[m->open[i]];
        size_t c = r->column - 1;
        if (c < n && cell[c].n == 0) {
            cell[c] = slice_of(r->text);
            is_number[c] = r->is_number;
        }
    }
    for (; m->next < m->n && m->range[m->next].line <= line; m->next++) {
        struct merge *r = &m->range[m->next];
        size_t c = r->column - 1;
        if (r->line < line || r->line <= m->below || r->last_line == line || c >= n || cell[c].n == 0 ||
            !(wanted[c / 8] >> c % 8 & 1))
            continue;
        free(r->text); /* shown when the row was looked at, whether the header goes on in it */
        r->text = kept(cell[c]);
        r->is_number = is_number[c];
        m->open = mem_grow(m->open, m->opens, &m->open_cap, sizeof *m->open);
        m->open[m->opens++] = m->next;
    }
}

void merges_free(struct merges *m)
{
    for (size_t i = 0; i < m->n; i++)
        free(m->range[i].text);
    free(m->range);
    free(m->open);
    *m = (struct merges){0};
}
