/* SPDX-License-Identifier: MIT
 * sorter: records sorted bytewise by their keys, in memory up to a bound and in runs beyond. Records that
 * come in order cost no sort. */
#ifndef LIB_SORTER_H
#define LIB_SORTER_H

#include "lib/base/diag.h"

struct sorter;

struct sorter_record {
    struct slice key;  /* without NUL; p is NULL behind the last record */
    struct slice load; /* any bytes */
};

/* memory: bytes that may be held, sorting included. directory: as for scratch_open; borrowed. */
struct sorter *sorter_new(uint64_t memory, const char *directory);
void sorter_free(struct sorter *s);

/* Adds a record whose load is the n parts one after the other. On failure ST_OUTPUT: a temporary file. */
enum status sorter_add(struct sorter *s, struct slice key, const struct slice *part, size_t n,
                       struct diag *d) MUST_USE;

/* All have been added. */
enum status sorter_end(struct sorter *s, struct diag *d) MUST_USE;

/* After sorter_end: the next record in the order of keys, those of one key as they were added. It dies at the
 * next call. */
enum status sorter_next(struct sorter *s, struct sorter_record *r, struct diag *d) MUST_USE;

bool sorter_spilled(const struct sorter *s);

/* A number as the key of a record: eight bytes in the order of the numbers below 2^56. */
struct slice sorter_number(uint64_t v, char bytes[8]);

#endif
