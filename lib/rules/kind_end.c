/* SPDX-License-Identifier: MIT
 * kind_end: what kinds that decide over all rows share: groups of rows, and the decision that is counted and
 * reported. */
#include "lib/rules/kind_end.h"

#include <inttypes.h>

struct rule_group *kind_begin(struct kind_end *e, int64_t row)
{
    struct rule_group *g = e->group;
    struct buf *text[] = {&g->key, &g->value, &g->actual, &g->expected, &g->related};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        buf_clear(text[i]);
    cause_clear(&g->cause);
    g->row = row;
    g->column = -1;
    g->unitless = false;
    g->difference = g->allowance = (struct value){.kind = VALUE_EMPTY};
    return g;
}

void kind_say(struct kind_end *e, enum verdict v, uint64_t weight)
{
    struct rule *c = e->card;
    c->run += weight;
    c->passed += v == VERDICT_PASS ? weight : 0;
    c->failed += v == VERDICT_FAIL ? weight : 0;
    c->undecided += v == VERDICT_UNDECIDED ? weight : 0;
    e->group->verdict = v;
    e->group->weight = weight;
    if (v != VERDICT_PASS)
        e->report(e->ctx, e->rules, c, e->group);
}

void kind_blame(struct kind_end *e, size_t row)
{
    kept_explain(e->kept, row, &e->group->cause);
}

void kind_doubt(struct kind_end *e, size_t row)
{
    if (kept_state(e->kept, row) != KEPT_GOOD)
        kind_blame(e, row);
    else
        cause_add(&e->group->cause, "missing a part of the key in line %" PRIu64,
                  "第 %" PRIu64 " 行的键不完整", kept_place(e->kept, row).line);
}

enum verdict kind_compare(struct kind_end *e, const struct span *actual, const struct span *expected)
{
    struct rule_group *g = e->group;
    struct rat difference, allowance;
    bool meet;
    if (!span_meet(actual, expected, e->card->tolerance, &meet, &difference, &allowance)) {
        cause_add(&g->cause, "a value beyond 128 bits", "数值超出 128 位");
        return VERDICT_UNDECIDED;
    }
    cause_clear(&g->cause);
    kind_print(&g->actual, actual->stated);
    kind_print(&g->expected, expected->stated);
    if (meet)
        return VERDICT_PASS;
    g->difference = kind_value(difference);
    g->allowance = kind_value(allowance);
    if (span_is_near(difference, allowance))
        cause_add(&g->cause, "near", "接近允许差");
    return VERDICT_FAIL;
}

struct slice kind_key(const struct kept *k, size_t row, const int *variable, size_t n, struct buf *scratch,
                      bool *missing)
{
    bool none = false;
    buf_clear(scratch);
    for (size_t i = 0; i < n; i++) {
        struct slice f = kept_field(k, row, variable[i]);
        if (i)
            buf_char(scratch, '\t');
        none = none || field_is_empty(f) || field_is_na(f);
        if (!field_is_empty(f))
            buf_slice(scratch, f);
    }
    if (missing)
        *missing = none;
    return buf_view(scratch);
}

struct row_lists *kind_groups(const struct kept *k, const struct kind_by *by)
{
    struct row_lists *g = row_lists_new(kept_rows(k));
    struct buf key = {0};
    for (size_t row = 0; row < kept_rows(k); row++)
        row_lists_put(g, kind_key(k, row, by->own, by->n, &key, NULL), row);
    buf_free(&key);
    return g;
}

struct row_lists *kind_sure_groups(const struct kept *k, const struct kind_by *by)
{
    struct row_lists *g = row_lists_new(kept_rows(k));
    struct buf key = {0};
    for (size_t row = 0; row < kept_rows(k); row++) {
        bool missing;
        struct slice name = kind_key(k, row, by->own, by->n, &key, &missing);
        if (!missing && kept_state(k, row) == KEPT_GOOD)
            row_lists_put(g, name, row);
    }
    buf_free(&key);
    return g;
}

struct row_lists *kind_ref_groups(const struct ref *t, const struct kind_by *by, const struct kind_where *w)
{
    struct row_lists *g = row_lists_new(ref_rows(t));
    struct buf key = {0};
    for (size_t row = 0; row < ref_rows(t); row++)
        if (!w || kind_where_holds(w, t, row))
            row_lists_put(g, ref_key(t, row, by->theirs, by->n, &key), row);
    buf_free(&key);
    return g;
}
