/* SPDX-License-Identifier: MIT
 * cause: why a decision is open, or which of several things a failure is. */
#include "lib/rules/rules_check.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

static void __attribute__((format(printf, 2, 0))) add(struct buf *b, const char *format, va_list list)
{
    char text[512];
    buf_text(b, b->n ? ", " : "");
    int n = vsnprintf(text, sizeof text, format, list);
    buf_add(b, text, n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
}

void cause_add(struct cause_text *c, const char *en, const char *zh, ...)
{
    va_list list;
    va_start(list, zh);
    add(&c->en, en, list);
    va_end(list);
    va_start(list, zh);
    add(&c->zh, zh, list);
    va_end(list);
}

void cause_clear(struct cause_text *c)
{
    buf_clear(&c->en);
    buf_clear(&c->zh);
}

void cause_free(struct cause_text *c)
{
    buf_free(&c->en);
    buf_free(&c->zh);
}

/* --- cells --- */

static const char CAUSED[] = "caused by ";

const char *rules_label_zh(const struct rules *r, int variable, struct buf *scratch)
{
    const struct rule_variable *v = &r->variable[variable];
    const char *label = v->column >= 0 ? r->schema->column[v->column].label_zh : "";
    buf_clear(scratch);
    buf_printf(scratch, *label ? "%s(%s)" : "%s%s", label, v->name);
    return buf_string(scratch);
}

void rules_caused_by(const struct rules *r, enum cell_fault fault, int variable, uint64_t line,
                     struct cause_text *c)
{
    struct buf label = {0};
    const char *name = r->variable[variable].name, *zh = rules_label_zh(r, variable, &label);
    buf_text(&c->en, c->en.n ? ", " : "");
    buf_text(&c->zh, c->zh.n ? ", " : "");
    buf_printf(&c->en, "%s%s %s", CAUSED, fault_name(fault), name);
    if (line) {
        buf_printf(&c->en, " in line %" PRIu64, line);
        buf_printf(&c->zh, "第 %" PRIu64 " 行", line);
    }
    buf_printf(&c->zh, "%s%s", zh, fault_zh(fault));
    buf_free(&label);
}

bool rules_is_caused(struct slice cause)
{
    return cause.n >= sizeof CAUSED - 1 && memcmp(cause.p, CAUSED, sizeof CAUSED - 1) == 0;
}
