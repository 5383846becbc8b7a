/* SPDX-License-Identifier: MIT
 * suffixes: see suffixes.h. */
#include "lib/read/suffixes.h"

#include "lib/base/mem.h"

static void add(struct number_suffix *list, size_t *n, const char *word, int shift)
{
    size_t i = (*n)++;
    struct slice s = slice_of(word);
    for (; i > 0 && list[i - 1].word.n < s.n; i--)
        list[i] = list[i - 1];
    list[i] = (struct number_suffix){s, shift};
}

struct number_suffix *suffixes_of(const struct units *units, const struct unit *unit, size_t *n)
{
    struct number_suffix *list = mem_zero(units_count(units) + 2, sizeof *list);
    *n = 0;
    for (size_t i = 0; i < units_count(units); i++) {
        const struct unit *u = units_at(units, i);
        if (units_same_dimension(u, unit))
            add(list, n, u->name, units_shift(u, unit));
    }
    if (!units_find(units, slice_of("万")))
        add(list, n, "万", 4 - unit->shift);
    if (!units_find(units, slice_of("亿")))
        add(list, n, "亿", 8 - unit->shift);
    return list;
}
