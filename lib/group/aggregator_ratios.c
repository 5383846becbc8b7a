/* SPDX-License-Identifier: MIT
 * aggregator_ratios: sums and extremes of an argument that need not have a finite decimal, such as a / b. */
#include "lib/group/aggregator_parts.h"

struct ratio_state {
    struct rat value; /* while count is 0: nothing */
    uint64_t count;
    uint8_t saw;
};

typedef bool join_ratio(struct ratio_state *s, struct rat v);

static bool join_sum(struct ratio_state *s, struct rat v)
{
    return rat_add(s->value, v, &s->value);
}

static bool join_min(struct ratio_state *s, struct rat v)
{
    if (rat_compare(v, s->value) < 0)
        s->value = v;
    return true;
}

static bool join_max(struct ratio_state *s, struct rat v)
{
    if (rat_compare(v, s->value) > 0)
        s->value = v;
    return true;
}

static bool join(struct ratio_state *s, struct rat v, uint64_t count, join_ratio *how)
{
    bool good = true;
    if (s->count == 0)
        s->value = v;
    else
        good = how(s, v);
    s->count += count;
    return good;
}

static bool update(struct accumulator *a, const struct states *s, const struct grouped_rows *rows,
                   size_t *bad, join_ratio *how)
{
    for (size_t i = 0; i < rows->n; i++) {
        struct ratio_state *to = state_at(s, rows->group[i], a->offset);
        uint8_t kind = a->in->kind[i];
        *bad = i;
        to->saw |= kind == CELL_EMPTY ? SAW_EMPTY : kind == CELL_NA ? SAW_NA : 0;
        if (kind == CELL_RATIO && !join(to, a->in->ratio[i], 1, how))
            return false;
        if (kind == CELL_EMPTY && a->missing == MISSING_ZERO && !join(to, rat_int(0), 1, how))
            return false;
    }
    return true;
}

static bool fold(struct accumulator *a, const struct states *s, const int64_t *into, uint32_t n,
                 join_ratio *how)
{
    for (uint32_t g = 0; g < n; g++) {
        if (into[g] == FOLD_NOWHERE)
            continue;
        const struct ratio_state *from = state_at(s, g, a->offset);
        struct ratio_state *to = state_at(s, (uint32_t)into[g], a->offset);
        to->saw |= from->saw;
        if (from->count && !join(to, from->value, from->count, how))
            return false;
    }
    return true;
}

static struct outcome outcome_of_ratio(const struct accumulator *a, const void *state)
{
    const struct ratio_state *s = state;
    return (struct outcome){
        .kind = outcome_kind(a->missing, s->saw, s->count > 0), .is_ratio = true, .ratio = s->value};
}

static struct outcome outcome_of_ratio_sum(const struct accumulator *a, const void *state)
{
    const struct ratio_state *s = state;
    struct outcome out = outcome_of_ratio(a, state);
    if (s->count == 0 && s->saw == 0) {
        out.kind = VALUE_NUM;
        out.ratio = rat_int(0);
    }
    return out;
}

struct outcome outcome_of_ratio_mean(const struct accumulator *a, const void *state)
{
    const struct ratio_state *s = state;
    struct outcome out = outcome_of_ratio(a, state);
    if (out.kind == VALUE_NUM)
        out.overflow = !rat_div(s->value, rat_int((i128)s->count), &out.ratio);
    return out;
}

#define RATIO_OPERATION(name, how)                                                                           \
    static bool update_##name(struct accumulator *a, const struct states *s,                                 \
                              const struct grouped_rows *rows, uint64_t first, size_t *bad)                  \
    {                                                                                                        \
        (void)first;                                                                                         \
        return update(a, s, rows, bad, how);                                                                 \
    }                                                                                                        \
    static bool fold_##name(struct accumulator *a, const struct states *s, const int64_t *into, uint32_t n)  \
    {                                                                                                        \
        return fold(a, s, into, n, how);                                                                     \
    }

RATIO_OPERATION(sum, join_sum)
RATIO_OPERATION(min, join_min)
RATIO_OPERATION(max, join_max)

enum { RATIO = sizeof(struct ratio_state), RATIO_ALIGN = _Alignof(struct ratio_state) };

const struct operation operation_ratio_sum = {RATIO,    RATIO_ALIGN, update_sum,
                                              fold_sum, NULL,        outcome_of_ratio_sum};
const struct operation operation_ratio_min = {RATIO,    RATIO_ALIGN, update_min,
                                              fold_min, NULL,        outcome_of_ratio};
const struct operation operation_ratio_max = {RATIO,    RATIO_ALIGN, update_max,
                                              fold_max, NULL,        outcome_of_ratio};
