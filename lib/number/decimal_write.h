/* SPDX-License-Identifier: MIT
 * decimal_write: decimals as text, where the room for them is already there. */
#ifndef LIB_DECIMAL_WRITE_H
#define LIB_DECIMAL_WRITE_H

#include "lib/number/decimal.h"

/* Bytes that must be free at p; more of them may be overwritten than the text has. */
enum { DEC_WRITE_ROOM = 64 };

/* Writes what dec_print appends, and returns its end. */
char *dec_write(char *p, struct dec v);

/* The same for units that fit 64 bits: a few tens of instructions, none of which depends on the number of
 * digits. */
typedef char *dec_writer(char *p, int64_t units, unsigned scale);
char *dec_write_units(char *p, int64_t units, unsigned scale);

/* What it calls, for loops over many: the best implementation of this machine. */
dec_writer *dec_units_writer(void);

/* The implementations, for the test that compares them. */
char *dec_write_portable(char *p, int64_t units, unsigned scale);
bool dec_write_has_sse(void); /* whether the next one may be called on this machine */
char *dec_write_sse(char *p, int64_t units, unsigned scale);

#endif
