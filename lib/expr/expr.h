/* SPDX-License-Identifier: MIT
 * expr: the expression language of derive, validate, aggregate and of the conditions of the others; its
 * manual is tongbao-expr(7). A text is compiled once against the names its place knows, then evaluated row by
 * row with exact rationals and two kinds of missing.
 *
 * Types come from the operation, or from the place (a schema), never from content: a column used in
 * arithmetic is a number, one compared with a quoted text is text. Where neither decides, compiling fails and
 * says so. */
#ifndef LIB_EXPR_H
#define LIB_EXPR_H

#include "lib/base/diag.h"
#include "lib/number/rational.h"

enum expr_type { EXPR_ANY, EXPR_NUM, EXPR_TEXT, EXPR_BOOL, EXPR_DATE };

enum value_kind {
    VALUE_EMPTY, /* not reported; also: undecided, where a truth value is wanted */
    VALUE_NA,    /* cannot exist */
    VALUE_NUM,
    VALUE_TEXT,
    VALUE_BOOL,
    VALUE_RAW /* a field as it stands in the stream, converted by the operation that uses it */
};

struct value {
    enum value_kind kind;
    bool truth;        /* VALUE_BOOL */
    unsigned decimals; /* VALUE_NUM: decimals it is printed with at least */
    struct slice text; /* VALUE_TEXT, VALUE_RAW: escaped as in the stream; borrowed */
    struct rat num;    /* VALUE_NUM */
};

struct expr;

/* One argument of an aggregate call: its keyword (n == 0 when positional) and its compiled row expression. */
struct expr_arg {
    struct slice keyword;
    struct expr *e;
};

/* What the names in an expression mean. Variables are numbers >= 0 given by the place. */
struct expr_place {
    void *ctx;
    /* Number of the variable, or -1 when there is none of that name. *type: EXPR_ANY unless known. */
    int (*variable)(void *ctx, struct slice name, enum expr_type *type);
    /* NULL where aggregates are not allowed. Called for sum(...), count() and the like; the names inside the
     * arguments are looked up with row_variable. Returns the number of the variable that will hold the
     * result, or -1 with d filled. *type gives the result's type, *finite whether it always has a finite
     * decimal. Takes the arguments' expressions. */
    int (*aggregate)(void *ctx, struct slice name, struct expr_arg *args, size_t nargs, enum expr_type *type,
                     bool *finite, struct diag *d);
    bool (*is_aggregate)(void *ctx, struct slice name);
    int (*row_variable)(void *ctx, struct slice name, enum expr_type *type);
};

/* NULL on failure: ST_MISUSE, the reason names the place in the text. file and line (may be NULL, 0) are
 * those of the specification the text stands in. `want` is the type wanted of the whole, EXPR_ANY for any. */
struct expr *expr_compile(const char *text, const struct expr_place *place, enum expr_type want,
                          const char *file, uint64_t line, struct diag *d);
void expr_free(struct expr *e);

enum expr_type expr_result(const struct expr *e);

/* Brings an expression whose type is open, such as a column alone, to a type. ST_MISUSE when it has another.
 */
enum status expr_coerce(struct expr *e, enum expr_type want, struct diag *d) MUST_USE;

/* Whether every number the expression can give has a finite decimal (no division left unrounded): what may be
 * assigned to a column. */
bool expr_is_finite(const struct expr *e);

/* When the whole expression is nothing but one variable: its number, else -1. For fast paths. */
int expr_bare_variable(const struct expr *e);

/* Calls use(ctx, variable) for every variable that occurs. */
void expr_variables(const struct expr *e, void (*use)(void *ctx, int variable), void *ctx);

bool expr_has_variables(const struct expr *e);

/* Where the values of a row come from. fetch fills *v (VALUE_RAW for a field). */
struct expr_row {
    void *ctx;
    void (*fetch)(void *ctx, int variable, struct value *v);
};

/* What becomes of a ratio that has no value, a division by zero or pct() over a base that is not positive:
 * \- , the default; \- and counted; an error of the row. */
enum undefined { UNDEFINED_NA, UNDEFINED_COUNT, UNDEFINED_ERROR };

/* "na", "count", "error"; false when unknown. */
bool undefined_named(struct slice word, enum undefined *how);

void expr_set_undefined(struct expr *e, enum undefined how);

/* How many were met and counted since it was last asked. */
uint64_t expr_take_undefined(struct expr *e);

/* Evaluates. On failure ST_INPUT: text where a number is needed, overflow; d->column and d->reason are
 * filled, the caller adds file and line. Texts in *out live until the next evaluation of e or as long as the
 * row. */
enum status expr_eval(struct expr *e, const struct expr_row *row, struct value *out, struct diag *d) MUST_USE;

/* Appends a value as a field of the stream: a number as its finite decimal (kept decimals: at least those of
 * a round or of the source), text escaped, true 1, false 0, EMPTY "", NA "\-". false when a number has no
 * finite decimal. */
bool value_print(struct buf *b, const struct value *v);

/* Brings v to what it is once it stands in a column: a number with the decimals it is printed with, an empty
 * text missing. false when a number has no finite decimal with at most DEC_MAX_SCALE. */
bool value_settle(struct value *v) MUST_USE;

/* --- intervals: the same expression over figures known only to half a unit in their last place --- */

struct interval {
    enum value_kind kind; /* VALUE_NUM, VALUE_EMPTY or VALUE_NA */
    struct rat low, high;
    bool low_open, high_open; /* the end itself does not belong to it */
};

struct expr_interval_row {
    void *ctx;
    /* The figure with its half width: [x - h, x + h]; h == 0 for what is exact. */
    void (*fetch)(void *ctx, int variable, struct value *v, struct rat *half_width);
    /* The figures were cut off, not rounded: [x, x + 2h), for a negative one (x - 2h, x]. */
    bool truncated;
};

enum verdict { VERDICT_PASS, VERDICT_FAIL, VERDICT_UNDECIDED };

/* What is told of a rule that fails: the comparison that decides. Values are VALUE_EMPTY where there is none
 * to tell, and may have no finite decimal. */
struct expr_told {
    struct value left, right; /* as stated */
    struct value difference;  /* |left - right| */
    struct value allowance;   /* the half widths of both sides and what the card adds */
    int variable;             /* the first in it, or -1 */
    const char *sign;         /* how left should stand to right: "<=" and the like, "" for a list */
    bool unitless;            /* a side is not an amount: see expr_is_amount */
};

/* The outcome of a rule, whose expression is a truth value: a comparison fails only when no values inside
 * the intervals satisfy it; `and`, `or`, `not`, `if` follow Kleene. UNDECIDED when a value it needs is
 * missing or a divisor's interval holds zero. extra widens both sides together by an absolute amount (a
 * card's tolerance), 0 for none. */
enum status expr_check(struct expr *e, const struct expr_interval_row *row, struct rat extra,
                       enum verdict *verdict, struct expr_told *told, struct diag *d) MUST_USE;

/* Whether the expression has the unit of its variables: they are only added, subtracted, compared, multiplied
 * by numbers and divided by them. */
bool expr_is_amount(const struct expr *e);

#endif
