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
        struct dec rounded = {0};
        unsigned decimals = SHOWN_DECIMALS;
        while (rat_round(v->num, decimals, ROUND_HALF_UP, &rounded) && rounded.units == 0 &&
               decimals < DEC_MAX_SCALE)
            decimals++;
        buf_text(b, "≈");
        dec_print(b, rounded);
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

/* What a strict comparison asks for is told with its sign: "> 0". */
static struct slice bound_text(struct reporter *p, const struct expr_told *told)
{
    bool strict =
        strcmp(told->sign, "<") == 0 || strcmp(told->sign, ">") == 0 || strcmp(told->sign, "!=") == 0;
    struct buf *b = report_text(p);
    if (told->right.kind == VALUE_EMPTY)
        return buf_view(b);
    if (strict)
        buf_printf(b, "%s ", told->sign);
    print_value(b, &told->right);
    return buf_view(b);
}

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
    const struct slice all[] = {f->actual,  f->expected, f->difference, f->allowance,
                                f->related, f->cause,    f->key};
    return all[WORD_ACTUAL - word];
}

/* "a=12.50; b=—; prior.a=": what entered the card, where no two sides of a comparison tell it. */
static struct slice values_text(struct reporter *p, const struct rule *c, const struct rules_row *row)
{
    struct buf *b = report_text(p);
    for (size_t i = 0; i < c->variables; i++) {
        buf_printf(b, "%s%s=", i ? "; " : "", row->rules->variable[c->variable[i]].name);
        struct slice field = rules_field(row, c->variable[i]);
        if (!field_is_empty(field))
            print_field(b, field);
    }
    return buf_view(b);
}

/* --- messages --- */

/* What is being told. */
struct telling {
    const struct failure *f; /* its cause in the language at hand */
    report_field_fn *field;
    const void *ctx;
};

static void print_word(struct buf *b, const struct failure *f, int word)
{
    struct slice text = word_of(f, word);
    bool unknown = text.n == 0 && !slice_is(f->result, "fail");
    buf_slice(b, unknown ? slice_of("…") : text);
}

static void print_message(struct buf *b, const struct rule_message *m, const struct telling *t)
{
    const char *at = m->text;
    for (size_t i = 0; i < m->count; i++) {
        const char *open = strchr(at, '{');
        buf_add(b, at, (size_t)(open - at));
        if (m->variable[i] <= WORD_ACTUAL)
            print_word(b, t->f, m->variable[i]);
        else
            print_field(b, t->field(t->ctx, m->variable[i]));
        at = strchr(open, '}') + 1;
    }
    buf_text(b, at);
}

/* A message tells of a failure; what is undecided is not one. */
static struct slice message(struct reporter *p, const struct rule_message *m, const struct telling *t,
                            const char *before, const char *between, const char *after)
{
    struct buf *b = report_text(p);
    bool failed = slice_is(t->f->result, "fail");
    if (!failed) {
        buf_text(b, before);
        buf_slice(b, t->f->cause);
        buf_text(b, between);
    }
    print_message(b, m, t);
    if (!failed)
        buf_text(b, after);
    return buf_view(b);
}

static struct slice flex_text(struct reporter *p, const struct rule *c, const struct telling *t)
{
    struct buf *b = report_text(p);
    for (size_t i = 0; i < c->flexes; i++) {
        buf_printf(b, "%s%s=", i ? "; " : "", p->rules->variable[c->flex[i]].name);
        buf_unescaped(b, t->field(t->ctx, c->flex[i]));
    }
    return buf_view(b);
}

