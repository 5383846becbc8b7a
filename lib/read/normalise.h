/* SPDX-License-Identifier: MIT
 * normalise: the text of a cell to a field of the stream, by fixed rules. What no rule covers is not a
 * number: nothing is guessed. Each change made is named by a kind, so that it can be counted and shown. */
#ifndef LIB_NORMALISE_H
#define LIB_NORMALISE_H

#include "lib/base/buf.h"
#include "lib/read/fold.h"

/* Kinds of change. */
enum change {
    CHANGE_WIDTH,          /* full-width forms read as ASCII */
    CHANGE_DASH,           /* a dash or U+2212 read as a minus */
    CHANGE_BLANK,          /* blanks around dropped */
    CHANGE_THOUSANDS,      /* separators of thousands dropped */
    CHANGE_PARENTHESES,    /* (1.5) read as -1.5 */
    CHANGE_TRAILING_MINUS, /* 1.5- read as -1.5 */
    CHANGE_CURRENCY,       /* a leading ￥ or ¥ dropped */
    CHANGE_APOSTROPHE,     /* a leading ' dropped */
    CHANGE_SIGN,           /* % or ‰ dropped where it is the unit of the column */
    CHANGE_ZEROS,          /* leading zeros, or the sign of a zero, dropped; 12.00 in a whole number */
    CHANGE_NIL,            /* a word for "cannot exist" */
    CHANGE_EMPTY,          /* a word or blanks for "not reported" */
    CHANGE_UNIT,           /* the point moved */
    CHANGE_COMMA,          /* a decimal comma read as a point */
    CHANGE_SUFFIX,         /* a unit behind the figure, or 万 or 亿, heeded */
    CHANGE_LONG,           /* kept as it is, but has more digits than a spreadsheet's number holds */
    CHANGE_CODE,           /* a word replaced by its code */
    CHANGE_DATE,           /* a date written otherwise */
    CHANGE_KINDS
};

const char *change_name(enum change kind);

/* What a cell turned out to be, and what is wrong with the bad ones. */
enum reading {
    READ_VALUE,
    READ_EMPTY,
    READ_NA,
    BAD_NUMBER,
    BAD_GROUPS,  /* thousands separators out of place */
    BAD_PERCENT, /* a percent sign where the unit is another */
    BAD_LENGTH,  /* more digits or decimals than a decimal holds */
    BAD_INTEGER, /* a fraction in a whole number */
    BAD_DATE,
    BAD_CODE,
    BAD_CONSTANT, /* not what the caller said it would be */
    BAD_UNIT,     /* a figure whose unit is not known, or cannot be the column's */
    READINGS
};

/* For a bad reading: the rule it breaks, what was wanted, in two languages. */
struct reading_text {
    const char *rule, *zh, *en;
};
const struct reading_text *reading_text(enum reading bad);

/* Words that stand in a cell instead of a value. */
struct missing_words {
    struct wordlist nil;   /* cannot exist */
    struct wordlist empty; /* not reported */
};

/* What may stand behind the digits of a figure, and its power of ten to the canonical unit. */
struct number_suffix {
    struct slice word; /* folded */
    int shift;
};

enum { NUMBER_LONG = 15 }; /* significant digits that a spreadsheet's number holds */

struct number_rules {
    const struct missing_words *missing;
    const char *sign; /* "%" or "‰" where that is the unit of the source, else "" */
    int shift;        /* power of ten to the canonical unit */
    bool whole;       /* no fraction */
    bool comma;       /* the decimal point is a comma, and the separator of thousands a point */
    const struct number_suffix *suffix; /* longer words before shorter ones */
    size_t suffixes;
};

/* What happened to one cell. */
struct note {
    unsigned changes; /* bit 1 << kind */
    int decimals;     /* of a number, as stated in the cell in the unit of the column; below 0 when a suffix
                         states it in a greater one */
};

/* Appends the field for a number cell to out: plain decimal with the decimals of the cell, point moved; "\-"
 * or nothing for the missing. On a bad reading nothing is appended. scratch is working memory. */
enum reading normalise_number(struct slice cell, const struct number_rules *rules, struct buf *scratch,
                              struct buf *out, struct note *note);

/* Appends an ISO date or month for 2022-11-30 2022/11/30 2022.11.30 20221130 2022年11月30日, 2022-11 2022/11
 * 2022.11 202211 2022年11月; where parts are separated a month or day may have one digit. Midnight may
 * stand behind a day. The calendar is checked. Missing as for numbers. */
enum reading normalise_date(struct slice cell, const struct missing_words *missing, struct buf *scratch,
                            struct buf *out, struct note *note);

/* What both begin with: the cell folded and trimmed into scratch as *text, the changes noted. READ_EMPTY,
 * READ_NA when it is missing, else READ_VALUE. */
enum reading normalise_missing(struct slice cell, const struct missing_words *missing, struct buf *scratch,
                               struct slice *text, struct note *note);

#endif
