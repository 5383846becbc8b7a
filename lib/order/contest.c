/* SPDX-License-Identifier: MIT
 * contest: see contest.h. Where only the first ranks are wanted, the rows held are ranked from time to time
 * and those beyond are let go. Of each group the best row let go stays as its bar: a later row that is not
 * better than the bar is beyond them too, and is not held at all. */
#include "lib/order/contest.h"

#include <stdlib.h>

#include "lib/base/mem.h"

enum { HELD_BAR = STANDS_EXCLUDED + 1 }; /* a row kept for comparison only */
enum { CLASS_RANKED, CLASS_MISSING, CLASS_EXCLUDED, CLASSES };
enum { FIRST_ROWS = 1024, FIRST_PRUNE = 1 << 16, FIRST_BYTES = 1 << 16 };

struct contest {
    struct contest_rule rule;
    enum ties prune_by;
    bool prunes;
    struct order *order;
    struct order_key *key;
    size_t keys;
    char *bytes; /* of the rows */
    size_t used, room;
    size_t rows, cap;  /* cap: of the next four */
    uint64_t *end;     /* where row i ends in bytes */
    uint32_t *group;   /* of row i */
    uint8_t *standing; /* enum standing, or HELD_BAR */
    uint64_t
        *number; /* of row i in its table; NULL when rows are let go at the end only: then from base on */
    uint64_t base;
    size_t prune_at;
    uint32_t *bar; /* by group: row number + 1 of its bar, 0 for none */
    int64_t *cut;  /* by group, for contest_sift */
    size_t groups, group_cap;
    bool barred, cuts_hold; /* some group has a bar; cut is right for cut_scale */
    unsigned cut_scale;
    /* after contest_end */
    uint32_t *sorted;
    size_t listed;
    uint64_t *doubled, *edge, *upto;  /* by row */
    uint64_t *rivals, *levels;        /* by group */
    size_t ranked_rows, ended_groups; /* what those were allocated for */
};

/* By which ranks rows are let go: none that is wanted, and no row equal to one whose rank depends on how many
 * equal ones there are. */
static enum ties prune_method(const struct contest_rule *rule)
{
    bool needs_equals = rule->ties == TIES_MAX || rule->ties == TIES_AVERAGE;
    if (rule->edge == TIES_DENSE || (rule->edge == TIES_ORDINAL && !needs_equals))
        return rule->edge;
    return TIES_MIN;
}

struct contest *contest_new(const struct order_key *keys, size_t n, const struct contest_rule *rule)
{
    struct contest *c = mem_zero(1, sizeof *c);
    c->rule = *rule;
    c->prune_by = prune_method(rule);
    c->prunes = rule->first && !rule->counted;
    c->order = order_new(keys, n);
    c->key = mem_array(NULL, n, sizeof *c->key);
    memcpy(c->key, keys, n * sizeof *keys);
    c->keys = n;
    c->prune_at = FIRST_PRUNE;
    return c;
}

static void free_results(struct contest *c)
{
    mem_huge_free(c->sorted, c->ranked_rows * sizeof *c->sorted);
    mem_huge_free(c->doubled, c->ranked_rows * sizeof *c->doubled);
    mem_huge_free(c->edge, c->ranked_rows * sizeof *c->edge);
    mem_huge_free(c->upto, c->ranked_rows * sizeof *c->upto);
    free(c->rivals);
    free(c->levels);
    c->sorted = NULL;
    c->doubled = c->edge = c->upto = c->rivals = c->levels = NULL;
}

void contest_free(struct contest *c)
{
    if (!c)
        return;
    free_results(c);
    order_free(c->order);
    free(c->key);
    mem_huge_free(c->bytes, c->room);
    mem_huge_free(c->end, c->cap * sizeof *c->end);
    mem_huge_free(c->group, c->cap * sizeof *c->group);
    mem_huge_free(c->standing, c->cap);
    free(c->number);
    free(c->bar);
    free(c->cut);
    free(c);
}

static void reserve(struct contest *c)
{
    size_t old = c->cap, cap = old ? old * 2 : FIRST_ROWS;
    if (c->rows < old)
        return;
    c->end = mem_huge_grow(c->end, old * sizeof *c->end, cap * sizeof *c->end);
    c->group = mem_huge_grow(c->group, old * sizeof *c->group, cap * sizeof *c->group);
    c->standing = mem_huge_grow(c->standing, old, cap);
    if (c->prunes)
        c->number = mem_array(c->number, cap, sizeof *c->number);
    c->cap = cap;
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
    if (group >= c->group_cap) {
        c->group_cap = (size_t)group + 1 > c->group_cap * 2 ? (size_t)group + 16 : c->group_cap * 2;
        c->bar = mem_array(c->bar, c->group_cap, sizeof *c->bar);
        c->cut = mem_array(c->cut, c->group_cap, sizeof *c->cut);
    }
    for (; c->groups <= group; c->groups++) {
        c->bar[c->groups] = 0;
        c->cut[c->groups] = INT64_MIN;
    }
}

