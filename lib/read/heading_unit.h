/* SPDX-License-Identifier: MIT
 * heading_unit: a heading or the label of an item, taken apart into its name and the unit it states. */
#ifndef LIB_HEADING_UNIT_H
#define LIB_HEADING_UNIT_H

#include "lib/base/buf.h"
#include "lib/read/unitword.h"

struct heading_unit {
    struct slice whole;      /* the heading folded, its parts joined by '/' */
    struct slice name;       /* without the unit */
    const struct unit *unit; /* or NULL */
    bool unknown;            /* it states a unit that the list lacks, or several; unit is NULL then */
    bool coin;               /* the unknown one is a kind of money and no multiple: 美元 */
    bool named;              /* and not in brackets, so that it may be part of a name: 其中：美元 */
};

/* Takes a heading apart: 余额（亿元）, 余额：亿元, 余额/亿元, 余额亿元, 余额（单位：亿元）,
 * 余额（亿元）（含贴现）*. Of several parts the last that has a unit states it. The texts lie in scratch. */
struct heading_unit heading_unit_read(const struct units *units, struct buf *scratch, struct slice heading);

#endif
