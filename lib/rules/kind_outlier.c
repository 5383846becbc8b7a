/* SPDX-License-Identifier: MIT
 * kind_outlier: a figure far from those of its peers, by the robust score 0.6745 |x - median| / MAD > k;
 * where half of the peers are alike, so that the MAD is 0, by 1.349 |x - median| / IQR > k; where that is 0
 * too the group rests. All of it exact: no square root, no rounding. */
#include "lib/rules/kind_end.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/hitkey.h"

struct outlier {
    struct kind_by by;
    struct rat k;
    size_t least;
};

static enum status compile(struct card_names *n, struct diag *d)
{
    struct outlier *o = n->card->state = mem_zero(1, sizeof *o);
    enum status st = kind_number(n->card, "k", "3.5", &o->k, d);
    if (st == ST_OK)
        st = kind_whole(n->card, "least", 5, 3, &o->least, d);
    return st == ST_OK ? kind_by(n, "by", NULL, &o->by, d) : st;
}

static void forget(void *state)
{
    struct outlier *o = state;
    kind_by_free(&o->by);
    free(o);
}

static bool distance(struct rat a, struct rat b, struct rat *out)
{
    if (!rat_sub(a, b, out))
        return false;
    if (out->num < 0)
        out->num = -out->num;
    return true;
}

/* What a group of figures, in order, allows: the median, and how far from it a figure may be. */
struct peers {
    struct rat median, allowed;
    bool fits, rests;
};

static struct peers judge_peers(const struct outlier *o, const struct rat *v, size_t n)
{
    static const struct rat of_mad = {10000, 6745}, of_iqr = {1000, 1349};
    struct peers p = {.fits = kind_quartile(v, n, 2, &p.median)};
    struct rat *off = mem_array(NULL, n, sizeof *off), spread, low, high;
    for (size_t i = 0; p.fits && i < n; i++)
        p.fits = distance(v[i], p.median, &off[i]);
    if (p.fits)
        kind_sort(off, n);
    p.fits = p.fits && kind_quartile(off, n, 2, &spread);
    struct rat scale = of_mad;
    if (p.fits && spread.num == 0) {
        p.fits = kind_quartile(v, n, 1, &low) && kind_quartile(v, n, 3, &high) && rat_sub(high, low, &spread);
        scale = of_iqr;
    }
    p.rests = p.fits && spread.num == 0;
    p.fits = p.fits && rat_make(scale.num, scale.den, &scale) && rat_mul(spread, scale, &p.allowed) &&
             rat_mul(p.allowed, o->k, &p.allowed);
    free(off);
    return p;
}

static void judge(struct kind_end *e, const struct peers *p, const char *values, size_t row)
{
    struct rule_group *g = kind_begin(e, (int64_t)row);
    struct value v = kept_check(e->kept, row);
    struct rat off;
    if (v.kind == VALUE_NA) {
        e->card->skipped++;
        return;
    }
    for (size_t i = 0; g->column < 0 && i < e->card->variables; i++)
        if (e->rules->variable[e->card->variable[i]].kind == VARIABLE_COLUMN)
            g->column = e->rules->variable[e->card->variable[i]].column;
    g->unitless = !expr_is_amount(e->card->check);
    buf_text(&g->value, values);
    bool known = v.kind == VALUE_NUM && kept_state(e->kept, row) == KEPT_GOOD;
    if (!known || !p->fits || !distance(v.num, p->median, &off)) {
        if (kept_state(e->kept, row) != KEPT_GOOD)
            kind_blame(e, row);
        else if (known)
            cause_add(&g->cause, "a value beyond 128 bits", "数值超出 128 位");
        else
            cause_add(&g->cause, "missing value", "缺少数值");
        kind_say(e, VERDICT_UNDECIDED, 1);
        return;
    }
    buf_char(&g->value, '\t');
    kind_print_exact(&g->value, v.num);
    kind_print(&g->actual, v.num);
    kind_print(&g->expected, p->median);
    bool far = rat_compare(off, p->allowed) > 0;
    g->difference = kind_value(off);
    g->allowance = kind_value(p->allowed);
    kind_say(e, far ? VERDICT_FAIL : VERDICT_PASS, 1);
}

/* All of the group's figures enter, for the middle is made of them: in one field. */
static void digest(const struct rat *v, size_t n, char out[33])
{
    struct hitkey k = hitkey_begin();
    struct buf text = {0};
    for (size_t i = 0; i < n; i++) {
        buf_clear(&text);
        kind_print_exact(&text, v[i]);
        hitkey_add(&k, buf_view(&text));
    }
    buf_free(&text);
    hitkey_text(k, out);
}

static void judge_group(struct kind_end *e, const struct outlier *o, const struct row_lists *groups,
                        size_t group)
{
    size_t size = row_lists_size(groups, group), n = 0;
    struct rat *v = mem_array(NULL, size, sizeof *v);
    for (int64_t row = row_lists_first(groups, group); row >= 0; row = row_lists_next(groups, row)) {
        struct value x = kept_check(e->kept, (size_t)row);
        if (x.kind == VALUE_NUM && kept_state(e->kept, (size_t)row) == KEPT_GOOD)
            v[n++] = x.num;
    }
    kind_sort(v, n);
    struct peers p = {.rests = true};
    if (n >= o->least)
        p = judge_peers(o, v, n);
    char values[33];
    digest(v, n, values);
    if (p.rests)
        e->card->skipped += size;
    for (int64_t row = row_lists_first(groups, group); !p.rests && row >= 0;
         row = row_lists_next(groups, row))
        judge(e, &p, values, (size_t)row);
    free(v);
}

static void end(struct kind_end *e)
{
    const struct outlier *o = e->card->state;
    struct row_lists *groups = kind_groups(e->kept, &o->by);
    for (size_t i = 0; i < row_lists_count(groups); i++)
        judge_group(e, o, groups, i);
    row_lists_free(groups);
}

const struct kind KIND_OUTLIER = {.name = "outlier",
                                  .parameters = "by k least",
                                  .check = CHECK_NUMBER,
                                  .tables = true,
                                  .compile = compile,
                                  .end = end,
                                  .free = forget};
