/* SPDX-License-Identifier: MIT
 * unitnote: the note above a table that states its unit: 单位：万元. */
#ifndef LIB_UNITNOTE_H
#define LIB_UNITNOTE_H

#include "lib/read/records.h"
#include "lib/read/units.h"

/* Looks for notes in the cells of a record and sets *stated; a list such as 万元、%、户 states the first unit
 * that is not a percentage or a count. What follows 单位 and is no unit (the name of an office) is passed
 * over, but a word that ends like a unit and is none, or a note that differs from *stated, is ST_INPUT. */
enum status unitnote_read(const struct units *units, const char *file, const struct record *rec,
                          const struct unit **stated, struct diag *d) MUST_USE;

/* Whether a note says nothing about figures of this unit: percentages and counts. */
bool unitnote_excepts(const struct unit *unit);

#endif
