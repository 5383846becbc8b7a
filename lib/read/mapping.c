/* SPDX-License-Identifier: MIT
 * mapping: see mapping.h. */
#include "lib/read/mapping.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/mapping_internal.h"
#include "lib/read/origin.h"

static const char default_nil[] = "—|——|-|－|/|无";
static const char default_empty[] = "空";

static struct mapping *mapping_new(size_t rows)
{
    struct mapping *m = mem_zero(1, sizeof *m);
    m->column = mem_zero(rows + 1, sizeof *m->column);
    m->constant = mem_zero(rows + 1, sizeof *m->constant);
    m->header_rows = 1;
    m->table = 1;
    wordlist_init(&m->missing.empty, default_empty);
    return m;
}

static void free_column(struct map_column *c)
{
    for (size_t k = 0; k < c->headings; k++) {
        free(c->heading[k].folded);
        wordpattern_free(c->heading[k].pattern);
    }
    free(c->heading);
    wordpattern_free(c->part);
    free(c->define);
    free(c->constant);
    free(c->target);
}

void mapping_free(struct mapping *m)
{
    if (!m)
        return;
    for (size_t i = 0; i < m->n; i++)
        free_column(&m->column[i]);
    free(m->column);
    if (m->form)
        free_column(m->form);
    free(m->form);
    if (m->units)
        free_column(m->units);
    free(m->units);
    for (size_t i = 0; i < m->constants; i++) {
        free(m->constant[i].name);
        wordpattern_free(m->constant[i].pattern);
    }
    free(m->constant);
    for (size_t i = 0; i < m->sheets; i++) {
        free(m->sheet[i].name);
        wordpattern_free(m->sheet[i].pattern);
    }
    free(m->sheet);
    cellwords_free(&m->skip);
    cellwords_free(&m->end);
    cellwords_free(&m->after);
    cellwords_free(&m->ignore);
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

int mapping_filled(const struct mapping *m, enum map_fill fill)
{
    for (size_t k = 0; k < m->n; k++)
        if (m->column[k].fill == fill)
            return (int)k;
    return -1;
}

/* --- shared by the parts of mapping --- */

enum status mapping_unit(const struct mapping_loader *l, const char *column, const char *name,
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

struct wordpattern *mapping_pattern(const struct mapping_loader *l, struct slice text)
{
    char reason[200];
    struct wordpattern *p = wordpattern_compile(text, reason, sizeof reason);
    if (!p)
        spec_error(l->spec, l->row, "source", l->d, "bad pattern %s: %s", diag_quote(text).s, reason);
    return p;
}

enum status mapping_part(const struct mapping_loader *l, const char *text, size_t *n, bool *is_pattern)
{
    *n = wordpattern_length(text);
    *is_pattern = *n > 0;
    if (*is_pattern)
        return ST_OK;
    *n = strcspn(text, "|");
    return *text != '/'
               ? ST_OK
               : spec_error(l->spec, l->row, "source", l->d,
                            "a slash begins a pattern, which ends with another before | or the end: %s",
                            diag_quote((struct slice){text, *n}).s);
}

/* What only the first part of a source may be. */
static const char *out_of_place(struct slice text)
{
    if (text.n > 0 && text.p[0] == '\'')
        return "a constant stands first, between two quotes";
    if (text.n > 0 && text.p[0] == '=')
        return "=NAME stands first";
    return slice_is(text, "@heading") || slice_is(text, "@value") ? "@heading and @value stand alone" : NULL;
}

static enum status add_heading(const struct mapping_loader *l, struct map_column *c, struct slice text,
                               bool is_pattern)
{
    struct map_heading *h = &c->heading[c->headings];
    struct buf folded = {0};
    if (is_pattern) {
        *h = (struct map_heading){.pattern = mapping_pattern(l, (struct slice){text.p + 1, text.n - 2})};
        if (!h->pattern)
            return ST_MISUSE;
        h->folded = mem_text(text);
        c->headings++;
        return ST_OK;
    }
    const char *why = out_of_place(text);
    if (why)
        return spec_error(l->spec, l->row, "source", l->d, "%s: %s", why, diag_quote(text).s);
    struct heading_unit u = heading_unit_read(l->world->units, &folded, text);
    /* What has a unit must say one that is known; a kind of money may be a column's name. */
    bool bad = u.unknown && c->unit && !u.named;
    if (u.whole.n > 0 && !bad) {
        *h = (struct map_heading){.folded = mem_text(u.unknown ? u.whole : u.name), .unit = u.unit};
        c->headings++;
    }
    buf_free(&folded);
    return bad ? spec_error(l->spec, l->row, "source", l->d, "%s states a unit that is not in the list",
                            diag_quote(text).s)
               : ST_OK;
}

enum status mapping_headings(const struct mapping_loader *l, struct map_column *c, const char *text)
{
    size_t parts = 1;
    for (const char *p = text; *p; p++)
        parts += *p == '|';
    c->heading = mem_zero(parts, sizeof *c->heading);
    while (*text) {
        size_t n;
        bool is_pattern;
        if (mapping_part(l, text, &n, &is_pattern) != ST_OK ||
            add_heading(l, c, (struct slice){text, n}, is_pattern) != ST_OK)
            return ST_MISUSE;
        text += n + (text[n] == '|');
    }
    return ST_OK;
}

/* --- columns --- */

/* Whether some directive says where a file has the value of =NAME. */
static bool stands_in_file(const struct mapping_loader *l, const char *name)
{
    for (size_t i = 0; i < spec_rows(l->spec); i++) {
        const char *target = spec_get(l->spec, i, "target"), *space = strchr(target, ' ');
        if (target[0] == '@' && space && strcmp(space + 1, name) == 0)
            return true;
    }
    return false;
}

static enum status read_define(const struct mapping_loader *l, struct map_column *c, struct slice name)
{
    c->define = mem_text(name);
    const char *value = l->world->define(l->world->ctx, c->define);
    c->constant = value ? mem_text(slice_of(value)) : NULL;
    if (value || stands_in_file(l, c->define))
        return ST_OK;
    return spec_error(l->spec, l->row, "source", l->d, "needs -D %s=VALUE", c->define);
}

/* Behind @heading may stand a pattern whose group is the part of the heading that is meant. */
static enum status read_part(const struct mapping_loader *l, struct map_column *c, const char *text)
{
    size_t n = wordpattern_length(text);
    if (c->fill != FILL_HEADING || n == 0 || text[n] != '\0')
        return spec_error(l->spec, l->row, "source", l->d,
                          "beside @value nothing may stand, and beside @heading one pattern between slashes");
    c->part = mapping_pattern(l, (struct slice){text + 1, n - 2});
    if (!c->part)
        return ST_MISUSE;
    return wordpattern_groups(c->part) == 1
               ? ST_OK
               : spec_error(l->spec, l->row, "source", l->d, "not a pattern with one group: %s",
                            diag_quote(slice_of(text)).s);
}

/* The first part of a source may say that the column is not filled from under a heading. *n gets its length,
 * 0 when it does not. */
static enum status read_first(const struct mapping_loader *l, struct map_column *c, const char *text,
                              size_t *n)
{
    struct slice part = {text, strcspn(text, "|")};
    *n = part.n;
    if (part.n > 1 && part.p[0] == '=')
        return read_define(l, c, (struct slice){part.p + 1, part.n - 1});
    if (part.n >= 2 && part.p[0] == '\'' && part.p[part.n - 1] == '\'')
        c->constant = mem_text((struct slice){part.p + 1, part.n - 2});
    else if (slice_is(part, "@heading"))
        c->fill = FILL_HEADING;
    else if (slice_is(part, "@value"))
        c->fill = FILL_VALUE;
    else
        *n = 0;
    if (c->fill == FILL_CELLS || text[part.n] == '\0')
        return ST_OK;
    *n = strlen(text);
    return read_part(l, c, text + part.n + 1);
}

/* Whether no heading could be one of the columns and not the other: units of one dimension, or none, set them
 * apart in nothing. */
static bool are_one(const struct map_column *a, const struct map_heading *x, const struct map_column *b,
                    const struct map_heading *y)
{
    const struct unit *u = x->unit ? x->unit : a->unit, *v = y->unit ? y->unit : b->unit;
    return strcmp(x->folded, y->folded) == 0 && (!u || !v || units_same_dimension(u, v));
}

/* The last column against those before it. */
static enum status check_headings(const struct mapping_loader *l)
{
    const struct map_column *c = &l->m->column[l->m->n - 1];
    for (const struct map_column *other = l->m->column; other < c; other++)
        for (size_t i = 0; i < c->headings; i++)
            for (size_t k = 0; k < other->headings; k++)
                if (are_one(c, &c->heading[i], other, &other->heading[k]))
                    return spec_error(l->spec, l->row, "source", l->d, "%s is a heading of '%s' already",
                                      diag_quote(slice_of(c->heading[i].folded)).s, other->target);
    return ST_OK;
}

static enum status read_source(const struct mapping_loader *l, struct map_column *c)
{
    const char *text = mapping_get(l, "source");
    size_t n;
    if (read_first(l, c, text, &n) != ST_OK)
        return ST_MISUSE;
    text += n + (n > 0 && text[n] == '|');
    if (mapping_headings(l, c, text) != ST_OK)
        return ST_MISUSE;
    if (c->fill != FILL_CELLS)
        return ST_OK;
    if (c->headings == 0 && !c->constant && !c->define)
        return spec_error(l->spec, l->row, "source", l->d, "no heading and no constant");
    if (c->headings == 0 && c->required)
        return spec_error(l->spec, l->row, "required", l->d, "a required column needs a heading");
    return ST_OK;
}

static enum status read_number_rules(const struct mapping_loader *l, struct map_column *c)
{
    struct wordlist words;
    enum status st = ST_OK;
    bool number = c->type == MAP_NUM || c->type == MAP_INT;
    wordlist_init(&words, mapping_get(l, "number"));
    c->comma = l->m->comma;
    for (size_t i = 0; st == ST_OK && i < words.n; i++) {
        bool comma = slice_is(words.word[i], "comma"), point = slice_is(words.word[i], "point");
        if (comma && wordlist_has(&words, slice_of("point")))
            st = spec_error(l->spec, l->row, "number", l->d, "comma and point exclude each other");
        else if (comma || point)
            c->comma = comma;
        else if (slice_is(words.word[i], "suffix"))
            c->suffix = true;
        else
            st = spec_error(l->spec, l->row, "number", l->d, "not one of comma, point, suffix: %s",
                            diag_quote(words.word[i]).s);
    }
    if (st == ST_OK && words.n > 0 && !number)
        st = spec_error(l->spec, l->row, "number", l->d, "only for a column of type num or int");
    if (st == ST_OK && c->suffix && !c->unit)
        st = spec_error(l->spec, l->row, "number", l->d, "suffix is for a column with a unit");
    wordlist_free(&words);
    return st;
}

static enum status read_type(const struct mapping_loader *l, struct map_column *c)
{
    static const char *const names[] = {"text", "num", "int", "code", "date"};
    const char *name = mapping_get(l, "type"), *list = mapping_get(l, "codes");
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
    if (c->decimals >= 0 && c->type != MAP_NUM)
        return spec_error(l->spec, l->row, "decimals", l->d, "only a column of type num has decimals");
    if (c->type != MAP_CODE)
        return ST_OK;
    c->codes = codes_list(l->world->codes, list);
    if (c->codes < 0)
        return spec_error(l->spec, l->row, "codes", l->d, "no list '%s' in the files given with -x", list);
    return ST_OK;
}

static enum status read_column(struct mapping_loader *l)
{
    struct mapping *m = l->m;
    const char *target = mapping_get(l, "target");
    if (!*target)
        return spec_error(l->spec, l->row, "target", l->d, "empty");
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->column[i].target, target) == 0)
            return spec_error(l->spec, l->row, "target", l->d, "'%s' stands twice", target);
    if (l->world->origin && origin_is_column(slice_of(target)))
        return spec_error(l->spec, l->row, "target", l->d, "--origin adds a column of that name: '%s'",
                          target);
    struct map_column *c = &m->column[m->n++];
    c->target = mem_text(slice_of(target));
    if (spec_flag(l->spec, l->row, "required", &c->required, l->d) != ST_OK ||
        spec_int(l->spec, l->row, "decimals", 0, 18, -1, &c->decimals, l->d) != ST_OK ||
        mapping_unit(l, "unit", mapping_get(l, "unit"), &c->unit) != ST_OK || read_type(l, c) != ST_OK ||
        read_number_rules(l, c) != ST_OK || read_source(l, c) != ST_OK || check_headings(l) != ST_OK)
        return ST_MISUSE;
    for (int k = 0; c->fill != FILL_CELLS && k < (int)m->n - 1; k++)
        if (m->column[k].fill == c->fill)
            return spec_error(l->spec, l->row, "source", l->d, "stands twice");
    return ST_OK;
}

