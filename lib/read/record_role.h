/* SPDX-License-Identifier: MIT
 * record_role: what a record below the header is. */
#ifndef LIB_RECORD_ROLE_H
#define LIB_RECORD_ROLE_H

#include "lib/read/binding.h"

enum record_role {
    RECORD_ROW,
    RECORD_EMPTY,    /* all cells blank; where every column is taken as it stands that is a row */
    RECORD_UNMAPPED, /* only cells filled that no column of the mapping takes */
    RECORD_SKIP,     /* a word of @skip begins it, or a cell under a column of codes */
    RECORD_END,      /* a word of @end begins it: it and what follows are not data */
    RECORD_RAGGED,   /* filled cells beyond the header's, or cells missing under its headings */
    RECORD_PADDED,   /* a row; only blank cells are too many or missing */
    RECORD_HEADER,   /* the header again, where a mapping says that it may come */
    RECORD_ROLES
};

/* scratch is working memory. */
enum record_role record_role(const struct mapping *m, const struct binding *b, const struct record *rec,
                             struct buf *scratch);

/* What the role is called where changes are counted. */
const char *record_role_name(enum record_role role);

#endif
