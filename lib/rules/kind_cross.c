/* SPDX-License-Identifier: MIT
 * kind_cross: a figure, sum or count here against one there, by group; count: the rows here against a number
 * that came with them. */
#include "lib/rules/kind_end.h"

#include <inttypes.h>
#include <stdlib.h>

#include "lib/base/mem.h"

enum form { FORM_VALUE, FORM_SUM, FORM_COUNT, FORM_GIVEN };

/* One side of the comparison. */
struct side {
    enum form form;
    int column;  /* variable here, column there */
    int precise; /* schema column whose precision it has, or -1 */
};

enum { MISSING_STRICT, MISSING_ZERO, MISSING_PARTIAL };

struct cross {
    struct side here, there;
    char *name;              /* of the other table; "" for a constant */
    const struct ref *table; /* NULL while only examples are run, or for a constant */
    int given;               /* variable, for FORM_GIVEN */
    struct kind_by by;
    struct kind_where where;
    int missing;
};

/* --- reading --- */

/* "sum(x)", "count(x)", "count()" or "x"; the inside in *inner. */
static enum form read_form(struct slice text, struct slice *inner)
{
    static const char *const call[] = {"", "sum(", "count("};
    for (int form = FORM_SUM; form <= FORM_COUNT; form++) {
        size_t n = strlen(call[form]);
        if (text.n > n && memcmp(text.p, call[form], n) == 0 && text.p[text.n - 1] == ')') {
            *inner = (struct slice){text.p + n, text.n - n - 1};
            return (enum form)form;
        }
    }
    *inner = text;
    return FORM_VALUE;
}

static enum status read_here(struct card_names *n, struct cross *x, struct slice text, struct diag *d)
{
    struct slice inner;
    enum expr_type type = EXPR_NUM;
    x->here.form = read_form(text, &inner);
    x->here.column = x->here.precise = -1;
    n->why = (struct diag){0};
    if (x->here.form == FORM_COUNT && inner.n == 0)
        return ST_OK;
    x->here.column = names_variable(n, inner, &type);
    if (x->here.column < 0)
        return names_wrong(n, "check", d);
    x->here.precise = n->rules->variable[x->here.column].column;
    if (x->here.precise < 0 || n->rules->variable[x->here.column].kind != VARIABLE_COLUMN ||
        (type != EXPR_NUM && x->here.form != FORM_COUNT))
        names_refuse(n, "a column of numbers of the table is wanted: %s", diag_quote(inner).s);
    return n->why.status == ST_OK ? ST_OK : names_wrong(n, "check", d);
}

static enum status read_table(struct card_names *n, struct cross *x, const char *parameter,
                              struct slice inner, struct diag *d)
{
    const char *dot = inner.n ? memchr(inner.p, '.', inner.n) : NULL;
    struct slice name = {inner.p, dot ? (size_t)(dot - inner.p) : inner.n};
    free(x->name);
    x->name = mem_text(name);
    n->why = (struct diag){0};
    x->table = names_table(n, name);
    n->card->outside = true;
    if (n->why.status != ST_OK)
        return kind_wrong(n->card, parameter, d, "%s", n->why.reason);
    if (x->there.form == FORM_COUNT && !dot)
        return ST_OK;
    if (!dot)
        return kind_wrong(n->card, parameter, d, "NAME.COLUMN is wanted, not %s", diag_quote(inner).s);
    struct slice column = {dot + 1, inner.n - name.n - 1};
    x->there.column = x->table ? ref_find(x->table, column) : 0;
    x->there.precise = names_column(n->rules, column);
    return x->there.column >= 0 ? ST_OK
                                : kind_wrong(n->card, parameter, d, "%s has no column %s", ref_file(x->table),
                                             diag_quote(column).s);
}

static enum status read_there(struct card_names *n, struct cross *x, const char *parameter, struct diag *d)
{
    struct slice text = kind_text(n->card, parameter), inner;
    x->there.form = read_form(text, &inner);
    x->there.column = x->there.precise = -1;
    if (inner.n <= 6 || memcmp(inner.p, "given.", 6) != 0)
        return read_table(n, x, parameter, inner, d);
    x->there.form = FORM_GIVEN;
    return kind_variable(n, parameter, &x->given, d);
}

