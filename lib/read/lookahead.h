/* SPDX-License-Identifier: MIT
 * lookahead: records looked at before their turn and given again when it comes. */
#ifndef LIB_LOOKAHEAD_H
#define LIB_LOOKAHEAD_H

#include "lib/read/records.h"

struct lookahead;

/* Changes the n cells of the record of that line, and which of them are numbers. */
typedef void lookahead_filler(void *ctx, uint64_t line, struct slice *cell, bool *is_number, size_t n);

/* Puts itself before *r, which from now on gives the records looked at first, and closes it with the rest. A
 * record given again has the cells that it holds, not what merged ranges show in it. */
struct lookahead *lookahead_open(struct records *r);

/* The next record not looked at yet; rec->n is 0 at the end. What fails here is told when the turn of that
 * record comes. rec dies at the next call of anything on *r. */
void lookahead_peek(struct lookahead *l, struct record *rec);

/* The first n of the records looked at are used and not given again. */
void lookahead_drop(struct lookahead *l, size_t n);

/* When *r looks ahead, the records looked at already go through fill one by one, each when it is given. ctx
 * lives as long as *r. */
void lookahead_fill(struct records *r, lookahead_filler *fill, void *ctx);

#endif
