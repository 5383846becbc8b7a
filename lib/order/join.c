/* SPDX-License-Identifier: MIT
 * join: see join.h. The table is read a chunk of rows at a time, so that the keys of a chunk are looked for
 * together. */
#include "lib/order/join.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/order/join_internal.h"
#include "lib/order/row_fields.h"
#include "lib/stream/keymap.h"

struct reference *join_reference(const struct join_rule *rule)
{
    return reference_new(rule->dated, join_is_single(rule));
}

struct join *join_new(struct table *t, struct table *reference, const struct join_rule *rule)
{
    struct join *j = mem_zero(1, sizeof *j);
    j->table = t;
    j->reference = reference;
    j->rule = rule;
    j->form.half_open = rule->half_open;
    j->field = mem_array(NULL, rule->adds, sizeof *j->field);
    j->match = REFERENCE_NONE;
    j->held = join_reference(rule);
    return j;
}

void join_free(struct join *j)
{
    if (!j)
        return;
    reference_free(j->held);
    join_spill_free(j->spill);
    buf_free(&j->scratch);
    buf_free(&j->plain);
    buf_free(&j->keys);
    free(j->field);
    free(j);
}

/* --- the reference --- */

static void name_place(const struct table *t, uint64_t line, int column, struct diag *d)
{
    struct slice name = table_name(t, (size_t)column);
    snprintf(d->file, sizeof d->file, "%s", table_file(t));
    snprintf(d->column, sizeof d->column, "%.*s", (int)name.n, name.p);
    d->line = line;
}

enum status join_reference_row(struct join *j, const struct batch *b, size_t i, struct reference_entry *row,
                               struct diag *d)
{
    const struct join_rule *rule = j->rule;
    for (size_t k = 0; k < rule->adds; k++)
        j->field[k] = batch_field(b, i, (size_t)rule->added[k]);
    *row = (struct reference_entry){j->field, rule->adds, b->line + i, VALIDITY_ALWAYS};
    if (!rule->dated)
        return ST_OK;
    const struct slice span[] = {batch_field(b, i, (size_t)rule->from), batch_field(b, i, (size_t)rule->to)};
    unsigned bad;
    enum status st = validity_read(&j->form, span, &row->span, &bad, d);
    if (st != ST_OK)
        name_place(j->reference, row->line, bad ? rule->to : rule->from, d);
    return st;
}

/* Whether the row put last has the same fields as the first of its key. */
static bool is_again(const struct reference *r, reference_row first, const struct reference_entry *row,
                     struct buf *scratch)
{
    buf_clear(scratch);
    for (size_t i = 0; i < row->fields; i++) {
        if (i)
            buf_char(scratch, '\t');
        if (!field_is_empty(row->field[i]))
            buf_slice(scratch, row->field[i]);
    }
    return slice_equal(buf_view(scratch), reference_kept(r, first));
}

enum status join_hold(struct reference *r, const struct join_rule *rule, struct slice key,
                      const struct reference_entry *row, const char *file, struct diag *d)
{
    reference_row first = rule->all || rule->dated ? REFERENCE_NONE : reference_find(r, key);
    if (first == REFERENCE_NONE)
        return reference_put(r, key, row)
                   ? ST_OK
                   : diag_set(d, ST_INPUT, file, row->line, NULL, "more than 32 GiB of rows with one key");
    struct buf scratch = {0};
    bool again = is_again(r, first, row, &scratch);
    buf_free(&scratch);
    if (again)
        return ST_OK;
    return diag_set(d, ST_INPUT, file, row->line, NULL,
                    "key %s stands on line %" PRIu64 " already, with other values", row_key_quote(key).s,
                    reference_line(r, first));
}

enum status join_end(struct reference *r, const char *file, struct diag *d)
{
    uint64_t line, first;
    if (reference_end(r, &line, &first) == ST_OK)
        return ST_OK;
    return diag_set(d, ST_INPUT, file, line, NULL,
                    "its validity overlaps that of line %" PRIu64 ", which has the same key", first);
}

/* Hands what is held over to a join beyond memory. */
static enum status spill(struct join *j, struct diag *d)
{
    enum status st = ST_OK;
    j->spill = join_spill_new(j);
    for (reference_row i = reference_first(j->held); i != REFERENCE_NONE && st == ST_OK;
         i = reference_after(j->held, i)) {
        struct slice kept = reference_kept(j->held, i);
        struct reference_entry row = {&kept, 1, reference_line(j->held, i), reference_span(j->held, i)};
        st = join_spill_put(j->spill, reference_key(j->held, i), &row, d);
    }
    reference_free(j->held);
    j->held = NULL;
    return st;
}

static bool memory_is_full(const struct join *j)
{
    enum { MOST = 16 }; /* GiB: half of what a reference can hold */
    uint64_t memory = j->rule->memory < (uint64_t)MOST << 30 ? j->rule->memory : (uint64_t)MOST << 30;
    /* A quarter is for what takes over the rows while they are still held. */
    return reference_memory(j->held) > memory / 4 * 3;
}

static enum status load_batch(struct join *j, const struct batch *b, struct diag *d)
{
    enum status st = ST_OK;
    struct reference_entry row;
    for (size_t i = 0; i < b->rows && st == ST_OK; i++) {
        struct slice key = key_of_row(b, i, j->rule->ref_key, j->rule->keys, &j->scratch);
        key = fields_without_null(key, &j->plain);
        st = join_reference_row(j, b, i, &row, d);
        if (st == ST_OK && j->spill)
            st = join_spill_put(j->spill, key, &row, d);
        else if (st == ST_OK)
            st = join_hold(j->held, j->rule, key, &row, table_file(j->reference), d);
        if (st == ST_OK && i % ROWS_CHUNK == 0 && !j->spill && memory_is_full(j))
            st = spill(j, d);
    }
    return st;
}

