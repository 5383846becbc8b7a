/* SPDX-License-Identifier: MIT
 * op_moments: the sum of decimals and of their squares, exact: variances, standard deviations, the index of
 * Herfindahl and Hirschman. With n values, v = n sum(x^2) - sum(x)^2 is n^2 times the variance. */
#include "lib/group/numeral.h"
#include "lib/group/operation.h"
#include "lib/number/natural.h"

enum { SQUARE_LIMBS = 4 };

struct moments {
    i128_near sum;                 /* at the scale in seen */
    uint64_t square[SQUARE_LIMBS]; /* at twice that scale, the lowest limb first */
    seen seen;
};

static struct natural squares(const struct moments *s)
{
    struct natural v = {{0}};
    memcpy(v.limb, s->square, sizeof s->square);
    return v;
}

static bool set_squares(struct moments *s, struct natural v)
{
    memcpy(s->square, v.limb, sizeof s->square);
    for (unsigned i = SQUARE_LIMBS; i < NATURAL_LIMBS; i++)
        if (v.limb[i])
            return false;
    return true;
}

static struct natural magnitude(i128 v)
{
    return natural_of(v < 0 ? -(u128)v : (u128)v);
}

static bool times_ten(struct natural *v, unsigned n)
{
    return natural_multiply(*v, natural_of((u128)dec_pow10(n)), v);
}

static bool raise_scale(struct moments *s, unsigned scale)
{
    struct dec sum = {s->sum, seen_scale(s->seen)};
    struct natural square = squares(s);
    if (!times_ten(&square, 2 * (scale - sum.scale)) || !dec_rescale(&sum, scale) || !set_squares(s, square))
        return false;
    s->sum = sum.units;
    seen_set_form(&s->seen, scale, seen_decimals(s->seen));
    return true;
}

/* Adds a sum and squares at a scale. */
static bool add(struct moments *s, struct dec sum, struct natural square, unsigned decimals)
{
    unsigned scale = seen_scale(s->seen), most = seen_decimals(s->seen);
    if (sum.scale > scale) {
        if (!raise_scale(s, sum.scale))
            return false;
        scale = sum.scale;
    } else if (!times_ten(&square, 2 * (scale - sum.scale)) || !dec_rescale(&sum, scale)) {
        return false;
    }
    seen_set_form(&s->seen, scale, decimals > most ? decimals : most);
    return natural_add(squares(s), square, &square) && set_squares(s, square) &&
           !__builtin_add_overflow(s->sum, sum.units, &s->sum);
}

static bool take(const struct accumulator *a, size_t i, struct moments *to)
{
    struct natural square;
    unsigned decimals;
    struct dec v;
    if (!cell_decimal(a->in, i, a->p.missing, &to->seen, &v, &decimals))
        return true;
    to->seen++;
    return natural_multiply(magnitude(v.units), magnitude(v.units), &square) && add(to, v, square, decimals);
}

/* The usual value: below 2^126 squared, it can only leave the limbs after 2^130 of them. */
static inline bool add_units(struct moments *to, int64_t units)
{
    u128 square = (u128)((i128)units * units), t = (u128)to->square[0] + (uint64_t)square;
    to->square[0] = (uint64_t)t;
    t = (t >> 64) + to->square[1] + (uint64_t)(square >> 64);
    to->square[1] = (uint64_t)t;
    for (unsigned i = 2; i < SQUARE_LIMBS; i++) {
        t = (t >> 64) + to->square[i];
        to->square[i] = (uint64_t)t;
    }
    to->seen++;
    return !__builtin_add_overflow(to->sum, units, &to->sum);
}

static bool update(const struct accumulator *a, struct store *s, const struct chunk *c, size_t *bad)
{
    (void)s;
    seen form = seen_form(a->in->scale, a->in->scale);
    for (size_t i = 0; i < c->n; i++) {
        struct moments *to = (struct moments *)(void *)(c->record[i] + a->offset);
        bool usual = a->in->uniform && seen_has_form(to->seen, form);
        *bad = i;
        if (!(usual ? add_units(to, a->in->units[i]) : take(a, i, to)))
            return false;
    }
    return true;
}

static bool fold(const struct accumulator *a, struct store *s, void *into, const void *from)
{
    (void)a, (void)s;
    struct moments *to = into;
    const struct moments *m = from;
    return seen_join(&to->seen, m->seen) &&
           (seen_count(m->seen) == 0 ||
            add(to, (struct dec){m->sum, seen_scale(m->seen)}, squares(m), seen_decimals(m->seen)));
}

/* The same at the scale of the most decimals written: a scale above it is no more than zeros. */
static struct moments shortest(const struct moments *s)
{
    struct moments m = *s;
    unsigned scale = seen_scale(s->seen), decimals = seen_decimals(s->seen);
    struct natural rest;
    m.sum /= dec_pow10(scale - decimals);
    (void)set_squares(&m,
                      natural_divide(squares(s), natural_of((u128)dec_pow10(2 * (scale - decimals))), &rest));
    seen_set_form(&m.seen, decimals, decimals);
    return m;
}

