/* SPDX-License-Identifier: MIT
 * convert: see convert.h. */
#include "lib/read/convert.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/cellvalue.h"
#include "lib/read/plaincell.h"
#include "lib/read/rowunit.h"
#include "lib/read/suffixes.h"

enum { NO_NUMBER = INT_MIN };

static const char row_unit[] = "unit.row";

/* How a column's cells are read where they are plain. */
enum plain { PLAIN_NOT, PLAIN_TEXT, PLAIN_NUMBER, PLAIN_DATE };

struct converter {
    const struct mapping *m;
    const struct binding *b;
    struct tally *tally;
    struct convert_place place;
    struct cellvalue value;
    struct number_rules *rules;    /* for each column */
    struct number_suffix **suffix; /* for each column, or NULL */
    enum plain *plain;             /* for each column */
    struct buf *same;              /* for each column the cell that was its constant last */
    int *decimals;                 /* most found, NO_NUMBER before the first */
    uint64_t counts[CHANGE_KINDS];
    struct bad_cell *bad; /* room for one a column */
    size_t n_bad;
    struct rowunits *rows; /* or NULL: records state no units of their own */
    struct rowunit row;    /* of the record */
    enum rowunit_use *use; /* of it, for each column */
    uint64_t row_number;   /* its number */
    uint64_t rows_stated;  /* records that stated one */
    struct buf scratch, field;
};

/* The sign that figures of a column may carry: its unit, where that is a sign and no word. */
static const char *sign_of(const struct unit *unit)
{
    bool sign = unit && (strcmp(unit->name, "%") == 0 || strcmp(unit->name, "‰") == 0);
    return sign ? unit->name : "";
}

/* A word for what is missing may look like a date or a figure: 1900-01-01, 0. */
static bool has_plain_word(const struct wordlist *w)
{
    for (size_t i = 0; i < w->n; i++)
        if (memchr("0123456789", w->word[i].p[w->word[i].n - 1], 10))
            return true;
    return false;
}

static enum plain plain_way(const struct mapping *m, const struct map_column *c)
{
    if (c->type == MAP_TEXT)
        return PLAIN_TEXT;
    if (has_plain_word(&m->missing.nil) || has_plain_word(&m->missing.empty))
        return PLAIN_NOT;
    if (c->type == MAP_DATE)
        return PLAIN_DATE;
    return (c->type == MAP_NUM || c->type == MAP_INT) && !c->comma ? PLAIN_NUMBER : PLAIN_NOT;
}

struct converter *converter_new(const struct mapping *m, const struct binding *b, const struct codes *codes,
                                const struct units *units, struct tally *tally,
                                const struct convert_place *place)
{
    struct converter *c = mem_zero(1, sizeof *c);
    *c = (struct converter){
        .m = m, .b = b, .tally = tally, .place = *place, .value = {&m->missing, codes, {0}}};
    c->rules = mem_zero(m->n, sizeof *c->rules);
    c->suffix = mem_zero(m->n, sizeof *c->suffix);
    c->plain = mem_zero(m->n, sizeof *c->plain);
    c->same = mem_zero(m->n, sizeof *c->same);
    c->decimals = mem_array(NULL, m->n, sizeof *c->decimals);
    c->bad = mem_zero(m->n, sizeof *c->bad);
    c->rows = rowunits_new(m, b, units);
    c->use = mem_zero(m->n + 1, sizeof *c->use);
    for (size_t k = 0; k < m->n; k++) {
        const struct map_column *col = &m->column[k];
        size_t suffixes = 0;
        c->suffix[k] = col->suffix ? suffixes_of(units, col->unit, &suffixes) : NULL;
        c->plain[k] = plain_way(m, col);
        c->decimals[k] = NO_NUMBER;
        c->rules[k] = (struct number_rules){.missing = &m->missing,
                                            .sign = sign_of(b->column[k].unit),
                                            .shift = b->column[k].shift,
                                            .whole = col->type == MAP_INT,
                                            .comma = col->comma,
                                            .suffix = c->suffix[k],
                                            .suffixes = suffixes};
    }
    return c;
}

