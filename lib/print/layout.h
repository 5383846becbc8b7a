/* SPDX-License-Identifier: MIT
 * layout: what stands in a bulletin and in which order: a specification with a line for every title, heading,
 * text and table. Read here, set by whoever writes pages, print or workbooks from it. */
#ifndef LIB_LAYOUT_H
#define LIB_LAYOUT_H

#include "lib/print/labels.h"
#include "lib/spec/names.h"

enum item_kind {
    ITEM_TITLE,   /* of the whole; at most one */
    ITEM_HEADING, /* begins a part */
    ITEM_TEXT,    /* a paragraph a line */
    ITEM_TABLE
};

/* How a long table is folded away where folding is possible. */
enum item_fold { FOLD_NEVER, FOLD_OPEN, FOLD_CLOSED };

struct item {
    enum item_kind kind;
    const char *id; /* unique; letters, digits, '.', '-', '_': fit for an anchor */
    struct words title;
    struct words text;       /* of ITEM_TEXT; else notes under the table, one a line */
    struct words unit;       /* stated once for the whole table */
    struct words empty;      /* said in place of a table without rows */
    const char *table;       /* its name, that of the file and of the labels */
    const char *columns;     /* comma list of those shown; "" for all */
    const char *where;       /* condition on the rows shown; "" for all */
    const char *cluster;     /* column whose changes part the rows into groups; "" for none */
    const char *total;       /* words parted by '|' that mark a row of totals in one of its text cells */
    const char *definitions; /* comma lists, printed as sources */
    const char *articles;
    bool wide; /* wants a page on its side */
    enum item_fold fold;
    uint64_t line; /* of the specification */
};

struct layout {
    struct item *item;
    size_t n;
    const char *file;
    struct spec *spec;
    char **owned; /* expanded texts */
    size_t nowned, owned_cap;
};

/* Reads a layout with the columns item, kind (title, heading, text, table), title_zh and, where wanted,
 * title_en, table (the item's name when empty), columns, where, cluster, total, unit_zh, unit_en,
 * definitions, articles, note_zh, note_en, empty_zh, empty_en, wide, fold (open, closed), when. In titles and
 * notes {name} stands for its value. Items whose `when`, an expression over the names as texts, is not true
 * are left out. NULL on failure, ST_MISUSE. */
struct layout *layout_load(const char *path, const struct names *names, struct diag *d);
void layout_free(struct layout *l);

#endif
