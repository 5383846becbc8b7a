/* SPDX-License-Identifier: MIT
 * celltype_column: the portable path, and the choice between it and the wide one, made once a call. */
#include "lib/read/celltype_column.h"

static int64_t two_digits(const char *p)
{
    return (p[0] - '0') * 10 + (p[1] - '0');
}

static int64_t pack_month(const char *p)
{
    return (two_digits(p) * 100 + two_digits(p + 2)) << 16 | two_digits(p + 5) << 7;
}

int64_t cell_pack_date(struct slice f)
{
    return cell_is_date(f) ? pack_month(f.p) | two_digits(f.p + 8) : DEC_UNSURE;
}

int64_t cell_pack_month(struct slice f)
{
    return cell_is_month(f) ? pack_month(f.p) : DEC_UNSURE;
}

void cell_date_column(struct fields f, int64_t *packed)
{
    if (dec_column_has_sse()) {
        cell_date_column_sse(f, packed);
        return;
    }
    for (size_t i = 0; i < f.n; i++)
        packed[i] = cell_pack_date(fields_at(f, i));
}

void cell_month_column(struct fields f, int64_t *packed)
{
    if (dec_column_has_sse()) {
        cell_month_column_sse(f, packed);
        return;
    }
    for (size_t i = 0; i < f.n; i++)
        packed[i] = cell_pack_month(fields_at(f, i));
}
