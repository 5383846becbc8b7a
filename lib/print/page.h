/* SPDX-License-Identifier: MIT
 * page: an edition as one HTML page that needs nothing else: no script, no outside file, the style inside. */
#ifndef LIB_PAGE_H
#define LIB_PAGE_H

#include "lib/base/out.h"
#include "lib/print/edition.h"

struct page {
    const struct edition *edition;
    enum langs langs;
    struct slice style; /* a style sheet, checked with page_check_style */
};

/* Writes the page: masthead, contents, and the items of the layout. */
void page_write(struct out *o, const struct page *p);

/* Whether a style sheet fetches nothing from outside and cannot end the element it stands in; else ST_MISUSE
 * with file and line. css is NUL-terminated. */
enum status page_check_style(const char *file, const char *css, struct diag *d) MUST_USE;

#endif
