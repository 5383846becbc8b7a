/* SPDX-License-Identifier: MIT
 * failure: one record of the failure file, the layout that extract and validate share. */
#ifndef LIB_FAILURE_H
#define LIB_FAILURE_H

#include "lib/base/base.h"
#include "lib/base/out.h"

/* Every slice is plain text, not a field of the stream: failure_write escapes it. Zero-initialise, fill what
 * is known; an unset slice or a number 0 becomes an empty field. The order is that of the columns in the
 * file. */
struct failure {
    struct slice severity; /* reject, error, confirm, inform */
    struct slice rule;
    struct slice level;
    struct slice result; /* fail, undecided */
    struct slice period;
    struct slice institution;
    struct slice table;
    struct slice file;
    struct slice sheet;
    uint64_t line;       /* physical line in the file, from 1 */
    uint64_t record;     /* record number, from 1, the header counted */
    struct slice column; /* name in the canonical table; the number in the file stands in cell */
    struct slice header; /* heading as it stands in the file */
    struct slice cell;   /* A1 style: failure_cell */
    struct slice key;
    struct slice actual;
    struct slice expected;
    struct slice difference;
    struct slice allowance;
    struct slice unit;
    struct slice related;
    struct slice cause;
    struct slice message_zh;
    struct slice message_en;
    struct slice hit_key;
    struct slice state; /* open, confirmed, overridden */
    struct slice by;
    struct slice reason;
};

/* The header line of a failure file. */
void failure_header(struct out *o);

/* One record, escaped, with its LF. */
void failure_write(struct out *o, const struct failure *f);

/* The A1 name of a cell: letters of the column (from 1) and the line (left out when 0), e.g. "AB12". */
struct cell_name {
    char s[32];
};
struct cell_name failure_cell(uint64_t column, uint64_t line);

#endif
