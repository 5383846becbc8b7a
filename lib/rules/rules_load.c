/* SPDX-License-Identifier: MIT
 * rules_load: files of cards: those of a file, and which of them are in force. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/rules/card_names.h"
#include "lib/spec/spec.h"
#include "lib/stream/table.h"

static const char *const card_columns[] = {"!id",       "!severity",   "version",     "level", "from", "to",
                                           "kind",      "each",        "when",        "check", "with", "join",
                                           "tolerance", "!message_zh", "!message_en", "basis", "pass", "fail",
                                           "flex",      "note",        NULL};

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
