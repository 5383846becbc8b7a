/* SPDX-License-Identifier: MIT
 * claims: the table of published figures, each as the values that it may stand for. */
#include <inttypes.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/claims/claims_internal.h"
#include "lib/stream/table.h"

enum column { ARTICLE, PLACE, MEASURE, QUAL, VALUE, UNIT, AS_OF, COLUMNS };
static const char *const COLUMN[COLUMNS] = {"article", "place", "measure_en", "qual",
                                            "value",   "unit",  "as_of"};

bool claim_shift(struct rat *v, int shift)
{
    struct rat power = rat_int(dec_pow10((unsigned)abs(shift)));
    return shift < 0 ? rat_div(*v, power, v) : rat_mul(*v, power, v);
}

/* --- one claim --- */

static char **text_of(struct claim *c, enum column k)
{
    char **texts[COLUMNS] = {&c->article, &c->place, &c->measure, &c->qual, &c->value, &c->unit, &c->as_of};
    return texts[k];
}

static enum status wrong(const struct claim *c, const char *file, enum column k, const char *reason,
                         struct diag *d)
{
    return diag_set(d, ST_INPUT, file, c->line, COLUMN[k], "%s: %s", reason,
                    diag_quote(slice_of(*text_of((struct claim *)c, k))).s);
}

/* The values that print so. A count without a qualifier is exact; "~" widens by one in the last place; ">="
 * and
 * "<=" have no end on one side. */
static bool find_range(struct claim *c)
{
    struct rat half = strcmp(c->qual, "~") == 0 ? rat_int(1) : (struct rat){1, 2};
    if (strcmp(c->in->dimension, "count") == 0 && strcmp(c->qual, "=") == 0)
        half = rat_int(0);
    if (!rat_of_dec(c->printed, &c->stated) || !claim_shift(&c->stated, c->in->shift) ||
        !claim_shift(&half, c->in->shift - (int)c->printed.scale))
        return false;
    if (strcmp(c->qual, ">=") == 0 || strcmp(c->qual, "<=") == 0) {
        c->range = range_point(c->stated);
        c->range.high.open = *c->qual == '>';
        c->range.low.open = *c->qual == '<';
    } else if (!range_around(c->stated, half, &c->range)) {
        return false;
    }
    return c->sign > 0 || (rat_neg(c->stated, &c->stated) && range_negate(&c->range));
}

/* A measure that the rules do not name is compared with its like: its name and its dimension are its
 * variable. */
static int unnamed_variable(struct claims *all, struct slice measure, const char *dimension)
{
    struct buf key = {0};
    buf_printf(&key, "%s\t", dimension);
    buf_slice(&key, measure);
    int number = numbered_add(&all->unnamed, buf_view(&key));
    buf_free(&key);
    return (int)all->variables + number;
}

static enum status find_meaning(struct claims *all, struct claim *c, const char *file, struct diag *d)
{
    struct buf name = {0};
    buf_unescaped(&name, slice_of(c->measure));
    const struct measure *m = claim_rules_measure(all->rules, buf_view(&name));
    c->sign = m ? m->sign : 1;
    c->period.moment = m ? m->moment : MOMENT_NOW;
    c->variable = m ? m->variable : unnamed_variable(all, buf_view(&name), c->in->dimension);
    buf_free(&name);
    if (m && m->variable >= 0 && strcmp(m->dimension, c->in->dimension) != 0)
        return diag_set(d, ST_INPUT, file, c->line, COLUMN[UNIT],
                        "%s is not a unit of %s, which '%s' is stated in", diag_quote(slice_of(c->unit)).s,
                        m->dimension, c->measure);
    if (!period_fits(&c->period))
        return wrong(c, file, AS_OF, "an opening figure is not of 31 December", d);
    return ST_OK;
}

static enum status understand(struct claims *all, struct claim *c, const char *file, struct diag *d)
{
    static const char *const quals[] = {"=", "~", ">=", "<="};
    bool known = false;
    for (size_t i = 0; i < sizeof quals / sizeof *quals; i++)
        known = known || strcmp(c->qual, quals[i]) == 0;
    if (!known)
        return wrong(c, file, QUAL, "not =, ~, >= or <=", d);
    enum dec_error bad = dec_parse(slice_of(c->value), &c->printed);
    if (bad != DEC_OK)
        return wrong(c, file, VALUE,
                     bad == DEC_TOO_LONG ? "more than 18 decimals or 36 digits" : "not a decimal", d);
    c->in = claim_rules_unit(all->rules, slice_of(c->unit));
    if (!c->in)
        return wrong(c, file, UNIT, "unknown unit", d);
    if (!period_parse(slice_of(c->as_of), &c->period))
        return wrong(c, file, AS_OF, "not a day, a month, a year, a period or undated", d);
    enum status st = find_meaning(all, c, file, d);
    if (st == ST_OK && !find_range(c))
        return wrong(c, file, VALUE, "does not fit 128 bits in the base unit", d);
    return st;
}

/* --- the table --- */

static enum status take_rows(struct claims *all, const struct table *t, const struct batch *b,
                             const int *column, struct diag *d)
{
    enum status st = ST_OK;
    for (size_t r = 0; r < b->rows && st == ST_OK; r++) {
        all->claim = mem_grow(all->claim, all->n, &all->cap, sizeof *all->claim);
        struct claim *c = &all->claim[all->n++];
        *c = (struct claim){.line = b->line + r};
        for (enum column k = 0; k < COLUMNS; k++)
            *text_of(c, k) = mem_text(batch_field(b, r, (size_t)column[k]));
        numbered_add(&all->places, slice_of(c->place));
        st = understand(all, c, table_file(t), d);
    }
    return st;
}

static enum status read_table(struct claims *all, struct table *t, struct diag *d)
{
    int column[COLUMNS];
    struct batch b;
    for (enum column k = 0; k < COLUMNS; k++)
        if ((column[k] = table_column(t, slice_of(COLUMN[k]), d)) < 0)
            return d->status = ST_INPUT;
    for (;;) {
        enum status st = table_next(t, &b, d);
        if (st != ST_OK || b.rows == 0)
            return st;
        st = take_rows(all, t, &b, column, d);
        if (st != ST_OK)
            return st;
    }
}

struct claims *claims_load(const struct claim_rules *rules, const char *path, struct diag *d)
{
    struct table *t = table_open(path, d);
    if (!t)
        return NULL;
    struct claims *all = mem_zero(1, sizeof *all);
    all->rules = rules;
    all->variables = rules->variables.n;
    enum status st = read_table(all, t, d);
    all->variables += all->unnamed.n;
    table_close(t);
    if (st == ST_OK)
        return all;
    claims_free(all);
    return NULL;
}

void claims_free(struct claims *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->n; i++)
        for (enum column k = 0; k < COLUMNS; k++)
            free(*text_of(&c->claim[i], k));
    free(c->claim);
    numbered_free(&c->unnamed);
    numbered_free(&c->places);
    free(c);
}

size_t claims_count(const struct claims *c)
{
    return c->n;
}

bool claims_of_one_time(const struct claim *a, const struct claim *b)
{
    if (a->period.undated || b->period.undated)
        return strcmp(a->article, b->article) == 0;
    return period_together(&a->period, &b->period);
}

bool claims_together(const struct claim *a, const struct claim *b)
{
    return strcmp(a->place, b->place) == 0 && claims_of_one_time(a, b);
}
