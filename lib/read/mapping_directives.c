/* SPDX-License-Identifier: MIT
 * mapping_directives: the rows of a mapping whose target begins with @; see mapping.h. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/mapping_internal.h"

static enum status wrong_source(const struct mapping_loader *l, const char *why)
{
    return spec_error(l->spec, l->row, "source", l->d, "%s: %s", why,
                      diag_quote(slice_of(mapping_get(l, "source"))).s);
}

/* A constant may be looked for in several ways; the other directives say one thing. */
static bool stands_twice(const struct mapping_loader *l, const char *target)
{
    for (size_t i = 0; i < l->row; i++)
        if (strcmp(spec_get(l->spec, i, "target"), target) == 0)
            return true;
    return false;
}

/* Another word of a list that is read by wordlist_init. */
static void add_word(struct buf *list, const char *word, size_t n)
{
    buf_add(list, word, n);
    buf_char(list, '|');
}

/* Text between quotes is the whole cell, text between slashes a pattern; of other words a cell begins with
 * one, or is one. */
static enum status read_words(const struct mapping_loader *l, struct cellwords *w, bool begins,
                              const char *text)
{
    struct buf begin = {0}, whole = {0};
    enum status st = ST_OK;
    w->pattern = mem_zero(strlen(text) + 1, sizeof *w->pattern);
    while (*text && st == ST_OK) {
        size_t n = 0;
        bool is_pattern = false, is_quoted = *text == '\'';
        st = mapping_part(l, text, &n, &is_pattern);
        if (st == ST_OK && is_quoted && (n < 3 || text[n - 1] != '\''))
            st = spec_error(l->spec, l->row, "source", l->d, "not a word between two quotes: %s",
                            diag_quote((struct slice){text, n}).s);
        else if (is_quoted)
            add_word(&whole, text + 1, n - 2);
        else if (!is_pattern)
            add_word(begins ? &begin : &whole, text, n);
        else if ((w->pattern[w->patterns] = mapping_pattern(l, (struct slice){text + 1, n - 2})))
            w->patterns++;
        else
            st = ST_MISUSE;
        text += n + (text[n] == '|');
    }
    wordlist_init(&w->begin, buf_string(&begin));
    wordlist_init(&w->whole, buf_string(&whole));
    buf_free(&begin);
    buf_free(&whole);
    return st == ST_OK && !cellwords_any(w) ? wrong_source(l, "no word") : st;
}

static enum status read_unit(struct mapping_loader *l, const char *text)
{
    return *text ? mapping_unit(l, "source", text, &l->m->unit) : wrong_source(l, "no unit");
}

static enum status read_skip(struct mapping_loader *l, const char *text)
{
    return read_words(l, &l->m->skip, true, text);
}

static enum status read_end(struct mapping_loader *l, const char *text)
{
    return read_words(l, &l->m->end, true, text);
}

static enum status read_after(struct mapping_loader *l, const char *text)
{
    return read_words(l, &l->m->after, true, text);
}

static enum status read_ignore(struct mapping_loader *l, const char *text)
{
    return read_words(l, &l->m->ignore, false, text);
}

static enum status read_nil(struct mapping_loader *l, const char *text)
{
    wordlist_init(&l->m->missing.nil, text);
    return ST_OK;
}

static enum status read_type(struct mapping_loader *l, const char *text)
{
    l->m->tsv = strcmp(text, "tsv") == 0;
    return l->m->tsv || strcmp(text, "csv") == 0 ? ST_OK : wrong_source(l, "not csv or tsv");
}

static enum status read_delimiter(struct mapping_loader *l, const char *text)
{
    l->m->delimiter = text[0];
    if (strlen(text) == 1 && (unsigned char)text[0] < 0x80 && !strchr("\"\r\n", text[0]))
        return ST_OK;
    return spec_error(l->spec, l->row, "source", l->d, "not one ASCII character");
}

static enum status read_header(struct mapping_loader *l, const char *text)
{
    if (!*text)
        return wrong_source(l, "not a number of records");
    return spec_int(l->spec, l->row, "source", 1, MAP_HEADER_ROWS, 1, &l->m->header_rows, l->d);
}

static enum status read_table(struct mapping_loader *l, const char *text)
{
    l->m->table = 0;
    if (strcmp(text, "all") == 0)
        return ST_OK;
    if (!*text)
        return wrong_source(l, "not the number of a table, or all");
    return spec_int(l->spec, l->row, "source", 1, 99, 1, &l->m->table, l->d);
}

static enum status read_decimal(struct mapping_loader *l, const char *text)
{
    if (strcmp(text, ",") != 0 && strcmp(text, ".") != 0)
        return wrong_source(l, "not , or .");
    l->m->comma = *text == ',';
    return ST_OK;
}

