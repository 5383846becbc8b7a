/* SPDX-License-Identifier: MIT
 * spool: all bytes of a source in memory, for formats that are read from their end. */
#ifndef LIB_SPOOL_H
#define LIB_SPOOL_H

#include "lib/base/buf.h"
#include "lib/stream/source.h"

/* Appends what is left of src to out. ST_INPUT when it cannot be read or has more than `most` bytes. */
enum status spool_source(struct source *src, size_t most, struct buf *out, struct diag *d) MUST_USE;

#endif
