/* SPDX-License-Identifier: MIT
 * mapping: see mapping.h. */
#include "lib/read/mapping.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/spec/spec.h"

static const char default_nil[] = "—|——|-|－|/|无";
static const char default_empty[] = "空";

struct loader {
    struct spec *spec;
    const struct map_world *world;
    struct mapping *m;
    size_t row;
    struct diag *d;
};

static struct mapping *mapping_new(size_t columns)
{
    struct mapping *m = mem_zero(1, sizeof *m);
    m->column = mem_zero(columns + 1, sizeof *m->column);
    wordlist_init(&m->missing.empty, default_empty);
    return m;
}

void mapping_free(struct mapping *m)
{
    if (!m)
        return;
    for (size_t i = 0; i < m->n; i++) {
        for (size_t k = 0; k < m->column[i].headings; k++)
            free(m->column[i].heading[k].folded);
        free(m->column[i].heading);
        free(m->column[i].constant);
        free(m->column[i].target);
    }
    free(m->column);
    wordlist_free(&m->skip);
    wordlist_free(&m->end);
    wordlist_free(&m->missing.nil);
    wordlist_free(&m->missing.empty);
    free(m);
}

struct mapping *mapping_of_names(const struct slice *name, size_t n)
{
    struct mapping *m = mapping_new(n);
    wordlist_init(&m->missing.nil, "");
    m->takes_all = true;
    for (size_t i = 0; i < n; i++)
        m->column[m->n++] = (struct map_column){.target = mem_text(name[i]), .decimals = -1};
    return m;
}

static const char *get(const struct loader *l, const char *column)
{
    return spec_get(l->spec, l->row, column);
}

static enum status named_unit(const struct loader *l, const char *column, const char *name,
                              const struct unit **unit)
{
    struct buf folded = {0};
    *unit = NULL;
    if (!*name)
        return ST_OK;
    fold_word(&folded, slice_of(name));
    *unit = units_find(l->world->units, buf_view(&folded));
    buf_free(&folded);
    if (*unit)
        return ST_OK;
    return spec_error(l->spec, l->row, column, l->d, "unknown unit '%s'%s", name,
                      l->world->units ? "" : "; no list of units was given (-u)");
}

/* --- directives --- */

static enum status read_words(struct loader *l, struct wordlist *w, const char *text)
{
    if (w->word)
        return spec_error(l->spec, l->row, "target", l->d, "directive stands twice");
    wordlist_init(w, text);
    return ST_OK;
}

static enum status read_directive(struct loader *l, const char *name, const char *text)
{
    struct mapping *m = l->m;
    if (strcmp(name, "@unit") == 0)
        return named_unit(l, "source", text, &m->unit);
    if (strcmp(name, "@skip") == 0)
        return read_words(l, &m->skip, text);
    if (strcmp(name, "@end") == 0)
        return read_words(l, &m->end, text);
    if (strcmp(name, "@nil") == 0)
        return read_words(l, &m->missing.nil, text);
    if (strcmp(name, "@type") == 0) {
        m->tsv = strcmp(text, "tsv") == 0;
        if (m->tsv || strcmp(text, "csv") == 0)
            return ST_OK;
        return spec_error(l->spec, l->row, "source", l->d, "not csv or tsv: %s",
                          diag_quote(slice_of(text)).s);
    }
    if (strcmp(name, "@delimiter") == 0) {
        m->delimiter = text[0];
        if (strlen(text) == 1 && (unsigned char)text[0] < 0x80 && !strchr("\"\r\n", text[0]))
            return ST_OK;
        return spec_error(l->spec, l->row, "source", l->d, "not one ASCII character");
    }
    return spec_error(l->spec, l->row, "target", l->d, "unknown directive %s", diag_quote(slice_of(name)).s);
}

/* --- columns --- */

static void add_heading(const struct loader *l, struct map_column *c, struct slice text)
{
    struct buf folded = {0};
    const struct unit *unit;
    fold_word(&folded, text);
    if (folded.n > 0) {
        struct slice name = units_split(l->world->units, buf_view(&folded), &unit);
        c->heading[c->headings++] = (struct map_heading){mem_text(name), unit};
    }
    buf_free(&folded);
}