/* A column that the mapping needs to know and that is none of the output. */
static enum status read_known_column(struct mapping_loader *l, struct map_column **to, const char *text)
{
    *to = mem_zero(1, sizeof **to);
    (*to)->target = mem_text(slice_of(mapping_get(l, "target")));
    (*to)->required = true;
    (*to)->decimals = -1;
    if (mapping_headings(l, *to, text) != ST_OK)
        return ST_MISUSE;
    return (*to)->headings ? ST_OK : wrong_source(l, "no heading");
}

static enum status read_form(struct mapping_loader *l, const char *text)
{
    return read_known_column(l, &l->m->form, text);
}

static enum status read_unit_column(struct mapping_loader *l, const char *text)
{
    return read_known_column(l, &l->m->units, text);
}

static enum status read_fill(struct mapping_loader *l, const char *text)
{
    l->fill = text;
    l->fill_row = l->row;
    return *text ? ST_OK : wrong_source(l, "no column");
}

enum status mapping_fill(struct mapping_loader *l)
{
    l->row = l->fill_row;
    for (const char *p = l->fill; p && *p;) {
        size_t n = strcspn(p, "|"), k = 0;
        while (k < l->m->n && !slice_is((struct slice){p, n}, l->m->column[k].target))
            k++;
        if (k == l->m->n || l->m->column[k].headings == 0 || l->m->form)
            return spec_error(l->spec, l->row, "source", l->d,
                              l->m->form ? "no column of a form has cells below each other: %s"
                                         : "no column of the table that has cells in the file: %s",
                              diag_quote((struct slice){p, n}).s);
        l->m->column[k].filled_down = true;
        p += n + (p[n] == '|');
    }
    return ST_OK;
}

static enum status read_sheets(struct mapping_loader *l, const char *text)
{
    struct mapping *m = l->m;
    size_t cap = 1;
    for (const char *p = text; *p; p++)
        cap += *p == '|';
    m->sheet = mem_zero(cap, sizeof *m->sheet);
    while (*text) {
        size_t n;
        bool is_pattern;
        struct map_sheet *s = &m->sheet[m->sheets];
        if (mapping_part(l, text, &n, &is_pattern) != ST_OK)
            return ST_MISUSE;
        if (is_pattern && !(s->pattern = mapping_pattern(l, (struct slice){text + 1, n - 2})))
            return ST_MISUSE;
        s->name = mem_text((struct slice){text, n});
        m->sheets++;
        text += n + (text[n] == '|');
    }
    return m->sheets ? ST_OK : wrong_source(l, "no name of a sheet");
}

/* "@cell NAME", "@file NAME", "@sheet NAME". */
static enum status read_constant(struct mapping_loader *l, enum map_place place, const char *name,
                                 const char *text)
{
    struct mapping *m = l->m;
    struct map_constant *c = &m->constant[m->constants];
    size_t n = wordpattern_length(text);
    if (n > 0 && text[n] == '\0')
        c->pattern = mapping_pattern(l, (struct slice){text + 1, n - 2});
    else
        return wrong_source(l, "not a pattern between slashes");
    if (!c->pattern)
        return ST_MISUSE;
    *c = (struct map_constant){place, mem_text(slice_of(name)), c->pattern};
    m->constants++;
    return wordpattern_groups(c->pattern) == 1 ? ST_OK : wrong_source(l, "not a pattern with one group");
}

enum status mapping_directive(struct mapping_loader *l)
{
    static const struct {
        const char *name;
        enum status (*read)(struct mapping_loader *l, const char *text);
    } directives[] = {
        {"@unit", read_unit},       {"@skip", read_skip},
        {"@end", read_end},         {"@after", read_after},
        {"@ignore", read_ignore},   {"@nil", read_nil},
        {"@type", read_type},       {"@delimiter", read_delimiter},
        {"@header", read_header},   {"@table", read_table},
        {"@decimal", read_decimal}, {"@form", read_form},
        {"@sheet", read_sheets},    {"@unit column", read_unit_column},
        {"@fill", read_fill},
    };
    static const char *const places[] = {
        [PLACE_CELL] = "@cell ", [PLACE_FILE] = "@file ", [PLACE_SHEET] = "@sheet "};
    const char *target = mapping_get(l, "target"), *text = mapping_get(l, "source");
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++)
        if (strcmp(target, directives[i].name) == 0)
            return stands_twice(l, target)
                       ? spec_error(l->spec, l->row, "target", l->d, "directive stands twice")
                       : directives[i].read(l, text);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        size_t n = strlen(places[i]);
        if (strncmp(target, places[i], n) == 0 && target[n])
            return read_constant(l, (enum map_place)i, target + n, text);
    }
    return spec_error(l->spec, l->row, "target", l->d, "unknown directive %s",
                      diag_quote(slice_of(target)).s);
}
