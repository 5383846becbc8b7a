/* SPDX-License-Identifier: MIT
 * binding_unit: of which unit the figures of a column are, by its heading, by notes, by the mapping; see
 * binding.h. */
#include "lib/read/binding_internal.h"

const char binding_unit_unknown[] = "it states a unit that is not in the list of units; add it there";

/* Why a heading cannot be bound, with its cell; in a form, that of the label. */
enum status binding_wrong_heading(const struct binding *b, const char *heading, size_t place, const char *why,
                                  const char *file, struct diag *d)
{
    uint64_t line = b->label_line ? b->label_line[place] : b->line;
    size_t column = b->label_line ? b->label_column : place;
    return diag_set(d, ST_INPUT, file, line, NULL, "header: %s (cell %s): %s",
                    diag_quote(slice_of(heading)).s, failure_cell(column + 1, line).s, why);
}

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

enum status binding_unit(struct binding *b, const struct mapping *m, size_t k, const struct heading_unit *u,
                         const char *file, struct diag *d)
{
    struct bound_column *to = &b->column[k];
    const struct map_column *c = &m->column[k];
    const struct unit *unit;
    enum heading_says says = heading_match_unit(c, u, &unit);
    bool decided = b->notes.stated.unit || m->unit;
    if (says == HEADING_SAYS_UNKNOWN)
        return binding_wrong_heading(b, to->heading, (size_t)to->cell, binding_unit_unknown, file, d);
    if (says == HEADING_SPELLED_DIFFERENTLY && is_amount(c) && !decided)
        return binding_wrong_heading(
            b, to->heading, (size_t)to->cell,
            "the mapping spells it with several units, and nothing says which it has", file, d);
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
enum status binding_check_notes(const struct binding *b, const struct mapping *m, const char *file,
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

/* --- the column of units --- */

enum status binding_unit_column(struct binding *b, const struct mapping *m, const struct units *units,
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
        binding_use_heading(b, (size_t)b->unit_column);
    return st;
}

/* A column of units that the mapping does not name is none to pass over. */
enum status binding_check_unmapped(const struct binding *b, const struct mapping *m, const char *file,
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
    return found ? binding_wrong_heading(b, b->unmapped[i], i,
                                         "a column of units; name it in @unit column, or @ignore it", file, d)
                 : ST_OK;
}

/* The unit beside the label of a form. */
enum status binding_unit_beside(const struct binding *b, const struct mapping *m, size_t k,
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
        return binding_wrong_heading(b, b->unmapped[place], place, binding_unit_unknown, file, d);
    if (unitword_excepts(u->unit))
        return ST_OK;
    *(corner || keyed ? &more.stated : &more.doubted) = note;
    if (!corner && keyed)
        binding_use_heading(b, place);
    return unitnotes_add(&b->notes, &more, file, d);
}

enum status binding_notes_in_header(struct binding *b, const struct mapping *m, struct heading_match *match,
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
