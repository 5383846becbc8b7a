/* SPDX-License-Identifier: MIT
 * decimal_column: the portable path, and the choice between it and the wide one, made once a call. */
#include "lib/number/decimal_column.h"

static unsigned decimals_of(struct slice field)
{
    const char *point = memchr(field.p, '.', field.n);
    return point ? (unsigned)(field.p + field.n - point - 1) : 0;
}

static int64_t units_of(struct slice field, unsigned least, unsigned places, unsigned scale)
{
    int64_t units;
    if (!dec_parse_scaled(field, scale, &units))
        return DEC_UNSURE;
    if (least == 0 && places == scale)
        return units;
    unsigned decimals = decimals_of(field);
    return decimals < least || decimals > places ? DEC_UNSURE : units;
}

void dec_parse_column_portable(struct fields f, unsigned least, unsigned places, unsigned scale,
                               int64_t *units)
{
    for (size_t i = 0; i < f.n; i++)
        units[i] = units_of(fields_at(f, i), least, places, scale);
}

static void parse(struct fields f, unsigned least, unsigned places, unsigned scale, int64_t *units)
{
    if (dec_column_has_sse())
        dec_parse_column_sse(f, least, places, scale, units);
    else
        dec_parse_column_portable(f, least, places, scale, units);
}

void dec_parse_column(struct fields f, unsigned places, unsigned scale, int64_t *units)
{
    parse(f, 0, places, scale, units);
}

void dec_parse_column_exact(struct fields f, unsigned places, unsigned scale, int64_t *units)
{
    parse(f, places, places, scale, units);
}
