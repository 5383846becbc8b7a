/* SPDX-License-Identifier: MIT
 * heading: see heading.h. */
#include "lib/read/heading.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/unitnote.h"

struct search {
    const struct mapping *m;
    const struct units *units;
    const char *file;
    struct binding *b;
    struct buf folded;    /* the cell looked at */
    int *match;           /* for each column of the mapping, the cell of the record looked at, or -1 */
    size_t twice;         /* a column that two cells match, or m->n */
    int other;            /* the second of them */
    size_t found, best;   /* columns matched; the most so far */
    struct buf best_text; /* the headings found in the best record and those missing */
    uint64_t best_line, records;
};

void binding_free(struct binding *b)
{
    for (size_t i = 0; b->column && i < b->n; i++)
        free(b->column[i].heading);
    for (size_t i = 0; b->unmapped && i < b->width; i++)
        free(b->unmapped[i]);
    free(b->column);
    free(b->unmapped);
    *b = (struct binding){0};
}

/* --- does a heading belong to a column --- */

/* A heading with a unit of another dimension is another column's; one without a unit column takes any count.
 */
static bool unit_fits(const struct map_column *c, const struct map_heading *h, const struct unit *unit)
{
    if (!unit)
        return true;
    if (h->unit && !units_same_dimension(h->unit, unit))
        return false;
    if (c->unit)
        return units_same_dimension(c->unit, unit);
    return c->type != MAP_NUM || h->unit;
}

static bool fits(const struct map_column *c, struct slice name, const struct unit *unit)
{
    for (size_t i = 0; i < c->headings; i++)
        if (slice_is(name, c->heading[i].folded) && unit_fits(c, &c->heading[i], unit))
            return true;
    return false;
}

static struct slice split_cell(struct search *s, struct slice cell, const struct unit **unit)
{
    buf_clear(&s->folded);
    fold_word(&s->folded, cell);
    return units_split(s->units, buf_view(&s->folded), unit);
}

static void match_record(struct search *s, const struct record *rec)
{
    s->found = 0;
    s->twice = s->m->n;
    for (size_t k = 0; k < s->m->n; k++)
        s->match[k] = -1;
    for (size_t i = 0; i < rec->n; i++) {
        const struct unit *unit;
        struct slice name = split_cell(s, rec->cell[i], &unit);
        for (size_t k = 0; name.n > 0 && k < s->m->n; k++) {
            if (!fits(&s->m->column[k], name, unit))
                continue;
            if (s->match[k] >= 0 && s->twice == s->m->n) {
                s->twice = k;
                s->other = (int)i;
            } else if (s->match[k] < 0) {
                s->match[k] = (int)i;
                s->found++;
            }
        }
    }
}

static bool has_required(const struct search *s)
{
    for (size_t k = 0; k < s->m->n; k++)
        if (s->m->column[k].required && s->match[k] < 0)
            return false;
    return s->found > 0;
}

/* --- what to say when there is no header --- */

static void list_missing(const struct search *s, struct buf *out)
{
    const char *before = "missing: ";
    for (size_t k = 0; k < s->m->n; k++) {
        const struct map_column *c = &s->m->column[k];
        if (!c->required || s->match[k] >= 0)
            continue;
        buf_printf(out, "%s%s (%s)", before, c->target, c->heading[0].folded);
        before = ", ";
    }
}

static bool is_matched(const struct search *s, size_t cell)
{
    for (size_t k = 0; k < s->m->n; k++)
        if (s->match[k] == (int)cell)
            return true;
    return false;
}

/* The record's cells that are headings of the mapping, or that are not. */
static void list_cells(struct search *s, const struct record *rec, bool matched, const char *before)
{
    for (size_t i = 0; i < rec->n; i++) {
        struct slice cell = trim(rec->cell[i]);
        if (cell.n == 0 || is_matched(s, i) != matched)
            continue;
        buf_text(&s->best_text, before);
        buf_slice(&s->best_text, cell);
        before = ", ";
    }
}

static void remember_best(struct search *s, const struct record *rec)
{
    if (s->found <= s->best)
        return;
    s->best = s->found;
    s->best_line = rec->line;
    buf_clear(&s->best_text);
    list_missing(s, &s->best_text);
    list_cells(s, rec, false, "; not understood: ");
    list_cells(s, rec, true, "; understood: ");
}

static enum status no_header(struct search *s, struct diag *d)
{
    if (s->records == 0)
        return diag_set(d, ST_INPUT, s->file, 0, NULL, "no data: the file has no record");
    if (s->best == 0)
        return diag_set(d, ST_INPUT, s->file, 0, NULL,
                        "no header: none of the headings of the mapping in the first %d records",
                        HEADING_RECORDS);
    return diag_set(d, ST_INPUT, s->file, s->best_line, NULL, "no header; this line comes nearest: %s",
                    buf_string(&s->best_text));
}

static enum status ambiguous(const struct search *s, const struct record *rec, struct diag *d)
{
    int first = s->match[s->twice];
    return diag_set(d, ST_INPUT, s->file, rec->line, NULL, "header: two columns for '%s': %s and %s",
                    s->m->column[s->twice].target, diag_quote(rec->cell[first]).s,
                    diag_quote(rec->cell[s->other]).s);
}

