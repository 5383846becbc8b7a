/* SPDX-License-Identifier: MIT
 * window: what is declared about the rows that expressions look at. */
#include "lib/derive/window.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/derive/window_internal.h"

/* --- what is declared --- */

static bool take_suffix(struct slice *text, const char *suffix)
{
    size_t n = strlen(suffix);
    if (text->n <= n || memcmp(text->p + text->n - n, suffix, n) != 0)
        return false;
    text->n -= n;
    return true;
}

/* COL[:asc|:desc][:text], as rank takes it: numbers by falling, texts by rising order unless it says so. */
static enum status read_order_column(struct window *w, const struct table *t, struct slice name,
                                     struct diag *d)
{
    struct order_column *o = &w->order[w->orders];
    bool asc = false, desc = false, text = false;
    for (bool more = true; more;)
        more = (!text && take_suffix(&name, ":text") && (text = true)) ||
               (!asc && !desc && take_suffix(&name, ":asc") && (asc = true)) ||
               (!asc && !desc && take_suffix(&name, ":desc") && (desc = true));
    *o = (struct order_column){table_column(t, name, d),
                               {.text = text, .descending = desc || (!asc && !text)}};
    w->orders++;
    return o->column < 0 ? d->status : ST_OK;
}

static enum status read_order(struct window *w, const struct table *t, const char *list, struct diag *d)
{
    struct slice *name;
    char *text;
    enum status st = ST_OK;
    size_t n = row_names(list, &name, &text);
    w->order = mem_array(NULL, n, sizeof *w->order);
    for (size_t i = 0; i < n && st == ST_OK; i++)
        st = read_order_column(w, t, name[i], d);
    free(name);
    free(text);
    return st;
}

/* Says which option a problem is of. */
static enum status of_option(const char *option, struct diag *d)
{
    struct diag inner = *d;
    return diag_set(d, ST_MISUSE, NULL, 0, NULL, "%s: %s", option, inner.reason);
}

static enum status declare(struct window *w, const struct table *t, const struct window_options *o,
                           struct diag *d)
{
    if (o->sorted && !o->group_by)
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "--sorted needs -g, the columns the input is sorted by");
    if (o->group_by && !(w->group = row_columns(t, o->group_by, &w->groups, d)))
        return of_option("-g", d);
    if (o->period && (w->period = table_column(t, slice_of(o->period), d)) < 0)
        return of_option("--period", d);
    return o->order && read_order(w, t, o->order, d) != ST_OK ? of_option("-k", d) : ST_OK;
}

struct window *window_new(const struct table *t, const struct window_options *o, struct diag *d)
{
    struct window *w = mem_zero(1, sizeof *w);
    w->table = t;
    w->period = -1;
    w->sorted = o->sorted;
    w->column = expr_column_new();
    w->truth = expr_column_new();
    if (declare(w, t, o, d) == ST_OK)
        return w;
    window_free(w);
    return NULL;
}

void window_free(struct window *w)
{
    if (!w)
        return;
    unit_clear(w);
    free(w->unit.group);
    free(w->unit.month);
    free(w->unit.row);
    held_free(&w->held);
    for (size_t i = 0; i < w->calls; i++) {
        expr_free(w->call[i].e);
        expr_free(w->call[i].when);
        free(w->call[i].running);
    }
    free(w->call);
    expr_column_free(w->column);
    expr_column_free(w->truth);
    buf_free(&w->key);
    buf_free(&w->next);
    buf_free(&w->clean);
    free(w->group);
    free(w->order);
    free(w);
}

void window_name_column(const struct window *w, int column, struct diag *d)
{
    struct slice name = table_name(w->table, (size_t)column);
    snprintf(d->column, sizeof d->column, "%.*s", (int)name.n, name.p);
}

bool window_is_used(const struct window *w)
{
    return w->calls > 0;
}

bool window_uses(const struct window *w, enum call_kind kind)
{
    for (size_t i = 0; i < w->calls; i++)
        if (w->call[i].kind == kind)
            return true;
    return false;
}

const char *window_idle_option(const struct window *w)
{
    if (w->period >= 0 && !window_uses(w, CALL_EARLIER))
        return "--period";
    if (w->orders > 0 && !window_uses(w, CALL_RUNNING))
        return "-k";
    if (w->groups > 0 && w->calls == 0)
        return "-g";
    return NULL;
}
