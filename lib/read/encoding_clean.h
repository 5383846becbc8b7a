/* SPDX-License-Identifier: MIT
 * encoding_clean: a text checked in one pass, where the processor can: most are clean. */
#ifndef LIB_ENCODING_CLEAN_H
#define LIB_ENCODING_CLEAN_H

#include "lib/base/base.h"

/* Whether encoding_clean may be called on this machine. */
bool encoding_can_clean(void);

/* True: the n bytes at p are well-formed UTF-8 without NUL, and nothing in them looks like a mark of
 * encoding_lost.h; *lines gets the number of LF. False: perhaps not; scan_text and encoding_lost know. */
bool encoding_clean(const char *p, size_t n, uint64_t *lines);

#endif
