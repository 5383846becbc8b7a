/* SPDX-License-Identifier: MIT
 * record_role: see record_role.h. */
#include "lib/read/record_role.h"

static const char *const names[RECORD_ROLES] = {
    [RECORD_ROW] = "rows",           [RECORD_EMPTY] = "rows.empty",       [RECORD_SKIP] = "rows.skipped",
    [RECORD_END] = "rows.after",     [RECORD_RAGGED] = "rows.ragged",     [RECORD_PADDED] = "rows.padded",
    [RECORD_HEADER] = "rows.header", [RECORD_UNMAPPED] = "rows.unmapped",
};

const char *record_role_name(enum record_role role)
{
    return names[role];
}

/* The cell under a column of codes, or NULL: a total may stand there behind a number of its own. */
static const struct slice *code_cell(const struct mapping *m, const struct binding *b,
                                     const struct record *rec, size_t k)
{
    int cell = b->column[k].cell;
    bool is = m->column[k].type == MAP_CODE && cell >= 0 && (size_t)cell < rec->n;
    return is ? &rec->cell[cell] : NULL;
}

static bool begins_a_row(const struct mapping *m, const struct binding *b, const struct record *rec)
{
    size_t first = fold_keeps(rec->cell[0]);
    const char *p = rec->cell[0].p;
    if (first == 0 || cellwords_may_begin(&m->end, p, first) || cellwords_may_begin(&m->skip, p, first))
        return false;
    for (size_t k = 0; k < b->n && cellwords_any(&m->skip); k++) {
        const struct slice *code = code_cell(m, b, rec, k);
        if (code && ((first = fold_keeps(*code)) == 0 || cellwords_may_begin(&m->skip, code->p, first)))
            return false;
    }
    return true;
}

static bool has_skipped_code(const struct mapping *m, const struct binding *b, const struct record *rec,
                             struct buf *scratch)
{
    for (size_t k = 0; k < b->n && cellwords_any(&m->skip); k++) {
        const struct slice *code = code_cell(m, b, rec, k);
        buf_clear(scratch);
        if (code)
            fold_word(scratch, *code);
        if (code && cellwords_match(&m->skip, buf_view(scratch)))
            return true;
    }
    return false;
}

/* Whether the mapping takes anything from the record. */
static bool takes(const struct binding *b, const struct record *rec, struct buf *scratch)
{
    return b->mappeds == 0 || binding_fills(b, rec, scratch);
}

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

enum record_role record_role(const struct mapping *m, const struct binding *b, const struct record *rec,
                             struct buf *scratch)
{
    /* Nearly every record is a row at first sight. */
    if (rec->n == b->width && m->table != 0 && begins_a_row(m, b, rec) &&
        (b->takes_first || takes(b, rec, scratch)))
        return RECORD_ROW;
    if (first_filled(rec, 0, scratch) == rec->n)
        return m->takes_all && rec->n == b->width ? RECORD_ROW : RECORD_EMPTY;
    struct slice word = buf_view(scratch); /* of that cell */
    if (cellwords_match(&m->end, word))
        return RECORD_END;
    if (cellwords_match(&m->skip, word) || has_skipped_code(m, b, rec, scratch))
        return RECORD_SKIP;
    if (m->table == 0 && binding_is_header(b, rec, scratch))
        return RECORD_HEADER;
    bool whole = rec->n == b->width;
    if (!whole && (rec->n < b->used || first_filled(rec, b->width, scratch) < rec->n))
        return RECORD_RAGGED;
    if (!takes(b, rec, scratch))
        return RECORD_UNMAPPED;
    return whole ? RECORD_ROW : RECORD_PADDED;
}
