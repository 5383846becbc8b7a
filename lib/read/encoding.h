/* SPDX-License-Identifier: MIT
 * encoding: the bytes of a source as checked UTF-8 text, whatever encoding they came in. The encoding is told
 * from the first MiB and never guessed when in doubt; an illegal byte is an error with its place, never lost.
 */
#ifndef LIB_ENCODING_H
#define LIB_ENCODING_H

#include "lib/base/buf.h"
#include "lib/base/diag.h"
#include "lib/stream/source.h"

struct decoder;

enum {
    DECODER_KEEP = 64 * 1024,                /* bytes of text that decoder_more can keep */
    DECODER_TEXT = DECODER_KEEP + 256 * 1024 /* the longest text it gives */
};

/* What a decoder has failed at: nothing, reading the source, the characters. */
enum decoder_fault { DECODER_GOOD, DECODER_READ, DECODER_ENCODING };

/* Takes s (closed by decoder_close, or here on failure). encoding NULL: detect, in the order byte order mark,
 * NUL bytes by parity (UTF-16), strict UTF-8, GB18030 by the share of common characters; else ST_INPUT. A
 * name iconv does not know is ST_MISUSE. NULL on failure; *fault says of which kind. */
struct decoder *decoder_open(struct source *s, const char *encoding, enum decoder_fault *fault,
                             struct diag *d);
void decoder_close(struct decoder *dec);

/* The encoding in use, as iconv calls it. */
const char *decoder_encoding(const struct decoder *dec);
const char *decoder_file(const struct decoder *dec);

/* The next piece of text, without byte order mark; n == 0 at the end. It dies at the next call. ST_INPUT for
 * an illegal or cut character, a NUL, U+FFFD and the sequence 锟斤拷 (both mean that text was lost before it
 * came here). The reason names the byte offset, the line is filled in. */
enum status decoder_next(struct decoder *dec, struct slice *text, struct diag *d) MUST_USE;

/* As decoder_next, with the last `keep` bytes of the text before, at most DECODER_KEEP, in front of the new
 * ones; at the end these alone. SCAN_SLACK bytes behind are readable. */
enum status decoder_more(struct decoder *dec, size_t keep, struct slice *text, struct diag *d) MUST_USE;
enum decoder_fault decoder_last_fault(const struct decoder *dec);

/* Whether -e could name it: iconv knows it, or it is another name of one it knows. */
bool encoding_is_known(const char *name);

/* The encoding of a sample: "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE", or NULL in doubt; a bad byte among
 * many good characters is no doubt. *bom gets the length of its byte order mark. whole: the sample is the
 * whole file, so that a character cut at its end is illegal. */
const char *encoding_detect(struct slice sample, bool whole, size_t *bom);

/* Why encoding_detect is in doubt, appended as text that names the bytes that are in the way. Returns the
 * offset of the first that is not UTF-8. */
size_t encoding_doubt(struct slice sample, bool whole, struct buf *why);

/* Bytes of s that are well-formed UTF-8 without NUL; unless it is the whole, a character cut at the end is
 * good. SCAN_SLACK bytes behind s must be readable. */
size_t encoding_good_utf8(struct slice s, bool whole);

/* Whether the n bytes at p are the beginning of a well-formed character and no more. */
bool encoding_cut_utf8(const char *p, size_t n);

#endif
