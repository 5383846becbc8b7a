/* SPDX-License-Identifier: MIT
 * contest: rows that compete for ranks within groups. When only the first ranks are wanted, a row is let go
 * as soon as it cannot reach them any more, so that what is held depends on the ranks wanted, not on the
 * table. */
#ifndef LIB_CONTEST_H
#define LIB_CONTEST_H

#include "lib/order/order_ranks.h"

struct contest;

struct contest_rule {
    enum ties ties;        /* the ranks given */
    enum ties edge;        /* the ranks that decide who is among the first */
    uint64_t first;        /* ranks wanted, 0 for all */
    bool missing_competes; /* a row without a value in the first key is ranked, where its key puts it */
    bool ranked;           /* ranks are wanted, not only the order */
    bool counted; /* so are contest_upto, _rivals and _levels; then no row is let go before the end */
};

enum standing {
    STANDS_RANKED,
    STANDS_EMPTY,   /* no rank: the first key was not reported */
    STANDS_NA,      /* no rank: the first key cannot exist */
    STANDS_EXCLUDED /* does not compete */
};

/* A row that enters. The bytes are copied if it is held. */
struct entrant {
    struct slice row;
    uint64_t number; /* of the row in its table, rising */
    uint32_t group;  /* numbers from 0 */
    bool competes;
    const struct order_field *fields; /* one for every key */
};

struct contest *contest_new(const struct order_key *keys, size_t n, const struct contest_rule *rule);
void contest_free(struct contest *c);

/* The scale to decode key k at, for order_field; false when it is not to be decoded. It may change with every
 * row added. */
bool contest_scale(const struct contest *c, size_t k, unsigned *scale);

/* Of n rows with these groups, and the units of key k from units + k * stride on, all decoded at the scale
 * they have now (anything for keys that are not): the numbers of those that still have to be entered, in
 * chosen; how many. The others compete in vain. */
size_t contest_sift(struct contest *c, const uint32_t *group, const int64_t *units, size_t stride, size_t n,
                    uint32_t *chosen);

/* On an error *bad is the number of the key. At most 2^32 - 1 rows are held. */
enum dec_error contest_enter(struct contest *c, const struct entrant *e, size_t *bad) MUST_USE;

/* Bytes held for the rows, and those contest_end will need. */
size_t contest_memory(const struct contest *c);

/* Ends the contest: orders the rows and, unless only the order is asked for, gives them what the rule wants.
 * group_order lists the groups' numbers in their order, n of them. */
void contest_end(struct contest *c, const uint32_t *group_order, size_t n, bool only_order);

/* After contest_end: the rows held, numbered from 0 in input order; those beyond the ranks wanted are among
 * them, with contest_wins false. */
size_t contest_rows(const struct contest *c);
struct slice contest_row(const struct contest *c, size_t row);
uint64_t contest_number(const struct contest *c, size_t row);
uint32_t contest_group(const struct contest *c, size_t row);
enum standing contest_standing(const struct contest *c, size_t row);
bool contest_wins(const struct contest *c, size_t row);
uint64_t contest_doubled_rank(const struct contest *c, size_t row); /* an average may end in .5; 0 for none */
uint64_t contest_upto(const struct contest *c, size_t row); /* ranked rows of the group that are not behind */
uint64_t contest_rivals(const struct contest *c, uint32_t group);        /* ranked rows of a group */
uint64_t contest_levels(const struct contest *c, uint32_t group);        /* different ones among them */
void contest_encode(const struct contest *c, size_t row, struct buf *b); /* order_encode */

/* The rows by group and, within it: the ranked in order, those without a value in the first key by the keys
 * after it, those excluded; *n of them. */
const uint32_t *contest_order(const struct contest *c, size_t *n);

/* The rows of contest_order from the i-th on will be asked for: starts the cache misses of those to come. */
void contest_expect(const struct contest *c, size_t i);

/* After contest_end: forgets all rows and groups; the next ones begin another contest by the same rule. */
void contest_clear(struct contest *c);

#endif
