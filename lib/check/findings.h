/* SPDX-License-Identifier: MIT
 * findings: the failure records of one table, collected, put in order, written; none is ever left out. */
#ifndef LIB_FINDINGS_H
#define LIB_FINDINGS_H

#include "lib/read/failure.h"

struct findings;

struct findings *findings_new(void);
void findings_free(struct findings *f);

/* Copies a record. Of records of one rule, file and line the lower order comes first, then the earlier added.
 * silent: what another record says already is written, and not shown besides. */
void findings_add(struct findings *f, const struct failure *record, unsigned order, bool silent);

/* By rule, file, line: the order of the failure file. */
void findings_sort(struct findings *f);

size_t findings_count(const struct findings *f);
void findings_get(const struct findings *f, size_t i, struct failure *record); /* slices owned by f */

size_t findings_silent(const struct findings *f); /* how many are */
bool findings_is_silent(const struct findings *f, size_t i);
struct slice findings_severity(const struct findings *f, size_t i); /* that of record i, without the rest */

/* Header and records. */
void findings_write(const struct findings *f, enum failure_format format, struct out *o);

#endif
