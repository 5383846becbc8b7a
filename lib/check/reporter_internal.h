/* SPDX-License-Identifier: MIT
 * reporter_internal: the parts of a record that the two halves of reporter share. Only lib/check
 * includes it. */
#ifndef LIB_REPORTER_INTERNAL_H
#define LIB_REPORTER_INTERNAL_H

#include "lib/base/buf.h"
#include "lib/check/reporter.h"
#include "lib/stream/keymap.h"

/* More than any one record has texts of its own. */
enum { REPORT_TEXTS = 24 };

struct reporter {
    const struct schema *schema;
    const struct rules *rules;
    const struct origin *origin;
    int origin_column;
    const char *file;
    struct report_subject subject;
    struct findings *findings;
    uint64_t failed[REPORT_SEVERITIES];
    struct buf text[REPORT_TEXTS]; /* used in turn; a text lives until the record is added */
    size_t texts;
    struct buf key;
    struct slice key_field; /* of the row at hand, fields joined by TAB */
    char hit[33];
};

/* An empty text of this record. */
struct buf *report_text(struct reporter *p);

struct slice report_plain(struct reporter *p, struct slice field); /* escapes undone */
struct slice report_key(struct reporter *p, struct slice key);     /* fields joined by TAB to a|b|c */

struct failure report_begin(struct reporter *p, unsigned severity, const char *rule, const char *level,
                            const char *result);
/* The same for a card. */
struct failure report_card(struct reporter *p, const struct rule *c, bool failed);
/* Fills file, sheet, line, record and key. */
void report_place(struct reporter *p, const struct batch *b, size_t row, struct failure *f);
/* Fills column, unit, header and cell; after report_place. */
void report_column(struct reporter *p, const struct batch *b, size_t row, size_t column, struct failure *f);
void report_column_of(struct reporter *p, struct slice file, size_t column, struct failure *f);
/* Fills the hit key; after report_place. */
void report_hit(struct reporter *p, const char *rule, const char *column, const struct slice *values,
                size_t n, struct failure *f);
/* The text of a figure, "≈" before one that has no finite decimal. */
struct slice report_value(struct reporter *p, const struct value *v);
/* Fills what a card says: cause, messages, what it shows besides; after the figures. field tells what a
 * variable stands for. */
typedef struct slice report_field_fn(const void *ctx, int variable);
void report_words(struct reporter *p, const struct rule *c, struct slice cause_en, struct slice cause_zh,
                  report_field_fn *field, const void *ctx, struct failure *f);
void report_add(struct reporter *p, const struct failure *f, unsigned severity, unsigned order);

#endif
