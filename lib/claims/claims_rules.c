/* SPDX-License-Identifier: MIT
 * claims_rules: what measures mean and what follows from them. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/claims/claims_internal.h"
#include "lib/read/fold.h"

static bool is_name(const char *text)
{
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    return n > 0 && text[n] == '\0' && (*text < '0' || *text > '9');
}

int numbered_find(const struct numbered *l, struct slice name)
{
    for (size_t i = 0; i < l->n; i++)
        if (slice_is(name, l->name[i]))
            return (int)i;
    return -1;
}

int numbered_add(struct numbered *l, struct slice name)
{
    int at = numbered_find(l, name);
    if (at >= 0)
        return at;
    l->name = mem_grow(l->name, l->n, &l->cap, sizeof *l->name);
    l->name[l->n] = mem_text(name);
    return (int)l->n++;
}

void numbered_free(struct numbered *l)
{
    for (size_t i = 0; i < l->n; i++)
        free(l->name[i]);
    free(l->name);
}

/* --- measures --- */

static bool knows_dimension(const struct claim_rules *r, const char *dimension)
{
    for (size_t i = 0; i < r->nunits; i++)
        if (units_have_dimension(r->units[i], dimension))
            return true;
    return false;
}

static enum status read_moment(const struct spec *s, size_t row, enum moment *moment, struct diag *d)
{
    static const char *const words[] = {"now", "open", "same"};
    const char *text = spec_get(s, row, "moment");
    *moment = MOMENT_NOW;
    for (int i = 0; i < 3; i++) {
        if (strcmp(text, words[i]) == 0) {
            *moment = (enum moment)i;
            return ST_OK;
        }
    }
    if (*text)
        return spec_error(s, row, "moment", d, "not now, open or same: %s", diag_quote(slice_of(text)).s);
    return ST_OK;
}

static enum status read_measure(struct claim_rules *r, size_t row, struct diag *d)
{
    struct spec *s = r->measures;
    struct measure *m = &r->measure[row];
    const char *variable = spec_get(s, row, "variable"), *sign = spec_get(s, row, "sign");
    *m = (struct measure){spec_get(s, row, "measure"), spec_get(s, row, "dimension"), -1, 1, MOMENT_NOW};
    if (!*m->name)
        return spec_error(s, row, "measure", d, "empty");
    if (claim_rules_measure(r, slice_of(m->name)))
        return spec_error(s, row, "measure", d, "stands twice");
    r->nmeasures++;
    if (!*variable)
        return ST_OK;
    if (!is_name(variable))
        return spec_error(s, row, "variable", d, "not a name: %s", diag_quote(slice_of(variable)).s);
    if (!knows_dimension(r, m->dimension))
        return spec_error(s, row, "dimension", d, "no unit has the dimension %s",
                          diag_quote(slice_of(m->dimension)).s);
    if (*sign && strcmp(sign, "+") != 0 && strcmp(sign, "-") != 0)
        return spec_error(s, row, "sign", d, "not + or -: %s", diag_quote(slice_of(sign)).s);
    m->sign = *sign == '-' ? -1 : 1;
    m->variable = numbered_add(&r->variables, slice_of(variable));
    return read_moment(s, row, &m->moment, d);
}

static enum status read_measures(struct claim_rules *r, const char *path, struct diag *d)
{
    static const char *const columns[] = {"!measure", "!variable", "!dimension", "sign",
                                          "moment",   "note",      NULL};
    enum status st = ST_OK;
    r->measures = spec_load(path, columns, d);
    if (!r->measures)
        return ST_MISUSE;
    r->measure = mem_zero(spec_rows(r->measures) + 1, sizeof *r->measure);
    for (size_t i = 0; i < spec_rows(r->measures) && st == ST_OK; i++)
        st = read_measure(r, i, d);
    return st;
}

const struct measure *claim_rules_measure(const struct claim_rules *r, struct slice name)
{
    for (size_t i = 0; i < r->nmeasures; i++)
        if (slice_is(name, r->measure[i].name))
            return &r->measure[i];
    return NULL;
}

const struct unit *claim_rules_unit(const struct claim_rules *r, struct slice name)
{
    struct buf folded = {0};
    const struct unit *found = NULL;
    fold_word(&folded, name);
    for (size_t i = 0; i < r->nunits && !found; i++)
        found = units_find(r->units[i], buf_view(&folded));
    buf_free(&folded);
    return found;
}

/* --- definitions --- */

static int find_variable(void *ctx, struct slice name, enum expr_type *type)
{
    const struct claim_rules *r = ctx;
    *type = EXPR_NUM;
    return numbered_find(&r->variables, name);
}

