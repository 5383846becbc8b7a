/* SPDX-License-Identifier: MIT
 * unitnote: what the cells above a table say of the unit of its figures: 单位：万元, （亿元), 以元为单位. */
#ifndef LIB_UNITNOTE_H
#define LIB_UNITNOTE_H

#include "lib/read/records.h"
#include "lib/read/unitword.h"

/* A unit stated, and where. */
struct unitnote {
    const struct unit *unit; /* NULL: none */
    uint64_t line;
    size_t cell;
};

struct unitnotes {
    struct unitnote stated;
    /* A unit in brackets behind other words, in a record of several cells and not the first of them, which
     * may be a title or a heading over some columns: 收入（亿元）. */
    struct unitnote doubted;
    bool doubts; /* doubted ones differ */
};

/* What kind of record it is. */
enum unitnote_place {
    NOTE_ABOVE, /* above a header */
    NOTE_AMONG /* it may be a row of another table: where it has several cells only the word 单位 makes a note
                */
};

/* Looks for notes in the cells of a record and adds them. A list such as 万元、%、户 states the first unit
 * that is not a percentage or a count; the name of an office behind 单位 is passed over. ST_INPUT when a cell
 * states what is no unit of the list but made like one, and when two notes differ; the reason names the
 * cells. */
enum status unitnote_read(const struct units *units, const char *file, const struct record *rec,
                          enum unitnote_place place, struct unitnotes *notes, struct diag *d) MUST_USE;

/* Adds the notes of records further down. ST_INPUT when they differ. */
enum status unitnotes_add(struct unitnotes *to, const struct unitnotes *more, const char *file,
                          struct diag *d) MUST_USE;

#endif
