/* SPDX-License-Identifier: MIT
 * labels: what the columns of tables are called in print: a specification with a line a column, in two
 * languages, with unit, kind of figure, words for codes and a note. */
#ifndef LIB_LABELS_H
#define LIB_LABELS_H

#include "lib/base/buf.h"
#include "lib/base/diag.h"

enum lang { LANG_ZH, LANG_EN, LANGS };

/* Which languages a page shows; both puts Chinese first. */
enum langs { LANGS_ZH = 1, LANGS_EN = 2, LANGS_BOTH = 3 };

/* A text in both languages. "" in one of them where it was not given. */
struct words {
    const char *in[LANGS];
};

enum label_type {
    LABEL_ANY, /* not stated: the cells decide the alignment */
    LABEL_TEXT,
    LABEL_NUMBER, /* a figure printed as it is: a year, a rank, a ratio */
    LABEL_AMOUNT  /* a figure whose thousands may be set apart: money, a count */
};

enum align { ALIGN_ANY, ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE };

struct label {
    struct words over; /* of the heading that spans this column and its neighbours with the same one */
    struct words text;
    struct words unit;
    struct words
        codes; /* "code=word;code=word": what a reader sees for a code; a word \- is "cannot exist" */
    struct words note;
    enum label_type type;
    enum align align;
    int decimals; /* printed, -1 when not stated */
};

struct labels;

/* Reads a specification with the columns table, column, label_zh and, where wanted, over_zh, over_en,
 * label_en, unit, unit_en, decimals, type (text, number, amount), align (left, right, centre), codes_zh,
 * codes_en, note, note_en. NULL on failure, ST_MISUSE. A column named twice for one table is a mistake. */
struct labels *labels_load(const char *path, struct diag *d);
void labels_free(struct labels *l);

/* The label of a column of a table: the line for this table, else the one for table '*', else NULL. Owned by
 * l; l may be NULL. */
const struct label *labels_find(const struct labels *l, struct slice table, struct slice column);

/* Whether some line names this table. */
bool labels_know(const struct labels *l, struct slice table);

/* The text in the language asked for, else in the other; "" when there is none. */
const char *words_in(const struct words *w, enum lang lang);

/* Appends the label in one line: that of the spanning heading, unless its own begins with it, then its own.
 */
void label_name(struct buf *b, const struct label *l, enum lang lang);

/* Whether a list of units parted by commas or 、 (what a table states once) names this unit. */
bool label_unit_is_stated(const char *list, const char *unit);

/* What a reader sees for a code: the word after "code=" in the list, or nothing (p == NULL). */
struct slice words_of_code(const char *list, struct slice code);

#endif
