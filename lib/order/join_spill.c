/* SPDX-License-Identifier: MIT
 * join_spill: a join beyond memory. Both tables are sorted by key and read side by side; what of the
 * reference has one key is held as the whole is in a join in memory. What is found is sorted by the line of
 * the table's row, so that the result is the same. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/order/join_internal.h"
#include "lib/order/sorter.h"

struct join_spill {
    struct join *j;
    struct sorter *reference, *table; /* by key */
    struct sorter *result, *unmet;    /* by line */
    struct sorter_record ref, row;    /* the records of the first two that are next */
    struct reference *held;           /* the rows of one key */
    struct buf key;                   /* which it is */
    struct diag worst;                /* of the mistakes in the reference the one that stands first */
};

/* What stands before the fields in a record of each sorter. */
struct ref_head {
    uint64_t line;
    struct validity span;
};

struct row_head {
    uint64_t line;
    int32_t date;
    uint32_t spare; /* all bytes written have a value */
};

struct result_head {
    uint64_t line, found, added, key; /* the last two: bytes, before those of the row */
};

struct join_spill *join_spill_new(struct join *j)
{
    struct join_spill *s = mem_zero(1, sizeof *s);
    struct sorter **const sorter[] = {&s->reference, &s->table, &s->result, &s->unmet};
    s->j = j;
    for (size_t i = 0; i < 4; i++)
        *sorter[i] = sorter_new(j->rule->memory / 4, j->rule->scratch);
    s->held = join_reference(j->rule);
    return s;
}

void join_spill_free(struct join_spill *s)
{
    if (!s)
        return;
    sorter_free(s->reference);
    sorter_free(s->table);
    sorter_free(s->result);
    sorter_free(s->unmet);
    reference_free(s->held);
    buf_free(&s->key);
    free(s);
}

static struct slice bytes_of(const void *p, size_t n)
{
    return (struct slice){p, n};
}

enum status join_spill_put(struct join_spill *s, struct slice key, const struct reference_entry *row,
                           struct diag *d)
{
    struct ref_head head = {row->line, row->span};
    struct buf *b = &s->key;
    buf_clear(b);
    for (size_t i = 0; i < row->fields; i++) {
        if (i)
            buf_char(b, '\t');
        if (!field_is_empty(row->field[i]))
            buf_slice(b, row->field[i]);
    }
    const struct slice part[] = {bytes_of(&head, sizeof head), buf_view(b)};
    return sorter_add(s->reference, key, part, 2, d);
}

static enum status read_table(struct join_spill *s, struct diag *d)
{
    struct join *j = s->j;
    for (;;) {
        enum status st = join_chunk(j, d);
        if (st != ST_OK || j->n == 0)
            return st;
        for (size_t i = 0; i < j->n && st == ST_OK; i++) {
            struct row_head head = {.line = j->batch.line + j->from + i};
            struct slice row = batch_row(&j->batch, j->from + i);
            st = join_date(j, j->from + i, &head.date, d);
            const struct slice part[] = {bytes_of(&head, sizeof head),
                                         j->escapes ? fields_without_null(row, &j->plain) : row};
            if (st == ST_OK)
                st = sorter_add(s->table, j->key[i], part, 2, d);
        }
        if (st != ST_OK)
            return st;
    }
}

/* --- side by side --- */

static void note(struct join_spill *s, const struct diag *d)
{
    if (s->worst.status == ST_OK || d->line < s->worst.line)
        s->worst = *d;
}

/* Holds all rows of the reference that have the key of the next one. */
static enum status hold_key(struct join_spill *s, struct diag *d)
{
    const char *file = table_file(s->j->reference);
    enum status st = ST_OK;
    buf_clear(&s->key);
    buf_slice(&s->key, s->ref.key);
    reference_clear(s->held);
    do {
        struct ref_head head;
        struct diag bad = {0};
        memcpy(&head, s->ref.load.p, sizeof head);
        struct slice kept = {s->ref.load.p + sizeof head, s->ref.load.n - sizeof head};
        struct reference_entry row = {&kept, 1, head.line, head.span};
        if (join_hold(s->held, s->j->rule, buf_view(&s->key), &row, file, &bad) != ST_OK)
            note(s, &bad);
        st = sorter_next(s->reference, &s->ref, d);
    } while (st == ST_OK && s->ref.key.p && slice_equal(s->ref.key, buf_view(&s->key)));
    struct diag bad = {0};
    if (join_end(s->held, file, &bad) != ST_OK)
        note(s, &bad);
    return st;
}

static enum status put_result(struct join_spill *s, reference_row found, struct diag *d)
{
    struct row_head head;
    char number[8];
    memcpy(&head, s->row.load.p, sizeof head);
    struct slice added = found == REFERENCE_NONE ? (struct slice){"", 0} : reference_kept(s->held, found);
    struct slice key = found == REFERENCE_NONE ? s->row.key : (struct slice){"", 0};
    struct result_head result = {head.line, found != REFERENCE_NONE, added.n, key.n};
    const struct slice part[] = {bytes_of(&result, sizeof result),
                                 added,
                                 key,
                                 {s->row.load.p + sizeof head, s->row.load.n - sizeof head}};
    return sorter_add(s->result, sorter_number(head.line, number), part, 4, d);
}

