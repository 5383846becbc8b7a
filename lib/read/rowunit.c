/* SPDX-License-Identifier: MIT
 * rowunit: see rowunit.h. */
#include "lib/read/rowunit.h"

#include <stdlib.h>

#include "lib/base/hash.h"
#include "lib/base/mem.h"

/* Items come over and over, so the units of some labels are kept. */
enum { KEPT = 1024, KEPT_LENGTH = 200 };

struct kept_label {
    struct buf text;
    enum rowunit_kind kind;
    const struct unit *unit;
    bool used;
};

struct rowunits {
    struct kept_label kept[KEPT];
    const struct binding *b;
    const struct units *units;
    const struct missing_words *missing;
    size_t *label; /* the places of the labels of an item */
    size_t labels;
    struct buf scratch;
};

/* The labels are the words and codes that every record must have, or all where none must. */
static void find_labels(struct rowunits *r, const struct mapping *m)
{
    bool required = false;
    for (size_t k = 0; k < m->n; k++)
        required = required || (m->column[k].required && m->column[k].fill == FILL_CELLS);
    for (size_t k = 0; k < m->n; k++) {
        const struct map_column *c = &m->column[k];
        int cell = r->b->column[k].cell;
        bool words = c->fill == FILL_CELLS && (c->type == MAP_TEXT || c->type == MAP_CODE);
        if (words && cell >= 0 && cell != r->b->unit_column && (c->required || !required))
            r->label[r->labels++] = (size_t)cell;
    }
}

struct rowunits *rowunits_new(const struct mapping *m, const struct binding *b, const struct units *units)
{
    bool items = mapping_filled(m, FILL_VALUE) >= 0;
    if (!units || m->form || (!items && b->unit_column < 0))
        return NULL;
    struct rowunits *r = mem_zero(1, sizeof *r);
    r->b = b;
    r->units = units;
    r->missing = &m->missing;
    r->label = mem_zero(m->n + 1, sizeof *r->label);
    if (items)
        find_labels(r, m);
    return r;
}

void rowunits_free(struct rowunits *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < KEPT; i++)
        buf_free(&r->kept[i].text);
    free(r->label);
    buf_free(&r->scratch);
    free(r);
}

static struct rowunit of_column(struct rowunits *r, struct slice cell, size_t place)
{
    buf_clear(&r->scratch);
    fold_word(&r->scratch, cell);
    struct slice word = buf_view(&r->scratch);
    if (word.n == 0 || wordlist_has(&r->missing->empty, word) || wordlist_has(&r->missing->nil, word))
        return (struct rowunit){ROWUNIT_MISSING, NULL, place};
    struct unitword w = unitword_among(r->units, word);
    return (struct rowunit){w.kind == UNITWORD_KNOWN ? ROWUNIT_STATED : ROWUNIT_UNKNOWN, w.unit, place};
}

static void read_label(struct rowunits *r, struct slice cell, struct kept_label *to)
{
    struct heading_unit u = heading_unit_read(r->units, &r->scratch, cell);
    to->kind = u.unknown ? ROWUNIT_UNKNOWN : u.unit ? ROWUNIT_STATED : ROWUNIT_NONE;
    to->unit = u.unit;
}

static struct rowunit of_label(struct rowunits *r, struct slice cell, size_t place)
{
    struct kept_label long_one = {.used = false}, *k = &long_one;
    if (cell.n <= KEPT_LENGTH)
        k = &r->kept[hash_bytes(cell) % KEPT];
    if (k->used && slice_equal(buf_view(&k->text), cell))
        return (struct rowunit){k->kind, k->unit, place};
    read_label(r, cell, k);
    if (k != &long_one) {
        buf_clear(&k->text);
        buf_slice(&k->text, cell);
        k->used = true;
    }
    return (struct rowunit){k->kind, k->unit, place};
}

/* Both must say the same where both say something. */
static struct rowunit join(struct rowunit a, struct rowunit b)
{
    if (b.kind == ROWUNIT_NONE || (b.kind == ROWUNIT_MISSING && a.kind == ROWUNIT_STATED))
        return a;
    if (a.kind == ROWUNIT_NONE || (a.kind == ROWUNIT_STATED && b.kind == ROWUNIT_STATED && a.unit == b.unit))
        return b;
    return (struct rowunit){ROWUNIT_UNKNOWN, NULL, a.cell};
}

struct rowunit rowunits_read(struct rowunits *r, const struct record *rec)
{
    struct rowunit to = {ROWUNIT_NONE, NULL, 0};
    for (size_t i = 0; i < r->labels; i++)
        if (r->label[i] < rec->n)
            to = join(to, of_label(r, rec->cell[r->label[i]], r->label[i]));
    int column = r->b->unit_column;
    if (column >= 0)
        to = join(to, of_column(r, (size_t)column < rec->n ? rec->cell[column] : (struct slice){"", 0},
                                (size_t)column));
    return to;
}

enum rowunit_use rowunit_use(const struct rowunit *u, const struct map_column *column,
                             const struct bound_column *bound)
{
    bool number = column->type == MAP_NUM || column->type == MAP_INT;
    if (!number || !column->unit || u->kind == ROWUNIT_NONE)
        return ROWUNIT_AS_BOUND;
    if (u->kind == ROWUNIT_STATED && units_same_dimension(u->unit, column->unit))
        return !bound->own || bound->own == u->unit ? ROWUNIT_OWN : ROWUNIT_BAD;
    /* A percentage or a count beside the amounts of a list means itself. */
    if (column->fill != FILL_VALUE && unitword_excepts(column->unit))
        return ROWUNIT_AS_BOUND;
    bool enough = bound->own && u->kind != ROWUNIT_UNKNOWN && column->fill != FILL_VALUE;
    return enough || (bound->own && u->kind == ROWUNIT_MISSING) ? ROWUNIT_AS_BOUND : ROWUNIT_BAD;
}
