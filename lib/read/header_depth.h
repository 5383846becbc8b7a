/* SPDX-License-Identifier: MIT
 * header_depth: how many records the header of a table takes, and what its columns are bound to. */
#ifndef LIB_HEADER_DEPTH_H
#define LIB_HEADER_DEPTH_H

#include "lib/read/binding.h"
#include "lib/read/records.h"

struct header_search {
    const struct mapping *m;
    const struct units *units;
    const struct codes *codes;
    const char *file;
    struct heading_match *match;
    struct headline *headline;
};

/* The newest `depth` records of the headline are the fewest that have all required headings; match says so.
 * Where @header allows more, records of r that continue the header (labels blank, words elsewhere) belong to
 * it, and where they bind to nothing, nothing is bound; one above belongs to it where more is bound with it.
 * Records looked at and not taken are given again by *r. b has the notes above. ST_INPUT when
 * nothing binds, or two depths bind different columns; b->line is set then too. */
enum status header_take(struct header_search *s, struct records *r, int depth, struct binding *b,
                        struct diag *d) MUST_USE;

#endif
