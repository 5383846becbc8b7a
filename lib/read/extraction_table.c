/* SPDX-License-Identifier: MIT
 * extraction_table: one table of a file, from its header to its end; see extraction.h. */
#include <stdlib.h>

#include "lib/read/csv_records.h"
#include "lib/read/extraction_internal.h"
#include "lib/read/lookahead.h"
#include "lib/read/origin.h"

/* --- the header --- */

/* Without a mapping the files must have the same columns. */
static enum status same_columns(const struct mapping *a, const struct mapping *b, const struct input *in,
                                struct diag *d)
{
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++)
        same = strcmp(a->column[i].target, b->column[i].target) == 0;
    if (same)
        return ST_OK;
    return diag_set(d, ST_INPUT, in->file, in->binding.line, NULL,
                    "header: not the columns of the first file");
}

static enum status take_all(struct extraction *x, struct input *in, struct diag *d)
{
    struct mapping *all = heading_take_all(&in->records, in->file, x->origin, &in->binding, d);
    if (!all)
        return ST_INPUT;
    if (!x->map) {
        x->map = all;
        return ST_OK;
    }
    enum status st = same_columns(x->map, all, in, d);
    mapping_free(all);
    return st;
}

static void fill_row(void *book, uint64_t line, struct slice *cell, bool *is_number, size_t n)
{
    workbook_fill(book, line, cell, is_number, n);
}

/* Rows may have been read already, to see whether the header goes on in them. */
static void begin_filling(const struct extraction *x, struct input *in)
{
    for (size_t k = 0; k < x->map->n; k++)
        if (x->map->column[k].filled_down && in->binding.column[k].cell >= 0)
            workbook_fill_down(&in->book, (size_t)in->binding.column[k].cell + 1, in->binding.line);
    if (in->book.kind)
        lookahead_fill(&in->records, fill_row, &in->book);
}

static enum status find_header(struct extraction *x, struct input *in, struct diag *d)
{
    bool every = !x->map || x->map->takes_all;
    const struct heading_rules rules = {x->map, x->units, x->codes};
    const char *name = x->original ? x->original : in->name;
    in->stage = "structure.header";
    enum status st =
        every ? take_all(x, in, d) : heading_find(&in->records, in->file, name, &rules, &in->binding, d);
    if (in->binding.unreadable)
        extraction_blame(in, d);
    if (st != ST_OK)
        return st;
    workbook_header_ends(&in->book);
    begin_filling(x, in);
    return ST_OK;
}

static void write_header(struct extraction *x)
{
    static const char *const origin[] = {ORIGIN_COLUMNS};
    if (x->header_written)
        return;
    x->header_written = true;
    buf_clear(&x->row);
    for (size_t k = 0; k < x->map->n; k++) {
        if (k > 0)
            buf_char(&x->row, '\t');
        buf_escaped(&x->row, slice_of(x->map->column[k].target));
    }
    for (size_t i = 0; x->origin && i < sizeof origin / sizeof *origin; i++) {
        buf_char(&x->row, '\t');
        buf_text(&x->row, origin[i]);
    }
    buf_char(&x->row, '\n');
    out_slice(x->out, buf_view(&x->row));
}

/* What the origin of every row of the table begins with. */
static void name_place(struct input *in)
{
    buf_clear(&in->place);
    buf_char(&in->place, '\t');
    buf_escaped(&in->place, slice_of(in->name));
    buf_char(&in->place, '\t');
    buf_escaped(&in->place, slice_of(records_sheet(&in->records)));
    buf_char(&in->place, '\t');
}

enum status extraction_begin_rows(struct extraction *x, struct input *in, struct diag *d)
{
    struct constant_mismatch *mismatch;
    size_t n;
    in->stage = "structure.header";
    enum status st = constants_settle(x->map, x->codes, &in->binding, in->file, &mismatch, &n, d);
    for (size_t i = 0; i < n; i++)
        extraction_mismatch(x, in, &mismatch[i]);
    free(mismatch);
    if (st != ST_OK)
        return st;
    write_header(x);
    extraction_log_header(x, in);
    name_place(in);
    struct convert_place place = {slice_of(in->name), slice_of(records_sheet(&in->records)),
                                  buf_string(&in->prefix)};
    in->convert = converter_new(x->map, &in->binding, x->codes, x->units, x->tally, &place);
    return ST_OK;
}

/* --- rows --- */

