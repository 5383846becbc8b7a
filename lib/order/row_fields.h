/* SPDX-License-Identifier: MIT
 * row_fields: fields of a row that is at hand as bytes only, joined by TAB, outside its batch. */
#ifndef LIB_ROW_FIELDS_H
#define LIB_ROW_FIELDS_H

#include "lib/base/buf.h"
#include "lib/base/diag.h"

/* The field with that number; the row must have it. */
struct slice row_field(struct slice row, size_t column);

/* Fields joined by TAB, those that are \N made empty, in b. */
struct slice row_key(struct slice row, const int *column, size_t n, struct buf *b);

/* A key, fields joined by TAB, fit for a message: each in single quotes. What does not fit is left out. */
struct quoted row_key_quote(struct slice key);

#endif
