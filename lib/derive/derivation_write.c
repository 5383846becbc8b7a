/* SPDX-License-Identifier: MIT
 * derivation_write: rows as they leave: straight into the output's buffer, the columns of the input as runs
 * of bytes. Rows that stay as they came leave in runs of rows. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/derive/derivation_internal.h"

/* --- rows as they came --- */

void derivation_write_rest(struct derivation *v)
{
    if (v->run.n && !v->failed)
        out_slice(v->out, v->run);
    v->run = (struct slice){NULL, 0};
}

static void write_identical(struct derivation *v, const bool *kept)
{
    for (size_t i = 0; i < v->rows; i++) {
        struct slice row = batch_row(v->batch, v->row[i]);
        if (!kept[i])
            continue;
        if (v->run.n && v->run.p + v->run.n != row.p)
            derivation_write_rest(v);
        if (!v->run.n)
            v->run.p = row.p;
        v->run.n += row.n + 1;
    }
}

/* --- rows with something new --- */

static char *copy(char *p, const char *from, size_t n)
{
    memcpy(p, from, n);
    return p + n;
}

/* Fields one by one, because \N is written as nothing. */
static char *write_fields(const struct derivation *v, size_t row, const struct piece *piece, char *p)
{
    for (int i = piece->first; i <= piece->last; i++) {
        struct slice field = batch_field(v->batch, row, (size_t)i);
        if (i > piece->first)
            *p++ = '\t';
        if (!field_is_empty(field))
            p = copy(p, field.p, field.n);
    }
    return p;
}

static char *write_row(const struct derivation *v, size_t i, char *p)
{
    size_t row = v->row[i];
    for (size_t k = 0; k < v->pieces; k++) {
        const struct piece *piece = &v->piece[k];
        if (k)
            *p++ = '\t';
        if (piece->first >= v->width) {
            p = expr_column_write(v->computed[piece->first - v->width].column, i, p);
        } else if (v->verbatim) {
            struct slice a = batch_field(v->batch, row, (size_t)piece->first);
            struct slice b = batch_field(v->batch, row, (size_t)piece->last);
            p = copy(p, a.p, (size_t)(b.p + b.n - a.p));
        } else {
            p = write_fields(v, row, piece, p);
        }
    }
    *p++ = '\n';
    return p;
}

/* At most so many bytes has row i of the chunk. */
static size_t room_for(const struct derivation *v, size_t i)
{
    size_t room = batch_row(v->batch, v->row[i]).n * v->copies + v->pieces + 1;
    for (size_t k = 0; k < v->pieces; k++)
        if (v->piece[k].first >= v->width)
            room += expr_column_room(v->computed[v->piece[k].first - v->width].column, i);
    return room;
}

static void write_large(struct derivation *v, size_t i, size_t room)
{
    char *line = mem_alloc(room);
    out_write(v->out, line, (size_t)(write_row(v, i, line) - line));
    free(line);
}

void derivation_write(struct derivation *v, const bool *kept)
{
    if (v->identical && v->verbatim) {
        write_identical(v, kept);
        return;
    }
    for (size_t i = 0; i < v->rows; i++) {
        if (!kept[i])
            continue;
        size_t room = room_for(v, i);
        char *p = out_room(v->out, room);
        if (p)
            out_took(v->out, write_row(v, i, p));
        else
            write_large(v, i, room);
    }
}
