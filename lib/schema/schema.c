/* SPDX-License-Identifier: MIT
 * schema: reading a schema file. Every mistake in it is found here, before any data is read. */
#include "lib/schema/schema.h"

#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/spec/spec.h"

static const char *const schema_columns[] = {"!name",   "!type",    "unit",     "decimals", "required",
                                             "key",     "codes",    "min",      "max",      "pattern",
                                             "missing", "label_zh", "label_en", "note",     NULL};

static bool is_ordered(enum cell_type t)
{
    return t == CELL_NUM || t == CELL_INT || t == CELL_DATE || t == CELL_MONTH;
}

static enum status read_bound(const struct spec *sp, size_t row, const char *which, char sign,
                              const struct schema_column *c, struct bound *b, struct diag *d)
{
    const char *text = spec_get(sp, row, which);
    b->text = text;
    if (*text == '\0')
        return ST_OK;
    if (!is_ordered(c->type))
        return spec_error(sp, row, which, d, "a column of type %s has no range", cell_type_name(c->type));
    if (*text == '<' || *text == '>') {
        if (*text != sign)
            return spec_error(sp, row, which, d, "%s is exclusive when written %c, not %c", which, sign,
                              *text);
        b->exclusive = true;
        b->text = ++text;
    }
    if (c->type == CELL_DATE || c->type == CELL_MONTH) {
        if (!cell_has_shape(slice_of(text), c->type))
            return spec_error(sp, row, which, d, "%s: %s", cell_shape_en(c->type),
                              diag_quote(slice_of(text)).s);
        return ST_OK;
    }
    if (dec_parse(slice_of(text), &b->value) != DEC_OK)
        return spec_error(sp, row, which, d, "not a decimal: %s", diag_quote(slice_of(text)).s);
    return ST_OK;
}

static int compare_bounds(const struct schema_column *c)
{
    if (c->type == CELL_DATE || c->type == CELL_MONTH)
        return strcmp(c->low.text, c->high.text);
    return dec_compare(c->low.value, c->high.value);
}

/* The range as the hot loop wants it; one that does not fit leaves every cell to the slow judge. */
static void scale_range(struct schema_column *c)
{
    int64_t v;
    c->least = INT64_MIN;
    c->most = INT64_MAX;
    if (c->type != CELL_NUM && c->type != CELL_INT)
        return;
    bool fits = true;
    if (*c->low.text) {
        fits = dec_parse_scaled(slice_of(c->low.text), CELL_DECIMALS, &v) && v < INT64_MAX;
        c->least = fits ? v + c->low.exclusive : INT64_MAX;
    }
    if (*c->high.text) {
        fits = fits && dec_parse_scaled(slice_of(c->high.text), CELL_DECIMALS, &v) && v > INT64_MIN;
        c->most = fits ? v - c->high.exclusive : INT64_MIN;
    }
}

static enum status read_range(const struct spec *sp, size_t row, struct schema_column *c, struct diag *d)
{
    if (read_bound(sp, row, "min", '>', c, &c->low, d) != ST_OK ||
        read_bound(sp, row, "max", '<', c, &c->high, d) != ST_OK)
        return ST_MISUSE;
    if (*c->low.text && *c->high.text && compare_bounds(c) > 0)
        return spec_error(sp, row, "max", d, "max %s is below min %s", c->high.text, c->low.text);
    scale_range(c);
    return ST_OK;
}

/* Words for the kinds of missing a column may have: "empty", "na"; nothing else is missing in a table. */
static enum status read_missing(const struct spec *sp, size_t row, struct schema_column *c, struct diag *d)
{
    const char *p = spec_get(sp, row, "missing");
    while (*p) {
        size_t n = strcspn(p, ", ");
        struct slice word = {p, n};
        if (slice_is(word, "na"))
            c->na = true;
        else if (slice_is(word, "empty") && c->required)
            return spec_error(sp, row, "missing", d, "a required column may not be empty");
        else if (!slice_is(word, "empty"))
            return spec_error(sp, row, "missing", d, "unknown word %s; there are empty and na",
                              diag_quote(word).s);
        p += n;
        p += strspn(p, ", ");
    }
    return ST_OK;
}

static void add_code(struct code_set *codes, struct slice text)
{
    struct buf field = {0};
    buf_escaped(&field, text);
    code_set_add(codes, buf_view(&field));
    buf_free(&field);
}

static enum status read_list(const struct spec *sp, size_t row, struct schema_column *c, struct diag *d)
{
    for (const char *p = c->codes_text;; p++) {
        size_t n = strcspn(p, "|");
        if (n == 0)
            return spec_error(sp, row, "codes", d, "an empty code in the list '%s'", c->codes_text);
        add_code(&c->codes, (struct slice){p, n});
        p += n;
        if (*p == '\0')
            return ST_OK;
    }
}

