/* SPDX-License-Identifier: MIT
 * rules_check: cards on the rows of a table: pass, fail or undecided, row by row or, after the last row, over
 * all of them. */
#ifndef LIB_RULES_CHECK_H
#define LIB_RULES_CHECK_H

#include "lib/rules/cause.h"
#include "lib/rules/rules.h"
#include "lib/schema/precision.h"

/* The row whose figures are asked for. */
struct rules_row {
    struct rules *rules;
    const struct batch *batch;
    size_t row, from; /* of the batch; where the piece starts */
    const struct rat *half;
    enum tolerance_mode mode;    /* of the card at hand; set where intervals are asked for */
    const struct slice *example; /* by variable, instead of a batch */
    const bool *joined;          /* by join, with example */
};

/* Why a rule could not be decided. */
enum cause {
    CAUSE_NONE,
    CAUSE_CELL,      /* a cell that has a failure of its own */
    CAUSE_NO_ROW,    /* another table has no row of this key */
    CAUSE_MISSING,   /* a value that was not reported */
    CAUSE_DIVISOR,   /* a divisor that may be zero */
    CAUSE_ARITHMETIC /* a text for a number, a date that is none, digits beyond all bounds */
};

struct rule_outcome {
    enum verdict verdict;
    bool applies; /* false: the condition does not hold, or a value cannot exist */
    enum cause cause;
    int cause_variable;
    enum cell_fault cause_fault;
    struct expr_told told;
    char note_en[96], note_zh[96]; /* which of several things a failure is */
    char due[16];                  /* what right points to, where it is a day */
    struct diag why;               /* CAUSE_ARITHMETIC */
};

/* What a kind that needs all rows decides at the end. Texts are plain; those that come from the table are
 * unescaped. */
struct rule_group {
    enum verdict verdict;
    uint64_t weight;  /* rows it counts for */
    int64_t row;      /* the kept row it stands at, or -1 */
    int column;       /* of the schema, or -1 */
    bool unitless;    /* the figures are not in the unit of the column */
    struct buf key;   /* of a group or of another table's row: fields joined by TAB, escaped; else empty */
    struct buf value; /* what entered: fields joined by TAB, escaped */
    struct buf actual, expected, related;
    struct cause_text cause;
    struct value difference, allowance;
};

/* What a failure of a row is, in both languages. */
void rules_note(struct rule_outcome *o, const char *en, const char *zh, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));

/* A condition on a row: VERDICT_PASS when it holds or there is none, VERDICT_FAIL when not or when a value
 * cannot exist. */
enum verdict rules_condition(struct expr *e, const struct rules_row *row, struct rule_outcome *o);

/* One card on one row. faults may be NULL. */
void rules_decide(const struct rule *c, const struct rules_row *row, const struct schema_check *faults,
                  struct rule_outcome *o);

/* --- causes (cause.c) --- */

/* Adds "caused by type amount in line 7": a decision left open by a cell that has a failure of its own. line
 * 0: that of the record. */
void rules_caused_by(const struct rules *r, enum cell_fault fault, int variable, uint64_t line,
                     struct cause_text *c);
bool rules_is_caused(struct slice cause); /* whether a cause says so, and nothing else */

/* What a variable is called in a message: its name; in Chinese its label, and the name in parentheses. The
 * text lives in scratch. */
const char *rules_label_zh(const struct rules *r, int variable, struct buf *scratch);

/* --- the variables on a row (rules_row.c) --- */

/* Finds the rows of the other table for rows [from, to) of a batch, at most RULES_ROWS. */
void rules_resolve(struct rules *r, struct rule_join *j, const struct batch *b, size_t from, size_t to,
                   const struct schema_check *faults);
/* The row found for a variable with a join; JOIN_NONE, JOIN_UNKNOWN. */
int64_t rules_joined(const struct rules_row *row, const struct rule_variable *v);

/* The field a variable stands for, as in the stream; empty when there is none. */
struct slice rules_field(const struct rules_row *row, int variable);

/* The value of a variable, for expr_eval; ctx is the rules_row. */
void rules_fetch(void *ctx, int variable, struct value *v);

/* All cards on rows [from, to) of a batch, at most RULES_ROWS; report is called for what fails or is
 * undecided. */
typedef void rules_report_fn(void *ctx, const struct rule *c, const struct rules_row *row,
                             const struct rule_outcome *o);
void rules_check_rows(struct rules *r, const struct batch *b, size_t from, size_t to,
                      const struct schema_check *faults, struct precision *p, rules_report_fn *report,
                      void *ctx);

/* After the last row: what the kinds that need all rows decide; report is called for what fails or is
 * undecided. */
typedef void rules_group_fn(void *ctx, const struct rules *r, const struct rule *c,
                            const struct rule_group *g);
void rules_end(struct rules *r, rules_group_fn *report, void *ctx);

#endif
