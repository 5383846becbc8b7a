/* SPDX-License-Identifier: MIT
 * heading: see heading.h. */
#include "lib/read/heading.h"

#include <inttypes.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/header_depth.h"
#include "lib/read/heading_match.h"
#include "lib/read/headline.h"
#include "lib/read/origin.h"

/* What the notes in a record say. */
struct noted {
    struct unitnotes notes;
    enum status status;
    struct diag d;
};

struct search {
    const struct mapping *m;
    const struct units *units;
    const struct codes *codes;
    const char *file;
    struct binding *b;
    struct heading_match match;
    struct headline headline;
    size_t best;          /* the most columns found so far */
    size_t best_filled;   /* while that is 0: the most cells with text */
    struct buf best_text; /* what to say of that record */
    struct buf best_zh;
    uint64_t best_line;
    uint64_t records;    /* looked at, since the beginning, the anchor, or the table before */
    uint64_t read;       /* in all */
    bool waiting;        /* for the anchor of @after */
    int tables;          /* passed */
    struct noted before; /* the last above a table passed, or above the anchor */
    struct noted noted[MAP_HEADER_ROWS - 1]; /* the newest first: they may belong to the header */
};

static enum status no_header(struct search *s, struct diag *d)
{
    if (s->read == 0)
        return diag_set(d, ST_INPUT, s->file, 0, NULL, "no data: the file has no record");
    if (s->waiting)
        return diag_set(d, ST_INPUT, s->file, 0, NULL, "no header: no cell begins with the words of @after");
    if (s->tables > 0)
        return diag_set(d, ST_INPUT, s->file, 0, NULL, "no header: the file has %d such table%s, not %d",
                        s->tables, s->tables > 1 ? "s" : "", s->m->table);
    if (s->best_zh.n > 0) {
        struct buf zh = {0};
        buf_printf(&zh, "找不到完整的表头，最接近的是第 %" PRIu64 " 行：", s->best_line);
        buf_slice(&zh, buf_view(&s->best_zh));
        s->b->nearest = mem_text(buf_view(&zh));
        buf_free(&zh);
    }
    return diag_set(d, ST_INPUT, s->file, s->best_line, NULL, "no header; this line comes nearest: %s",
                    buf_string(&s->best_text));
}

/* The separator of another kind that a record in one piece has most of; *n gets how many. */
static char other_delimiter(const struct search *s, size_t *n)
{
    static const char others[] = "\t;|,";
    char most = '\0';
    *n = 0;
    for (size_t k = 0; s->headline.n == 1 && others[k]; k++) {
        size_t found = 0;
        for (size_t i = 0; i < s->headline.cell[0].n; i++)
            found += s->headline.cell[0].p[i] == others[k];
        if (found > *n) {
            *n = found;
            most = others[k];
        }
    }
    return most;
}

/* The record that has most of the columns; while none has one, the fullest. */
static void remember_best(struct search *s, uint64_t line)
{
    size_t filled = 0;
    for (size_t i = 0; i < s->headline.n; i++)
        filled += s->headline.cell[i].n > 0;
    size_t others;
    char delimiter = other_delimiter(s, &others);
    filled += others;
    if (s->match.found < s->best || (s->match.found == s->best && (s->best > 0 || filled <= s->best_filled)))
        return;
    s->best = s->match.found;
    s->best_filled = filled;
    s->best_line = line;
    buf_clear(&s->best_text);
    buf_clear(&s->best_zh);
    if (others > 0) {
        buf_printf(&s->best_text,
                   "one field with %zu %s%s in it; perhaps another delimiter (-d or @delimiter)", others,
                   delimiter == '\t' ? "TAB" : diag_quote((struct slice){&delimiter, 1}).s,
                   delimiter == '\t' && others > 1 ? "s" : "");
        return;
    }
    heading_match_explain(&s->match, s->headline.cell, s->headline.n, &s->best_text);
    heading_match_explain_zh(&s->match, s->headline.cell, s->headline.n, &s->best_zh);
}

/* Whether the newest records are the header, as few of them as will do. *depth gets how many. */
static bool is_header(struct search *s, uint64_t line, int *depth)
{
    for (*depth = 1; *depth <= s->m->header_rows && *depth <= s->headline.rows; ++*depth) {
        headline_join(&s->headline, 0, *depth);
        heading_match_all(&s->match, s->headline.cell, s->headline.n);
        if (heading_match_whole(&s->match))
            return true;
        remember_best(s, line);
    }
    return false;
}

