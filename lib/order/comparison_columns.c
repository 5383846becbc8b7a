/* SPDX-License-Identifier: MIT
 * comparison_columns: see comparison_columns.h. */
#include "lib/order/comparison_columns.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/order/rows.h"

/* Names from a list, and the text they point into; both malloced. */
struct names {
    struct slice *name;
    char *text;
    size_t n;
};

static struct names names_of(const char *list)
{
    struct names l = {0};
    if (list)
        l.n = row_names(list, &l.name, &l.text);
    return l;
}

static void names_free(struct names *l)
{
    free(l->name);
    free(l->text);
}

static bool has(const struct names *l, struct slice name)
{
    for (size_t i = 0; i < l->n; i++)
        if (slice_equal(l->name[i], name))
            return true;
    return false;
}

static bool is_key(const struct comparison_columns *c, int old_number)
{
    for (size_t i = 0; i < c->keys; i++)
        if (c->old_key[i] == old_number)
            return true;
    return false;
}

static void add_column(struct comparison_columns *c, int old_number, int new_number)
{
    c->column[c->n++] = (struct comparison_column){.old_number = old_number, .new_number = new_number};
}

/* The columns that are listed, in that order. */
static enum status choose_listed(struct comparison_columns *c, const struct table *before,
                                 const struct table *now, const char *list, struct diag *d)
{
    size_t n;
    int *olds = row_columns(before, list, &n, d);
    int *news = olds ? row_columns(now, list, &n, d) : NULL;
    enum status st = news ? ST_OK : d->status;
    c->column = mem_array(NULL, news ? n : 0, sizeof *c->column);
    for (size_t i = 0; st == ST_OK && i < n; i++) {
        if (is_key(c, olds[i]))
            st = diag_set(d, ST_MISUSE, NULL, 0, NULL, "column %s is a key, and is the same by that",
                          diag_quote(table_name(before, (size_t)olds[i])).s);
        add_column(c, olds[i], news[i]);
    }
    free(olds);
    free(news);
    return st;
}

/* All columns but keys and those ignored, in the order of the old table. */
static void choose_all(struct comparison_columns *c, const struct table *before, const struct table *now,
                       const struct names *ignored)
{
    size_t width = table_width(before), new_width = table_width(now);
    c->column = mem_array(NULL, width, sizeof *c->column);
    c->only_old = mem_array(NULL, width, sizeof *c->only_old);
    c->only_new = mem_array(NULL, new_width, sizeof *c->only_new);
    for (int i = 0; i < (int)width; i++) {
        struct slice name = table_name(before, (size_t)i);
        int other = table_find(now, name);
        if (is_key(c, i) || has(ignored, name))
            continue;
        if (other < 0)
            c->only_old[c->only_olds++] = i;
        else
            add_column(c, i, other);
    }
    for (int i = 0; i < (int)new_width; i++) {
        struct slice name = table_name(now, (size_t)i);
        if (table_find(before, name) < 0 && !has(ignored, name))
            c->only_new[c->only_news++] = i;
    }
}

static enum status choose(struct comparison_columns *c, const struct table *before, const struct table *now,
                          const struct comparison_wish *wish, struct diag *d)
{
    if (wish->columns)
        return choose_listed(c, before, now, wish->columns, d);
    struct names ignored = names_of(wish->ignore);
    enum status st = ST_OK;
    for (size_t i = 0; i < ignored.n && st == ST_OK; i++)
        if (table_find(now, ignored.name[i]) < 0 && table_column(before, ignored.name[i], d) < 0)
            st = d->status;
    if (st == ST_OK)
        choose_all(c, before, now, &ignored);
    names_free(&ignored);
    return st;
}

/* --- numbers --- */

/* Splits AMOUNT[%|last]. */
static bool read_tolerance(struct slice text, struct comparison_column *to)
{
    static const struct {
        const char *suffix;
        enum tolerance_unit unit;
    } units[] = {{"%", TOLERANCE_PERCENT}, {"last", TOLERANCE_LAST}, {"", TOLERANCE_OWN}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t n = strlen(units[i].suffix);
        if (text.n <= n || memcmp(text.p + text.n - n, units[i].suffix, n) != 0)
            continue;
        to->unit = units[i].unit;
        return dec_parse((struct slice){text.p, text.n - n}, &to->tolerance) == DEC_OK &&
               to->tolerance.units >= 0;
    }
    return false;
}

/* Makes the column of that name, or all for *, a number with that tolerance. */
static enum status make_number(struct comparison_columns *c, const struct table *before, struct slice name,
                               const struct comparison_column *tolerance, struct diag *d)
{
    bool all = slice_is(name, "*"), found = all;
    for (size_t i = 0; i < c->n; i++) {
        struct comparison_column *column = &c->column[i];
        if (!all && !slice_equal(name, table_name(before, (size_t)column->old_number)))
            continue;
        found = true;
        column->number = true;
        column->tolerance = tolerance->tolerance;
        column->unit = tolerance->unit;
    }
    if (found)
        return ST_OK;
    if (table_column(before, name, d) < 0)
        return d->status;
    return diag_set(d, ST_MISUSE, NULL, 0, NULL, "column %s is not compared", diag_quote(name).s);
}

static enum status read_numbers(struct comparison_columns *c, const struct table *before, const char *list,
                                struct diag *d)
{
    struct names l = names_of(list);
    enum status st = ST_OK;
    for (size_t i = 0; i < l.n && st == ST_OK; i++)
        st = make_number(c, before, l.name[i], &(struct comparison_column){0}, d);
    names_free(&l);
    return st;
}

static enum status read_tolerances(struct comparison_columns *c, const struct table *before, const char *list,
                                   struct diag *d)
{
    struct names l = names_of(list);
    enum status st = ST_OK;
    for (size_t i = 0; i < l.n && st == ST_OK; i++) {
        struct comparison_column tolerance = {0};
        struct slice all = l.name[i];
        const char *equals = all.n ? memrchr(all.p, '=', all.n) : NULL;
        size_t n = equals ? (size_t)(equals - all.p) : all.n;
        if (!equals || !read_tolerance((struct slice){equals + 1, all.n - n - 1}, &tolerance))
            st = diag_set(d, ST_MISUSE, NULL, 0, NULL,
                          "a tolerance is COL=AMOUNT, COL=AMOUNT%% or COL=AMOUNTlast, not %s",
                          diag_quote(all).s);
        else
            st = make_number(c, before, (struct slice){all.p, n}, &tolerance, d);
    }
    names_free(&l);
    return st;
}

enum status comparison_choose(struct comparison_columns *c, const struct table *old_table,
                              const struct table *new_table, const struct comparison_wish *wish,
                              struct diag *d)
{
    *c = (struct comparison_columns){0};
    c->old_key = row_columns(old_table, wish->keys, &c->keys, d);
    c->new_key = c->old_key ? row_columns(new_table, wish->keys, &c->keys, d) : NULL;
    if (!c->new_key)
        return d->status;
    enum status st = choose(c, old_table, new_table, wish, d);
    if (st == ST_OK)
        st = read_numbers(c, old_table, wish->numbers, d);
    return st == ST_OK ? read_tolerances(c, old_table, wish->tolerances, d) : st;
}

void comparison_columns_free(struct comparison_columns *c)
{
    free(c->old_key);
    free(c->new_key);
    free(c->column);
    free(c->only_old);
    free(c->only_new);
    *c = (struct comparison_columns){0};
}
