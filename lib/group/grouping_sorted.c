/* SPDX-License-Identifier: MIT
 * grouping_sorted: rows in the order of their keys, whose groups go out as they are complete. What stands
 * before the last key in the order of the output will see no more rows: of the groups, and of the totals,
 * since a total stands behind all that it covers. The rest is carried on. */
#include <stdlib.h>

#include "lib/group/grouping_internal.h"
#include "lib/group/grouping_sets.h"

enum { FLUSH_GROUPS = 512 }; /* so many that sending them out costs little for each */

void grouping_expect_sorted(struct grouping *g)
{
    g->sorted = true;
}

static enum status out_of_order(struct slice key, struct slice last, uint64_t line, struct diag *d)
{
    return diag_set(d, ST_INPUT, NULL, line, NULL, "the rows are not sorted by the keys: %s comes after %s",
                    diag_quote(key).s, diag_quote(last).s);
}

enum status grouping_check_order(struct grouping *g, const uint32_t *number, size_t n, const uint32_t *row,
                                 uint64_t line, struct diag *d)
{
    struct slice last = buf_view(&g->last);
    for (size_t i = 0; i < n; i++) {
        struct slice key = row_groups_key(&g->rows, number[i]);
        if (i && number[i] == number[i - 1])
            continue;
        if (g->any && fields_compare(key, last) < (i > 0))
            return out_of_order(key, last, line + row[i], d);
        last = key;
        g->any = true;
    }
    if (last.p != g->last.p) {
        buf_clear(&g->last);
        buf_slice(&g->last, last);
    }
    return ST_OK;
}

/* --- carrying groups on: as lines, since their records go --- */

static enum status put_line(void *lines, struct slice line, struct diag *d)
{
    (void)d;
    buf_slice(lines, line);
    buf_char(lines, '\n');
    return ST_OK;
}

/* Empties the table but for the groups given. */
static enum status keep_only(struct grouping *g, const uint32_t *number, size_t n, struct diag *d)
{
    struct buf lines = {0};
    struct line_writer w = {.format = g->format, .put = put_line, .ctx = &lines};
    struct group_sink sink = line_writer_sink(&w);
    enum status st = grouping_send(g, number, n, true, &sink, d);
    grouping_clear(g);
    struct slice rest = buf_view(&lines);
    while (rest.n && st == ST_OK) {
        struct part_line l;
        const char *end = memchr(rest.p, '\n', rest.n);
        struct slice line = {rest.p, (size_t)(end - rest.p)};
        rest = (struct slice){end + 1, rest.n - line.n - 1};
        st = part_line_read(&l, &g->format, line)
                 ? grouping_add_line(g, &l, d)
                 : diag_set(d, ST_FAULT, NULL, 0, NULL, "a group cannot be carried on");
    }
    buf_free(&w.line);
    buf_free(&lines);
    return st;
}

enum status grouping_flush(struct grouping *g, const struct grouping_sets *s, const struct group_sink *sink,
                           struct diag *d)
{
    bool over = grouping_is_over(g);
    if (!over && grouping_count(g) < FLUSH_GROUPS)
        return ST_OK;
    if (g->runs || grouping_count(g) < 2)
        return grouping_keep_within(g, d);

    size_t n, complete = 0;
    uint32_t last = row_groups_put(&g->rows, buf_view(&g->last));
    uint32_t *number = grouping_finest(g, &n);
    enum status st = grouping_add_totals(g, s, number, n - 1, NULL, d); /* the last one goes on */
    free(number);
    number = row_groups_order(&g->rows, true, &n);
    while (number[complete] != last)
        complete++;
    if (st == ST_OK)
        st = grouping_send(g, number, complete, false, sink, d);
    if (st == ST_OK)
        st = keep_only(g, number + complete, n - complete, d);
    free(number);
    return st == ST_OK ? grouping_keep_within(g, d) : st;
}