/* --- binding --- */

static void keep_layout(struct binding *b, const struct record *rec, size_t columns)
{
    b->n = columns;
    b->line = rec->line;
    b->width = rec->n;
    b->column = mem_zero(columns + 1, sizeof *b->column);
    b->unmapped = mem_zero(rec->n, sizeof *b->unmapped);
    for (size_t i = 0; i < rec->n; i++) {
        struct slice text = trim(rec->cell[i]);
        if (text.n == 0)
            continue;
        b->used = i + 1;
        b->unmapped[i] = mem_text(text);
    }
}

/* The unit of a column's figures: its heading's own; that of a note above, or else of the mapping, for
 * amounts of that dimension (percentages and counts mean themselves whatever the note says); else the
 * canonical one. */
static const struct unit *source_unit(const struct search *s, const struct map_column *c,
                                      const struct unit *own)
{
    const struct unit *common = s->b->stated ? s->b->stated : s->m->unit;
    if (!c->unit || own)
        return c->unit ? own : NULL;
    if (common && c->type == MAP_NUM && units_same_dimension(common, c->unit) && !unitnote_excepts(common))
        return common;
    return c->unit;
}

static void bind(struct search *s, const struct record *rec)
{
    struct binding *b = s->b;
    keep_layout(b, rec, s->m->n);
    for (size_t k = 0; k < s->m->n; k++) {
        const struct map_column *c = &s->m->column[k];
        struct bound_column *to = &b->column[k];
        const struct unit *own = NULL;
        to->cell = s->match[k];
        to->heading = mem_text(to->cell < 0 ? slice_of("") : rec->cell[to->cell]);
        if (to->cell >= 0) {
            split_cell(s, rec->cell[to->cell], &own);
            free(b->unmapped[to->cell]);
            b->unmapped[to->cell] = NULL;
        }
        to->unit = source_unit(s, c, own);
        to->shift = to->unit ? units_shift(to->unit, c->unit) : 0;
    }
}

static enum status look(struct search *s, struct records *r, struct diag *d)
{
    struct record rec;
    for (s->records = 0; s->records < HEADING_RECORDS; s->records++) {
        enum status st = records_next(r, &rec, d);
        if (st != ST_OK) {
            s->b->unreadable = true;
            return st;
        }
        if (rec.n == 0)
            break;
        match_record(s, &rec);
        if (has_required(s)) {
            if (s->twice < s->m->n)
                return ambiguous(s, &rec, d);
            bind(s, &rec);
            return ST_OK;
        }
        remember_best(s, &rec);
        st = unitnote_read(s->units, s->file, &rec, &s->b->stated, d);
        if (st != ST_OK)
            return st;
    }
    return no_header(s, d);
}

enum status heading_find(struct records *r, const char *file, const struct mapping *m,
                         const struct units *units, struct binding *b, struct diag *d)
{
    *b = (struct binding){0};
    struct search s = {
        .m = m, .units = units, .file = file, .b = b, .match = mem_array(NULL, m->n, sizeof(int))};
    enum status st = look(&s, r, d);
    free(s.match);
    buf_free(&s.folded);
    buf_free(&s.best_text);
    return st;
}

/* --- without a mapping --- */

/* A heading as a column name: as it stands, but for a byte order mark inside. */
static struct slice plain_name(struct slice cell)
{
    static const char mark[] = "\xef\xbb\xbf";
    bool marked = cell.n >= 3 && memcmp(cell.p, mark, 3) == 0;
    return marked ? (struct slice){cell.p + 3, cell.n - 3} : cell;
}

static enum status check_names(const struct slice *name, size_t n, const char *file, uint64_t line,
                               struct diag *d)
{
    for (size_t i = 0; i < n; i++) {
        if (name[i].n == 0)
            return diag_set(d, ST_INPUT, file, line, NULL, "header: column %zu has no name", i + 1);
        for (size_t k = 0; k < i; k++)
            if (slice_equal(name[i], name[k]))
                return diag_set(d, ST_INPUT, file, line, NULL, "header: column name %s stands twice",
                                diag_quote(name[i]).s);
    }
    return ST_OK;
}

struct mapping *heading_take_all(struct records *r, const char *file, struct binding *b, struct diag *d)
{
    struct record rec;
    *b = (struct binding){0};
    b->unreadable = records_next(r, &rec, d) != ST_OK;
    if (b->unreadable)
        return NULL;
    if (rec.n == 0) {
        diag_set(d, ST_INPUT, file, 0, NULL, "no data: the file has no record");
        return NULL;
    }
    struct slice *name = mem_array(NULL, rec.n, sizeof *name);
    for (size_t i = 0; i < rec.n; i++)
        name[i] = plain_name(rec.cell[i]);
    struct mapping *m = NULL;
    if (check_names(name, rec.n, file, rec.line, d) == ST_OK) {
        m = mapping_of_names(name, rec.n);
        keep_layout(b, &rec, rec.n);
        for (size_t i = 0; i < rec.n; i++) {
            b->column[i] = (struct bound_column){.cell = (int)i, .heading = mem_text(name[i])};
            free(b->unmapped[i]);
            b->unmapped[i] = NULL;
        }
    }
    free(name);
    return m;
}
