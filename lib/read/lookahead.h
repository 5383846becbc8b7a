/* SPDX-License-Identifier: MIT
 * lookahead: records looked at before their turn and given again when it comes. */
#ifndef LIB_LOOKAHEAD_H
#define LIB_LOOKAHEAD_H

#include "lib/read/records.h"

struct lookahead;

/* Puts itself before *r, which from now on gives the records looked at first, and closes it with the rest. A
 * record given again has the cells that it holds, not what merged ranges show in it. */
struct lookahead *lookahead_open(struct records *r);

/* The next record not looked at yet; rec->n is 0 at the end. What fails here is told when the turn of that
 * record comes. rec dies at the next call of anything on *r. */
void lookahead_peek(struct lookahead *l, struct record *rec);

/* The first n of the records looked at are used and not given again. */
void lookahead_drop(struct lookahead *l, size_t n);

#endif
