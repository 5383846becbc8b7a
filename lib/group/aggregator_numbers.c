/* SPDX-License-Identifier: MIT
 * aggregator_numbers: rows counted; decimals summed, the least and the greatest of them. A state keeps its
 * units at the scale last met, so that the usual value is added as it is. */
#include "lib/group/aggregator_parts.h"

struct number_state {
    i128 units;
    uint64_t count;   /* values */
    uint8_t scale;    /* of units */
    uint8_t decimals; /* shown: the most written of all summed, or of the values equal to the extreme */
    uint8_t saw;
};

static struct dec dec_of(const struct number_state *s)
{
    return (struct dec){s->units, s->scale};
}

/* --- count --- */

static bool update_rows(struct accumulator *a, const struct states *s, const struct grouped_rows *rows,
                        uint64_t first, size_t *bad)
{
    (void)first, (void)bad;
    for (size_t i = 0; i < rows->n; i++)
        *(uint64_t *)state_at(s, rows->group[i], a->offset) += !a->in || a->in->kind[i] == CELL_TEXT;
    return true;
}

static bool fold_rows(struct accumulator *a, const struct states *s, const int64_t *into, uint32_t n)
{
    for (uint32_t g = 0; g < n; g++)
        if (into[g] != FOLD_NOWHERE)
            *(uint64_t *)state_at(s, (uint32_t)into[g], a->offset) += *(uint64_t *)state_at(s, g, a->offset);
    return true;
}

static struct outcome outcome_of_rows(const struct accumulator *a, const void *state)
{
    (void)a;
    return (struct outcome){.kind = VALUE_NUM, .decimal = {*(const uint64_t *)state, 0}};
}

/* --- what sums and extremes share --- */

/* The cell as a decimal with the decimals it was written with; false when there is none, which the state
 * notes. */
static bool take_cell(const struct accumulator *a, size_t i, struct number_state *s, struct dec *v,
                      unsigned *decimals)
{
    const struct argument *in = a->in;
    *v = (struct dec){0, 0};
    *decimals = 0;
    switch (in->kind[i]) {
    case CELL_NUMBER:
        *v = (struct dec){in->units[i], in->scale};
        *decimals = in->decimals[i];
        return true;
    case CELL_WIDE:
        *v = in->wide[i];
        *decimals = v->scale;
        return true;
    case CELL_EMPTY:
        s->saw |= SAW_EMPTY;
        return a->missing == MISSING_ZERO;
    case CELL_NA:
        s->saw |= SAW_NA;
        return false;
    default:
        return false;
    }
}

static struct outcome outcome_of_number(const struct accumulator *a, const void *state)
{
    const struct number_state *s = state;
    struct outcome out = {.kind = outcome_kind(a->missing, s->saw, s->count > 0), .decimal = dec_of(s)};
    (void)dec_rescale(&out.decimal, s->decimals); /* drops only zeros that the scale had added */
    return out;
}

typedef bool join_number(struct number_state *s, struct dec v, uint64_t count, unsigned decimals);

static bool fold_numbers(struct accumulator *a, const struct states *s, const int64_t *into, uint32_t n,
                         join_number *join)
{
    for (uint32_t g = 0; g < n; g++) {
        if (into[g] == FOLD_NOWHERE)
            continue;
        const struct number_state *from = state_at(s, g, a->offset);
        struct number_state *to = state_at(s, (uint32_t)into[g], a->offset);
        to->saw |= from->saw;
        if (from->count && !join(to, dec_of(from), from->count, from->decimals))
            return false;
    }
    return true;
}

/* --- sum --- */

static bool join_sum(struct number_state *s, struct dec v, uint64_t count, unsigned decimals)
{
    struct dec sum;
    if (!dec_add(dec_of(s), v, &sum))
        return false;
    s->units = sum.units;
    s->scale = (uint8_t)sum.scale;
    s->count += count;
    if (decimals > s->decimals)
        s->decimals = (uint8_t)decimals;
    return true;
}

static bool update_sum(struct accumulator *a, const struct states *s, const struct grouped_rows *rows,
                       uint64_t first, size_t *bad)
{
    (void)first;
    const struct argument *in = a->in;
    for (size_t i = 0; i < rows->n; i++) {
        struct number_state *to = state_at(s, rows->group[i], a->offset);
        struct dec v;
        unsigned decimals;
        *bad = i;
        if (in->kind[i] == CELL_NUMBER && to->scale == in->scale) {
            if (__builtin_add_overflow(to->units, in->units[i], &to->units))
                return false;
            to->count++;
            to->decimals = in->decimals[i] > to->decimals ? in->decimals[i] : to->decimals;
        } else if (take_cell(a, i, to, &v, &decimals) && !join_sum(to, v, 1, decimals)) {
            return false;
        }
    }
    return true;
}