void report_words(struct reporter *p, const struct rule *c, struct slice cause_en, struct slice cause_zh,
                  report_field_fn *field, const void *ctx, struct failure *f)
{
    const struct telling t = {f, field, ctx};
    f->cause = cause_zh;
    f->message_zh = message(p, &c->message[0], &t, "无法判定(", ")是否“", "”");
    f->cause = cause_en;
    f->message_en = message(p, &c->message[1], &t, "undecided (", "): ", "");
    f->flex = flex_text(p, c, &t);
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

/* The column a reader should look at first: the one that is to blame or leads what failed, else the first of
 * the table's own, else the first of the join. */
static int leading_column(const struct rule *c, const struct rules_row *row, int blamed)
{
    if (blamed >= 0 && row->rules->variable[blamed].kind == VARIABLE_COLUMN)
        return row->rules->variable[blamed].column;
    for (size_t i = 0; i < c->variables; i++)
        if (row->rules->variable[c->variable[i]].kind == VARIABLE_COLUMN)
            return row->rules->variable[c->variable[i]].column;
    for (size_t i = 0; i < c->variables; i++)
        if (row->rules->variable[c->variable[i]].join >= 0)
            return row->rules->join[row->rules->variable[c->variable[i]].join]->key[0].own;
    return -1;
}

/* Why a card is undecided on a row. */
static void explain(const struct rules_row *row, const struct rule_outcome *o, struct cause_text *cause)
{
    const struct rules *r = row->rules;
    const struct rule_variable *v = o->cause_variable >= 0 ? &r->variable[o->cause_variable] : NULL;
    struct buf label = {0};
    switch (o->cause) {
    case CAUSE_CELL:
        rules_caused_by(r, o->cause_fault, o->cause_variable, 0, cause);
        break;
    case CAUSE_NO_ROW:
        cause_add(cause, "no %s row", "%s 中无对应行", r->join[v->join]->name);
        break;
    case CAUSE_MISSING:
        buf_printf(&cause->en, "missing %s", v->name);
        buf_printf(&cause->zh, "缺少%s", rules_label_zh(r, o->cause_variable, &label));
        break;
    case CAUSE_DIVISOR:
        cause_add(cause, "a divisor may be zero", "除数可能为零");
        break;
    case CAUSE_ARITHMETIC:
        cause_add(cause, "%s", "无法计算: %s", o->why.reason);
        break;
    case CAUSE_NONE:
        break;
    }
    buf_free(&label);
}

/* The missing partner is told once for the table, and of what only informs nobody waits for a decision. */
static bool is_listed(const struct rule *c, const struct rule_outcome *o)
{
    return o->verdict == VERDICT_FAIL || (c->severity != SEVERITY_INFORM && o->cause != CAUSE_NO_ROW);
}

static void add_hit(struct reporter *p, const struct rule *c, const struct rules_row *row, struct failure *f)
{
    struct slice *value = mem_array(NULL, c->variables + 1, sizeof *value);
    for (size_t i = 0; i < c->variables; i++)
        value[i] = rules_field(row, c->variable[i]);
    report_hit(p, c->id, "", value, c->variables, f);
    free(value);
}

struct failure report_card(struct reporter *p, const struct rule *c, bool failed)
{
    struct failure f =
        report_begin(p, REPORT_ERROR + (unsigned)c->severity, c->id, "", failed ? "fail" : "undecided");
    f.level = (struct slice){&c->level, 1};
    f.rule_version = slice_of(c->version);
    return f;
}

void report_rule(void *reporter, const struct rule *c, const struct rules_row *row,
                 const struct rule_outcome *o)
{
    struct reporter *p = reporter;
    if (!is_listed(c, o))
        return;
    bool failed = o->verdict == VERDICT_FAIL;
    struct failure f = report_card(p, c, failed);
    report_place(p, row->batch, row->row, &f);
    int column = leading_column(c, row, failed ? o->told.variable : o->cause_variable);
    if (column >= 0)
        report_column(p, row->batch, row->row, (size_t)column, &f);
    f.actual = o->told.left.kind == VALUE_EMPTY ? values_text(p, c, row) : report_value(p, &o->told.left);
    f.expected = bound_text(p, &o->told);
    f.difference = report_value(p, &o->told.difference);
    f.allowance = report_value(p, &o->told.allowance);
    if (o->told.unitless)
        f.unit = (struct slice){"", 0};
    f.related = related_text(p, c, row);
    struct cause_text cause = {0};
    if (!failed)
        explain(row, o, &cause);
    report_words(p, c, failed ? slice_of(o->note_en) : buf_view(&cause.en),
                 failed ? slice_of(o->note_zh) : buf_view(&cause.zh), field_of_row, row, &f);
    add_hit(p, c, row, &f);
    report_add(p, &f, REPORT_ERROR + (unsigned)c->severity, 0);
    cause_free(&cause);
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
    if (f->difference.n)
        buf_printf(text, " (difference %.*s, allowed %.*s)", (int)f->difference.n, f->difference.p,
                   (int)f->allowance.n, f->allowance.p);
    if (f->cell.n) {
        buf_text(text, ", cell ");
        buf_slice(text, f->cell);
    }
}
