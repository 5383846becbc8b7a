/* SPDX-License-Identifier: MIT
 * decimal_column: the portable path, and the choice between it and the wide one, made once a call. */
#include "lib/number/decimal_column.h"

static int64_t units_of(struct slice field, unsigned places, unsigned scale)
{
    int64_t units, coarse;
    /* What has no more than `places` decimals can be had at that scale, and what has more cannot. */
    if (!dec_parse_scaled(field, scale, &units) ||
        (places < scale && !dec_parse_scaled(field, places, &coarse)))
        return DEC_UNSURE;
    return units;
}

void dec_parse_column_portable(struct fields f, unsigned places, unsigned scale, int64_t *units)
{
    for (size_t i = 0; i < f.n; i++)
        units[i] = units_of(fields_at(f, i), places, scale);
}

void dec_parse_exact_portable(struct fields f, unsigned places, int64_t *units)
{
    for (size_t i = 0; i < f.n; i++) {
        struct slice field = fields_at(f, i);
        bool has_point = field.n > places && field.p[field.n - 1 - places] == '.';
        units[i] = DEC_UNSURE;
        if ((places == 0 || has_point) && !dec_parse_scaled(field, places, &units[i]))
            units[i] = DEC_UNSURE;
    }
}

void dec_parse_column(struct fields f, unsigned places, unsigned scale, int64_t *units)
{
    if (dec_column_has_sse())
        dec_parse_column_sse(f, places, scale, units);
    else
        dec_parse_column_portable(f, places, scale, units);
}

void dec_parse_column_exact(struct fields f, unsigned places, int64_t *units)
{
    if (dec_column_has_sse())
        dec_parse_exact_sse(f, places, units);
    else
        dec_parse_exact_portable(f, places, units);
}
