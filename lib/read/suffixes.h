/* SPDX-License-Identifier: MIT
 * suffixes: what may stand behind the digits of a figure and say its unit: 1.2亿, 35万元. */
#ifndef LIB_SUFFIXES_H
#define LIB_SUFFIXES_H

#include "lib/read/normalise.h"
#include "lib/read/units.h"

/* The names of all units of the dimension of `unit`, and 万 and 亿 for ten to the 4th and 8th of its base;
 * longer ones first. The caller frees the array; the words live as long as units. */
struct number_suffix *suffixes_of(const struct units *units, const struct unit *unit, size_t *n);

#endif
