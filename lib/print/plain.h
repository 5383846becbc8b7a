/* SPDX-License-Identifier: MIT
 * plain: a sheet as aligned text for a terminal, or as a Markdown table. */
#ifndef LIB_PLAIN_H
#define LIB_PLAIN_H

#include "lib/base/out.h"
#include "lib/print/sheet.h"
#include "lib/print/width.h"

struct plain {
    const struct sheet *sheet;
    struct manner manner;
    enum ambiguous_width ambiguous;
    const char *title; /* "" for none */
    const char *unit;  /* stated once for the table and left out of the column heads; "" for none */
    const char *const *note;
    size_t notes;
};

/* Columns two blanks apart, figures under each other at the decimal point, a rule of '-' under the heads.
 * Control characters are shown as U+FFFD, line ends and TABs as blanks. */
void plain_text(struct out *o, const struct plain *p);

/* A pipe table of GitHub's Markdown; what Markdown would take for markup is escaped. */
void plain_markdown(struct out *o, const struct plain *p);

#endif
