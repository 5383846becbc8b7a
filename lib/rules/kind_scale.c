/* SPDX-License-Identifier: MIT
 * kind_scale: figures that are about 10^2, 10^3, 10^4 or 10^8 times what they were, or as small a part, all
 * by the same factor: a unit may be wrong. Against another table row by row, or against the median of the
 * peers at the end. */
#include "lib/rules/kind_end.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"

enum { FACTORS = 8 };

struct scale {
    int *now, *before; /* variables; before only against a table */
    size_t columns, befores;
    int power[FACTORS];
    size_t powers;
    struct rat within; /* a share */
    struct kind_by by;
    size_t least;
};

static enum status read_factors(const struct rule *c, struct scale *s, struct diag *d)
{
    struct slice text = kind_text(c, "factors");
    const char *p = text.n ? text.p : "2,3,4,8", *end = p + (text.n ? text.n : strlen(p));
    while (p < end) {
        const char *comma = memchr(p, ',', (size_t)(end - p));
        struct slice part = {p, (size_t)((comma ? comma : end) - p)};
        int64_t power;
        if (!dec_parse_scaled(part, 0, &power) || power < 1 || power > 18 || s->powers == FACTORS)
            return kind_wrong(c, "factors", d, "powers of ten from 1 to 18 are wanted, as in 2,3,4,8");
        s->power[s->powers++] = (int)power;
        p = comma ? comma + 1 : end;
    }
    return ST_OK;
}

static enum status compile(struct card_names *n, struct diag *d)
{
    struct rule *c = n->card;
    struct scale *s = c->state = mem_zero(1, sizeof *s);
    struct slice before = kind_text(c, "before");
    char *table = mem_text(before);
    enum status st = kind_columns(n, "columns", NULL, true, &s->now, &s->columns, d);
    if (st == ST_OK && before.n)
        st = kind_columns(n, "columns", table, true, &s->before, &s->befores, d);
    free(table);
    if (st == ST_OK)
        st = read_factors(c, s, d);
    if (st == ST_OK)
        st = kind_number(c, "within", "5", &s->within, d);
    if (st == ST_OK &&
        (!rat_mul(s->within, (struct rat){1, 100}, &s->within) || rat_compare(s->within, rat_int(1)) >= 0))
        st = kind_wrong(c, "within", d, "a percentage below 100 is wanted");
    if (st == ST_OK)
        st = kind_by(n, "by", NULL, &s->by, d);
    if (st == ST_OK)
        st = kind_whole(c, "least", 5, 2, &s->least, d);
    if (st == ST_OK && !before.n && s->columns != 1)
        st = kind_wrong(c, "columns", d, "one column at a time is compared with its peers");
    return st;
}

static void forget(void *state)
{
    struct scale *s = state;
    free(s->now);
    free(s->before);
    kind_by_free(&s->by);
    free(s);
}

/* Whether v is within some percent of reference times 10^power. */
static bool is_near(const struct scale *s, struct rat v, struct rat reference, int power)
{
    struct rat factor =
        power >= 0 ? rat_int(dec_pow10((unsigned)power)) : (struct rat){1, dec_pow10((unsigned)-power)};
    struct rat target, off, room;
    return rat_mul(reference, factor, &target) && rat_sub(v, target, &off) &&
           rat_mul(target, s->within, &room) &&
           rat_compare((struct rat){off.num < 0 ? -off.num : off.num, off.den},
                       (struct rat){room.num < 0 ? -room.num : room.num, room.den}) <= 0;
}

/* The power of ten that all pairs but those of two zeros are off by; 0 when there is none. */
static int factor_of(const struct scale *s, const struct rat *now, const struct rat *before, size_t n)
{
    for (size_t i = 0; i < 2 * s->powers; i++) {
        int power = i % 2 ? -s->power[i / 2] : s->power[i / 2];
        bool all = true, any = false;
        for (size_t k = 0; all && k < n; k++) {
            if (now[k].num == 0 && before[k].num == 0)
                continue;
            any = true;
            all = now[k].num != 0 && before[k].num != 0 && is_near(s, now[k], before[k], power);
        }
        if (all && any)
            return power;
    }
    return 0;
}

