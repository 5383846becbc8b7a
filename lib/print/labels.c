/* SPDX-License-Identifier: MIT
 * labels: see labels.h. A key is table TAB column; the number the map gives it is the place of its label. */
#include "lib/print/labels.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/spec/spec.h"
#include "lib/stream/keymap.h"

struct labels {
    struct spec *spec; /* owns every text */
    struct keymap *tables;
    struct keymap *keys;
    struct label *label;
};

static const char *const COLUMNS[] = {"!table",   "!column", "over_zh",  "over_en", "!label_zh", "label_en",
                                      "unit",     "unit_en", "decimals", "type",    "align",     "codes_zh",
                                      "codes_en", "note",    "note_en",  NULL};

static struct slice key_of(struct buf *b, struct slice table, struct slice column)
{
    buf_clear(b);
    buf_slice(b, table);
    buf_char(b, '\t');
    buf_slice(b, column);
    return buf_view(b);
}

/* The place of the row's word among those allowed. An empty field is the first. */
static enum status choice(const struct spec *s, size_t row, const char *column, const char *const *allowed,
                          int *got, struct diag *d)
{
    const char *word = spec_get(s, row, column);
    *got = 0;
    if (!*word)
        return ST_OK;
    for (int i = 0; allowed[i]; i++) {
        *got = i;
        if (strcmp(word, allowed[i]) == 0)
            return ST_OK;
    }
    return spec_error(s, row, column, d, "unknown word %s", diag_quote(slice_of(word)).s);
}

static enum status check_codes(const struct spec *s, size_t row, const char *column, struct diag *d)
{
    for (const char *p = spec_get(s, row, column); *p;) {
        size_t n = strcspn(p, ";");
        if (!memchr(p, '=', n))
            return spec_error(s, row, column, d, "not code=word: %s", diag_quote((struct slice){p, n}).s);
        p += n + (p[n] == ';');
    }
    return ST_OK;
}

static struct words both(const struct spec *s, size_t row, const char *zh, const char *en)
{
    return (struct words){{spec_get(s, row, zh), spec_get(s, row, en)}};
}

static enum status read_label(const struct spec *s, size_t row, struct label *l, struct diag *d)
{
    static const char *const types[] = {"", "text", "number", "amount", NULL};
    static const char *const aligns[] = {"", "left", "right", "centre", NULL};
    int type, align;
    enum status st = choice(s, row, "type", types, &type, d);
    if (!st)
        st = choice(s, row, "align", aligns, &align, d);
    if (!st)
        st = check_codes(s, row, "codes_zh", d);
    if (!st)
        st = check_codes(s, row, "codes_en", d);
    if (!st)
        st = spec_int(s, row, "decimals", 0, 18, -1, &l->decimals, d);
    if (st)
        return st;
    l->type = (enum label_type)type;
    l->align = (enum align)align;
    l->over = both(s, row, "over_zh", "over_en");
    l->text = both(s, row, "label_zh", "label_en");
    l->unit = both(s, row, "unit", "unit_en");
    l->codes = both(s, row, "codes_zh", "codes_en");
    l->note = both(s, row, "note", "note_en");
    return ST_OK;
}

static enum status read_all(struct labels *l, struct diag *d)
{
    const struct spec *s = l->spec;
    struct buf key = {0};
    enum status st = ST_OK;
    for (size_t row = 0; row < spec_rows(s) && !st; row++) {
        struct slice table = slice_of(spec_get(s, row, "table"));
        struct slice column = slice_of(spec_get(s, row, "column"));
        keymap_put(l->tables, table);
        if (table.n == 0 || column.n == 0)
            st = spec_error(s, row, table.n ? "column" : "table", d, "empty");
        else if (keymap_put(l->keys, key_of(&key, table, column)) != row)
            st = spec_error(s, row, "column", d, "named twice for table %s: %s", diag_quote(table).s,
                            diag_quote(column).s);
        else
            st = read_label(s, row, &l->label[row], d);
    }
    buf_free(&key);
    return st;
}

struct labels *labels_load(const char *path, struct diag *d)
{
    struct spec *spec = spec_load(path, COLUMNS, d);
    if (!spec)
        return NULL;
    struct labels *l = mem_alloc(sizeof *l);
    size_t n = spec_rows(spec);
    *l = (struct labels){spec, keymap_new(0), keymap_new(n), mem_zero(n + 1, sizeof *l->label)};
    if (read_all(l, d)) {
        labels_free(l);
        return NULL;
    }
    return l;
}

void labels_free(struct labels *l)
{
    if (!l)
        return;
    spec_free(l->spec);
    keymap_free(l->tables);
    keymap_free(l->keys);
    free(l->label);
    free(l);
}

const struct label *labels_find(const struct labels *l, struct slice table, struct slice column)
{
    if (!l)
        return NULL;
    struct buf key = {0};
    int64_t at = keymap_get(l->keys, key_of(&key, table, column));
    if (at < 0)
        at = keymap_get(l->keys, key_of(&key, slice_of("*"), column));
    buf_free(&key);
    return at < 0 ? NULL : &l->label[at];
}

bool labels_know(const struct labels *l, struct slice table)
{
    return l && keymap_get(l->tables, table) >= 0;
}

const char *words_in(const struct words *w, enum lang lang)
{
    return *w->in[lang] ? w->in[lang] : w->in[lang == LANG_ZH ? LANG_EN : LANG_ZH];
}

void label_name(struct buf *b, const struct label *l, enum lang lang)
{
    const char *over = words_in(&l->over, lang);
    const char *text = words_in(&l->text, lang);
    if (*over && strncmp(text, over, strlen(over)) != 0) {
        buf_text(b, over);
        buf_text(b, lang == LANG_EN ? ": " : "");
    }
    buf_text(b, text);
}

bool label_unit_is_stated(const char *list, const char *unit)
{
    size_t n = strlen(unit);
    for (const char *p = list; n && (p = strstr(p, unit)); p += n) {
        bool begins = p == list || p[-1] == ',' || p[-1] == ' ' || (p - list >= 3 && !memcmp(p - 3, "、", 3));
        bool ends = !p[n] || p[n] == ',' || !strncmp(p + n, "、", 3);
        if (begins && ends)
            return true;
    }
    return false;
}

struct slice words_of_code(const char *list, struct slice code)
{
    for (const char *p = list; *p;) {
        size_t n = strcspn(p, ";");
        const char *equals = memchr(p, '=', n);
        if (equals && slice_equal((struct slice){p, (size_t)(equals - p)}, code))
            return (struct slice){equals + 1, n - (size_t)(equals + 1 - p)};
        p += n + (p[n] == ';');
    }
    return (struct slice){NULL, 0};
}
