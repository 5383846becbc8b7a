/* SPDX-License-Identifier: MIT
 * number_parts: what stands in one section of the code of a number format. */
#ifndef LIB_NUMBER_PARTS_H
#define LIB_NUMBER_PARTS_H

#include "lib/read/number_format.h"

/* shown: its digits, as places, and what stands around and between them. */
struct number_parts {
    bool year, month, day, hour, second, elapsed, percent, general, text;
    bool point, exponent, fraction;
    unsigned commas;        /* behind the last digit so far: between digits they part thousands */
    unsigned thousand;      /* commas that divide by it */
    size_t digits;          /* places so far */
    size_t decimals;        /* behind the point, those always shown */
    size_t whole;           /* before it */
    struct slice condition; /* [>=10000] */
    struct buf *shown;
};

/* Takes a section apart, from p to the semicolon or the end, which it returns. has begins with zeros but for
 * shown, which is empty; what it borrows lives in the code. */
const char *number_parts_scan(const char *p, const char *end, struct number_parts *has);

enum number_kind number_parts_kind(const struct number_parts *has);

#endif
