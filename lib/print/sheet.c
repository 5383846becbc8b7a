/* SPDX-License-Identifier: MIT
 * sheet: see sheet.h. */
#include "lib/print/sheet.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/expr/expr.h"
#include "lib/number/decimal.h"

bool sheet_is_figure(struct slice field)
{
    struct dec v;
    return dec_parse(field, &v) != DEC_NOT_A_NUMBER;
}

struct sheet_column *sheet_columns(const struct table *t, const struct labels *labels, struct slice name,
                                   struct buf *memory)
{
    size_t width = table_width(t);
    struct sheet_column *column = mem_zero(width, sizeof *column);
    size_t *end = mem_array(NULL, width, sizeof *end);
    for (size_t i = 0; i < width; i++) {
        buf_unescaped(memory, table_name(t, i));
        end[i] = memory->n;
    }
    for (size_t i = 0; i < width; i++) {
        struct sheet_column *c = &column[i];
        size_t from = i ? end[i - 1] : 0;
        c->name = (struct slice){memory->p + from, end[i] - from};
        c->source = i;
        c->label = labels_find(labels, name, c->name);
        if (!c->label)
            continue;
        c->grouped = c->label->type == LABEL_AMOUNT;
        c->align = c->label->align;
        if (c->align == ALIGN_ANY && c->label->type != LABEL_ANY)
            c->align = c->label->type == LABEL_TEXT ? ALIGN_LEFT : ALIGN_RIGHT;
    }
    free(end);
    return column;
}

static enum status read_rows(struct sheet *s, struct table *t, struct diag *d)
{
    size_t cells = 0, cap = 0, rows_cap = 0;
    struct batch b;
    enum status st;
    while ((st = table_next(t, &b, d)) == ST_OK && b.rows)
        for (size_t r = 0; r < b.rows; r++) {
            for (size_t i = 0; i < s->fields; i++) {
                s->start = mem_grow(s->start, cells, &cap, sizeof *s->start);
                s->start[cells++] = s->data.n;
                buf_slice(&s->data, batch_field(&b, r, i));
                buf_char(&s->data, '\t');
            }
            s->row = mem_grow(s->row, s->rows, &rows_cap, sizeof *s->row);
            s->row[s->rows] = s->rows;
            s->rows++;
        }
    s->start = mem_grow(s->start, cells, &cap, sizeof *s->start);
    s->start[cells] = s->data.n;
    return st;
}

/* Right when the column has figures and, besides what is missing, nothing else. */
static enum align align_by_cells(const struct sheet *s, size_t column)
{
    bool figures = false;
    for (size_t r = 0; r < s->rows; r++) {
        struct slice f = sheet_field(s, r, column);
        if (field_is_empty(f) || field_is_na(f))
            continue;
        if (!sheet_is_figure(f))
            return ALIGN_LEFT;
        figures = true;
    }
    return figures ? ALIGN_RIGHT : ALIGN_LEFT;
}

struct sheet *sheet_read(const char *path, const struct labels *labels, struct slice name, struct diag *d)
{
    struct table *t = table_open(path, d);
    if (!t)
        return NULL;
    struct sheet *s = mem_zero(1, sizeof *s);
    s->file = mem_text(slice_of(table_file(t)));
    s->width = s->fields = table_width(t);
    s->column = sheet_columns(t, labels, name, &s->names);
    enum status st = read_rows(s, t, d);
    table_close(t);
    if (st) {
        sheet_free(s);
        return NULL;
    }
    for (size_t i = 0; i < s->width; i++)
        if (s->column[i].align == ALIGN_ANY)
            s->column[i].align = align_by_cells(s, i);
    return s;
}

void sheet_free(struct sheet *s)
{
    if (!s)
        return;
    buf_free(&s->names);
    buf_free(&s->data);
    free(s->column);
    free(s->row);
    free(s->start);
    free(s->file);
    free(s);
}

static struct slice field_read(const struct sheet *s, size_t row, size_t field)
{
    size_t k = row * s->fields + field;
    return (struct slice){s->data.p + s->start[k], s->start[k + 1] - s->start[k] - 1};
}

struct slice sheet_field(const struct sheet *s, size_t row, size_t column)
{
    return field_read(s, s->row[row], s->column[column].source);
}

int sheet_find(const struct sheet *s, struct slice name)
{
    for (size_t i = 0; i < s->width; i++)
        if (slice_equal(s->column[i].name, name))
            return (int)i;
    return -1;
}

