/* SPDX-License-Identifier: MIT
 * validator: one table against its schema, its key and its rule cards, batch by batch; what is found goes to
 * a reporter, which rows stay to the caller. */
#ifndef LIB_VALIDATOR_H
#define LIB_VALIDATOR_H

#include "lib/check/reporter.h"

struct validator {
    const struct schema *schema;
    struct rules *rules;
    struct precision *precision;
    struct schema_check check;
    struct schema_key *key; /* NULL when the schema has none */
    struct reporter *reporter;
    uint64_t rows, ragged; /* all rows; those among them with the wrong number of fields */
    bool *bad;             /* by row of the last batch: it has a failure of severity error */
    size_t bad_cap;
};

/* Borrows all but subject, whose texts are borrowed too. file is the table's name; origin_column the number
 * of _file, or -1. */
void validator_init(struct validator *v, const struct schema *s, struct rules *r, const struct origin *origin,
                    int origin_column, const char *file, struct report_subject subject);
void validator_free(struct validator *v);

/* Judges a batch and fills bad; a ragged row is bad. width: fields of the header. */
void validator_batch(struct validator *v, const struct batch *b, size_t width);

/* After the last batch: the checks that need all rows, and the order of the findings. */
void validator_end(struct validator *v);

/* Whether there is an error, a confirm, or a card of these severities that is undecided. */
bool validator_has_findings(const struct validator *v);

/* "1834 rows, 3 failures (2 error, 1 confirm), 5 undecided, 2 rows not in prior"; nothing when there is
 * nothing to say. Undecided for want of a row in another table is counted by row, not by card. */
void validator_verdict(const struct validator *v, struct buf *text);

#endif
