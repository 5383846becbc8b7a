/* SPDX-License-Identifier: MIT
 * scan_utf8: the tables by which the wide paths check UTF-8, after Keiser and Lemire, "Validating UTF-8 In
 * Less Than One Instruction Per Byte" (2020): each pair of neighbouring bytes is looked up by nibble in three
 * tables of sixteen, whose common bits are the errors that the pair can be part of. */
#ifndef LIB_SCAN_UTF8_H
#define LIB_SCAN_UTF8_H

enum {
    SHORT = 1 << 0,   /* a lead byte not followed by a continuation */
    LONG = 1 << 1,    /* a continuation after ASCII */
    OVER3 = 1 << 2,   /* E0 80…9F */
    LARGE = 1 << 3,   /* F4 90… and above */
    SURR = 1 << 4,    /* ED A0…BF */
    OVER2 = 1 << 5,   /* C0, C1 */
    LARGE_8 = 1 << 6, /* F5… 80…8F, and F0 80…8F */
    CONTS = 1 << 7,   /* two continuations: an error unless a lead stands two or three before */
    CARRY = SHORT | LONG | CONTS,
    FIVE = CARRY | LARGE | LARGE_8 /* F5 and above, by the low nibble */
};

/* By the high and the low nibble of the first byte, and the high nibble of the second. */
static const unsigned char utf8_first_high[16] = {LONG,
                                                  LONG,
                                                  LONG,
                                                  LONG,
                                                  LONG,
                                                  LONG,
                                                  LONG,
                                                  LONG,
                                                  CONTS,
                                                  CONTS,
                                                  CONTS,
                                                  CONTS,
                                                  SHORT | OVER2,
                                                  SHORT,
                                                  SHORT | OVER3 | SURR,
                                                  SHORT | LARGE | LARGE_8};
static const unsigned char utf8_first_low[16] = {CARRY | OVER3 | OVER2 | LARGE_8,
                                                 CARRY | OVER2,
                                                 CARRY,
                                                 CARRY,
                                                 CARRY | LARGE,
                                                 FIVE,
                                                 FIVE,
                                                 FIVE,
                                                 FIVE,
                                                 FIVE,
                                                 FIVE,
                                                 FIVE,
                                                 FIVE,
                                                 FIVE | SURR,
                                                 FIVE,
                                                 FIVE};
static const unsigned char utf8_second_high[16] = {SHORT,
                                                   SHORT,
                                                   SHORT,
                                                   SHORT,
                                                   SHORT,
                                                   SHORT,
                                                   SHORT,
                                                   SHORT,
                                                   LONG | OVER2 | CONTS | OVER3 | LARGE_8,
                                                   LONG | OVER2 | CONTS | OVER3 | LARGE,
                                                   LONG | OVER2 | CONTS | SURR | LARGE,
                                                   LONG | OVER2 | CONTS | SURR | LARGE,
                                                   SHORT,
                                                   SHORT,
                                                   SHORT,
                                                   SHORT};

#define UTF8_BYTE(x) ((char)(unsigned char)(x))

#endif
