/* SPDX-License-Identifier: MIT
 * kind_figures: figures that look copied or made up: stale, all as they were the period before; digits, all
 * the same. */
#include "lib/rules/kind_parameters.h"
#include "lib/rules/kind_values.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"

/* --- stale --- */

struct stale {
    int *now, *before;
    size_t columns, befores, least; /* least 0: all */
};

static enum status compile_stale(struct card_names *n, struct diag *d)
{
    struct stale *s = n->card->state = mem_zero(1, sizeof *s);
    char *table = mem_text(kind_text(n->card, "before"));
    enum status st = kind_columns(n, "columns", NULL, true, &s->now, &s->columns, d);
    if (st == ST_OK)
        st = kind_columns(n, "columns", table, true, &s->before, &s->befores, d);
    free(table);
    if (st == ST_OK)
        st = kind_whole(n->card, "least", 0, 1, &s->least, d);
    if (st == ST_OK && s->least > s->columns)
        st = kind_wrong(n->card, "least", d, "there are only %zu columns", s->columns);
    return st;
}

static void forget_stale(void *state)
{
    struct stale *s = state;
    free(s->now);
    free(s->before);
    free(s);
}

/* Two zeros say nothing; a figure that is missing leaves the card undecided. */
static void decide_stale(const struct rule *c, const struct rules_row *row, struct rule_outcome *o)
{
    const struct stale *s = c->state;
    size_t same = 0, other = 0;
    for (size_t i = 0; i < s->columns; i++) {
        struct rat now, before;
        if (!kind_figure(row, s->now[i], &now) || !kind_figure(row, s->before[i], &before))
            return;
        if (now.num == 0 && before.num == 0)
            continue;
        same += rat_compare(now, before) == 0;
        other += rat_compare(now, before) != 0;
    }
    bool stale = s->least ? same >= s->least : same > 0 && other == 0;
    o->verdict = stale ? VERDICT_FAIL : VERDICT_PASS;
    if (stale)
        rules_note(o, "%zu of %zu figures are the same", "%zu 项相同, 共 %zu 项", same, same + other);
}

const struct kind KIND_STALE = {.name = "stale",
                                .parameters = "columns! before! least",
                                .check = CHECK_NONE,
                                .compile = compile_stale,
                                .decide = decide_stale,
                                .free = forget_stale};

/* --- digits --- */

struct digits {
    size_t same;
    char *also; /* "999,888" */
};

static enum status compile_digits(struct card_names *n, struct diag *d)
{
    struct digits *g = n->card->state = mem_zero(1, sizeof *g);
    g->also = mem_text(kind_text(n->card, "also"));
    if (g->also[strspn(g->also, "0123456789,")])
        return kind_wrong(n->card, "also", d, "digits are wanted, as in 12345,123456");
    return kind_whole(n->card, "same", 3, 2, &g->same, d);
}

static void forget_digits(void *state)
{
    struct digits *g = state;
    free(g->also);
    free(g);
}

/* The digits of a figure without its sign, its point and the zeros behind that: 999.00 is 999, 99.90 is 999.
 */
static size_t digits_of(struct slice f, char *out, size_t room)
{
    size_t n = 0, whole = 0;
    bool point = false;
    for (size_t i = 0; i < f.n && n < room; i++) {
        point = point || f.p[i] == '.';
        if (f.p[i] >= '0' && f.p[i] <= '9')
            out[n++] = f.p[i];
        if (!point)
            whole = n;
    }
    while (n > whole && out[n - 1] == '0')
        n--;
    return n;
}

static bool is_listed(const char *list, const char *digits, size_t n)
{
    for (const char *p = list; *p;) {
        size_t length = strcspn(p, ",");
        if (length == n && memcmp(p, digits, n) == 0)
            return true;
        p += length + (p[length] == ',');
    }
    return false;
}

static void decide_digits(const struct rule *c, const struct rules_row *row, struct rule_outcome *o)
{
    const struct digits *g = c->state;
    char digit[DEC_MAX_DIGITS + 4];
    struct rat v;
    if (!kind_figure(row, c->column, &v))
        return;
    size_t n = digits_of(rules_field(row, c->column), digit, sizeof digit), same = 0;
    while (same < n && digit[same] == digit[0])
        same++;
    bool odd = v.num != 0 && ((same == n && n >= g->same) || is_listed(g->also, digit, n));
    o->verdict = odd ? VERDICT_FAIL : VERDICT_PASS;
    if (odd)
        o->told.left = kind_value(v);
}

const struct kind KIND_DIGITS = {.name = "digits",
                                 .parameters = "same also",
                                 .check = CHECK_COLUMN,
                                 .compile = compile_digits,
                                 .decide = decide_digits,
                                 .free = forget_digits};
