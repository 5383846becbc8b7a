/* SPDX-License-Identifier: MIT
 * number_format: what the format of a workbook's cell makes of the number in it: a date, a percentage, how
 * many digits are always shown, what stands around them. Shared by both formats of workbooks. */
#ifndef LIB_NUMBER_FORMAT_H
#define LIB_NUMBER_FORMAT_H

#include "lib/base/buf.h"

enum number_kind {
    NUMBER_PLAIN,
    NUMBER_PERCENT,
    NUMBER_DATE,
    NUMBER_MONTH, /* year and month are shown, no day */
    NUMBER_DATE_TIME,
    NUMBER_CLOCK,
    NUMBER_DURATION,
    NUMBER_NOT_SHOWN /* no digits: a dash, a word, nothing at all */
};

/* Which numbers a section is for; those of a section without a condition depend on its place. */
enum number_test {
    TEST_ANY,
    TEST_NONE,
    TEST_LESS,
    TEST_AT_MOST,
    TEST_MORE,
    TEST_AT_LEAST,
    TEST_EQUAL,
    TEST_UNEQUAL
};

enum {
    NUMBER_SECTIONS = 3,     /* the fourth is for texts */
    NUMBER_FORMAT_TEXT = 160 /* bytes of what is kept of a code */
};

/* In a picture a digit that is always shown, and one that is shown when there is one; else its bytes are
 * those that stand between the digits. */
enum { PLACE_ALWAYS = 1, PLACE_PERHAPS = 2 };

/* One section of a code. Its texts stand one behind the other from `at` on: those are their lengths. */
struct number_section {
    unsigned char kind, test;
    unsigned char whole, decimals; /* digits always shown before the point, and behind it: 00.0 has 2 and 1 */
    signed char shift;             /* shown is the number times ten to this */
    bool no_zero;                  /* no digit is always shown: a zero is not */
    bool drops;                    /* something is shown beside the digits that is not given */
    unsigned char at, limit, before, picture, after;
};

struct number_format {
    unsigned char sections;
    struct number_section section[NUMBER_SECTIONS];
    char text[NUMBER_FORMAT_TEXT];
};

/* The code of a format that need not have one in the file, by its number, or NULL: General. Those that have
 * no fixed meaning (27-36, 50-58) mean what they mean in zh-CN. */
const char *number_format_builtin(unsigned id);

/* The format of a code in UTF-8, to be freed; NULL: as General, the number itself. */
struct number_format *number_format_new(struct slice code) MUST_USE;

/* What number_format_apply noticed, or-ed together. */
enum {
    FORMAT_IS_PERCENT = 1, /* 0.0123 became 1.23% */
    FORMAT_IS_DATE = 2,    /* a number became a date or a time */
    FORMAT_NO_DATE = 4,    /* a date by its format, but no such day: left as the number */
    FORMAT_CUT_DATE = 8,   /* the day or the time of day, which the format does not show, is left out */
    FORMAT_SCALED = 16,    /* the cell shows another power of ten than it holds: what it shows is given */
    FORMAT_LITERAL = 32,   /* what stands around or between the digits is given with them */
    FORMAT_ZEROS = 64,     /* zeros in front */
    FORMAT_DROPPED = 128,  /* a currency sign or punctuation around the digits is not given */
    FORMAT_HIDDEN = 256    /* the cell shows a dash or nothing: the number is given */
};

/* Appends what the cell says: plain is the number without exponent (shortest.h). The digits that the format
 * always shows are there; digits are never taken away. format may be NULL. */
unsigned number_format_apply(struct slice plain, const struct number_format *format, bool from_1904,
                             struct buf *out);

#endif