enum status join_load(struct join *j, struct diag *d)
{
    struct batch b;
    enum status st;
    while ((st = table_next(j->reference, &b, d)) == ST_OK && b.rows) {
        st = load_batch(j, &b, d);
        if (st != ST_OK)
            return st;
    }
    if (st != ST_OK)
        return st;
    return j->spill ? join_spill_read(j->spill, d) : join_end(j->held, table_file(j->reference), d);
}

/* --- the table --- */

/* The keys of a chunk, as bytes of the rows where they can be. */
static void find_keys(struct join *j)
{
    const struct join_rule *rule = j->rule;
    const struct batch *b = &j->batch;
    bool adjacent = !j->escapes;
    for (size_t k = 1; k < rule->keys; k++)
        adjacent = adjacent && rule->key[k] == rule->key[k - 1] + 1;
    buf_clear(&j->keys);
    for (size_t i = 0; i < j->n; i++) {
        struct slice first = batch_field(b, j->from + i, (size_t)rule->key[0]);
        if (adjacent) {
            struct slice last = batch_field(b, j->from + i, (size_t)rule->key[rule->keys - 1]);
            j->key[i] = (struct slice){first.p, (size_t)(last.p + last.n - first.p)};
            continue;
        }
        size_t from = j->keys.n;
        for (size_t k = 0; k < rule->keys; k++) {
            struct slice f = batch_field(b, j->from + i, (size_t)rule->key[k]);
            if (k)
                buf_char(&j->keys, '\t');
            if (!field_is_empty(f))
                buf_slice(&j->keys, f);
        }
        j->key[i].n = j->keys.n - from;
    }
    const char *at = j->keys.p ? j->keys.p : "";
    for (size_t i = 0; i < j->n && !adjacent; at += j->key[i++].n)
        j->key[i].p = at;
}

static bool has_backslash(const struct batch *b)
{
    const char *start = batch_row(b, 0).p;
    struct slice last = batch_row(b, b->rows - 1);
    return memchr(start, '\\', (size_t)(last.p + last.n - start)) != NULL;
}

enum status join_chunk(struct join *j, struct diag *d)
{
    j->from += j->n;
    if (j->from == j->batch.rows) {
        j->from = j->n = 0;
        enum status st = table_next(j->table, &j->batch, d);
        if (st != ST_OK || j->batch.rows == 0)
            return st;
        j->escapes = has_backslash(&j->batch);
    }
    j->n = j->batch.rows - j->from < ROWS_CHUNK ? j->batch.rows - j->from : ROWS_CHUNK;
    j->at = j->from;
    find_keys(j);
    return ST_OK;
}

enum status join_date(struct join *j, size_t at, int32_t *date, struct diag *d)
{
    *date = INT32_MIN;
    if (!j->rule->dated)
        return ST_OK;
    enum status st = validity_date(&j->form, batch_field(&j->batch, at, (size_t)j->rule->date), date, d);
    if (st != ST_OK)
        name_place(j->table, j->batch.line + at, j->rule->date, d);
    return st;
}

/* Field by field: a struct that is built and then copied stalls every row. */
static void describe(struct join *j, size_t at, struct joined *row)
{
    row->row = batch_row(&j->batch, at);
    if (j->escapes)
        row->row = fields_without_null(row->row, &j->plain);
    row->line = j->batch.line + at;
    row->found = j->match != REFERENCE_NONE;
    if (row->found)
        row->added = reference_kept(j->held, j->match);
    else
        row->key = j->key[at - j->from];
}

/* The next row of the reference that the last row found has. */
static reference_row next_match(struct join *j, int32_t date)
{
    return j->rule->all ? reference_holding(j->held, reference_next(j->held, j->match), date)
                        : REFERENCE_NONE;
}

enum status join_next(struct join *j, struct joined *row, struct diag *d)
{
    int32_t date;
    if (j->spill)
        return join_spill_next(j->spill, row, d);
    row->row.p = NULL;
    if (j->match == REFERENCE_NONE) { /* the row before is done with */
        if (j->at == j->from + j->n) {
            enum status st = join_chunk(j, d);
            if (st != ST_OK || j->n == 0)
                return st;
            reference_find_batch(j->held, j->key, j->n, j->found);
        }
        j->match = j->found[j->at - j->from];
        j->at++;
    }
    size_t at = j->at - 1;
    enum status st = join_date(j, at, &date, d);
    if (st != ST_OK)
        return st;
    j->match = reference_holding(j->held, j->match, date);
    describe(j, at, row);
    if (row->found) {
        if (j->rule->unmet)
            reference_meet(j->held, j->match);
        j->match = next_match(j, date);
    }
    return ST_OK;
}

enum status join_unmet(struct join *j, struct joined *row, struct diag *d)
{
    if (j->spill)
        return join_spill_unmet(j->spill, row, d);
    *row = (struct joined){.row = {NULL, 0}};
    reference_row i = j->unmet_begun ? j->unmet : reference_first(j->held);
    while (i != REFERENCE_NONE && reference_is_met(j->held, i))
        i = reference_after(j->held, i);
    j->unmet_begun = true;
    j->unmet = i;
    if (i == REFERENCE_NONE)
        return ST_OK;
    row->row = (struct slice){"", 0};
    row->line = reference_line(j->held, i);
    row->key = reference_key(j->held, i);
    row->added = reference_kept(j->held, i);
    j->unmet = reference_after(j->held, i);
    return ST_OK;
}

bool join_spilled(const struct join *j)
{
    return j->spill != NULL;
}
