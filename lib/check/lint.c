/* SPDX-License-Identifier: MIT
 * lint: what is wrong with a specification although it can be used. */
#include "lib/check/lint.h"

#include <stdlib.h>

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

/* Whether a text has a character beyond Latin: Chinese ones begin at U+2E80, with the byte E2 and above. */
static bool is_chinese(const char *text)
{
    while (*text && (unsigned char)*text < 0xe2)
        text++;
    return *text != '\0';
}

static int months_of(const char *month)
{
    return atoi(month) * 12 + atoi(month + 5);
}

/* A card that ends, and whose id goes on later, leaves the months between without one. */
static void look_at_dates(struct lint *l, const struct rules *r, size_t i)
{
    const struct rule *c = &r->rule[i], *later = NULL;
    if (!*c->to)
        return;
    for (size_t k = 0; k < r->count; k++)
        if (strcmp(r->rule[k].id, c->id) == 0 && strcmp(r->rule[k].from, c->to) > 0 &&
            (!later || strcmp(r->rule[k].from, later->from) < 0))
            later = &r->rule[k];
    if (later && months_of(later->from) - months_of(c->to) != 1)
        say(l, spec_file(later->spec), spec_line(later->spec, later->spec_row), "from",
            "leaves months between it and the card before it without one", later->id);
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
    if (!is_chinese(c->message[0].text))
        say(l, file, line, "message_zh", "has no word of Chinese", c->id);
    look_at_dates(l, r, i);
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
