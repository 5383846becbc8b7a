/* SPDX-License-Identifier: MIT
 * kind_parameters: the parameters of a card, "abs=100000; pct=25", read and judged before any data. */
#include "lib/rules/kind_parameters.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/rules/list.h"
#include "lib/spec/spec.h"

enum status kind_wrong(const struct rule *c, const char *name, struct diag *d, const char *fmt, ...)
{
    char reason[512];
    va_list list;
    va_start(list, fmt);
    vsnprintf(reason, sizeof reason, fmt, list);
    va_end(list);
    return spec_error(c->spec, c->spec_row, "with", d, "%s: %s", name, reason);
}

struct slice kind_text(const struct rule *c, const char *name)
{
    for (size_t i = 0; i < c->parameters; i++)
        if (slice_is(c->parameter[i].name, name))
            return c->parameter[i].value;
    return (struct slice){"", 0};
}

enum status kind_number(const struct rule *c, const char *name, const char *otherwise, struct rat *out,
                        struct diag *d)
{
    struct slice text = kind_text(c, name);
    struct dec v;
    if (text.n == 0)
        text = slice_of(otherwise);
    if (dec_parse(text, &v) != DEC_OK || v.units < 0 || !rat_of_dec(v, out))
        return kind_wrong(c, name, d, "not a number of 0 or more: %s", diag_quote(text).s);
    return ST_OK;
}

enum status kind_whole(const struct rule *c, const char *name, size_t otherwise, size_t low, size_t *out,
                       struct diag *d)
{
    struct slice text = kind_text(c, name);
    int64_t v = (int64_t)otherwise;
    if (text.n && (!dec_parse_scaled(text, 0, &v) || v < (int64_t)low))
        return kind_wrong(c, name, d, "not a whole number of %zu or more: %s", low, diag_quote(text).s);
    *out = (size_t)v;
    return ST_OK;
}

enum status kind_word(const struct rule *c, const char *name, const char *words, int *out, struct diag *d)
{
    struct slice text = kind_text(c, name);
    *out = 0;
    if (text.n == 0)
        return ST_OK;
    for (const char *p = words;; p++, ++*out) {
        size_t n = strcspn(p, "|");
        if (slice_equal(text, (struct slice){p, n}))
            return ST_OK;
        p += n;
        if (*p == '\0')
            return kind_wrong(c, name, d, "one of %s is wanted, not %s", words, diag_quote(text).s);
    }
}

enum status kind_flag(const struct rule *c, const char *name, bool *out, struct diag *d)
{
    int at;
    enum status st = kind_word(c, name, "0|1", &at, d);
    *out = st == ST_OK && at == 1;
    return st;
}

enum status kind_expr(struct card_names *n, const char *name, enum expr_type want, struct expr **out,
                      struct diag *d)
{
    struct slice text = kind_text(n->card, name);
    *out = NULL;
    if (text.n == 0)
        return ST_OK;
    char *copy = mem_text(text);
    struct diag found = {0};
    *out = names_compile(n, "with", copy, want, &found);
    free(copy);
    return *out ? ST_OK : kind_wrong(n->card, name, d, "%s", found.reason);
}

static enum status variable_named(struct card_names *n, const char *name, struct slice text, bool figure,
                                  int *out, struct diag *d)
{
    enum expr_type type;
    n->why = (struct diag){0};
    *out = names_variable(n, text, &type);
    if (*out < 0)
        return kind_wrong(n->card, name, d, "%s", n->why.reason);
    if (figure && type != EXPR_NUM && type != EXPR_ANY)
        return kind_wrong(n->card, name, d, "a column of numbers is wanted, not %s", diag_quote(text).s);
    return ST_OK;
}

enum status kind_variable(struct card_names *n, const char *name, int *out, struct diag *d)
{
    struct slice text = kind_text(n->card, name);
    *out = -1;
    return text.n ? variable_named(n, name, text, false, out, d) : ST_OK;
}

enum status kind_table(struct card_names *n, const char *name, const struct ref **out, struct diag *d)
{
    n->why = (struct diag){0};
    *out = names_table(n, kind_text(n->card, name));
    return n->why.status == ST_OK ? ST_OK : kind_wrong(n->card, name, d, "%s", n->why.reason);
}

static enum status ref_column(const struct rule *c, const char *name, const struct ref *t, struct slice text,
                              int *out, struct diag *d)
{
    *out = t ? ref_find(t, text) : 0;
    return *out >= 0 ? ST_OK : kind_wrong(c, name, d, "%s has no column %s", ref_file(t), diag_quote(text).s);
}

enum status kind_ref_column(const struct rule *c, const char *name, const char *otherwise,
                            const struct ref *t, int *out, struct diag *d)
{
    struct slice text = kind_text(c, name);
    if (text.n)
        return ref_column(c, name, t, text, out, d);
    *out = t && *otherwise ? ref_find(t, slice_of(otherwise)) : -1;
    return ST_OK;
}