void converter_free(struct converter *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < CHANGE_KINDS; i++) /* the first of each was counted when it came */
        if (c->counts[i] > 1)
            tally_add(c->tally, change_name((enum change)i), c->counts[i] - 1, slice_of(""), "");
    if (c->rows_stated > 1)
        tally_add(c->tally, row_unit, c->rows_stated - 1, slice_of(""), "");
    rowunits_free(c->rows);
    free(c->use);
    for (size_t k = 0; k < c->m->n; k++) {
        free(c->suffix[k]);
        buf_free(&c->same[k]);
    }
    free(c->suffix);
    free(c->plain);
    free(c->same);
    free(c->rules);
    free(c->decimals);
    free(c->bad);
    buf_free(&c->value.scratch);
    buf_free(&c->scratch);
    buf_free(&c->field);
    free(c);
}

struct convert_exactness convert_exactness(const struct converter *c, size_t k)
{
    const struct map_column *m = &c->m->column[k];
    int shift = c->b->column[k].shift, found = c->decimals[k];
    if (m->type != MAP_NUM && m->type != MAP_INT)
        return (struct convert_exactness){-1, shift};
    if (m->decimals >= 0)
        return (struct convert_exactness){m->decimals, shift};
    if (found == NO_NUMBER)
        return (struct convert_exactness){-1, shift};
    return found >= 0 ? (struct convert_exactness){found, shift}
                      : (struct convert_exactness){0, shift - found};
}

/* --- cells --- */

static void tell(struct converter *c, struct tally_event e)
{
    e.file = c->place.file;
    e.sheet = c->place.sheet;
    tally_each(c->tally, &e);
}

static void tell_each(struct converter *c, const char *kind, struct slice cell, size_t k,
                      const struct record *rec, struct slice after)
{
    struct cell_name name = binding_cell(c->b, k, rec);
    tell(c, (struct tally_event){.line = binding_line(c->b, k, rec),
                                 .cell = name.s,
                                 .column = slice_of(c->m->column[k].target),
                                 .kind = kind,
                                 .before = cell,
                                 .after = after});
}

static void count_changes(struct converter *c, unsigned changes, struct slice cell, size_t k,
                          const struct record *rec, struct slice after)
{
    bool each = tally_lists_each(c->tally);
    for (size_t i = 0; i < CHANGE_KINDS; i++) {
        if (!(changes >> i & 1))
            continue;
        if (each)
            tell_each(c, change_name((enum change)i), cell, k, rec, after);
        if (c->counts[i]++ > 0)
            continue;
        char name[300];
        snprintf(name, sizeof name, "%s%s", c->place.prefix, binding_cell(c->b, k, rec).s);
        tally_add(c->tally, change_name((enum change)i), 1, cell, name);
    }
}

/* A decimal comma is one of texts. */
static struct number_rules rules_of(const struct converter *c, size_t k, bool is_number)
{
    struct number_rules rules = c->rules[k];
    rules.comma = rules.comma && !is_number;
    return rules;
}

/* A cell that repeats what is known of the file is only compared: by its value, or folded where it is text.
 */
static enum reading compare_constant(struct converter *c, size_t k, struct slice cell, bool is_number)
{
    const struct map_column *m = &c->m->column[k];
    struct slice known = slice_of(c->b->column[k].constant);
    struct note note;
    buf_clear(&c->field);
    if (m->type == MAP_TEXT) {
        fold_word(&c->field, cell);
        size_t n = c->field.n;
        fold_word(&c->field, known);
        struct slice both = buf_view(&c->field);
        return slice_equal((struct slice){both.p, n}, (struct slice){both.p + n, both.n - n}) ? READ_VALUE
                                                                                              : BAD_CONSTANT;
    }
    struct number_rules rules = rules_of(c, k, is_number);
    enum reading r = cellvalue_read(&c->value, m, &rules, cell, &c->field, &note);
    bool same = r == READ_VALUE && slice_equal(buf_view(&c->field), known);
    return same ? READ_VALUE : r > READ_NA ? r : BAD_CONSTANT;
}