enum status sheet_choose(struct sheet *s, const char *list, const char *file, uint64_t line, struct diag *d)
{
    struct slice *name;
    size_t n = column_list(list, &name);
    struct sheet_column *chosen = mem_array(NULL, n, sizeof *chosen);
    enum status st = ST_OK;
    for (size_t i = 0; i < n && !st; i++) {
        int at = sheet_find(s, name[i]);
        if (at < 0)
            st = diag_set(d, ST_MISUSE, file, line, NULL, "no column %s in %s", diag_quote(name[i]).s,
                          s->file);
        else
            chosen[i] = s->column[at];
    }
    free(name);
    if (st) {
        free(chosen);
        return st;
    }
    free(s->column);
    s->column = chosen;
    s->width = n;
    return ST_OK;
}

struct row_reader {
    const struct sheet *sheet;
    size_t row;
};

static int find_variable(void *ctx, struct slice name, enum expr_type *type)
{
    const struct row_reader *r = ctx;
    *type = EXPR_ANY;
    int at = sheet_find(r->sheet, name);
    return at < 0 ? -1 : (int)r->sheet->column[at].source;
}

static void fetch_field(void *ctx, int variable, struct value *v)
{
    const struct row_reader *r = ctx;
    struct slice f = field_read(r->sheet, r->row, (size_t)variable);
    *v = (struct value){.kind = VALUE_RAW, .text = f};
}

enum status sheet_keep(struct sheet *s, const char *condition, const char *file, uint64_t line,
                       struct diag *d)
{
    struct row_reader reader = {s, 0};
    struct expr_place place = {.ctx = &reader, .variable = find_variable};
    struct expr *e = expr_compile(condition, &place, EXPR_BOOL, file, line, d);
    if (!e)
        return ST_MISUSE;
    struct expr_row row = {&reader, fetch_field};
    enum status st = ST_OK;
    size_t kept = 0;
    for (size_t i = 0; i < s->rows; i++) {
        struct value v;
        reader.row = s->row[i];
        st = expr_eval(e, &row, &v, d);
        if (st) {
            /* a field never holds a line end, so row and line go together; the header is line 1 */
            struct diag at = d ? *d : (struct diag){0};
            st = diag_set(d, st, s->file, reader.row + 2, at.column, "%s", at.reason);
            break;
        }
        if (v.kind == VALUE_BOOL && v.truth)
            s->row[kept++] = s->row[i];
    }
    if (!st)
        s->rows = kept;
    expr_free(e);
    return st;
}

/* A plain decimal with a comma before each group of three digits of its whole part. */
static void show_grouped(struct buf *b, struct slice figure)
{
    size_t first = figure.n && figure.p[0] == '-';
    size_t end = first;
    while (end < figure.n && figure.p[end] != '.')
        end++;
    buf_add(b, figure.p, first);
    for (size_t i = first; i < end; i++) {
        if (i > first && (end - i) % 3 == 0)
            buf_char(b, ',');
        buf_char(b, figure.p[i]);
    }
    buf_add(b, figure.p + end, figure.n - end);
}

/* What the field is shown as: the word for a code, itself, or another kind of missing (a code's word may be
 * \-). */
static struct slice shown_as(const struct sheet_column *c, struct slice field, enum lang lang, bool *is_word)
{
    struct slice word = {NULL, 0};
    if (c->label)
        word = words_of_code(words_in(&c->label->codes, lang), field);
    *is_word = word.p && !field_is_na(word);
    return word.p ? word : field;
}

void sheet_show(struct buf *b, const struct sheet_column *c, struct slice field, const struct manner *m)
{
    bool is_word;
    struct slice f = shown_as(c, field, m->lang, &is_word);
    if (is_word)
        buf_slice(b, f);
    else if (field_is_empty(f))
        buf_text(b, m->empty);
    else if (field_is_na(f))
        buf_text(b, m->na);
    else if (m->group && c->grouped && sheet_is_figure(f))
        show_grouped(b, f);
    else
        buf_unescaped(b, f);
}

void sheet_missing(const struct sheet *s, bool *empty, bool *na)
{
    *empty = *na = false;
    for (size_t r = 0; r < s->rows; r++)
        for (size_t i = 0; i < s->width; i++) {
            bool is_word;
            struct slice f = shown_as(&s->column[i], sheet_field(s, r, i), LANG_ZH, &is_word);
            *empty |= !is_word && field_is_empty(f);
            *na |= !is_word && field_is_na(f);
        }
}

bool sheet_is_one_of(struct slice field, const char *list)
{
    for (const char *p = list; *p;) {
        size_t n = strcspn(p, "|");
        if (n && slice_equal(field, (struct slice){p, n}))
            return true;
        p += n + (p[n] == '|');
    }
    return false;
}
