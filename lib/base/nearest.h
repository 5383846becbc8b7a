/* SPDX-License-Identifier: MIT
 * nearest: the name that was probably meant, for messages about one that there is not. */
#ifndef LIB_NEAREST_H
#define LIB_NEAREST_H

#include "lib/base/buf.h"
#include "lib/base/diag.h"

struct nearest {
    struct slice wanted; /* borrowed */
    struct slice name;   /* the nearest of those offered, borrowed; p NULL while none is near */
    size_t distance;
    struct buf all; /* the names offered, as they are listed */
};

struct nearest nearest_to(struct slice wanted);

/* Takes one of the names there are. It is the nearest when it is nearer than all before it: characters
 * inserted, left out, changed or exchanged with their neighbour, at most a third of those wanted. */
void nearest_offer(struct nearest *n, struct slice name);

/* Adds to the reason of a problem what was found, "; is it 'total'? there are: name, total", and ends n. d
 * may be NULL. */
void nearest_say(struct nearest *n, struct diag *d);

#endif
