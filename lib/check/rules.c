/* SPDX-License-Identifier: MIT
 * rules: reading rule cards. */
#include "lib/check/rules.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/spec/spec.h"

static const char *const card_columns[] = {"!id",    "!severity", "from",      "to",          "when",
                                           "!check", "join",      "tolerance", "!message_zh", "!message_en",
                                           "basis",  "pass",      "fail",      "note",        NULL};

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
    return r;
}

static void free_card(struct rule *c)
{
    if (c->when)
        expr_free(c->when);
    if (c->check)
        expr_free(c->check);
    rule_fast_free(c->fast);
    free(c->variable);
    free(c->message[0].variable);
    free(c->message[1].variable);
}

static void free_join(struct rule_join *j)
{
    free(j->name);
    free(j->keys_text);
    free(j->own);
    free(j->theirs);
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

static enum status read_severity(struct rule *c, struct diag *d)
{
    const char *text = spec_get(c->spec, c->spec_row, "severity");
    for (int s = SEVERITY_ERROR; s <= SEVERITY_INFORM; s++)
        if (strcmp(text, severity_name((enum severity)s)) == 0) {
            c->severity = (enum severity)s;
            return ST_OK;
        }
    return spec_error(c->spec, c->spec_row, "severity", d,
                      "unknown severity %s; there are error, confirm, inform", diag_quote(slice_of(text)).s);
}

static enum status read_dates(struct rule *c, struct diag *d)
{
    c->from = spec_get(c->spec, c->spec_row, "from");
    c->to = spec_get(c->spec, c->spec_row, "to");
    if (*c->from && !cell_is_month(slice_of(c->from)))
        return spec_error(c->spec, c->spec_row, "from", d, "not a month YYYY-MM: '%s'", c->from);
    if (*c->to && !cell_is_month(slice_of(c->to)))
        return spec_error(c->spec, c->spec_row, "to", d, "not a month YYYY-MM: '%s'", c->to);
    if (*c->from && *c->to && strcmp(c->to, c->from) < 0)
        return spec_error(c->spec, c->spec_row, "to", d, "ends in %s before it begins in %s", c->to, c->from);
    return ST_OK;
}

static enum status read_tolerance(struct rule *c, struct diag *d)
{
    const char *text = spec_get(c->spec, c->spec_row, "tolerance");
    struct dec v = {0, 0};
    c->tolerance = rat_int(0);
    if (*text == '\0')
        return ST_OK;
    if (dec_parse(slice_of(text), &v) != DEC_OK || v.units < 0 || !rat_of_dec(v, &c->tolerance))
        return spec_error(c->spec, c->spec_row, "tolerance", d, "not an amount of 0 or more: '%s'", text);
    return ST_OK;
}

/* The checks of the schema and of the joins have names too, and a finding's rule must say which it was. */
static enum status read_id(struct rule *c, struct diag *d)
{
    c->id = spec_get(c->spec, c->spec_row, "id");
    bool taken =
        strcmp(c->id, "key") == 0 || strncmp(c->id, "structure.", 10) == 0 || strncmp(c->id, "join.", 5) == 0;
    for (int f = FAULT_REQUIRED; f < FAULTS; f++)
        taken = taken || strcmp(c->id, fault_name((enum cell_fault)f)) == 0;
    if (taken)
        return spec_error(c->spec, c->spec_row, "id", d, "'%s' is the name of a check of the schema", c->id);
    if (!cell_is_id(slice_of(c->id)))
        return spec_error(c->spec, c->spec_row, "id", d, "an id without blanks is wanted, not %s",
                          diag_quote(slice_of(c->id)).s);
    return ST_OK;
}

static enum status read_card(struct rules *r, struct rule *c, struct diag *d)
{
    const struct spec *sp = c->spec;
    c->when_text = spec_get(sp, c->spec_row, "when");
    c->check_text = spec_get(sp, c->spec_row, "check");
    c->join_text = spec_get(sp, c->spec_row, "join");
    c->basis = spec_get(sp, c->spec_row, "basis");
    c->pass = spec_get(sp, c->spec_row, "pass");
    c->fail = spec_get(sp, c->spec_row, "fail");
    c->message[0].text = spec_get(sp, c->spec_row, "message_zh");
    c->message[1].text = spec_get(sp, c->spec_row, "message_en");
    if (read_id(c, d) != ST_OK || read_severity(c, d) != ST_OK || read_dates(c, d) != ST_OK ||
        read_tolerance(c, d) != ST_OK)
        return ST_MISUSE;
    if (*c->check_text == '\0')
        return spec_error(sp, c->spec_row, "check", d, "a card without a check");
    if (*c->message[0].text == '\0' || *c->message[1].text == '\0')
        return spec_error(sp, c->spec_row, *c->message[0].text ? "message_en" : "message_zh", d,
                          "a card without its message");
    if (rules_compile(r, c, d) != ST_OK)
        return ST_MISUSE;
    if (*c->when_text == '\0')
        c->fast = rule_fast_compile(c->check_text, r->schema);
    return ST_OK;
}

enum status rules_load(struct rules *r, const char *path, struct diag *d)
{
    struct spec *sp = spec_load(path, card_columns, d);
    if (!sp)
        return ST_MISUSE;
    r->spec = mem_grow(r->spec, r->specs, &r->specs_cap, sizeof *r->spec);
    r->spec[r->specs++] = sp;
    for (size_t i = 0; i < spec_rows(sp); i++) {
        r->rule = mem_grow(r->rule, r->count, &r->cap, sizeof *r->rule);
        struct rule *c = &r->rule[r->count++];
        *c = (struct rule){.spec = sp, .spec_row = i};
        if (read_card(r, c, d) != ST_OK)
            return ST_MISUSE;
    }
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
