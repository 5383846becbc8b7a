/* SPDX-License-Identifier: MIT
 * convert: see convert.h. */
#include "lib/read/convert.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/failure.h"

struct converter {
    const struct mapping *m;
    const struct binding *b;
    const struct codes *codes;
    struct tally *tally;
    const char *prefix;
    struct number_rules *rules; /* for each column */
    int *decimals;              /* most found, -1 before the first number */
    uint64_t counts[CHANGE_KINDS];
    struct bad_cell *bad; /* room for one a column */
    size_t n_bad;
    struct buf scratch, field;
};

/* The sign that figures of a column may carry: its unit, where that is a sign and no word. */
static const char *sign_of(const struct bound_column *b)
{
    bool sign = b->unit && (strcmp(b->unit->name, "%") == 0 || strcmp(b->unit->name, "‰") == 0);
    return sign ? b->unit->name : "";
}

struct converter *converter_new(const struct mapping *m, const struct binding *b, const struct codes *codes,
                                struct tally *tally, const char *prefix)
{
    struct converter *c = mem_zero(1, sizeof *c);
    *c = (struct converter){.m = m, .b = b, .codes = codes, .tally = tally, .prefix = prefix};
    c->rules = mem_zero(m->n, sizeof *c->rules);
    c->decimals = mem_array(NULL, m->n, sizeof *c->decimals);
    c->bad = mem_zero(m->n, sizeof *c->bad);
    for (size_t k = 0; k < m->n; k++) {
        c->decimals[k] = -1;
        c->rules[k] = (struct number_rules){&m->missing, sign_of(&b->column[k]), b->column[k].shift,
                                            m->column[k].type == MAP_INT};
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
    free(c->rules);
    free(c->decimals);
    free(c->bad);
    buf_free(&c->scratch);
    buf_free(&c->field);
    free(c);
}

int convert_decimals(const struct converter *c, size_t column)
{
    const struct map_column *m = &c->m->column[column];
    if (m->type != MAP_NUM && m->type != MAP_INT)
        return -1;
    return m->decimals >= 0 ? m->decimals : c->decimals[column];
}

/* --- what a record is --- */

static bool is_blank(struct slice cell, struct buf *scratch)
{
    buf_clear(scratch);
    fold_word(scratch, cell);
    return scratch->n == 0;
}

/* The first cell from `from` on that is not blank; rec->n when there is none. */
static size_t first_filled(const struct record *rec, size_t from, struct buf *scratch)
{
    while (from < rec->n && is_blank(rec->cell[from], scratch))
        from++;
    return from;
}

enum record_role convert_role(struct converter *c, const struct record *rec)
{
    if (first_filled(rec, 0, &c->scratch) == rec->n)
        return c->m->takes_all && rec->n == c->b->width ? RECORD_ROW : RECORD_EMPTY;
    struct slice word = buf_view(&c->scratch); /* of that cell */
    if (wordlist_begins(&c->m->end, word))
        return RECORD_END;
    if (wordlist_begins(&c->m->skip, word))
        return RECORD_SKIP;
    if (rec->n == c->b->width)
        return RECORD_ROW;
    bool padded = rec->n >= c->b->used && first_filled(rec, c->b->width, &c->scratch) == rec->n;
    return padded ? RECORD_PADDED : RECORD_RAGGED;
}

/* --- cells --- */

static void count_changes(struct converter *c, unsigned changes, struct slice cell, size_t column,
                          uint64_t line)
{
    for (size_t i = 0; i < CHANGE_KINDS; i++) {
        if (!(changes >> i & 1) || c->counts[i]++ > 0)
            continue;
        char name[300];
        snprintf(name, sizeof name, "%s%s", c->prefix,
                 failure_cell((uint64_t)c->b->column[column].cell + 1, line).s);
        tally_add(c->tally, change_name((enum change)i), 1, cell, name);
    }
}

static enum reading read_code(struct converter *c, const struct map_column *m, struct slice cell,
                              struct buf *out, struct note *note)
{
    *note = (struct note){0};
    buf_clear(&c->scratch);
    fold_word(&c->scratch, cell);
    struct slice word = buf_view(&c->scratch);
    if (word.n == 0 || wordlist_has(&c->m->missing.empty, word)) {
        note->changes = cell.n > 0 ? 1u << CHANGE_EMPTY : 0;
        return READ_EMPTY;
    }
    struct slice code = codes_find(c->codes, m->codes, word);
    if (code.n == 0)
        return BAD_CODE;
    note->changes = slice_equal(code, cell) ? 0 : 1u << CHANGE_CODE;
    buf_escaped(out, code);
    return READ_VALUE;
}

static enum reading read_cell(struct converter *c, size_t k, struct slice cell, struct buf *out,
                              struct note *note)
{
    const struct map_column *m = &c->m->column[k];
    switch (m->type) {
    case MAP_NUM:
    case MAP_INT:
        return normalise_number(cell, &c->rules[k], &c->scratch, out, note);
    case MAP_DATE:
        return normalise_date(cell, &c->m->missing, &c->scratch, out, note);
    case MAP_CODE:
        return read_code(c, m, cell, out, note);
    case MAP_TEXT:
        break;
    }
    *note = (struct note){0};
    buf_escaped(out, cell);
    return READ_VALUE;
}

/* A cell that repeats what is known of the file is only compared: by its value, or folded where it is text.
 */
static enum reading check_constant(struct converter *c, size_t k, struct slice cell)
{
    const struct map_column *m = &c->m->column[k];
    struct note note;
    buf_clear(&c->field);
    if (m->type == MAP_TEXT) {
        fold_word(&c->field, cell);
        size_t n = c->field.n;
        fold_word(&c->field, slice_of(m->constant));
        struct slice both = buf_view(&c->field);
        return slice_equal((struct slice){both.p, n}, (struct slice){both.p + n, both.n - n}) ? READ_VALUE
                                                                                              : BAD_CONSTANT;
    }
    enum reading r = read_cell(c, k, cell, &c->field, &note);
    bool same = r == READ_VALUE && slice_is(buf_view(&c->field), m->constant);
    return same ? READ_VALUE : r > READ_NA ? r : BAD_CONSTANT;
}

static void convert_cell(struct converter *c, size_t k, const struct record *rec, struct buf *row)
{
    const struct map_column *m = &c->m->column[k];
    int i = c->b->column[k].cell;
    bool known = m->constant && (m->declared || i < 0);
    enum reading r = READ_VALUE;
    struct slice cell = {"", 0};
    if (i >= 0 && (size_t)i < rec->n)
        cell = rec->cell[i];
    if (known) {
        buf_escaped(row, slice_of(m->constant));
        r = i >= 0 ? check_constant(c, k, cell) : READ_VALUE;
    } else if (i >= 0) {
        struct note note;
        r = read_cell(c, k, cell, row, &note);
        if (r <= READ_NA && note.changes)
            count_changes(c, note.changes, cell, k, rec->line);
        if (r == READ_VALUE && (int)note.decimals > c->decimals[k])
            c->decimals[k] = (int)note.decimals;
    }
    if (r > READ_NA)
        c->bad[c->n_bad++] = (struct bad_cell){k, r, cell, known ? m->constant : ""};
}

size_t convert_row(struct converter *c, const struct record *rec, struct buf *row,
                   const struct bad_cell **bad)
{
    c->n_bad = 0;
    for (size_t k = 0; k < c->m->n; k++) {
        if (k > 0)
            buf_char(row, '\t');
        convert_cell(c, k, rec, row);
    }
    *bad = c->bad;
    return c->n_bad;
}
