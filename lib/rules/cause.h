/* SPDX-License-Identifier: MIT
 * cause: why a decision is open, or which of several things a failure is, in both languages. Zero-initialise,
 * add, cause_free. */
#ifndef LIB_CAUSE_H
#define LIB_CAUSE_H

#include "lib/base/buf.h"

struct cause_text {
    struct buf en, zh;
};

/* Adds one, parted from those before it by a comma. Both texts take the same arguments. */
void cause_add(struct cause_text *c, const char *en, const char *zh, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));
void cause_clear(struct cause_text *c); /* keeps the memory */
void cause_free(struct cause_text *c);

#endif