/* The first part of a source may be a constant; true when it is one. */
static enum status read_constant(const struct loader *l, struct map_column *c, struct slice part,
                                 bool *is_one)
{
    *is_one = true;
    if (part.n > 1 && part.p[0] == '=') {
        char *name = mem_text((struct slice){part.p + 1, part.n - 1});
        const char *value = l->world->define(l->world->ctx, name);
        c->declared = true;
        c->constant = value ? mem_text(slice_of(value)) : NULL;
        enum status st =
            value ? ST_OK : spec_error(l->spec, l->row, "source", l->d, "needs -D %s=VALUE", name);
        free(name);
        return st;
    }
    if (part.n >= 2 && part.p[0] == '\'' && part.p[part.n - 1] == '\'') {
        c->constant = mem_text((struct slice){part.p + 1, part.n - 2});
        return ST_OK;
    }
    *is_one = false;
    return ST_OK;
}

static enum status read_source(const struct loader *l, struct map_column *c)
{
    const char *text = get(l, "source");
    size_t parts = 1;
    for (const char *p = text; *p; p++)
        parts += *p == '|';
    c->heading = mem_zero(parts, sizeof *c->heading);
    for (size_t i = 0; i < parts; i++) {
        struct slice part = {text, strcspn(text, "|")};
        bool constant = false;
        if (i == 0 && read_constant(l, c, part, &constant) != ST_OK)
            return ST_MISUSE;
        if (!constant)
            add_heading(l, c, part);
        text += part.n + 1;
    }
    if (c->headings == 0 && !c->constant)
        return spec_error(l->spec, l->row, "source", l->d, "no heading and no constant");
    if (c->headings == 0 && c->required)
        return spec_error(l->spec, l->row, "required", l->d, "a required column needs a heading");
    return ST_OK;
}

static enum status read_type(const struct loader *l, struct map_column *c)
{
    static const char *const names[] = {"text", "num", "int", "code", "date"};
    const char *name = get(l, "type"), *list = get(l, "codes");
    size_t i = 0, n = sizeof names / sizeof *names;
    while (i < n && strcmp(name, names[i]) != 0)
        i++;
    if (i == n && *name)
        return spec_error(l->spec, l->row, "type", l->d, "not one of text, num, int, code, date: %s",
                          diag_quote(slice_of(name)).s);
    c->type = *name ? (enum map_type)i : MAP_TEXT;
    if ((c->type == MAP_CODE) != (*list != '\0'))
        return spec_error(l->spec, l->row, "codes", l->d, "a list of codes and type code go together");
    if (c->unit && c->type != MAP_NUM && c->type != MAP_INT)
        return spec_error(l->spec, l->row, "unit", l->d, "only a column of type num or int has a unit");
    if (c->type != MAP_CODE)
        return ST_OK;
    c->codes = codes_list(l->world->codes, list);
    if (c->codes < 0)
        return spec_error(l->spec, l->row, "codes", l->d, "no list '%s' in the files given with -x", list);
    return ST_OK;
}

static enum status read_column(struct loader *l)
{
    struct mapping *m = l->m;
    const char *target = get(l, "target");
    if (!*target)
        return spec_error(l->spec, l->row, "target", l->d, "empty");
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->column[i].target, target) == 0)
            return spec_error(l->spec, l->row, "target", l->d, "'%s' stands twice", target);
    struct map_column *c = &m->column[m->n++];
    c->target = mem_text(slice_of(target));
    if (spec_flag(l->spec, l->row, "required", &c->required, l->d) != ST_OK ||
        spec_int(l->spec, l->row, "decimals", 0, 18, -1, &c->decimals, l->d) != ST_OK ||
        named_unit(l, "unit", get(l, "unit"), &c->unit) != ST_OK || read_type(l, c) != ST_OK)
        return ST_MISUSE;
    return read_source(l, c);
}

static enum status read_rows(struct loader *l)
{
    for (l->row = 0; l->row < spec_rows(l->spec); l->row++) {
        const char *target = get(l, "target");
        enum status st = *target == '@' ? read_directive(l, target, get(l, "source")) : read_column(l);
        if (st != ST_OK)
            return st;
    }
    if (!l->m->missing.nil.word)
        wordlist_init(&l->m->missing.nil, default_nil);
    if (l->m->n > 0)
        return ST_OK;
    return diag_set(l->d, ST_MISUSE, spec_file(l->spec), 0, NULL, "a mapping without columns");
}

struct mapping *mapping_load(const char *path, const struct map_world *world, struct diag *d)
{
    static const char *const columns[] = {"!target", "!source",  "unit", "decimals", "codes",
                                          "type",    "required", "note", NULL};
    struct spec *spec = spec_load(path, columns, d);
    if (!spec)
        return NULL;
    struct loader l = {spec, world, mapping_new(spec_rows(spec)), 0, d};
    enum status st = read_rows(&l);
    spec_free(spec);
    if (st == ST_OK)
        return l.m;
    mapping_free(l.m);
    return NULL;
}
