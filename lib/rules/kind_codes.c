/* SPDX-License-Identifier: MIT
 * kind_codes: a code that must be in another table on the day that counts: a code may have ended, and begun
 * again. */
#include "lib/rules/kind_end.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"

struct codes {
    const struct ref *table; /* NULL while only examples are run */
    int code, from, to;      /* columns of it; from and to -1 when it has none */
    int on;                  /* variable: a date or a month */
    struct row_lists *rows;  /* by code */
};

static void list_codes(struct codes *k)
{
    k->rows = row_lists_new(ref_rows(k->table));
    for (size_t row = 0; row < ref_rows(k->table); row++)
        row_lists_put(k->rows, ref_field(k->table, row, (size_t)k->code), row);
}

static enum status compile(struct card_names *n, struct diag *d)
{
    struct rule *c = n->card;
    struct codes *k = c->state = mem_zero(1, sizeof *k);
    enum status st = kind_table(n, "table", &k->table, d);
    if (st == ST_OK)
        st = kind_ref_column(c, "code", "", k->table, &k->code, d);
    if (st == ST_OK)
        st = kind_ref_column(c, "from", "valid_from", k->table, &k->from, d);
    if (st == ST_OK)
        st = kind_ref_column(c, "to", "valid_to", k->table, &k->to, d);
    if (st == ST_OK)
        st = kind_variable(n, "on", &k->on, d);
    if (st == ST_OK)
        st = kind_check_validity(c, k->table, k->from, k->to, d);
    if (st == ST_OK && k->table && k->from < 0 && k->to < 0)
        st = kind_wrong(
            c, "table", d,
            "%s has no column valid_from or valid_to: name them with from= and to=", ref_file(k->table));
    if (st == ST_OK && k->table)
        list_codes(k);
    return st;
}

static void forget(void *state)
{
    struct codes *k = state;
    row_lists_free(k->rows);
    free(k);
}

static void decide(const struct rule *c, const struct rules_row *row, struct rule_outcome *o)
{
    const struct codes *k = c->state;
    struct slice code = rules_field(row, c->column), on = rules_field(row, k->on);
    if (field_is_na(code))
        o->applies = false;
    if (field_is_empty(code) || field_is_na(code) || field_is_empty(on))
        return;
    if (!cell_is_date(on) && !cell_is_month(on)) {
        o->cause = CAUSE_ARITHMETIC;
        diag_set(&o->why, ST_INPUT, NULL, 0, NULL, "not a date or month: %s", diag_quote(on).s);
        return;
    }
    int64_t group = row_lists_find(k->rows, code);
    o->verdict = VERDICT_FAIL;
    for (int64_t at = group < 0 ? -1 : row_lists_first(k->rows, (size_t)group); at >= 0;
         at = row_lists_next(k->rows, at))
        if (kind_is_valid(k->table, (size_t)at, k->from, k->to, on))
            o->verdict = VERDICT_PASS;
    if (o->verdict == VERDICT_FAIL)
        rules_note(o, group < 0 ? "no such code" : "not valid then",
                   group < 0 ? "无此代码" : "当时未启用或已停用");
}

const struct kind KIND_CODES = {.name = "codes",
                                .parameters = "table! code! on! from to",
                                .check = CHECK_COLUMN,
                                .tables = true,
                                .compile = compile,
                                .decide = decide,
                                .free = forget};
