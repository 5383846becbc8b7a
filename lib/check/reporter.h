/* SPDX-License-Identifier: MIT
 * reporter: from what a check found to a record of the failure file: the address in the file as received, the
 * key, the figures, the words in both languages, the hit key. */
#ifndef LIB_REPORTER_H
#define LIB_REPORTER_H

#include "lib/check/findings.h"
#include "lib/rules/rules_check.h"
#include "lib/schema/schema_key.h"

/* What a failure file says of a whole table; plain texts, "" when not known. */
struct report_subject {
    const char *run_id, *period, *institution, *table;
    const char *sha256; /* of the file */
};

struct reporter;

/* file is the name of the table read; origin_column the number of _file, or -1; origin may be NULL. Borrows
 * all. */
struct reporter *reporter_new(const struct schema *s, const struct rules *r, const struct origin *origin,
                              int origin_column, const char *file, struct report_subject subject);
void reporter_free(struct reporter *p);

/* A reject: the table as a whole cannot be read. check is "structure.header" or "structure.input". */
void report_reject(struct reporter *p, const char *check, const struct diag *d);

/* The one row of a ragged batch. */
void report_ragged(struct reporter *p, const struct batch *b, size_t width);

void report_cell(struct reporter *p, const struct batch *b, const struct cell_failure *f);

/* A card that fails, or is undecided for a reason that is not listed elsewhere; a rules_report_fn. */
void report_rule(void *reporter, const struct rule *c, const struct rules_row *row,
                 const struct rule_outcome *o);

/* What a card decides over all rows; a rules_group_fn. */
void report_group(void *reporter, const struct rules *r, const struct rule *c, const struct rule_group *g);

/* Rows that share a key; a schema_key_fn. */
void report_repeat(void *reporter, struct slice key, const struct key_member *member, size_t n);

/* After the last row: of every join, once, how many rows have no partner and leave cards undecided. */
void report_joins(struct reporter *p);

/* What every check ran on, passed, failed, left undecided, skipped and why: a table with a line a check. key
 * may be NULL. */
void report_counts(const struct reporter *p, const struct schema_check *check, const struct schema_key *key,
                   const struct rules *r, uint64_t rows, uint64_t ragged, struct out *o);

/* What a failure reads like in one line, after its place: the card's id, the message, figures, cell. */
void report_line(const struct failure *f, struct buf *text);

struct findings *reporter_findings(struct reporter *p);

/* Records so far, by severity (reject, error, confirm, inform), that fail. */
enum { REPORT_REJECT, REPORT_ERROR, REPORT_CONFIRM, REPORT_INFORM, REPORT_SEVERITIES };
const uint64_t *reporter_failed(const struct reporter *p);

#endif
