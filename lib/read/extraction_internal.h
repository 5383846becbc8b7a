/* SPDX-License-Identifier: MIT
 * extraction_internal: one file being read, shared by the parts of extraction. */
#ifndef LIB_EXTRACTION_INTERNAL_H
#define LIB_EXTRACTION_INTERNAL_H

#include "lib/read/extraction.h"

struct input {
    const char *file; /* path, for messages */
    const char *name; /* in the origin */
    struct decoder *dec;
    struct records records;
    struct binding binding;
    struct converter *convert;
    const char *stage; /* rule that a failure at this point breaks */
    struct buf prefix; /* before the names of cells in the tally */
};

/* A cell that could not be read; a row of another width; a file that cannot be used. */
void extraction_bad_cell(struct extraction *x, const struct input *in, const struct record *rec,
                         const struct bad_cell *bad);
void extraction_ragged(struct extraction *x, const struct input *in, const struct record *rec);
void extraction_reject(struct extraction *x, const struct input *in, const struct diag *why);

/* The sidecar's lines of a file read to its end. */
void extraction_sidecar(struct extraction *x, const struct input *in);

#endif
