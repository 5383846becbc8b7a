/* SPDX-License-Identifier: MIT
 * kind_due: whether something came in time: by a date that another table gives, or by the n-th working day
 * after the end of a month; a due day that is free moves to the next working day, an extension moves it
 * further. */
#include "lib/rules/kind_parameters.h"
#include "lib/rules/kind_values.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/rules/calendar.h"

struct due {
    int due, period, extended, grantor; /* variables, or -1 */
    size_t workdays;
    struct calendar *calendar;
    bool moves; /* a due day that is free becomes the next working day */
};

static enum status read_calendar(struct card_names *n, struct due *u, struct diag *d)
{
    const struct ref *t = NULL;
    int date, work;
    struct diag found = {0};
    enum status st = ST_OK;
    if (kind_text(n->card, "holidays").n)
        st = kind_table(n, "holidays", &t, d);
    if (st != ST_OK)
        return st;
    date = t ? ref_find(t, slice_of("date")) : 0;
    work = t ? ref_find(t, slice_of("work")) : -1;
    if (date < 0)
        return kind_wrong(n->card, "holidays", d, "%s has no column 'date'", ref_file(t));
    u->moves = kind_text(n->card, "holidays").n > 0;
    u->calendar = calendar_new(t, date, work, &found);
    return u->calendar ? ST_OK
                       : kind_wrong(n->card, "holidays", d, "%s:%llu: %s", found.file,
                                    (unsigned long long)found.line, found.reason);
}

static enum status compile(struct card_names *n, struct diag *d)
{
    struct rule *c = n->card;
    struct due *u = c->state = mem_zero(1, sizeof *u);
    enum status st = kind_variable(n, "by", &u->due, d);
    if (st == ST_OK)
        st = kind_variable(n, "period", &u->period, d);
    if (st == ST_OK)
        st = kind_whole(c, "workdays", 0, 1, &u->workdays, d);
    if (st == ST_OK)
        st = kind_variable(n, "extended", &u->extended, d);
    if (st == ST_OK)
        st = kind_variable(n, "grantor", &u->grantor, d);
    if (st == ST_OK && (u->due >= 0) == (u->workdays > 0))
        st = kind_wrong(c, "by", d, "either by=DATE or workdays=N is wanted");
    if (st == ST_OK && u->workdays && u->period < 0)
        st = kind_wrong(c, "period", d, "the month is wanted after whose end the working days count");
    return st == ST_OK ? read_calendar(n, u, d) : st;
}

static void forget(void *state)
{
    struct due *u = state;
    calendar_free(u->calendar);
    free(u);
}

/* false with the reason when the field is missing or no date. */
static bool read_day(const struct rules_row *row, int variable, int64_t *day, struct rule_outcome *o)
{
    struct slice f = rules_field(row, variable);
    if (field_is_empty(f) && row->rules->variable[variable].kind == VARIABLE_COLUMN) {
        o->cause = CAUSE_MISSING; /* and not the extension, which need not be there */
        o->cause_variable = variable;
    }
    if (field_is_empty(f) || field_is_na(f))
        return false;
    if (calendar_day(f, day))
        return true;
    o->cause = CAUSE_ARITHMETIC;
    diag_set(&o->why, ST_INPUT, NULL, 0, NULL, "not a date: %s", diag_quote(f).s);
    return false;
}

static bool find_due(const struct due *u, const struct rules_row *row, int64_t *due, struct rule_outcome *o)
{
    if (u->due >= 0) {
        if (!read_day(row, u->due, due, o))
            return false;
        if (u->moves)
            *due = calendar_next_working(u->calendar, *due);
        return true;
    }
    struct slice month = rules_field(row, u->period);
    int64_t end;
    if (!calendar_month_end(month, &end)) {
        if (!field_is_empty(month)) {
            o->cause = CAUSE_ARITHMETIC;
            diag_set(&o->why, ST_INPUT, NULL, 0, NULL, "not a month: %s", diag_quote(month).s);
        }
        return false;
    }
    *due = calendar_add_working(u->calendar, end, u->workdays);
    return true;
}

static void note_extension(const struct due *u, const struct rules_row *row, int64_t until,
                           struct rule_outcome *o)
{
    struct buf day = {0}, by = {0};
    calendar_print(&day, until);
    if (u->grantor >= 0)
        buf_unescaped(&by, rules_field(row, u->grantor));
    if (by.n)
        rules_note(o, "extended to %s by %s", "已延期至 %s, 批准人 %s", buf_string(&day), buf_string(&by));
    else
        rules_note(o, "extended to %s", "已延期至 %s", buf_string(&day));
    buf_free(&day);
    buf_free(&by);
}

static void decide(const struct rule *c, const struct rules_row *row, struct rule_outcome *o)
{
    const struct due *u = c->state;
    int64_t received, due, until;
    if (!read_day(row, c->column, &received, o) || !find_due(u, row, &due, o))
        return;
    struct rule_outcome ignored = {0};
    if (u->extended >= 0 && read_day(row, u->extended, &until, &ignored) && until > due) {
        due = until;
        note_extension(u, row, until, o);
    }
    o->verdict = received > due ? VERDICT_FAIL : VERDICT_PASS;
    struct buf text = {0};
    calendar_print(&text, due);
    snprintf(o->due, sizeof o->due, "%s", buf_string(&text));
    buf_free(&text);
    if (o->verdict == VERDICT_FAIL) {
        o->told.right = (struct value){.kind = VALUE_TEXT, .text = slice_of(o->due)};
        o->told.left = (struct value){.kind = VALUE_TEXT, .text = rules_field(row, c->column)};
        o->told.difference = kind_value(rat_int(received - due));
        o->told.allowance = kind_value(rat_int(0));
    }
}

const struct kind KIND_DUE = {.name = "due",
                              .parameters = "by workdays period holidays extended grantor",
                              .check = CHECK_COLUMN,
                              .tables = true,
                              .compile = compile,
                              .decide = decide,
                              .free = forget};
