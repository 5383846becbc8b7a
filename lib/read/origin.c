/* SPDX-License-Identifier: MIT
 * origin: see origin.h. */
#include "lib/read/origin.h"

#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/number/decimal.h"
#include "lib/stream/keymap.h"
#include "lib/stream/table.h"

enum { ORIGIN_FILE, ORIGIN_COLUMN, ORIGIN_HEADING, ORIGIN_CELL, ORIGIN_UNIT, ORIGIN_TEXTS };
enum { ORIGIN_DECIMALS = ORIGIN_TEXTS, ORIGIN_SHIFT, ORIGIN_HEADER_LINE, ORIGIN_WIDTH };

static const char *const names[ORIGIN_WIDTH] = {"file", "column",   "heading", "cell",
                                                "unit", "decimals", "shift",   "header_line"};

struct origin {
    struct origin_column *line; /* their slices point into text once all is read */
    size_t n, cap;
    struct buf text;
    struct keymap *place; /* file TAB column -> number of the line */
};

bool origin_is_column(struct slice name)
{
    static const char *const columns[] = {ORIGIN_COLUMNS};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (slice_is(name, columns[i]))
            return true;
    return false;
}

void origin_header(struct out *o)
{
    for (size_t i = 0; i < ORIGIN_WIDTH; i++) {
        out_text(o, names[i]);
        out_char(o, i + 1 < ORIGIN_WIDTH ? '\t' : '\n');
    }
}

void origin_write(struct out *o, const struct origin_column *c)
{
    const struct slice text[ORIGIN_TEXTS] = {c->file, c->column, c->heading, c->cell, c->unit};
    for (size_t i = 0; i < ORIGIN_TEXTS; i++) {
        out_slice(o, text[i]);
        out_char(o, '\t');
    }
    if (c->decimals >= 0)
        out_printf(o, "%d", c->decimals);
    out_printf(o, "\t%d\t%llu\n", c->shift, (unsigned long long)c->header_line);
}

static bool small_number(struct slice s, int64_t low, int64_t high, int64_t *value)
{
    return dec_parse_scaled(s, 0, value) && *value >= low && *value <= high;
}

/* The numbers of a line; false when one of them is none. An empty decimals is -1. */
static bool read_numbers(const struct slice *field, struct origin_column *c)
{
    int64_t decimals = -1, shift, line;
    if (field[ORIGIN_DECIMALS].n > 0 && !small_number(field[ORIGIN_DECIMALS], 0, DEC_MAX_SCALE, &decimals))
        return false;
    if (!small_number(field[ORIGIN_SHIFT], -36, 36, &shift) ||
        !small_number(field[ORIGIN_HEADER_LINE], 0, INT64_MAX, &line))
        return false;
    c->decimals = (int)decimals;
    c->shift = (int)shift;
    c->header_line = (uint64_t)line;
    return true;
}

/* Keeps the texts of a line one behind the other; only their lengths are right until settle_texts. */
static void keep_texts(struct origin *o, const struct slice *field, struct origin_column *c)
{
    struct slice *const to[ORIGIN_TEXTS] = {&c->file, &c->column, &c->heading, &c->cell, &c->unit};
    for (size_t i = 0; i < ORIGIN_TEXTS; i++) {
        buf_slice(&o->text, field[i]);
        to[i]->n = field[i].n;
    }
}

static void settle_texts(struct origin *o)
{
    const char *p = buf_string(&o->text);
    for (size_t k = 0; k < o->n; k++) {
        struct origin_column *c = &o->line[k];
        struct slice *const to[ORIGIN_TEXTS] = {&c->file, &c->column, &c->heading, &c->cell, &c->unit};
        for (size_t i = 0; i < ORIGIN_TEXTS; i++) {
            to[i]->p = p;
            p += to[i]->n;
        }
    }
}

static uint32_t place_of(struct keymap *m, struct slice file, struct slice column, bool put)
{
    char small[512];
    struct buf big = {0};
    struct slice key = {small, file.n + 1 + column.n};
    if (key.n <= sizeof small) {
        memcpy(small, file.p, file.n);
        small[file.n] = '\t';
        memcpy(small + file.n + 1, column.p, column.n);
    } else {
        buf_slice(&big, file);
        buf_char(&big, '\t');
        buf_slice(&big, column);
        key = buf_view(&big);
    }
    uint32_t at = put ? keymap_put(m, key) : (uint32_t)keymap_get(m, key);
    buf_free(&big);
    return at;
}

static enum status add_line(struct origin *o, const char *file, uint64_t line, const struct slice *field,
                            struct diag *d)
{
    struct origin_column c = {0};
    if (!read_numbers(field, &c))
        return diag_set(d, ST_INPUT, file, line, NULL,
                        "decimals, shift or header_line is not a number that can be");
    if (place_of(o->place, field[ORIGIN_FILE], field[ORIGIN_COLUMN], true) != o->n)
        return diag_set(d, ST_INPUT, file, line, NULL, "a second line for column %s of file %s",
                        diag_quote(field[ORIGIN_COLUMN]).s, diag_quote(field[ORIGIN_FILE]).s);
    keep_texts(o, field, &c);
    o->line = mem_grow(o->line, o->n, &o->cap, sizeof *o->line);
    o->line[o->n++] = c;
    return ST_OK;
}

static enum status read_lines(struct origin *o, struct table *t, struct diag *d)
{
    int column[ORIGIN_WIDTH];
    struct slice field[ORIGIN_WIDTH];
    struct batch b;
    enum status st = ST_OK;
    for (size_t i = 0; i < ORIGIN_WIDTH; i++) {
        column[i] = table_find(t, slice_of(names[i]));
        if (column[i] < 0)
            return diag_set(d, ST_INPUT, table_file(t), 1, names[i], "column is missing");
    }
    do {
        st = table_next(t, &b, d);
        for (size_t r = 0; st == ST_OK && r < b.rows; r++) {
            for (size_t i = 0; i < ORIGIN_WIDTH; i++)
                field[i] = batch_field(&b, r, (size_t)column[i]);
            st = add_line(o, table_file(t), b.line + r, field, d);
        }
    } while (st == ST_OK && b.rows > 0);
    return st;
}

struct origin *origin_load(const char *path, struct diag *d)
{
    struct table *t = table_open(path, d);
    if (!t)
        return NULL;
    struct origin *o = mem_zero(1, sizeof *o);
    o->place = keymap_new(0);
    enum status st = read_lines(o, t, d);
    table_close(t);
    settle_texts(o);
    if (st == ST_OK)
        return o;
    origin_free(o);
    return NULL;
}

void origin_free(struct origin *o)
{
    if (!o)
        return;
    keymap_free(o->place);
    buf_free(&o->text);
    free(o->line);
    free(o);
}

size_t origin_count(const struct origin *o)
{
    return o->n;
}

const struct origin_column *origin_at(const struct origin *o, size_t i)
{
    return &o->line[i];
}

const struct origin_column *origin_find(const struct origin *o, struct slice file, struct slice column)
{
    uint32_t at = place_of(o->place, file, column, false);
    return at == UINT32_MAX ? NULL : &o->line[at];
}
