/* SPDX-License-Identifier: MIT
 * reference: rows held in memory and found by key, those of one key in the order they were put; where rows
 * hold for spans of dates, found by key and date. */
#ifndef LIB_REFERENCE_H
#define LIB_REFERENCE_H

#include "lib/base/buf.h"
#include "lib/order/validity.h"

struct reference;

/* A row that is held: a number that means nothing, rising in the order of putting. */
typedef int64_t reference_row;
enum { REFERENCE_NONE = -1 };

/* What is put under a key: the fields of a row, joined by TAB with \N made empty, and where it stood. */
struct reference_entry {
    const struct slice *field;
    size_t fields;
    uint64_t line;
    struct validity span;
};

/* dated: rows have spans. apart: no two rows of a key may hold on the same day. */
struct reference *reference_new(bool dated, bool apart);
void reference_free(struct reference *r);
void reference_clear(struct reference *r);

/* false, and nothing put, when no more can be held: 32 GiB. */
bool reference_put(struct reference *r, struct slice key, const struct reference_entry *e) MUST_USE;

/* All rows have been put. ST_FINDINGS when two rows of a key hold on the same day and may not: *line is that
 * of the later one, *first that of the earlier; of several pairs the one whose later line comes first. */
enum status reference_end(struct reference *r, uint64_t *line, uint64_t *first) MUST_USE;

/* The first row of a key, or REFERENCE_NONE. */
reference_row reference_find(const struct reference *r, struct slice key);

/* reference_find for n keys at once, with the cache misses of a large table overlapped. */
void reference_find_batch(const struct reference *r, const struct slice *key, size_t n, reference_row *row);

/* The next row of the same key, or REFERENCE_NONE. */
reference_row reference_next(const struct reference *r, reference_row row);

/* From a row of a key on (REFERENCE_NONE: from none), the next that holds on the date; row itself where there
 * are no spans. */
reference_row reference_holding(const struct reference *r, reference_row row, int32_t date);

/* All rows in the order they were put: the first, and the one behind `row`; or REFERENCE_NONE. */
reference_row reference_first(const struct reference *r);
reference_row reference_after(const struct reference *r, reference_row row);

struct slice reference_kept(const struct reference *r, reference_row row);
struct slice reference_key(const struct reference *r, reference_row row);
uint64_t reference_line(const struct reference *r, reference_row row);
struct validity reference_span(const struct reference *r, reference_row row);

/* Remembers that a row was found: without dates that stands for all rows of its key. */
void reference_meet(struct reference *r, reference_row row);
bool reference_is_met(const struct reference *r, reference_row row);

/* Bytes in use, those reference_end takes included. */
size_t reference_memory(const struct reference *r);

#endif