static void note_need(void *ctx, int variable)
{
    struct definition *f = ctx;
    f->needs = mem_array(f->needs, f->nneeds + 1, sizeof *f->needs);
    f->needs[f->nneeds++] = variable;
}

/* An expression tells its variables from the last to the first, and each as often as it occurs. */
static void order_needs(struct definition *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->nneeds / 2; i++) {
        int first = f->needs[i];
        f->needs[i] = f->needs[f->nneeds - 1 - i];
        f->needs[f->nneeds - 1 - i] = first;
    }
    for (size_t i = 0; i < f->nneeds; i++) {
        size_t k = 0;
        while (k < n && f->needs[k] != f->needs[i])
            k++;
        if (k == n)
            f->needs[n++] = f->needs[i];
    }
    f->nneeds = n;
}

static enum status compile(struct claim_rules *r, struct definition *f, const char *file, uint64_t line,
                           struct diag *d)
{
    struct expr_place place = {.ctx = r, .variable = find_variable};
    f->e = expr_compile(f->text, &place, EXPR_NUM, file, line, d);
    if (!f->e)
        return ST_MISUSE;
    if (!expr_has_range(f->e))
        return diag_set(d, ST_MISUSE, file, line, "expression",
                        "only numbers, variables, + - * /, pct, round, chain, min, max and abs");
    expr_variables(f->e, note_need, f);
    order_needs(f);
    return ST_OK;
}

static struct definition *add_definition(struct claim_rules *r)
{
    r->definition = mem_grow(r->definition, r->ndefinitions, &r->cap, sizeof *r->definition);
    struct definition *f = &r->definition[r->ndefinitions++];
    *f = (struct definition){.printed = -1, .over_text = ""};
    return f;
}

static enum status read_relation(const struct spec *s, size_t row, enum claim_relation *relation,
                                 struct diag *d)
{
    const char *text = spec_get(s, row, "relation");
    *relation = strcmp(text, "<=") == 0   ? CLAIM_AT_MOST
                : strcmp(text, ">=") == 0 ? CLAIM_AT_LEAST
                                          : CLAIM_EQUALS;
    if (*relation == CLAIM_EQUALS && *text && strcmp(text, "=") != 0)
        return spec_error(s, row, "relation", d, "not =, <= or >=: %s", diag_quote(slice_of(text)).s);
    return ST_OK;
}

/* Only the published parts are known, so what they have is the least that the whole has. */
static enum status read_over(struct claim_rules *r, size_t row, struct definition *f, struct diag *d)
{
    static const char *const words[] = {"", "rank desc", "rank asc", "sum", "count >= 0", "count > 0"};
    struct spec *s = r->definitions;
    size_t n = sizeof words / sizeof *words, i = 0;
    f->over_text = spec_get(s, row, "over");
    while (i < n && strcmp(f->over_text, words[i]) != 0)
        i++;
    if (i == n)
        return spec_error(s, row, "over", d, "not rank desc, rank asc, sum, count >= 0 or count > 0: %s",
                          diag_quote(slice_of(f->over_text)).s);
    f->over = (enum over)i;
    bool rank = f->over == OVER_RANK_HIGH || f->over == OVER_RANK_LOW;
    if (f->over != OVER_NONE && !r->places)
        return spec_error(s, row, "over", d, "there is no table of places");
    if (f->over != OVER_NONE && !f->checks)
        return spec_error(s, row, "over", d, "nothing is implied from other places");
    if (f->over != OVER_NONE && f->relation != (rank ? CLAIM_EQUALS : CLAIM_AT_LEAST))
        return spec_error(s, row, "relation", d, rank ? "a rank is =" : "of parts it is >=");
    return ST_OK;
}

/* A parameter has no expression until claim_rules_set gives it one. */
static enum status name_definition(struct claim_rules *r, size_t row, struct diag *d)
{
    struct spec *s = r->definitions;
    const char *use = spec_get(s, row, "use"), *variable = spec_get(s, row, "variable");
    r->parameter[row] = strcmp(use, "parameter") == 0;
    if (!r->parameter[row] && *use && strcmp(use, "check") != 0 && strcmp(use, "imply") != 0)
        return spec_error(s, row, "use", d, "not check, imply or parameter: %s", diag_quote(slice_of(use)).s);
    if (!is_name(variable))
        return spec_error(s, row, "variable", d, "not a name: %s", diag_quote(slice_of(variable)).s);
    if (r->parameter[row] != (*spec_get(s, row, "expression") == '\0'))
        return spec_error(s, row, "expression", d, r->parameter[row] ? "a parameter has none here" : "empty");
    numbered_add(&r->variables, slice_of(variable));
    return ST_OK;
}

