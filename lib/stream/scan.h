/* SPDX-License-Identifier: MIT
 * scan: the passes over whole blocks that everything else stands on: where the separators are, whether the
 * bytes are UTF-8. 64 bytes at a time; a wider instruction set goes in behind scan_mask. */
#ifndef LIB_SCAN_H
#define LIB_SCAN_H

#include "lib/base/base.h"

/* Bytes that must be readable (of any value) behind every block given to these functions. */
enum { SCAN_SLACK = 64 };

/* Stores the offset of every TAB and LF among the n bytes at p, in order, and adds the number of LF to
 * *newlines. sep must have room for n + SCAN_SLACK entries. Returns how many there are. n < 2^32 - 64. */
size_t scan_separators(const char *p, size_t n, uint32_t *sep, size_t *newlines);

/* Offset of the first byte that is NUL or not part of a well-formed UTF-8 character; n when there is none. */
size_t scan_text(const char *p, size_t n);

#endif
