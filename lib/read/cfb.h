/* SPDX-License-Identifier: MIT
 * cfb: a compound file (OLE2): the container of .xls and of encrypted .xlsx files, a file system in a file.
 * Its streams are lists of sectors, which a damaged file may cut, cross or close to a ring; all of it is
 * checked before a byte of a stream is given. */
#ifndef LIB_CFB_H
#define LIB_CFB_H

#include "lib/base/diag.h"

enum { CFB_MAGIC_SIZE = 8, CFB_MAX_FILE = 256 << 20 };

/* A run of bytes that stands in the file in pieces of equal size. */
struct cfb_stream {
    const unsigned char *bytes; /* of the file */
    const char *file;           /* its name, for messages */
    uint32_t *piece;            /* where in the file each piece begins */
    size_t pieces;
    unsigned shift; /* a piece is 1 << shift bytes */
    uint32_t size;  /* of the stream, at most what the pieces hold */
};

struct cfb {
    const unsigned char *bytes;
    size_t n;
    const char *file;
    uint32_t sectors;
    unsigned shift;  /* of sectors */
    uint32_t *table; /* the sectors that hold the table of sectors, in order */
    size_t tables;
    uint32_t mini_cutoff; /* shorter streams stand in the mini stream */
    struct cfb_stream directory;
    struct cfb_stream mini;       /* the mini stream */
    struct cfb_stream mini_table; /* the table of its sectors */
};

/* Whether a file that begins with these bytes is a compound file. */
bool cfb_is(struct slice head);

/* Borrows the bytes (at most CFB_MAX_FILE) and the name. ST_INPUT when the header, the tables of sectors or
 * the directory are damaged. Release with cfb_free in any case. */
enum status cfb_open(struct cfb *c, struct slice bytes, const char *file, struct diag *d) MUST_USE;
void cfb_free(struct cfb *c);

/* The stream of that name (ASCII, upper and lower case the same) in the root of the file; storages inside,
 * such as those of embedded documents, are not looked into. *found false when there is none. ST_INPUT when
 * the directory or the stream is damaged or cut. Release with cfb_stream_free in any case. */
enum status cfb_find(const struct cfb *c, const char *name, struct cfb_stream *s, bool *found,
                     struct diag *d) MUST_USE;
void cfb_stream_free(struct cfb_stream *s);

/* The n bytes from `at` on, which must lie within the stream: a view of the file where they stand together,
 * else copied to room (n bytes). */
const unsigned char *cfb_bytes(const struct cfb_stream *s, uint32_t at, size_t n, unsigned char *room);

#endif
