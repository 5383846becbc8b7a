/* SPDX-License-Identifier: MIT
 * schema_check: a table's header and cells against its schema. The hot loops go down a column with a test
 * that says yes to what is surely good; all else, the missing cells too, goes to schema_cell, the full judge.
 */
#include "lib/check/schema_check.h"

#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/read/origin.h"

void schema_check_init(struct schema_check *c, const struct schema *s)
{
    *c = (struct schema_check){.schema = s, .count = mem_zero(s->width, sizeof *c->count)};
}

void schema_check_free(struct schema_check *c)
{
    free(c->count);
    free(c->found);
    *c = (struct schema_check){0};
}

/* --- header --- */

static bool is_origin_at(const struct table *t, size_t first)
{
    static const char *const name[] = {ORIGIN_COLUMNS};
    size_t n = sizeof name / sizeof *name;
    if (table_width(t) != first + n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!slice_is(table_name(t, first + i), name[i]))
            return false;
    return true;
}

static void list_name(struct buf *text, const char *what, size_t nth, struct slice name)
{
    buf_text(text, nth ? ", " : text->n ? "; " : "");
    if (nth == 0)
        buf_printf(text, "%s ", what);
    buf_text(text, diag_quote(name).s);
}

static void list_differences(const struct schema *s, const struct table *t, size_t width, struct buf *text)
{
    size_t n = 0;
    for (size_t i = 0; i < s->width; i++)
        if (table_find(t, s->column[i].field) < 0)
            list_name(text, "missing", n++, s->column[i].field);
    n = 0;
    for (size_t i = 0; i < width; i++)
        if (schema_find(s, table_name(t, i)) < 0)
            list_name(text, "unexpected", n++, table_name(t, i));
    /* Out of order: of the columns both have, those that do not stand after all of their predecessors. */
    n = 0;
    int last = -1;
    for (size_t i = 0; i < s->width; i++) {
        int at = table_find(t, s->column[i].field);
        if (at < 0)
            continue;
        if (at < last)
            list_name(text, "out of order", n++, s->column[i].field);
        else
            last = at;
    }
}

enum status schema_check_header(const struct schema *s, const struct table *t, int *origin, struct diag *d)
{
    bool same = table_width(t) >= s->width;
    for (size_t i = 0; same && i < s->width; i++)
        same = slice_equal(table_name(t, i), s->column[i].field);
    *origin = is_origin_at(t, s->width) ? (int)s->width : -1;
    if (same && (table_width(t) == s->width || *origin >= 0))
        return ST_OK;
    size_t width = table_width(t);
    if (width >= 4 && is_origin_at(t, width - 4))
        width -= 4;
    struct buf text = {0};
    list_differences(s, t, width, &text);
    enum status st = diag_set(d, ST_INPUT, table_file(t), 1, NULL, "the header is not that of %s: %s",
                              s->file, buf_string(&text));
    buf_free(&text);
    return st;
}

/* --- cells --- */

static void judge(struct schema_check *c, size_t row, size_t column, struct slice f)
{
    struct column_count *count = &c->count[column];
    enum cell_fault fault = schema_cell(&c->schema->column[column], f);
    count->missing += (field_is_empty(f) || field_is_na(f)) && fault != FAULT_TYPE;
    if (fault == FAULT_NONE)
        return;
    count->fault[fault]++;
    c->found = mem_grow(c->found, c->failures, &c->cap, sizeof *c->found);
    c->found[c->failures++] = (struct cell_failure){(uint32_t)row, (uint32_t)column, fault};
}

typedef bool sure_fn(const struct schema_column *c, struct slice f);

static bool sure_num(const struct schema_column *c, struct slice f)
{
    int64_t v;
    return dec_parse_scaled(f, CELL_DECIMALS, &v) && v >= c->least && v <= c->most;
}

static bool sure_int(const struct schema_column *c, struct slice f)
{
    const int64_t most = INT64_MAX / 1000000;
    int64_t v;
    return dec_parse_scaled(f, 0, &v) && v >= -most && v <= most && v * 1000000 >= c->least &&
           v * 1000000 <= c->most;
}

static bool sure_date(const struct schema_column *c, struct slice f)
{
    (void)c;
    return cell_is_date(f);
}

static bool sure_month(const struct schema_column *c, struct slice f)
{
    (void)c;
    return cell_is_month(f);
}

static bool sure_flag(const struct schema_column *c, struct slice f)
{
    (void)c;
    return cell_is_flag(f);
}

