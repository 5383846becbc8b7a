/* SPDX-License-Identifier: MIT
 * nearest: the name that was probably meant, for messages about one that there is not. */
#ifndef LIB_NEAREST_H
#define LIB_NEAREST_H

#include "lib/base/base.h"

struct nearest {
    struct slice wanted;
    struct slice name; /* the nearest of those offered, borrowed; p NULL while none is near */
    size_t distance;
};

struct nearest nearest_to(struct slice wanted);

/* Takes name when it is nearer than all before it: characters inserted, left out, changed or exchanged with
 * their neighbour, at most a third of those wanted. Of equally near ones the first stays. */
void nearest_offer(struct nearest *n, struct slice name);

#endif
