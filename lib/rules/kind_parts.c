/* SPDX-License-Identifier: MIT
 * kind_parts: in every group of rows, the figure of a code against the weighted sum of its parts', by a
 * hierarchy of codes that another table holds. */
#include "lib/rules/kind_end.h"

#include <inttypes.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/rules/kind_tree.h"

struct parts {
    int code; /* variable */
    struct kind_by by;
    struct tree *tree; /* NULL while only examples are run */
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

static enum status compile(struct card_names *n, struct diag *d)
{
    struct parts *p = n->card->state = mem_zero(1, sizeof *p);
    enum status st = kind_variable(n, "code", &p->code, d);
    if (st == ST_OK && n->rules->variable[n->card->column].kind != VARIABLE_COLUMN)
        st = kind_wrong(n->card, "code", d, "the check is the name of a column of the table");
    if (st == ST_OK)
        st = kind_by(n, "by", NULL, &p->by, d);
    if (st == ST_OK)
        st = kind_word(n->card, "missing", "strict|zero|partial", &p->missing, d);
    return st == ST_OK ? read_tree(n, p, d) : st;
}

static void forget(void *state)
{
    struct parts *p = state;
    kind_by_free(&p->by);
    tree_free(p->tree);
    free(p);
}

/* One total and its parts in one group. at: the row of each code, -1 none, -2 more than one. */
struct sum {
    struct kind_end *e;
    const struct parts *p;
    const int64_t *at;
    struct slice group;
    enum figure worst; /* of the parts */
    size_t there;      /* parts with a figure */
    bool bad;          /* a cell that has a failure of its own */
    struct span total;
};

enum { NOT_THERE = -1, TWICE = -2 };

/* The figure of a code, and what it leaves in the decision: value, line, cause. */
static enum figure figure_of(struct sum *s, size_t code, struct span *out)
{
    const struct rule *c = s->e->card;
    struct rule_group *g = s->e->group;
    int64_t row = s->at[code];
    struct slice name = tree_code(s->p->tree, code);
    struct rat v;
    enum figure figure = FIGURE_MISSING;
    if (g->value.n)
        buf_char(&g->value, '\t');
    if (row == TWICE) {
        buf_printf(&g->cause, "%scode %.*s stands twice", g->cause.n ? ", " : "", (int)name.n, name.p);
        return FIGURE_BAD;
    }
    if (row != NOT_THERE) {
        struct slice field = kept_field(s->e->kept, (size_t)row, c->column);
        buf_slice(&g->value, field);
        figure = kind_read(field, &v);
        if (row != g->row)
            buf_printf(&g->related, "%s%" PRIu64, g->related.n ? ", " : "",
                       kept_place(s->e->kept, (size_t)row).line);
        if (kept_state(s->e->kept, (size_t)row) != KEPT_GOOD) {
            s->bad = true;
            return FIGURE_BAD;
        }
    }
    if (figure == FIGURE_MISSING)
        buf_printf(&g->cause, "%smissing %.*s", g->cause.n ? ", " : "", (int)name.n, name.p);
    int column = s->e->rules->variable[c->column].column;
    if (figure == FIGURE_VALUE && !span_of(v, kept_half(s->e->kept, (size_t)row, column), c->mode, out))
        return FIGURE_BAD;
    return figure;
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
static void judge(struct sum *s, size_t total)
{
    struct span whole;
    struct rule_group *g = kind_begin(s->e, s->at[total] >= 0 ? s->at[total] : -1);
    g->column = s->e->rules->variable[s->e->card->column].column;
    buf_slice(&g->key, s->group);
    buf_text(&g->key, s->group.n ? "\t" : "");
    buf_slice(&g->key, tree_code(s->p->tree, total));
    enum figure f = figure_of(s, total, &whole);
    add_parts(s, total);
    g->unlisted = s->bad;
    bool nothing = s->there == 0 && s->worst <= FIGURE_MISSING && !s->bad;
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

static void end(struct kind_end *e)
{
    const struct parts *p = e->card->state;
    struct row_lists *groups = kind_groups(e->kept, &p->by);
    int64_t *at = mem_array(NULL, tree_codes(p->tree) + 1, sizeof *at);
    for (size_t group = 0; group < row_lists_count(groups); group++) {
        place_codes(e, p, groups, group, at);
        for (size_t code = 0; code < tree_codes(p->tree); code++)
            if (tree_parts(p->tree, code)) {
                struct sum s = {.e = e, .p = p, .at = at, .group = row_lists_key(groups, group)};
                judge(&s, code);
            }
    }
    free(at);
    row_lists_free(groups);
}

const struct kind KIND_PARTS = {.name = "parts",
                                .parameters = "code! tree! by missing leaves",
                                .check = CHECK_COLUMN,
                                .tables = true,
                                .compile = compile,
                                .end = end,
                                .free = forget};