static enum status read_cross(struct card_names *n, const char *parameter, struct slice check, struct diag *d)
{
    struct rule *c = n->card;
    struct cross *x = c->state = mem_zero(1, sizeof *x);
    enum status st = read_here(n, x, check, d);
    x->name = mem_text((struct slice){"", 0});
    if (st == ST_OK)
        st = read_there(n, x, parameter, d);
    if (st == ST_OK)
        st = kind_by(n, "by", x->table, &x->by, d);
    if (st == ST_OK)
        st = kind_where(n, "where", x->table, &x->where, d);
    return st == ST_OK ? kind_word(c, "missing", "strict|zero|partial", &x->missing, d) : st;
}

static enum status compile(struct card_names *n, struct diag *d)
{
    if (*n->card->check_text == '\0')
        return kind_wrong(n->card, "there", d, "a card without a check");
    return read_cross(n, "there", slice_of(n->card->check_text), d);
}

static enum status compile_count(struct card_names *n, struct diag *d)
{
    return read_cross(n, "declared", slice_of("count()"), d);
}

static void forget(void *state)
{
    struct cross *x = state;
    kind_by_free(&x->by);
    kind_where_free(&x->where);
    free(x->name);
    free(x);
}

/* --- deciding --- */

/* What is known of one side. */
struct total {
    struct span span;
    size_t there, missing, na, bad;
    int64_t doubt; /* the first row here that is in doubt, or -1 */
};

static void add(struct total *t, struct kind_end *e, struct slice field, struct rat half, const char *name)
{
    struct rule_group *g = e->group;
    struct rat v;
    struct span x;
    enum figure f = kind_read(field, &v);
    buf_text(&g->value, g->value.n ? "\t" : "");
    buf_slice(&g->value, field);
    if (f == FIGURE_VALUE && (!span_of(v, half, e->card->mode, &x) || !span_add(&t->span, &x, rat_int(1))))
        f = FIGURE_BAD;
    t->there += f == FIGURE_VALUE;
    t->missing += f == FIGURE_MISSING;
    t->na += f == FIGURE_NA;
    t->bad += f == FIGURE_BAD;
    if (f == FIGURE_MISSING)
        cause_add(&g->cause, "missing %s", "缺少 %s", name);
    if (f == FIGURE_BAD)
        cause_add(&g->cause, "no number: %s", "不是数字: %s", name);
}

static void count(struct total *t, struct kind_end *e, size_t n)
{
    t->span = (struct span){rat_int((i128)n), rat_int((i128)n), rat_int((i128)n), false, false};
    t->there = 1;
    buf_printf(&e->group->value, "%s%zu", e->group->value.n ? "\t" : "", n);
}

static void add_here(struct total *t, struct kind_end *e, const struct cross *x, size_t row)
{
    if (kept_state(e->kept, row) != KEPT_GOOD) {
        t->bad++;
        t->doubt = t->doubt < 0 ? (int64_t)row : t->doubt;
        return;
    }
    if (x->here.form == FORM_COUNT) {
        if (x->here.column < 0 || !field_is_empty(kept_field(e->kept, row, x->here.column)))
            t->there++;
        return;
    }
    add(t, e, kept_field(e->kept, row, x->here.column), kept_half(e->kept, row, x->here.precise),
        e->rules->variable[x->here.column].name);
}

static void sum_there(struct total *t, struct kind_end *e, const struct cross *x,
                      const struct row_lists *theirs, struct slice key, struct rat half)
{
    int64_t group = row_lists_find(theirs, key);
    struct rule_group *g = e->group;
    size_t n = 0;
    for (int64_t row = group < 0 ? -1 : row_lists_first(theirs, (size_t)group); row >= 0;
         row = row_lists_next(theirs, row)) {
        buf_printf(&g->related, "%s%s:%" PRIu64, g->related.n ? ", " : "", x->name,
                   ref_line(x->table, (size_t)row));
        bool counts =
            x->there.column < 0 || !field_is_empty(ref_field(x->table, (size_t)row, (size_t)x->there.column));
        if (x->there.form == FORM_COUNT)
            n += counts;
        else
            add(t, e, ref_field(x->table, (size_t)row, (size_t)x->there.column), half, x->name);
    }
    if (x->there.form == FORM_COUNT) {
        count(t, e, n);
    } else if (group < 0) {
        t->missing++;
        cause_add(&g->cause, "no %s row", "%s 中无对应行", x->name);
    } else if (x->there.form == FORM_VALUE && row_lists_size(theirs, (size_t)group) > 1) {
        t->bad++;
        cause_add(&g->cause, "several %s rows", "%s 中有多行对应", x->name);
    }
}