static bool has_measure(const struct claim_rules *r, int variable)
{
    for (size_t i = 0; i < r->nmeasures; i++)
        if (r->measure[i].variable == variable)
            return true;
    return false;
}

static enum status read_definition(struct claim_rules *r, size_t row, struct diag *d)
{
    struct spec *s = r->definitions;
    const char *variable = spec_get(s, row, "variable");
    if (r->parameter[row])
        return ST_OK;
    struct definition *f = add_definition(r);
    f->id = spec_get(s, row, "id");
    f->text = spec_get(s, row, "expression");
    f->variable = numbered_add(&r->variables, slice_of(variable));
    f->checks = strcmp(spec_get(s, row, "use"), "imply") != 0;
    if (f->checks && !has_measure(r, f->variable))
        return spec_error(s, row, "variable", d,
                          "no measure has the variable %s; imply computes it all the same",
                          diag_quote(slice_of(variable)).s);
    enum status st = read_relation(s, row, &f->relation, d);
    if (st == ST_OK && !f->checks && f->relation != CLAIM_EQUALS)
        return spec_error(s, row, "relation", d, "only = gives a value to imply");
    if (st == ST_OK)
        st = read_over(r, row, f, d);
    if (st == ST_OK)
        st = spec_int(s, row, "printed", 0, 18, -1, &f->printed, d);
    return st == ST_OK ? compile(r, f, spec_file(s), spec_line(s, row), d) : st;
}

static enum status read_definitions(struct claim_rules *r, const char *path, struct diag *d)
{
    static const char *const columns[] = {"!id",     "!variable", "!relation", "!expression", "use",
                                          "printed", "over",      "note",      NULL};
    enum status st = ST_OK;
    r->definitions = spec_load(path, columns, d);
    if (!r->definitions)
        return ST_MISUSE;
    size_t n = spec_rows(r->definitions);
    r->parameter = mem_zero(n + 1, sizeof *r->parameter);
    for (size_t i = 0; i < n && st == ST_OK; i++)
        st = name_definition(r, i, d);
    for (size_t i = 0; i < n && st == ST_OK; i++)
        st = read_definition(r, i, d);
    return st;
}

/* --- parameters --- */

enum status claim_rules_set(struct claim_rules *r, const char *definition, struct diag *d)
{
    const char *equals = strchr(definition, '=');
    size_t n = equals ? (size_t)(equals - definition) : 0;
    bool known = false;
    for (size_t i = 0; i < spec_rows(r->definitions) && !known; i++)
        known = r->parameter[i] &&
                slice_is((struct slice){definition, n}, spec_get(r->definitions, i, "variable"));
    if (!known)
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "not PARAMETER=EXPR with a parameter of %s: %s",
                        spec_file(r->definitions), diag_quote(slice_of(definition)).s);
    struct definition *f = add_definition(r);
    f->id = "parameter";
    f->text = f->owned = mem_text(slice_of(equals + 1));
    f->variable = numbered_find(&r->variables, (struct slice){definition, n});
    return compile(r, f, NULL, 0, d);
}

/* --- the whole --- */

static enum status read_units(struct claim_rules *r, const char *const *path, size_t n, struct diag *d)
{
    r->units = mem_zero(n + 1, sizeof *r->units);
    for (r->nunits = 0; r->nunits < n; r->nunits++)
        if (!(r->units[r->nunits] = units_load(path[r->nunits], d)))
            return ST_MISUSE;
    return ST_OK;
}

struct claim_rules *claim_rules_load(const char *measures, const char *definitions, const char *const *units,
                                     size_t nunits, const struct claim_places *places, struct diag *d)
{
    struct claim_rules *r = mem_zero(1, sizeof *r);
    r->places = places;
    if (read_units(r, units, nunits, d) == ST_OK && read_measures(r, measures, d) == ST_OK &&
        read_definitions(r, definitions, d) == ST_OK)
        return r;
    claim_rules_free(r);
    return NULL;
}

void claim_rules_free(struct claim_rules *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->ndefinitions; i++) {
        expr_free(r->definition[i].e);
        free(r->definition[i].needs);
        free(r->definition[i].owned);
    }
    for (size_t i = 0; i < r->nunits; i++)
        units_free(r->units[i]);
    free(r->units);
    free(r->definition);
    free(r->measure);
    free(r->parameter);
    numbered_free(&r->variables);
    spec_free(r->measures);
    spec_free(r->definitions);
    free(r);
}
