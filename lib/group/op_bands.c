/* SPDX-License-Identifier: MIT
 * op_bands: a histogram: values counted by the bands between given bounds, the lower bound inside. */
#include <stdlib.h>

#include "lib/group/operation.h"

struct bands {
    seen seen;
    uint64_t count[]; /* one more than there are bounds */
};

/* The least number of units at a scale that is not below the bound. */
static i128 bound_units(struct dec bound, unsigned scale)
{
    if (bound.scale <= scale)
        return dec_rescale(&bound, scale) ? bound.units : bound.units < 0 ? -I128_MAX : I128_MAX;
    i128 power = dec_pow10(bound.scale - scale), units = bound.units / power;
    return units + (bound.units > 0 && units * power != bound.units); /* division goes towards zero */
}

static size_t band_of(const struct parameters *p, struct dec v)
{
    size_t k = 0;
    while (k < p->bounds && dec_compare(v, p->bound[k]) >= 0)
        k++;
    return k;
}

static bool update(const struct accumulator *a, struct store *s, const struct chunk *c, size_t *bad)
{
    (void)s, (void)bad;
    i128 bound[MOST_BOUNDS];
    for (size_t k = 0; k < a->p.bounds; k++)
        bound[k] = bound_units(a->p.bound[k], a->in->scale);
    for (size_t i = 0; i < c->n; i++) {
        struct bands *to = (struct bands *)(void *)(c->record[i] + a->offset);
        size_t k = 0;
        unsigned decimals;
        struct dec v;
        if (argument_kind(a->in, i) == CELL_NUMBER) {
            for (size_t b = 0; b < a->p.bounds; b++)
                k += a->in->units[i] >= bound[b];
        } else if (cell_decimal(a->in, i, a->p.missing, &to->seen, &v, &decimals)) {
            k = band_of(&a->p, v);
        } else {
            continue;
        }
        to->seen++;
        to->count[k]++;
    }
    return true;
}

static bool fold(const struct accumulator *a, struct store *s, void *into, const void *from)
{
    (void)s;
    struct bands *to = into;
    const struct bands *more = from;
    for (size_t k = 0; k <= a->p.bounds; k++)
        to->count[k] += more->count[k];
    return seen_join(&to->seen, more->seen);
}

static void save(const struct accumulator *a, const void *state, struct buf *b)
{
    const struct bands *s = state;
    for (size_t k = 0; k <= a->p.bounds; k++)
        save_count(b, s->count[k]);
    save_seen(b, s->seen);
}

static bool load(const struct accumulator *a, struct store *s, void *state, struct slice *rest)
{
    (void)s;
    struct bands *to = state;
    for (size_t k = 0; k <= a->p.bounds; k++)
        if (!load_count(rest, &to->count[k]))
            return false;
    return load_seen(rest, &to->seen);
}

/* The counts from the lowest band on, commas between. */
static struct outcome outcome(const struct accumulator *a, const struct parameters *p, const void *state,
                              struct arena *scratch)
{
    (void)p;
    const struct bands *s = state;
    struct buf text = {0};
    for (size_t k = 0; k <= a->p.bounds; k++) {
        if (k)
            buf_char(&text, ',');
        dec_print(&text, (struct dec){s->count[k], 0});
    }
    struct outcome out = {.kind = VALUE_RAW, .text = {arena_copy(scratch, buf_view(&text)), text.n}};
    buf_free(&text);
    return out;
}

const struct operation operation_bands = {sizeof(struct bands), BAG_NONE, update, fold, save, load, outcome};