void extraction_row(struct extraction *x, struct input *in, const struct record *rec)
{
    const struct bad_cell *bad;
    buf_clear(&x->row);
    size_t n = convert_row(in->convert, rec, &x->row, &bad);
    if (x->origin) {
        buf_slice(&x->row, buf_view(&in->place));
        buf_number(&x->row, rec->line);
        buf_char(&x->row, '\t');
        buf_number(&x->row, rec->number);
    }
    buf_char(&x->row, '\n');
    out_slice(x->out, buf_view(&x->row));
    for (size_t i = 0; i < n; i++)
        extraction_bad_cell(x, in, rec, &bad[i]);
}

/* One row, or one for every heading over figures. */
static void write_rows(struct extraction *x, struct input *in, const struct record *rec)
{
    if (in->binding.values == 0)
        extraction_row(x, in, rec);
    for (size_t i = 0; i < in->binding.values; i++) {
        binding_choose(&in->binding, x->map, i);
        extraction_row(x, in, rec);
    }
}

/* Where every column is taken as it stands, rows of the header's width need no look at their cells. The first
 * is read as any other, because it is the example for the log. */
static enum status copy_rows(struct extraction *x, struct input *in, struct role_count *rows, struct diag *d)
{
    uint64_t copied = 1;
    enum status st = ST_OK;
    while (x->map->takes_all && !x->origin && rows->n > 0 && copied > 0 && st == ST_OK &&
           !out_failed(x->out)) {
        st = csv_copy_rows(&in->records, in->binding.width, x->out, &copied, d);
        rows->n += copied;
    }
    return st;
}

static void tell_record(struct extraction *x, const struct input *in, const struct record *rec,
                        enum record_role role)
{
    struct buf cells = {0};
    if (role == RECORD_ROW || !tally_lists_each(x->tally))
        return;
    for (size_t i = 0; i < rec->n; i++) {
        if (i > 0)
            buf_char(&cells, '\t');
        buf_slice(&cells, rec->cell[i]);
    }
    tally_each(x->tally, &(struct tally_event){.file = slice_of(in->name),
                                               .sheet = slice_of(records_sheet(&in->records)),
                                               .line = rec->line,
                                               .kind = record_role_name(role),
                                               .before = buf_view(&cells)});
    buf_free(&cells);
}

/* The first cell that says something stands for the record. */
static void count_role(struct role_count *c, const struct input *in, const struct record *rec)
{
    if (c->n++ > 0)
        return;
    size_t i = 0;
    while (i + 1 < rec->n && trim(rec->cell[i]).n == 0)
        i++;
    buf_slice(&c->example, trim(rec->cell[i]));
    buf_slice(&c->cell, buf_view(&in->prefix));
    buf_text(&c->cell, failure_cell(i + 1, rec->line).s);
}

enum record_role extraction_role(struct extraction *x, struct input *in, const struct record *rec, bool ended)
{
    enum record_role role = record_role(x->map, &in->binding, rec, &x->row);
    if (ended && role != RECORD_HEADER)
        role = RECORD_END;
    count_role(&in->roles[role], in, rec);
    tell_record(x, in, rec, role);
    if (role == RECORD_RAGGED)
        extraction_ragged(x, in, rec);
    return role;
}

/* Behind @end, where the header may come again, a note may state another unit for what follows. */
static enum status check_note(const struct extraction *x, struct input *in, const struct record *rec,
                              struct diag *d)
{
    struct unitnotes notes = in->binding.notes;
    const struct unit *before = notes.stated.unit;
    in->stage = "structure.header";
    enum status st = unitnote_read(x->units, in->file, rec, NOTE_ABOVE, &notes, d);
    if (st != ST_OK || notes.stated.unit == before)
        return st;
    return diag_set(d, ST_INPUT, in->file, rec->line, NULL,
                    "a note states a unit that the table before did not have");
}

/* A note that comes too late must say what the figures are read in. */
static enum status check_agrees(const struct extraction *x, const struct input *in,
                                const struct unitnotes *notes, const char *below, struct diag *d)
{
    const struct binding *b = &in->binding;
    const struct unitnote *late = &notes->stated;
    for (size_t k = 0; k < b->n && late->unit; k++)
        if (binding_relies_on_notes(b, x->map, k) && b->column[k].unit != late->unit)
            return diag_set(d, ST_INPUT, in->file, late->line, x->map->column[k].target,
                            "a note below the %s states another unit than %s: %s (cell %s)", below,
                            b->column[k].unit->name, late->unit->name,
                            failure_cell(late->cell + 1, late->line).s);
    return ST_OK;
}

