/* SPDX-License-Identifier: MIT
 * window: what an expression may say of other rows of its row's group: sums over the group, running sums in a
 * declared order, the same row in an earlier month. Rows are held until all that they look at is there: the
 * whole table, or, where the input is declared to be sorted by group, the rows of a group. */
#ifndef LIB_WINDOW_H
#define LIB_WINDOW_H

#include "lib/derive/held.h"
#include "lib/expr/expr.h"

/* What is declared about the rows; each may be NULL. */
struct window_options {
    const char *group_by; /* COL,...; without it all rows are one group */
    const char *order;    /* COL[:asc|:desc][:text],...: the order the rows of a group stand in */
    const char *period;   /* the column of dates or months */
    bool sorted;          /* the input is sorted by the columns of group_by */
};

struct window;

/* For rows with the columns of t, which stays until window_free. NULL on failure: ST_MISUSE. */
struct window *window_new(const struct table *t, const struct window_options *o, struct diag *d);
void window_free(struct window *w);

/* For the expression language (struct expr_place), with the window as ctx. */
bool window_knows(void *window, struct slice name);
int window_row_variable(void *window, struct slice name, enum expr_type *type);

/* Adds a call such as prev(x); returns its number. Takes the expressions of args in any case. -1 on failure
 * (ST_MISUSE). */
int window_call(void *window, struct slice name, struct expr_arg *args, size_t nargs, enum expr_type *type,
                bool *finite, struct diag *d);

/* Whether a ratio without a value is an error in what calls take, too; otherwise it is \- there. */
void window_refuse_undefined(struct window *w, bool refuse);

bool window_is_used(const struct window *w);

/* The option that no call needs, such as "-k", or NULL. */
const char *window_idle_option(const struct window *w);

/* Holds a copy of the rows. */
void window_hold(struct window *w, const struct batch *b, const char *file);

/* Makes ready the rows that see all they look at: at the end of the input the rest, before it the groups that
 * have ended. There may be none. On failure ST_INPUT with file and line: text in a number column, a month
 * twice, rows that are not in the declared order. */
enum status window_ready(struct window *w, bool ended, struct diag *d) MUST_USE;

/* The rows made ready, in the order they came: rows from … to - 1 of a batch; first is the number of row
 * `from`. false after the last part. */
struct window_part {
    const struct batch *batch;
    const char *file;
    size_t from, to;
    uint64_t first;
};
bool window_part(const struct window *w, size_t i, struct window_part *part);

/* Before the values of n rows from `first` on are asked for; each row once, in order. ST_INPUT: overflow. */
enum status window_enter(struct window *w, uint64_t first, size_t n, struct diag *d) MUST_USE;

/* The value of a call in a row among those entered. A text lives until the call is asked for again. Where the
 * row it looks at has text in a number column, or a value that does not fit, the value is empty and
 * window_problem tells. */
void window_value(struct window *w, int call, uint64_t row, struct value *v);

/* The type of a call's values, and whether they all last until the rows made ready are left. */
enum expr_type window_type(const struct window *w, int call);
bool window_is_lasting(const struct window *w, int call);

/* Whether a problem was met since it was last asked; d says where. */
bool window_problem(struct window *w, struct diag *d);

/* Lets go of the rows made ready. */
void window_leave(struct window *w);

#endif
