/* SPDX-License-Identifier: MIT
 * binding: see binding.h. */
#include "lib/read/binding.h"

#include <stdlib.h>

#include "lib/base/mem.h"

void binding_free(struct binding *b)
{
    free(b->nearest);
    for (size_t i = 0; b->column && i < b->n; i++) {
        free(b->column[i].heading);
        free(b->column[i].constant);
    }
    for (size_t i = 0; b->unmapped && i < b->width; i++)
        free(b->unmapped[i]);
    for (size_t i = 0; i < b->values; i++) {
        free(b->value[i].heading);
        free(b->value[i].field);
    }
    for (size_t i = 0; i < b->founds; i++)
        free(b->found[i].text);
    for (int i = 0; i < b->header_rows; i++)
        free(b->header[i]);
    free(b->header);
    free(b->found);
    free(b->value);
    free(b->label_line);
    free(b->column);
    free(b->unmapped);
    free(b->why);
    *b = (struct binding){0};
}

/* --- the header --- */

void binding_keep_layout(struct binding *b, const struct slice *heading, size_t n, uint64_t line)
{
    b->line = line;
    b->width = n;
    b->unmapped = mem_zero(n + 1, sizeof *b->unmapped);
    b->why = mem_zero(n + 1, sizeof *b->why);
    for (size_t i = 0; i < n; i++) {
        struct slice text = trim(heading[i]);
        if (text.n == 0)
            continue;
        b->used = i + 1;
        b->unmapped[i] = mem_text(text);
    }
}

/* Cells folded, each ended by LF, which no folded cell has; without the blank ones at the end. */
static struct slice row_of_cells(const struct slice *cell, size_t n, struct buf *out)
{
    size_t end = 0;
    buf_clear(out);
    for (size_t i = 0; i < n; i++) {
        size_t before = out->n;
        fold_word(out, cell[i]);
        if (out->n > before)
            end = out->n + 1;
        buf_char(out, '\n');
    }
    return (struct slice){out->p, end};
}

void binding_keep_header(struct binding *b, const struct headline *h, int depth)
{
    struct buf row = {0};
    b->header = mem_zero((size_t)depth, sizeof *b->header);
    for (b->header_rows = 0; b->header_rows < depth; b->header_rows++) {
        const struct headline_row *r = &h->row[b->header_rows];
        b->header[b->header_rows] = mem_text(row_of_cells(r->cell, r->n, &row));
    }
    buf_free(&row);
}

bool binding_is_header(const struct binding *b, const struct record *rec, struct buf *scratch)
{
    struct slice row = row_of_cells(rec->cell, rec->n, scratch);
    for (int i = 0; i < b->header_rows; i++)
        if (row.n > 0 && slice_is(row, b->header[i]))
            return true;
    return false;
}

static void use_heading(struct binding *b, size_t i)
{
    free(b->unmapped[i]);
    b->unmapped[i] = NULL;
}

void binding_take_all(struct binding *b, const struct slice *name)
{
    b->n = b->width;
    b->column = mem_zero(b->n + 1, sizeof *b->column);
    for (size_t i = 0; i < b->n; i++) {
        b->column[i] = (struct bound_column){.cell = (int)i, .heading = mem_text(name[i])};
        if (b->unmapped[i])
            use_heading(b, i);
    }
}

/* Why the headings that are left map to nothing. */
static void judge_unmapped(struct binding *b, const struct mapping *m, struct heading_match *match)
{
    for (size_t i = 0; i < b->width; i++) {
        if (!b->unmapped[i])
            continue;
        struct heading_unit u = heading_match_read(match, slice_of(b->unmapped[i]));
        if (wordlist_has(&m->ignore, u.name) || wordlist_has(&m->ignore, u.whole))
            b->why[i] = UNMAPPED_IGNORED;
        else if (wordlist_begins(&m->skip, u.name) && mapping_filled(m, FILL_HEADING) >= 0)
            b->why[i] = UNMAPPED_SKIPPED;
    }
}

/* Why a heading cannot be bound, with its cell; in a form, that of the label. */
static enum status wrong_heading(const struct binding *b, const char *heading, size_t place, const char *why,
                                 const char *file, struct diag *d)
{
    uint64_t line = b->label_line ? b->label_line[place] : b->line;
    size_t column = b->label_line ? b->label_column : place;
    return diag_set(d, ST_INPUT, file, line, NULL, "header: %s (cell %s): %s",
                    diag_quote(slice_of(heading)).s, failure_cell(column + 1, line).s, why);
}

static const char unit_unknown[] = "it states a unit that is not in the list of units; add it there";

/* --- units --- */

/* Whether a column is of amounts, which notes speak of. */
static bool is_amount(const struct map_column *c)
{
    return c->unit && !unitword_excepts(c->unit);
}

