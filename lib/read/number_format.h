/* SPDX-License-Identifier: MIT
 * number_format: what the format of a workbook's cell says about the number in it: a date, a percentage, how
 * many decimals are stated. Shared by both formats of workbooks. */
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
    NUMBER_DURATION
};

struct number_format {
    enum number_kind kind;
    unsigned char decimals; /* always shown; 0.00 has 2 */
    bool scaled;            /* shows the number divided by a power of ten */
};

/* A format without a code of its own, by its number; those that have no fixed meaning (27-36, 50-58) mean
 * what they mean in zh-CN. */
struct number_format number_format_builtin(unsigned id);

/* A format by its code, in UTF-8. Its first section that shows anything counts. */
struct number_format number_format_code(struct slice code);

/* What number_format_apply noticed, or-ed together. */
enum {
    FORMAT_IS_PERCENT = 1, /* 0.0123 became 1.23% */
    FORMAT_IS_DATE = 2,    /* a number became a date or a time */
    FORMAT_NO_DATE = 4,    /* a date by its format, but no such day: left as the number */
    FORMAT_CUT_DATE = 8,   /* the day or the time of day, which the format does not show, is left out */
    FORMAT_SCALED = 16     /* the cell shows another power of ten than it holds; what it holds is given */
};

/* Appends what the cell says: plain is the number without exponent (shortest.h). Zeros are added up to the
 * decimals that the format always shows; digits are never taken away. */
unsigned number_format_apply(struct slice plain, struct number_format format, bool from_1904,
                             struct buf *out);

#endif
