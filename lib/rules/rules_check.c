/* SPDX-License-Identifier: MIT
 * rules_check: cards on rows. A card that uses a cell with a wrong type is undecided and its cause is that
 * cell's failure, so that one bad cell is one finding; a value that cannot exist makes a card not apply. */
#include <stdarg.h>
#include <stdio.h>

#include "lib/rules/kind_end.h"

/* A figure of another table is taken to be stated as exactly as the row's own figure of that name: the one
 * who reports 亿元 with two decimals now did so in December. */
static void fetch_interval(void *ctx, int variable, struct value *out, struct rat *half_width)
{
    const struct rules_row *row = ctx;
    const struct rule_variable *v = &row->rules->variable[variable];
    rules_fetch(ctx, variable, out);
    bool figure = v->kind == VARIABLE_COLUMN || v->kind == VARIABLE_REF;
    *half_width = figure && v->column >= 0 ? row->half[v->column] : rat_int(0);
    if (row->mode == TOLERANCE_EXACT)
        *half_width = rat_int(0);
    else if (row->mode == TOLERANCE_UNIT && !rat_mul(*half_width, rat_int(2), half_width))
        *half_width = rat_int(0);
}

/* --- one card on one row --- */

/* A cell that is no value of its column: another type, no code of the list, another pattern. A figure out of
 * its range is a figure. */
static bool is_unreadable(enum cell_fault fault)
{
    return fault == FAULT_TYPE || fault == FAULT_CODES || fault == FAULT_PATTERN;
}

/* A cell of the card that has a failure of its own; `required`: one that must be there and is not counts. */
static bool has_bad_cell(const struct rule *c, const struct rules_row *row, const struct schema_check *faults,
                         bool required, struct rule_outcome *o)
{
    for (size_t i = 0; faults && faults->failures && i < c->variables; i++) {
        const struct rule_variable *v = &row->rules->variable[c->variable[i]];
        if (v->kind != VARIABLE_COLUMN)
            continue;
        o->cause_fault = schema_check_fault(faults, row->row, (size_t)v->column);
        if (is_unreadable(o->cause_fault) || (required && o->cause_fault == FAULT_REQUIRED)) {
            o->cause = CAUSE_CELL;
            o->cause_variable = c->variable[i];
            return true;
        }
    }
    return false;
}

void rules_note(struct rule_outcome *o, const char *en, const char *zh, ...)
{
    va_list list;
    va_start(list, zh);
    vsnprintf(o->note_en, sizeof o->note_en, en, list);
    va_end(list);
    va_start(list, zh);
    vsnprintf(o->note_zh, sizeof o->note_zh, zh, list);
    va_end(list);
}

static enum cell_fault fault_of(const struct rules_row *row, const struct rule_variable *v,
                                const struct schema_check *faults)
{
    if (!faults || faults->failures == 0)
        return FAULT_NONE;
    if (v->kind == VARIABLE_COLUMN)
        return schema_check_fault(faults, row->row, (size_t)v->column);
    enum cell_fault fault = FAULT_NONE;
    if (v->join >= 0) {
        const struct rule_join *j = row->rules->join[v->join];
        for (size_t i = 0; i < j->keys && fault == FAULT_NONE; i++)
            if (j->key[i].own >= 0)
                fault = schema_check_fault(faults, row->row, (size_t)j->key[i].own);
    }
    return fault;
}

/* What one variable can be blamed for. */
static enum cause blame(const struct rules_row *row, int variable, const struct schema_check *faults,
                        enum cell_fault *fault)
{
    const struct rule_variable *v = &row->rules->variable[variable];
    int64_t at = v->join >= 0 ? rules_joined(row, v) : 0;
    bool missing = at == JOIN_UNKNOWN || field_is_empty(rules_field(row, variable));
    *fault = missing ? fault_of(row, v, faults) : FAULT_NONE;
    if (*fault != FAULT_NONE)
        return CAUSE_CELL;
    if (v->kind == VARIABLE_REF && at == JOIN_NONE)
        return CAUSE_NO_ROW;
    return missing ? CAUSE_MISSING : CAUSE_NONE;
}