/* The unit of a column's figures: its heading's own; that of a note above, or else of its spelling in the
 * mapping, or of the whole mapping, for amounts of that dimension (percentages and counts mean themselves
 * whatever the note says); else the canonical one. */
static const struct unit *source_unit(const struct binding *b, const struct mapping *m,
                                      const struct map_column *c, const struct unit *own,
                                      const struct unit *spelled)
{
    const struct unit *common[] = {b->notes.stated.unit, spelled, m->unit};
    if (!c->unit || own)
        return c->unit ? own : NULL;
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (common[i] && (is_amount(c) || common[i] == spelled) && units_same_dimension(common[i], c->unit))
            return common[i];
    return c->unit;
}

static enum status bind_unit(struct binding *b, const struct mapping *m, size_t k,
                             const struct heading_unit *u, const char *file, struct diag *d)
{
    struct bound_column *to = &b->column[k];
    const struct map_column *c = &m->column[k];
    const struct unit *unit;
    enum heading_says says = heading_match_unit(c, u, &unit);
    bool decided = b->notes.stated.unit || m->unit;
    if (says == HEADING_SAYS_UNKNOWN)
        return wrong_heading(b, to->heading, (size_t)to->cell, unit_unknown, file, d);
    if (says == HEADING_SPELLED_DIFFERENTLY && is_amount(c) && !decided)
        return wrong_heading(b, to->heading, (size_t)to->cell,
                             "the mapping spells it with several units, and nothing says which it has", file,
                             d);
    bool spelled = says == HEADING_SPELLED || says == HEADING_SPELLED_DIFFERENTLY;
    to->own = spelled ? NULL : unit;
    to->unit = source_unit(b, m, c, to->own, says == HEADING_SPELLED ? unit : NULL);
    to->shift = to->unit ? units_shift(to->unit, c->unit) : 0;
    return ST_OK;
}

bool binding_relies_on_notes(const struct binding *b, const struct mapping *m, size_t k)
{
    bool there = b->column[k].cell >= 0 || m->column[k].fill == FILL_VALUE;
    return there && is_amount(&m->column[k]) && !b->column[k].own && b->unit_column < 0;
}

static bool has_dimension(const struct mapping *m, const struct unit *unit)
{
    for (size_t k = 0; k < m->n; k++)
        if (m->column[k].unit && units_same_dimension(m->column[k].unit, unit))
            return true;
    return false;
}

/* A note that no column can follow, and one that may speak of some columns only, are none to pass over. */
static enum status check_notes(const struct binding *b, const struct mapping *m, const char *file,
                               struct diag *d)
{
    const struct unitnote *stated = &b->notes.stated, *doubted = &b->notes.doubted;
    const struct unitnote *bad = stated->unit && !has_dimension(m, stated->unit) ? stated : NULL;
    const char *why = "no column of the mapping is of that dimension";
    if (!bad && doubted->unit && (b->notes.doubts || doubted->unit != stated->unit)) {
        bad = doubted;
        why = "it may be that of some columns only; say it in a note 单位：, or see @header";
    }
    for (size_t k = 0; bad && k < m->n; k++)
        if (binding_relies_on_notes(b, m, k))
            return diag_set(d, ST_INPUT, file, bad->line, m->column[k].target, "unit %s (cell %s): %s",
                            bad->unit->name, failure_cell(bad->cell + 1, bad->line).s, why);
    return ST_OK;
}

/* --- figures under headings that map to nothing else --- */

/* All headings left that are neither ignored nor skipped. */
static void take_values(struct binding *b)
{
    b->value = mem_zero(b->width + 1, sizeof *b->value);
    for (size_t i = 0; i < b->width; i++) {
        if (!b->unmapped[i] || b->why[i] != UNMAPPED_UNKNOWN)
            continue;
        b->value[b->values++] = (struct bound_value){.cell = i, .heading = b->unmapped[i]};
        b->unmapped[i] = NULL;
    }
}

static enum status wrong_value(const struct binding *b, size_t i, const char *why, const char *file,
                               struct diag *d)
{
    return wrong_heading(b, b->value[i].heading, b->value[i].cell, why, file, d);
}

static enum status bind_values(struct binding *b, const struct mapping *m, int k, struct heading_match *match,
                               const char *file, struct diag *d)
{
    const struct map_column *c = &m->column[k];
    const struct unit *first = NULL;
    enum status st = ST_OK;
    take_values(b);
    if (b->values == 0)
        return diag_set(d, ST_INPUT, file, b->line, NULL, "header: no heading is left for '%s'", c->target);
    for (size_t i = 0; i < b->values && st == ST_OK; i++) {
        struct heading_unit u = heading_match_read(match, slice_of(b->value[i].heading));
        if (u.unknown)
            return wrong_value(b, i, unit_unknown, file, d);
        if (u.unit && (!c->unit || !units_same_dimension(u.unit, c->unit)))
            return wrong_value(b, i, "its unit is not one of the column @value", file, d);
        st = bind_unit(b, m, (size_t)k, &u, file, d);
        if (first && b->column[k].unit != first)
            return wrong_value(b, i, "its unit is not that of the headings before it", file, d);
        first = b->column[k].unit;
    }
    return st;
}