static bool fold_sum(struct accumulator *a, const struct states *s, const int64_t *into, uint32_t n)
{
    return fold_numbers(a, s, into, n, join_sum);
}

/* The sum of nothing is 0. */
static struct outcome outcome_of_sum(const struct accumulator *a, const void *state)
{
    struct outcome out = outcome_of_number(a, state);
    const struct number_state *s = state;
    if (s->count == 0 && s->saw == 0)
        out.kind = VALUE_NUM;
    return out;
}

struct outcome outcome_of_mean(const struct accumulator *a, const void *state)
{
    struct outcome out = outcome_of_number(a, state);
    const struct number_state *s = state;
    out.is_ratio = true;
    if (out.kind == VALUE_NUM) /* 10^18 times 2^64 is below 2^127 */
        (void)rat_make(s->units, dec_pow10(s->scale) * s->count, &out.ratio);
    return out;
}

/* --- min and max --- */

static inline bool join_extreme(struct number_state *s, struct dec v, uint64_t count, unsigned decimals,
                                int sign)
{
    int c = s->count == 0 ? 1 : sign * dec_compare(v, dec_of(s));
    if (c > 0) {
        s->units = v.units;
        s->scale = (uint8_t)v.scale;
        s->decimals = (uint8_t)decimals;
    } else if (c == 0 && decimals > s->decimals) {
        /* Equal values written differently: the longer stands, whichever came first. */
        s->decimals = (uint8_t)decimals;
        if (s->scale < v.scale) {
            s->units = v.units;
            s->scale = (uint8_t)v.scale;
        }
    }
    s->count += count;
    return true;
}

static inline bool update_extreme(struct accumulator *a, const struct states *s,
                                  const struct grouped_rows *rows, int sign)
{
    const struct argument *in = a->in;
    for (size_t i = 0; i < rows->n; i++) {
        struct number_state *to = state_at(s, rows->group[i], a->offset);
        struct dec v;
        unsigned decimals;
        if (in->kind[i] == CELL_NUMBER && to->scale == in->scale && to->count) {
            i128 units = in->units[i];
            bool beyond = sign > 0 ? units > to->units : units < to->units;
            to->count++;
            if (beyond || (units == to->units && in->decimals[i] > to->decimals)) {
                to->units = units;
                to->decimals = in->decimals[i];
            }
        } else if (take_cell(a, i, to, &v, &decimals)) {
            join_extreme(to, v, 1, decimals, sign);
        }
    }
    return true;
}

static bool join_min(struct number_state *s, struct dec v, uint64_t count, unsigned decimals)
{
    return join_extreme(s, v, count, decimals, -1);
}

static bool join_max(struct number_state *s, struct dec v, uint64_t count, unsigned decimals)
{
    return join_extreme(s, v, count, decimals, 1);
}

static bool update_min(struct accumulator *a, const struct states *s, const struct grouped_rows *rows,
                       uint64_t first, size_t *bad)
{
    (void)first, (void)bad;
    return update_extreme(a, s, rows, -1);
}

static bool update_max(struct accumulator *a, const struct states *s, const struct grouped_rows *rows,
                       uint64_t first, size_t *bad)
{
    (void)first, (void)bad;
    return update_extreme(a, s, rows, 1);
}

static bool fold_min(struct accumulator *a, const struct states *s, const int64_t *into, uint32_t n)
{
    return fold_numbers(a, s, into, n, join_min);
}

static bool fold_max(struct accumulator *a, const struct states *s, const int64_t *into, uint32_t n)
{
    return fold_numbers(a, s, into, n, join_max);
}

enum { NUMBER = sizeof(struct number_state), NUMBER_ALIGN = _Alignof(struct number_state) };

const struct operation operation_rows = {sizeof(uint64_t), _Alignof(uint64_t), update_rows, fold_rows, NULL,
                                         outcome_of_rows};
const struct operation operation_sum = {NUMBER, NUMBER_ALIGN, update_sum, fold_sum, NULL, outcome_of_sum};
const struct operation operation_min = {NUMBER, NUMBER_ALIGN, update_min, fold_min, NULL, outcome_of_number};
const struct operation operation_max = {NUMBER, NUMBER_ALIGN, update_max, fold_max, NULL, outcome_of_number};
