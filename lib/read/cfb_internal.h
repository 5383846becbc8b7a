/* SPDX-License-Identifier: MIT
 * cfb_internal: what the two halves of the compound file share: sectors below, the directory above. */
#ifndef LIB_CFB_INTERNAL_H
#define LIB_CFB_INTERNAL_H

#include "lib/read/cfb.h"

enum { CFB_ENTRY = 128 /* bytes of a directory entry */ };

enum status cfb_damaged(const char *file, const char *what, struct diag *d);

/* The stream that begins at a sector (of the file, or of the mini stream when it is short). */
enum status cfb_stream_at(const struct cfb *c, uint32_t sector, uint64_t size, struct cfb_stream *s,
                          struct diag *d) MUST_USE;

#endif
