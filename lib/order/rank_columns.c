/* SPDX-License-Identifier: MIT
 * rank_columns: see rank_columns.h. */
#include "lib/order/rank_columns.h"

#include "lib/stream/columns.h"

static const char NEVER[] = "\\-";

bool rank_columns_count(const struct rank_columns *c)
{
    return c->percent || c->share || c->band;
}

enum status rank_columns_check(const struct rank_columns *c, const struct table *t, struct diag *d)
{
    const char *const given[] = {c->rank, c->percent, c->share, c->band};
    struct columns known = {0};
    struct buf header = {0};
    enum status st = ST_OK;
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        if (given[i] && !column_name_is_fit(slice_of(given[i])))
            return diag_set(d, ST_MISUSE, NULL, 0, NULL, "%s is no name for a column",
                            diag_quote(slice_of(given[i])).s);
    rank_columns_header(c, &header);
    for (size_t from = 0, to; from < header.n && st == ST_OK; from = to) {
        const char *p = header.p + ++from, *tab = memchr(p, '\t', header.n - from);
        to = tab ? (size_t)(tab - header.p) : header.n;
        struct slice name = {p, to - from};
        if (table_find(t, name) >= 0 || columns_find(&known, name) >= 0)
            st = diag_set(d, ST_MISUSE, table_file(t), 0, NULL,
                          "there is a column %s already; -c NAME names the new one", diag_quote(name).s);
        columns_bind(&known, name, 0);
    }
    columns_free(&known);
    buf_free(&header);
    return st;
}

void rank_columns_header(const struct rank_columns *c, struct buf *b)
{
    const char *const name[] = {c->rank, c->percent, c->share, c->band};
    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        if (name[i])
            buf_printf(b, "\t%s", name[i]);
    if (c->moves)
        buf_printf(b, "\t%s_previous\t%s_change\t%s_moved", c->rank, c->rank, c->rank);
}

static void add_rank(struct buf *b, uint64_t doubled)
{
    char text[RANK_TEXT];
    buf_add(b, text, rank_text(doubled, text));
}

/* What stands where there is no rank. */
static const char *gap(enum standing standing)
{
    return standing == STANDS_EMPTY ? "" : NEVER;
}

static void add_change(struct buf *b, uint64_t before, uint64_t now)
{
    if (before < now)
        buf_char(b, '-');
    add_rank(b, before < now ? now - before : before - now);
}

static void add_moves(const struct ranked *row, const struct standing_before *before, struct buf *b)
{
    bool was = before->known && before->doubled_rank, is = row->doubled_rank != 0;
    buf_char(b, '\t');
    if (was)
        add_rank(b, before->doubled_rank);
    else
        buf_text(b, before->known ? gap(before->standing) : NEVER);
    buf_char(b, '\t');
    if (was && is)
        add_change(b, before->doubled_rank, row->doubled_rank);
    else /* as in arithmetic: what cannot exist goes before what was not reported */
        buf_text(b, (was || (before->known && before->standing == STANDS_EMPTY)) &&
                            (is || row->standing == STANDS_EMPTY)
                        ? ""
                        : NEVER);
    buf_text(b, !before->known                             ? "\tnew"
                : !was || !is                              ? "\t"
                : row->doubled_rank < before->doubled_rank ? "\tup"
                : row->doubled_rank > before->doubled_rank ? "\tdown"
                                                           : "\tsame");
}

void rank_columns_row(const struct rank_columns *c, const struct ranked *row,
                      const struct standing_before *before, struct buf *b)
{
    bool ranked = row->doubled_rank != 0;
    uint64_t n = c->dense ? row->levels : row->rivals;
    const char *none = gap(row->standing);
    struct dec share;
    if (c->rank) {
        buf_char(b, '\t');
        if (ranked)
            add_rank(b, row->doubled_rank);
        else
            buf_text(b, none);
    }
    if (c->percent) {
        buf_char(b, '\t');
        if (ranked && rank_percent(row->doubled_rank, n, c->digits, &share))
            dec_print(b, share);
        else
            buf_text(b, ranked ? NEVER : none);
    }
    if (c->share) {
        buf_char(b, '\t');
        if (ranked)
            dec_print(b, rank_share(row->upto, row->rivals, c->digits));
        else
            buf_text(b, none);
    }
    if (c->band) {
        buf_char(b, '\t');
        if (ranked)
            add_rank(b, 2 * rank_band(row->doubled_rank, n, c->bands));
        else
            buf_text(b, none);
    }
    if (c->moves)
        add_moves(row, before, b);
}

void rank_columns_left(const struct rank_columns *c, const struct standing_before *before, struct buf *b)
{
    const char *const column[] = {c->rank, c->percent, c->share, c->band};
    for (size_t i = 0; i < sizeof column / sizeof *column; i++)
        if (column[i])
            buf_printf(b, "\t%s", NEVER);
    buf_char(b, '\t');
    if (before->doubled_rank)
        add_rank(b, before->doubled_rank);
    else
        buf_text(b, gap(before->standing));
    buf_printf(b, "\t%s\tleft", NEVER);
}
