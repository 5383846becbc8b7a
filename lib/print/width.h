/* SPDX-License-Identifier: MIT
 * width: how many columns of a terminal a text takes: 2 for a Chinese character, 0 for a combining mark. */
#ifndef LIB_WIDTH_H
#define LIB_WIDTH_H

#include "lib/base/base.h"

/* What the characters take that Unicode calls ambiguous (… — “ ” ① → × ±): terminals differ. */
enum ambiguous_width { AMBIGUOUS_NARROW = 1, AMBIGUOUS_WIDE = 2 };

/* The character at s.p and its bytes in *used; a byte that begins no UTF-8 character gives U+FFFD and 1.
 * s.n > 0. */
uint32_t utf8_next(struct slice s, size_t *used);

/* Columns of a UTF-8 text, after wcwidth of the C library: LC_CTYPE must be a UTF-8 locale. Control
 * characters count as the one replacement character that stands for them in print. */
size_t width_of(struct slice text, enum ambiguous_width ambiguous);

#endif
