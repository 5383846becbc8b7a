/* SPDX-License-Identifier: MIT
 * schema_check: a table's header against its schema, and the counts of what schema_scan finds in its cells.
 */
#include "lib/schema/schema_check.h"

#include "lib/base/buf.h"
#include "lib/read/origin.h"

/* --- header --- */

static bool is_origin_at(const struct table *t, size_t first)
{
    static const char *const name[] = {ORIGIN_COLUMNS};
    size_t n = sizeof name / sizeof *name;
    if (table_width(t) != first + n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!slice_is(table_name(t, first + i), name[i]))
            return false;
    return true;
}

static void list_name(struct buf *text, const char *what, size_t nth, struct slice name)
{
    buf_text(text, nth ? ", " : text->n ? "; " : "");
    if (nth == 0)
        buf_printf(text, "%s ", what);
    buf_text(text, diag_quote(name).s);
}

static void list_differences(const struct schema *s, const struct table *t, size_t width, struct buf *text)
{
    size_t n = 0;
    for (size_t i = 0; i < s->width; i++)
        if (table_find(t, s->column[i].field) < 0)
            list_name(text, "missing", n++, s->column[i].field);
    n = 0;
    for (size_t i = 0; i < width; i++)
        if (schema_find(s, table_name(t, i)) < 0)
            list_name(text, "unexpected", n++, table_name(t, i));
    /* Out of order: of the columns both have, those that do not stand after all of their predecessors. */
    n = 0;
    int last = -1;
    for (size_t i = 0; i < s->width; i++) {
        int at = table_find(t, s->column[i].field);
        if (at < 0)
            continue;
        if (at < last)
            list_name(text, "out of order", n++, s->column[i].field);
        else
            last = at;
    }
}

enum status schema_check_header(const struct schema *s, const struct table *t, int *origin, struct diag *d)
{
    bool same = table_width(t) >= s->width;
    for (size_t i = 0; same && i < s->width; i++)
        same = slice_equal(table_name(t, i), s->column[i].field);
    *origin = is_origin_at(t, s->width) ? (int)s->width : -1;
    if (same && (table_width(t) == s->width || *origin >= 0))
        return ST_OK;
    size_t width = table_width(t);
    if (width >= 4 && is_origin_at(t, width - 4))
        width -= 4;
    struct buf text = {0};
    list_differences(s, t, width, &text);
    enum status st = diag_set(d, ST_INPUT, table_file(t), 1, NULL, "the header is not that of %s: %s",
                              s->file, buf_string(&text));
    buf_free(&text);
    return st;
}

/* --- counts --- */

static bool has_check(const struct schema_column *sc, enum cell_fault fault)
{
    switch (fault) {
    case FAULT_REQUIRED:
        return sc->required;
    case FAULT_TYPE:
        return true;
    case FAULT_CODES:
        return sc->has_codes;
    case FAULT_RANGE:
        return *sc->low.text || *sc->high.text;
    case FAULT_PATTERN:
        return sc->pattern != NULL;
    case FAULT_NONE:
    case FAULTS:
        break;
    }
    return false;
}

bool schema_check_count(const struct schema_check *c, enum cell_fault fault, struct check_count *sum)
{
    bool any = false;
    *sum = (struct check_count){0};
    for (size_t k = 0; k < c->schema->width; k++) {
        if (!has_check(&c->schema->column[k], fault))
            continue;
        any = true;
        const struct column_count *n = &c->count[k];
        sum->run += fault == FAULT_REQUIRED ? c->rows : c->rows - n->missing;
        sum->fail += n->fault[fault];
        for (int earlier = FAULT_TYPE; earlier < (int)fault; earlier++)
            sum->undecided += n->fault[earlier];
    }
    return any;
}
