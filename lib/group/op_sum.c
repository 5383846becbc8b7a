/* SPDX-License-Identifier: MIT
 * op_sum: decimals summed. A state keeps its units at the scale last met, so that the usual value is added
 * as it is. */
#include "lib/group/operation.h"

/* A row that is not the usual one: missing, wide, written otherwise than the state's values so far. */
static __attribute__((noinline)) bool take(const struct accumulator *a, size_t i, struct number *to)
{
    const struct argument *in = a->in;
    unsigned decimals;
    struct dec v;
    if (argument_kind(in, i) == CELL_NUMBER && to->seen == 0) {
        to->units = in->units[i];
        to->seen = seen_form(in->scale, argument_decimals(in, i)) + 1;
        return true;
    }
    if (argument_kind(in, i) != CELL_NUMBER || seen_scale(to->seen) != in->scale)
        return !cell_decimal(in, i, a->p.missing, &to->seen, &v, &decimals) || number_add(to, v, decimals, 1);
    decimals = argument_decimals(in, i);
    if (decimals > seen_decimals(to->seen))
        seen_set_form(&to->seen, in->scale, decimals);
    to->seen++;
    return !__builtin_add_overflow(to->units, in->units[i], &to->units);
}

/* Rows written alike, into states that saw only such rows, need no more than an addition. */
static bool update(const struct accumulator *a, struct store *s, const struct chunk *c, size_t *bad)
{
    (void)s;
    const struct argument *in = a->in;
    seen form = seen_form(in->scale, in->scale);
    bool good = true;
    size_t i = 0;
    for (; i < c->n && good; i++) {
        struct number *to = (struct number *)(void *)(c->record[i] + a->offset);
        if (in->uniform && seen_has_form(to->seen, form)) {
            to->seen++;
            good = !__builtin_add_overflow(to->units, in->units[i], &to->units);
        } else {
            good = take(a, i, to);
        }
    }
    *bad = i - 1;
    return good;
}

static bool fold(const struct accumulator *a, struct store *s, void *into, const void *from)
{
    (void)a, (void)s;
    struct number *to = into;
    const struct number *more = from;
    bool good = seen_join(&to->seen, more->seen);
    return good &&
           (seen_count(more->seen) == 0 || number_add(to, number_dec(more), seen_decimals(more->seen), 0));
}

static void save(const struct accumulator *a, const void *state, struct buf *b)
{
    (void)a;
    number_save(state, b);
}

static bool load(const struct accumulator *a, struct store *s, void *state, struct slice *rest)
{
    (void)a, (void)s;
    return number_load(state, rest);
}

/* The sum of nothing is 0. */
static struct outcome outcome(const struct accumulator *a, const struct parameters *p, const void *state,
                              struct arena *scratch)
{
    (void)p, (void)scratch;
    const struct number *s = state;
    struct outcome out = number_outcome(a, s);
    if (seen_count(s->seen) == 0 && seen_gaps(s->seen) == 0)
        out.kind = VALUE_NUM;
    return out;
}

struct outcome outcome_of_mean(const struct accumulator *a, const struct parameters *p, const void *state,
                               struct arena *scratch)
{
    (void)p, (void)scratch;
    const struct number *s = state;
    struct outcome out = number_outcome(a, s);
    out.is_ratio = true;
    if (out.kind == VALUE_NUM) /* 10^18 times 2^48 is below 2^127 */
        (void)rat_make(s->units, dec_pow10(seen_scale(s->seen)) * (i128)seen_count(s->seen), &out.ratio);
    return out;
}

const struct operation operation_sum = {sizeof(struct number), BAG_NONE, update, fold, save, load, outcome};
