/* SPDX-License-Identifier: MIT
 * grouping_sets: see grouping_sets.h. Totals are folded from the finest groups: in the table when they fit
 * beside them, else through a second table that may spill in its turn. */
#include "lib/group/grouping_sets.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/group/grouping_internal.h"

static const char TOTAL = '\xff';

/* --- which sets --- */

static void add_set(struct grouping_sets *s, uint32_t total)
{
    size_t k = 0;
    if (total == 0) {
        s->details = true;
        return;
    }
    while (k < s->n && s->total[k] < total)
        k++;
    if (k < s->n && s->total[k] == total)
        return;
    s->total = mem_array(s->total, s->n + 1, sizeof *s->total);
    memmove(s->total + k + 1, s->total + k, (s->n - k) * sizeof *s->total);
    s->total[k] = total;
    s->n++;
}

static uint32_t all_columns(size_t keys)
{
    return ((uint32_t)1 << keys) - 1;
}

void grouping_sets_plain(struct grouping_sets *s, size_t keys)
{
    *s = (struct grouping_sets){.keys = keys, .details = true};
}

/* The columns are taken away from the right: 0…01, 0…011, … */
void grouping_sets_rollup(struct grouping_sets *s, size_t keys)
{
    grouping_sets_plain(s, keys);
    for (size_t n = 1; n <= keys; n++)
        add_set(s, all_columns(n));
}

void grouping_sets_cube(struct grouping_sets *s, size_t keys)
{
    grouping_sets_plain(s, keys);
    s->n = all_columns(keys);
    s->total = mem_array(NULL, s->n, sizeof *s->total);
    for (uint32_t total = 1; total <= all_columns(keys); total++)
        s->total[total - 1] = total;
}

void grouping_sets_grand(struct grouping_sets *s, size_t keys)
{
    grouping_sets_plain(s, keys);
    add_set(s, all_columns(keys));
}

static enum status parse_set(struct grouping_sets *s, const char *text, const struct slice *name,
                             struct diag *d)
{
    uint32_t total = all_columns(s->keys);
    struct slice *wanted;
    char *plain;
    size_t n = row_names(text, &wanted, &plain);
    enum status st = ST_OK;
    for (size_t k = 0; k < n && st == ST_OK; k++) {
        size_t i = 0;
        if (n == 1 && wanted[k].n == 0)
            break; /* a set without columns */
        while (i < s->keys && !slice_equal(name[i], wanted[k]))
            i++;
        if (i == s->keys)
            st = diag_set(d, ST_MISUSE, NULL, 0, NULL, "a grouping set has %s, which is no key column",
                          diag_quote(wanted[k]).s);
        else
            total &= ~((uint32_t)1 << (s->keys - 1 - i));
    }
    if (st == ST_OK)
        add_set(s, total);
    free(wanted);
    free(plain);
    return st;
}

enum status grouping_sets_parse(struct grouping_sets *s, const char *text, const struct slice *name,
                                size_t keys, struct diag *d)
{
    enum status st = ST_OK;
    *s = (struct grouping_sets){.keys = keys};
    for (const char *p = text; st == ST_OK;) {
        size_t n = strcspn(p, ";");
        char *set = mem_text((struct slice){p, n});
        st = parse_set(s, set, name, d);
        free(set);
        if (!p[n])
            break;
        p += n + 1;
    }
    return st;
}

void grouping_sets_free(struct grouping_sets *s)
{
    free(s->total);
    *s = (struct grouping_sets){0};
}

/* --- keys --- */

struct slice key_field(struct slice key, size_t i)
{
    struct slice f = take_field(&key);
    while (i-- > 0)
        f = take_field(&key);
    return f.n == 1 && *f.p == TOTAL ? (struct slice){f.p, 0} : f;
}

uint32_t total_of_key(struct slice key, size_t keys)
{
    uint32_t total = 0;
    if (key.n == 0 || !memchr(key.p, TOTAL, key.n))
        return 0;
    for (size_t i = 0; i < keys; i++) {
        struct slice f = take_field(&key);
        total = total << 1 | (f.n == 1 && *f.p == TOTAL);
    }
    return total;
}

/* The key of the total that a group belongs to. */
static struct slice total_key(struct buf *b, struct slice key, uint32_t total, size_t keys)
{
    buf_clear(b);
    for (size_t i = 0; i < keys; i++) {
        struct slice f = take_field(&key);
        if (i)
            buf_char(b, '\t');
        if (total >> (keys - 1 - i) & 1)
            buf_char(b, TOTAL);
        else
            buf_slice(b, f);
    }
    return buf_view(b);
}

/* --- totals in the table itself --- */

