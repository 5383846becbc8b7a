/* SPDX-License-Identifier: MIT
 * csv_fast: see csv_fast.h. Single records are split along an index of the bytes that can end a field. */
#include "lib/read/csv_fast.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/csv_fast_paths.h"
#include "lib/stream/scan.h"

enum { INDEXED = 4096 }; /* bytes indexed at once */

struct csv_fast {
    struct lines *lines;
    char delimiter, quote;
    /* Offsets in the text at `base` of what may end a field: those from at[k] on are ahead. */
    const char *base;
    size_t indexed;
    size_t k, marks;
    uint32_t at[INDEXED + SCAN_SLACK];
    struct slice *cell;
    size_t cell_cap;
    char *undone; /* room for the cells of a record whose doubled quotes were undone */
    char *rows;   /* room for those of the longest text */
};

struct csv_fast *csv_fast_new(struct lines *l, char delimiter, char quote)
{
    if (!csv_fast_available())
        return NULL;
    struct csv_fast *f = mem_alloc(sizeof *f);
    *f = (struct csv_fast){.lines = l, .delimiter = delimiter, .quote = quote};
    f->undone = mem_alloc(DECODER_TEXT + RECORDS_SLACK); /* what is not used of these is never touched */
    f->rows = mem_alloc(2 * DECODER_TEXT + 2 * SCAN_SLACK);
    return f;
}

void csv_fast_free(struct csv_fast *f)
{
    if (!f)
        return;
    free(f->cell);
    free(f->undone);
    free(f->rows);
    free(f);
}

/* --- the text --- */

/* Whether a record begins where the lines stand. */
static bool at_beginning(const struct lines *l)
{
    return l->fresh && !l->cr_held;
}

static void pass(struct lines *l, size_t bytes, uint64_t lines)
{
    l->rest.p += bytes;
    l->rest.n -= bytes;
    l->line += lines;
}

/* More text behind the rest. *got is false at the end, and when the record is so long that it wants care. */
static enum status read_more(struct csv_fast *f, bool *got, struct diag *d)
{
    size_t before = f->lines->rest.n;
    *got = false;
    if (before > DECODER_KEEP)
        return ST_OK;
    enum status st = lines_more(f->lines, d);
    *got = st == ST_OK && f->lines->rest.n > before;
    f->base = NULL;
    return st;
}

/* --- single records --- */

/* The offset of the next mark at or after `from`; the text's end when there is none. */
static size_t next_mark(struct csv_fast *f, size_t from)
{
    size_t n = (size_t)(f->lines->rest.p + f->lines->rest.n - f->base);
    for (;;) {
        while (f->k < f->marks && f->at[f->k] < from)
            f->k++;
        if (f->k < f->marks)
            return f->at[f->k];
        if (f->indexed >= n)
            return n;
        size_t end = n - f->indexed > INDEXED ? f->indexed + INDEXED : n;
        f->marks = csv_index_avx2(f->base, f->indexed, end, f->delimiter, f->quote, f->at);
        f->indexed = end;
        f->k = 0;
    }
}

enum split { SPLIT_DONE, SPLIT_ENDS, SPLIT_CARE }; /* a record; the text ends in it; it wants care */

struct splitting {
    const char *p; /* the text */
    size_t i, end; /* of it */
    size_t cells;
    char *undone; /* where the next cell without doubled quotes goes */
    uint64_t lines;
};

static bool add_cell(struct csv_fast *f, struct splitting *s, const char *p, size_t n)
{
    if (s->cells == RECORDS_MAX_CELLS)
        return false;
    if (s->cells == f->cell_cap)
        f->cell = mem_grow(f->cell, s->cells, &f->cell_cap, sizeof *f->cell);
    f->cell[s->cells++] = (struct slice){p, n};
    return true;
}

/* The text between quotes, doubled ones undone. */
static struct slice undouble(const struct csv_fast *f, struct splitting *s, const char *p, size_t n)
{
    char *from = s->undone;
    for (const char *quote; (quote = memchr(p, f->quote, n)) != NULL;) {
        size_t k = (size_t)(quote + 1 - p);
        memcpy(s->undone, p, k);
        s->undone += k;
        p += k + 1;
        n -= k + 1;
    }
    memcpy(s->undone, p, n);
    s->undone += n;
    return (struct slice){from, (size_t)(s->undone - from)};
}

/* The quoted cell whose first quote stands at s->i; then s->i is behind its last. */
static enum split quoted_cell(struct csv_fast *f, struct splitting *s)
{
    size_t from = s->i + 1, at = from;
    bool doubled = false;
    for (;;) {
        at = next_mark(f, at);
        if (at + 1 >= s->end)
            return SPLIT_ENDS;
        s->lines += s->p[at] == '\n';
        if (s->p[at] != f->quote) {
            at++;
        } else if (s->p[at + 1] == f->quote) {
            doubled = true;
            at += 2;
        } else {
            break;
        }
    }
    struct slice text = {s->p + from, at - from};
    if (doubled)
        text = undouble(f, s, text.p, text.n);
    s->i = at + 1;
    return add_cell(f, s, text.p, text.n) ? SPLIT_DONE : SPLIT_CARE;
}

