/* SPDX-License-Identifier: MIT
 * date: ISO 8601 dates YYYY-MM-DD and months YYYY-MM as integers in their order. */
#ifndef LIB_DATE_H
#define LIB_DATE_H

#include "lib/base/base.h"

/* A date or a month that there is, year 1 to 9999; false for anything else. Dates compare as their numbers
 * do, and so do months; a date and a month do not compare. */
bool date_parse(struct slice text, int32_t *number, bool *is_month);

#endif