static void decide_row(const struct scale *s, const struct rules_row *row, struct rule_outcome *o)
{
    struct rat *now = mem_array(NULL, s->columns, sizeof *now),
               *before = mem_array(NULL, s->columns, sizeof *before);
    bool all = true;
    for (size_t i = 0; i < s->columns; i++)
        all = all && kind_figure(row, s->now[i], &now[i]) && kind_figure(row, s->before[i], &before[i]);
    if (all) {
        int power = factor_of(s, now, before, s->columns);
        o->verdict = power ? VERDICT_FAIL : VERDICT_PASS;
        if (power) {
            o->told.left = kind_value(now[0]);
            o->told.right = kind_value(before[0]);
            rules_note(o, "factor 10^%d", "10 的 %d 次方倍", power);
        }
    }
    free(now);
    free(before);
}

static void decide(const struct rule *c, const struct rules_row *row, struct rule_outcome *o)
{
    decide_row(c->state, row, o);
}

/* --- against peers --- */

static void judge_peer(struct kind_end *e, const struct scale *s, size_t row, struct rat median, bool known)
{
    struct rule_group *g = kind_begin(e, (int64_t)row);
    struct slice field = kept_field(e->kept, row, s->now[0]);
    struct rat v;
    g->column = e->rules->variable[s->now[0]].column;
    buf_slice(&g->value, field);
    enum figure figure = kind_read(field, &v);
    if (figure == FIGURE_NA)
        return;
    if (figure != FIGURE_VALUE || kept_state(e->kept, row) != KEPT_GOOD || !known) {
        if (kept_state(e->kept, row) != KEPT_GOOD)
            kind_blame(e, row);
        else
            cause_add(&g->cause, figure == FIGURE_MISSING ? "missing %s" : "undecided %s",
                      figure == FIGURE_MISSING ? "缺少 %s" : "无法判定 %s",
                      e->rules->variable[s->now[0]].name);
        kind_say(e, VERDICT_UNDECIDED, 1);
        return;
    }
    int power = factor_of(s, &v, &median, 1);
    buf_char(&g->value, '\t');
    kind_print_exact(&g->value, median);
    kind_print(&g->actual, v);
    kind_print(&g->expected, median);
    if (power)
        cause_add(&g->cause, "factor 10^%d", "10 的 %d 次方倍", power);
    kind_say(e, power ? VERDICT_FAIL : VERDICT_PASS, 1);
}

static void judge_group(struct kind_end *e, const struct scale *s, const struct row_lists *groups,
                        size_t group)
{
    struct rat *v = mem_array(NULL, row_lists_size(groups, group), sizeof *v), median = {0, 1};
    size_t n = 0;
    for (int64_t row = row_lists_first(groups, group); row >= 0; row = row_lists_next(groups, row))
        if (kept_state(e->kept, (size_t)row) == KEPT_GOOD)
            n += kind_read(kept_field(e->kept, (size_t)row, s->now[0]), &v[n]) == FIGURE_VALUE;
    if (n < s->least) {
        e->card->skipped += row_lists_size(groups, group);
    } else {
        kind_sort(v, n);
        bool known = kind_quartile(v, n, 2, &median);
        for (int64_t row = row_lists_first(groups, group); row >= 0; row = row_lists_next(groups, row))
            judge_peer(e, s, (size_t)row, median, known);
    }
    free(v);
}

static void end_peers(struct kind_end *e)
{
    const struct scale *s = e->card->state;
    struct row_lists *groups = kind_groups(e->kept, &s->by);
    for (size_t i = 0; i < row_lists_count(groups); i++)
        judge_group(e, s, groups, i);
    row_lists_free(groups);
}

const struct kind KIND_SCALE = {.name = "scale",
                                .parameters = "columns! before! factors within",
                                .check = CHECK_NONE,
                                .compile = compile,
                                .decide = decide,
                                .free = forget};

const struct kind KIND_SCALE_PEERS = {.name = "scale_peers",
                                      .parameters = "columns! by factors within least",
                                      .check = CHECK_NONE,
                                      .tables = true,
                                      .compile = compile,
                                      .end = end_peers,
                                      .free = forget};
