/* SPDX-License-Identifier: MIT
 * reporter_group: the record of what a card decides over all rows: it stands at a row that was kept, or at no
 * row of the table. */
#include "lib/check/reporter_internal.h"
#include "lib/rules/kept.h"

struct place {
    const struct rules *rules;
    const struct rule *card;
    int64_t row;
};

static struct slice field_of_group(const void *ctx, int variable)
{
    const struct place *at = ctx;
    const struct rule_variable *v = &at->rules->variable[variable];
    if (v->kind == VARIABLE_GIVEN)
        return v->text;
    return at->row < 0 ? (struct slice){"", 0} : kept_field(at->card->kept, (size_t)at->row, variable);
}

/* File, sheet, line, record, key; then column, unit, heading and cell, as for a row at hand. */
static void find_place(struct reporter *p, const struct place *at, const struct rule_group *g,
                       struct failure *f)
{
    struct kept_place place = {.key = {"", 0}};
    if (at->row >= 0) {
        place = kept_place(at->card->kept, (size_t)at->row);
        if (place.file.n)
            f->file = report_plain(p, place.file);
        f->sheet = report_plain(p, place.sheet);
        f->line = place.line;
        f->record = place.record;
    }
    p->key_field = g->key.n ? buf_view(&g->key) : place.key;
    f->key = report_key(p, p->key_field);
    if (g->column >= 0)
        report_column_of(p, place.file, (size_t)g->column, f);
    if (g->unitless)
        f->unit = (struct slice){"", 0};
}

void report_group(void *reporter, const struct rules *r, const struct rule *c, const struct rule_group *g)
{
    struct reporter *p = reporter;
    bool failed = g->verdict == VERDICT_FAIL;
    if (!failed && c->severity == SEVERITY_INFORM)
        return;
    struct failure f = report_card(p, c, failed);
    const struct place at = {r, c, g->row};
    struct slice value = buf_view(&g->value);
    find_place(p, &at, g, &f);
    f.actual = report_plain(p, buf_view(&g->actual));
    f.expected = report_plain(p, buf_view(&g->expected));
    f.related = buf_view(&g->related);
    f.difference = report_value(p, &g->difference);
    f.allowance = report_value(p, &g->allowance);
    report_words(p, c, report_plain(p, buf_view(&g->cause.en)), report_plain(p, buf_view(&g->cause.zh)),
                 field_of_group, &at, &f);
    report_hit(p, c->id, "", &value, value.n ? 1 : 0, &f);
    report_add(p, &f, REPORT_ERROR + (unsigned)c->severity, 0);
}
