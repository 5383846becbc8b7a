/* SPDX-License-Identifier: MIT
 * derivation_write: rows as they leave: straight into the output's buffer, the columns of the input as runs
 * of bytes. Rows that stay as they came leave in runs of rows. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/derive/derivation_internal.h"
#include "lib/number/decimal_write.h"

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

/* What of a row is the same for all of a chunk. */
struct chunk_plan {
    dec_writer *write;
    size_t room; /* of separators and numbers */
    bool has_texts;
};

static char *write_row(const struct derivation *v, const struct chunk_plan *plan, size_t i, char *p)
{
    size_t row = v->row[i];
    for (const struct piece *k = v->piece; k < v->piece + v->pieces; k++) {
        if (k->units) {
            p = plan->write(p, k->units[i], k->decimals);
        } else if (k->column) {
            p = expr_column_write(k->column, i, p);
        } else if (v->verbatim) {
            struct slice a = batch_field(v->batch, row, (size_t)k->first);
            struct slice b = batch_field(v->batch, row, (size_t)k->last);
            p = copy(p, a.p, (size_t)(b.p + b.n - a.p));
        } else {
            p = write_fields(v, row, k, p);
        }
        *p++ = '\t';
    }
    p[-1] = '\n';
    return p;
}

static bool is_text(const struct expr_column *c)
{
    return c->type != EXPR_NUM && c->type != EXPR_BOOL;
}

static struct chunk_plan plan_chunk(struct derivation *v)
{
    struct chunk_plan plan = {.write = dec_units_writer(), .room = v->pieces + DEC_WRITE_ROOM};
    for (struct piece *k = v->piece; k < v->piece + v->pieces; k++) {
        k->units = k->column ? expr_column_units(k->column, &k->decimals) : NULL;
        plan.has_texts = plan.has_texts || (k->column && is_text(k->column));
        plan.room += k->column && !is_text(k->column) ? expr_column_room(k->column, 0) : 0;
    }
    return plan;
}

/* At most so many bytes has row i of the chunk. */
static size_t room_for(const struct derivation *v, const struct chunk_plan *plan, size_t i)
{
    size_t room = batch_row(v->batch, v->row[i]).n * v->copies + plan->room;
    for (size_t k = 0; k < v->pieces && plan->has_texts; k++)
        if (v->piece[k].column && is_text(v->piece[k].column))
            room += expr_column_room(v->piece[k].column, i);
    return room;
}

static void write_large(struct derivation *v, const struct chunk_plan *plan, size_t i, size_t room)
{
    char *line = mem_alloc(room);
    out_write(v->out, line, (size_t)(write_row(v, plan, i, line) - line));
    free(line);
}

void derivation_write(struct derivation *v, const bool *kept)
{
    if (v->identical && v->verbatim) {
        write_identical(v, kept);
        return;
    }
    struct chunk_plan plan = plan_chunk(v);
    for (size_t i = 0; i < v->rows; i++) {
        if (!kept[i])
            continue;
        size_t room = room_for(v, &plan, i);
        char *p = out_room(v->out, room);
        if (p)
            out_took(v->out, write_row(v, &plan, i, p));
        else
            write_large(v, &plan, i, room);
    }
}