/* --- the order of the rows held --- */

static unsigned class_of(const struct contest *c, size_t row)
{
    switch (c->standing[row]) {
    case STANDS_RANKED:
        return CLASS_RANKED;
    case STANDS_EXCLUDED:
        return CLASS_EXCLUDED;
    default:
        return CLASS_MISSING; /* both kinds stand together */
    }
}

/* Deals the rows but bars out to their groups, which stand in the order of place, and to their class within
 * it, and keeps their order there. size becomes where each class of each place ends. Returns how many rows
 * are dealt. */
static size_t deal(const struct contest *c, const uint32_t *place, size_t places, uint32_t *size,
                   uint32_t *dealt)
{
    uint32_t *next = mem_zero(c->groups * CLASSES, sizeof *next), at = 0;
    for (size_t i = 0; i < c->rows; i++)
        if (c->standing[i] != HELD_BAR)
            next[c->group[i] * (size_t)CLASSES + class_of(c, i)]++;
    for (size_t p = 0; p < places; p++) {
        for (unsigned class = 0; class < CLASSES; class ++) {
            uint32_t *n = &next[place[p] * (size_t)CLASSES + class], from = at;
            at += *n;
            *n = from;
            size[p * CLASSES + class] = at;
        }
    }
    for (size_t i = 0; i < c->rows; i++)
        if (c->standing[i] != HELD_BAR)
            dealt[next[c->group[i] * (size_t)CLASSES + class_of(c, i)]++] = (uint32_t)i;
    free(next);
    return at;
}

/* What to do with the ranked rows of a group when they stand in order. */
typedef void placed(struct contest *c, uint32_t group, const uint32_t *row, const uint8_t *starts, size_t n);

/* Orders all rows by group and class and, within them, by the keys; calls done for each group. */
static size_t arrange(struct contest *c, const uint32_t *place, size_t places, uint32_t *row, placed *done)
{
    uint32_t *size = mem_array(NULL, places * CLASSES, sizeof *size);
    uint8_t *starts = mem_huge(c->rows);
    size_t dealt = deal(c, place, places, size, row);
    for (size_t p = 0, from = 0; p < places; p++) {
        size_t ranked = size[p * CLASSES] - from, missing = size[p * CLASSES + 1] - size[p * CLASSES];
        order_sort(c->order, row + from, ranked, starts);
        done(c, place[p], row + from, starts, ranked);
        order_sort(c->order, row + from + ranked, missing, starts);
        from = size[p * CLASSES + CLASSES - 1];
    }
    mem_huge_free(starts, c->rows);
    free(size);
    return dealt;
}

/* --- letting go --- */

static bool within(const struct contest *c, uint64_t doubled)
{
    return (doubled + 1) / 2 <= c->rule.first;
}

/* Marks the rows of a group that stay among the first; the best one beyond becomes the bar. */
static void choose(struct contest *c, uint32_t group, const uint32_t *row, const uint8_t *starts, size_t n)
{
    order_ranks(c->prune_by, row, starts, n, c->doubled);
    for (size_t i = 0; i < n; i++) {
        if (!within(c, c->doubled[row[i]])) {
            c->standing[row[i]] = HELD_BAR;
            c->bar[group] = row[i] + 1;
            c->barred = true;
            return;
        }
        c->edge[row[i]] = 1;
    }
}

/* Keeps the rows marked in edge, and the bars without their bytes. */
static void compact(struct contest *c)
{
    uint32_t *kept = mem_array(NULL, c->rows, sizeof *kept);
    size_t n = 0, used = 0;
    for (uint64_t i = 0, from = 0, to; i < c->rows; i++, from = to) {
        bool is_bar = c->bar[c->group[i]] == i + 1;
        to = c->end[i]; /* which may be written over */
        if (!c->edge[i] && !is_bar)
            continue;
        uint64_t size = is_bar ? 0 : to - from;
        memmove(c->bytes + used, c->bytes + from, size);
        used += size;
        kept[n] = (uint32_t)i;
        c->group[n] = c->group[i];
        c->standing[n] = c->standing[i];
        c->number[n] = c->number[i];
        c->end[n++] = used;
        if (is_bar)
            c->bar[c->group[i]] = (uint32_t)n;
    }
    order_keep(c->order, kept, n);
    c->used = used;
    c->rows = n;
    free(kept);
}

