/* SPDX-License-Identifier: MIT
 * kind_values: figures as kinds read, order and print them. */
#include "lib/rules/kind_values.h"

#include <stdlib.h>

enum figure kind_read(struct slice field, struct rat *out)
{
    struct dec v;
    if (field_is_empty(field))
        return FIGURE_MISSING;
    if (field_is_na(field))
        return FIGURE_NA;
    return dec_parse(field, &v) == DEC_OK && rat_of_dec(v, out) ? FIGURE_VALUE : FIGURE_BAD;
}

bool kind_figure(const struct rules_row *row, int variable, struct rat *out)
{
    return kind_read(rules_field(row, variable), out) == FIGURE_VALUE;
}

bool kind_evaluate(struct expr *e, const struct rules_row *row, struct rat *out, struct rule_outcome *o)
{
    const struct expr_row values = {(void *)(uintptr_t)row, rules_fetch};
    struct value v;
    if (expr_eval(e, &values, &v, &o->why) != ST_OK ||
        (v.kind == VALUE_NUM && !rat_make(v.num.num, v.num.den, out)))
        o->cause = CAUSE_ARITHMETIC;
    return o->cause == CAUSE_NONE && v.kind == VALUE_NUM;
}

struct value kind_value(struct rat v)
{
    return (struct value){.kind = VALUE_NUM, .num = v};
}

void kind_print(struct buf *b, struct rat v)
{
    struct value value = kind_value(v);
    struct dec rounded;
    if (value_print(b, &value) || !rat_round(v, 6, ROUND_HALF_UP, &rounded))
        return;
    buf_text(b, "≈");
    dec_print(b, rounded);
}

void kind_print_exact(struct buf *b, struct rat v)
{
    struct value value = kind_value(v);
    if (value_print(b, &value))
        return;
    dec_print(b, (struct dec){v.num, 0});
    buf_char(b, '/');
    dec_print(b, (struct dec){v.den, 0});
}

/* --- figures in order --- */

static int by_value(const void *a, const void *b)
{
    const struct rat *x = a, *y = b;
    return rat_compare(*x, *y);
}

void kind_sort(struct rat *v, size_t n)
{
    if (n > 1)
        qsort(v, n, sizeof *v, by_value);
}

/* The place is q (n - 1) / 4, counted from 0. */
bool kind_quartile(const struct rat *sorted, size_t n, unsigned q, struct rat *out)
{
    size_t quarters = q * (n - 1), at = quarters / 4;
    struct rat part = {(i128)(quarters % 4), 1}, step;
    if (part.num == 0) {
        *out = sorted[at];
        return true;
    }
    return rat_make(part.num, 4, &part) && rat_sub(sorted[at + 1], sorted[at], &step) &&
           rat_mul(step, part, &step) && rat_add(sorted[at], step, out);
}
