/* SPDX-License-Identifier: MIT
 * comparison_columns: which columns of two tables are compared, and how, from lists as people write them. */
#ifndef LIB_COMPARISON_COLUMNS_H
#define LIB_COMPARISON_COLUMNS_H

#include "lib/order/comparison.h"

/* Lists of names; NULL where there is none. At most one of columns and ignore. */
struct comparison_wish {
    const char *keys;
    const char *columns;    /* those to compare */
    const char *ignore;     /* those to leave out of all that are not keys */
    const char *numbers;    /* those compared by value; * stands for all */
    const char *tolerances; /* COL=AMOUNT, COL=AMOUNT% or COL=AMOUNTlast, which are numbers too */
};

/* Numbers of columns; all arrays are owned. */
struct comparison_columns {
    int *old_key, *new_key;
    size_t keys;
    struct comparison_column *column;
    size_t n;
    int *only_old, *only_new; /* those that only one table has, where none were chosen */
    size_t only_olds, only_news;
};

/* ST_MISUSE: a column that is not there, is named twice, or cannot be compared; a list that says nothing. */
enum status comparison_choose(struct comparison_columns *c, const struct table *old_table,
                              const struct table *new_table, const struct comparison_wish *wish,
                              struct diag *d) MUST_USE;
void comparison_columns_free(struct comparison_columns *c);

#endif
