/* SPDX-License-Identifier: MIT
 * comparison: see comparison.h. A row is a record of a sorter: its key, its line, the fields compared, joined
 * by TAB. Rows whose fields are the same bytes are not split. */
#include "lib/order/comparison.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/number/rational.h"
#include "lib/order/row_fields.h"
#include "lib/order/rows.h"
#include "lib/order/sorter.h"
#include "lib/stream/keymap.h"

struct side {
    struct table *table;
    const int *key;
    int *column; /* of the compared fields */
    struct sorter *sorter;
    struct sorter_record row; /* in cells, or the next */
    struct buf last;          /* the key of the row before it */
    uint64_t last_line;
    struct slice rest; /* the fields that have not been told */
    bool present;      /* what is in cells has a row here */
};

struct comparison {
    const struct comparison_rule *rule;
    struct side before, now;
    size_t columns; /* at least one, so that a row that is nothing but its key is told */
    struct comparison_sum *sum;
    uint64_t same_rows; /* which are not in sum */
    bool in_row;        /* a row is in cells */
    struct buf key;     /* its key */
    size_t at;          /* the column that is next */
};

const char *difference_name(enum difference_kind kind)
{
    static const char *const names[DIFFERENCE_KINDS] = {"same",           "within",        "changed",
                                                        "newly_reported", "newly_missing", "newly_impossible",
                                                        "added",          "removed"};
    return names[kind];
}

static void side_init(struct side *s, struct table *t, const struct comparison_rule *rule, bool is_new)
{
    s->table = t;
    s->key = is_new ? rule->new_key : rule->old_key;
    s->column = mem_array(NULL, rule->columns, sizeof *s->column);
    for (size_t i = 0; i < rule->columns; i++)
        s->column[i] = is_new ? rule->column[i].new_number : rule->column[i].old_number;
    s->sorter = sorter_new(rule->memory / 2, rule->scratch);
}

static void side_free(struct side *s)
{
    sorter_free(s->sorter);
    buf_free(&s->last);
    free(s->column);
}

struct comparison *comparison_new(struct table *old_table, struct table *new_table,
                                  const struct comparison_rule *rule)
{
    struct comparison *c = mem_zero(1, sizeof *c);
    c->rule = rule;
    c->columns = rule->columns ? rule->columns : 1;
    c->sum = mem_zero(c->columns, sizeof *c->sum);
    side_init(&c->before, old_table, rule, false);
    side_init(&c->now, new_table, rule, true);
    return c;
}

void comparison_free(struct comparison *c)
{
    if (!c)
        return;
    side_free(&c->before);
    side_free(&c->now);
    buf_free(&c->key);
    free(c->sum);
    free(c);
}

/* --- reading --- */

/* The fields compared, those side by side in the row in one piece: part has room for a piece and a TAB for
 * each. Returns how many parts there are. */
static size_t pieces(const struct side *s, size_t columns, const struct batch *b, size_t row,
                     struct slice *part)
{
    size_t n = 0;
    for (size_t i = 0, to; i < columns; i = to) {
        for (to = i + 1; to < columns && s->column[to] == s->column[to - 1] + 1; to++)
            ;
        struct slice first = batch_field(b, row, (size_t)s->column[i]);
        struct slice last = batch_field(b, row, (size_t)s->column[to - 1]);
        if (i)
            part[n++] = slice_of("\t");
        part[n++] = (struct slice){first.p, (size_t)(last.p + last.n - first.p)};
    }
    return n;
}

static enum status read_side(struct side *s, const struct comparison_rule *rule, struct diag *d)
{
    struct batch b;
    struct buf key = {0}, plain = {0};
    struct slice *part = mem_array(NULL, rule->columns * 2 + 1, sizeof *part);
    enum status st;
    while ((st = table_next(s->table, &b, d)) == ST_OK && b.rows) {
        for (size_t i = 0; i < b.rows && st == ST_OK; i++) {
            uint64_t line = b.line + i;
            part[0] = (struct slice){(const char *)&line, sizeof line};
            size_t n = pieces(s, rule->columns, &b, i, part + 1);
            struct slice k = fields_without_null(key_of_row(&b, i, s->key, rule->keys, &key), &plain);
            st = sorter_add(s->sorter, k, part, n + 1, d);
        }
        if (st != ST_OK)
            break;
    }
    free(part);
    buf_free(&key);
    buf_free(&plain);
    return st == ST_OK ? sorter_end(s->sorter, d) : st;
}

static uint64_t line_of(const struct sorter_record *r)
{
    uint64_t line;
    memcpy(&line, r->load.p, sizeof line);
    return line;
}

