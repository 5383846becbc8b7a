/* SPDX-License-Identifier: MIT
 * html: text and tables as HTML, without script and without anything from outside. */
#ifndef LIB_HTML_H
#define LIB_HTML_H

#include "lib/base/out.h"
#include "lib/print/sheet.h"

/* Appends text: & < > " escaped, a line end as <br>, other control characters as U+FFFD. */
void html_text(struct buf *b, struct slice text);

/* Appends a text in the languages asked for; with both the English one follows in <span lang="en">. Nothing
 * when it is empty in both. */
void html_words(struct buf *b, const struct words *w, enum langs langs);

struct html_table {
    const struct sheet *sheet;
    enum langs langs;
    struct manner manner;
    const char *id;       /* of the table, NULL for none */
    struct slice caption; /* HTML, "" for none */
    struct words unit;    /* units stated once for the table: left out of the column heads */
    const char *total;    /* words that mark rows of totals, parted by '|'; "" for none */
    int cluster;          /* column whose changes begin a new <tbody>, -1 for none */
    struct slice foot;    /* HTML of a foot that print repeats on every page, "" for none */
    bool inline_style;    /* alignment by style attributes, for a fragment without a style sheet */
};

/* Writes the table. Column heads that share an `over` label stand under one spanning head. */
void html_table(struct out *o, const struct html_table *t);

#endif
