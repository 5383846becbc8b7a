/* SPDX-License-Identifier: MIT
 * tally: how often each kind of thing happened, with the first example and its cell; and, where it is asked
 * for, each of them. */
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

/* One thing that happened. Texts are plain, but for after, which is a field of the stream. */
struct tally_event {
    struct slice file, sheet, column;
    uint64_t line; /* 0: of no line */
    const char *cell, *kind;
    struct slice before, after;
};

/* From now on tally_each writes to o; its header is written here. */
void tally_list_each(struct tally *t, struct out *o);
bool tally_lists_each(const struct tally *t);

/* One line of TSV, file sheet line cell column kind before after, when asked for. */
void tally_each(struct tally *t, const struct tally_event *e);

#endif
