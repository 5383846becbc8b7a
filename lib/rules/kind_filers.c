/* SPDX-License-Identifier: MIT
 * kind_filers: who should be in the table by a roster in force on a date, and is not, and who is in it and
 * should not. */
#include "lib/rules/kind_end.h"

#include <stdlib.h>

#include "lib/base/mem.h"

struct filers {
    const struct ref *roster; /* NULL while only examples are run */
    struct kind_by by;
    struct kind_where where;
    int from, to; /* columns of the roster, or -1 */
    int on;       /* variable: a constant */
    struct slice day;
};

static enum status compile(struct card_names *n, struct diag *d)
{
    struct rule *c = n->card;
    struct filers *f = c->state = mem_zero(1, sizeof *f);
    enum status st = kind_table(n, "roster", &f->roster, d);
    c->outside = true;
    if (st == ST_OK)
        st = kind_by(n, "by", f->roster, &f->by, d);
    if (st == ST_OK)
        st = kind_where(n, "where", f->roster, &f->where, d);
    if (st == ST_OK)
        st = kind_ref_column(c, "from", "from", f->roster, &f->from, d);
    if (st == ST_OK)
        st = kind_ref_column(c, "to", "to", f->roster, &f->to, d);
    if (st == ST_OK)
        st = kind_check_validity(c, f->roster, f->from, f->to, d);
    if (st == ST_OK)
        st = kind_variable(n, "on", &f->on, d);
    if (st != ST_OK)
        return st;
    const struct rule_variable *v = &n->rules->variable[f->on];
    if (v->kind != VARIABLE_GIVEN)
        return kind_wrong(c, "on", d, "a constant is wanted, as in given.period");
    f->day = v->text;
    if (n->rules->refs && f->day.n && !cell_is_date(f->day) && !cell_is_month(f->day))
        return kind_wrong(c, "on", d, "not a date or month: %s", diag_quote(f->day).s);
    return ST_OK;
}

static void forget(void *state)
{
    struct filers *f = state;
    kind_by_free(&f->by);
    kind_where_free(&f->where);
    free(f);
}

/* The roster's rows in force. */
static struct row_lists *expected_ones(const struct filers *f)
{
    struct row_lists *all = row_lists_new(ref_rows(f->roster));
    struct buf key = {0};
    for (size_t row = 0; row < ref_rows(f->roster); row++)
        if (kind_where_holds(&f->where, f->roster, row) &&
            kind_is_valid(f->roster, row, f->from, f->to, f->day))
            row_lists_put(all, ref_key(f->roster, row, f->by.theirs, f->by.n, &key), row);
    buf_free(&key);
    return all;
}

struct count {
    size_t expected, received;
};

static void begin(struct kind_end *e, int64_t row, struct slice key, const struct count *n)
{
    struct rule_group *g = kind_begin(e, row);
    buf_slice(&g->key, key);
    buf_printf(&g->expected, "%zu", n->expected);
    buf_printf(&g->actual, "%zu", n->received);
}

/* What is wrong enters the key of the finding. */
static void fail(struct kind_end *e, const char *en, const char *zh)
{
    buf_text(&e->group->value, en);
    buf_text(&e->group->cause.en, en);
    buf_text(&e->group->cause.zh, zh);
    kind_say(e, VERDICT_FAIL, 1);
}

/* One that is not here may be one of the rows in doubt. */
static void say_expected(struct kind_end *e, const struct row_lists *due, const struct row_lists *here,
                         const struct count *n, struct kind_doubts *doubts)
{
    for (size_t i = 0; i < row_lists_count(due); i++) {
        struct slice key = row_lists_key(due, i);
        int64_t doubt = kind_doubts_find(doubts, key);
        begin(e, -1, key, n);
        if (row_lists_find(here, key) >= 0) {
            kind_say(e, VERDICT_PASS, 1);
        } else if (doubt < 0) {
            fail(e, "missing", "应报未报");
        } else {
            kind_doubt(e, (size_t)doubt);
            kind_say(e, VERDICT_UNDECIDED, 1);
        }
    }
}

static void end(struct kind_end *e)
{
    const struct filers *f = e->card->state;
    struct row_lists *due = expected_ones(f), *here = kind_sure_groups(e->kept, &f->by);
    struct kind_doubts *doubts = kind_doubts_new(e->kept, &f->by);
    struct count n = {.expected = row_lists_count(due)};
    for (size_t i = 0; i < row_lists_count(due); i++)
        n.received += row_lists_find(here, row_lists_key(due, i)) >= 0;
    say_expected(e, due, here, &n, doubts);
    for (size_t i = 0; i < row_lists_count(here); i++)
        if (row_lists_find(due, row_lists_key(here, i)) < 0) {
            begin(e, row_lists_first(here, i), row_lists_key(here, i), &n);
            fail(e, "unexpected", "不在应报名单");
        }
    kind_doubts_free(doubts);
    row_lists_free(due);
    row_lists_free(here);
}

const struct kind KIND_FILERS = {.name = "filers",
                                 .parameters = "roster! by! on! from to where",
                                 .check = CHECK_NONE,
                                 .tables = true,
                                 .compile = compile,
                                 .end = end,
                                 .free = forget};
