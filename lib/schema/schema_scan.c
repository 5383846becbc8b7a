/* SPDX-License-Identifier: MIT
 * schema_scan: the cells of a table against its schema. The hot loops go down a column with a test that says
 * yes to what is surely good and list the rows it does not; those, the missing cells too, go to schema_cell,
 * the full judge. Nothing in a loop branches on a cell, so that a table with many failures costs no more. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/celltype_column.h"
#include "lib/schema/schema_check.h"

/* The test a column has; the ordered ones are decoded to numbers first and compared with their range. */
enum test {
    TEST_NONE,
    TEST_RANGE,
    TEST_FLAG,
    TEST_TEXT,
    TEST_ID,
    TEST_CODES,
    TEST_WORDS,
    TEST_SPANS,
    TEST_PATTERN
};

struct column_plan {
    enum test test;
    int64_t least, most; /* TEST_RANGE: DEC_UNSURE < least <= most */
    int64_t *value;      /* SCHEMA_ROWS of them in an ordered column, else NULL */
    struct pattern_spans spans;
};

/* --- plans --- */

static bool is_ordered(const struct schema_column *sc)
{
    return sc->type == CELL_NUM || sc->type == CELL_INT || sc->type == CELL_DATE || sc->type == CELL_MONTH;
}

static int64_t pack(const struct schema_column *sc, const char *text)
{
    return sc->type == CELL_DATE ? cell_pack_date(slice_of(text)) : cell_pack_month(slice_of(text));
}

static void plan_range(struct column_plan *p, const struct schema_column *sc)
{
    p->least = sc->least;
    p->most = sc->most;
    if (sc->type == CELL_DATE || sc->type == CELL_MONTH) {
        p->least = *sc->low.text ? pack(sc, sc->low.text) + sc->low.exclusive : 0;
        p->most = *sc->high.text ? pack(sc, sc->high.text) - sc->high.exclusive : INT64_MAX;
    }
    if (p->least == DEC_UNSURE)
        p->least++;
    p->test = p->least <= p->most ? TEST_RANGE : TEST_NONE;
}

static enum test word_test(struct column_plan *p, const struct schema_column *sc)
{
    if (sc->has_codes)
        return sc->pattern ? TEST_NONE : sc->codes.word ? TEST_WORDS : TEST_CODES;
    if (sc->pattern && pattern_is_word(sc->pattern))
        return pattern_as_spans(sc->pattern, &p->spans) ? TEST_SPANS : TEST_PATTERN;
    if (sc->pattern)
        return TEST_NONE;
    return sc->type == CELL_TEXT ? TEST_TEXT : TEST_ID;
}

static void plan_column(struct column_plan *p, const struct schema_column *sc)
{
    *p = (struct column_plan){.test = TEST_NONE};
    if (is_ordered(sc)) {
        p->value = mem_array(NULL, SCHEMA_ROWS, sizeof *p->value);
        if (!sc->pattern && !sc->has_codes)
            plan_range(p, sc);
    } else if (sc->type != CELL_FLAG) {
        p->test = word_test(p, sc);
    } else if (!sc->pattern && !sc->has_codes) {
        p->test = TEST_FLAG;
    }
}

void schema_check_init(struct schema_check *c, const struct schema *s)
{
    *c = (struct schema_check){.schema = s, .count = mem_zero(s->width, sizeof *c->count)};
    c->plan = mem_array(NULL, s->width, sizeof *c->plan);
    for (size_t k = 0; k < s->width; k++)
        plan_column(&c->plan[k], &s->column[k]);
}

void schema_check_free(struct schema_check *c)
{
    for (size_t k = 0; c->plan && k < c->schema->width; k++)
        free(c->plan[k].value);
    free(c->plan);
    free(c->count);
    free(c->found);
    *c = (struct schema_check){0};
}

/* --- the hot loops --- */

/* Decodes the piece's values and lists the rows outside the range. */
static size_t scan_values(const struct column_plan *p, size_t n, uint32_t *unsure)
{
    const int64_t *value = p->value;
    uint64_t span = (uint64_t)p->most - (uint64_t)p->least;
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        unsure[m] = (uint32_t)i;
        m += (uint64_t)value[i] - (uint64_t)p->least > span;
    }
    return m;
}

static void decode(const struct column_plan *p, enum cell_type type, struct fields f)
{
    if (type == CELL_DATE)
        cell_date_column(f, p->value);
    else if (type == CELL_MONTH)
        cell_month_column(f, p->value);
    else
        dec_parse_column(f, type == CELL_INT ? 0 : CELL_DECIMALS, CELL_DECIMALS, p->value);
}

typedef bool sure_fn(const struct schema_column *sc, const struct column_plan *p, struct slice f);