static void prune(struct contest *c)
{
    uint32_t *row = mem_array(NULL, c->rows, sizeof *row);
    uint32_t *place = mem_array(NULL, c->groups, sizeof *place);
    for (size_t g = 0; g < c->groups; g++)
        place[g] = (uint32_t)g;
    c->ranked_rows = c->rows;
    c->doubled = mem_huge(c->rows * sizeof *c->doubled);
    c->edge = mem_huge(c->rows * sizeof *c->edge);
    arrange(c, place, c->groups, row, choose);
    compact(c);
    free_results(c);
    c->prune_at = c->rows * 2 > FIRST_PRUNE ? c->rows * 2 : FIRST_PRUNE;
    c->cuts_hold = false;
    free(place);
    free(row);
}

/* --- entering --- */

bool contest_scale(const struct contest *c, size_t k, unsigned *scale)
{
    return order_scale(c->order, k, scale);
}

/* The first key of two rows as numbers of which the greater stands before. */
static int64_t forward(const struct contest *c, int64_t units)
{
    return c->key[0].descending ? units : ~units;
}

/* A row of the group whose first key is below its cut stands behind the bar. */
static void set_cuts(struct contest *c, unsigned scale)
{
    int64_t units;
    for (size_t g = 0; g < c->groups; g++) {
        c->cut[g] = INT64_MIN;
        if (!c->bar[g] || !order_units(c->order, 0, c->bar[g] - 1, &units))
            continue;
        int64_t v = forward(c, units);
        c->cut[g] = c->keys == 1 && v < INT64_MAX ? v + 1 : v; /* equal in the only key is not better */
    }
    c->cuts_hold = true;
    c->cut_scale = scale;
}

/* Whether all number keys but the first are numbers; if not, the row must be entered for the mistake to be
 * found. */
static bool are_sure(const struct contest *c, const int64_t *units, size_t stride)
{
    for (size_t k = 1; k < c->keys; k++)
        if (!c->key[k].text && units[k * stride] == DEC_UNSURE)
            return false;
    return true;
}

/* Whether rows can be told from their decoded numbers. */
static bool can_sift(const struct contest *c, unsigned *scale)
{
    unsigned other;
    bool can = c->barred && contest_scale(c, 0, scale);
    for (size_t k = 1; k < c->keys; k++)
        can = can && (c->key[k].text || contest_scale(c, k, &other));
    return can;
}

size_t contest_sift(struct contest *c, const uint32_t *group, const int64_t *units, size_t stride, size_t n,
                    uint32_t *chosen)
{
    unsigned scale;
    size_t found = 0;
    if (!can_sift(c, &scale)) {
        for (size_t i = 0; i < n; i++)
            chosen[i] = (uint32_t)i;
        return n;
    }
    if (!c->cuts_hold || c->cut_scale != scale)
        set_cuts(c, scale);
    for (size_t i = 0; i < n; i++) {
        int64_t cut = group[i] < c->groups ? c->cut[group[i]] : INT64_MIN;
        bool behind = forward(c, units[i]) < cut && units[i] != DEC_UNSURE;
        chosen[found] = (uint32_t)i;
        found += !behind || (c->keys > 1 && !are_sure(c, units + i, stride));
    }
    return found;
}

static enum standing standing_of(const struct contest *c, bool competes, enum order_presence first_key)
{
    if (!competes)
        return STANDS_EXCLUDED;
    if (first_key == ORDER_VALUE || c->rule.missing_competes)
        return STANDS_RANKED;
    return first_key == ORDER_EMPTY ? STANDS_EMPTY : STANDS_NA;
}

enum dec_error contest_enter(struct contest *c, const struct entrant *e, size_t *bad)
{
    const struct order_field none = {slice_of("\\-"), DEC_UNSURE, 0};
    bool barred = e->group < c->groups && c->bar[e->group];
    if (barred && (!e->competes || order_not_before(c->order, e->fields, c->bar[e->group] - 1)))
        return DEC_OK;
    for (size_t k = 0; k < c->keys; k++) {
        enum dec_error error = order_add(c->order, k, e->competes ? &e->fields[k] : &none);
        if (error != DEC_OK) {
            *bad = k;
            return error;
        }
    }
    know_group(c, e->group);
    uint32_t number = (uint32_t)c->rows;
    enum standing standing = standing_of(c, e->competes, order_presence(c->order, 0, number));
    bool beaten = barred && order_compare(c->order, number, c->bar[e->group] - 1) >= 0;
    if (c->prunes && (standing != STANDS_RANKED || beaten)) {
        order_take_back(c->order);
        return DEC_OK;
    }
    reserve(c);
    hold_bytes(c, e->row);
    c->end[number] = c->used;
    /* Huge memory is clear, and not taken before it is written to: most tables have one group, all ranked. */
    if (c->group[number] != e->group)
        c->group[number] = e->group;
    if (c->standing[number] != standing)
        c->standing[number] = (uint8_t)standing;
    if (c->number)
        c->number[number] = e->number;
    else if (number == 0)
        c->base = e->number;
    if (++c->rows >= c->prune_at && c->prunes)
        prune(c);
    return DEC_OK;
}