/* --- the column of units --- */

static enum status bind_unit_column(struct binding *b, const struct mapping *m, const struct units *units,
                                    const struct slice *heading, const char *file, struct diag *d)
{
    struct heading_match match;
    b->unit_column = -1;
    if (!m->units)
        return ST_OK;
    heading_match_init(&match, m->units, 1, units);
    heading_match_all(&match, heading, b->width);
    enum status st = heading_match_check(&match, heading, file, b->line, d);
    b->unit_column = match.cell[0];
    heading_match_free(&match);
    if (b->unit_column >= 0)
        use_heading(b, (size_t)b->unit_column);
    return st;
}

/* A column of units that the mapping does not name is none to pass over. */
static enum status check_unmapped(const struct binding *b, const struct mapping *m, const char *file,
                                  struct diag *d)
{
    struct wordlist known;
    bool amounts = false, found = false;
    size_t i = 0;
    wordlist_init(&known, "计量单位|金额单位|货币单位|計量單位|金額單位|貨幣單位");
    for (size_t k = 0; k < m->n; k++)
        amounts = amounts || (m->form ? is_amount(&m->column[k]) : binding_relies_on_notes(b, m, k));
    for (; amounts && i < b->width && !found; i += !found)
        found =
            b->unmapped[i] && b->why[i] == UNMAPPED_UNKNOWN && wordlist_has(&known, slice_of(b->unmapped[i]));
    wordlist_free(&known);
    return found ? wrong_heading(b, b->unmapped[i], i,
                                 "a column of units; name it in @unit column, or @ignore it", file, d)
                 : ST_OK;
}

/* The unit beside the label of a form. */
static enum status take_unit_beside(const struct binding *b, const struct mapping *m, size_t k,
                                    const struct units *units, struct heading_unit *u, const char *file,
                                    struct diag *d)
{
    struct buf word = {0};
    const struct map_column *c = &m->column[k];
    const struct bound_column *to = &b->column[k];
    if (!b->label_unit || !c->unit || to->cell < 0)
        return ST_OK;
    struct slice cell = b->label_unit[to->cell];
    fold_word(&word, cell);
    struct unitword w = unitword_among(units, buf_view(&word));
    bool blank = word.n == 0, stated = u->unit || u->unknown;
    bool good =
        w.kind == UNITWORD_KNOWN && units_same_dimension(w.unit, c->unit) && (!stated || u->unit == w.unit);
    buf_free(&word);
    if (w.kind == UNITWORD_KNOWN)
        u->unit = w.unit;
    if (good || (blank && stated))
        return ST_OK;
    uint64_t line = b->label_line[to->cell];
    return diag_set(d, ST_INPUT, file, line, c->target, "the unit beside %s is %s (cell %s)",
                    diag_quote(slice_of(to->heading)).s, blank ? "missing" : diag_quote(trim(cell)).s,
                    failure_cell((uint64_t)b->unit_column + 1, line).s);
}

/* --- notes in the header itself --- */

/* Whether the heading is that of the first column, of words: a unit in it is that of the table, as in
 * 项目（万元）. */
static bool is_corner(const struct mapping *m, const struct heading_match *match, const struct slice *heading,
                      size_t place)
{
    for (size_t i = 0; i < place; i++)
        if (trim(heading[i]).n > 0)
            return false;
    for (size_t k = 0; k < m->n; k++)
        if (match->cell[k] == (int)place && (m->column[k].type == MAP_TEXT || m->column[k].type == MAP_CODE))
            return true;
    return false;
}

/* The note that a heading is: in the corner, or where it is nothing but a unit and no column. */
static enum status note_in_heading(struct binding *b, size_t place, const struct heading_unit *u, bool corner,
                                   const char *file, struct diag *d)
{
    bool keyed = unit_key(u->whole);
    const struct unitnote note = {u->unit, b->line, place};
    struct unitnotes more = {.doubts = false};
    if (u->unknown)
        return wrong_heading(b, b->unmapped[place], place, unit_unknown, file, d);
    if (unitword_excepts(u->unit))
        return ST_OK;
    *(corner || keyed ? &more.stated : &more.doubted) = note;
    if (!corner && keyed)
        use_heading(b, place);
    return unitnotes_add(&b->notes, &more, file, d);
}

