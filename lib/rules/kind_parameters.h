/* SPDX-License-Identifier: MIT
 * kind_parameters: what stands in the column `with` of a card, "abs=100000; pct=25". Each function that
 * returns a status says with line and reason what is wrong with the card: ST_MISUSE. Only lib/rules includes
 * it. */
#ifndef LIB_KIND_PARAMETERS_H
#define LIB_KIND_PARAMETERS_H

#include "lib/rules/kind.h"

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
 * or -1, and empty for always. kind_check_validity refuses what is neither. */
bool kind_is_valid(const struct ref *t, size_t row, int from, int to, struct slice on);
enum status kind_check_validity(const struct rule *c, const struct ref *t, int from, int to,
                                struct diag *d) MUST_USE;

#endif
