/* SPDX-License-Identifier: MIT
 * reporter_rule: the record of a card that fails or is undecided. */
#include "lib/check/reporter_internal.h"

#include <inttypes.h>
#include <stdlib.h>

#include "lib/base/mem.h"

enum { SHOWN_DECIMALS = 6 };

static void print_value(struct buf *b, const struct value *v)
{
    struct buf field = {0};
    if (value_print(&field, v)) {
        buf_unescaped(b, buf_view(&field));
    } else {
        struct dec rounded;
        if (rat_round(v->num, SHOWN_DECIMALS, ROUND_HALF_UP, &rounded)) {
            buf_text(b, "≈");
            dec_print(b, rounded);
        }
    }
    buf_free(&field);
}

struct slice report_value(struct reporter *p, const struct value *v)
{
    struct buf *b = report_text(p);
    if (v->kind != VALUE_EMPTY)
        print_value(b, v);
    return buf_view(b);
}

/* "a=12.50; prior.a=125000.00": what entered the card, where no two sides of a comparison tell it. */
static struct slice values_text(struct reporter *p, const struct rule *c, const struct rules_row *row)
{
    struct buf *b = report_text(p);
    for (size_t i = 0; i < c->variables; i++) {
        buf_printf(b, "%s%s=", i ? "; " : "", row->rules->variable[c->variable[i]].name);
        buf_unescaped(b, rules_field(row, c->variable[i]));
    }
    return buf_view(b);
}

/* --- messages --- */

static void print_field(struct buf *b, struct slice field)
{
    if (field_is_empty(field))
        buf_text(b, "…");
    else if (field_is_na(field))
        buf_text(b, "—");
    else
        buf_unescaped(b, field);
}

static struct slice word_of(const struct failure *f, int word)
{
    const struct slice all[] = {f->actual, f->expected, f->difference, f->allowance, f->related, f->cause};
    return all[WORD_ACTUAL - word];
}

struct slice report_message(struct reporter *p, const struct rule_message *m, const struct failure *f,
                            report_field_fn *field, const void *ctx)
{
    struct buf *b = report_text(p);
    const char *at = m->text;
    for (size_t i = 0; i < m->count; i++) {
        const char *open = strchr(at, '{');
        buf_add(b, at, (size_t)(open - at));
        if (m->variable[i] <= WORD_ACTUAL)
            buf_slice(b, word_of(f, m->variable[i]));
        else
            print_field(b, field(ctx, m->variable[i]));
        at = strchr(open, '}') + 1;
    }
    buf_text(b, at);
    return buf_view(b);
}

static struct slice field_of_row(const void *row, int variable)
{
    return rules_field(row, variable);
}

/* The rows of other tables that entered: "prior:12, open:7". */
static struct slice related_text(struct reporter *p, const struct rule *c, const struct rules_row *row)
{
    struct buf *b = report_text(p);
    for (size_t i = 0; i < c->variables; i++) {
        const struct rule_variable *v = &row->rules->variable[c->variable[i]];
        if (v->join < 0)
            continue;
        const struct rule_join *j = row->rules->join[v->join];
        int64_t at = j->row[row->row - row->from];
        bool told = at < 0;
        for (size_t k = 0; k < i; k++)
            told = told || row->rules->variable[c->variable[k]].join == v->join;
        if (!told)
            buf_printf(b, "%s%s:%" PRIu64, b->n ? ", " : "", j->name, ref_line(j->ref, (size_t)at));
    }
    if (c->revision >= 0 && rules_field(row, c->revision).n) {
        buf_text(b, " revision ");
        buf_unescaped(b, rules_field(row, c->revision));
    }
    return buf_view(b);
}

/* The column a reader should look at first: the first of the table's own, else the first of the join. */
static int leading_column(const struct rule *c, const struct rules_row *row)
{
    for (size_t i = 0; i < c->variables; i++)
        if (row->rules->variable[c->variable[i]].kind == VARIABLE_COLUMN)
            return row->rules->variable[c->variable[i]].column;
    for (size_t i = 0; i < c->variables; i++)
        if (row->rules->variable[c->variable[i]].join >= 0)
            return row->rules->join[row->rules->variable[c->variable[i]].join]->key[0].own;
    return -1;
}

