/* SPDX-License-Identifier: MIT
 * kind: the kinds of rule cards (tongbao-rules(5)). A kind says which parameters a card of it has, what
 * stands in its column `check`, and decides: either row by row, or over all rows at the end. Only lib/check
 * includes it. */
#ifndef LIB_KIND_H
#define LIB_KIND_H

#include "lib/check/kept.h"
#include "lib/check/rules_names.h"
#include "lib/check/span.h"

/* What a kind wants in the column `check`. */
enum kind_check {
    CHECK_TRUTH,  /* a condition */
    CHECK_NUMBER, /* an expression that is a number */
    CHECK_COLUMN, /* the name of one column, or of one of another table */
    CHECK_OWN,    /* the kind reads it itself */
    CHECK_NONE
};

struct kind_end;

struct kind {
    const char *name;
    const char *parameters; /* "abs! pct! direction": with ! it must be given */
    enum kind_check check;
    bool tables; /* its examples are small tables */
    /* Writes the card as a plain condition, before anything is compiled. */
    enum status (*rewrite)(struct rule *c, const struct schema *s, struct buf *check, struct buf *when,
                           struct diag *d);
    /* Reads the parameters into c->state. */
    enum status (*compile)(struct card_names *n, struct diag *d);
    /* A kind that decides row by row: sets verdict, and what goes with it; undecided without a cause is
     * explained by what is missing. */
    void (*decide)(const struct rule *c, const struct rules_row *row, struct rule_outcome *o);
    /* A kind that decides over the rows kept. */
    void (*end)(struct kind_end *e);
    void (*free)(void *state);
};

const struct kind *kind_named(const char *name); /* NULL when there is none */
void kind_list(struct buf *text);                /* all names, for a message */
bool kind_has_parameter(const struct kind *k, struct slice name);

extern const struct kind KIND_ROW, KIND_REQUIRED, KIND_FORBIDDEN, KIND_OPENING, KIND_YTD, KIND_ROLL,
    KIND_MOVEMENT, KIND_SCALE, KIND_SCALE_PEERS, KIND_STALE, KIND_DIGITS, KIND_CODES, KIND_DUE, KIND_UNIQUE,
    KIND_DUPLICATE, KIND_REFERENCE, KIND_PARTS, KIND_CROSS, KIND_COUNT, KIND_RATIO, KIND_OUTLIER, KIND_FILERS;

/* --- parameters of a card (kind_parameters.c). Each that returns a status says with line and reason what is
 * wrong with it: ST_MISUSE. --- */

struct slice kind_text(const struct rule *c, const char *name); /* "" when it is not given */
enum status kind_wrong(const struct rule *c, const char *name, struct diag *d, const char *fmt, ...)
    PRINTF_LIKE(4, 5);

/* A number of 0 or more; `otherwise` (a plain decimal) when it is not given. */
enum status kind_number(const struct rule *c, const char *name, const char *otherwise, struct rat *out,
                        struct diag *d) MUST_USE;
enum status kind_whole(const struct rule *c, const char *name, size_t otherwise, size_t low, size_t *out,
                       struct diag *d) MUST_USE;
/* The place of the word in "strict|zero|partial"; 0 when it is not given. */
enum status kind_word(const struct rule *c, const char *name, const char *words, int *out,
                      struct diag *d) MUST_USE;
enum status kind_flag(const struct rule *c, const char *name, bool *out, struct diag *d) MUST_USE;

/* The expression, NULL when it is not given. */
enum status kind_expr(struct card_names *n, const char *name, enum expr_type want, struct expr **out,
                      struct diag *d) MUST_USE;
/* The variable of a bare name, -1 when it is not given. */
enum status kind_variable(struct card_names *n, const char *name, int *out, struct diag *d) MUST_USE;
/* The other table; NULL when the card is skipped or nothing but examples is run. */
enum status kind_table(struct card_names *n, const char *name, const struct ref **out,
                       struct diag *d) MUST_USE;
/* A column of it; 0 when the table is NULL, -1 when it is not given and has no such `otherwise`. */
enum status kind_ref_column(const struct rule *c, const char *name, const char *otherwise,
                            const struct ref *t, int *out, struct diag *d) MUST_USE;

/* Variables of a list of columns; malloced. `prefix`, may be NULL: of the columns of that name in the other
 * table "PREFIX.column", through the card's join. figures: only columns that hold numbers. */
