/* SPDX-License-Identifier: MIT
 * expr_value: values: fields brought to a type, arithmetic that puts off cancelling, printing. */
#include "lib/expr/expr_internal.h"

/* The ordinary path of + on money: equal or dividing denominators, no gcd. */
static bool add_small(struct rat a, struct rat b, struct rat *out)
{
    i128 num;
    if (a.den == b.den) {
        if (__builtin_add_overflow(a.num, b.num, &num))
            return false;
        *out = (struct rat){num, a.den};
        return true;
    }
    if (a.den > b.den) {
        struct rat t = a;
        a = b;
        b = t;
    }
    if (b.den > INT64_MAX || (uint64_t)b.den % (uint64_t)a.den != 0)
        return false;
    i128 factor = (i128)((uint64_t)b.den / (uint64_t)a.den);
    if (__builtin_mul_overflow(a.num, factor, &num) || __builtin_add_overflow(num, b.num, &num))
        return false;
    *out = (struct rat){num, b.den};
    return true;
}

bool loose_add(struct rat a, struct rat b, struct rat *out)
{
    return add_small(a, b, out) ||
           (rat_make(a.num, a.den, &a) && rat_make(b.num, b.den, &b) && rat_add(a, b, out));
}

bool loose_subtract(struct rat a, struct rat b, struct rat *out)
{
    return rat_neg(b, &b) && loose_add(a, b, out);
}

bool loose_multiply(struct rat a, struct rat b, struct rat *out)
{
    i128 num, den;
    if (!__builtin_mul_overflow(a.num, b.num, &num) && !__builtin_mul_overflow(a.den, b.den, &den)) {
        *out = (struct rat){num, den};
        return true;
    }
    return rat_make(a.num, a.den, &a) && rat_make(b.num, b.den, &b) && rat_mul(a, b, out);
}

bool loose_divide(struct rat a, struct rat b, struct rat *out)
{
    struct rat inverse = b.num < 0 ? (struct rat){-b.den, -b.num} : (struct rat){b.den, b.num};
    if (a.den == b.den) {
        a.den = 1;
        inverse.num = b.num < 0 ? -1 : 1;
    }
    return loose_multiply(a, inverse, out);
}

static bool convert_number(struct run *r, const char *column, struct value *v)
{
    struct dec d;
    enum dec_error error = dec_parse(v->text, &d);
    if (error == DEC_OK) {
        v->kind = VALUE_NUM;
        v->num = (struct rat){d.units, dec_pow10(d.scale)};
        v->decimals = d.scale;
        return true;
    }
    struct quoted q = diag_quote(v->text);
    if (error == DEC_TOO_LONG)
        return run_failed(r, column, "more than %d decimals or %d digits: %s", DEC_MAX_SCALE, DEC_MAX_DIGITS,
                          q.s);
    return run_failed(r, column, "not a decimal: %s", q.s);
}

bool value_convert(struct run *r, const char *column, enum expr_type type, struct value *v)
{
    if (v->kind == VALUE_RAW && field_is_empty(v->text))
        v->kind = VALUE_EMPTY;
    else if (v->kind == VALUE_RAW && field_is_na(v->text))
        v->kind = VALUE_NA;
    if (type == EXPR_BOOL && v->kind == VALUE_NA)
        v->kind = VALUE_EMPTY;
    if (v->kind != VALUE_RAW || type == EXPR_ANY)
        return true;
    if (type == EXPR_NUM)
        return convert_number(r, column, v);
    if (type == EXPR_TEXT || type == EXPR_DATE) {
        v->kind = VALUE_TEXT;
        return true;
    }
    if (v->text.n != 1 || (*v->text.p != '0' && *v->text.p != '1'))
        return run_failed(r, column, "not a truth value, 0 or 1: %s", diag_quote(v->text).s);
    v->kind = VALUE_BOOL;
    v->truth = *v->text.p == '1';
    return true;
}

/* With at least v->decimals decimals; the zeros are appended as text, so that they cannot overflow. */
static bool print_number(struct buf *b, const struct value *v)
{
    unsigned decimals = v->decimals <= DEC_MAX_SCALE ? v->decimals : DEC_MAX_SCALE;
    struct dec d;
    i128 power = dec_pow10(decimals);
    bool divides = v->num.den <= power && (uint64_t)power % (uint64_t)v->num.den == 0;
    if (divides &&
        !__builtin_mul_overflow(v->num.num, (i128)((uint64_t)power / (uint64_t)v->num.den), &d.units)) {
        d.scale = decimals;
        dec_print(b, d);
        return true;
    }
    if (!rat_to_dec(v->num, &d))
        return false;
    dec_print(b, d);
    if (d.scale == 0 && decimals > 0)
        buf_char(b, '.');
    for (unsigned i = d.scale; i < decimals; i++)
        buf_char(b, '0');
    return true;
}

bool value_print(struct buf *b, const struct value *v)
{
    switch (v->kind) {
    case VALUE_EMPTY:
        return true;
    case VALUE_NA:
        buf_text(b, "\\-");
        return true;
    case VALUE_NUM:
        return print_number(b, v);
    case VALUE_BOOL:
        buf_char(b, v->truth ? '1' : '0');
        return true;
    case VALUE_RAW:
        if (!field_is_empty(v->text))
            buf_slice(b, v->text);
        return true;
    case VALUE_TEXT:
        buf_slice(b, v->text);
        return true;
    }
    return false;
}

bool value_settle(struct value *v)
{
    struct dec d;
    if (v->kind == VALUE_TEXT && v->text.n == 0)
        v->kind = VALUE_EMPTY;
    if (v->kind != VALUE_NUM)
        return true;
    if (!rat_to_dec(v->num, &d))
        return false;
    if (v->decimals > DEC_MAX_SCALE)
        v->decimals = DEC_MAX_SCALE;
    if (d.scale > v->decimals)
        v->decimals = d.scale;
    return true;
}
