/* SPDX-License-Identifier: MIT
 * celltype: what a cell of each type looks like, decided on the raw bytes of the field. */
#ifndef LIB_CELLTYPE_H
#define LIB_CELLTYPE_H

#include "lib/number/decimal.h"

enum cell_type { CELL_TEXT, CELL_ID, CELL_NUM, CELL_INT, CELL_DATE, CELL_MONTH, CELL_FLAG, CELL_CODE };

/* Decimals a number may have when its schema declares no more. */
enum { CELL_DECIMALS = 6 };

/* "text", "id", "num" …; false when there is no such type. */
bool cell_type_named(const char *name, enum cell_type *type);
const char *cell_type_name(enum cell_type type);

/* Whether a field that is neither empty nor \- has the shape of the type. Numbers have any decimals here, up
 * to what dec_parse takes; whether there are too many is for the schema to say. */
bool cell_has_shape(struct slice f, enum cell_type type);

/* Why not, as a phrase in both languages: "not a decimal" / "不是数字". */
const char *cell_shape_en(enum cell_type type);
const char *cell_shape_zh(enum cell_type type);

/* Days of a month of the Gregorian calendar, 0 when there is no such month. */
unsigned cell_month_days(unsigned year, unsigned month);

/* The eight digits of YYYY-MM-DD have fixed places: one test for the digits, one for the calendar. */
bool cell_is_date(struct slice f);
bool cell_is_month(struct slice f);

/* One or more bytes without blanks, control bytes or escapes. */
bool cell_is_id(struct slice f);

static inline bool cell_is_flag(struct slice f)
{
    return f.n == 1 && (f.p[0] == '0' || f.p[0] == '1');
}

#endif
