/* SPDX-License-Identifier: MIT
 * kind_ratio: the share of a group's rows that meet a condition, which must lie between two bounds; groups
 * below a size rest. */
#include "lib/rules/kind_end.h"

#include <inttypes.h>
#include <stdlib.h>

#include "lib/base/mem.h"

struct ratio {
    struct rat low, high;
    size_t least;
    struct kind_by by;
};

static enum status compile(struct card_names *n, struct diag *d)
{
    struct ratio *r = n->card->state = mem_zero(1, sizeof *r);
    enum status st = kind_number(n->card, "low", "0", &r->low, d);
    if (st == ST_OK)
        st = kind_number(n->card, "high", "1", &r->high, d);
    if (st == ST_OK && (rat_compare(r->low, r->high) > 0 || rat_compare(r->high, rat_int(1)) > 0))
        st = kind_wrong(n->card, "high", d, "shares from 0 to 1 are wanted, low not above high");
    if (st == ST_OK)
        st = kind_whole(n->card, "least", 1, 1, &r->least, d);
    return st == ST_OK ? kind_by(n, "by", NULL, &r->by, d) : st;
}

static void forget(void *state)
{
    struct ratio *r = state;
    kind_by_free(&r->by);
    free(r);
}

/* What rows that are undecided may make of the share: it fails when no choice brings it between the bounds,
 * and passes when every one does. */
static enum verdict verdict_of(const struct ratio *r, size_t met, size_t unknown, size_t n)
{
    struct rat least = {0, 1}, most = {0, 1};
    if (!rat_make((i128)met, (i128)n, &least) || !rat_make((i128)(met + unknown), (i128)n, &most))
        return VERDICT_UNDECIDED;
    if (rat_compare(most, r->low) < 0 || rat_compare(least, r->high) > 0)
        return VERDICT_FAIL;
    bool inside = rat_compare(least, r->low) >= 0 && rat_compare(most, r->high) <= 0;
    return inside ? VERDICT_PASS : VERDICT_UNDECIDED;
}

static void judge(struct kind_end *e, const struct ratio *r, const struct row_lists *groups, size_t group)
{
    size_t n = row_lists_size(groups, group), met = 0, unknown = 0, bad = 0;
    int64_t doubt = -1;
    for (int64_t row = row_lists_first(groups, group); row >= 0; row = row_lists_next(groups, row)) {
        struct value v = kept_check(e->kept, (size_t)row);
        bool known = kept_state(e->kept, (size_t)row) == KEPT_GOOD && v.kind == VALUE_BOOL;
        met += known && v.truth;
        unknown += !known;
        if (kept_state(e->kept, (size_t)row) == KEPT_BAD && bad++ == 0)
            doubt = row;
    }
    if (n < r->least) {
        e->card->skipped += n;
        return;
    }
    struct rule_group *g = kind_begin(e, -1);
    struct rat share;
    buf_slice(&g->key, row_lists_key(groups, group));
    buf_printf(&g->value, "%zu\t%zu\t%zu", n, met, unknown);
    buf_printf(&g->actual, "%zu/%zu", met, n);
    if (rat_make((i128)met, (i128)n, &share)) {
        buf_text(&g->actual, " = ");
        kind_print(&g->actual, share);
    }
    kind_print(&g->expected, r->low);
    buf_text(&g->expected, "..");
    kind_print(&g->expected, r->high);
    if (unknown && bad == unknown)
        kind_blame(e, (size_t)doubt);
    if (unknown)
        cause_add(&g->cause, unknown == 1 ? "%zu row is undecided" : "%zu rows are undecided",
                  "%zu 行无法判定", unknown);
    kind_say(e, verdict_of(r, met, unknown, n), 1);
}

static void end(struct kind_end *e)
{
    const struct ratio *r = e->card->state;
    struct row_lists *groups = kind_groups(e->kept, &r->by);
    for (size_t i = 0; i < row_lists_count(groups); i++)
        judge(e, r, groups, i);
    row_lists_free(groups);
}

const struct kind KIND_RATIO = {.name = "ratio",
                                .parameters = "low high least by",
                                .check = CHECK_TRUTH,
                                .tables = true,
                                .compile = compile,
                                .end = end,
                                .free = forget};