/* The gravest cause wins, in the order of enum cause; with none and a value that cannot exist, the card does
 * not apply; with neither, a divisor may be zero. */
static void find_cause(const struct rule *c, const struct rules_row *row, const struct schema_check *faults,
                       struct rule_outcome *o)
{
    bool na = false;
    for (size_t i = 0; i < c->variables; i++) {
        enum cell_fault fault;
        enum cause cause = blame(row, c->variable[i], faults, &fault);
        na = na || field_is_na(rules_field(row, c->variable[i]));
        if (cause == CAUSE_NONE || (o->cause != CAUSE_NONE && o->cause <= cause))
            continue;
        o->cause = cause;
        o->cause_fault = fault;
        o->cause_variable = c->variable[i];
    }
    if (o->cause != CAUSE_NONE)
        return;
    o->applies = !na;
    o->cause = CAUSE_DIVISOR;
}

enum verdict rules_condition(struct expr *e, const struct rules_row *row, struct rule_outcome *o)
{
    const struct expr_row values = {(void *)(uintptr_t)row, rules_fetch};
    struct value v;
    if (!e)
        return VERDICT_PASS;
    if (expr_eval(e, &values, &v, &o->why) != ST_OK) {
        o->cause = CAUSE_ARITHMETIC;
        return VERDICT_UNDECIDED;
    }
    if (v.kind == VALUE_NA)
        return VERDICT_FAIL;
    if (v.kind != VALUE_BOOL)
        return VERDICT_UNDECIDED;
    return v.truth ? VERDICT_PASS : VERDICT_FAIL;
}

/* The check itself, over what the figures stand for. */
static void compare(const struct rule *c, const struct rules_row *row, struct rule_outcome *o)
{
    struct rules_row own = *row;
    own.mode = c->mode;
    const struct expr_interval_row values = {&own, fetch_interval, c->mode == TOLERANCE_TRUNCATE};
    if (expr_check(c->check, &values, c->tolerance, &o->verdict, &o->told, &o->why) != ST_OK) {
        o->verdict = VERDICT_UNDECIDED;
        o->cause = CAUSE_ARITHMETIC;
    } else if (o->told.difference.kind == VALUE_NUM && o->told.allowance.kind == VALUE_NUM &&
               span_is_near(o->told.difference.num, o->told.allowance.num)) {
        rules_note(o, "near", "接近允许差");
    }
}

void rules_decide(const struct rule *c, const struct rules_row *row, const struct schema_check *faults,
                  struct rule_outcome *o)
{
    *o = (struct rule_outcome){.verdict = VERDICT_UNDECIDED,
                               .applies = true,
                               .cause_variable = -1,
                               .told = {.variable = -1, .sign = ""}};
    if (has_bad_cell(c, row, faults, false, o))
        return;
    enum verdict when = rules_condition(c->when, row, o);
    if (when == VERDICT_FAIL) {
        o->applies = false;
        return;
    }
    if (when == VERDICT_PASS && c->kind->decide)
        c->kind->decide(c, row, o);
    else if (when == VERDICT_PASS)
        compare(c, row, o);
    if (o->verdict == VERDICT_UNDECIDED && o->cause == CAUSE_NONE && o->applies)
        find_cause(c, row, faults, o);
}

/* --- all cards on a piece of rows --- */

/* A row that another table lacks is told once, whatever the number of cards. */
static void count_orphan(struct rule *c, const struct rules_row *row, const struct rule_outcome *o)
{
    if (o->cause != CAUSE_NO_ROW)
        return;
    c->orphaned++;
    row->rules->join[row->rules->variable[o->cause_variable].join]->lacked[row->row - row->from] = true;
}

static void count_lacking(struct rules *r, size_t n)
{
    for (size_t i = 0; i < r->joins; i++)
        for (size_t row = 0; r->join[i]->resolved && row < n; row++)
            r->join[i]->lacking += r->join[i]->lacked[row];
}

