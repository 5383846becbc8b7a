/* SPDX-License-Identifier: MIT
 * contest: see contest.h. Where only the first ranks are wanted, the rows held are ranked from time to time
 * and those beyond are let go. Of each group the best row let go stays as its bar: a later row that is not
 * better than the bar has at least the bar's rank under every method for ties, and is not held at all. */
#include "lib/order/contest.h"

#include <stdlib.h>

#include "lib/base/mem.h"

enum { HELD_BAR = STANDS_EXCLUDED + 1 }; /* a row kept for comparison only */
enum { FIRST_PRUNE = 1 << 16, FIRST_BYTES = 1 << 16 };

struct contest {
    enum ties ties;
    uint64_t first;
    struct order *order;
    size_t keys;
    char *bytes; /* of the rows */
    size_t used, room;
    uint64_t *end; /* where row i ends in bytes */
    uint32_t *group;
    uint8_t *standing; /* enum standing, or HELD_BAR */
    size_t rows, cap;
    size_t prune_at;
    uint32_t *bar; /* by group: row number + 1 of its bar, 0 for none */
    size_t groups, bar_cap;
    uint64_t *doubled;
    uint32_t *sorted;
};

struct contest *contest_new(const struct order_key *keys, size_t n, enum ties ties, uint64_t first)
{
    struct contest *c = mem_zero(1, sizeof *c);
    c->ties = ties;
    c->first = first;
    c->order = order_new(keys, n);
    c->keys = n;
    c->prune_at = FIRST_PRUNE;
    return c;
}

void contest_free(struct contest *c)
{
    if (!c)
        return;
    order_free(c->order);
    mem_huge_free(c->bytes, c->room);
    free(c->end);
    free(c->group);
    free(c->standing);
    free(c->bar);
    free(c->doubled);
    free(c->sorted);
    free(c);
}

static void reserve(struct contest *c)
{
    if (c->rows < c->cap)
        return;
    c->cap = c->cap ? c->cap * 2 : 1024;
    c->end = mem_array(c->end, c->cap, sizeof *c->end);
    c->group = mem_array(c->group, c->cap, sizeof *c->group);
    c->standing = mem_array(c->standing, c->cap, sizeof *c->standing);
}

static void hold_bytes(struct contest *c, struct slice row)
{
    if (c->room - c->used < row.n) {
        size_t room = c->room * 2 > c->used + row.n ? c->room * 2 : c->used + row.n + FIRST_BYTES;
        c->bytes = mem_huge_grow(c->bytes, c->room, room);
        c->room = room;
    }
    if (row.n)
        memcpy(c->bytes + c->used, row.p, row.n);
    c->used += row.n;
}

static void know_group(struct contest *c, uint32_t group)
{
    while (c->groups <= group) {
        c->bar = mem_grow(c->bar, c->groups, &c->bar_cap, sizeof *c->bar);
        c->bar[c->groups++] = 0;
    }
}

/* The rows of each class of standing, sorted within it; returns how many are ranked. */
static size_t sort_rows(const struct contest *c, uint32_t *row)
{
    size_t n = 0, ranked = 0;
    for (unsigned class = STANDS_RANKED; class <= STANDS_EXCLUDED; class ++) {
        bool missing = class == STANDS_EMPTY || class == STANDS_NA;
        if (class == STANDS_NA)
            continue; /* both kinds of missing stand together */
        size_t from = n;
        for (size_t i = 0; i < c->rows; i++)
            if (c->standing[i] == class || (missing && c->standing[i] == STANDS_NA))
                row[n++] = (uint32_t)i;
        if (class != STANDS_EXCLUDED)
            order_sort(c->order, row + from, n - from);
        ranked = class == STANDS_RANKED ? n : ranked;
    }
    return ranked;
}

/* Deals the n rows out to their groups, which stand in the order of place; keeps their order within a group.
 */
