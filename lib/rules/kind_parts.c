/* SPDX-License-Identifier: MIT
 * kind_parts: in every group of rows, the figure of a code against the weighted sum of its parts', by a
 * hierarchy of codes that another table holds. */
#include "lib/rules/kind_end.h"

#include <inttypes.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/rules/kind_tree.h"

struct parts {
    int code;                 /* variable */
    struct kind_by by, place; /* place: by, then the code */
    struct tree *tree;        /* NULL while only examples are run */
    int missing;
};

static enum status read_tree(struct card_names *n, struct parts *p, struct diag *d)
{
    static const char *const names[] = {"code", "parent", "weight"};
    const struct ref *t;
    int column[3];
    bool leaves;
    enum status st = kind_table(n, "tree", &t, d);
    if (st == ST_OK)
        st = kind_flag(n->card, "leaves", &leaves, d);
    for (int i = 0; st == ST_OK && i < 3; i++) {
        column[i] = t ? ref_find(t, slice_of(names[i])) : 0;
        if (column[i] < 0 && i < 2)
            st = kind_wrong(n->card, "tree", d, "%s has no column '%s'", ref_file(t), names[i]);
    }
    if (st != ST_OK || !t)
        return st;
    struct diag found = {0};
    p->tree = tree_new(t, column[0], column[1], column[2], leaves, &found);
    return p->tree ? ST_OK
                   : kind_wrong(n->card, "tree", d, "%s:%llu: %s", found.file, (unsigned long long)found.line,
                                found.reason);
}

static void find_place(struct parts *p)
{
    p->place.n = p->by.n + 1;
    p->place.own = mem_array(NULL, p->place.n, sizeof *p->place.own);
    for (size_t i = 0; i < p->by.n; i++)
        p->place.own[i] = p->by.own[i];
    p->place.own[p->by.n] = p->code;
}

static enum status compile(struct card_names *n, struct diag *d)
{
    struct parts *p = n->card->state = mem_zero(1, sizeof *p);
    enum status st = kind_variable(n, "code", &p->code, d);
    if (st == ST_OK && n->rules->variable[n->card->column].kind != VARIABLE_COLUMN)
        st = kind_wrong(n->card, "code", d, "the check is the name of a column of the table");
    if (st == ST_OK)
        st = kind_by(n, "by", NULL, &p->by, d);
    if (st == ST_OK)
        find_place(p);
    if (st == ST_OK)
        st = kind_word(n->card, "missing", "strict|zero|partial", &p->missing, d);
    return st == ST_OK ? read_tree(n, p, d) : st;
}

static void forget(void *state)
{
    struct parts *p = state;
    kind_by_free(&p->by);
    kind_by_free(&p->place);
    tree_free(p->tree);
    free(p);
}

/* One total and its parts in one group. at: the row of each code, -1 none, -2 more than one. */
struct sum {
    struct kind_end *e;
    const struct parts *p;
    const int64_t *at;
    struct kind_doubts *doubts;
    struct slice group;
    bool loose;        /* the group's key is none */
    enum figure worst; /* of the parts */
    size_t there;      /* parts with a figure */
    int64_t doubt;     /* the first row that is in doubt, or -1 */
    struct span total;
};

enum { NOT_THERE = -1, TWICE = -2 };

/* A row whose group or code is in doubt and that may be the one of a code here; -1 when there is none. */
static int64_t doubt_of(const struct sum *s, struct slice code)
{
    struct buf key = {0};
    buf_slice(&key, s->group);
    buf_text(&key, s->p->by.n ? "\t" : "");
    buf_slice(&key, code);
    int64_t row = kind_doubts_find(s->doubts, buf_view(&key));
    buf_free(&key);
    return row;
}

static void note_missing(struct sum *s, struct slice name)
{
    cause_add(&s->e->group->cause, "missing %.*s", "缺少 %.*s", (int)name.n, name.p);
}

static enum figure note_doubt(struct sum *s, int64_t row)
{
    s->doubt = s->doubt < 0 ? row : s->doubt;
    return FIGURE_BAD;
}

/* The figure in a row, which is that of the code `name`, and what it leaves in the decision: value, line,
 * cause. */
static enum figure figure_at(struct sum *s, int64_t row, struct slice name, struct span *out)
{
    const struct rule *c = s->e->card;
    const struct kept *k = s->e->kept;
    struct rule_group *g = s->e->group;
    struct slice field = kept_field(k, (size_t)row, c->column);
    struct rat v;
    buf_slice(&g->value, field);
    if (row != g->row)
        buf_printf(&g->related, "%s%" PRIu64, g->related.n ? ", " : "", kept_place(k, (size_t)row).line);
    if (kept_state(k, (size_t)row) != KEPT_GOOD)
        return note_doubt(s, row);
    enum figure figure = kind_read(field, &v);
    if (figure == FIGURE_MISSING)
        note_missing(s, name);
    int column = s->e->rules->variable[c->column].column;
    if (figure == FIGURE_VALUE && !span_of(v, kept_half(k, (size_t)row, column), c->mode, out))
        return FIGURE_BAD;
    return figure;
}

