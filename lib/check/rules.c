/* SPDX-License-Identifier: MIT
 * rules: reading rule cards. */
#include "lib/check/kind.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/spec/spec.h"
#include "lib/stream/table.h"

static const char *const card_columns[] = {
    "!id",  "!severity", "from",        "to",          "kind",  "each", "when", "check", "with",
    "join", "tolerance", "!message_zh", "!message_en", "basis", "pass", "fail", "note",  NULL};

const char *severity_name(enum severity s)
{
    static const char *const name[] = {"error", "confirm", "inform"};
    return name[s];
}

struct rules *rules_new(const struct schema *s, struct refs *refs)
{
    struct rules *r = mem_zero(1, sizeof *r);
    r->schema = s;
    r->refs = refs;
    r->origin_column = -1;
    return r;
}

static void free_card(struct rule *c)
{
    if (c->when)
        expr_free(c->when);
    if (c->check)
        expr_free(c->check);
    if (c->kind && c->kind->free && c->state)
        c->kind->free(c->state);
    kept_free(c->kept);
    rule_fast_free(c->fast);
    for (size_t i = 0; i < c->texts; i++)
        free(c->text[i]);
    free(c->text);
    free(c->parameter);
    free(c->variable);
    free(c->told);
    free(c->message[0].variable);
    free(c->message[1].variable);
}

static void free_join(struct rule_join *j)
{
    free(j->name);
    free(j->keys_text);
    free(j->key);
    ref_index_free(j->index);
    free(j);
}

void rules_free(struct rules *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->count; i++)
        free_card(&r->rule[i]);
    for (size_t i = 0; i < r->joins; i++)
        free_join(r->join[i]);
    for (size_t i = 0; i < r->variables; i++)
        free(r->variable[i].name);
    for (size_t i = 0; i < r->givens; i++) {
        free(r->given[i].name);
        free(r->given[i].value);
    }
    for (size_t i = 0; i < r->specs; i++)
        spec_free(r->spec[i]);
    free(r->rule);
    free(r->join);
    free(r->variable);
    free(r->given);
    free(r->spec);
    buf_free(&r->key);
    free(r);
}

enum status rules_give(struct rules *r, const char *argument, struct diag *d)
{
    const char *equals = strchr(argument, '=');
    struct slice name = {argument, equals ? (size_t)(equals - argument) : 0};
    if (name.n == 0)
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "-D takes NAME=VALUE, not %s",
                        diag_quote(slice_of(argument)).s);
    for (size_t i = 0; i < r->givens; i++)
        if (slice_is(name, r->given[i].name))
            return diag_set(d, ST_MISUSE, NULL, 0, NULL, "-D gives %s twice", diag_quote(name).s);
    struct buf value = {0};
    buf_escaped(&value, slice_of(equals + 1));
    r->given = mem_grow(r->given, r->givens, &r->givens_cap, sizeof *r->given);
    r->given[r->givens++] = (struct rule_given){mem_text(name), mem_text(buf_view(&value))};
    buf_free(&value);
    return ST_OK;
}

const char *rules_given(const struct rules *r, const char *name)
{
    for (size_t i = 0; i < r->givens; i++)
        if (strcmp(r->given[i].name, name) == 0)
            return r->given[i].value;
    return "";
}

/* A card with `each` is as many cards: @ stands for each of the columns in turn. */
static enum status load_each(struct rules *r, const struct spec *sp, size_t row, struct diag *d)
{
    const char *each = spec_get(sp, row, "each");
    if (*each == '\0')
        return rules_load_card(r, sp, row, -1, d);
    struct slice *name;
    size_t n = column_list(each, &name);
    enum status st = ST_OK;
    for (size_t i = 0; st == ST_OK && i < n; i++) {
        int column = names_column(r, name[i]);
        st = column < 0 ? spec_error(sp, row, "each", d, "no column %s in %s", diag_quote(name[i]).s,
                                     r->schema->file)
                        : rules_load_card(r, sp, row, column, d);
    }
    free(name);
    return st;
}

enum status rules_load(struct rules *r, const char *path, struct diag *d)
{
    struct spec *sp = spec_load(path, card_columns, d);
    if (!sp)
        return ST_MISUSE;
    r->spec = mem_grow(r->spec, r->specs, &r->specs_cap, sizeof *r->spec);
    r->spec[r->specs++] = sp;
    for (size_t i = 0; i < spec_rows(sp); i++)
        if (load_each(r, sp, i, d) != ST_OK)
            return ST_MISUSE;
    return ST_OK;
}

static bool dates_meet(const struct rule *a, const struct rule *b)
{
    return (!*a->to || !*b->from || strcmp(b->from, a->to) <= 0) &&
           (!*b->to || !*a->from || strcmp(a->from, b->to) <= 0);
}

static enum status settle_dates(struct rule *c, const char *period, struct diag *d)
{
    if (!*c->from && !*c->to)
        return ST_OK;
    if (!cell_is_month(slice_of(period)))
        return spec_error(c->spec, c->spec_row, "from", d,
                          "a card with dates needs the month: -D period=YYYY-MM");
    if ((*c->from && strcmp(period, c->from) < 0) || (*c->to && strcmp(period, c->to) > 0))
        memcpy(c->skip, "not in force", sizeof "not in force");
    return ST_OK;
}

enum status rules_settle(struct rules *r, struct diag *d)
{
    for (size_t i = 0; i < r->count; i++) {
        struct rule *c = &r->rule[i];
        for (size_t k = 0; k < i; k++)
            if (strcmp(c->id, r->rule[k].id) == 0 && dates_meet(c, &r->rule[k]))
                return spec_error(c->spec, c->spec_row, "id", d,
                                  "'%s' is in force at the same time in %s:%llu", c->id,
                                  spec_file(r->rule[k].spec),
                                  (unsigned long long)spec_line(r->rule[k].spec, r->rule[k].spec_row));
        if (r->refs && settle_dates(c, rules_given(r, "period"), d) != ST_OK)
            return ST_MISUSE;
    }
    return ST_OK;
}
