/* SPDX-License-Identifier: MIT
 * aggregation: a whole run: tables or parts in, a table or a part out. */
#ifndef LIB_AGGREGATION_H
#define LIB_AGGREGATION_H

#include "lib/base/out.h"
#include "lib/expr/expr.h"

enum aggregation_mode {
    AGGREGATION_WHOLE,   /* rows in, a table out */
    AGGREGATION_PARTIAL, /* rows in, a part out */
    AGGREGATION_MERGE,   /* parts in, a part out */
    AGGREGATION_FINAL    /* parts in, a table out */
};

enum aggregation_totals { TOTALS_NONE, TOTALS_ROLLUP, TOTALS_CUBE, TOTALS_GRAND, TOTALS_SETS };

struct texts {
    const char *const *p;
    size_t n;
};

/* What is wanted. Everything is borrowed. */
struct aggregation_plan {
    enum aggregation_mode mode;
    /* The specification; of parts without it, the one in their metas. */
    const char *group_by; /* COL,... or NULL */
    struct texts add;     /* NAME=EXPR, name fit for a header */
    const char *where, *label;
    /* What becomes of ratios without a value: those of results are counted, those of rows are not. */
    enum undefined undefined;
    /* The table that comes out. */
    enum aggregation_totals totals;
    const char *sets;         /* TOTALS_SETS: COL,...;... */
    struct texts total_names; /* COL=TEXT */
    const char *grouping;     /* name of the column that tells totals, or NULL */
    bool first_seen;          /* groups in the order of their first appearance */
    /* What comes in. */
    struct texts file;
    bool sorted;       /* rows come sorted by the keys */
    const char *part;  /* what the input is called in the meta of a part, or NULL: as its files */
    struct texts meta; /* of parts on standard input */
    bool unchecked;    /* parts without metas */
    /* How. */
    uint64_t memory;
    const char *temporary;
};

struct aggregation;

/* Everything that can be wrong before data is read. NULL on failure. */
struct aggregation *aggregation_open(const struct aggregation_plan *plan, struct diag *d);
void aggregation_free(struct aggregation *a);

/* Reads all input and writes the result. */
enum status aggregation_run(struct aggregation *a, struct out *out, struct diag *d) MUST_USE;

/* After the run: tells of each column that had ratios without a value, with the key of the first group. */
void aggregation_undefined(const struct aggregation *a,
                           void (*tell)(void *ctx, struct slice column, uint64_t count, struct slice key),
                           void *ctx);

/* After the part that was run has been written: its meta. Nothing is written where the sources are not known.
 */
enum status aggregation_write_meta(const struct aggregation *a, const char *path, const char *program,
                                   struct diag *d) MUST_USE;

#endif
