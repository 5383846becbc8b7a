/* SPDX-License-Identifier: MIT
 * constants: see constants.h. */
#include "lib/read/constants.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/cellvalue.h"
#include "lib/read/failure.h"
#include "lib/read/heading.h"

/* --- finding --- */

static bool take(const struct map_constant *c, struct slice folded, struct found_constant *found,
                 const struct found_constant *place, bool *differs)
{
    struct slice group;
    if (!wordpattern_captures(c->pattern, folded, &group))
        return false;
    if (found->text) {
        *differs = !slice_is(group, found->text);
        return true;
    }
    *found = *place;
    found->text = mem_text(group);
    return true;
}

/* The next cell behind i that is not blank is appended, folded: its place, 0 when there is none. */
static size_t append_next(const struct record *rec, size_t i, struct buf *folded)
{
    size_t before = folded->n;
    while (++i < rec->n && folded->n == before)
        fold_word(folded, rec->cell[i]);
    return folded->n > before ? i - 1 : 0;
}

enum status constants_in_record(const struct mapping *m, const struct record *rec,
                                struct found_constant *found, const char *file, struct diag *d)
{
    struct buf folded = {0};
    enum status st = ST_OK;
    for (size_t i = 0; i < rec->n && st == ST_OK; i++) {
        buf_clear(&folded);
        fold_word(&folded, rec->cell[i]);
        size_t alone = folded.n;
        size_t next = alone > 0 ? append_next(rec, i, &folded) : 0;
        struct found_constant here = {NULL, rec->line, i, record_has_number(rec, i)}, both = here;
        both.is_number = next > 0 && record_has_number(rec, next); /* behind the label */
        for (size_t k = 0; alone > 0 && k < m->constants && st == ST_OK; k++) {
            bool differs = false;
            if (m->constant[k].place != PLACE_CELL ||
                take(&m->constant[k], (struct slice){folded.p, alone}, &found[k], &here, &differs) ||
                (next > 0 && take(&m->constant[k], buf_view(&folded), &found[k], &both, &differs)))
                if (differs)
                    st = diag_set(d, ST_INPUT, file, rec->line, NULL,
                                  "two values of '%s' above the table: %s and %s", m->constant[k].name,
                                  diag_quote(slice_of(found[k].text)).s, diag_quote(trim(rec->cell[i])).s);
        }
    }
    buf_free(&folded);
    return st;
}

void constants_in_name(const struct mapping *m, enum map_place place, const char *name,
                       struct found_constant *found)
{
    struct buf folded = {0};
    fold_word(&folded, slice_of(name));
    for (size_t k = 0; k < m->constants; k++) {
        bool differs;
        if (m->constant[k].place == place)
            take(&m->constant[k], buf_view(&folded), &found[k], &(struct found_constant){0}, &differs);
    }
    buf_free(&folded);
}

/* --- settling --- */

static enum reading read_known(struct cellvalue *v, const struct map_column *c, struct slice text, bool comma,
                               struct buf *field)
{
    struct number_rules rules = {
        .missing = v->missing, .sign = "", .whole = c->type == MAP_INT, .comma = comma};
    struct note note;
    buf_clear(field);
    return cellvalue_read(v, c, &rules, text, field, &note);
}

static char *plain_text(struct slice field)
{
    struct buf plain = {0};
    buf_unescaped(&plain, field);
    char *text = mem_text(buf_view(&plain));
    buf_free(&plain);
    return text;
}

enum status constants_declared(struct mapping *m, const struct codes *codes, const char *path, struct diag *d)
{
    struct cellvalue v = {&m->missing, codes, {0}};
    struct buf field = {0};
    enum status st = ST_OK;
    for (size_t k = 0; k < m->n && st == ST_OK; k++) {
        struct map_column *c = &m->column[k];
        enum reading r = c->constant ? read_known(&v, c, slice_of(c->constant), false, &field) : READ_EMPTY;
        if (r == READ_VALUE) {
            free(c->constant);
            c->constant = plain_text(buf_view(&field));
        } else if (r != READ_EMPTY && r != READ_NA && r != BAD_CODE)
            st = diag_set(d, ST_MISUSE, path, 0, c->target, "%s%s: %s: %s",
                          c->define ? "-D " : "the constant", c->define ? c->define : "", reading_text(r)->en,
                          diag_quote(slice_of(c->constant)).s);
    }
    buf_free(&v.scratch);
    buf_free(&field);
    return st;
}

static enum status cannot_read(const struct map_column *c, const struct found_constant *f, enum reading r,
                               const char *file, struct diag *d)
{
    struct cell_name cell = failure_cell(f->cell + 1, f->line);
    return diag_set(d, ST_INPUT, file, f->line, c->target, "%s: %s%s%s%s",
                    r == READ_EMPTY || r == READ_NA ? "no value" : reading_text(r)->en,
                    diag_quote(slice_of(f->text)).s, f->line ? " (cell " : " (in the name)",
                    f->line ? cell.s : "", f->line ? ")" : "");
}

