/* SPDX-License-Identifier: MIT
 * sums: see sums.h. */
#include "lib/derive/sums.h"

const char *const SUM_WORDS[3] = {"strict", "skip", "zero"};

static bool add_ratio(struct sum *s, struct rat v)
{
    if (!s->is_ratio && !rat_of_dec(s->decimal, &s->ratio))
        return false;
    s->is_ratio = true;
    return rat_add(s->ratio, v, &s->ratio);
}

static bool add_value(struct sum *s, const struct value *v)
{
    struct dec d;
    struct rat r;
    if (v->decimals > s->decimals)
        s->decimals = (uint8_t)v->decimals;
    if (!rat_make(v->num.num, v->num.den, &r))
        return false;
    if (!s->is_ratio && rat_to_dec(r, &d))
        return dec_add(s->decimal, d, &s->decimal);
    return add_ratio(s, r);
}

/* A value that was not reported may stand for zero. */
static bool add_missing(struct sum *s, bool na, enum sum_missing missing)
{
    s->saw_na = s->saw_na || na;
    s->saw_empty = s->saw_empty || !na;
    s->count += !na && missing == SUM_ZERO;
    return true;
}

bool sum_add(struct sum *s, const struct expr_column *c, size_t i, enum sum_missing missing)
{
    struct dec d;
    struct value v;
    if (c->kind[i] == ROW_EMPTY || c->kind[i] == ROW_NA)
        return add_missing(s, c->kind[i] == ROW_NA, missing);
    if (!s->is_ratio && expr_column_decimal(c, i, &d)) {
        unsigned decimals = c->decimals[c->alike ? 0 : i];
        if (decimals > s->decimals)
            s->decimals = (uint8_t)decimals;
        s->count++;
        return dec_add(s->decimal, d, &s->decimal);
    }
    expr_column_value(c, i, &v);
    if (v.kind != VALUE_NUM)
        return add_missing(s, v.kind == VALUE_NA, missing);
    s->count++;
    return add_value(s, &v);
}

/* VALUE_NUM when there is a value, VALUE_NA when there was nothing to make one of. */
static enum value_kind kind_of(const struct sum *s, enum sum_missing missing)
{
    if (s->saw_empty && (missing == SUM_STRICT || s->count == 0))
        return VALUE_EMPTY;
    return s->count > 0 ? VALUE_NUM : VALUE_NA;
}

void sum_value(const struct sum *s, enum sum_missing missing, struct value *v)
{
    *v = (struct value){.kind = kind_of(s, missing), .decimals = s->decimals, .num = {0, 1}};
    if (s->count == 0 && !s->saw_empty && !s->saw_na)
        v->kind = VALUE_NUM;
    else if (v->kind == VALUE_NUM)
        v->num = s->is_ratio ? s->ratio : (struct rat){s->decimal.units, dec_pow10(s->decimal.scale)};
}

bool sum_mean(const struct sum *s, enum sum_missing missing, struct value *v)
{
    sum_value(s, missing, v);
    v->kind = kind_of(s, missing);
    v->decimals = 0;
    return v->kind != VALUE_NUM ||
           (rat_make(v->num.num, v->num.den, &v->num) && rat_div(v->num, rat_int((i128)s->count), &v->num));
}