enum status kind_columns(struct card_names *n, const char *name, const char *prefix, bool figures, int **out,
                         size_t *count, struct diag *d) MUST_USE;

/* "COL,COL=REFCOL": variables of the table and columns of the other one (t may be NULL). */
struct kind_by {
    int *own, *theirs;
    size_t n;
};
enum status kind_by(struct card_names *n, const char *name, const struct ref *t, struct kind_by *out,
                    struct diag *d) MUST_USE;
void kind_by_free(struct kind_by *by);

/* "COL=VALUE,...", a value may be given.NAME: which rows of another table take part. */
struct kind_where {
    int *column;
    char **value; /* escaped */
    size_t n;
};
enum status kind_where(struct card_names *n, const char *name, const struct ref *t, struct kind_where *out,
                       struct diag *d) MUST_USE;
bool kind_where_holds(const struct kind_where *w, const struct ref *t, size_t row);
void kind_where_free(struct kind_where *w);

/* Whether a row of another table is in force on a date or month; from and to are columns of dates or months,
 * or -1, and empty for always. kind_check_validity refuses what is neither. (kind_codes.c) */
bool kind_is_valid(const struct ref *t, size_t row, int from, int to, struct slice on);
enum status kind_check_validity(const struct rule *c, const struct ref *t, int from, int to,
                                struct diag *d) MUST_USE;

/* --- values of a row, for kinds that decide row by row (rules_check.c) --- */

/* The figure as stated; false when it is missing or none, o says so where it must. */
bool kind_figure(const struct rules_row *row, int variable, struct rat *out);
bool kind_evaluate(struct expr *e, const struct rules_row *row, struct rat *out, struct rule_outcome *o);
struct value kind_value(struct rat v); /* in lowest terms */

/* Reads a field of another table, or one kept. */
enum figure { FIGURE_VALUE, FIGURE_MISSING, FIGURE_NA, FIGURE_BAD };
enum figure kind_read(struct slice field, struct rat *out);

/* --- at the end --- */

struct kind_end {
    struct rules *rules;
    struct rule *card;
    const struct kept *kept;
    rules_group_fn *report;
    void *ctx;
    struct rule_group *group; /* the one decision at hand, cleared by kind_begin */
};

/* Clears the decision, to stand at a kept row or, with -1, nowhere. */
struct rule_group *kind_begin(struct kind_end *e, int64_t row);
/* Counts it for weight rows, and reports it unless it passes. */
void kind_say(struct kind_end *e, enum verdict v, uint64_t weight);

/* Fields joined by TAB: the key of a kept row in some variables; in scratch. missing, may be NULL: whether
 * one of them is not there. */
struct slice kind_key(const struct kept *k, size_t row, const int *variable, size_t n, struct buf *scratch,
                      bool *missing);

/* Rows by key, each group's in their order. */
struct row_lists;
struct row_lists *row_lists_new(size_t rows);
void row_lists_free(struct row_lists *g);
void row_lists_put(struct row_lists *g, struct slice key, size_t row);
size_t row_lists_count(const struct row_lists *g); /* in order of first appearance */
struct slice row_lists_key(const struct row_lists *g, size_t group);
int64_t row_lists_find(const struct row_lists *g, struct slice key); /* a group, or -1 */
int64_t row_lists_first(const struct row_lists *g, size_t group);
int64_t row_lists_next(const struct row_lists *g, int64_t row); /* -1 at the end */
size_t row_lists_size(const struct row_lists *g, size_t group);

/* Kept rows by some variables; those whose condition or key is in doubt too. */
struct row_lists *kind_groups(const struct kept *k, const struct kind_by *by);
struct row_lists *kind_ref_groups(const struct ref *t, const struct kind_by *by, const struct kind_where *w);

/* Appends a number, a finite decimal or a rounded one after "≈". */
void kind_print(struct buf *b, struct rat v);
/* For a hit key: the decimal, or "numerator/denominator". */
void kind_print_exact(struct buf *b, struct rat v);

/* Figures in order, for medians: sorts, and tells one, q/4 of the way from the lowest to the highest, linear
 * between two. false when it does not fit. */
void kind_sort(struct rat *v, size_t n);
bool kind_quartile(const struct rat *sorted, size_t n, unsigned q, struct rat *out);

#endif