static void save(const struct accumulator *a, const void *state, struct buf *b)
{
    (void)a;
    struct moments m = shortest(state);
    buf_char(b, '\t');
    dec_print(b, (struct dec){m.sum, seen_scale(m.seen)});
    buf_char(b, '\t');
    natural_print(b, squares(&m));
    save_seen(b, m.seen);
}

static bool load(const struct accumulator *a, struct store *s, void *state, struct slice *rest)
{
    (void)a, (void)s;
    struct moments *m = state;
    struct natural square;
    struct dec sum;
    if (!number_parse(take_field(rest), &sum) || !natural_parse(take_field(rest), &square) ||
        !load_seen(rest, &m->seen) || !set_squares(m, square))
        return false;
    m->sum = sum.units;
    seen_set_form(&m->seen, sum.scale, sum.scale);
    return true;
}

/* --- what is made of them --- */

/* n sum(x^2) - sum(x)^2, in units of 10^(-2 scale). */
static bool spread(const struct moments *m, struct natural *v)
{
    struct natural left, right;
    if (!natural_multiply(squares(m), natural_of(seen_count(m->seen)), &left) ||
        !natural_multiply(magnitude(m->sum), magnitude(m->sum), &right))
        return false;
    *v = natural_subtract(left, right); /* never below 0 (Cauchy and Schwarz) */
    return true;
}

/* The variance as num / den. *out says what there is to say when it has no value. */
static bool variance(const struct accumulator *a, const struct moments *state, bool sample,
                     struct natural *num, struct natural *den, struct outcome *out)
{
    struct moments m = shortest(state);
    uint64_t n = seen_count(m.seen), less = sample ? n - 1 : n;
    *out = (struct outcome){.kind = seen_kind(a, m.seen)};
    if (out->kind == VALUE_NUM && less == 0)
        *out = (struct outcome){.kind = VALUE_NA, .undefined = true};
    if (out->kind != VALUE_NUM)
        return false;
    *den = natural_of((u128)n * less);
    out->overflow = !spread(&m, num) || !times_ten(den, 2 * seen_scale(m.seen));
    return !out->overflow;
}

static struct outcome outcome_of_variance(const struct accumulator *a, const void *state, bool sample)
{
    struct natural num, den;
    struct outcome out;
    if (variance(a, state, sample, &num, &den, &out)) {
        out.is_ratio = true;
        out.overflow = !natural_fraction(num, den, &out.ratio);
    }
    return out;
}

static struct outcome outcome_of_deviation(const struct accumulator *a, unsigned digits, const void *state,
                                           bool sample)
{
    struct natural num, den;
    struct outcome out;
    if (variance(a, state, sample, &num, &den, &out))
        out.overflow = !natural_ratio_root(num, den, digits, &out.decimal);
    return out;
}

struct outcome outcome_of_var_pop(const struct accumulator *a, const struct parameters *p, const void *state,
                                  struct arena *scratch)
{
    (void)p, (void)scratch;
    return outcome_of_variance(a, state, false);
}

struct outcome outcome_of_var_samp(const struct accumulator *a, const struct parameters *p, const void *state,
                                   struct arena *scratch)
{
    (void)p, (void)scratch;
    return outcome_of_variance(a, state, true);
}

struct outcome outcome_of_stddev_pop(const struct accumulator *a, const struct parameters *p,
                                     const void *state, struct arena *scratch)
{
    (void)scratch;
    return outcome_of_deviation(a, p->digits, state, false);
}

struct outcome outcome_of_stddev_samp(const struct accumulator *a, const struct parameters *p,
                                      const void *state, struct arena *scratch)
{
    (void)scratch;
    return outcome_of_deviation(a, p->digits, state, true);
}

/* sum(x^2) / sum(x)^2. */
struct outcome outcome_of_hhi(const struct accumulator *a, const struct parameters *p, const void *state,
                              struct arena *scratch)
{
    (void)p, (void)scratch;
    struct moments m = shortest(state);
    struct outcome out = {.kind = seen_kind(a, m.seen), .is_ratio = true};
    struct natural den;
    if (out.kind == VALUE_NUM && m.sum == 0)
        return (struct outcome){.kind = VALUE_NA, .undefined = true};
    if (out.kind == VALUE_NUM)
        out.overflow = !natural_multiply(magnitude(m.sum), magnitude(m.sum), &den) ||
                       !natural_fraction(squares(&m), den, &out.ratio);
    return out;
}

const struct operation operation_moments = {sizeof(struct moments), BAG_NONE, update, fold, save, load, NULL};