/* --- the whole --- */

/* The rows of directives (or of columns), so that columns may rest on directives that stand below them. */
static enum status read_rows(struct mapping_loader *l, bool directives)
{
    for (l->row = 0; l->row < spec_rows(l->spec); l->row++) {
        if ((*mapping_get(l, "target") == '@') != directives)
            continue;
        if ((directives ? mapping_directive(l) : read_column(l)) != ST_OK)
            return ST_MISUSE;
    }
    return ST_OK;
}

/* A constant that no column takes is a slip of the pen. */
static enum status check_constants(const struct mapping_loader *l)
{
    const struct mapping *m = l->m;
    for (size_t i = 0; i < m->constants; i++) {
        bool used = false;
        for (size_t k = 0; k < m->n && !used; k++)
            used = m->column[k].define && strcmp(m->column[k].define, m->constant[i].name) == 0;
        if (!used)
            return diag_set(l->d, ST_MISUSE, spec_file(l->spec), 0, NULL, "no column has the source =%s",
                            m->constant[i].name);
    }
    return ST_OK;
}

static const struct map_heading *ignored(const struct mapping *m, const struct map_column *c)
{
    for (size_t i = 0; i < c->headings; i++)
        if (!c->heading[i].pattern && wordlist_has(&m->ignore.whole, slice_of(c->heading[i].folded)))
            return &c->heading[i];
    return NULL;
}

