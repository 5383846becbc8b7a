/* SPDX-License-Identifier: MIT
 * ranking_internal: the part of a ranking that works beyond memory, for the files that make it up. */
#ifndef LIB_RANKING_INTERNAL_H
#define LIB_RANKING_INTERNAL_H

#include "lib/order/ranking.h"
#include "lib/order/rows.h"

struct spill;

struct spill *spill_new(const struct ranking_rule *rule); /* borrowed */
void spill_free(struct spill *s);

/* Puts the rows of a contest that has ended, as a run. On failure ST_OUTPUT. */
enum status spill_part(struct spill *s, const struct contest *c, const struct row_groups *groups,
                       struct diag *d) MUST_USE;

/* All rows have been put: ranks them. */
enum status spill_end(struct spill *s, struct diag *d) MUST_USE;

/* As ranking_next. */
enum status spill_next(struct spill *s, struct ranked *row, struct diag *d) MUST_USE;

#endif