/* The figure of a code: in its row, or nowhere, or perhaps in one that is in doubt. */
static enum figure figure_of(struct sum *s, size_t code, struct span *out)
{
    struct rule_group *g = s->e->group;
    int64_t row = s->at[code];
    struct slice name = tree_code(s->p->tree, code);
    buf_text(&g->value, g->value.n ? "\t" : "");
    if (row == TWICE) {
        cause_add(&g->cause, "code %.*s stands twice", "代码 %.*s 重复", (int)name.n, name.p);
        return FIGURE_BAD;
    }
    if (row != NOT_THERE)
        return figure_at(s, row, name, out);
    int64_t doubt = doubt_of(s, name);
    if (doubt >= 0)
        return note_doubt(s, doubt);
    note_missing(s, name);
    return FIGURE_MISSING;
}

static void add_parts(struct sum *s, size_t total)
{
    s->total = span_zero();
    for (size_t i = 0; i < tree_parts(s->p->tree, total); i++) {
        struct rat weight;
        struct span x;
        enum figure f = figure_of(s, tree_part(s->p->tree, total, i, &weight), &x);
        if (f == FIGURE_VALUE && !span_add(&s->total, &x, weight))
            f = FIGURE_BAD;
        s->there += f == FIGURE_VALUE;
        if (f > s->worst)
            s->worst = f;
    }
}

enum { MISSING_STRICT, MISSING_ZERO, MISSING_PARTIAL };

/* A figure that cannot exist lets the sum rest; so does a sum of which nothing is there, unless `strict`. */
static void judge(struct sum sum, size_t total)
{
    struct sum *s = &sum;
    struct span whole;
    s->doubt = -1;
    struct rule_group *g = kind_begin(s->e, s->at[total] >= 0 ? s->at[total] : -1);
    g->column = s->e->rules->variable[s->e->card->column].column;
    buf_slice(&g->key, s->group);
    buf_text(&g->key, s->group.n ? "\t" : "");
    buf_slice(&g->key, tree_code(s->p->tree, total));
    enum figure f = figure_of(s, total, &whole);
    add_parts(s, total);
    if (s->loose)
        cause_clear(&g->cause); /* what such a group lacks is of no interest */
    if (s->doubt >= 0)
        kind_blame(s->e, (size_t)s->doubt);
    bool nothing = s->there == 0 && s->worst <= FIGURE_MISSING && s->doubt < 0;
    bool lacks = s->worst == FIGURE_MISSING && s->p->missing != MISSING_ZERO;
    if (f == FIGURE_NA || s->worst == FIGURE_NA ||
        (nothing && (f == FIGURE_MISSING || s->p->missing == MISSING_PARTIAL)))
        s->e->card->skipped++;
    else if (f != FIGURE_VALUE || lacks || s->worst == FIGURE_BAD)
        kind_say(s->e, VERDICT_UNDECIDED, 1);
    else
        kind_say(s->e, kind_compare(s->e, &whole, &s->total), 1);
}

static void place_codes(struct kind_end *e, const struct parts *p, const struct row_lists *groups,
                        size_t group, int64_t *at)
{
    for (size_t i = 0; i < tree_codes(p->tree); i++)
        at[i] = NOT_THERE;
    for (int64_t row = row_lists_first(groups, group); row >= 0; row = row_lists_next(groups, row)) {
        int64_t code = tree_find(p->tree, kept_field(e->kept, (size_t)row, p->code));
        if (code >= 0)
            at[code] = at[code] == NOT_THERE ? row : TWICE;
    }
}

static void judge_group(struct sum s, const struct row_lists *groups, size_t group, int64_t *at)
{
    s.at = at;
    s.group = row_lists_key(groups, group);
    s.loose = kind_is_loose(s.e->kept, (size_t)row_lists_first(groups, group), &s.p->by);
    place_codes(s.e, s.p, groups, group, at);
    for (size_t code = 0; code < tree_codes(s.p->tree); code++)
        if (tree_parts(s.p->tree, code))
            judge(s, code);
}

static void end(struct kind_end *e)
{
    const struct parts *p = e->card->state;
    struct row_lists *groups = kind_groups(e->kept, &p->by);
    struct sum s = {.e = e, .p = p, .doubts = kind_doubts_new(e->kept, &p->place)};
    int64_t *at = mem_array(NULL, tree_codes(p->tree) + 1, sizeof *at);
    for (size_t group = 0; group < row_lists_count(groups); group++)
        judge_group(s, groups, group, at);
    free(at);
    kind_doubts_free(s.doubts);
    row_lists_free(groups);
}

const struct kind KIND_PARTS = {.name = "parts",
                                .parameters = "code! tree! by missing leaves",
                                .check = CHECK_COLUMN,
                                .tables = true,
                                .compile = compile,
                                .end = end,
                                .free = forget};
