/* SPDX-License-Identifier: MIT
 * encoding_lost: the marks of text that was lost before it came here. */
#ifndef LIB_ENCODING_LOST_H
#define LIB_ENCODING_LOST_H

#include "lib/base/base.h"

/* 锟斤拷: bytes of U+FFFD read as GBK and written back. */
extern const char encoding_ruin[];

/* The first U+FFFD, or else the first ruin, among the n bytes of UTF-8 at p; NULL when there is none. *lines
 * gets the number of LF. SCAN_SLACK bytes behind are readable. */
const char *encoding_lost(const char *p, size_t n, uint64_t *lines);

#endif
