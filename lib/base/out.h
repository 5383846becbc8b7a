/* SPDX-License-Identifier: MIT
 * out: checked output. An error is remembered and every later write ignored; out_close tells. To a file
 * it is atomic: written beside the target, synced, renamed at a good end, removed otherwise. A device or a
 * pipe is written to directly. */
#ifndef LIB_OUT_H
#define LIB_OUT_H

#include "lib/base/diag.h"

struct out {
    int fd;
    char *p;       /* buffer */
    size_t n, cap; /* used, size */
    int error;     /* errno of the first failure, 0 while good */
    char *path;    /* target of an atomic output, or NULL */
    char *temp;    /* its temporary name */
};

/* Output to path, or to standard output when path is NULL or "-". */
enum status out_open(struct out *o, const char *path, struct diag *d) MUST_USE;

void out_flush(struct out *o);
void out_write_slow(struct out *o, const char *p, size_t n);

/* Appends n bytes; large runs go straight to the descriptor. */
static inline void out_write(struct out *o, const char *p, size_t n)
{
    if (n <= o->cap - o->n) {
        if (n)
            memcpy(o->p + o->n, p, n);
        o->n += n;
    } else {
        out_write_slow(o, p, n);
    }
}

static inline void out_slice(struct out *o, struct slice s)
{
    out_write(o, s.p, s.n);
}

static inline void out_char(struct out *o, char c)
{
    out_write(o, &c, 1);
}

static inline void out_text(struct out *o, const char *s)
{
    out_write(o, s, strlen(s));
}

/* Room for n bytes at the end of the buffer, written out for it when need be; NULL when the buffer is smaller
 * than n. out_took adds the bytes that were put there. */
char *out_room(struct out *o, size_t n);

static inline void out_took(struct out *o, const char *end)
{
    o->n = (size_t)(end - o->p);
}

void out_printf(struct out *o, const char *fmt, ...) PRINTF_LIKE(2, 3);

static inline bool out_failed(const struct out *o)
{
    return o->error != 0;
}

/* Flushes, closes and, when keep, renames into place; when !keep an atomic target stays as it was.
 * Returns ST_OK or ST_OUTPUT. The struct may not be used afterwards. */
enum status out_close(struct out *o, bool keep, struct diag *d) MUST_USE;

#endif
