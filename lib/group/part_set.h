/* SPDX-License-Identifier: MIT
 * part_set: parts that are put together: their metas agree, each is what its meta says, none counts twice,
 * none that is promised is missing. */
#ifndef LIB_PART_SET_H
#define LIB_PART_SET_H

#include "lib/group/part_file.h"

struct part_set {
    const char *const *file; /* borrowed; "-": standard input; none: the same */
    size_t files;
    struct part_meta *meta; /* of each file; empty for standard input */
    struct part_meta all;   /* of all together */
    bool checked;           /* there are metas for all that is read */
    struct part_totals totals;
};

struct part_set_options {
    const char *const *file;
    size_t files;
    const char *const *meta; /* of what comes from standard input */
    size_t metas;
    bool unchecked; /* no meta is looked for */
};

/* Reads the metas. spec: what the parts must be made by; without lines, what the metas say is put there.
 * ST_INPUT: they do not go together; ST_MISUSE: nothing tells the specification. */
enum status part_set_open(struct part_set *s, const struct part_set_options *o, struct part_spec *spec,
                          struct diag *d) MUST_USE;
void part_set_free(struct part_set *s);

/* Takes the lines of all parts into g. */
enum status part_set_read(struct part_set *s, struct grouping *g, struct diag *d) MUST_USE;

/* After reading: whether as many rows came as the metas promise; all: and no numbered part is missing. */
enum status part_set_complete(const struct part_set *s, bool all, struct diag *d) MUST_USE;

#endif
