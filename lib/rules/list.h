/* SPDX-License-Identifier: MIT
 * list: lists within a field of a card: "abs=10; pct=25", "area,owner=code", rows parted by " / ". */
#ifndef LIB_LIST_H
#define LIB_LIST_H

#include "lib/base/base.h"

/* The text without the blanks around it. */
struct slice list_trimmed(struct slice text);

/* Takes the next part, blanks around it taken away, off the rest; false at the end. A part may be empty. */
bool list_next(struct slice *rest, const char *separator, struct slice *part);

/* Splits at the first character `at`, blanks taken away; false, with all of it left, when there is none. */
bool list_split(struct slice part, char at, struct slice *left, struct slice *right);

#endif