static struct slice cause_text(struct reporter *p, const struct rules_row *row, const struct rule_outcome *o)
{
    struct buf *b = report_text(p);
    const char *name = o->cause_variable >= 0 ? row->rules->variable[o->cause_variable].name : "";
    switch (o->cause) {
    case CAUSE_CELL:
        buf_printf(b, "%s %s", fault_name(o->cause_fault), name);
        break;
    case CAUSE_NO_ROW:
        buf_printf(b, "no %s row", row->rules->join[row->rules->variable[o->cause_variable].join]->name);
        break;
    case CAUSE_MISSING:
        buf_printf(b, "missing %s", name);
        break;
    case CAUSE_ARITHMETIC:
        buf_text(b, o->why.reason);
        break;
    case CAUSE_NONE:
        break;
    }
    return buf_view(b);
}

/* The bad cell is listed, the missing partner is told once for the table, and of what only informs nobody
 * waits for a decision. */
static bool is_listed(const struct rule *c, const struct rule_outcome *o)
{
    return o->verdict == VERDICT_FAIL ||
           (c->severity != SEVERITY_INFORM && o->cause != CAUSE_CELL && o->cause != CAUSE_NO_ROW);
}

static void add_hit(struct reporter *p, const struct rule *c, const struct rules_row *row, struct failure *f)
{
    struct slice *value = mem_array(NULL, c->variables + 1, sizeof *value);
    for (size_t i = 0; i < c->variables; i++)
        value[i] = rules_field(row, c->variable[i]);
    report_hit(p, c->id, "", value, c->variables, f);
    free(value);
}

void report_rule(void *reporter, const struct rule *c, const struct rules_row *row,
                 const struct rule_outcome *o)
{
    struct reporter *p = reporter;
    if (!is_listed(c, o))
        return;
    bool failed = o->verdict == VERDICT_FAIL;
    unsigned severity = REPORT_ERROR + (unsigned)c->severity;
    struct failure f = report_begin(p, severity, c->id, "row", failed ? "fail" : "undecided");
    report_place(p, row->batch, row->row, &f);
    int column = leading_column(c, row);
    if (column >= 0)
        report_column(p, row->batch, row->row, (size_t)column, &f);
    f.actual = o->left.kind == VALUE_EMPTY ? values_text(p, c, row) : report_value(p, &o->left);
    f.expected = report_value(p, &o->right);
    f.difference = report_value(p, &o->difference);
    f.allowance = report_value(p, &o->allowance);
    f.related = related_text(p, c, row);
    if (!failed)
        f.cause = cause_text(p, row, o);
    else
        f.cause = slice_of(o->note);
    f.message_zh = report_message(p, &c->message[0], &f, field_of_row, row);
    f.message_en = report_message(p, &c->message[1], &f, field_of_row, row);
    add_hit(p, c, row, &f);
    report_add(p, &f, severity, 0);
}

/* The checks of the schema explain themselves; a card is known by its id. Built-in names have a fixed form.
 */
static bool is_card(struct slice rule)
{
    for (int fault = FAULT_REQUIRED; fault < FAULTS; fault++)
        if (slice_is(rule, fault_name((enum cell_fault)fault)))
            return false;
    return !slice_is(rule, "key") && !(rule.n > 5 && memcmp(rule.p, "join.", 5) == 0) &&
           !(rule.n > 10 && memcmp(rule.p, "structure.", 10) == 0);
}

void report_line(const struct failure *f, struct buf *text)
{
    if (is_card(f->rule)) {
        buf_slice(text, f->rule);
        buf_text(text, ": ");
    }
    buf_slice(text, f->message_en);
    if (f->cause.n && slice_is(f->result, "undecided")) {
        buf_text(text, ": undecided, ");
        buf_slice(text, f->cause);
    }
    if (f->difference.n)
        buf_printf(text, " (difference %.*s, allowed %.*s)", (int)f->difference.n, f->difference.p,
                   (int)f->allowance.n, f->allowance.p);
    if (f->cell.n) {
        buf_text(text, ", cell ");
        buf_slice(text, f->cell);
    }
}
