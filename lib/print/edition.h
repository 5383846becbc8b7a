/* SPDX-License-Identifier: MIT
 * edition: one issue of a bulletin, ready to be set: its names, its layout, the labels and the tables read.
 * What is made from it (a page, print, a workbook) is another's work. */
#ifndef LIB_EDITION_H
#define LIB_EDITION_H

#include "lib/print/layout.h"
#include "lib/print/sheet.h"

struct edition {
    struct names *names; /* borrowed */
    struct labels *labels;
    struct layout *layout;
    struct sheet **sheet; /* of each item of the layout, NULL where it is no table */
    struct words title;   /* of the whole, "" when the layout has none */
};

/* Reads the specifications, then every table the layout names as DIR/TABLE.tsv, so that nothing need be
 * written before all is there. Gives names the parts of period (YYYY-MM: year, month, month_en) and of date
 * (YYYY-MM-DD: date_zh, date_en). ST_MISUSE for a specification, ST_INPUT for a table. To be freed in either
 * case. */
enum status edition_load(struct edition *e, const char *layout, const char *columns, const char *dir,
                         struct names *names, struct diag *d) MUST_USE;
void edition_free(struct edition *e);

#endif