enum status extraction_footnote(struct extraction *x, struct input *in, const struct record *rec,
                                struct diag *d)
{
    struct unitnotes notes = {.doubts = false};
    struct binding *b = &in->binding;
    struct wordlist words;
    size_t i = 0;
    wordlist_init(&words, "注|说明|备注|附注|註|說明|備註");
    while (i + 1 < rec->n && trim(rec->cell[i]).n == 0)
        i++;
    buf_clear(&x->row);
    fold_word(&x->row, rec->cell[i]);
    bool is = wordlist_begins(&words, buf_view(&x->row));
    wordlist_free(&words);
    in->stage = "structure.header";
    enum status st = is ? unitnote_read(x->units, in->file, rec, NOTE_ABOVE, &notes, d) : ST_OK;
    if (st == ST_OK && x->map->form)
        return unitnotes_add(&b->notes, &notes, in->file, d);
    return st == ST_OK ? check_agrees(x, in, &notes, "table", d) : st;
}

static bool is_unit(struct extraction *x, const struct record *rec, size_t place)
{
    buf_clear(&x->row);
    if (place < rec->n)
        fold_word(&x->row, rec->cell[place]);
    struct unitword w = unitword_among(x->units, buf_view(&x->row));
    return w.kind == UNITWORD_UNKNOWN || (w.kind == UNITWORD_KNOWN && !unitword_excepts(w.unit));
}

static enum status wrong_unit(const struct input *in, const struct record *rec, size_t place, const char *why,
                              struct diag *d)
{
    return diag_set(d, ST_INPUT, in->file, rec->line, NULL, "a unit below the header: %s (cell %s); %s",
                    diag_quote(trim(rec->cell[place])).s, failure_cell(place + 1, rec->line).s, why);
}

/* The first record below the header may have been meant as part of it, or be a note, and it shows which
 * column is one of units. */
static enum status check_first(struct extraction *x, struct input *in, const struct record *rec,
                               struct diag *d)
{
    const struct binding *b = &in->binding;
    struct unitnotes notes = {.doubts = false};
    bool relies = false;
    in->stage = "structure.header";
    for (size_t k = 0; k < b->n; k++) {
        int cell = b->column[k].cell;
        relies = relies || binding_relies_on_notes(b, x->map, k);
        if (x->map->column[k].unit && cell >= 0 && is_unit(x, rec, (size_t)cell))
            return wrong_unit(in, rec, (size_t)cell, "join the records with @header", d);
    }
    for (size_t i = 0; relies && i < b->width; i++)
        if (b->unmapped[i] && b->why[i] == UNMAPPED_UNKNOWN && is_unit(x, rec, i))
            return wrong_unit(in, rec, i, "name its column in @unit column, or @ignore it", d);
    enum status st = unitnote_read(x->units, in->file, rec, NOTE_AMONG, &notes, d);
    return st == ST_OK && b->unit_column < 0 ? check_agrees(x, in, &notes, "header", d) : st;
}

static enum status read_rows(struct extraction *x, struct input *in, struct diag *d)
{
    struct record rec;
    bool ended = false, first = !x->map->takes_all;
    enum status st;
    while ((st = copy_rows(x, in, &in->roles[RECORD_ROW], d)) == ST_OK &&
           (st = records_next(&in->records, &rec, d)) == ST_OK && rec.n > 0) {
        enum record_role role = extraction_role(x, in, &rec, ended);
        if (role == RECORD_END && !ended && (st = extraction_footnote(x, in, &rec, d)) != ST_OK)
            return st;
        ended = role == RECORD_END;
        if (ended && x->map->table == 0 && (st = check_note(x, in, &rec, d)) != ST_OK)
            return st;
        bool row = role == RECORD_ROW || role == RECORD_PADDED;
        if (first && (row || role == RECORD_RAGGED)) {
            first = false;
            if ((st = check_first(x, in, &rec, d)) != ST_OK)
                return st;
        }
        if (row) {
            write_rows(x, in, &rec);
            if (in->blank)
                extraction_blank_row(x, in, &rec);
        }
        if (out_failed(x->out))
            return ST_OUTPUT; /* out_close has the reason */
    }
    if (st != ST_OK)
        extraction_blame(in, d);
    return st;
}

enum status extraction_table(struct extraction *x, struct input *in, struct diag *d)
{
    enum status st = find_header(x, in, d);
    if (st != ST_OK)
        return st;
    extraction_blank_begin(in);
    if (x->map->form) {
        st = extraction_form(x, in, d);
    } else {
        st = extraction_begin_rows(x, in, d);
        if (st == ST_OK)
            st = read_rows(x, in, d);
    }
    extraction_blank_end(x, in, st == ST_OK);
    tally_add(x->tally, "lines.blank", records_blank_lines(&in->records), slice_of(""), "");
    return st == ST_OK ? extraction_keep_origin(x, in, d) : st;
}
