/* SPDX-License-Identifier: MIT
 * contest: rows that compete for ranks within groups. When only the first ranks are wanted, a row is let go
 * as soon as it cannot reach them any more, so that what is held depends on the ranks wanted, not on the
 * table. */
#ifndef LIB_CONTEST_H
#define LIB_CONTEST_H

#include "lib/base/buf.h"
#include "lib/order/order_ranks.h"

struct contest;

enum standing {
    STANDS_RANKED,
    STANDS_EMPTY,   /* no rank: the first key was not reported */
    STANDS_NA,      /* no rank: the first key cannot exist */
    STANDS_EXCLUDED /* does not compete */
};

/* first: ranks wanted, 0 for all. Copies keys. */
struct contest *contest_new(const struct order_key *keys, size_t n, enum ties ties, uint64_t first);
void contest_free(struct contest *c);

/* The scale to decode key k at, for order_field; false when it is not to be decoded. It may change with every
 * row added. */
bool contest_scale(const struct contest *c, size_t k, unsigned *scale);

/* The next row: its bytes, its group (numbers from 0), whether it competes, a field for every key. The bytes
 * are copied if the row is held. On an error *bad is the number of the key. At most 2^32 - 1 rows are held.
 */
enum dec_error contest_add(struct contest *c, struct slice row, uint32_t group, bool competes,
                           const struct order_field *fields, size_t *bad) MUST_USE;

/* Ends the contest: orders the rows and, if wanted, ranks them. group_order lists the groups' numbers in
 * their order, n of them. */
void contest_end(struct contest *c, const uint32_t *group_order, size_t n, bool ranks);

/* After contest_end: the rows held, numbered in input order; those beyond the ranks wanted are among them,
 * with contest_wins false. */
size_t contest_rows(const struct contest *c);
struct slice contest_row(const struct contest *c, size_t row);
void contest_expect(const struct contest *c,
                    size_t i); /* the rows of contest_order from the i-th on will be asked
                                * for: starts the cache misses of those to come */
enum standing contest_standing(const struct contest *c, size_t row);
uint64_t contest_doubled_rank(const struct contest *c, size_t row); /* an average may end in .5; 0 for none */
bool contest_wins(const struct contest *c, size_t row);

/* The rows by group and, within it: the ranked in order, those without a value in the first key by the keys
 * after it, those excluded. */
const uint32_t *contest_order(const struct contest *c);

#endif
