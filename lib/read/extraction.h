/* SPDX-License-Identifier: MIT
 * extraction: whole files to rows of one table, with what was found wrong, changed and where it came from. */
#ifndef LIB_EXTRACTION_H
#define LIB_EXTRACTION_H

#include "lib/read/convert.h"
#include "lib/read/failure.h"

/* What all files of one table share. The caller fills it and owns all it points to, but for map when it is
 * NULL: the first file makes it then, taking every column as it stands, and the caller frees it. */
struct extraction {
    const struct units *units; /* may be NULL */
    const struct codes *codes;
    struct mapping *map;
    const char *type;     /* "csv", "tsv", "xlsx", "xls", or NULL: what the bytes or the mapping say */
    char delimiter;       /* or 0: what the mapping says */
    const char *encoding; /* or NULL: told from the bytes */
    const char *sheet;    /* of a workbook, or NULL: what the mapping says, else the only one that has rows */
    const char *original; /* the file's name as it was sent, for @file; or NULL: its own */
    bool hidden;          /* hidden rows and sheets of a workbook too */
    bool origin;          /* append the origin's columns */
    bool several;         /* more than one file: cells in the tally are named with theirs */
    struct out *out;
    struct out *failures; /* or NULL */
    enum failure_format format;
    struct out *sidecar; /* or NULL */
    struct tally *tally;
    struct slice run_id, period, institution, table, sha256; /* for the failure records; may be empty */
    void (*problem)(void *ctx, const struct diag *d);        /* called for every finding */
    void *ctx;
    /* Kept by extraction_file; begin with zeros. */
    bool header_written;
    bool findings; /* something that weighs: not what only informs */
    struct buf row;
};

/* Reads one file (NULL or "-": standard input) to its end. name is what the origin and the failure records
 * call it. Cells that cannot be read and ragged rows are findings; ST_INPUT for what makes the whole file
 * unusable, which is also written as a failure record of severity reject. */
enum status extraction_file(struct extraction *x, const char *path, const char *name,
                            struct diag *d) MUST_USE;

/* Writes instead where its text stands: for every cell that is not blank among the first `rows` records, of a
 * workbook those of every sheet, or of x->sheet, a line with file, sheet, state ("hidden" for a hidden sheet;
 * of a text its encoding), line, cell (A1 style) and text. Uses type, delimiter, encoding, sheet, hidden, map
 * (what it says of delimiters), out and row of x. */
void extraction_list_header(struct out *o);
enum status extraction_list(struct extraction *x, const char *path, const char *name, uint64_t rows,
                            struct diag *d) MUST_USE;

#endif