static enum status nowhere(const struct mapping *m, const struct map_column *c, const char *file,
                           struct diag *d)
{
    bool place[3] = {false};
    for (size_t i = 0; i < m->constants; i++)
        if (strcmp(m->constant[i].name, c->define) == 0)
            place[m->constant[i].place] = true;
    return diag_set(d, ST_INPUT, file, 0, c->target, "no value for '%s': not given with -D, nor found%s%s%s",
                    c->define, place[PLACE_CELL] ? " in a cell above the header" : "",
                    place[PLACE_FILE] ? " in the file's name" : "",
                    place[PLACE_SHEET] ? " in the sheet's name" : "");
}

struct settling {
    const struct mapping *m;
    struct binding *b;
    struct cellvalue value;
    struct buf field;
    struct constant_mismatch *mismatch;
    size_t n, cap;
};

static enum status settle_column(struct settling *s, size_t k, const char *file, struct diag *d)
{
    const struct map_column *c = &s->m->column[k];
    struct bound_column *to = &s->b->column[k];
    for (size_t i = 0; i < s->m->constants; i++) {
        const struct found_constant *f = &s->b->found[i];
        if (!f->text || strcmp(s->m->constant[i].name, c->define) != 0)
            continue;
        enum reading r = read_known(&s->value, c, slice_of(f->text), c->comma && !f->is_number, &s->field);
        if (r != READ_VALUE && (!to->constant || r == READ_EMPTY || r == READ_NA))
            return cannot_read(c, f, r, file, d);
        if (!to->constant)
            to->constant = plain_text(buf_view(&s->field));
        else if (r != READ_VALUE || !slice_is(buf_view(&s->field), to->constant)) {
            s->mismatch = mem_grow(s->mismatch, s->n, &s->cap, sizeof *s->mismatch);
            s->mismatch[s->n++] = (struct constant_mismatch){k, f};
        }
    }
    return to->constant || to->cell >= 0 ? ST_OK : nowhere(s->m, c, file, d);
}

enum status constants_settle(const struct mapping *m, const struct codes *codes, struct binding *b,
                             const char *file, struct constant_mismatch **mismatch, size_t *n, struct diag *d)
{
    struct settling s = {.m = m, .b = b, .value = {&m->missing, codes, {0}}};
    enum status st = ST_OK;
    for (size_t k = 0; k < m->n && st == ST_OK; k++) {
        const struct map_column *c = &m->column[k];
        if (c->constant && (c->define || b->column[k].cell < 0))
            b->column[k].constant = mem_text(slice_of(c->constant));
        if (c->define)
            st = settle_column(&s, k, file, d);
    }
    buf_free(&s.value.scratch);
    buf_free(&s.field);
    *mismatch = s.mismatch;
    *n = s.n;
    return st;
}

/* The word over the figures, without the unit in parentheses at its end, or the part of it that is meant. */
static enum reading read_heading(struct cellvalue *v, const struct map_column *c, struct slice heading,
                                 const struct units *units, struct buf *word, struct buf *field)
{
    struct heading_unit u = heading_unit_read(units, word, heading);
    struct slice part = u.name;
    if (c->part && wordpattern_captures(c->part, u.name, &part))
        return read_known(v, c, part, c->comma, field);
    return read_known(v, c, u.unit || c->type != MAP_TEXT ? u.name : trim(heading), c->comma, field);
}

enum status constants_settle_headings(const struct mapping *m, const struct codes *codes,
                                      const struct units *units, struct binding *b, const char *file,
                                      struct diag *d)
{
    struct cellvalue v = {&m->missing, codes, {0}};
    struct buf word = {0}, field = {0};
    int k = mapping_filled(m, FILL_HEADING);
    enum status st = ST_OK;
    for (size_t i = 0; i < b->values && st == ST_OK; i++) {
        const struct map_column *c = &m->column[k];
        struct slice heading = slice_of(b->value[i].heading);
        enum reading r = read_heading(&v, c, heading, units, &word, &field);
        if (r != READ_VALUE)
            st = diag_set(d, ST_INPUT, file, b->line, c->target,
                          "heading %s (cell %s): %s; @ignore or @skip it", diag_quote(heading).s,
                          failure_cell(b->value[i].cell + 1, b->line).s,
                          r == READ_EMPTY || r == READ_NA ? "no value" : reading_text(r)->en);
        for (size_t before = 0; before < i && st == ST_OK; before++)
            if (slice_is(buf_view(&field), b->value[before].field))
                st = diag_set(d, ST_INPUT, file, b->line, c->target, "two headings for %s: %s and %s",
                              diag_quote(buf_view(&field)).s,
                              diag_quote(slice_of(b->value[before].heading)).s, diag_quote(heading).s);
        if (st == ST_OK)
            b->value[i].field = plain_text(buf_view(&field));
    }
    buf_free(&v.scratch);
    buf_free(&word);
    buf_free(&field);
    return st;
}