static bool sure_flag(const struct schema_column *sc, const struct column_plan *p, struct slice f)
{
    (void)sc;
    (void)p;
    return f.n == 1 && (f.p[0] | 1) == '1';
}

static bool sure_text(const struct schema_column *sc, const struct column_plan *p, struct slice f)
{
    (void)sc;
    (void)p;
    return f.n > 2; /* "", \N and \- are for the judge */
}

static bool sure_id(const struct schema_column *sc, const struct column_plan *p, struct slice f)
{
    (void)sc;
    (void)p;
    return cell_is_id(f);
}

static bool sure_code(const struct schema_column *sc, const struct column_plan *p, struct slice f)
{
    (void)p;
    return code_set_hold(&sc->codes, f);
}

static bool sure_word(const struct schema_column *sc, const struct column_plan *p, struct slice f)
{
    (void)p;
    return code_set_hold_word(&sc->codes, f);
}

static bool sure_spans(const struct schema_column *sc, const struct column_plan *p, struct slice f)
{
    (void)sc;
    return pattern_match_spans(&p->spans, f);
}

static bool sure_pattern(const struct schema_column *sc, const struct column_plan *p, struct slice f)
{
    (void)p;
    return pattern_match(sc->pattern, f);
}

/* Inlined, so that each test has a loop of its own. */
static inline __attribute__((always_inline)) size_t scan(const struct schema_column *sc,
                                                         const struct column_plan *p, struct fields f,
                                                         uint32_t *unsure, sure_fn *sure)
{
    size_t m = 0;
    for (size_t i = 0; i < f.n; i++) {
        unsure[m] = (uint32_t)i;
        m += !sure(sc, p, fields_at(f, i));
    }
    return m;
}

/* Lists the rows of the piece whose cell in column k is not surely good. */
static size_t scan_column(const struct schema_check *c, size_t k, struct fields f, uint32_t *unsure)
{
    const struct schema_column *sc = &c->schema->column[k];
    const struct column_plan *p = &c->plan[k];
    if (p->value)
        decode(p, sc->type, f);
    switch (p->test) {
    case TEST_RANGE:
        return scan_values(p, f.n, unsure);
    case TEST_FLAG:
        return scan(sc, p, f, unsure, sure_flag);
    case TEST_TEXT:
        return scan(sc, p, f, unsure, sure_text);
    case TEST_ID:
        return scan(sc, p, f, unsure, sure_id);
    case TEST_CODES:
        return scan(sc, p, f, unsure, sure_code);
    case TEST_WORDS:
        return scan(sc, p, f, unsure, sure_word);
    case TEST_SPANS:
        return scan(sc, p, f, unsure, sure_spans);
    case TEST_PATTERN:
        return scan(sc, p, f, unsure, sure_pattern);
    case TEST_NONE:
        break;
    }
    for (size_t i = 0; i < f.n; i++)
        unsure[i] = (uint32_t)i;
    return f.n;
}

/* --- the judge --- */

static void judge(struct schema_check *c, size_t row, size_t column, struct slice f)
{
    struct column_count *count = &c->count[column];
    enum cell_fault fault = schema_cell(&c->schema->column[column], f);
    count->missing += (field_is_empty(f) || field_is_na(f)) && fault != FAULT_TYPE;
    if (fault == FAULT_NONE)
        return;
    count->fault[fault]++;
    c->faulty[row - c->from] = true;
    c->found = mem_grow(c->found, c->failures, &c->cap, sizeof *c->found);
    c->found[c->failures++] = (struct cell_failure){(uint32_t)row, (uint32_t)column, fault};
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
    uint32_t unsure[SCHEMA_ROWS + 1]; /* one is stored past the last before it is known not to count */
    c->failures = 0;
    c->rows += to - from;
    c->from = from;
    memset(c->faulty, 0, sizeof c->faulty);
    for (size_t k = 0; k < c->schema->width; k++) {
        size_t n = scan_column(c, k, batch_column(b, from, to - from, k), unsure);
        for (size_t i = 0; i < n; i++)
            judge(c, from + unsure[i], k, batch_field(b, from + unsure[i], k));
    }
    if (c->failures > 1)
        qsort(c->found, c->failures, sizeof *c->found, by_place);
}

const int64_t *schema_check_values(const struct schema_check *c, size_t column)
{
    return c->plan[column].value;
}

enum cell_fault schema_check_fault(const struct schema_check *c, size_t row, size_t column)
{
    if (c->failures == 0 || !c->faulty[row - c->from])
        return FAULT_NONE;
    struct cell_failure want = {(uint32_t)row, (uint32_t)column, FAULT_NONE};
    const struct cell_failure *hit = bsearch(&want, c->found, c->failures, sizeof want, by_place);
    return hit ? hit->fault : FAULT_NONE;
}
