/* SPDX-License-Identifier: MIT
 * op_extreme: the least and the greatest of decimals. Of equal values written differently the longest
 * stands, whichever came first. Of what was seen the count only says whether there was a value, so that most
 * rows change nothing. */
#include "lib/group/operation.h"

static inline void join(struct number *s, struct dec v, unsigned decimals, int sign)
{
    int c = seen_count(s->seen) == 0 ? 1 : sign * dec_compare(v, number_dec(s));
    unsigned most = seen_decimals(s->seen);
    if (c > 0 || (c == 0 && decimals > most && v.scale > seen_scale(s->seen))) {
        s->units = v.units;
        seen_set_form(&s->seen, v.scale, decimals);
    } else if (c == 0 && decimals > most) {
        seen_set_form(&s->seen, seen_scale(s->seen), decimals);
    }
}

/* A row that is not the usual one: missing, wide, written otherwise than the state's value. */
static __attribute__((noinline)) void take(const struct accumulator *a, size_t i, struct number *to, int sign)
{
    const struct argument *in = a->in;
    unsigned decimals;
    struct dec v;
    if (argument_kind(in, i) != CELL_NUMBER || seen_scale(to->seen) != in->scale ||
        seen_count(to->seen) == 0) {
        if (!cell_decimal(in, i, a->p.missing, &to->seen, &v, &decimals))
            return;
        join(to, v, decimals, sign);
    } else {
        i128 units = in->units[i];
        decimals = argument_decimals(in, i);
        if ((sign > 0 ? units > to->units : units < to->units) ||
            (units == to->units && decimals > seen_decimals(to->seen))) {
            to->units = units;
            seen_set_form(&to->seen, in->scale, decimals);
        }
    }
    to->seen |= 1;
}

static inline bool update(const struct accumulator *a, const struct chunk *c, int sign)
{
    const struct argument *in = a->in;
    seen usual = seen_form(in->scale, in->scale) | 1, gaps = (seen)3 << SEEN_EMPTY;
    for (size_t i = 0; i < c->n; i++) {
        struct number *to = (struct number *)(void *)(c->record[i] + a->offset);
        if (in->uniform && (to->seen & ~gaps) == usual) {
            i128 units = in->units[i];
            if (sign > 0 ? units > to->units : units < to->units)
                to->units = units;
        } else {
            take(a, i, to, sign);
        }
    }
    return true;
}

static bool update_min(const struct accumulator *a, struct store *s, const struct chunk *c, size_t *bad)
{
    (void)s, (void)bad;
    return update(a, c, -1);
}

static bool update_max(const struct accumulator *a, struct store *s, const struct chunk *c, size_t *bad)
{
    (void)s, (void)bad;
    return update(a, c, 1);
}

static bool fold(struct number *to, const struct number *from, int sign)
{
    if (seen_count(from->seen))
        join(to, number_dec(from), seen_decimals(from->seen), sign);
    to->seen |= from->seen & ((seen)3 << SEEN_EMPTY | 1);
    return true;
}

static bool fold_min(const struct accumulator *a, struct store *s, void *into, const void *from)
{
    (void)a, (void)s;
    return fold(into, from, -1);
}

static bool fold_max(const struct accumulator *a, struct store *s, void *into, const void *from)
{
    (void)a, (void)s;
    return fold(into, from, 1);
}

static void save(const struct accumulator *a, const void *state, struct buf *b)
{
    (void)a;
    number_save(state, b);
}

static bool load(const struct accumulator *a, struct store *s, void *state, struct slice *rest)
{
    (void)a, (void)s;
    return number_load(state, rest) && seen_count(((struct number *)state)->seen) <= 1;
}

static struct outcome outcome(const struct accumulator *a, const struct parameters *p, const void *state,
                              struct arena *scratch)
{
    (void)p, (void)scratch;
    return number_outcome(a, state);
}

const struct operation operation_min = {
    sizeof(struct number), BAG_NONE, update_min, fold_min, save, load, outcome};
const struct operation operation_max = {
    sizeof(struct number), BAG_NONE, update_max, fold_max, save, load, outcome};
