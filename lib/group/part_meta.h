/* SPDX-License-Identifier: MIT
 * part_meta: what stands beside a part, in FILE.meta: the specification it was made by, the parts of the
 * input that are in it, control totals, the sum of its bytes (tongbao-partial(5)). */
#ifndef LIB_PART_META_H
#define LIB_PART_META_H

#include "lib/base/buf.h"
#include "lib/base/diag.h"
#include "lib/base/sha256.h"

/* The lines group_by, add, where and label of a meta, as they stand there: parts go together when these are
 * the same. */
struct part_spec {
    struct buf lines;
    char sum[SHA256_TEXT]; /* of the lines */
};

/* A line "NAME TAB text", the text escaped; name is one of the four, in their order. */
void part_spec_add(struct part_spec *s, const char *name, const char *text);
void part_spec_end(struct part_spec *s); /* after the last line */
/* The text of the k-th line of that name, unescaped and malloced; NULL when there is none. */
char *part_spec_text(const struct part_spec *s, const char *name, size_t k);
void part_spec_free(struct part_spec *s);

/* A part of the input. */
struct part_source {
    char *name; /* owned; "K/N" is part K of N */
    uint64_t rows_read, rows;
};

struct part_meta {
    struct part_spec spec;
    struct part_source *source; /* sorted by name */
    size_t sources, cap;
    uint64_t lines, rows; /* of the part: rows is the sum over its groups */
    char sum[SHA256_TEXT];
};

void part_meta_free(struct part_meta *m);

/* ST_INPUT when path is no meta, or of another version of the format. */
enum status part_meta_read(struct part_meta *m, const char *path, struct diag *d) MUST_USE;

/* Whole or not at all. program: its name and version. */
enum status part_meta_write(const struct part_meta *m, const char *path, const char *program,
                            struct diag *d) MUST_USE;

/* Adds a source. ST_INPUT: it is there already, so it would count twice. path: where it comes from. */
enum status part_meta_add_source(struct part_meta *m, const struct part_source *s, const char *path,
                                 struct diag *d) MUST_USE;

/* Adds the sources of another meta of the same specification. ST_INPUT: of another; a source twice. */
enum status part_meta_join(struct part_meta *m, const struct part_meta *from, const char *path,
                           struct diag *d) MUST_USE;

/* Whether of parts "K/N" all N are there. ST_INPUT: which are missing, or that the N differ. */
enum status part_meta_complete(const struct part_meta *m, struct diag *d) MUST_USE;

#endif
