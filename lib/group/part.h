/* SPDX-License-Identifier: MIT
 * part: the lines of a part, tongbao-partial(5): the groups of some rows with all that is needed to fold them
 * with others. A group is one line of scalars and a line for each value in its bags:
 *
 *     key TAB ... S TAB fields of aggregator_save
 *     key TAB ... d TAB accumulation TAB text ... TAB times
 *     key TAB ... h TAB accumulation TAB numeral TAB times TAB decimals      (t: of the greatest, negated)
 *
 * Their bytewise order is the order of the keys, then S, then the accumulations, then the values. */
#ifndef LIB_PART_H
#define LIB_PART_H

#include "lib/group/aggregator.h"

/* A line taken apart; everything points into the line. */
struct part_line {
    struct slice key;
    struct slice identity; /* what lines that are folded into one have in common */
    bool scalars;
    struct slice fields;  /* scalars: for aggregator_load */
    size_t bag;           /* otherwise: which (aggregator_bag) */
    struct bag_item item; /* and the value */
};

/* What the lines of a part are about. */
struct part_format {
    const struct aggregator *a;
    size_t keys; /* key columns */
};

/* These replace what is in b. */
void part_put_scalars(struct buf *b, const struct part_format *f, struct slice key, const char *record);
void part_put_value(struct buf *b, const struct part_format *f, struct slice key, size_t bag,
                    const struct bag_item *item);

/* false when the line is none of this format. */
bool part_line_read(struct part_line *l, const struct part_format *f, struct slice line) MUST_USE;

#endif
