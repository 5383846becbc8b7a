/* SPDX-License-Identifier: MIT
 * window_internal: the inside of a window, for the files that plan it, make rows ready and look at them. */
#ifndef LIB_WINDOW_INTERNAL_H
#define LIB_WINDOW_INTERNAL_H

#include "lib/derive/sums.h"
#include "lib/derive/window.h"
#include "lib/order/order.h"
#include "lib/order/rows.h"

enum call_kind { CALL_SUM, CALL_MEAN, CALL_COUNT, CALL_RUNNING, CALL_EARLIER };

struct call {
    enum call_kind kind;
    struct expr *e;    /* of the row, or of the earlier one; NULL: count() */
    struct expr *when; /* NULL: every row */
    enum sum_missing missing;
    struct sum *sum;       /* of each group */
    struct value *running; /* CALL_RUNNING: of the rows entered */
    int months;            /* CALL_EARLIER: so many before; 0: December of the year before */
};

struct order_column {
    int column;
    struct order_key key;
};

struct keymap;

/* The rows being computed: those of the held ones from `from` to `to` - 1. */
struct unit {
    uint64_t from, to;
    uint32_t *group;   /* of each row */
    int32_t *month;    /* of each row, -1 without one */
    size_t room;       /* of group and month */
    struct keymap *at; /* group and month to a number ... */
    uint64_t *row;     /* ... by which the row stands here */
    size_t rows, rows_cap;
    struct order *order;
    int64_t *last; /* the row of each group met last, -1 without one */
    uint32_t groups;
};

struct window {
    const struct table *table; /* whose columns the rows have; borrowed */
    int *group;                /* columns of the key */
    size_t groups;
    struct order_column *order;
    size_t orders;
    int period; /* column, or -1 */
    bool sorted;
    struct call *call;
    size_t calls, calls_cap;
    struct expr_column *column, *truth; /* of a call's expressions in a chunk */
    struct held held;
    uint64_t ended;              /* rows from here on belong to a group that may go on */
    struct buf key, next, clean; /* sorted: the key of the row before, of the row, without \N */
    bool has_key;
    struct unit unit;
    uint64_t entered; /* first row entered */
    bool failed;
    struct diag problem;
};

static inline bool call_sums(const struct call *c)
{
    return c->kind != CALL_EARLIER;
}

/* Whether some call is of that kind. */
bool window_uses(const struct window *w, enum call_kind kind);

/* Takes the rows of a part that stand from `from` on, n of them, into the sums of a call over their groups.
 */
enum status sum_rows(struct window *w, struct call *c, const struct window_part *p, size_t from, size_t n,
                     struct diag *d) MUST_USE;

/* The row of the same group so many months before, or for 0 in December of the year before; -1 when there is
 * none. */
int64_t unit_row_before(const struct unit *u, uint64_t row, int months);

/* Releases what was found out about the rows made ready. */
void unit_clear(struct window *w);

/* Names the column in d. */
void window_name_column(const struct window *w, int column, struct diag *d);

#endif
