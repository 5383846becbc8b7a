/* SPDX-License-Identifier: MIT
 * edition: see edition.h. */
#include "lib/print/edition.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"

static const char *const MONTHS[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

/* Whether the text has digits where the pattern has '0', and the pattern's bytes elsewhere. */
static bool has_form(const char *text, const char *pattern)
{
    for (; *pattern; text++, pattern++)
        if (*pattern == '0' ? *text < '0' || *text > '9' : *text != *pattern)
            return false;
    return !*text;
}

static void define(struct names *n, const char *name, const char *fmt, ...) PRINTF_LIKE(3, 4);

static void define(struct names *n, const char *name, const char *fmt, ...)
{
    char value[64];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(value, sizeof value, fmt, ap);
    va_end(ap);
    names_set(n, slice_of(name), slice_of(value));
}

static void define_parts(struct names *n)
{
    const char *period = names_get(n, "period");
    const char *date = names_get(n, "date");
    int month = has_form(period, "0000-00") ? atoi(period + 5) : 0;
    if (month >= 1 && month <= 12) {
        define(n, "year", "%d", atoi(period));
        define(n, "month", "%d", month);
        define(n, "month_en", "%s", MONTHS[month - 1]);
    }
    month = has_form(date, "0000-00-00") ? atoi(date + 5) : 0;
    if (month >= 1 && month <= 12) {
        int year = atoi(date), day = atoi(date + 8);
        define(n, "date_zh", "%d年%d月%d日", year, month, day);
        define(n, "date_en", "%d %s %d", day, MONTHS[month - 1], year);
    }
}

/* The labels call a table by the last part of its path. */
static struct slice last_part(const char *table)
{
    const char *slash = strrchr(table, '/');
    return slice_of(slash ? slash + 1 : table);
}

static enum status load_table(const struct edition *e, const struct item *item, const char *dir,
                              struct sheet **sheet, struct diag *d)
{
    const char *file = e->layout->file;
    struct buf path = {0};
    buf_printf(&path, "%s/%s.tsv", dir, item->table);
    struct sheet *s = *sheet = sheet_read(buf_string(&path), e->labels, last_part(item->table), d);
    buf_free(&path);
    if (!s)
        return ST_INPUT;
    enum status st = ST_OK;
    if (*item->where)
        st = sheet_keep(s, item->where, file, item->line, d);
    if (!st && *item->columns)
        st = sheet_choose(s, item->columns, file, item->line, d);
    if (!st && *item->cluster && sheet_find(s, slice_of(item->cluster)) < 0)
        st = diag_set(d, ST_MISUSE, file, item->line, "cluster", "no such column is shown: %s",
                      diag_quote(slice_of(item->cluster)).s);
    return st;
}

enum status edition_load(struct edition *e, const char *layout, const char *columns, const char *dir,
                         struct names *names, struct diag *d)
{
    *e = (struct edition){.names = names, .title = {{"", ""}}};
    define_parts(names);
    e->labels = labels_load(columns, d);
    if (!e->labels)
        return ST_MISUSE;
    e->layout = layout_load(layout, names, d);
    if (!e->layout)
        return ST_MISUSE;
    e->sheet = mem_zero(e->layout->n + 1, sizeof *e->sheet);
    enum status st = ST_OK;
    for (size_t i = 0; i < e->layout->n && !st; i++) {
        const struct item *item = &e->layout->item[i];
        if (item->kind == ITEM_TABLE)
            st = load_table(e, item, dir, &e->sheet[i], d);
        if (item->kind == ITEM_TITLE)
            e->title = item->title;
    }
    return st;
}

void edition_free(struct edition *e)
{
    for (size_t i = 0; e->layout && i < e->layout->n; i++)
        sheet_free(e->sheet[i]);
    free(e->sheet);
    layout_free(e->layout);
    labels_free(e->labels);
}
