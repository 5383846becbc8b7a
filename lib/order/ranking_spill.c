/* SPDX-License-Identifier: MIT
 * ranking_spill: a ranking beyond memory. Every row is a record whose key, group, class and encoded keys,
 * memcmp puts in order; the runs of a table merged, the ranks are counted on the way. What a rank needs to
 * know of the rows behind, how many are equal and how many the group has, a first pass over the runs counts.
 * Where rows are wanted as they came they are sorted once more, by their number. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/order/ranking_internal.h"
#include "lib/order/runs.h"
#include "lib/order/sorter.h"

enum { CLASS_RANKED = 1, CLASS_MISSING, CLASS_EXCLUDED };

/* A record is this, the key, the row. */
struct head {
    uint64_t number;
    uint32_t key, group; /* bytes of the key, of which the group's stand first */
    uint32_t standing;
    uint32_t spare; /* all bytes written have a value */
};

struct record {
    struct head head;
    struct slice key, row;
};

/* Where the pass over all rows stands. */
struct walk {
    struct buf key; /* of the row before */
    uint32_t group; /* bytes of its group */
    bool begun;
    struct tie tie;                        /* of the last ranked row */
    uint64_t k;                            /* its place in the tie */
    uint64_t ranked, levels;               /* ranked rows and different ones of the group so far */
    bool new_group, new_tie;               /* the row begins one */
    bool closes_group;                     /* a group stood before it */
    struct tie closed;                     /* the tie that stood before it; run == 0: none did */
    uint64_t closed_ranked, closed_levels; /* of the group before */
};

struct group_size {
    uint64_t rivals, levels;
};

struct spill {
    const struct ranking_rule *rule;
    struct runs *runs;
    struct runs *ties, *sizes; /* rows of each tie and of each group, in their order; NULL: not counted */
    struct walk walk;
    struct group_size size; /* of the group the walk is in */
    uint64_t run;           /* rows of its tie */
    struct buf last_row;    /* of the last ranked row, where pairs are wanted */
    struct ranked last;
    struct sorter *by_number; /* NULL where rows are wanted in order */
    struct buf scratch;
};

static struct record record_of(struct slice bytes)
{
    struct record r;
    memcpy(&r.head, bytes.p, sizeof r.head);
    r.key = (struct slice){bytes.p + sizeof r.head, r.head.key};
    r.row = (struct slice){r.key.p + r.key.n, bytes.n - sizeof r.head - r.key.n};
    return r;
}

static int by_key(void *ctx, struct slice a, struct slice b)
{
    (void)ctx;
    return slice_compare(record_of(a).key, record_of(b).key);
}

struct spill *spill_new(const struct ranking_rule *rule)
{
    struct spill *s = mem_zero(1, sizeof *s);
    s->rule = rule;
    s->runs = runs_new(rule->scratch, by_key, NULL);
    return s;
}

void spill_free(struct spill *s)
{
    if (!s)
        return;
    runs_free(s->runs);
    runs_free(s->ties);
    runs_free(s->sizes);
    sorter_free(s->by_number);
    buf_free(&s->walk.key);
    buf_free(&s->last_row);
    buf_free(&s->scratch);
    free(s);
}

/* --- putting --- */

static char class_of(enum standing standing)
{
    return standing == STANDS_RANKED     ? CLASS_RANKED
           : standing == STANDS_EXCLUDED ? CLASS_EXCLUDED
                                         : CLASS_MISSING;
}

enum status spill_part(struct spill *s, const struct contest *c, const struct row_groups *groups,
                       struct diag *d)
{
    struct buf *b = &s->scratch;
    enum status st = ST_OK;
    size_t n;
    const uint32_t *row = contest_order(c, &n);
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        struct head head = {.number = contest_number(c, row[i]), .standing = contest_standing(c, row[i])};
        contest_expect(c, i);
        buf_clear(b);
        buf_add(b, (const char *)&head, sizeof head);
        buf_slice(b, row_groups_key(groups, contest_group(c, row[i])));
        buf_char(b, 0); /* no group has one */
        head.group = (uint32_t)(b->n - sizeof head);
        buf_char(b, class_of(head.standing));
        if (head.standing != STANDS_EXCLUDED)
            contest_encode(c, row[i], b);
        head.key = (uint32_t)(b->n - sizeof head);
        memcpy(b->p, &head, sizeof head);
        buf_slice(b, contest_row(c, row[i]));
        st = runs_put(s->runs, buf_view(b), d);
    }
    return st == ST_OK ? runs_end(s->runs, d) : st;
}

/* --- the pass over all rows --- */

/* Moves to the next row, r; NULL at the end, which closes what is open. */
static void walk_to(struct walk *w, const struct record *r)
{
    bool same_group = r && w->begun && w->group == r->head.group && memcmp(w->key.p, r->key.p, w->group) == 0;
    bool same_key = same_group && slice_equal(buf_view(&w->key), r->key);
    w->new_group = r && !same_group;
    w->closes_group = w->begun && !same_group;
    w->new_tie = r && r->head.standing == STANDS_RANKED && !same_key;
    w->closed.run = 0;
    if (!same_key && w->tie.run) { /* the tie before is whole */
        w->closed = w->tie;
        w->tie.run = 0;
    }
    if (!same_group) {
        w->closed_ranked = w->ranked;
        w->closed_levels = w->levels;
        w->ranked = w->levels = 0;
    }
    w->begun = r != NULL;
    if (!r)
        return;
    if (r->head.standing == STANDS_RANKED) {
        if (w->new_tie)
            w->tie = (struct tie){w->ranked, w->levels++, 0};
        w->k = w->tie.run++;
        w->ranked++;
    }
    if (!same_key) {
        buf_clear(&w->key);
        buf_slice(&w->key, r->key);
    }
    w->group = r->head.group;
}