static bool is_anchor(const struct search *s, const struct record *rec, struct buf *scratch)
{
    for (size_t i = 0; i < rec->n; i++) {
        buf_clear(scratch);
        fold_word(scratch, rec->cell[i]);
        if (cellwords_match(&s->m->after, buf_view(scratch)))
            return true;
    }
    return false;
}

/* --- the parts of the search --- */

static enum status settle(struct search *s, const struct noted *n, struct diag *d)
{
    if (n->status == ST_OK)
        return unitnotes_add(&s->b->notes, &n->notes, s->file, d);
    *d = n->d;
    return n->status;
}

/* The notes that were held, but for those of the upper records of a header. */
static enum status settle_held(struct search *s, int depth, struct diag *d)
{
    enum status st = ST_OK;
    for (int i = s->m->header_rows - 1; i-- > depth - 1 && st == ST_OK;)
        st = settle(s, &s->noted[i], d);
    memset(s->noted, 0, sizeof s->noted);
    return st;
}

/* A table before the one wanted: its header is passed by, its note holds until another one comes. */
static enum status pass_table(struct search *s, int depth, struct diag *d)
{
    if (settle_held(s, depth, d) != ST_OK)
        return ST_INPUT;
    s->tables++;
    s->records = 0;
    if (s->b->notes.stated.unit)
        s->before = (struct noted){.notes.stated = s->b->notes.stated, .status = ST_OK};
    s->b->notes = (struct unitnotes){.doubts = false};
    headline_reset(&s->headline);
    return ST_OK;
}

static enum status take_header(struct search *s, struct records *r, int depth, struct diag *d)
{
    struct header_search h = {s->m, s->units, s->codes, s->file, &s->match, &s->headline};
    if (settle_held(s, depth, d) != ST_OK)
        return ST_INPUT;
    if (!s->b->notes.stated.unit && settle(s, &s->before, d) != ST_OK)
        return ST_INPUT;
    return header_take(&h, r, depth, s->b, d);
}

/* The notes of a record that is no header. The newest records may yet be the upper ones of it. */
static enum status read_notes(struct search *s, const struct record *rec, struct diag *d)
{
    struct noted now = {.status = ST_OK}, *held = s->noted;
    int hold = s->m->header_rows - 1;
    enum status st = constants_in_record(s->m, rec, s->b->found, s->file, d);
    if (st != ST_OK)
        return st;
    enum unitnote_place place = s->tables > 0 || s->waiting ? NOTE_AMONG : NOTE_ABOVE;
    now.status = unitnote_read(s->units, s->file, rec, place, &now.notes, &now.d);
    struct noted oldest = hold > 0 ? held[hold - 1] : now;
    if (hold > 0) {
        memmove(held + 1, held, (size_t)(hold - 1) * sizeof *held);
        held[0] = now;
    }
    return settle(s, &oldest, d);
}

/* Above the anchor a note holds until another one comes, and so does one that is not understood. */
static void read_far_note(struct search *s, const struct record *rec)
{
    struct noted far = {.status = ST_OK};
    far.status = unitnote_read(s->units, s->file, rec, NOTE_AMONG, &far.notes, &far.d);
    if (far.status != ST_OK || far.notes.stated.unit)
        s->before = far;
}

static enum status look(struct search *s, struct records *r, struct diag *d)
{
    struct record rec;
    struct buf scratch = {0};
    enum status st = ST_OK;
    bool done = false;
    while (st == ST_OK && !done && (s->waiting || s->tables > 0 || s->records < HEADING_RECORDS)) {
        st = records_next(r, &rec, d);
        s->b->unreadable = st != ST_OK;
        if (st != ST_OK || rec.n == 0)
            break;
        s->read++;
        if (s->waiting) {
            s->waiting = !is_anchor(s, &rec, &scratch);
            if (s->waiting)
                read_far_note(s, &rec);
            else
                st = read_notes(s, &rec, d);
            continue;
        }
        s->records++;
        headline_push(&s->headline, &rec);
        int depth;
        if (!is_header(s, rec.line, &depth))
            st = read_notes(s, &rec, d);
        else if (s->tables + 1 < s->m->table)
            st = pass_table(s, depth, d);
        else {
            done = true;
            st = take_header(s, r, depth, d);
        }
    }
    buf_free(&scratch);
    return done || st != ST_OK ? st : no_header(s, d);
}