static struct slice fields_of(const struct sorter_record *r)
{
    return (struct slice){r->load.p + sizeof(uint64_t), r->load.n - sizeof(uint64_t)};
}

/* Moves a side to its next row. */
static enum status advance(struct side *s, bool first, struct diag *d)
{
    if (!first) {
        s->last_line = line_of(&s->row);
        buf_clear(&s->last);
        buf_slice(&s->last, s->row.key);
    }
    enum status st = sorter_next(s->sorter, &s->row, d);
    if (st == ST_OK && !first && s->row.key.p && slice_equal(s->row.key, buf_view(&s->last)))
        return diag_set(d, ST_INPUT, table_file(s->table), line_of(&s->row), NULL,
                        "key %s stands on line %" PRIu64 " already", row_key_quote(s->row.key).s,
                        s->last_line);
    return st;
}

enum status comparison_read(struct comparison *c, struct diag *d)
{
    enum status st = read_side(&c->before, c->rule, d);
    if (st == ST_OK)
        st = read_side(&c->now, c->rule, d);
    if (st == ST_OK)
        st = advance(&c->before, true, d);
    return st == ST_OK ? advance(&c->now, true, d) : st;
}

/* --- cells --- */

/* Takes the next field off fields joined by TAB. */
static struct slice take_field(struct slice *rest)
{
    const char *tab = rest->n ? memchr(rest->p, '\t', rest->n) : NULL;
    struct slice f = {rest->p, tab ? (size_t)(tab - rest->p) : rest->n};
    if (tab)
        *rest = (struct slice){tab + 1, rest->n - f.n - 1};
    else
        *rest = (struct slice){rest->p + rest->n, 0};
    return field_is_empty(f) ? (struct slice){f.p, 0} : f;
}

static enum status at_cell(const struct comparison *c, const struct side *s, struct diag *d)
{
    struct slice name = table_name(s->table, (size_t)s->column[c->at]);
    snprintf(d->file, sizeof d->file, "%s", table_file(s->table));
    snprintf(d->column, sizeof d->column, "%.*s", (int)name.n, name.p);
    d->line = line_of(&s->row);
    return d->status;
}

static enum status parse(const struct comparison *c, const struct side *s, struct slice field, struct dec *v,
                         struct diag *d)
{
    enum dec_error error = dec_parse(field, v);
    if (error == DEC_OK)
        return ST_OK;
    diag_set(d, ST_INPUT, NULL, 0, NULL,
             error == DEC_TOO_LONG ? "more than 18 decimals or 36 digits: %s" : "not a decimal: %s",
             diag_quote(field).s);
    return at_cell(c, s, d);
}

static bool subtract(struct dec new_value, struct dec old_value, struct dec *difference)
{
    old_value.units = -old_value.units; /* 36 digits at most */
    return dec_add(new_value, old_value, difference);
}

/* What a tolerance of 1 allows; false when it does not fit 128 bits. */
static bool tolerance_one(enum tolerance_unit unit, struct dec old_value, struct dec new_value,
                          struct rat *one)
{
    unsigned last = old_value.scale < new_value.scale ? old_value.scale : new_value.scale;
    if (unit == TOLERANCE_LAST)
        return rat_of_dec((struct dec){1, last}, one);
    if (unit == TOLERANCE_OWN)
        return rat_make(1, 1, one);
    if (old_value.units < 0)
        old_value.units = -old_value.units;
    return rat_of_dec(old_value, one) && rat_mul(*one, (struct rat){1, 100}, one);
}

/* Whether |difference| <= tolerance in *within; false when that cannot be told within 128 bits. */
static bool is_within(const struct comparison_column *column, struct dec old_value, struct dec new_value,
                      struct dec difference, bool *within)
{
    struct rat apart, allowed, one;
    *within = difference.units == 0;
    if (*within || column->tolerance.units == 0)
        return true;
    if (difference.units < 0)
        difference.units = -difference.units;
    if (!tolerance_one(column->unit, old_value, new_value, &one) || !rat_of_dec(difference, &apart) ||
        !rat_of_dec(column->tolerance, &allowed) || !rat_mul(allowed, one, &allowed))
        return false;
    *within = rat_compare(apart, allowed) <= 0;
    return true;
}

