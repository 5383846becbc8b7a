/* SPDX-License-Identifier: MIT
 * figure: see figure.h. */
#include "lib/read/figure.h"

enum figure_kind figure_kind(struct slice cell, const struct missing_words *missing, struct buf *scratch)
{
    struct number_rules rules = {.missing = missing, .sign = "%"};
    struct note note;
    struct buf field = {0};
    enum reading r = normalise_number(cell, &rules, scratch, &field, &note);
    if (r == BAD_NUMBER) {
        rules.comma = true;
        r = normalise_number(cell, &rules, scratch, &field, &note);
    }
    buf_free(&field);
    if (r == READ_EMPTY || r == READ_NA)
        return FIGURE_NONE;
    return r == BAD_NUMBER ? FIGURE_WORD : FIGURE_NUMBER;
}
