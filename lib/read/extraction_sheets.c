/* SPDX-License-Identifier: MIT
 * extraction_sheets: which sheets of a workbook are read, one after the other; see extraction.h. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/extraction_internal.h"
#include "lib/read/unitnote.h"

struct choice {
    const struct sheet_entry *sheet;
    size_t n;
    bool *chosen;
};

static void list_names(const struct choice *c, bool chosen, struct buf *out)
{
    const char *before = "";
    for (size_t i = 0; i < c->n; i++) {
        if (chosen && !c->chosen[i])
            continue;
        buf_printf(out, "%s%s%s", before, diag_quote(slice_of(c->sheet[i].name)).s,
                   c->sheet[i].hidden ? " (hidden)" : "");
        before = ", ";
    }
}

static enum status refuse(const struct choice *c, const struct input *in, bool chosen, const char *why,
                          const char *what, struct diag *d)
{
    struct buf names = {0};
    list_names(c, chosen, &names);
    diag_set(d, ST_INPUT, in->file, 0, NULL, "%s%s; the workbook has %s", why, what,
             names.n ? buf_string(&names) : "no sheet of cells");
    buf_free(&names);
    return ST_INPUT;
}

/* --- by name --- */

static bool is_wanted(const struct map_sheet *wanted, struct slice folded)
{
    struct buf name = {0};
    if (wanted->pattern)
        return wordpattern_matches(wanted->pattern, folded);
    fold_word(&name, slice_of(wanted->name));
    bool same = slice_equal(buf_view(&name), folded);
    buf_free(&name);
    return same;
}

/* A hidden sheet is meant only by --hidden or by its very name. */
static size_t choose_wanted(struct choice *c, const struct map_sheet *wanted, size_t n, bool hidden)
{
    struct buf folded = {0};
    size_t found = 0;
    for (size_t i = 0; i < c->n; i++) {
        buf_clear(&folded);
        fold_word(&folded, slice_of(c->sheet[i].name));
        for (size_t k = 0; k < n && !c->chosen[i]; k++)
            c->chosen[i] = (!c->sheet[i].hidden || hidden || !wanted[k].pattern) &&
                           is_wanted(&wanted[k], buf_view(&folded));
        found += c->chosen[i];
    }
    buf_free(&folded);
    return found;
}

static enum status choose_named(const struct extraction *x, const struct input *in, struct choice *c,
                                struct diag *d)
{
    if (x->sheet) {
        struct map_sheet one = {(char *)x->sheet, NULL};
        if (choose_wanted(c, &one, 1, true) > 0)
            return ST_OK;
        return refuse(c, in, false, "no sheet ", diag_quote(slice_of(x->sheet)).s, d);
    }
    if (choose_wanted(c, x->map->sheet, x->map->sheets, x->hidden) > 0)
        return ST_OK;
    return refuse(c, in, false, "no sheet that @sheet means", "", d);
}

/* --- without a name: the only one that has rows --- */

static unsigned what_of(const struct extraction *x)
{
    unsigned what = x->hidden ? WORKBOOK_HIDDEN_ROWS : 0;
    for (size_t k = 0; x->map && k < x->map->n; k++)
        what |= x->map->column[k].filled_down ? WORKBOOK_MERGES : 0;
    return what;
}

static enum status has_rows(struct extraction *x, struct input *in, size_t sheet, bool *any, struct diag *d)
{
    struct record rec = {0};
    struct records r = {0};
    enum status st = workbook_records(&in->book, sheet, what_of(x), &r, d);
    if (st == ST_OK)
        st = records_next(&r, &rec, d);
    records_close(&r);
    *any = rec.n > 0;
    return st;
}

/* Whether the sheet has the header that the mapping looks for. */
static enum status has_header(struct extraction *x, struct input *in, size_t sheet, bool *has, struct diag *d)
{
    struct records r = {0};
    struct binding b = {0};
    const struct heading_rules rules = {x->map, x->units, x->codes};
    const char *name = x->original ? x->original : in->name;
    enum status st = workbook_records(&in->book, sheet, what_of(x), &r, d);
    if (st != ST_OK)
        return st;
    struct diag why;
    *has = heading_find(&r, in->file, name, &rules, &b, &why) == ST_OK || b.line > 0;
    if (b.unreadable) {
        *d = why;
        st = why.status;
    }
    binding_free(&b);
    records_close(&r);
    return st;
}

/* Of several sheets with rows those stay chosen that have the header; without any all stay. *found gets how
 * many have it. */
static enum status choose_by_header(struct extraction *x, struct input *in, struct choice *c, size_t *found,
                                    struct diag *d)
{
    size_t n = 0;
    bool *has = mem_zero(c->n + 1, sizeof *has);
    enum status st = ST_OK;
    for (size_t i = 0; i < c->n && st == ST_OK; i++) {
        if (c->chosen[i])
            st = has_header(x, in, i, &has[i], d);
        n += has[i];
    }
    for (size_t i = 0; i < c->n && n > 0; i++)
        c->chosen[i] = has[i];
    free(has);
    *found = n;
    return st;
}

