/* SPDX-License-Identifier: MIT
 * layout: see layout.h. */
#include "lib/print/layout.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/expr/expr.h"
#include "lib/spec/spec.h"
#include "lib/stream/keymap.h"

static const char *const COLUMNS[] = {
    "!item",   "!kind",    "!title_zh", "title_en", "table",       "columns",  "where",
    "cluster", "total",    "unit_zh",   "unit_en",  "definitions", "articles", "note_zh",
    "note_en", "empty_zh", "empty_en",  "wide",     "fold",        "when",     NULL};

struct reader {
    struct layout *layout;
    const struct names *names;
    struct keymap *ids;
    size_t row;
    struct diag *d;
};

static enum status choice(struct reader *r, const char *column, const char *const *allowed, int *got)
{
    const char *word = spec_get(r->layout->spec, r->row, column);
    for (int i = 0; allowed[i]; i++) {
        *got = i;
        if (strcmp(word, allowed[i]) == 0)
            return ST_OK;
    }
    return spec_error(r->layout->spec, r->row, column, r->d, "unknown word %s", diag_quote(slice_of(word)).s);
}

/* The field with its names replaced; owned by the layout. */
static enum status expanded(struct reader *r, const char *column, const char **text)
{
    struct layout *l = r->layout;
    struct buf b = {0};
    struct slice unknown;
    enum status st = ST_OK;
    if (names_expand(r->names, spec_get(l->spec, r->row, column), &b, &unknown)) {
        l->owned = mem_grow(l->owned, l->nowned, &l->owned_cap, sizeof *l->owned);
        *text = l->owned[l->nowned++] = mem_text(buf_view(&b));
    } else {
        st = spec_error(l->spec, r->row, column, r->d, "no value for the name %s in braces",
                        diag_quote(unknown).s);
    }
    buf_free(&b);
    return st;
}

static enum status words(struct reader *r, const char *zh, const char *en, struct words *w)
{
    enum status st = expanded(r, zh, &w->in[LANG_ZH]);
    return st ? st : expanded(r, en, &w->in[LANG_EN]);
}

static int find_name(void *ctx, struct slice name, enum expr_type *type)
{
    const struct reader *r = ctx;
    *type = EXPR_TEXT;
    return names_find(r->names, name);
}

static void fetch_name(void *ctx, int variable, struct value *v)
{
    const struct reader *r = ctx;
    *v = (struct value){.kind = VALUE_TEXT, .text = slice_of(names_field(r->names, variable))};
}

static enum status in_force(struct reader *r, bool *holds)
{
    const struct spec *s = r->layout->spec;
    const char *when = spec_get(s, r->row, "when");
    *holds = true;
    if (!*when)
        return ST_OK;
    struct expr_place place = {.ctx = r, .variable = find_name};
    struct expr *e = expr_compile(when, &place, EXPR_BOOL, spec_file(s), spec_line(s, r->row), r->d);
    if (!e)
        return ST_MISUSE;
    struct value v;
    struct expr_row row = {r, fetch_name};
    struct diag why = {0};
    enum status st = expr_eval(e, &row, &v, &why);
    *holds = !st && v.kind == VALUE_BOOL && v.truth;
    expr_free(e);
    return st ? spec_error(s, r->row, "when", r->d, "%s", why.reason) : ST_OK;
}

static enum status read_id(struct reader *r, struct item *item)
{
    const struct spec *s = r->layout->spec;
    item->id = spec_get(s, r->row, "item");
    struct slice id = slice_of(item->id);
    if (id.n == 0 ||
        strspn(item->id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") != id.n)
        return spec_error(s, r->row, "item", r->d, "not letters, digits, '.', '-', '_': %s",
                          diag_quote(id).s);
    uint32_t before = keymap_count(r->ids);
    if (keymap_put(r->ids, id) != before)
        return spec_error(s, r->row, "item", r->d, "named twice: %s", diag_quote(id).s);
    return ST_OK;
}

static enum status read_texts(struct reader *r, struct item *item)
{
    enum status st = words(r, "title_zh", "title_en", &item->title);
    if (!st)
        st = words(r, "note_zh", "note_en", &item->text);
    if (!st)
        st = words(r, "unit_zh", "unit_en", &item->unit);
    if (!st)
        st = words(r, "empty_zh", "empty_en", &item->empty);
    return st;
}

static enum status read_item(struct reader *r, struct item *item)
{
    static const char *const kinds[] = {"title", "heading", "text", "table", NULL};
    static const char *const folds[] = {"", "open", "closed", NULL};
    const struct spec *s = r->layout->spec;
    int kind, fold;
    enum status st = read_id(r, item);
    if (!st)
        st = choice(r, "kind", kinds, &kind);
    if (!st)
        st = choice(r, "fold", folds, &fold);
    if (!st)
        st = spec_flag(s, r->row, "wide", &item->wide, r->d);
    if (!st)
        st = read_texts(r, item);
    if (st)
        return st;
    item->kind = (enum item_kind)kind;
    item->fold = (enum item_fold)fold;
    item->line = spec_line(s, r->row);
    item->table = *spec_get(s, r->row, "table") ? spec_get(s, r->row, "table") : item->id;
    item->columns = spec_get(s, r->row, "columns");
    item->where = spec_get(s, r->row, "where");
    item->cluster = spec_get(s, r->row, "cluster");
    item->total = spec_get(s, r->row, "total");
    item->definitions = spec_get(s, r->row, "definitions");
    item->articles = spec_get(s, r->row, "articles");
    return ST_OK;
}

static enum status read_items(struct reader *r)
{
    struct layout *l = r->layout;
    bool titled = false;
    for (r->row = 0; r->row < spec_rows(l->spec); r->row++) {
        struct item *item = &l->item[l->n];
        bool holds;
        enum status st = in_force(r, &holds);
        if (!st && !holds)
            continue;
        if (!st)
            st = read_item(r, item);
        if (st)
            return st;
        if (item->kind == ITEM_TITLE && titled)
            return spec_error(l->spec, r->row, "kind", r->d, "a second title");
        titled |= item->kind == ITEM_TITLE;
        l->n++;
    }
    return ST_OK;
}

struct layout *layout_load(const char *path, const struct names *names, struct diag *d)
{
    struct spec *spec = spec_load(path, COLUMNS, d);
    if (!spec)
        return NULL;
    struct layout *l = mem_zero(1, sizeof *l);
    l->spec = spec;
    l->file = spec_file(spec);
    l->item = mem_zero(spec_rows(spec) + 1, sizeof *l->item);
    struct reader r = {l, names, keymap_new(0), 0, d};
    enum status st = read_items(&r);
    keymap_free(r.ids);
    if (st) {
        layout_free(l);
        return NULL;
    }
    return l;
}

void layout_free(struct layout *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->nowned; i++)
        free(l->owned[i]);
    free(l->owned);
    free(l->item);
    spec_free(l->spec);
    free(l);
}
