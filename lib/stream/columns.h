/* SPDX-License-Identifier: MIT
 * columns: the columns a filter knows by name and writes in order: each name stands for a source, a number
 * the filter gives (a column of its input, a value it computes). Zero-initialise, bind, choose, columns_free.
 */
#ifndef LIB_COLUMNS_H
#define LIB_COLUMNS_H

#include "lib/base/buf.h"
#include "lib/base/diag.h"

struct column {
    struct slice name; /* as in a header, owned */
    int source;        /* >= 0 */
};

struct columns {
    struct column *item;
    size_t n, room;
};

/* Binds name to source: in its place when the name is there, else after the others. The name is copied. */
void columns_bind(struct columns *c, struct slice name, int source);

/* The source of a name, -1 when there is none. */
int columns_find(const struct columns *c, struct slice name);

/* Keeps what the list COL[=NEW],... names, in its order, under the new names; a backslash keeps a comma.
 * ST_MISUSE with the reason for an unknown name, a name not fit for a header, or one given twice. */
enum status columns_choose(struct columns *c, const char *list, struct diag *d) MUST_USE;

/* Appends the names, for a message. */
void columns_list(const struct columns *c, struct buf *b);

void columns_free(struct columns *c);

/* Whether a name can stand in a header: not empty, no control bytes. */
bool column_name_is_fit(struct slice name);

#endif