static enum status next_record(struct spill *s, struct record *r, bool *more, struct diag *d)
{
    struct slice bytes;
    enum status st = runs_next(s->runs, &bytes, d);
    *more = st == ST_OK && bytes.p;
    if (*more)
        *r = record_of(bytes);
    return st;
}

/* The first pass: how large the ties and the groups are. */
static enum status count(struct spill *s, struct diag *d)
{
    struct record r;
    bool more = true;
    enum status st = ST_OK;
    s->ties = runs_new(s->rule->scratch, NULL, NULL);
    s->sizes = runs_new(s->rule->scratch, NULL, NULL);
    while (more && st == ST_OK) {
        st = next_record(s, &r, &more, d);
        if (st != ST_OK)
            break;
        walk_to(&s->walk, more ? &r : NULL);
        struct group_size size = {s->walk.closed_ranked, s->walk.closed_levels};
        if (s->walk.closed.run)
            st = runs_put(s->ties,
                          (struct slice){(const char *)&s->walk.closed.run, sizeof s->walk.closed.run}, d);
        if (st == ST_OK && s->walk.closes_group)
            st = runs_put(s->sizes, (struct slice){(const char *)&size, sizeof size}, d);
    }
    if (st == ST_OK)
        st = runs_end(s->ties, d);
    if (st == ST_OK)
        st = runs_end(s->sizes, d);
    runs_rewind(s->runs);
    return st;
}

/* Reads what the first pass has put. */
static enum status counted(struct runs *from, void *to, size_t n, struct diag *d)
{
    struct slice bytes;
    enum status st = runs_next(from, &bytes, d);
    if (st == ST_OK)
        memcpy(to, bytes.p, n);
    return st;
}

/* Shows a row that begins a tie with the ranked row before it, and keeps it for the next. */
static void show_pair(struct spill *s, const struct ranked *row)
{
    if (s->walk.new_tie && !s->walk.new_group) {
        s->last.row = buf_view(&s->last_row);
        s->rule->pair(s->rule->pair_ctx, &s->last, row);
    }
    buf_clear(&s->last_row);
    buf_slice(&s->last_row, row->row);
    s->last = *row;
}

/* Ranks the record that the walk has come to; whether it is wanted. */
static bool rank(struct spill *s, const struct record *r, struct ranked *row)
{
    const struct contest_rule *rule = &s->rule->contest;
    *row = (struct ranked){.row = r->row,
                           .number = r->head.number,
                           .standing = (enum standing)r->head.standing,
                           .rivals = s->size.rivals,
                           .levels = s->size.levels};
    if (row->standing != STANDS_RANKED)
        return rule->first == 0;
    struct tie tie = {s->walk.tie.before, s->walk.tie.different, s->run};
    row->doubled_rank = ties_doubled_rank(rule->ties, tie, s->walk.k);
    row->upto = tie.before + tie.run;
    if (s->rule->pair)
        show_pair(s, row);
    return rule->first == 0 || (ties_doubled_rank(rule->edge, tie, s->walk.k) + 1) / 2 <= rule->first;
}

/* The next row in order that is wanted. */
static enum status next_in_order(struct spill *s, struct ranked *row, struct diag *d)
{
    struct record r;
    bool more, wanted = false;
    while (!wanted) {
        enum status st = next_record(s, &r, &more, d);
        if (st != ST_OK || !more) {
            row->row.p = NULL;
            return st;
        }
        walk_to(&s->walk, &r);
        if (s->sizes && s->walk.new_group)
            st = counted(s->sizes, &s->size, sizeof s->size, d);
        if (s->ties && s->walk.new_tie && st == ST_OK)
            st = counted(s->ties, &s->run, sizeof s->run, d);
        if (st != ST_OK)
            return st;
        wanted = rank(s, &r, row);
    }
    return ST_OK;
}

/* --- as they came --- */

static enum status sort_by_number(struct spill *s, struct diag *d)
{
    struct ranked row;
    char number[8];
    enum status st;
    s->by_number = sorter_new(s->rule->memory, s->rule->scratch);
    while ((st = next_in_order(s, &row, d)) == ST_OK && row.row.p) {
        struct slice part[] = {{(const char *)&row, sizeof row}, row.row};
        st = sorter_add(s->by_number, sorter_number(row.number, number), part, 2, d);
        if (st != ST_OK)
            return st;
    }
    return st == ST_OK ? sorter_end(s->by_number, d) : st;
}

static enum status next_by_number(struct spill *s, struct ranked *row, struct diag *d)
{
    struct sorter_record r;
    enum status st = sorter_next(s->by_number, &r, d);
    row->row.p = NULL;
    if (st != ST_OK || !r.key.p)
        return st;
    memcpy(row, r.load.p, sizeof *row);
    row->row = (struct slice){r.load.p + sizeof *row, r.load.n - sizeof *row};
    return ST_OK;
}

/* Whether a rank depends on rows that stand behind. */
static bool needs_counts(const struct contest_rule *rule)
{
    return rule->counted || rule->ties == TIES_MAX || rule->ties == TIES_AVERAGE ||
           (rule->first && (rule->edge == TIES_MAX || rule->edge == TIES_AVERAGE));
}

enum status spill_end(struct spill *s, struct diag *d)
{
    enum status st = needs_counts(&s->rule->contest) ? count(s, d) : ST_OK;
    return st == ST_OK && !s->rule->in_order ? sort_by_number(s, d) : st;
}

enum status spill_next(struct spill *s, struct ranked *row, struct diag *d)
{
    return s->by_number ? next_by_number(s, row, d) : next_in_order(s, row, d);
}