/* Rows say the same over and over. */
static enum reading check_constant(struct converter *c, size_t k, struct slice cell, bool is_number)
{
    bool depends = c->rules[k].comma; /* on more than the text */
    if (!depends && cell.n > 0 && slice_equal(buf_view(&c->same[k]), cell))
        return READ_VALUE;
    enum reading r = compare_constant(c, k, cell, is_number);
    if (r == READ_VALUE && !depends) {
        buf_clear(&c->same[k]);
        buf_slice(&c->same[k], cell);
    }
    return r;
}

static void add_bad(struct converter *c, size_t k, enum reading r, struct slice cell, const char *expected)
{
    c->bad[c->n_bad++] = (struct bad_cell){
        k, r, cell, expected, -1, c->use[k] == ROWUNIT_OWN ? c->row.unit : c->b->column[k].unit};
}

/* A change that has only to be counted: neither the first of its kind nor one to be listed. */
static bool only_counts(const struct converter *c, enum change kind)
{
    return c->counts[kind] > 0 && !tally_lists_each(c->tally);
}

/* Decimals as in the unit that the column is bound to, which need not be that of the record. */
static void keep_decimals(struct converter *c, size_t k, int decimals)
{
    decimals -= c->rules[k].shift - c->b->column[k].shift;
    if (decimals > c->decimals[k])
        c->decimals[k] = decimals;
}

static char *read_figure(struct converter *c, size_t k, struct slice cell, char *to)
{
    const struct number_rules *rules = &c->rules[k];
    int decimals = 0;
    if (rules->shift != 0 && !only_counts(c, CHANGE_UNIT))
        return NULL;
    char *end = plaincell_number(to, cell, rules->shift, rules->whole, &decimals);
    if (!end && only_counts(c, CHANGE_THOUSANDS)) {
        end = plaincell_grouped(to, cell, rules->shift, rules->whole, &decimals);
        c->counts[CHANGE_THOUSANDS] += end != NULL;
    }
    if (!end)
        return NULL;
    c->counts[CHANGE_UNIT] += rules->shift != 0;
    keep_decimals(c, k, decimals);
    return end;
}

/* Appends the field of a plain cell; false when it is not, or when there is a change to be told of. */
static bool read_plain(struct converter *c, size_t k, struct slice cell, struct buf *row)
{
    buf_room(row, cell.n + PLAIN_SLACK);
    char *to = row->p + row->n, *end = NULL;
    switch (c->plain[k]) {
    case PLAIN_NOT:
        return false;
    case PLAIN_TEXT:
        end = plaincell_text(to, cell);
        break;
    case PLAIN_DATE:
        end = plaincell_date(to, cell);
        break;
    case PLAIN_NUMBER:
        end = read_figure(c, k, cell, to);
        break;
    }
    if (end)
        row->n = (size_t)(end - row->p);
    return end != NULL;
}

static void read_cell(struct converter *c, size_t k, struct slice cell, const struct record *rec,
                      struct buf *row)
{
    if (read_plain(c, k, cell, row))
        return;
    struct note note;
    size_t from = row->n;
    struct number_rules rules = rules_of(c, k, record_has_number(rec, (size_t)c->b->column[k].cell));
    enum reading r = cellvalue_read(&c->value, &c->m->column[k], &rules, cell, row, &note);
    if (r > READ_NA) {
        add_bad(c, k, r, cell, "");
        return;
    }
    if (note.changes)
        count_changes(c, note.changes, cell, k, rec, (struct slice){row->p + from, row->n - from});
    if (note.changes >> CHANGE_LONG & 1)
        add_bad(c, k, READ_VALUE, cell, "");
    if (r == READ_VALUE)
        keep_decimals(c, k, note.decimals);
}

/* --- records that state the unit of their figures --- */

