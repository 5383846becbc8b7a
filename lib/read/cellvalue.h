/* SPDX-License-Identifier: MIT
 * cellvalue: the text of a cell read as its column's type wants it. */
#ifndef LIB_CELLVALUE_H
#define LIB_CELLVALUE_H

#include "lib/read/mapping.h"

struct cellvalue {
    const struct missing_words *missing;
    const struct codes *codes;
    struct buf scratch; /* working memory; the owner frees it */
};

/* Appends the field to out; on a bad reading nothing that counts. rules are for columns of type num and int.
 */
enum reading cellvalue_read(struct cellvalue *v, const struct map_column *c, const struct number_rules *rules,
                            struct slice cell, struct buf *out, struct note *note);

#endif