static void deal(const struct contest *c, const uint32_t *row, size_t n, const uint32_t *place, size_t places,
                 uint32_t *dealt)
{
    if (c->groups == 1) {
        memcpy(dealt, row, n * sizeof *row);
        return;
    }
    uint32_t *next = mem_zero(c->groups + 1, sizeof *next), at = 0;
    for (size_t i = 0; i < n; i++)
        next[c->group[row[i]]]++;
    for (size_t g = 0; g < places; g++) {
        uint32_t size = next[place[g]];
        next[place[g]] = at;
        at += size;
    }
    for (size_t i = 0; i < n; i++)
        dealt[next[c->group[row[i]]]++] = row[i];
    free(next);
}

/* Ranks the ranked rows of each group, which stand first in it. */
static void assign_ranks(struct contest *c, const uint32_t *row, size_t n)
{
    for (size_t from = 0, to; from < n; from = to) {
        size_t ranked = from;
        for (to = from; to < n && c->group[row[to]] == c->group[row[from]]; to++)
            ranked += c->standing[row[to]] == STANDS_RANKED;
        order_ranks(c->order, c->ties, row + from, ranked - from, c->doubled);
    }
}

static bool within_first(const struct contest *c, uint64_t doubled)
{
    return doubled != 0 && (c->first == 0 || (doubled + 1) / 2 <= c->first);
}

/* Of the ranked rows in order, by group: marks those that stay, the best one beyond the ranks wanted as the
 * bar. */
static void choose(struct contest *c, const uint32_t *row, size_t n, uint8_t *stays)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t group = c->group[row[i]];
        if (within_first(c, c->doubled[row[i]])) {
            stays[row[i]] = 1;
        } else if (i == 0 || c->group[row[i - 1]] != group || stays[row[i - 1]] == 1) {
            c->standing[row[i]] = HELD_BAR;
            c->bar[group] = row[i] + 1;
        }
    }
    for (size_t g = 0; g < c->groups; g++)
        if (c->bar[g])
            stays[c->bar[g] - 1] = 2;
}

/* Closes the gaps that rows let go have left. */
static void compact(struct contest *c, const uint8_t *stays)
{
    uint32_t *kept = mem_array(NULL, c->rows, sizeof *kept);
    size_t n = 0, used = 0;
    for (size_t i = 0; i < c->rows; i++) {
        if (!stays[i])
            continue;
        uint64_t from = i ? c->end[i - 1] : 0, size = stays[i] == 1 ? c->end[i] - from : 0;
        memmove(c->bytes + used, c->bytes + from, size);
        used += size;
        kept[n] = (uint32_t)i;
        c->group[n] = c->group[i];
        c->standing[n] = c->standing[i];
        if (stays[i] == 2)
            c->bar[c->group[i]] = (uint32_t)n + 1;
        c->end[n++] = used; /* n <= i: the ends still to be read stand behind */
    }
    order_keep(c->order, kept, n);
    c->used = used;
    c->rows = n;
    free(kept);
}

static void prune(struct contest *c)
{
    uint32_t *row = mem_array(NULL, c->rows, sizeof *row), *dealt = mem_array(NULL, c->rows, sizeof *dealt);
    uint32_t *place = mem_array(NULL, c->groups, sizeof *place);
    uint8_t *stays = mem_zero(c->rows, 1);
    for (size_t g = 0; g < c->groups; g++)
        place[g] = (uint32_t)g;
    c->doubled = mem_zero(c->rows, sizeof *c->doubled);
    size_t ranked = sort_rows(c, row);
    deal(c, row, ranked, place, c->groups, dealt);
    assign_ranks(c, dealt, ranked);
    choose(c, dealt, ranked, stays);
    compact(c, stays);
    c->prune_at = c->rows * 2 > FIRST_PRUNE ? c->rows * 2 : FIRST_PRUNE;
    free(c->doubled);
    c->doubled = NULL;
    free(stays);
    free(place);
    free(dealt);
    free(row);
}