static enum status read_codes(const struct spec *sp, size_t row, struct refs *refs, struct schema_column *c,
                              struct diag *d)
{
    c->codes_text = spec_get(sp, row, "codes");
    if (*c->codes_text == '\0')
        return ST_OK;
    if (c->type == CELL_NUM)
        return spec_error(sp, row, "codes", d, "a column of type num has no codes");
    const char *dot = strchr(c->codes_text, '.');
    bool listed = !dot || strchr(c->codes_text, '|');
    if (!listed && !refs)
        return ST_OK;
    c->has_codes = true;
    if (listed) {
        if (read_list(sp, row, c, d) != ST_OK)
            return ST_MISUSE;
    } else {
        struct slice name = {c->codes_text, (size_t)(dot - c->codes_text)};
        const struct ref *t = refs_find(refs, name);
        if (!t || ref_is_absent(t))
            return spec_error(sp, row, "codes", d, "the codes %s need -x %.*s=FILE", c->codes_text,
                              (int)name.n, name.p);
        int k = ref_find(t, slice_of(dot + 1));
        if (k < 0)
            return spec_error(sp, row, "codes", d, "%s has no column '%s'", ref_file(t), dot + 1);
        for (size_t i = 0; i < ref_rows(t); i++)
            if (!field_is_empty(ref_field(t, i, (size_t)k)) && !field_is_na(ref_field(t, i, (size_t)k)))
                code_set_add(&c->codes, ref_field(t, i, (size_t)k));
    }
    code_set_settle(&c->codes);
    return ST_OK;
}

static enum status read_pattern(const struct spec *sp, size_t row, struct schema_column *c, struct diag *d)
{
    const char *text = spec_get(sp, row, "pattern");
    if (*text == '\0')
        return ST_OK;
    char reason[128];
    c->pattern = pattern_compile(text, reason, sizeof reason);
    return c->pattern ? ST_OK : spec_error(sp, row, "pattern", d, "%s: '%s'", reason, text);
}

static enum status read_decimals(const struct spec *sp, size_t row, struct schema_column *c, struct diag *d)
{
    if (spec_int(sp, row, "decimals", 0, DEC_MAX_SCALE, -1, &c->decimals, d) != ST_OK)
        return ST_MISUSE;
    if (c->decimals >= 0 && c->type != CELL_NUM && !(c->type == CELL_INT && c->decimals == 0))
        return spec_error(sp, row, "decimals", d, "a column of type %s has no decimals",
                          cell_type_name(c->type));
    return ST_OK;
}

static enum status read_column(const struct spec *sp, size_t row, struct refs *refs, struct schema_column *c,
                               struct diag *d)
{
    c->name = spec_get(sp, row, "name");
    c->line = spec_line(sp, row);
    c->unit = spec_get(sp, row, "unit");
    c->label_zh = spec_get(sp, row, "label_zh");
    c->label_en = spec_get(sp, row, "label_en");
    c->note = spec_get(sp, row, "note");
    if (*c->name == '\0' || *c->name == '_')
        return spec_error(sp, row, "name", d,
                          "a name is wanted that does not begin with _ (those are origins)");
    if (!cell_type_named(spec_get(sp, row, "type"), &c->type))
        return spec_error(sp, row, "type", d,
                          "unknown type %s; there are text, id, num, int, date, month, flag, code",
                          diag_quote(slice_of(spec_get(sp, row, "type"))).s);
    if (spec_flag(sp, row, "required", &c->required, d) != ST_OK ||
        spec_flag(sp, row, "key", &c->key, d) != ST_OK || read_missing(sp, row, c, d) != ST_OK ||
        read_decimals(sp, row, c, d) != ST_OK || read_range(sp, row, c, d) != ST_OK ||
        read_pattern(sp, row, c, d) != ST_OK)
        return ST_MISUSE;
    return read_codes(sp, row, refs, c, d);
}

static enum status check_new(const struct schema *s, size_t row, struct diag *d)
{
    for (size_t i = 0; i < row; i++)
        if (strcmp(s->column[i].name, s->column[row].name) == 0)
            return spec_error(s->spec, row, "name", d, "'%s' is in line %llu already", s->column[row].name,
                              (unsigned long long)s->column[i].line);
    return ST_OK;
}

static void name_fields(struct schema *s)
{
    size_t *end = mem_array(NULL, s->width, sizeof *end);
    for (size_t i = 0; i < s->width; i++) {
        buf_escaped(&s->names, slice_of(s->column[i].name));
        end[i] = s->names.n;
    }
    for (size_t i = 0, from = 0; i < s->width; from = end[i++])
        s->column[i].field = (struct slice){s->names.p + from, end[i] - from};
    free(end);
}

struct schema *schema_load(const char *path, struct refs *refs, struct diag *d)
{
    struct spec *sp = spec_load(path, schema_columns, d);
    if (!sp)
        return NULL;
    struct schema *s = mem_zero(1, sizeof *s);
    s->spec = sp;
    s->file = spec_file(sp);
    size_t rows = spec_rows(sp);
    s->column = mem_zero(rows + 1, sizeof *s->column);
    s->key = mem_zero(rows + 1, sizeof *s->key);
    if (rows == 0) {
        diag_set(d, ST_MISUSE, s->file, 0, NULL, "a schema without columns");
        schema_free(s);
        return NULL;
    }
    for (size_t i = 0; i < rows; i++) {
        s->width++;
        if (read_column(sp, i, refs, &s->column[i], d) != ST_OK || check_new(s, i, d) != ST_OK) {
            schema_free(s);
            return NULL;
        }
        if (s->column[i].key)
            s->key[s->keys++] = (int)i;
    }
    name_fields(s);
    return s;
}

void schema_free(struct schema *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->width; i++) {
        code_set_free(&s->column[i].codes);
        pattern_free(s->column[i].pattern);
    }
    buf_free(&s->names);
    free(s->column);
    free(s->key);
    spec_free(s->spec);
    free(s);
}

int schema_find(const struct schema *s, struct slice field)
{
    for (size_t i = 0; i < s->width; i++)
        if (slice_equal(s->column[i].field, field))
            return (int)i;
    return -1;
}
