/* SPDX-License-Identifier: MIT
 * rows: which rows of a batch take part, and which group each belongs to. */
#ifndef LIB_ROWS_H
#define LIB_ROWS_H

#include "lib/base/buf.h"
#include "lib/expr/expr.h"
#include "lib/stream/table.h"

enum { ROWS_CHUNK = 256 }; /* rows handled at a time: their cells fit the first-level cache */

/* A row of a batch as expressions see it: variable k is column k. */
struct row_view {
    const struct batch *batch;
    size_t row;
};
void row_view_fetch(void *view, int variable, struct value *v);

/* The place of a row condition over the columns of t, for expr_compile. */
struct expr_place row_place(struct table *t);

/* The condition `text` over the columns of t; NULL on failure (ST_MISUSE). */
struct expr *row_condition(struct table *t, const char *text, struct diag *d);

/* The text of both conditions together, malloced; old, which is freed, may be NULL. */
char *row_condition_and(char *old, const char *more);

/* Whether condition e (NULL: always) is true of the row; undecided is not true. On failure d has the line. */
enum status row_holds(struct expr *e, const struct batch *b, size_t row, const char *file, bool *holds,
                      struct diag *d) MUST_USE;

/* The numbers of the rows from *next on for which e is true, at most ROWS_CHUNK; *next moves behind the last
 * one looked at. *n == 0 at the end of the batch. */
enum status rows_choose(struct expr *e, const struct batch *b, const char *file, size_t *next, uint32_t *row,
                        size_t *n, struct diag *d) MUST_USE;

/* Groups of rows that agree in some columns. A key is the fields joined by TAB, \N taken as the empty field.
 */
struct row_groups {
    struct keymap *map; /* owned */
    int *column;        /* owned */
    size_t columns;
    bool adjacent;   /* the columns stand side by side, so a key is a run of bytes of the row */
    uint32_t *alias; /* number of the same key without \N; NULL until one is met */
    uint32_t known;  /* keys already looked at for \N */
    struct buf bytes;
};

/* Takes column. expected: number of groups, 0 when unknown. */
void row_groups_init(struct row_groups *g, int *column, size_t columns, size_t expected);
/* Takes an empty map too; what it keeps beside a key belongs to the group. */
void row_groups_init_over(struct row_groups *g, int *column, size_t columns, struct keymap *map);
void row_groups_free(struct row_groups *g);
void row_groups_clear(struct row_groups *g); /* takes all groups out of the map */

/* Fields joined by TAB, a key or a whole row, with those that are \N made empty, in scratch; what was given
 * when there are none. */
struct slice fields_without_null(struct slice fields, struct buf *scratch);

/* The group number of each of n <= ROWS_CHUNK rows. */
void row_groups_number(struct row_groups *g, const struct batch *b, const uint32_t *row, size_t n,
                       uint32_t *number);

/* The number of the group of a key, added when new. */
uint32_t row_groups_put(struct row_groups *g, struct slice key);

uint32_t
row_groups_count(const struct row_groups *g); /* numbers in use are below; an alias's is skipped below */
struct slice row_groups_key(const struct row_groups *g, uint32_t number);

/* The bytewise order of texts that are fields of lines, or several joined by TAB: that of lines which begin
 * with them, where each ends with a TAB. fields_order: as malloced indices; equal ones in their given order.
 */
int fields_compare(struct slice a, struct slice b);
uint32_t *fields_order(const struct slice *text, size_t n);

/* The groups in the order of fields_order by their keys, or of first appearance; malloced, *n long. */
uint32_t *row_groups_order(const struct row_groups *g, bool sorted, size_t *n);

/* As column_list, with the backslash of \, taken away. Both *names and *text, which they point into, are
 * malloced. */
size_t row_names(const char *list, struct slice **names, char **text);

/* Resolves a comma list of column names against t into numbers; NULL on failure (ST_MISUSE): unknown,
 * repeated. */
int *row_columns(const struct table *t, const char *list, size_t *n, struct diag *d);

#endif