/* Two values that are not the same bytes. */
static enum status compare_values(struct comparison *c, struct difference *cell, struct diag *d)
{
    const struct comparison_column *column = &c->rule->column[c->at];
    struct dec old_value, new_value;
    bool within;
    cell->kind = DIFFERENCE_CHANGED;
    if (!column->number) {
        cell->subtracts = dec_parse(cell->old_field, &old_value) == DEC_OK &&
                          dec_parse(cell->new_field, &new_value) == DEC_OK &&
                          subtract(new_value, old_value, &cell->difference);
        return ST_OK;
    }
    enum status st = parse(c, &c->before, cell->old_field, &old_value, d);
    if (st == ST_OK)
        st = parse(c, &c->now, cell->new_field, &new_value, d);
    if (st != ST_OK)
        return st;
    cell->subtracts = subtract(new_value, old_value, &cell->difference);
    if (!cell->subtracts || !is_within(column, old_value, new_value, cell->difference, &within)) {
        diag_set(d, ST_INPUT, NULL, 0, NULL, "the difference of %s and %s does not fit 128 bits",
                 diag_quote(cell->old_field).s, diag_quote(cell->new_field).s);
        return at_cell(c, &c->now, d);
    }
    if (within)
        cell->kind = cell->difference.units == 0 ? DIFFERENCE_SAME : DIFFERENCE_WITHIN;
    return ST_OK;
}

static enum status compare_cell(struct comparison *c, struct difference *cell, struct diag *d)
{
    struct slice a = cell->old_field, b = cell->new_field;
    bool was = a.n && !field_is_na(a), is = b.n && !field_is_na(b);
    if (!c->before.present)
        cell->kind = DIFFERENCE_ADDED;
    else if (!c->now.present)
        cell->kind = DIFFERENCE_REMOVED;
    else if (slice_equal(a, b))
        cell->kind = DIFFERENCE_SAME;
    else if (was && is)
        return compare_values(c, cell, d);
    else
        cell->kind = is        ? DIFFERENCE_NEWLY_REPORTED
                     : b.n > 0 ? DIFFERENCE_NEWLY_IMPOSSIBLE
                               : DIFFERENCE_NEWLY_MISSING;
    return ST_OK;
}

static void add_up(struct comparison_sum *sum, const struct difference *cell)
{
    sum->cells[cell->kind]++;
    if (!cell->subtracts)
        return;
    sum->subtracts = true;
    sum->overflows = sum->overflows || !dec_add(sum->difference, cell->difference, &sum->difference);
}

/* --- rows --- */

/* Begins a row of either table or of both; true when all of it is the same and need not be told. */
static bool begin_row(struct comparison *c)
{
    struct side *a = &c->before, *b = &c->now;
    int order = !a->row.key.p ? 1 : !b->row.key.p ? -1 : slice_compare(a->row.key, b->row.key);
    a->present = order <= 0;
    b->present = order >= 0;
    buf_clear(&c->key);
    buf_slice(&c->key, a->present ? a->row.key : b->row.key);
    a->rest = a->present ? fields_of(&a->row) : (struct slice){"", 0};
    b->rest = b->present ? fields_of(&b->row) : (struct slice){"", 0};
    c->in_row = true;
    c->at = 0;
    return order == 0 && !c->rule->all && slice_equal(a->rest, b->rest);
}

static enum status end_row(struct comparison *c, struct diag *d)
{
    c->in_row = false;
    enum status st = c->before.present ? advance(&c->before, false, d) : ST_OK;
    return st == ST_OK && c->now.present ? advance(&c->now, false, d) : st;
}

enum status comparison_next(struct comparison *c, struct difference *cell, struct diag *d)
{
    for (;;) {
        enum status st = ST_OK;
        cell->key.p = NULL;
        if (!c->in_row) {
            if (!c->before.row.key.p && !c->now.row.key.p)
                return ST_OK;
            if (begin_row(c)) {
                c->same_rows++;
                c->at = c->columns;
            }
        }
        if (c->at == c->columns) {
            st = end_row(c, d);
            if (st != ST_OK)
                return st;
            continue;
        }
        *cell = (struct difference){.key = c->key.p ? buf_view(&c->key) : (struct slice){"", 0},
                                    .column = c->at,
                                    .old_field = take_field(&c->before.rest),
                                    .new_field = take_field(&c->now.rest)};
        st = compare_cell(c, cell, d);
        if (st != ST_OK)
            return st;
        add_up(&c->sum[c->at++], cell);
        if (c->rule->all || cell->kind > DIFFERENCE_WITHIN)
            return ST_OK;
    }
}

struct comparison_sum comparison_sum(const struct comparison *c, size_t column)
{
    struct comparison_sum sum = c->sum[column];
    sum.cells[DIFFERENCE_SAME] += c->same_rows;
    return sum;
}

bool comparison_spilled(const struct comparison *c)
{
    return sorter_spilled(c->before.sorter) || sorter_spilled(c->now.sorter);
}