static enum status choose_only(struct extraction *x, struct input *in, struct choice *c, struct diag *d)
{
    size_t found = 0, visible = 0, last = 0;
    for (size_t i = 0; i < c->n; i++)
        if (!c->sheet[i].hidden || x->hidden) {
            visible++;
            last = i;
        }
    if (visible == 1) {
        c->chosen[last] = true;
        return ST_OK;
    }
    for (size_t i = 0; i < c->n; i++) {
        bool any = false;
        if (c->sheet[i].hidden && !x->hidden)
            continue;
        enum status st = has_rows(x, in, i, &any, d);
        if (st != ST_OK)
            return st;
        c->chosen[i] = any;
        found += any;
    }
    const char *several = "more than one sheet has rows; name one with --sheet or @sheet";
    if (found > 1 && x->map && !x->map->takes_all) {
        enum status st = choose_by_header(x, in, c, &found, d);
        if (st != ST_OK)
            return st;
        several = "more than one sheet has the header; name one with --sheet or @sheet";
        if (found == 0)
            return refuse(c, in, true,
                          "no sheet has the header; one named with --sheet or @sheet tells what it lacks", "",
                          d);
    }
    if (found > 1)
        return refuse(c, in, true, several, "", d);
    return found == 1 ? ST_OK : refuse(c, in, false, "no data: no sheet has a row", "", d);
}

static void tell_left_out(struct extraction *x, const struct input *in, const struct choice *c)
{
    for (size_t i = 0; i < c->n; i++) {
        if (c->chosen[i])
            continue;
        const char *kind = c->sheet[i].hidden ? "sheet.hidden" : "sheet.unused";
        tally_list(x->tally, kind, slice_of(c->sheet[i].name), "");
        tally_each(x->tally, &(struct tally_event){.file = slice_of(in->name),
                                                   .sheet = slice_of(c->sheet[i].name),
                                                   .kind = kind});
    }
}

/* --- what is hidden --- */

/* Whether figures of this dimension are read in another unit. */
static bool contradicts(const struct extraction *x, const struct input *in, const struct unit *unit)
{
    for (size_t k = 0; k < in->binding.n; k++) {
        const struct unit *used = in->binding.column[k].unit;
        bool has_cells = in->binding.column[k].cell >= 0 || x->map->column[k].fill == FILL_VALUE;
        if (has_cells && used && used != unit && strcmp(used->dimension, unit->dimension) == 0)
            return true;
    }
    return false;
}

/* A note in a hidden row is not heeded; what it says may still be true. */
static void tell_hidden_notes(struct extraction *x, const struct input *in, const struct sheet_rows *rows)
{
    size_t from = 0;
    struct slice *cell = mem_array(NULL, RECORDS_MAX_CELLS, sizeof *cell);
    for (size_t i = 0; i < rows->hidden_rows; i++) {
        const struct hidden_row *row = &rows->hidden_row[i];
        struct record rec = {.cell = cell, .line = row->line};
        while (from < row->end) {
            const char *p = rows->hidden_text.p + from, *tab = memchr(p, '\t', row->end - from);
            cell[rec.n++] = (struct slice){p, (size_t)(tab - p)};
            from += (size_t)(tab - p) + 1;
        }
        struct unitnotes notes = {.doubts = false};
        struct diag ignored;
        if (unitnote_read(x->units, in->file, &rec, NOTE_ABOVE, &notes, &ignored) == ST_OK &&
            notes.stated.unit && contradicts(x, in, notes.stated.unit))
            extraction_hidden_unit(x, in, row->line, notes.stated.unit);
    }
    free(cell);
}

static void tell_hidden(struct extraction *x, const struct input *in)
{
    const struct sheet_rows *rows = workbook_rows(&in->book);
    if (rows->count[SHEET_HIDDEN_ROW].n > 0)
        extraction_hidden_rows(x, in, &rows->count[SHEET_HIDDEN_ROW]);
    if (rows->count[SHEET_HIDDEN_CELL].n > 0)
        extraction_hidden_cells(x, in, &rows->count[SHEET_HIDDEN_CELL]);
    if (x->units && rows->hidden_rows > 0)
        tell_hidden_notes(x, in, rows);
}

/* --- reading --- */

static enum status read_sheet(struct extraction *x, struct input *in, size_t sheet, struct diag *d)
{
    converter_free(in->convert);
    in->convert = NULL;
    binding_free(&in->binding);
    in->stage = "structure.workbook";
    enum status st = workbook_records(&in->book, sheet, what_of(x), &in->records, d);
    if (st != ST_OK)
        return st;
    workbook_list_each(&in->book, x->tally, slice_of(in->name), records_sheet(&in->records));
    st = extraction_table(x, in, d);
    workbook_log(&in->book, x->tally, buf_string(&in->prefix));
    if (st == ST_OK)
        tell_hidden(x, in);
    if (st == ST_OK)
        records_close(&in->records);
    return st;
}

enum status extraction_sheets(struct extraction *x, struct input *in, struct diag *d)
{
    struct choice c = {0};
    bool named = x->sheet || (x->map && x->map->sheets > 0);
    c.sheet = workbook_sheets(&in->book, &c.n);
    c.chosen = mem_zero(c.n + 1, sizeof *c.chosen);
    in->stage = "structure.sheet";
    enum status st = named ? choose_named(x, in, &c, d) : choose_only(x, in, &c, d);
    if (st == ST_OK)
        tell_left_out(x, in, &c);
    size_t plain = in->prefix.n, chosen = 0;
    for (size_t i = 0; i < c.n; i++)
        chosen += c.chosen[i];
    for (size_t i = 0; i < c.n && st == ST_OK; i++) {
        if (!c.chosen[i])
            continue;
        in->prefix.n = plain;
        if (chosen > 1)
            buf_printf(&in->prefix, "%s!", c.sheet[i].name);
        st = read_sheet(x, in, i, d);
    }
    free(c.chosen);
    return st;
}
