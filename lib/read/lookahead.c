/* SPDX-License-Identifier: MIT
 * lookahead: see lookahead.h. */
#include "lib/read/lookahead.h"

#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"

/* A record kept. */
struct kept {
    struct buf text;
    struct slice *cell;
    bool *is_number;
    struct record rec;
};

struct lookahead {
    struct records from;
    struct kept *kept;
    size_t n, cap, given;
    bool ended; /* what comes behind those kept is the end or a failure */
    enum status st;
    struct diag why;
    lookahead_filler *fill; /* or NULL */
    void *ctx;
};

static void keep(struct lookahead *l, const struct record *rec)
{
    l->kept = mem_grow(l->kept, l->n, &l->cap, sizeof *l->kept);
    struct kept *k = &l->kept[l->n++];
    const struct slice *cell = rec->own ? rec->own : rec->cell;
    *k = (struct kept){.cell = mem_array(NULL, rec->n, sizeof *k->cell),
                       .is_number = mem_zero(rec->n, sizeof *k->is_number),
                       .rec = {.n = rec->n, .line = rec->line, .number = rec->number}};
    for (size_t i = 0; i < rec->n; i++)
        buf_slice(&k->text, cell[i]);
    buf_room(&k->text, RECORDS_SLACK);
    size_t from = 0;
    for (size_t i = 0; i < rec->n; i++) {
        k->cell[i] = (struct slice){k->text.p + from, cell[i].n};
        from += cell[i].n;
    }
    for (size_t i = 0; i < rec->n; i++)
        k->is_number[i] = record_has_number(rec, i);
    k->rec.cell = k->cell;
    k->rec.is_number = k->is_number;
}

void lookahead_peek(struct lookahead *l, struct record *rec)
{
    *rec = (struct record){0};
    if (l->ended)
        return;
    l->st = records_next(&l->from, rec, &l->why);
    if (l->st != ST_OK)
        *rec = (struct record){0};
    l->ended = rec->n == 0;
    if (!l->ended)
        keep(l, rec);
}

void lookahead_drop(struct lookahead *l, size_t n)
{
    l->given += n;
}

/* --- as records --- */

static enum status next(void *reader, struct record *rec, struct diag *d)
{
    struct lookahead *l = reader;
    if (l->given < l->n) {
        struct kept *k = &l->kept[l->given++];
        if (l->fill)
            l->fill(l->ctx, k->rec.line, k->cell, k->is_number, k->rec.n);
        *rec = k->rec;
        return ST_OK;
    }
    if (!l->ended)
        return records_next(&l->from, rec, d);
    *rec = (struct record){0};
    if (l->st != ST_OK && d)
        *d = l->why;
    return l->st;
}

static uint64_t blank_lines(const void *reader)
{
    return records_blank_lines(&((const struct lookahead *)reader)->from);
}

static const char *sheet(const void *reader)
{
    return records_sheet(&((const struct lookahead *)reader)->from);
}

static void close(void *reader)
{
    struct lookahead *l = reader;
    records_close(&l->from);
    for (size_t i = 0; i < l->n; i++) {
        buf_free(&l->kept[i].text);
        free(l->kept[i].cell);
        free(l->kept[i].is_number);
    }
    free(l->kept);
    free(l);
}

static const struct records_kind lookahead_kind = {next, blank_lines, sheet, close};

void lookahead_fill(struct records *r, lookahead_filler *fill, void *ctx)
{
    if (r->kind != &lookahead_kind)
        return;
    struct lookahead *l = r->reader;
    l->fill = fill;
    l->ctx = ctx;
}

struct lookahead *lookahead_open(struct records *r)
{
    struct lookahead *l = mem_zero(1, sizeof *l);
    l->from = *r;
    *r = (struct records){&lookahead_kind, l};
    return l;
}
