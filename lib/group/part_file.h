/* SPDX-License-Identifier: MIT
 * part_file: the lines of a part read into a table of groups, and groups written as the lines of a part. */
#ifndef LIB_PART_FILE_H
#define LIB_PART_FILE_H

#include "lib/base/out.h"
#include "lib/base/sha256.h"
#include "lib/group/grouping.h"
#include "lib/group/part_meta.h"

/* What was met in a part. */
struct part_totals {
    uint64_t lines, rows;
    char sum[SHA256_TEXT];
};

/* Takes all lines of a file (NULL or "-": standard input) into g. The count of rows is the first accumulation
 * of its aggregator. On failure as grouping_add_line, with file and line. */
enum status part_file_read(struct grouping *g, const char *path, struct part_totals *totals,
                           struct diag *d) MUST_USE;

/* Whether a part is what its meta says. ST_INPUT when it is not. */
enum status part_totals_check(const struct part_totals *t, const struct part_meta *m, const char *path,
                              struct diag *d) MUST_USE;

struct part_writer {
    struct line_writer lines;
    struct out *out;
    struct sha256 sum;
    struct part_totals totals; /* but for the rows */
};

void part_writer_begin(struct part_writer *w, const struct part_format *f, struct out *out);
struct group_sink part_writer_sink(struct part_writer *w);
void part_writer_end(struct part_writer *w); /* totals are whole then */

#endif
