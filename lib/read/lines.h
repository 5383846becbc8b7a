/* SPDX-License-Identifier: MIT
 * lines: the physical lines of a decoded text, in pieces: what the text formats of records stand on. */
#ifndef LIB_LINES_H
#define LIB_LINES_H

#include "lib/read/encoding.h"

struct lines {
    struct decoder *dec;
    struct slice rest; /* of the decoder's text, not yet given */
    bool cr_held;      /* a CR ended the last text; it waits for what follows */
    uint64_t line;     /* of the piece given last, from 1 */
    bool fresh;        /* the next piece begins a line */
};

enum line_end { LINE_GOES_ON, LINE_LF, LINE_CR_LF, LINE_LONE_CR, LINE_AT_END };

/* Starts before the first line. */
void lines_init(struct lines *l, struct decoder *dec);

/* The next piece of a line and how it ends; the end itself is not in the piece. LINE_GOES_ON: more of this
 * line follows. LINE_LONE_CR: a CR that no LF follows; the line goes on. LINE_AT_END: no more text. */
enum status lines_next(struct lines *l, struct slice *piece, enum line_end *end, struct diag *d) MUST_USE;

/* More text behind the rest, which stays in front of it: at most DECODER_KEEP bytes. At the end the rest
 * alone. */
enum status lines_more(struct lines *l, struct diag *d) MUST_USE;

#endif