static enum status notes_in_header(struct binding *b, const struct mapping *m, struct heading_match *match,
                                   const struct slice *heading, const char *file, struct diag *d)
{
    bool amounts = false;
    enum status st = ST_OK;
    for (size_t k = 0; k < m->n; k++)
        amounts = amounts || is_amount(&m->column[k]);
    for (size_t i = 0; amounts && i < b->width && st == ST_OK; i++) {
        bool corner = is_corner(m, match, heading, i);
        if (!b->unmapped[i] || (heading_match_uses(match, i) && !corner))
            continue;
        struct heading_unit u = heading_match_read(match, heading[i]);
        bool alone = slice_equal(u.name, u.whole);
        if ((u.unit || u.unknown) && (corner || alone))
            st = note_in_heading(b, i, &u, corner, file, d);
    }
    return st;
}

/* --- columns --- */

static enum status bind_column(struct binding *b, const struct mapping *m, size_t k,
                               struct heading_match *match, const struct slice *heading, const char *file,
                               struct diag *d)
{
    struct bound_column *to = &b->column[k];
    struct heading_unit u = {.unit = NULL};
    to->cell = match->cell[k];
    to->heading = mem_text(to->cell < 0 ? slice_of("") : trim(heading[to->cell]));
    if (to->cell >= 0)
        u = heading_match_read(match, heading[to->cell]);
    if (to->cell >= 0 && !m->form)
        use_heading(b, (size_t)to->cell);
    enum status st = take_unit_beside(b, m, k, match->units, &u, file, d);
    return st == ST_OK ? bind_unit(b, m, k, &u, file, d) : st;
}

enum status binding_columns(struct binding *b, const struct mapping *m, struct heading_match *match,
                            const struct slice *heading, const char *file, struct diag *d)
{
    int value = mapping_filled(m, FILL_VALUE);
    enum status st = m->form ? ST_OK : bind_unit_column(b, m, match->units, heading, file, d);
    if (st == ST_OK && !m->form)
        st = notes_in_header(b, m, match, heading, file, d);
    b->n = m->n;
    b->column = mem_zero(m->n + 1, sizeof *b->column);
    for (size_t k = 0; k < m->n && st == ST_OK; k++)
        st = bind_column(b, m, k, match, heading, file, d);
    if (!m->form) {
        judge_unmapped(b, m, match);
        st = st == ST_OK ? check_unmapped(b, m, file, d) : st;
    }
    if (st == ST_OK && value >= 0)
        st = bind_values(b, m, value, match, file, d);
    return st == ST_OK ? check_notes(b, m, file, d) : st;
}

enum status binding_form(struct binding *b, const struct mapping *m, struct heading_match *match,
                         const struct slice *heading, const char *file, struct diag *d)
{
    size_t place = (size_t)match->cell[0];
    struct heading_unit u = heading_match_read(match, heading[place]);
    const struct unitnotes own = {.stated = {u.unit, b->line, place}};
    if (u.unknown)
        return wrong_heading(b, b->unmapped[place], place, unit_unknown, file, d);
    if (unitnotes_add(&b->notes, &own, file, d) != ST_OK)
        return ST_INPUT;
    if (bind_unit_column(b, m, match->units, heading, file, d) != ST_OK)
        return ST_INPUT;
    b->label_column = place;
    use_heading(b, place);
    judge_unmapped(b, m, match);
    if (check_unmapped(b, m, file, d) != ST_OK)
        return ST_INPUT;
    take_values(b);
    for (size_t i = 0; i < b->values; i++) {
        u = heading_match_read(match, slice_of(b->value[i].heading));
        if (u.unit || u.unknown)
            return wrong_value(b, i, "a unit belongs to the labels of a form or above it", file, d);
    }
    return b->values > 0
               ? ST_OK
               : diag_set(d, ST_INPUT, file, b->line, NULL, "header: no heading beside that of the labels");
}

/* --- used --- */

struct cell_name binding_cell(const struct binding *b, size_t k, const struct record *rec)
{
    int cell = b->column[k].cell;
    if (b->label_line && cell >= 0)
        return failure_cell(rec->number, b->label_line[cell]);
    return failure_cell((uint64_t)cell + 1, rec->line);
}

uint64_t binding_line(const struct binding *b, size_t k, const struct record *rec)
{
    int cell = b->column[k].cell;
    return b->label_line && cell >= 0 ? b->label_line[cell] : rec->line;
}

const char *binding_over(const struct binding *b, int cell)
{
    for (size_t i = 0; i < b->values; i++)
        if (b->value[i].cell == (size_t)cell)
            return b->value[i].heading;
    return "";
}

void binding_choose(struct binding *b, const struct mapping *m, size_t i)
{
    int heading = mapping_filled(m, FILL_HEADING), value = mapping_filled(m, FILL_VALUE);
    struct bound_column *to = &b->column[heading];
    free(to->constant);
    to->constant = mem_text(slice_of(b->value[i].field));
    if (value >= 0)
        b->column[value].cell = (int)b->value[i].cell;
}
