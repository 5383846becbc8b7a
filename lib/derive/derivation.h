/* SPDX-License-Identifier: MIT
 * derivation: the work of derive on tables of one header: columns computed, rows kept, columns chosen,
 * ordered and renamed. Planned once, with every mistake found before a row is read, then run over batches. */
#ifndef LIB_DERIVATION_H
#define LIB_DERIVATION_H

#include "lib/base/out.h"
#include "lib/derive/window.h"
#include "lib/expr/expr.h"
#include "lib/stream/table.h"

struct derivation;

/* Takes every problem of a row; the rows go on, but nothing more is written. */
typedef void derivation_problem(void *ctx, const struct diag *d);

/* A derivation of tables with the columns of t that passes every row on; o declares what expressions may say
 * of other rows. t stays until derivation_free. NULL on failure: ST_MISUSE with the reason. */
struct derivation *derivation_new(const struct table *t, const struct window_options *o,
                                  derivation_problem *problem, void *ctx, struct diag *d);
void derivation_free(struct derivation *v);

/* Where an expression was written, for messages: in a specification's line, or on the command line (NULL). */
struct derivation_source {
    const char *file;
    uint64_t line;
};

/* Adds a column, or replaces the one of that name where it stands; the expression may use the names of those
 * before it. ST_MISUSE with the reason. */
enum status derivation_add(struct derivation *v, struct slice name, const char *expression,
                           struct derivation_source from, struct diag *d) MUST_USE;

/* Keeps the rows for which the condition is true, all of them where there are several. ST_MISUSE. */
enum status derivation_where(struct derivation *v, const char *condition, struct diag *d) MUST_USE;

/* The last of the plan: which columns are written, COL[=NEW],... or NULL for all. ST_MISUSE. */
enum status derivation_choose(struct derivation *v, const char *list, struct diag *d) MUST_USE;

/* What becomes of ratios without a value; before the first row. */
void derivation_set_undefined(struct derivation *v, enum undefined how);

/* Calls tell with each column that had ratios without a value ("" for conditions), how many, and where the
 * first was. */
void derivation_undefined(const struct derivation *v,
                          void (*tell)(void *ctx, const char *column, uint64_t count,
                                       const struct diag *first),
                          void *ctx);

void derivation_write_header(const struct derivation *v, struct out *out);

/* Takes the rows of a batch of `file` and writes those that can be computed: all of them, unless an
 * expression looks at other rows. Problems of rows are passed on, and nothing is written after the first.
 * ST_INPUT for one that makes going on senseless: rows that are not as declared, a sum over them that fails.
 */
enum status derivation_take(struct derivation *v, const struct batch *b, const char *file, struct out *out,
                            struct diag *d) MUST_USE;

/* The end of all tables: computes and writes the rows still held. */
enum status derivation_end(struct derivation *v, struct out *out, struct diag *d) MUST_USE;

/* Whether a problem was met. */
bool derivation_failed(const struct derivation *v);

#endif