enum status kind_columns(struct card_names *n, const char *name, const char *prefix, bool figures, int **out,
                         size_t *count, struct diag *d)
{
    struct slice rest = kind_text(n->card, name), part;
    size_t cap = 0;
    enum status st = ST_OK;
    *out = NULL;
    *count = 0;
    struct buf full = {0};
    while (st == ST_OK && list_next(&rest, ",", &part)) {
        buf_clear(&full);
        if (prefix)
            buf_printf(&full, "%s.", prefix);
        buf_slice(&full, part);
        *out = mem_grow(*out, *count, &cap, sizeof **out);
        st = variable_named(n, name, buf_view(&full), figures, &(*out)[*count], d);
        ++*count;
    }
    buf_free(&full);
    if (st != ST_OK) {
        free(*out);
        *out = NULL;
        *count = 0;
    }
    return st;
}

enum status kind_by(struct card_names *n, const char *name, const struct ref *t, struct kind_by *out,
                    struct diag *d)
{
    struct slice rest = kind_text(n->card, name), part, left, right;
    size_t cap = 0, cap2 = 0;
    *out = (struct kind_by){0};
    while (list_next(&rest, ",", &part)) {
        list_split(part, '=', &left, &right);
        out->own = mem_grow(out->own, out->n, &cap, sizeof *out->own);
        out->theirs = mem_grow(out->theirs, out->n, &cap2, sizeof *out->theirs);
        out->theirs[out->n] = 0;
        if (variable_named(n, name, left, false, &out->own[out->n], d) != ST_OK ||
            (t && ref_column(n->card, name, t, right, &out->theirs[out->n], d) != ST_OK))
            return ST_MISUSE;
        out->n++;
    }
    return ST_OK;
}

void kind_by_free(struct kind_by *by)
{
    free(by->own);
    free(by->theirs);
}

/* A constant given.NAME, or the text itself; malloced, NULL with d filled. */
static char *where_value(struct card_names *n, const char *name, struct slice text, struct diag *d)
{
    struct buf field = {0};
    int variable;
    if (text.n > 6 && memcmp(text.p, "given.", 6) == 0) {
        if (variable_named(n, name, text, false, &variable, d) != ST_OK)
            return NULL;
        return mem_text(n->rules->variable[variable].text);
    }
    buf_escaped(&field, text);
    char *value = mem_text(buf_view(&field));
    buf_free(&field);
    return value;
}

enum status kind_where(struct card_names *n, const char *name, const struct ref *t, struct kind_where *out,
                       struct diag *d)
{
    const struct rule *c = n->card;
    struct slice rest = kind_text(c, name), part, left, right;
    size_t cap = 0, cap2 = 0;
    *out = (struct kind_where){0};
    while (list_next(&rest, ",", &part)) {
        if (!list_split(part, '=', &left, &right))
            return kind_wrong(c, name, d, "COLUMN=VALUE is wanted, not %s", diag_quote(part).s);
        out->column = mem_grow(out->column, out->n, &cap, sizeof *out->column);
        out->value = mem_grow(out->value, out->n, &cap2, sizeof *out->value);
        if (ref_column(c, name, t, left, &out->column[out->n], d) != ST_OK)
            return ST_MISUSE;
        out->value[out->n] = where_value(n, name, right, d);
        if (!out->value[out->n])
            return ST_MISUSE;
        out->n++;
    }
    return ST_OK;
}

bool kind_where_holds(const struct kind_where *w, const struct ref *t, size_t row)
{
    for (size_t i = 0; i < w->n; i++)
        if (!slice_is(ref_field(t, row, (size_t)w->column[i]), w->value[i]))
            return false;
    return true;
}

void kind_where_free(struct kind_where *w)
{
    for (size_t i = 0; i < w->n; i++)
        free(w->value[i]);
    free(w->column);
    free(w->value);
}

/* --- in force --- */

/* A month counts as any of its days: both ends are compared as far as the shorter text goes. */
static bool is_before(struct slice a, struct slice b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    return memcmp(a.p, b.p, n) < 0;
}

bool kind_is_valid(const struct ref *t, size_t row, int from, int to, struct slice on)
{
    struct slice first = from < 0 ? (struct slice){"", 0} : ref_field(t, row, (size_t)from);
    struct slice last = to < 0 ? (struct slice){"", 0} : ref_field(t, row, (size_t)to);
    return (field_is_empty(first) || !is_before(on, first)) && (field_is_empty(last) || !is_before(last, on));
}

enum status kind_check_validity(const struct rule *c, const struct ref *t, int from, int to, struct diag *d)
{
    for (size_t row = 0; t && row < ref_rows(t); row++)
        for (int i = 0; i < 2; i++) {
            int column = i ? to : from;
            struct slice f = column < 0 ? (struct slice){"", 0} : ref_field(t, row, (size_t)column);
            if (!field_is_empty(f) && !cell_is_date(f) && !cell_is_month(f))
                return kind_wrong(c, i ? "to" : "from", d, "%s:%llu: not a date or month: %s", ref_file(t),
                                  (unsigned long long)ref_line(t, row), diag_quote(f).s);
        }
    return ST_OK;
}