static void check_row(struct rule *c, struct rules_row *row, const struct schema_check *faults,
                      rules_report_fn *report, void *ctx)
{
    struct rule_outcome o;
    rules_decide(c, row, faults, &o);
    if (!o.applies) {
        c->skipped++;
        return;
    }
    c->run++;
    c->passed += o.verdict == VERDICT_PASS;
    c->failed += o.verdict == VERDICT_FAIL;
    c->undecided += o.verdict == VERDICT_UNDECIDED;
    if (o.verdict == VERDICT_PASS)
        return;
    count_orphan(c, row, &o);
    report(ctx, c, row, &o);
}

static void resolve_joins(struct rules *r, const struct rule *c, const struct batch *b, size_t from,
                          size_t to, const struct schema_check *faults)
{
    for (size_t i = 0; i < c->variables + c->tolds; i++) {
        int at = i < c->variables ? c->variable[i] : c->told[i - c->variables];
        const struct rule_variable *v = &r->variable[at];
        if (v->join >= 0 && !r->join[v->join]->resolved)
            rules_resolve(r, r->join[v->join], b, from, to, faults);
    }
}

/* --- cards that decide at the end --- */

static void keep_row(struct rule *c, const struct rules_row *row, const struct schema_check *faults)
{
    struct rule_outcome o = {.applies = true, .cause_variable = -1};
    struct value check = {.kind = VALUE_EMPTY};
    const struct expr_row values = {(void *)(uintptr_t)row, rules_fetch};
    enum kept_state state = has_bad_cell(c, row, faults, true, &o) ? KEPT_BAD : KEPT_GOOD;
    enum verdict when = state == KEPT_GOOD ? rules_condition(c->when, row, &o) : VERDICT_PASS;
    if (when == VERDICT_FAIL) {
        c->skipped++;
        return;
    }
    if (when == VERDICT_UNDECIDED)
        state = KEPT_UNSURE;
    if (state == KEPT_GOOD && c->check && expr_eval(c->check, &values, &check, &o.why) != ST_OK)
        check.kind = VALUE_EMPTY;
    if (check.kind == VALUE_NUM && !rat_make(check.num.num, check.num.den, &check.num))
        check.kind = VALUE_EMPTY;
    kept_add(c->kept, row, state, &o, &check);
}

void rules_check_rows(struct rules *r, const struct batch *b, size_t from, size_t to,
                      const struct schema_check *faults, struct precision *p, rules_report_fn *report,
                      void *ctx)
{
    for (size_t i = 0; i < r->joins; i++)
        r->join[i]->resolved = false;
    for (size_t i = 0; i < r->count; i++) {
        struct rule *c = &r->rule[i];
        if (*c->skip) {
            c->skipped += to - from;
            continue;
        }
        resolve_joins(r, c, b, from, to, faults);
        if (c->kind->end && !c->kept)
            c->kept = kept_new(r, c);
        bool passed[SCHEMA_ROWS] = {false};
        if (c->fast && faults)
            rule_fast_rows(c->fast, faults, to - from, passed);
        for (size_t row = from; row < to; row++) {
            if (passed[row - from]) {
                c->run++;
                c->passed++;
                continue;
            }
            struct rules_row place = {
                .rules = r, .batch = b, .row = row, .from = from, .half = precision_of_row(p, b, row)};
            if (c->kind->end)
                keep_row(c, &place, faults);
            else
                check_row(c, &place, faults, report, ctx);
        }
    }
    count_lacking(r, to - from);
    r->rows += to - from;
}

void rules_end(struct rules *r, rules_group_fn *report, void *ctx)
{
    struct rule_group group = {0};
    for (size_t i = 0; i < r->count; i++) {
        struct rule *c = &r->rule[i];
        if (!c->kind->end || *c->skip)
            continue;
        if (!c->kept)
            c->kept = kept_new(r, c);
        struct kind_end e = {r, c, c->kept, report, ctx, &group};
        c->kind->end(&e);
        kept_free(c->kept);
        c->kept = NULL;
    }
    struct buf *text[] = {&group.key, &group.value, &group.actual, &group.expected, &group.related};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        buf_free(text[i]);
    cause_free(&group.cause);
}