static void decide(struct kind_end *e, const struct cross *x, const struct total *a, const struct total *b)
{
    bool lacks = x->missing != MISSING_ZERO && (a->missing || b->missing);
    if (a->na || b->na || (x->missing == MISSING_PARTIAL && !a->there && !a->bad)) {
        e->card->skipped++;
        return;
    }
    if (a->doubt >= 0)
        kind_blame(e, (size_t)a->doubt);
    kind_say(e, a->bad || b->bad || lacks ? VERDICT_UNDECIDED : kind_compare(e, &a->span, &b->span), 1);
}

/* What a judgement looks at: the rows here and there by key, and those here whose key is in doubt. */
struct world {
    struct row_lists *ours, *theirs;
    struct kind_doubts *doubts;
};

/* Rows from first on: all of a group, or one. A row in doubt may belong to a group. */
static void judge(struct kind_end *e, const struct cross *x, const struct world *w, struct slice key,
                  int64_t first, bool whole)
{
    struct total a = {.span = span_zero(), .doubt = -1}, b = {.span = span_zero(), .doubt = -1};
    struct rule_group *g = kind_begin(e, first);
    if (whole)
        buf_slice(&g->key, key);
    g->column = x->here.precise;
    for (int64_t row = first; row >= 0; row = whole ? row_lists_next(w->ours, row) : -1) {
        if (row != first && x->here.form != FORM_COUNT)
            buf_printf(&g->related, "%s%" PRIu64, g->related.n ? ", " : "",
                       kept_place(e->kept, (size_t)row).line);
        add_here(&a, e, x, (size_t)row);
    }
    int64_t doubt = whole ? kind_doubts_find(w->doubts, key) : -1;
    if (doubt >= 0 && a.doubt < 0) {
        a.doubt = doubt;
        a.bad++;
    }
    if (x->here.form == FORM_COUNT && !a.bad)
        count(&a, e, a.there);
    struct rat half = first >= 0 ? kept_half(e->kept, (size_t)first, x->there.precise) : rat_int(0);
    if (x->there.form == FORM_GIVEN)
        add(&b, e, e->rules->variable[x->given].text, rat_int(0), e->rules->variable[x->given].name);
    else
        sum_there(&b, e, x, w->theirs, key, half);
    if (first >= 0 && kind_is_loose(e->kept, (size_t)first, &x->by))
        cause_clear(&g->cause); /* what such a group lacks is of no interest */
    decide(e, x, &a, &b);
}

static void end(struct kind_end *e)
{
    const struct cross *x = e->card->state;
    struct world w = {kind_groups(e->kept, &x->by),
                      x->table ? kind_ref_groups(x->table, &x->by, &x->where) : row_lists_new(0),
                      kind_doubts_new(e->kept, &x->by)};
    bool whole = x->here.form != FORM_VALUE;
    for (size_t i = 0; i < row_lists_count(w.ours); i++)
        for (int64_t row = row_lists_first(w.ours, i); row >= 0;
             row = whole ? -1 : row_lists_next(w.ours, row))
            judge(e, x, &w, row_lists_key(w.ours, i), row, whole);
    if (row_lists_count(w.ours) == 0 && whole && x->by.n == 0)
        judge(e, x, &w, (struct slice){"", 0}, -1, true);
    row_lists_free(w.ours);
    row_lists_free(w.theirs);
    kind_doubts_free(w.doubts);
}

const struct kind KIND_CROSS = {.name = "cross",
                                .parameters = "there! by where missing",
                                .check = CHECK_OWN,
                                .tables = true,
                                .compile = compile,
                                .end = end,
                                .free = forget};

const struct kind KIND_COUNT = {.name = "count",
                                .parameters = "declared! by where missing",
                                .check = CHECK_NONE,
                                .tables = true,
                                .compile = compile_count,
                                .end = end,
                                .free = forget};