enum status heading_find(struct records *r, const char *file, const char *name,
                         const struct heading_rules *rules, struct binding *b, struct diag *d)
{
    const struct mapping *m = rules->m;
    *b = (struct binding){.unit_column = -1};
    struct search s = {.m = m,
                       .units = rules->units,
                       .codes = rules->codes,
                       .file = file,
                       .b = b,
                       .headline = {.keep = 2 * m->header_rows - 1},
                       .waiting = cellwords_any(&m->after)};
    heading_match_init(&s.match, m->form ? m->form : m->column, m->form ? 1 : m->n, rules->units);
    b->found = mem_zero(m->constants + 1, sizeof *b->found);
    b->founds = m->constants;
    constants_in_name(m, PLACE_FILE, name, b->found);
    constants_in_name(m, PLACE_SHEET, records_sheet(r), b->found);
    enum status st = look(&s, r, d);
    heading_match_free(&s.match);
    headline_free(&s.headline);
    buf_free(&s.best_text);
    buf_free(&s.best_zh);
    return st;
}

/* A label that is nothing but 单位：万元 is a note. */
static enum status notes_among_labels(struct binding *b, const char *file, struct heading_match *match,
                                      const struct form_labels *labels, struct diag *d)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < labels->n && st == ST_OK; i++) {
        struct heading_unit u = heading_match_read(match, labels->text[i]);
        const struct unitnotes note = {.stated = {u.unit, labels->line[i], b->label_column}};
        if (heading_match_uses(match, i) || !slice_equal(u.name, u.whole) || !unit_key(u.whole))
            continue;
        if (u.unknown)
            return diag_set(d, ST_INPUT, file, labels->line[i], NULL, "unknown unit in a note: %s (cell %s)",
                            diag_quote(trim(labels->text[i])).s,
                            failure_cell(b->label_column + 1, labels->line[i]).s);
        if (u.unit && !unitword_excepts(u.unit))
            st = unitnotes_add(&b->notes, &note, file, d);
    }
    return st;
}

enum status heading_bind_labels(struct binding *b, const char *file, const struct mapping *m,
                                const struct units *units, const struct form_labels *labels, struct diag *d)
{
    const struct slice *label = labels->text;
    size_t n = labels->n;
    struct heading_match match;
    struct buf text = {0};
    heading_match_init(&match, m->column, m->n, units);
    heading_match_all(&match, label, n);
    enum status st = ST_OK;
    if (!heading_match_whole(&match)) {
        struct buf what = {0}, zh = {0};
        heading_match_explain_zh(&match, label, n, &what);
        buf_printf(&zh, "表单的项目不全：%s", buf_string(&what));
        b->nearest = mem_text(buf_view(&zh));
        buf_free(&what);
        buf_free(&zh);
        heading_match_explain(&match, label, n, &text);
        st = diag_set(d, ST_INPUT, file, b->line, NULL,
                      "the labels below this header are not those wanted: %s", buf_string(&text));
    }
    b->label_line = mem_zero(n + 1, sizeof *b->label_line);
    if (n > 0)
        memcpy(b->label_line, labels->line, n * sizeof *b->label_line);
    b->label_unit = labels->unit;
    if (st == ST_OK)
        st = heading_match_check(&match, label, file, b->line, d);
    if (st == ST_OK)
        st = notes_among_labels(b, file, &match, labels, d);
    if (st == ST_OK)
        st = binding_columns(b, m, &match, label, file, d);
    b->label_unit = NULL;
    heading_match_free(&match);
    buf_free(&text);
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

static enum status check_names(const struct slice *name, size_t n, bool origin, const char *file,
                               uint64_t line, struct diag *d)
{
    for (size_t i = 0; i < n; i++) {
        if (name[i].n == 0)
            return diag_set(d, ST_INPUT, file, line, NULL, "header: column %zu has no name", i + 1);
        if (origin && origin_is_column(name[i]))
            return diag_set(d, ST_INPUT, file, line, NULL, "header: --origin adds a column of that name: %s",
                            diag_quote(name[i]).s);
        for (size_t k = 0; k < i; k++)
            if (slice_equal(name[i], name[k]))
                return diag_set(d, ST_INPUT, file, line, NULL, "header: column name %s stands twice",
                                diag_quote(name[i]).s);
    }
    return ST_OK;
}

struct mapping *heading_take_all(struct records *r, const char *file, bool origin, struct binding *b,
                                 struct diag *d)
{
    struct record rec;
    *b = (struct binding){.unit_column = -1};
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
    if (check_names(name, rec.n, origin, file, rec.line, d) == ST_OK) {
        m = mapping_of_names(name, rec.n);
        binding_keep_layout(b, rec.cell, rec.n, rec.line);
        binding_take_all(b, name);
    }
    free(name);
    return m;
}
