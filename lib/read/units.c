/* SPDX-License-Identifier: MIT
 * units: see units.h. */
#include "lib/read/units.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/fold.h"
#include "lib/spec/spec.h"

struct units {
    struct spec *spec; /* the names of dimensions live here */
    struct unit *unit;
    char **name;
    size_t n;
};

static enum status add_unit(struct units *u, size_t row, struct diag *d)
{
    struct buf folded = {0};
    struct unit *to = &u->unit[u->n];
    fold_word(&folded, slice_of(spec_get(u->spec, row, "unit")));
    bool bad = folded.n == 0 || units_find(u, buf_view(&folded));
    u->name[u->n] = mem_text(buf_view(&folded));
    buf_free(&folded);
    *to = (struct unit){u->name[u->n], spec_get(u->spec, row, "dimension"), 0};
    u->n++;
    if (bad)
        return spec_error(u->spec, row, "unit", d, *to->name ? "unit stands twice" : "empty");
    if (!*to->dimension)
        return spec_error(u->spec, row, "dimension", d, "empty");
    return spec_int(u->spec, row, "shift", -18, 18, 0, &to->shift, d);
}

struct units *units_load(const char *path, struct diag *d)
{
    static const char *const columns[] = {"!unit", "!dimension", "!shift", "note", NULL};
    struct spec *spec = spec_load(path, columns, d);
    if (!spec)
        return NULL;
    struct units *u = mem_zero(1, sizeof *u);
    u->spec = spec;
    u->unit = mem_zero(spec_rows(spec) + 1, sizeof *u->unit);
    u->name = mem_zero(spec_rows(spec) + 1, sizeof *u->name);
    for (size_t i = 0; i < spec_rows(spec); i++) {
        if (add_unit(u, i, d) != ST_OK) {
            units_free(u);
            return NULL;
        }
    }
    return u;
}

void units_free(struct units *u)
{
    if (!u)
        return;
    for (size_t i = 0; i < u->n; i++)
        free(u->name[i]);
    free(u->name);
    free(u->unit);
    spec_free(u->spec);
    free(u);
}

const struct unit *units_find(const struct units *u, struct slice name)
{
    for (size_t i = 0; u && i < u->n; i++)
        if (slice_is(name, u->unit[i].name))
            return &u->unit[i];
    return NULL;
}

bool units_have_dimension(const struct units *u, const char *dimension)
{
    for (size_t i = 0; u && i < u->n; i++)
        if (strcmp(dimension, u->unit[i].dimension) == 0)
            return true;
    return false;
}

size_t units_count(const struct units *u)
{
    return u ? u->n : 0;
}

const struct unit *units_at(const struct units *u, size_t i)
{
    return &u->unit[i];
}

int units_shift(const struct unit *from, const struct unit *to)
{
    return from->shift - to->shift;
}

bool units_same_dimension(const struct unit *a, const struct unit *b)
{
    return strcmp(a->dimension, b->dimension) == 0;
}
