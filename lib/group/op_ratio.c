/* SPDX-License-Identifier: MIT
 * op_ratio: sums and extremes of an argument that need not have a finite decimal, such as a / b. */
#include "lib/group/numeral.h"
#include "lib/group/operation.h"

struct ratio {
    i128_near num, den; /* while nothing was seen, den is 0 */
    seen seen;
};

typedef bool join_ratio(struct rat have, struct rat v, struct rat *out);

static bool join_sum(struct rat have, struct rat v, struct rat *out)
{
    return rat_add(have, v, out);
}

static bool join_min(struct rat have, struct rat v, struct rat *out)
{
    *out = rat_compare(v, have) < 0 ? v : have;
    return true;
}

static bool join_max(struct rat have, struct rat v, struct rat *out)
{
    *out = rat_compare(v, have) > 0 ? v : have;
    return true;
}

static bool join(struct ratio *s, struct rat v, join_ratio *how)
{
    struct rat r = v;
    if (s->den && !how((struct rat){s->num, s->den}, v, &r))
        return false;
    s->num = r.num;
    s->den = r.den;
    return true;
}

static bool update(const struct accumulator *a, const struct chunk *c, size_t *bad, join_ratio *how)
{
    for (size_t i = 0; i < c->n; i++) {
        struct ratio *to = (struct ratio *)(void *)(c->record[i] + a->offset);
        uint8_t kind = a->in->kind[i];
        bool zero = kind == CELL_EMPTY && a->p.missing == MISSING_ZERO;
        *bad = i;
        if (kind != CELL_RATIO)
            seen_missing(&to->seen, kind);
        if (kind == CELL_RATIO || zero) {
            to->seen++;
            if (!join(to, zero ? rat_int(0) : a->in->ratio[i], how))
                return false;
        }
    }
    return true;
}

static bool fold(struct ratio *to, const struct ratio *from, join_ratio *how)
{
    return seen_join(&to->seen, from->seen) &&
           (from->den == 0 || join(to, (struct rat){from->num, from->den}, how));
}

static void save(const struct accumulator *a, const void *state, struct buf *b)
{
    (void)a;
    const struct ratio *s = state;
    buf_char(b, '\t');
    dec_print(b, (struct dec){s->num, 0});
    buf_char(b, '/');
    dec_print(b, (struct dec){s->den, 0});
    save_seen(b, s->seen);
}

static bool load(const struct accumulator *a, struct store *s, void *state, struct slice *rest)
{
    (void)a, (void)s;
    struct ratio *to = state;
    struct slice f = take_field(rest);
    const char *slash = f.n ? memchr(f.p, '/', f.n) : NULL;
    struct dec num, den;
    if (!slash || !number_parse((struct slice){f.p, (size_t)(slash - f.p)}, &num) ||
        !number_parse((struct slice){slash + 1, (size_t)(f.p + f.n - slash - 1)}, &den) || num.scale ||
        den.scale || den.units < 0)
        return false;
    to->num = num.units;
    to->den = den.units;
    return load_seen(rest, &to->seen) && (den.units > 0) == (seen_count(to->seen) > 0);
}

static struct outcome outcome(const struct accumulator *a, const struct parameters *p, const void *state,
                              struct arena *scratch)
{
    (void)p, (void)scratch;
    const struct ratio *s = state;
    return (struct outcome){.kind = seen_kind(a, s->seen), .is_ratio = true, .ratio = {s->num, s->den}};
}

static struct outcome outcome_of_sum(const struct accumulator *a, const struct parameters *p,
                                     const void *state, struct arena *scratch)
{
    (void)p, (void)scratch;
    const struct ratio *s = state;
    struct outcome out = outcome(a, p, state, scratch);
    if (seen_count(s->seen) == 0 && seen_gaps(s->seen) == 0)
        out = (struct outcome){.kind = VALUE_NUM, .is_ratio = true, .ratio = rat_int(0)};
    return out;
}

struct outcome outcome_of_ratio_mean(const struct accumulator *a, const struct parameters *p,
                                     const void *state, struct arena *scratch)
{
    const struct ratio *s = state;
    struct outcome out = outcome(a, p, state, scratch);
    if (out.kind == VALUE_NUM)
        out.overflow = !rat_div(out.ratio, rat_int((i128)seen_count(s->seen)), &out.ratio);
    return out;
}

#define RATIO_OPERATION(name, how, outcome)                                                                  \
    static bool update_##name(const struct accumulator *a, struct store *s, const struct chunk *c,           \
                              size_t *bad)                                                                   \
    {                                                                                                        \
        (void)s;                                                                                             \
        return update(a, c, bad, how);                                                                       \
    }                                                                                                        \
    static bool fold_##name(const struct accumulator *a, struct store *s, void *into, const void *from)      \
    {                                                                                                        \
        (void)a, (void)s;                                                                                    \
        return fold(into, from, how);                                                                        \
    }                                                                                                        \
    const struct operation operation_ratio_##name = {                                                        \
        sizeof(struct ratio), BAG_NONE, update_##name, fold_##name, save, load, outcome};

RATIO_OPERATION(sum, join_sum, outcome_of_sum)
RATIO_OPERATION(min, join_min, outcome)
RATIO_OPERATION(max, join_max, outcome)
