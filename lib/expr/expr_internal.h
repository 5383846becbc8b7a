/* SPDX-License-Identifier: MIT
 * expr_internal: what the parts of the expression language share: the tree, the table of functions, the state
 * of a compilation and of an evaluation. Nothing outside lib/expr*.c includes it. */
#ifndef LIB_EXPR_INTERNAL_H
#define LIB_EXPR_INTERNAL_H

#include <regex.h>

#include "lib/expr/expr.h"

enum op {
    OP_CONSTANT,
    OP_VARIABLE,
    OP_NEGATE,
    OP_ADD,
    OP_SUBTRACT,
    OP_MULTIPLY,
    OP_DIVIDE,
    OP_EQ, /* the six comparisons stay together and in this order: see op_negated */
    OP_NE,
    OP_LT,
    OP_GE,
    OP_LE,
    OP_GT,
    OP_AND,
    OP_OR,
    OP_NOT,
    OP_IN, /* args[0] in the rest */
    OP_BETWEEN,
    OP_IF,
    OP_COALESCE,
    OP_IS_MISSING,
    OP_IS_NA,
    OP_ROUND,
    OP_PCT,
    OP_CHAIN,
    OP_ABS,
    OP_SIGN,
    OP_MIN,
    OP_MAX,
    OP_NUM,
    OP_TEXT,
    OP_CALL /* a function that is missing when any argument is */
};

static inline bool op_is_comparison(enum op op)
{
    return op >= OP_EQ && op <= OP_GT;
}

/* The comparison that holds when op does not. */
static inline enum op op_negated(enum op op)
{
    return (enum op)(((op - OP_EQ) ^ 1) + OP_EQ);
}

/* Whether a comparison holds of two values that are in that order: below, equal to or above 0. */
static inline bool op_holds(enum op op, int order)
{
    switch (op) {
    case OP_EQ:
        return order == 0;
    case OP_NE:
        return order != 0;
    case OP_LT:
        return order < 0;
    case OP_LE:
        return order <= 0;
    case OP_GT:
        return order > 0;
    default:
        return order >= 0;
    }
}

enum { CALL_MAX_ARGS = 32 };

struct node {
    enum op op;
    enum expr_type
        type;        /* of the result; after compiling EXPR_ANY is left only for a field passed on as it is */
    bool finite;     /* every number it gives has a finite decimal */
    bool rounded;    /* a round() shows in its value */
    bool has_digits; /* round and pct: to how many decimals, and how */
    unsigned digits;
    enum rounding mode;
    bool has_factor; /* division by a literal: the finite decimal that multiplying by does the same */
    struct dec factor;
    int variable;
    char *name; /* of the variable, for messages */
    struct value constant;
    const struct function *function;
    regex_t *pattern; /* of matches() */
    struct node **args;
    size_t nargs;
    struct slice source; /* its text, for messages */
    struct node *next;   /* all nodes of an expression, latest first */
};

/* Memory for the texts an evaluation makes; a block is never moved while texts point into it. */
struct block_list {
    struct block_list *older;
    size_t used, size;
    char bytes[];
};

struct expr {
    char *text;
    struct node *root;
    struct node *nodes;
    struct block_list *blocks;
    struct buf work;
    enum undefined undefined; /* what becomes of a ratio without a value */
    uint64_t undefined_count;
    struct expr_column **slot; /* columns of operands (expr_rows) */
    size_t slots, slots_cap;
};

/* --- evaluation --- */

struct run {
    struct expr *e;
    const struct expr_row *row;
    struct diag *d;
};

bool eval_node(struct run *r, const struct node *n, struct value *v);
bool run_failed(struct run *r, const char *column, const char *fmt, ...) PRINTF_LIKE(3, 4);
bool run_overflow(struct run *r, const struct node *n);

/* Brings the number of a whole expression to lowest terms. */
bool run_lowest(struct run *r, const struct node *n, struct value *v);

/* Brings a field (VALUE_RAW) to a type; other kinds are left alone. */
bool value_convert(struct run *r, const char *column, enum expr_type type, struct value *v);

/* Arithmetic on fractions that need not be in lowest terms: cancelling is put off until it must be done. */
bool loose_add(struct rat a, struct rat b, struct rat *out);
bool loose_subtract(struct rat a, struct rat b, struct rat *out);
bool loose_multiply(struct rat a, struct rat b, struct rat *out);
bool loose_divide(struct rat a, struct rat b, struct rat *out);

