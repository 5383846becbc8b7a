/* SPDX-License-Identifier: MIT
 * claims_places: what the places of published figures have to do with each other: which is part of which, and
 * which are ranked against each other. */
#ifndef LIB_CLAIMS_PLACES_H
#define LIB_CLAIMS_PLACES_H

#include "lib/base/diag.h"

struct claim_places;

/* A specification with the columns place, whole, class. "*" at the beginning of a place stands for anything;
 * the first row that a place fits is its own. NULL on failure, ST_MISUSE with file and line: a whole that
 * is not a place of the table, or a class given to a place with a "*", of which there may be any number. */
struct claim_places *claim_places_load(const char *path, struct diag *d);
void claim_places_free(struct claim_places *p);

/* The whole that the place is part of, and the class it is ranked in; "" for none. */
const char *claim_places_whole(const struct claim_places *p, const char *place);
const char *claim_places_class(const struct claim_places *p, const char *place);

/* How many places are of a class. */
size_t claim_places_count(const struct claim_places *p, const char *class);

#endif
