/* SPDX-License-Identifier: MIT
 * rules: rule cards: what must hold in a table, with severity, dates, messages and examples. Loading a file
 * of cards finds every mistake in it. What they come to: rules_check.h; their examples: rules_examples.h. */
#ifndef LIB_RULES_H
#define LIB_RULES_H

#include "lib/base/buf.h"
#include "lib/expr/expr.h"
#include "lib/rules/rules_fast.h"
#include "lib/schema/refs.h"
#include "lib/schema/schema_check.h"

enum severity { SEVERITY_ERROR, SEVERITY_CONFIRM, SEVERITY_INFORM };
const char *severity_name(enum severity s);

/* Rows are checked in pieces of at most this many, so that what a row needs twice is found once. */
enum { RULES_ROWS = 128 };

/* What a name in a card stands for. The number of a variable is its place in struct rules. */
enum variable_kind {
    VARIABLE_COLUMN, /* of the table */
    VARIABLE_REF,    /* NAME.column of another table */
    VARIABLE_EXISTS, /* whether the join found a row: exists(NAME) */
    VARIABLE_GIVEN   /* given.NAME, a constant */
};

/* How the figures of a card are known: half a unit in the last place either way, up to one unit more than
 * stated (cut off, not rounded), as stated, or one unit either way. */
enum tolerance_mode { TOLERANCE_ROUND, TOLERANCE_TRUNCATE, TOLERANCE_EXACT, TOLERANCE_UNIT };

struct rule_variable {
    enum variable_kind kind;
    char *name;
    int column;        /* of the schema; for VARIABLE_REF the one of the same name, or -1 */
    int join;          /* VARIABLE_REF, VARIABLE_EXISTS */
    int ref_column;    /* VARIABLE_REF */
    struct slice text; /* VARIABLE_GIVEN, escaped */
};

enum { JOIN_NONE = -1, JOIN_UNKNOWN = -2 };

/* One part of a join's key. */
struct join_key {
    int own;           /* column of the table; -1 for a constant */
    int theirs;        /* column of the other table */
    int months;        /* added to a month of the table: -1 finds the month before */
    struct slice text; /* the constant, escaped */
};

/* A hash join to one other table, shared by all cards that use the same key. */
struct rule_join {
    char *name, *keys_text;
    const struct ref *ref; /* NULL while only examples are run */
    struct join_key *key;
    size_t keys;
    struct ref_index *index;
    bool resolved;           /* row[] holds for the piece being checked */
    int64_t row[RULES_ROWS]; /* row of ref; JOIN_NONE: no such key, JOIN_UNKNOWN: the key is missing or bad */
    uint64_t run, found, undecided;
    bool lacked[RULES_ROWS]; /* for want of a row a card was undecided on this row of the piece */
    uint64_t lacking;        /* such rows in all */
};

/* What a message may also name: the parts of the finding itself. */
enum message_word {
    WORD_ACTUAL = -2,
    WORD_EXPECTED = -3,
    WORD_DIFFERENCE = -4,
    WORD_ALLOWANCE = -5,
    WORD_RELATED = -6,
    WORD_CAUSE = -7,
    WORD_KEY = -8
};

/* A message with {NAME} for values: the variables, or words, in the order of their places. */
struct rule_message {
    const char *text;
    int *variable;
    size_t count;
};

/* "name=value" of the column `with`. */
struct rule_parameter {
    struct slice name, value;
};

struct kind;
struct kept;

struct rule {
    const char *id, *check_text, *when_text, *join_text, *basis;
    const char *from, *to; /* "" for always */
    const char *version;   /* as stated, else the month it is in force from, else "" */
    char level;   /* '0' a file's form, '1' within a table, '2' against other tables or periods … '5' */
    bool outside; /* it looks at rows of other tables */
    const char *pass, *fail;
    enum severity severity;
    const struct kind *kind; /* never NULL */
    const char *with_text;
    struct rule_parameter *parameter;
    size_t parameters, parameters_cap;
    void *state;       /* of the kind */
    struct kept *kept; /* the rows of a kind that decides at the end, else NULL */
    int column;        /* the variable in `check`, where the kind wants a bare one; else -1 */
    int revision;      /* the variable that names the revision of another table's row, or -1 */
    enum tolerance_mode mode;
    struct rat tolerance;
    struct rule_message message[2]; /* zh, en */
    int *flex;                      /* variables that a record shows besides */
    size_t flexes;
    struct expr *when, *check; /* both may be NULL; a check is wanted by most kinds */
    struct rule_fast *fast;    /* NULL when the check is not that simple */
    int *variable;             /* all that occur, in the order of the text, none twice */
    size_t variables, cap;
    int *told; /* variables that only a message names */
    size_t tolds, tolds_cap;
    char **text; /* what the other texts point into, where they are not those of the file */
    size_t texts, texts_cap;
    const struct spec *spec; /* where the card stands */
    size_t spec_row;
    int each;      /* the column that @ stands for, or -1 */
    char skip[96]; /* why the card is not run, "" when it is */
    uint64_t run, passed, failed, undecided, skipped;
    uint64_t orphaned; /* of the undecided: for want of a row in another table */
};

struct rule_given {
    char *name;
    char *value; /* escaped */
};

struct rules {
    const struct schema *schema;
    struct refs *refs; /* NULL while only examples are run */
    struct rule_given *given;
    size_t givens, givens_cap;
    struct rule_variable *variable;
    size_t variables, variables_cap;
    struct rule_join **join;
    size_t joins, joins_cap;
    struct rule *rule;
    size_t count, cap;
    struct spec **spec;
    size_t specs, specs_cap;
    int origin_column; /* of _file, or -1; set before the first row */
    bool strict;       /* a card without examples is refused */
    struct buf key;    /* scratch */
    uint64_t rows;     /* checked so far */
};

/* refs NULL: only examples will be run, and other tables may have any columns. Borrows both. */
struct rules *rules_new(const struct schema *s, struct refs *refs);
void rules_free(struct rules *r);

/* "NAME=VALUE": given.NAME in expressions. An empty VALUE says that there is none: cards that need it are
 * skipped. Before any rules_load. */
enum status rules_give(struct rules *r, const char *argument, struct diag *d) MUST_USE;
const char *rules_given(const struct rules *r, const char *name); /* "" when not given; escaped */

/* Reads a file of cards. ST_MISUSE with file and line; set strict before. */
enum status rules_load(struct rules *r, const char *path, struct diag *d) MUST_USE;

/* After the last file: refuses an id whose dates overlap, and sets aside the cards not in force in the month
 * given.period. ST_MISUSE. */
enum status rules_settle(struct rules *r, struct diag *d) MUST_USE;

/* Reads one card of a file that stays open as long as r. each: the column of the schema that @ stands for, or
 * -1. (rules_card.c) */
enum status rules_load_card(struct rules *r, const struct spec *sp, size_t row, int each,
                            struct diag *d) MUST_USE;

#endif
