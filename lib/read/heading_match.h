/* SPDX-License-Identifier: MIT
 * heading_match: which of some headings is which column of a mapping. */
#ifndef LIB_HEADING_MATCH_H
#define LIB_HEADING_MATCH_H

#include "lib/read/mapping.h"

struct heading_match {
    const struct map_column *column; /* those looked for */
    size_t n;
    const struct units *units;
    struct buf folded; /* the heading looked at */
    int *cell;         /* for each column the heading that is it, or -1 */
    size_t found;      /* columns that have one */
    size_t twice;      /* a column that two headings fit, or n */
    int other;         /* the second of them */
    int both;          /* a heading that fits two columns, or -1 */
    size_t first, second;
};

void heading_match_init(struct heading_match *s, const struct map_column *column, size_t n,
                        const struct units *units);
void heading_match_free(struct heading_match *s);

/* Compares the headings with the columns, anew. */
void heading_match_all(struct heading_match *s, const struct slice *heading, size_t n);

/* Whether some column is found, and all that are required. */
bool heading_match_whole(const struct heading_match *s);

/* Whether the heading of that number is a column's. */
bool heading_match_uses(const struct heading_match *s, size_t heading);

/* A heading taken apart; its texts die at the next call. */
struct heading_unit heading_match_read(struct heading_match *s, struct slice heading);

/* What a heading that fits a column says of the unit of its figures. */
enum heading_says {
    HEADING_SAYS,                /* *unit, or nothing when NULL */
    HEADING_SPELLED,             /* nothing; but the mapping spells it with *unit only */
    HEADING_SPELLED_DIFFERENTLY, /* nothing, and the mapping spells it with several units only */
    HEADING_SAYS_UNKNOWN         /* a unit that the list lacks */
};
enum heading_says heading_match_unit(const struct map_column *c, const struct heading_unit *u,
                                     const struct unit **unit);

/* The required columns that are not found, the headings not understood, those understood; and the first two
 * in Chinese. */
void heading_match_explain(const struct heading_match *s, const struct slice *heading, size_t n,
                           struct buf *out);
void heading_match_explain_zh(const struct heading_match *s, const struct slice *heading, size_t n,
                              struct buf *out);

/* ST_INPUT when one column fits two headings or one heading two columns; the reason names them. */
enum status heading_match_check(const struct heading_match *s, const struct slice *heading, const char *file,
                                uint64_t line, struct diag *d) MUST_USE;

#endif
