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
    struct slice run_id;   /* of the run that found it, as its caller names it */
    struct slice severity; /* reject, error, confirm, inform */
    struct slice rule;
    struct slice rule_version;
    struct slice level;  /* 0 a file's form, 1 within a table, 2 against other tables or periods … 5 */
    struct slice result; /* fail, undecided */
    struct slice period;
    struct slice institution;
    struct slice table;
    struct slice file;
    struct slice sha256_8; /* the first eight digits of the file's SHA-256 */
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
    struct slice hit_key; /* the finding's name: hitkey.h */
    struct slice state;   /* open, confirmed, overridden */
    struct slice by;
    struct slice reason;
    struct slice flex; /* what the rule asks to be shown besides: "name=value; name=value" */
};

/* The texts of a record, numbered in the order of the columns. */
enum { FAILURE_TEXTS = 30 };
struct slice *failure_text(struct failure *f, size_t number);

/* A failure file is TSV, or CSV, or a JSON object a line. */
enum failure_format { FAILURE_TSV, FAILURE_CSV, FAILURE_JSON };
enum failure_format failure_format_of(const char *path); /* by its ending: .csv, .jsonl */

/* The header line of a failure file; JSON has none. */
void failure_header(struct out *o, enum failure_format format);

/* One record, escaped, with its LF. */
void failure_write(struct out *o, enum failure_format format, const struct failure *f);

/* The A1 name of a cell: letters of the column (from 1) and the line (left out when 0), e.g. "AB12". */
struct cell_name {
    char s[32];
};
struct cell_name failure_cell(uint64_t column, uint64_t line);

#endif
