/* SPDX-License-Identifier: MIT
 * lint: what is wrong with a specification although it can be used. */
#include "lib/check/lint.h"

#include "lib/spec/spec.h"

struct lint {
    rules_example_fn *says;
    void *ctx;
    uint64_t problems;
};

static void say(struct lint *l, const char *file, uint64_t line, const char *column, const char *what,
                const char *name)
{
    struct diag d = {0};
    diag_set(&d, ST_FINDINGS, file, line, column, "'%s' %s", name, what);
    l->problems++;
    l->says(l->ctx, &d);
}

static void look_at_column(struct lint *l, const struct schema *s, const struct schema_column *c)
{
    if (*c->label_zh == '\0')
        say(l, s->file, c->line, "label_zh", "has no label", c->name);
    if (*c->label_en == '\0')
        say(l, s->file, c->line, "label_en", "has no label", c->name);
    if (c->type != CELL_NUM)
        return;
    if (*c->unit == '\0')
        say(l, s->file, c->line, "unit", "is a figure without a unit", c->name);
    if (c->decimals < 0)
        say(l, s->file, c->line, "decimals",
            "is a figure without decimals, so every comparison takes it as exact", c->name);
}

static void look_at_card(struct lint *l, const struct rules *r, size_t i)
{
    const struct rule *c = &r->rule[i];
    const char *file = spec_file(c->spec);
    uint64_t line = spec_line(c->spec, c->spec_row);
    if (*c->pass == '\0')
        say(l, file, line, "pass", "has no example that passes", c->id);
    if (*c->fail == '\0')
        say(l, file, line, "fail", "has no example that fails", c->id);
    if (*c->basis == '\0')
        say(l, file, line, "basis", "does not say what it rests on", c->id);
}

uint64_t lint_specification(const struct rules *r, rules_example_fn *says, void *ctx)
{
    struct lint l = {says, ctx, 0};
    for (size_t i = 0; i < r->schema->width; i++)
        look_at_column(&l, r->schema, &r->schema->column[i]);
    for (size_t i = 0; i < r->count; i++)
        look_at_card(&l, r, i);
    return l.problems;
}