/* Joins the next row of the table with what is held, whose key it has. */
static enum status join_row(struct join_spill *s, struct diag *d)
{
    struct row_head head;
    enum status st = ST_OK;
    memcpy(&head, s->row.load.p, sizeof head);
    reference_row found = reference_holding(s->held, reference_find(s->held, s->row.key), head.date);
    if (found == REFERENCE_NONE)
        return put_result(s, found, d);
    while (found != REFERENCE_NONE && st == ST_OK) {
        reference_meet(s->held, found);
        st = put_result(s, found, d);
        found = s->j->rule->all ? reference_holding(s->held, reference_next(s->held, found), head.date)
                                : REFERENCE_NONE;
    }
    return st;
}

static enum status put_unmet(struct join_spill *s, struct diag *d)
{
    enum status st = ST_OK;
    char number[8];
    for (reference_row i = reference_first(s->held); i != REFERENCE_NONE && st == ST_OK;
         i = reference_after(s->held, i)) {
        if (reference_is_met(s->held, i))
            continue;
        struct slice key = reference_key(s->held, i);
        struct result_head head = {reference_line(s->held, i), 0, 0, key.n};
        const struct slice part[] = {bytes_of(&head, sizeof head), key, reference_kept(s->held, i)};
        st = sorter_add(s->unmet, sorter_number(head.line, number), part, 3, d);
    }
    return st;
}

/* -1, 0, 1 as the next row of the table stands before, with or behind the next of the reference. */
static int compare(const struct join_spill *s)
{
    if (!s->ref.key.p || !s->row.key.p)
        return s->ref.key.p ? 1 : -1;
    return slice_compare(s->row.key, s->ref.key);
}

static enum status merge(struct join_spill *s, struct diag *d)
{
    enum status st = sorter_next(s->reference, &s->ref, d);
    if (st == ST_OK)
        st = sorter_next(s->table, &s->row, d);
    while (st == ST_OK && (s->ref.key.p || s->row.key.p)) {
        if (compare(s) < 0) {
            st = put_result(s, REFERENCE_NONE, d);
            if (st == ST_OK)
                st = sorter_next(s->table, &s->row, d);
            continue;
        }
        st = hold_key(s, d);
        while (st == ST_OK && s->row.key.p && slice_equal(s->row.key, buf_view(&s->key))) {
            st = join_row(s, d);
            if (st == ST_OK)
                st = sorter_next(s->table, &s->row, d);
        }
        if (st == ST_OK && s->j->rule->unmet)
            st = put_unmet(s, d);
    }
    return st;
}

enum status join_spill_read(struct join_spill *s, struct diag *d)
{
    enum status st = sorter_end(s->reference, d);
    if (st == ST_OK)
        st = read_table(s, d);
    if (st == ST_OK)
        st = sorter_end(s->table, d);
    if (st == ST_OK)
        st = merge(s, d);
    if (st != ST_OK)
        return st;
    if (s->worst.status != ST_OK) {
        *d = s->worst;
        return d->status;
    }
    sorter_free(s->reference);
    sorter_free(s->table);
    s->reference = s->table = NULL;
    st = sorter_end(s->result, d);
    return st == ST_OK ? sorter_end(s->unmet, d) : st;
}

/* The next record of a result: its head, and the three parts behind it; line 0 at the end. */
static enum status take(struct sorter *from, struct result_head *head, struct slice part[3], struct diag *d)
{
    struct sorter_record r;
    enum status st = sorter_next(from, &r, d);
    head->line = 0;
    if (st != ST_OK || !r.key.p)
        return st;
    memcpy(head, r.load.p, sizeof *head);
    const char *p = r.load.p + sizeof *head;
    part[0] = (struct slice){p, head->added};
    part[1] = (struct slice){p + head->added, head->key};
    p += head->added + head->key;
    part[2] = (struct slice){p, (size_t)(r.load.p + r.load.n - p)};
    return ST_OK;
}

enum status join_spill_next(struct join_spill *s, struct joined *row, struct diag *d)
{
    struct result_head head;
    struct slice part[3] = {{NULL, 0}};
    enum status st = take(s->result, &head, part, d);
    *row = (struct joined){.row = part[2],
                           .line = head.line,
                           .found = head.line && head.found,
                           .added = part[0],
                           .key = part[1]};
    return st;
}

enum status join_spill_unmet(struct join_spill *s, struct joined *row, struct diag *d)
{
    struct result_head head;
    struct slice part[3] = {{NULL, 0}};
    enum status st = take(s->unmet, &head, part, d);
    *row = (struct joined){.line = head.line, .key = part[1], .added = part[2]};
    if (head.line)
        row->row = (struct slice){"", 0};
    return st;
}