static bool sure_id(const struct schema_column *c, struct slice f)
{
    (void)c;
    return cell_is_id(f);
}

static bool sure_pattern(const struct schema_column *c, struct slice f)
{
    return pattern_match(c->pattern, f);
}

static bool sure_code(const struct schema_column *c, struct slice f)
{
    return code_set_hold(&c->codes, f);
}

static bool sure_text(const struct schema_column *c, struct slice f)
{
    (void)c;
    return f.n > 2; /* "", \N and \- are for the judge */
}

static bool never_sure(const struct schema_column *c, struct slice f)
{
    (void)c;
    (void)f;
    return false;
}

/* Inlined, so that each type has a loop of its own. */
static inline __attribute__((always_inline)) void scan(struct schema_check *c, const struct batch *b,
                                                       size_t from, size_t to, size_t column, sure_fn *sure)
{
    const struct schema_column *sc = &c->schema->column[column];
    for (size_t row = from; row < to; row++) {
        struct slice f = batch_field(b, row, column);
        if (__builtin_expect(!sure(sc, f), 0))
            judge(c, row, column, f);
    }
}

static void scan_column(struct schema_check *c, const struct batch *b, size_t from, size_t to, size_t k)
{
    const struct schema_column *sc = &c->schema->column[k];
    bool plain = !sc->pattern && !sc->has_codes;
    bool bounded = *sc->low.text || *sc->high.text;
    bool word = sc->type == CELL_ID || sc->type == CELL_CODE;
    if (plain && sc->type == CELL_NUM)
        scan(c, b, from, to, k, sure_num);
    else if (plain && sc->type == CELL_INT)
        scan(c, b, from, to, k, sure_int);
    else if (plain && sc->type == CELL_DATE && !bounded)
        scan(c, b, from, to, k, sure_date);
    else if (plain && sc->type == CELL_MONTH && !bounded)
        scan(c, b, from, to, k, sure_month);
    else if (plain && sc->type == CELL_FLAG)
        scan(c, b, from, to, k, sure_flag);
    else if (plain && sc->type == CELL_TEXT)
        scan(c, b, from, to, k, sure_text);
    else if (plain && word)
        scan(c, b, from, to, k, sure_id);
    else if (word && sc->has_codes && !sc->pattern)
        scan(c, b, from, to, k, sure_code);
    else if (word && sc->pattern && pattern_is_word(sc->pattern) && !sc->has_codes)
        scan(c, b, from, to, k, sure_pattern);
    else
        scan(c, b, from, to, k, never_sure);
}

static int by_place(const void *a, const void *b)
{
    const struct cell_failure *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

void schema_check_rows(struct schema_check *c, const struct batch *b, size_t from, size_t to)
{
    c->failures = 0;
    c->rows += to - from;
    for (size_t k = 0; k < c->schema->width; k++)
        scan_column(c, b, from, to, k);
    if (c->failures > 1)
        qsort(c->found, c->failures, sizeof *c->found, by_place);
}

enum cell_fault schema_check_fault(const struct schema_check *c, size_t row, size_t column)
{
    if (c->failures == 0)
        return FAULT_NONE;
    struct cell_failure want = {(uint32_t)row, (uint32_t)column, FAULT_NONE};
    const struct cell_failure *hit = bsearch(&want, c->found, c->failures, sizeof want, by_place);
    return hit ? hit->fault : FAULT_NONE;
}

/* --- counts --- */

static bool has_check(const struct schema_column *sc, enum cell_fault fault)
{
    switch (fault) {
    case FAULT_REQUIRED:
        return sc->required;
    case FAULT_TYPE:
        return true;
    case FAULT_CODES:
        return sc->has_codes;
    case FAULT_RANGE:
        return *sc->low.text || *sc->high.text;
    case FAULT_PATTERN:
        return sc->pattern != NULL;
    case FAULT_NONE:
    case FAULTS:
        break;
    }
    return false;
}

bool schema_check_count(const struct schema_check *c, enum cell_fault fault, struct check_count *sum)
{
    bool any = false;
    *sum = (struct check_count){0};
    for (size_t k = 0; k < c->schema->width; k++) {
        if (!has_check(&c->schema->column[k], fault))
            continue;
        any = true;
        const struct column_count *n = &c->count[k];
        sum->run += fault == FAULT_REQUIRED ? c->rows : c->rows - n->missing;
        sum->fail += n->fault[fault];
        for (int earlier = FAULT_TYPE; earlier < (int)fault; earlier++)
            sum->undecided += n->fault[earlier];
    }
    return any;
}
