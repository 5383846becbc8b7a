/* SPDX-License-Identifier: MIT
 * tally: how often each kind of thing happened, with the first example and its cell. */
#ifndef LIB_TALLY_H
#define LIB_TALLY_H

#include "lib/base/out.h"

struct tally;

struct tally *tally_new(void);
void tally_free(struct tally *t);

/* Counts `times` of a kind. example and cell are kept at the first. */
void tally_add(struct tally *t, const char *kind, uint64_t times, struct slice example, const char *cell);

/* One line more of a kind that is listed one by one. */
void tally_list(struct tally *t, const char *kind, struct slice example, const char *cell);

/* TSV: kind count example cell, in order of first appearance. */
void tally_write(const struct tally *t, struct out *o);

#endif
