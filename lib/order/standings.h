/* SPDX-License-Identifier: MIT
 * standings: where each object of an earlier table stood, and which of them are met again. */
#ifndef LIB_STANDINGS_H
#define LIB_STANDINGS_H

#include "lib/order/ranking.h"

struct standings;

/* An object is what the fields of its key say (row_key). */
struct standing_before {
    bool known;             /* it was in the earlier table */
    enum standing standing; /* there */
    uint64_t doubled_rank;  /* there; 0 for none */
};

/* The columns of t that make an object: those of its group, then those of the list that are not among them;
 * malloced, *n of them. NULL on failure (ST_MISUSE): unknown, repeated. */
int *standings_object(const struct table *t, const int *group, size_t groups, const char *list, size_t *n,
                      struct diag *d);

struct standings *standings_new(void);
void standings_free(struct standings *s);

/* Takes the rows of a ranking that has read its table, of the name file; the columns id, n of them, make the
 * key. An object that stands there twice is ST_INPUT, naming both lines. */
enum status standings_rank(struct standings *s, struct ranking *r, const char *file, const int *id, size_t n,
                           struct diag *d) MUST_USE;

/* Takes the ranks that the column `rank` of t gives; anything but a whole number, a half or a missing value
 * is ST_INPUT, and so is an object that stands twice. */
enum status standings_read(struct standings *s, struct table *t, int rank, const int *id, size_t n,
                           struct diag *d) MUST_USE;

/* Where the object stood. It stands on that line of the later table, of the name file: twice there is
 * ST_INPUT, naming both lines. */
enum status standings_meet(struct standings *s, struct slice key, const char *file, uint64_t line,
                           struct standing_before *before, struct diag *d) MUST_USE;

/* Calls left for each object of the earlier table that was not met, in the order of that table. */
typedef void standings_left(void *ctx, struct slice key, const struct standing_before *before);
void standings_each_left(const struct standings *s, standings_left *left, void *ctx);

#endif
