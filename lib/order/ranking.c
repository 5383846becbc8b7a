/* SPDX-License-Identifier: MIT
 * ranking: see ranking.h. The table is read a chunk of rows at a time: their groups are numbered, their keys
 * decoded, what competes in vain is passed over. The rows held are a contest; when memory is full it ends,
 * becomes a run, and another begins. */
#include "lib/order/ranking.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/order/ranking_internal.h"
#include "lib/stream/keymap.h"

struct ranking {
    struct table *table;
    const struct ranking_rule *rule;
    struct row_groups groups;
    struct contest *contest;
    uint32_t group[ROWS_CHUNK], chosen[ROWS_CHUNK]; /* of the rows of a chunk */
    int64_t *units;            /* of the number keys in a chunk: ROWS_CHUNK of each key */
    unsigned *scale;           /* of units */
    bool *decoded;             /* whether there are units for the key */
    struct order_field *field; /* of the keys of a row */
    uint64_t rows;
    bool escapes;
    struct spill *spill; /* NULL while memory is enough */
    size_t next;         /* of the contest's rows */
};

static void begin_groups(struct ranking *r)
{
    int *column = mem_array(NULL, r->rule->groups, sizeof *column);
    for (size_t i = 0; i < r->rule->groups; i++)
        column[i] = r->rule->group[i];
    row_groups_init(&r->groups, column, r->rule->groups, 0);
}

struct ranking *ranking_new(struct table *t, const struct ranking_rule *rule)
{
    struct ranking *r = mem_zero(1, sizeof *r);
    r->table = t;
    r->rule = rule;
    r->contest = contest_new(rule->key, rule->keys, &rule->contest);
    r->units = mem_zero(rule->keys * ROWS_CHUNK, sizeof *r->units);
    r->scale = mem_zero(rule->keys, sizeof *r->scale);
    r->decoded = mem_zero(rule->keys, sizeof *r->decoded);
    r->field = mem_zero(rule->keys, sizeof *r->field);
    begin_groups(r);
    return r;
}

void ranking_free(struct ranking *r)
{
    if (!r)
        return;
    contest_free(r->contest);
    row_groups_free(&r->groups);
    spill_free(r->spill);
    free(r->units);
    free(r->scale);
    free(r->decoded);
    free(r->field);
    free(r);
}

/* --- reading --- */

static enum status not_a_number(const struct ranking *r, const struct batch *b, size_t row, size_t key,
                                enum dec_error error, struct diag *d)
{
    int column = r->rule->column[key];
    diag_set(d, ST_INPUT, table_file(r->table), b->line + row, NULL,
             error == DEC_TOO_LONG ? "more than 18 decimals or 36 digits: %s"
                                   : "not a decimal: %s (:text ranks as text)",
             diag_quote(batch_field(b, row, (size_t)column)).s);
    struct slice name = table_name(r->table, (size_t)column);
    snprintf(d->column, sizeof d->column, "%.*s", (int)name.n, name.p);
    return ST_INPUT;
}

/* Row i of the chunk that begins at from. */
static enum status enter(struct ranking *r, const struct batch *b, size_t from, size_t i, struct diag *d)
{
    struct entrant e = {batch_row(b, from + i), r->rows + from + i, r->group[i], true, r->field};
    size_t key;
    if (r->rule->where) {
        enum status st = row_holds(r->rule->where, b, from + i, table_file(r->table), &e.competes, d);
        if (st != ST_OK)
            return st;
    }
    for (size_t k = 0; k < r->rule->keys; k++)
        r->field[k] =
            (struct order_field){batch_field(b, from + i, (size_t)r->rule->column[k]),
                                 r->decoded[k] ? r->units[k * ROWS_CHUNK + i] : DEC_UNSURE, r->scale[k]};
    enum dec_error error = contest_enter(r->contest, &e, &key);
    return error == DEC_OK ? ST_OK : not_a_number(r, b, from + i, key, error, d);
}

/* Numbers the groups of a chunk and decodes its number keys, at the scales they have when it begins. */
static void decode(struct ranking *r, const struct batch *b, size_t from, size_t n)
{
    uint32_t row[ROWS_CHUNK];
    for (size_t i = 0; i < n; i++)
        row[i] = (uint32_t)(from + i);
    if (r->rule->groups)
        row_groups_number(&r->groups, b, row, n, r->group);
    else if (row_groups_count(&r->groups) == 0)
        row_groups_number(&r->groups, b, row, 1, r->group); /* one group: all zeros */
    for (size_t k = 0; k < r->rule->keys; k++) {
        r->decoded[k] = !r->rule->careful && contest_scale(r->contest, k, &r->scale[k]);
        if (r->decoded[k])
            dec_parse_column(batch_column(b, from, n, (size_t)r->rule->column[k]), r->scale[k], r->scale[k],
                             r->units + k * ROWS_CHUNK);
    }
}

/* The rows held become a run, so that others can be held. */
static enum status spill_rows(struct ranking *r, struct diag *d)
{
    size_t groups;
    if (!r->spill)
        r->spill = spill_new(r->rule);
    uint32_t *by_key = row_groups_order(&r->groups, true, &groups);
    contest_end(r->contest, by_key, groups, true);
    free(by_key);
    enum status st = spill_part(r->spill, r->contest, &r->groups, d);
    contest_clear(r->contest);
    row_groups_free(&r->groups);
    begin_groups(r);
    return st;
}

