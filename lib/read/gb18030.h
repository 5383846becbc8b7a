/* SPDX-License-Identifier: MIT
 * gb18030: GB18030 to UTF-8, many times as fast as iconv and with the same result for every input. */
#ifndef LIB_GB18030_H
#define LIB_GB18030_H

#include "lib/base/base.h"

struct gb18030;

/* The tables, taken from the C library's iconv. NULL when that does not know GB18030. */
struct gb18030 *gb18030_new(void);
void gb18030_free(struct gb18030 *g);

/* Converts as iconv does: *in, *left, *to and *room move on. 0 when all is converted; else E2BIG: no room for
 * the next character; EILSEQ: *in is at an illegal one; EINVAL: at one that is cut. */
int gb18030_decode(const struct gb18030 *g, char **in, size_t *left, char **to, size_t *room);

#endif
