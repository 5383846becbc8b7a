/* SPDX-License-Identifier: MIT
 * fold: East Asian text made comparable: full-width forms to ASCII, the many blanks to one, the many dashes
 * to the hyphen; and lists of words compared that way. Only for comparing and for numbers, never for text
 * kept. */
#ifndef LIB_FOLD_H
#define LIB_FOLD_H

#include "lib/base/buf.h"

/* What fold_text changed, as bits. */
enum { FOLDED_WIDTH = 1, FOLDED_DASH = 2, FOLDED_BLANK = 4 };

/* Appends s with U+FF01–FF5E as ASCII, U+3000 and U+00A0 as space, U+2010–2015 and U+2212 as '-', U+FEFF
 * dropped. Returns what was changed. Already plain ASCII is only copied. */
unsigned fold_text(struct buf *out, struct slice s);

/* Length of the first character of s when it is one that folding leaves as it is; else, or when s begins with
 * a blank or is empty, 0. */
size_t fold_keeps(struct slice s);

/* fold_text without any space, TAB, LF or CR: for headings, words and names. */
void fold_word(struct buf *out, struct slice s);

/* s without the spaces, TABs, LFs and CRs at its ends. */
struct slice trim(struct slice s);

struct wordlist {
    char *text;
    struct slice *word; /* folded by fold_word; none is empty */
    size_t n;
};

/* The words of a text separated by '|'. */
void wordlist_init(struct wordlist *w, const char *text);
void wordlist_free(struct wordlist *w);

/* Whether a folded word is in the list; whether it begins with one of the list. */
bool wordlist_has(const struct wordlist *w, struct slice folded);
bool wordlist_begins(const struct wordlist *w, struct slice folded);

#endif