/* What is to be read cannot be ignored; in a form the sources of columns are no headings. */
static enum status check_ignored(struct mapping_loader *l)
{
    const struct mapping *m = l->m;
    const struct map_heading *h = m->form ? ignored(m, m->form) : NULL;
    for (size_t k = 0; !m->form && k < m->n && !h; k++)
        h = ignored(m, &m->column[k]);
    for (l->row = 0; h && l->row < spec_rows(l->spec); l->row++)
        if (strcmp(mapping_get(l, "target"), "@ignore") == 0)
            return spec_error(l->spec, l->row, "source", l->d, "%s is a heading of the mapping",
                              diag_quote(slice_of(h->folded)).s);
    return ST_OK;
}

/* @value and @heading make rows of the columns of a file; in a form @heading alone does. */
static enum status check_shape(const struct mapping_loader *l)
{
    const struct mapping *m = l->m;
    bool heading = mapping_filled(m, FILL_HEADING) >= 0, value = mapping_filled(m, FILL_VALUE) >= 0;
    const char *wrong = NULL;
    if (m->n == 0)
        wrong = "a mapping without columns";
    else if (m->form && !heading)
        wrong = "@form needs a column with the source @heading";
    else if (m->form && value)
        wrong = "@form and @value are two ways to read a form; one is enough";
    else if (m->form && m->table == 0)
        wrong = "@form and @table all do not go together";
    else if (!m->form && heading != value)
        wrong = "@heading and @value go together";
    return wrong ? diag_set(l->d, ST_MISUSE, spec_file(l->spec), 0, NULL, "%s", wrong) : ST_OK;
}

struct mapping *mapping_load(const char *path, const struct map_world *world, struct diag *d)
{
    static const char *const columns[] = {"!target", "!source", "unit",     "decimals", "codes",
                                          "type",    "number",  "required", "note",     NULL};
    struct spec *spec = spec_load(path, columns, d);
    if (!spec)
        return NULL;
    struct mapping_loader l = {spec, world, mapping_new(spec_rows(spec)), 0, d, NULL, 0};
    enum status st = read_rows(&l, true);
    if (st == ST_OK)
        st = read_rows(&l, false);
    if (st == ST_OK)
        st = check_shape(&l);
    if (st == ST_OK)
        st = check_constants(&l);
    if (st == ST_OK)
        st = check_ignored(&l);
    if (st == ST_OK)
        st = mapping_fill(&l);
    if (st == ST_OK && !l.m->missing.nil.word)
        wordlist_init(&l.m->missing.nil, default_nil);
    spec_free(spec);
    if (st == ST_OK)
        return l.m;
    mapping_free(l.m);
    return NULL;
}
