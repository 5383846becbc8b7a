/* SPDX-License-Identifier: MIT
 * kind_required: a cell that must be there where a condition holds, or must be empty unless it does. The
 * condition is judged on the figures as stated: it chooses rows, it compares nothing. */
#include "lib/rules/kind_parameters.h"

static enum status compile_required(struct card_names *n, struct diag *d)
{
    struct expr *e;
    enum status st = kind_expr(n, "if", EXPR_BOOL, &e, d);
    n->card->state = e;
    return st;
}

static enum status compile_forbidden(struct card_names *n, struct diag *d)
{
    struct expr *e;
    enum status st = kind_expr(n, "unless", EXPR_BOOL, &e, d);
    n->card->state = e;
    return st;
}

static void forget(void *state)
{
    expr_free(state);
}

/* What is missing in the column itself is not what leaves the condition undecided. */
static void blame_condition(const struct rule *c, const struct rules_row *row, struct rule_outcome *o)
{
    for (size_t i = 0; o->cause == CAUSE_NONE && i < c->variables; i++)
        if (c->variable[i] != c->column && field_is_empty(rules_field(row, c->variable[i]))) {
            o->cause = CAUSE_MISSING;
            o->cause_variable = c->variable[i];
        }
}

static void decide_required(const struct rule *c, const struct rules_row *row, struct rule_outcome *o)
{
    enum verdict when = rules_condition(c->state, row, o);
    if (when == VERDICT_UNDECIDED)
        blame_condition(c, row, o);
    else if (when == VERDICT_PASS && field_is_empty(rules_field(row, c->column)))
        o->verdict = VERDICT_FAIL;
    else
        o->verdict = VERDICT_PASS;
}

static void decide_forbidden(const struct rule *c, const struct rules_row *row, struct rule_outcome *o)
{
    enum verdict when = rules_condition(c->state, row, o);
    struct slice f = rules_field(row, c->column);
    if (when == VERDICT_UNDECIDED)
        blame_condition(c, row, o);
    else if (when == VERDICT_FAIL && !field_is_empty(f) && !field_is_na(f))
        o->verdict = VERDICT_FAIL;
    else
        o->verdict = VERDICT_PASS;
}

const struct kind KIND_REQUIRED = {.name = "required",
                                   .parameters = "if!",
                                   .check = CHECK_COLUMN,
                                   .compile = compile_required,
                                   .decide = decide_required,
                                   .free = forget};

const struct kind KIND_FORBIDDEN = {.name = "forbidden",
                                    .parameters = "unless!",
                                    .check = CHECK_COLUMN,
                                    .compile = compile_forbidden,
                                    .decide = decide_forbidden,
                                    .free = forget};
