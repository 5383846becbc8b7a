/* SPDX-License-Identifier: MIT
 * biff: the records of an Excel 97–2003 workbook (BIFF8), one behind the other in a stream of a compound
 * file, and the texts in them, which may go on in the records behind. */
#ifndef LIB_BIFF_H
#define LIB_BIFF_H

#include "lib/base/buf.h"
#include "lib/base/diag.h"
#include "lib/read/cfb.h"

/* Types of records, by their names in the specification [MS-XLS]. */
enum {
    BIFF_FORMULA = 0x06,
    BIFF_EOF = 0x0a,
    BIFF_DATEMODE = 0x22,
    BIFF_FILEPASS = 0x2f,
    BIFF_CONTINUE = 0x3c,
    BIFF_BOUNDSHEET = 0x85,
    BIFF_MULRK = 0xbd,
    BIFF_MULBLANK = 0xbe,
    BIFF_RSTRING = 0xd6,
    BIFF_XF = 0xe0,
    BIFF_COLINFO = 0x7d,
    BIFF_MERGEDCELLS = 0xe5,
    BIFF_SST = 0xfc,
    BIFF_LABELSST = 0xfd,
    BIFF_BLANK = 0x201,
    BIFF_NUMBER = 0x203,
    BIFF_LABEL = 0x204,
    BIFF_BOOLERR = 0x205,
    BIFF_STRING = 0x207,
    BIFF_ROW = 0x208,
    BIFF_RK = 0x27e,
    BIFF_FORMAT = 0x41e,
    BIFF_BOF = 0x809
};

/* A place in the stream and the record there. */
struct biff {
    const struct cfb_stream *stream;
    uint32_t next; /* where the next record begins */
    uint32_t here; /* where this one begins */
    uint16_t type;
    const unsigned char *p; /* its bytes; they die at the next record */
    size_t n;
    size_t used;               /* bytes taken from it */
    unsigned char room[65536]; /* for a record that stands in several pieces of the stream */
};

/* Before the record at a place of the stream. Borrows the stream. */
void biff_begin(struct biff *b, const struct cfb_stream *stream, uint32_t at);

/* The next record. ST_INPUT where the stream ends, which is never where it should: an EOF record is before.
 */
enum status biff_next(struct biff *b, struct diag *d) MUST_USE;

/* ST_INPUT for a record shorter than it must be. */
enum status biff_need(const struct biff *b, size_t n, struct diag *d) MUST_USE;

/* Whether bytes of the record, or of a CONTINUE behind it, are left to take. */
bool biff_more(const struct biff *b);

/* Takes n bytes (at most 4), going on to CONTINUE records where one ends: a number, least byte first. */
enum status biff_take(struct biff *b, size_t n, uint32_t *value, struct diag *d) MUST_USE;

/* What may be wrong with a text; the rest of the file can be read on. */
enum biff_flaw {
    BIFF_GOOD,
    BIFF_HALF, /* half of a pair of surrogates */
    BIFF_NUL,  /* a NUL */
    BIFF_LOST  /* U+FFFD or 锟斤拷: text was lost before it came here */
};

const char *biff_flaw_text(enum biff_flaw flaw);

/* Takes a text that begins with its length in `length_bytes` bytes (1 or 2) and its flags, with all that
 * comes with it (runs of fonts, phonetic guides), and appends it to out as UTF-8. */
enum status biff_text(struct biff *b, size_t length_bytes, struct buf *out, enum biff_flaw *flaw,
                      struct diag *d) MUST_USE;

#endif
