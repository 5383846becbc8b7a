/* SPDX-License-Identifier: MIT
 * claims_places: see claims_places.h. */
#include "lib/claims/claims_places.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/spec/spec.h"

struct claim_places {
    struct spec *spec;
};

static const char *get(const struct claim_places *p, size_t row, const char *column)
{
    return spec_get(p->spec, row, column);
}

static bool is_listed(const struct claim_places *p, const char *place)
{
    for (size_t i = 0; i < spec_rows(p->spec); i++)
        if (strcmp(get(p, i, "place"), place) == 0)
            return true;
    return false;
}

static enum status check_row(const struct claim_places *p, size_t row, struct diag *d)
{
    const char *place = get(p, row, "place"), *whole = get(p, row, "whole");
    for (size_t i = 0; i < row; i++)
        if (strcmp(get(p, i, "place"), place) == 0)
            return spec_error(p->spec, row, "place", d, "stands twice");
    if (*whole && (strcmp(whole, place) == 0 || !is_listed(p, whole)))
        return spec_error(p->spec, row, "whole", d, "not another place of this table: %s",
                          diag_quote(slice_of(whole)).s);
    if (*place == '*' && *get(p, row, "class"))
        return spec_error(p->spec, row, "class", d, "a class is of places named in full");
    return ST_OK;
}

struct claim_places *claim_places_load(const char *path, struct diag *d)
{
    static const char *const columns[] = {"!place", "whole", "class", "note", NULL};
    struct claim_places *p = mem_zero(1, sizeof *p);
    enum status st = ST_OK;
    p->spec = spec_load(path, columns, d);
    for (size_t i = 0; p->spec && st == ST_OK && i < spec_rows(p->spec); i++)
        st = check_row(p, i, d);
    if (p->spec && st == ST_OK)
        return p;
    claim_places_free(p);
    return NULL;
}

void claim_places_free(struct claim_places *p)
{
    if (!p)
        return;
    spec_free(p->spec);
    free(p);
}

static bool fits(const char *pattern, const char *place)
{
    size_t n = strlen(place), tail = strlen(pattern);
    if (*pattern != '*')
        return strcmp(pattern, place) == 0;
    return n >= tail - 1 && strcmp(place + n - (tail - 1), pattern + 1) == 0;
}

static const char *find(const struct claim_places *p, const char *place, const char *column)
{
    for (size_t i = 0; p && i < spec_rows(p->spec); i++)
        if (fits(get(p, i, "place"), place))
            return get(p, i, column);
    return "";
}

const char *claim_places_whole(const struct claim_places *p, const char *place)
{
    return find(p, place, "whole");
}

const char *claim_places_class(const struct claim_places *p, const char *place)
{
    return find(p, place, "class");
}

size_t claim_places_count(const struct claim_places *p, const char *class)
{
    size_t n = 0;
    for (size_t i = 0; p && i < spec_rows(p->spec); i++)
        n += strcmp(get(p, i, "class"), class) == 0;
    return n;
}
