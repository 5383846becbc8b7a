/* SPDX-License-Identifier: MIT
 * block: a source in blocks of whole lines. A block is about 256 KiB, or one line when a line is longer; the
 * part of a line left over is carried in front of the next read, so reads always go to the same aligned
 * place. */
#ifndef LIB_BLOCK_H
#define LIB_BLOCK_H

#include "lib/stream/source.h"

enum { BLOCK_SIZE = 256 * 1024, BLOCK_LONGEST_LINE = 64 * 1024 * 1024 };

struct block_reader;

struct block {
    const char *p; /* SCAN_SLACK bytes before and behind are readable */
    size_t n;      /* 0 at the end; else the last byte is LF (added when the file lacks its last one) */
};

struct block_reader *block_open(const char *path, struct diag *d); /* NULL on failure */
struct source *block_source(struct block_reader *r);
void block_close(struct block_reader *r);

/* The next block; it dies at the next call. Lines over BLOCK_LONGEST_LINE are ST_INPUT. */
enum status block_next(struct block_reader *r, struct block *b, struct diag *d) MUST_USE;

#endif