static bool memory_is_full(const struct ranking *r)
{
    enum { GROUP = 80 }; /* bytes that putting the groups in order takes for each */
    uint64_t groups = keymap_memory(r->groups.map) + (uint64_t)row_groups_count(&r->groups) * GROUP;
    return contest_rows(r->contest) >= UINT32_MAX - ROWS_CHUNK ||
           contest_memory(r->contest) + groups > r->rule->memory;
}

static enum status read_chunk(struct ranking *r, const struct batch *b, size_t from, size_t n, struct diag *d)
{
    size_t chosen = n;
    enum status st = ST_OK;
    decode(r, b, from, n);
    bool sifts = !r->rule->where && !r->rule->careful;
    if (sifts)
        chosen = contest_sift(r->contest, r->group, r->units, ROWS_CHUNK, n, r->chosen);
    for (size_t i = 0; i < chosen && st == ST_OK; i++)
        st = enter(r, b, from, sifts ? r->chosen[i] : i, d);
    if (st == ST_OK && chosen && memory_is_full(r))
        st = spill_rows(r, d);
    return st;
}

static bool has_escapes(const struct batch *b)
{
    const char *start = batch_row(b, 0).p;
    struct slice last = batch_row(b, b->rows - 1);
    return memchr(start, '\\', (size_t)(last.p + last.n - start)) != NULL;
}

static enum status end(struct ranking *r, struct diag *d)
{
    size_t groups;
    if (r->spill) {
        enum status st = spill_rows(r, d);
        contest_free(r->contest); /* what it held is memory for what comes */
        r->contest = NULL;
        return st == ST_OK ? spill_end(r->spill, d) : st;
    }
    uint32_t *by_key = row_groups_order(&r->groups, true, &groups);
    contest_end(r->contest, by_key, groups, false);
    free(by_key);
    return ST_OK;
}

static void show_pairs(const struct ranking *r);

enum status ranking_read(struct ranking *r, struct diag *d)
{
    struct batch b;
    for (;;) {
        enum status st = table_next(r->table, &b, d);
        if (st != ST_OK)
            return st;
        if (b.rows == 0)
            break;
        r->escapes = r->escapes || has_escapes(&b);
        for (size_t from = 0; from < b.rows && st == ST_OK; from += ROWS_CHUNK)
            st = read_chunk(r, &b, from, b.rows - from < ROWS_CHUNK ? b.rows - from : ROWS_CHUNK, d);
        if (st != ST_OK)
            return st;
        r->rows += b.rows;
    }
    enum status st = end(r, d);
    if (st == ST_OK && !r->spill && r->rule->pair)
        show_pairs(r);
    return st;
}

/* --- giving back --- */

static void describe(const struct ranking *r, size_t row, struct ranked *out)
{
    const struct contest *c = r->contest;
    const struct contest_rule *rule = &r->rule->contest;
    out->row = contest_row(c, row);
    out->number = contest_number(c, row);
    out->standing = STANDS_RANKED;
    out->doubled_rank = out->upto = out->rivals = out->levels = 0;
    if (rule->ranked) { /* each of these is a cache miss where rows come in order */
        out->standing = contest_standing(c, row);
        out->doubled_rank = contest_doubled_rank(c, row);
    }
    if (rule->counted) {
        uint32_t group = contest_group(c, row);
        out->upto = contest_upto(c, row);
        out->rivals = contest_rivals(c, group);
        out->levels = contest_levels(c, group);
    }
}

static void show_pairs(const struct ranking *r)
{
    struct ranked a, b;
    size_t n;
    const uint32_t *row = contest_order(r->contest, &n);
    for (size_t i = 1; i < n; i++) {
        if (contest_group(r->contest, row[i - 1]) != contest_group(r->contest, row[i]) ||
            contest_standing(r->contest, row[i]) != STANDS_RANKED ||
            contest_upto(r->contest, row[i - 1]) == contest_upto(r->contest, row[i]))
            continue;
        describe(r, row[i - 1], &a);
        describe(r, row[i], &b);
        r->rule->pair(r->rule->pair_ctx, &a, &b);
    }
}

enum status ranking_next(struct ranking *r, struct ranked *row, struct diag *d)
{
    if (r->spill)
        return spill_next(r->spill, row, d);
    size_t listed, rows = contest_rows(r->contest);
    const uint32_t *sorted = contest_order(r->contest, &listed);
    size_t n = r->rule->in_order ? listed : rows;
    row->row.p = NULL;
    while (r->next < n) {
        size_t i = r->next++;
        if (r->rule->in_order)
            contest_expect(r->contest, i);
        i = r->rule->in_order ? sorted[i] : i;
        if (contest_wins(r->contest, i)) {
            describe(r, i, row);
            break;
        }
    }
    return ST_OK;
}

bool ranking_has_escapes(const struct ranking *r)
{
    return r->escapes;
}

bool ranking_spilled(const struct ranking *r)
{
    return r->spill != NULL;
}
