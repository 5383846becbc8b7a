/* SPDX-License-Identifier: MIT
 * buf: a byte string that grows. Zero-initialise, append, buf_free. */
#ifndef LIB_BUF_H
#define LIB_BUF_H

#include "lib/base/base.h"

struct buf {
    char *p;  /* may be used directly; NULL while empty */
    size_t n; /* bytes in use */
    size_t cap;
};

void buf_grow(struct buf *b, size_t n); /* the rare case of buf_room */

/* Makes room for n more bytes, which may be written at b->p + b->n. */
static inline void buf_room(struct buf *b, size_t n)
{
    if (n > b->cap - b->n)
        buf_grow(b, n);
}

void buf_add(struct buf *b, const char *p, size_t n);
void buf_slice(struct buf *b, struct slice s);
void buf_text(struct buf *b, const char *s);
void buf_number(struct buf *b, uint64_t n); /* in decimal */
void buf_printf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
void buf_clear(struct buf *b); /* keeps the memory */
void buf_free(struct buf *b);
char *buf_string(struct buf *b); /* NUL-terminated view, owned by b, dies at the next append */

static inline void buf_char(struct buf *b, char c)
{
    buf_room(b, 1);
    b->p[b->n++] = c;
}

static inline struct slice buf_view(const struct buf *b)
{
    return (struct slice){b->p, b->n};
}

/* A text as a field of the stream: TAB, LF, CR and backslash become \t \n \r \\ (tongbao(7), STREAM). */
void buf_escaped(struct buf *b, struct slice text);

/* The text of a field: undoes buf_escaped. An unknown escape stands for itself. */
void buf_unescaped(struct buf *b, struct slice field);

#endif