enum status grouping_add_totals(struct grouping *g, const struct grouping_sets *s, const uint32_t *number,
                                size_t n, bool *fits, struct diag *d)
{
    enum status st = ST_OK;
    struct buf key = {0};
    bool good = true;
    for (size_t k = 0; k < s->n && st == ST_OK && good; k++) {
        for (size_t i = 0; i < n && st == ST_OK && good; i++) {
            struct slice total = total_key(&key, row_groups_key(&g->rows, number[i]), s->total[k], s->keys);
            uint32_t into = row_groups_put(&g->rows, total); /* records may move */
            if (!aggregator_fold(g->a, &g->store, grouping_record(g, into), grouping_record(g, number[i])))
                st = diag_set(d, ST_INPUT, NULL, 0, NULL, "an aggregate over several groups leaves 128 bits");
            if (fits && i % 1024 == 0)
                good = !grouping_is_over(g);
        }
    }
    if (fits)
        *fits = good && !grouping_is_over(g);
    buf_free(&key);
    return st;
}

/* --- totals through a second table --- */

struct spreading {
    const struct grouping_sets *sets;
    struct grouping *to;
    struct buf key, total;
};

static uint32_t set_at(const struct spreading *s, size_t k)
{
    return k ? s->sets->total[k - 1] : 0;
}

/* How many groups of the second table a group goes into: a total only into itself, another into that of every
 * set and, for their sake, into itself. */
static size_t targets(const struct spreading *s)
{
    return total_of_key(buf_view(&s->key), s->sets->keys) ? 1 : s->sets->n + 1;
}

static struct slice target(struct spreading *s, size_t k)
{
    if (k == 0)
        return buf_view(&s->key);
    return total_key(&s->total, buf_view(&s->key), set_at(s, k), s->sets->keys);
}

static enum status spread_group(void *ctx, struct slice key, const char *record, struct diag *d)
{
    struct spreading *s = ctx;
    enum status st = ST_OK;
    buf_clear(&s->key);
    buf_slice(&s->key, key);
    for (size_t k = 0; k < targets(s) && st == ST_OK; k++)
        st = grouping_fold_key(s->to, target(s, k), record, d);
    return st;
}

static enum status spread_value(void *ctx, size_t bag, const struct bag_item *item, struct diag *d)
{
    struct spreading *s = ctx;
    (void)d;
    for (size_t k = 0; k < targets(s); k++)
        grouping_put_value(s->to, target(s, k), bag, item);
    return ST_OK;
}

static enum status spread_end(void *ctx, struct diag *d)
{
    struct spreading *s = ctx;
    return grouping_keep_within(s->to, d);
}

static enum status drain_through(struct grouping *g, const struct grouping_sets *s,
                                 const struct group_sink *sink, struct diag *d)
{
    struct spreading spread = {.sets = s, .to = grouping_new(g->a, NULL, s->keys, &g->limits)};
    struct group_sink between = {&spread, spread_group, spread_value, spread_end};
    enum status st = grouping_drain(g, GROUP_SORTED, true, &between, d);
    if (st == ST_OK)
        st = grouping_drain(spread.to, GROUP_SORTED, false, sink, d);
    grouping_free(spread.to);
    buf_free(&spread.key);
    buf_free(&spread.total);
    return st;
}

/* --- both --- */

uint32_t *grouping_finest(const struct grouping *g, size_t *n)
{
    size_t count, kept = 0, keys = g->format.keys;
    uint32_t *number = row_groups_order(&g->rows, false, &count);
    for (size_t i = 0; i < count; i++)
        if (total_of_key(row_groups_key(&g->rows, number[i]), keys) == 0)
            number[kept++] = number[i];
    *n = kept;
    return number;
}

/* The total of all of no groups. */
static void add_grand_total(struct grouping *g, const struct grouping_sets *s)
{
    struct buf key = {0};
    bool wanted = s->keys == 0 || (s->n && s->total[s->n - 1] == all_columns(s->keys));
    if (g->runs || grouping_count(g) || !wanted)
        return;
    for (size_t i = 0; i < s->keys; i++)
        buf_printf(&key, "%s%c", i ? "\t" : "", TOTAL);
    grouping_add_key(g, key.p ? buf_view(&key) : slice_of(""));
    buf_free(&key);
}

enum status grouping_drain_sets(struct grouping *g, const struct grouping_sets *s, enum group_order order,
                                const struct group_sink *sink, struct diag *d)
{
    bool fits = true;
    enum status st = ST_OK;
    add_grand_total(g, s);
    if (s->n == 0)
        return grouping_drain(g, order, false, sink, d);
    if (g->runs)
        return drain_through(g, s, sink, d);
    if (grouping_count(g)) {
        size_t n, all = grouping_count(g);
        uint32_t *number = grouping_finest(g, &n);
        bool begins = n == all; /* totals that are there already cannot be left behind */
        st = grouping_add_totals(g, s, number, n, begins ? &fits : NULL, d);
        if (st == ST_OK && !fits)
            st = g->limits.may_spill ? grouping_spill(g, number, n, d) : grouping_keep_within(g, d);
        free(number);
    }
    if (st != ST_OK)
        return st;
    return g->runs ? drain_through(g, s, sink, d) : grouping_drain(g, order, false, sink, d);
}