/* The cell at s->i up to the separator that ends it. */
static enum split any_cell(struct csv_fast *f, struct splitting *s, size_t *mark)
{
    *mark = next_mark(f, s->i);
    if (*mark >= s->end)
        return SPLIT_ENDS;
    if (f->quote && s->p[*mark] == f->quote) {
        if (*mark != s->i)
            return SPLIT_CARE;
        enum split quoted = quoted_cell(f, s);
        *mark = quoted == SPLIT_DONE ? next_mark(f, s->i) : *mark;
        return quoted == SPLIT_DONE && *mark != s->i ? SPLIT_CARE : quoted;
    }
    return add_cell(f, s, s->p + s->i, *mark - s->i) ? SPLIT_DONE : SPLIT_CARE;
}

/* Cells without quotes as far as they are indexed: every mark ends one. */
static void plain_cells(struct csv_fast *f, struct splitting *s)
{
    size_t k = f->k;
    while (k < f->marks && f->at[k] < s->i)
        k++;
    for (; k < f->marks && s->p[f->at[k]] == f->delimiter && s->cells < f->cell_cap; k++) {
        f->cell[s->cells++] = (struct slice){s->p + s->i, f->at[k] - s->i};
        s->i = f->at[k] + 1;
    }
    f->k = k;
}

static enum split split(struct csv_fast *f, struct splitting *s)
{
    for (;;) {
        size_t mark;
        plain_cells(f, s);
        enum split cell = any_cell(f, s, &mark);
        if (cell != SPLIT_DONE)
            return cell;
        s->i = mark + 1;
        if (s->p[mark] == f->delimiter)
            continue;
        if (s->p[mark] == '\r') {
            if (s->i == s->end)
                return SPLIT_ENDS;
            if (s->p[s->i++] != '\n')
                return SPLIT_CARE;
        }
        s->lines++;
        return SPLIT_DONE;
    }
}

/* A line with nothing in it is no record. */
static bool is_blank(const char *p, size_t n)
{
    return n > 0 && (p[0] == '\n' || p[0] == '\r');
}

enum status csv_fast_next(struct csv_fast *f, struct record *rec, struct diag *d)
{
    struct lines *l = f->lines;
    *rec = (struct record){0};
    while (at_beginning(l)) {
        if (!f->base) {
            f->base = l->rest.p;
            f->indexed = f->k = f->marks = 0;
        }
        size_t from = (size_t)(l->rest.p - f->base);
        struct splitting s = {.p = f->base, .i = from, .end = from + l->rest.n, .undone = f->undone};
        enum split done = is_blank(l->rest.p, l->rest.n) ? SPLIT_CARE : split(f, &s);
        if (done == SPLIT_DONE) {
            *rec = (struct record){f->cell, s.cells, l->line + 1, 0, NULL, NULL};
            pass(l, (size_t)(s.p + s.i - l->rest.p), s.lines);
            return ST_OK;
        }
        bool got = false;
        enum status st = done == SPLIT_ENDS ? read_more(f, &got, d) : ST_OK;
        if (st != ST_OK || !got) {
            f->base = NULL; /* the careful reader will have moved on, and may have other text */
            return st;
        }
    }
    f->base = NULL;
    return ST_OK;
}

/* --- many at once --- */

/* Much at once goes to the descriptor as it is, where out_write would copy what its buffer can take. */
static void write_rows(struct out *out, const char *p, size_t n)
{
    if (n >= out->cap / 2)
        out_write_slow(out, p, n);
    else
        out_write(out, p, n);
}

enum status csv_fast_copy(struct csv_fast *f, size_t width, struct out *out, uint64_t *rows, struct diag *d)
{
    struct lines *l = f->lines;
    bool got = true;
    *rows = 0;
    f->base = NULL;
    while (at_beginning(l) && got) {
        struct csv_copy c = {.p = l->rest.p,
                             .n = l->rest.n,
                             .delimiter = f->delimiter,
                             .quote = f->quote,
                             .width = width,
                             .to = f->rows};
        csv_copy_avx2(&c);
        if (c.rows > 0) {
            write_rows(out, f->rows, c.made);
            pass(l, c.used, c.lines);
            *rows = c.rows;
            return ST_OK;
        }
        enum status st = c.unusual ? ST_OK : read_more(f, &got, d);
        if (st != ST_OK || c.unusual)
            return st;
    }
    return ST_OK;
}
