/* SPDX-License-Identifier: MIT
 * kind_reference: every row has a partner in another table, or the other way round, or both; rows whose
 * amounts are all 0 need none. */
#include "lib/rules/kind_end.h"

#include <inttypes.h>
#include <stdlib.h>

#include "lib/base/mem.h"

enum ways { WAYS_HERE, WAYS_THERE, WAYS_BOTH };

struct reference {
    const struct ref *table; /* NULL while only examples are run */
    struct kind_by by;
    struct kind_where where;
    int *idle; /* variables: amounts that excuse a row when all are 0 */
    int *idle_there;
    size_t idles;
    int ways;
};

static enum status read_idle(struct card_names *n, struct reference *r, struct diag *d)
{
    enum status st = kind_columns(n, "ignore", NULL, true, &r->idle, &r->idles, d);
    r->idle_there = mem_array(NULL, r->idles + 1, sizeof *r->idle_there);
    for (size_t i = 0; st == ST_OK && i < r->idles; i++) {
        const char *name = n->rules->variable[r->idle[i]].name;
        r->idle_there[i] = r->table ? ref_find(r->table, slice_of(name)) : 0;
        if (r->idle_there[i] < 0 && r->ways != WAYS_HERE)
            st = kind_wrong(n->card, "ignore", d, "%s has no column '%s'", ref_file(r->table), name);
    }
    return st;
}

static enum status compile(struct card_names *n, struct diag *d)
{
    struct rule *c = n->card;
    struct reference *r = c->state = mem_zero(1, sizeof *r);
    enum status st = kind_table(n, "table", &r->table, d);
    c->outside = true;
    if (st == ST_OK)
        st = kind_by(n, "by", r->table, &r->by, d);
    if (st == ST_OK)
        st = kind_where(n, "where", r->table, &r->where, d);
    if (st == ST_OK)
        st = kind_word(c, "ways", "here|there|both", &r->ways, d);
    return st == ST_OK ? read_idle(n, r, d) : st;
}

static void forget(void *state)
{
    struct reference *r = state;
    kind_by_free(&r->by);
    kind_where_free(&r->where);
    free(r->idle);
    free(r->idle_there);
    free(r);
}

static bool is_zero(struct slice f)
{
    struct rat v;
    return kind_read(f, &v) == FIGURE_VALUE && v.num == 0;
}

static bool is_idle(const struct reference *r, const struct kept *k, size_t row)
{
    bool idle = r->idles > 0;
    for (size_t i = 0; idle && i < r->idles; i++)
        idle = is_zero(kept_field(k, row, r->idle[i]));
    return idle;
}

static bool is_idle_there(const struct reference *r, size_t row)
{
    bool idle = r->idles > 0;
    for (size_t i = 0; idle && i < r->idles; i++)
        idle = is_zero(ref_field(r->table, row, (size_t)r->idle_there[i]));
    return idle;
}

static void judge_here(struct kind_end *e, const struct reference *r, const struct row_lists *theirs,
                       size_t row, struct buf *key)
{
    bool missing, bad = kept_state(e->kept, row) != KEPT_GOOD;
    kind_key(e->kept, row, r->by.own, r->by.n, key, &missing);
    if (!bad && is_idle(r, e->kept, row)) {
        e->card->skipped++;
        return;
    }
    struct rule_group *g = kind_begin(e, (int64_t)row);
    enum verdict v = row_lists_find(theirs, buf_view(key)) >= 0 ? VERDICT_PASS : VERDICT_FAIL;
    g->column = e->rules->variable[r->by.own[0]].column;
    buf_slice(&g->value, buf_view(key));
    if (bad || missing) {
        v = VERDICT_UNDECIDED;
        kind_doubt(e, row);
    } else if (v == VERDICT_FAIL) {
        cause_add(&g->cause, "not there", "对方表中没有");
    }
    kind_say(e, v, 1);
}

/* own: it has a row here; doubt: the first row here that may be one, or -1. */
static void judge_there(struct kind_end *e, const struct reference *r, const struct row_lists *theirs,
                        size_t group, bool own, int64_t doubt)
{
    int64_t row = row_lists_first(theirs, group);
    while (row >= 0 && is_idle_there(r, (size_t)row))
        row = row_lists_next(theirs, row);
    if (row < 0) {
        e->card->skipped++;
        return;
    }
    struct rule_group *g = kind_begin(e, -1);
    struct slice key = row_lists_key(theirs, group);
    buf_slice(&g->key, key);
    buf_slice(&g->value, key);
    for (; row >= 0; row = row_lists_next(theirs, row))
        buf_printf(&g->related, "%s%.*s:%" PRIu64, g->related.n ? ", " : "",
                   (int)kind_text(e->card, "table").n, kind_text(e->card, "table").p,
                   ref_line(r->table, (size_t)row));
    if (!own && doubt >= 0)
        kind_doubt(e, (size_t)doubt);
    else if (!own)
        cause_add(&g->cause, "not here", "本表中没有");
    kind_say(e, own ? VERDICT_PASS : doubt >= 0 ? VERDICT_UNDECIDED : VERDICT_FAIL, 1);
}

static void end(struct kind_end *e)
{
    const struct reference *r = e->card->state;
    struct row_lists *theirs = kind_ref_groups(r->table, &r->by, &r->where),
                     *ours = kind_sure_groups(e->kept, &r->by);
    struct kind_doubts *doubts = kind_doubts_new(e->kept, &r->by);
    struct buf key = {0};
    for (size_t row = 0; r->ways != WAYS_THERE && row < kept_rows(e->kept); row++)
        judge_here(e, r, theirs, row, &key);
    for (size_t i = 0; r->ways != WAYS_HERE && i < row_lists_count(theirs); i++)
        judge_there(e, r, theirs, i, row_lists_find(ours, row_lists_key(theirs, i)) >= 0,
                    kind_doubts_find(doubts, row_lists_key(theirs, i)));
    kind_doubts_free(doubts);
    row_lists_free(theirs);
    row_lists_free(ours);
    buf_free(&key);
}

const struct kind KIND_REFERENCE = {.name = "reference",
                                    .parameters = "table! by! ways ignore where",
                                    .check = CHECK_NONE,
                                    .tables = true,
                                    .compile = compile,
                                    .end = end,
                                    .free = forget};
