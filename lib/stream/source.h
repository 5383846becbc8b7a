/* SPDX-License-Identifier: MIT
 * source: the bytes of a file or of standard input, gzip undone when its magic bytes are there. A truncated
 * or damaged gzip stream is an error, never an end. */
#ifndef LIB_SOURCE_H
#define LIB_SOURCE_H

#include "lib/base/diag.h"

struct source;

/* path NULL or "-" is standard input. NULL on failure, d filled. */
struct source *source_open(const char *path, struct diag *d);

/* Up to n bytes; 0 at the end; -1 on failure (d filled, ST_INPUT). */
ptrdiff_t source_read(struct source *s, char *p, size_t n, struct diag *d) MUST_USE;

/* Copies the next bytes, up to n (at most SOURCE_PEEK), without taking them: fewer only at the end; -1 on
 * failure. Nothing may have been read before. */
enum { SOURCE_PEEK = 512 };
ptrdiff_t source_peek(struct source *s, char *p, size_t n, struct diag *d) MUST_USE;

/* The descriptor of a regular file that is not gzip, for reading at any place; -1 for every other source. It
 * stays the source's, which is not read any more then. */
int source_descriptor(const struct source *s);

/* The name for messages: the path as given, "(standard input)" for standard input. */
const char *source_name(const struct source *s);

/* Size in bytes of a plain regular file, 0 when not known; a hint for sizing tables. */
uint64_t source_size_hint(const struct source *s);

void source_close(struct source *s);

#endif