size_t contest_memory(const struct contest *c)
{
    size_t each = sizeof *c->end + sizeof *c->group + sizeof *c->standing + sizeof *c->sorted + 1;
    each += (c->number ? sizeof *c->number : 0) + order_sort_memory(c->order);
    each += c->rule.ranked || c->rule.first ? sizeof *c->doubled : 0;
    each += (c->rule.first ? sizeof *c->edge : 0) + (c->rule.counted ? sizeof *c->upto : 0);
    return c->used + c->rows * each + order_memory(c->order) + c->groups * (sizeof *c->bar + sizeof *c->cut);
}

/* --- the end --- */

static void give_ranks(struct contest *c, uint32_t group, const uint32_t *row, const uint8_t *starts,
                       size_t n)
{
    if (c->doubled)
        order_ranks(c->rule.ties, row, starts, n, c->doubled);
    if (c->edge)
        order_ranks(c->rule.edge, row, starts, n, c->edge);
    if (c->upto) {
        c->levels[group] = order_ranks(TIES_MAX, row, starts, n, c->upto);
        c->rivals[group] = n;
    }
}

void contest_end(struct contest *c, const uint32_t *group_order, size_t n, bool only_order)
{
    if (c->groups == 0)
        know_group(c, 0);
    c->ranked_rows = c->rows;
    c->sorted = mem_huge(c->rows * sizeof *c->sorted);
    if (c->rule.ranked && !only_order)
        c->doubled = mem_huge(c->rows * sizeof *c->doubled);
    if (c->rule.first && !only_order)
        c->edge = mem_huge(c->rows * sizeof *c->edge);
    if (c->rule.counted && !only_order) {
        c->upto = mem_huge(c->rows * sizeof *c->upto);
        c->rivals = mem_zero(c->groups, sizeof *c->rivals);
        c->levels = mem_zero(c->groups, sizeof *c->levels);
    }
    c->listed = arrange(c, group_order, n, c->sorted, give_ranks);
}

size_t contest_rows(const struct contest *c)
{
    return c->rows;
}

struct slice contest_row(const struct contest *c, size_t row)
{
    uint64_t from = row ? c->end[row - 1] : 0;
    return (struct slice){c->bytes ? c->bytes + from : "", (size_t)(c->end[row] - from)};
}

uint64_t contest_number(const struct contest *c, size_t row)
{
    return c->number ? c->number[row] : c->base + row;
}

uint32_t contest_group(const struct contest *c, size_t row)
{
    return c->group[row];
}

enum standing contest_standing(const struct contest *c, size_t row)
{
    return c->standing[row] == HELD_BAR ? STANDS_RANKED : (enum standing)c->standing[row];
}

bool contest_wins(const struct contest *c, size_t row)
{
    return c->rule.first == 0 || (c->standing[row] == STANDS_RANKED && within(c, c->edge[row]));
}

uint64_t contest_doubled_rank(const struct contest *c, size_t row)
{
    return c->doubled[row];
}

uint64_t contest_upto(const struct contest *c, size_t row)
{
    return c->upto[row] / 2;
}

uint64_t contest_rivals(const struct contest *c, uint32_t group)
{
    return c->rivals[group];
}

uint64_t contest_levels(const struct contest *c, uint32_t group)
{
    return c->levels[group];
}

void contest_encode(const struct contest *c, size_t row, struct buf *b)
{
    order_encode(c->order, (uint32_t)row, b);
}

const uint32_t *contest_order(const struct contest *c, size_t *n)
{
    *n = c->listed;
    return c->sorted;
}

/* A row's bytes can be asked for only when its place is there. */
void contest_expect(const struct contest *c, size_t i)
{
    enum { NEAR = 16, FAR = 32 };
    if (i + FAR >= c->listed)
        return;
    uint32_t near = c->sorted[i + NEAR], far = c->sorted[i + FAR];
    __builtin_prefetch(c->bytes + (near ? c->end[near - 1] : 0));
    __builtin_prefetch(c->end + (far ? far - 1 : 0));
}

void contest_clear(struct contest *c)
{
    free_results(c);
    order_keep(c->order, NULL, 0);
    c->rows = c->used = c->listed = c->groups = 0;
    c->barred = c->cuts_hold = false;
    c->prune_at = FIRST_PRUNE;
}