bool contest_scale(const struct contest *c, size_t k, unsigned *scale)
{
    return order_scale(c->order, k, scale);
}

static enum standing standing_of(bool competes, enum order_presence first_key)
{
    if (!competes)
        return STANDS_EXCLUDED;
    return first_key == ORDER_VALUE ? STANDS_RANKED : first_key == ORDER_EMPTY ? STANDS_EMPTY : STANDS_NA;
}

enum dec_error contest_add(struct contest *c, struct slice row, uint32_t group, bool competes,
                           const struct order_field *fields, size_t *bad)
{
    const struct order_field none = {slice_of("\\-"), DEC_UNSURE, 0};
    if (c->first && group < c->groups && c->bar[group] &&
        (!competes || order_not_before(c->order, fields, c->bar[group] - 1)))
        return DEC_OK;
    for (size_t k = 0; k < c->keys; k++) {
        enum dec_error error = order_add(c->order, k, competes ? &fields[k] : &none);
        if (error != DEC_OK) {
            *bad = k;
            return error;
        }
    }
    know_group(c, group);
    uint32_t number = (uint32_t)c->rows;
    enum standing standing = standing_of(competes, order_presence(c->order, 0, number));
    bool beaten = c->bar[group] && order_compare(c->order, number, c->bar[group] - 1) >= 0;
    if (c->first && (standing != STANDS_RANKED || beaten)) {
        order_take_back(c->order);
        return DEC_OK;
    }
    reserve(c);
    hold_bytes(c, row);
    c->end[number] = c->used;
    c->group[number] = group;
    c->standing[number] = (uint8_t)standing;
    if (++c->rows >= c->prune_at && c->first)
        prune(c);
    return DEC_OK;
}

void contest_end(struct contest *c, const uint32_t *group_order, size_t n, bool ranks)
{
    if (c->groups == 0)
        know_group(c, 0);
    uint32_t *row = mem_array(NULL, c->rows, sizeof *row);
    c->sorted = mem_array(NULL, c->rows, sizeof *c->sorted);
    c->doubled = mem_zero(c->rows, sizeof *c->doubled);
    sort_rows(c, row);
    size_t standing = 0;
    for (size_t i = 0; i < c->rows; i++)
        standing += c->standing[i] != HELD_BAR;
    deal(c, row, standing, group_order, n, c->sorted);
    if (ranks || c->first)
        assign_ranks(c, c->sorted, standing);
    /* Bars take part in nothing; they stand last, so that contest_order lists every row held. */
    for (size_t i = 0; i < c->rows; i++)
        if (c->standing[i] == HELD_BAR)
            c->sorted[standing++] = (uint32_t)i;
    free(row);
}

size_t contest_rows(const struct contest *c)
{
    return c->rows;
}

struct slice contest_row(const struct contest *c, size_t row)
{
    uint64_t from = row ? c->end[row - 1] : 0;
    return (struct slice){c->bytes + from, (size_t)(c->end[row] - from)};
}

/* A row's bytes can be asked for only when its place is there. */
void contest_expect(const struct contest *c, size_t i)
{
    enum { NEAR = 16, FAR = 32 };
    if (i + FAR >= c->rows)
        return;
    uint32_t near = c->sorted[i + NEAR], far = c->sorted[i + FAR];
    __builtin_prefetch(c->bytes + (near ? c->end[near - 1] : 0));
    __builtin_prefetch(c->end + (far ? far - 1 : 0));
}

enum standing contest_standing(const struct contest *c, size_t row)
{
    return c->standing[row] == HELD_BAR ? STANDS_RANKED : (enum standing)c->standing[row];
}

uint64_t contest_doubled_rank(const struct contest *c, size_t row)
{
    return c->doubled[row];
}

bool contest_wins(const struct contest *c, size_t row)
{
    return c->first == 0 || within_first(c, c->doubled[row]);
}

const uint32_t *contest_order(const struct contest *c)
{
    return c->sorted;
}