/* --- texts --- */

char *text_room(struct expr *e, size_t n);
void text_reset(struct expr *e);
struct slice text_plain(struct expr *e, struct slice field);   /* escapes undone */
struct slice text_escaped(struct expr *e, struct slice plain); /* as in the stream */
int text_compare(struct slice a, struct slice b);              /* bytewise, of the unescaped texts */

/* --- checking with tolerance --- */

struct tolerant {
    struct run run; /* for stated values; its row is the same one without the half widths */
    const struct expr_interval_row *row;
    struct rat extra;
};

/* The comparison that made a rule fail. */
struct failing {
    const struct node *left, *right; /* right NULL for a list */
    enum op op;                      /* what should hold */
};

bool interval_of(struct tolerant *t, const struct node *n, struct interval *out);
/* Whether n, or its negation, can hold. where may be NULL. */
bool verdict_of(struct tolerant *t, const struct node *n, bool negate, enum verdict *out,
                struct failing *where);

/* --- functions --- */

typedef bool call_function(struct run *r, const struct node *n, const struct value *args, struct value *out);

/* The types of the arguments are letters: n number, t text, b truth value, a any; the last one repeats. */
struct function {
    const char *name;
    enum op op;
    unsigned low, high; /* how many arguments */
    const char *types;
    enum expr_type result;
    call_function *call;
    const char *usage;
};

const struct function *function_named(struct slice name);
bool function_name(size_t i, struct slice *name); /* the i-th; false after the last */

call_function call_length, call_substr, call_concat, call_starts, call_ends, call_contains, call_upper,
    call_lower, call_matches, call_trim, call_replace, call_pad;
call_function call_year, call_quarter, call_month, call_day, call_days, call_months, call_valid_date,
    call_period, call_shift_day, call_shift_month, call_month_end;

static inline struct value value_text(struct slice s)
{
    return (struct value){.kind = VALUE_TEXT, .text = s};
}

static inline struct value value_bool(bool truth)
{
    return (struct value){.kind = VALUE_BOOL, .truth = truth};
}

static inline struct value value_int(i128 v)
{
    return (struct value){.kind = VALUE_NUM, .num = {v, 1}};
}

/* --- compilation --- */

enum token_kind {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_TEXT, /* with its quotes */
    TOKEN_NAME,
    TOKEN_QUOTED_NAME, /* without its backquotes */
    TOKEN_EQ,
    TOKEN_NE,
    TOKEN_LE,
    TOKEN_GE,
    TOKEN_SIGN /* one of + - * / < > = ( ) , */
};

struct token {
    enum token_kind kind;
    struct slice text;
};

struct compiler {
    struct expr *e;
    const struct expr_place *place;
    int (*variable)(void *ctx, struct slice name, enum expr_type *type);
    const char *text; /* the whole text, NUL-terminated */
    const char *p;    /* after the token */
    const char *last; /* end of the token before this one */
    struct token token;
    unsigned depth;
    bool failed;
    const char *file;
    uint64_t line;
    struct diag *d;
};

/* Reads the next token into c->token. */
bool lex_next(struct compiler *c);
struct node *parse_expression(struct compiler *c);
struct node *parse_primary(struct compiler *c);
/* Gives n the text from start to the end of what has been read. */
struct node *parse_sourced(struct compiler *c, struct node *n, const char *start);
bool parse_at_sign(const struct compiler *c, char sign);
bool parse_at_word(const struct compiler *c, const char *word);
bool parse_expect(struct compiler *c, char sign);
struct node *node_new(struct compiler *c, enum op op, size_t nargs);
void nodes_free(struct node *n);

/* Types, finite decimals, rounding and all that can be refused before a row is read. */
bool check_types(struct compiler *c, struct node *n);
/* Brings n to a type where its own is open; false with a reason when it has another. */
bool check_coerce(struct compiler *c, struct node *n, enum expr_type want);

/* Adds to the problem recorded which function was probably meant, and all there are. */
void compile_suggest_function(struct compiler *c, struct slice wanted);

/* Records the first problem, at a piece of the text. Returns false. */
bool compile_failed(struct compiler *c, struct slice at, const char *fmt, ...) PRINTF_LIKE(3, 4);

#endif