static void read_row_unit(struct converter *c, const struct record *rec)
{
    if (rec->number == c->row_number)
        return;
    c->row_number = rec->number;
    c->row = rowunits_read(c->rows, rec);
    for (size_t k = 0; k < c->m->n; k++) {
        const struct bound_column *b = &c->b->column[k];
        c->use[k] = rowunit_use(&c->row, &c->m->column[k], b);
        const struct unit *unit = c->use[k] == ROWUNIT_OWN ? c->row.unit : b->unit;
        c->rules[k].sign = sign_of(unit);
        c->rules[k].shift = unit ? units_shift(unit, c->m->column[k].unit) : 0;
    }
    if (c->row.kind != ROWUNIT_STATED)
        return;
    struct cell_name cell = failure_cell(c->row.cell + 1, rec->line);
    tell(c, (struct tally_event){.line = rec->line,
                                 .cell = cell.s,
                                 .kind = row_unit,
                                 .before = rec->cell[c->row.cell],
                                 .after = slice_of(c->row.unit->name)});
    if (c->rows_stated++ > 0)
        return;
    char name[300];
    snprintf(name, sizeof name, "%s%s", c->place.prefix, cell.s);
    tally_add(c->tally, row_unit, 1, rec->cell[c->row.cell], name);
}

/* A figure whose unit cannot be the column's is none; what is missing has no unit. */
static bool refuse_figure(struct converter *c, size_t k, struct slice cell, const struct record *rec)
{
    struct note note;
    size_t place = c->row.cell;
    buf_clear(&c->field);
    enum reading r = cellvalue_read(&c->value, &c->m->column[k], &c->rules[k], cell, &c->field, &note);
    if (r == READ_EMPTY || r == READ_NA)
        return false;
    add_bad(c, k, BAD_UNIT, place < rec->n ? rec->cell[place] : (struct slice){"", 0},
            c->m->column[k].unit->name);
    c->bad[c->n_bad - 1].place = (int)place;
    return true;
}

static void convert_cell(struct converter *c, size_t k, const struct record *rec, struct buf *row)
{
    const struct bound_column *from = &c->b->column[k];
    struct slice cell = {"", 0};
    if (from->cell >= 0 && (size_t)from->cell < rec->n)
        cell = rec->cell[from->cell];
    if (!from->constant) {
        if (from->cell >= 0 && !(c->use[k] == ROWUNIT_BAD && refuse_figure(c, k, cell, rec)))
            read_cell(c, k, cell, rec, row);
        return;
    }
    buf_escaped(row, slice_of(from->constant));
    enum reading r = READ_VALUE;
    if (from->cell >= 0)
        r = check_constant(c, k, cell, record_has_number(rec, (size_t)from->cell));
    if (r != READ_VALUE)
        add_bad(c, k, r, cell, from->constant);
}

static void tell_bad(struct converter *c, const struct bad_cell *bad, const struct record *rec)
{
    struct cell_name name = binding_cell(c->b, bad->column, rec);
    if (bad->place >= 0)
        name = failure_cell((uint64_t)bad->place + 1, rec->line);
    tell(c, (struct tally_event){.line = binding_line(c->b, bad->column, rec),
                                 .cell = name.s,
                                 .column = slice_of(c->m->column[bad->column].target),
                                 .kind = reading_text(bad->reading)->rule,
                                 .before = bad->text,
                                 .after = slice_of(bad->expected)});
}

size_t convert_row(struct converter *c, const struct record *rec, struct buf *row,
                   const struct bad_cell **bad)
{
    c->n_bad = 0;
    if (c->rows)
        read_row_unit(c, rec);
    for (size_t k = 0; k < c->m->n; k++) {
        if (k > 0)
            buf_char(row, '\t');
        convert_cell(c, k, rec, row);
    }
    *bad = c->bad;
    for (size_t i = 0; i < c->n_bad; i++)
        if (c->bad[i].reading != READ_VALUE && tally_lists_each(c->tally))
            tell_bad(c, &c->bad[i], rec);
    return c->n_bad;
}
