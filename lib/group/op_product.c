/* SPDX-License-Identifier: MIT
 * op_product: the sum of products x w, and of the w beside it: weighted sums and means. */
#include "lib/group/operation.h"

struct product {
    struct number sum;    /* of x w; what was seen are rows with both */
    struct number weight; /* of w */
};

static bool multiply(struct dec x, struct dec w, struct dec *product)
{
    if (x.scale + w.scale > DEC_MAX_SCALE) {
        x = dec_shortest(x);
        w = dec_shortest(w);
    }
    product->scale = x.scale + w.scale;
    return product->scale <= DEC_MAX_SCALE && !__builtin_mul_overflow(x.units, w.units, &product->units);
}

/* A missing part makes the pair missing, \- before empty, as in an expression; with missing=zero an empty
 * part is a zero. */
static bool take(const struct accumulator *a, size_t i, struct product *to)
{
    struct dec x, w, product;
    unsigned x_decimals, w_decimals;
    seen gaps = 0;
    bool has_x = cell_decimal(a->in, i, a->p.missing, &gaps, &x, &x_decimals);
    bool has_w = cell_decimal(a->by, i, a->p.missing, &gaps, &w, &w_decimals);
    if (!has_x || !has_w) {
        bool na = seen_gaps(gaps) >> 1;
        if (seen_gaps(gaps))
            seen_missing(&to->sum.seen, na ? CELL_NA : CELL_EMPTY);
        return true;
    }
    unsigned decimals = x_decimals + w_decimals;
    return multiply(x, w, &product) &&
           number_add(&to->sum, product, decimals < DEC_MAX_SCALE ? decimals : DEC_MAX_SCALE, 1) &&
           number_add(&to->weight, w, w_decimals, 1);
}

static bool update(const struct accumulator *a, struct store *s, const struct chunk *c, size_t *bad)
{
    (void)s;
    const struct argument *x = a->in, *w = a->by;
    seen form = seen_form(x->scale + w->scale, x->scale + w->scale), of_w = seen_form(w->scale, w->scale);
    for (size_t i = 0; i < c->n; i++) {
        struct product *to = (struct product *)(void *)(c->record[i] + a->offset);
        *bad = i;
        if (x->uniform && w->uniform && seen_has_form(to->sum.seen, form) &&
            seen_has_form(to->weight.seen, of_w)) {
            if (__builtin_add_overflow(to->sum.units, (i128)x->units[i] * w->units[i], &to->sum.units) ||
                __builtin_add_overflow(to->weight.units, w->units[i], &to->weight.units))
                return false;
            to->sum.seen++;
            to->weight.seen++;
        } else if (!take(a, i, to)) {
            return false;
        }
    }
    return true;
}

static bool fold(const struct accumulator *a, struct store *s, void *into, const void *from)
{
    (void)a, (void)s;
    struct product *to = into;
    const struct product *more = from;
    return number_fold(&to->sum, &more->sum) && number_fold(&to->weight, &more->weight);
}

static void save(const struct accumulator *a, const void *state, struct buf *b)
{
    (void)a;
    const struct product *s = state;
    number_save(&s->sum, b);
    number_save(&s->weight, b);
}

static bool load(const struct accumulator *a, struct store *s, void *state, struct slice *rest)
{
    (void)a, (void)s;
    struct product *to = state;
    return number_load(&to->sum, rest) && number_load(&to->weight, rest);
}

static struct outcome outcome(const struct accumulator *a, const struct parameters *p, const void *state,
                              struct arena *scratch)
{
    (void)p, (void)scratch;
    const struct product *s = state;
    struct outcome out = number_outcome(a, &s->sum);
    if (seen_count(s->sum.seen) == 0 && seen_gaps(s->sum.seen) == 0)
        out.kind = VALUE_NUM; /* the sum of nothing is 0 */
    return out;
}

struct outcome outcome_of_weighted_mean(const struct accumulator *a, const struct parameters *p,
                                        const void *state, struct arena *scratch)
{
    (void)p, (void)scratch;
    const struct product *s = state;
    struct outcome out = {.kind = seen_kind(a, s->sum.seen), .is_ratio = true};
    struct rat sum, weight;
    if (out.kind == VALUE_NUM && s->weight.units == 0)
        return (struct outcome){.kind = VALUE_NA, .undefined = true};
    if (out.kind == VALUE_NUM)
        out.overflow = !rat_of_dec(number_dec(&s->sum), &sum) ||
                       !rat_of_dec(number_dec(&s->weight), &weight) || !rat_div(sum, weight, &out.ratio);
    return out;
}

const struct operation operation_product = {
    sizeof(struct product), BAG_NONE, update, fold, save, load, outcome};
