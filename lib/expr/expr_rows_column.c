/* SPDX-License-Identifier: MIT
 * expr_rows_column: columns of values: their making, their widths and scales, their rows as values and as
 * text. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/expr/expr_rows_internal.h"
#include "lib/number/decimal_write.h"

struct expr_column *expr_column_new(void)
{
    struct expr_column *c = mem_alloc(sizeof *c);
    column_begin(c, EXPR_ANY, 0);
    c->apart = NULL;
    return c;
}

void expr_column_free(struct expr_column *c)
{
    if (!c)
        return;
    free(c->apart);
    free(c);
}

void column_begin(struct expr_column *c, enum expr_type type, size_t n)
{
    c->type = type;
    c->plain = c->alike = true;
    c->wide = c->ratio = c->fewest = false;
    c->scale = 0;
    c->decimals[0] = 0;
    memset(c->kind, ROW_VALUE, n);
}

void column_all_apart(struct expr_column *c, enum expr_type type, size_t n)
{
    column_begin(c, type, n);
    c->plain = false;
    memset(c->kind, ROW_APART, n);
    for (size_t i = 0; i < n; i++) {
        c->units[i] = 0;
        c->text[i] = (struct slice){"", 0};
    }
}

void column_copy(struct expr_column *to, const struct expr_column *from, size_t n)
{
    column_begin(to, from->type, 0);
    to->plain = from->plain;
    memcpy(to->kind, from->kind, n);
    if (from->type != EXPR_NUM && from->type != EXPR_BOOL) {
        memcpy(to->text, from->text, n * sizeof *to->text);
        return;
    }
    to->wide = from->wide;
    to->ratio = from->ratio;
    to->scale = from->scale;
    to->alike = from->alike;
    to->fewest = from->fewest;
    memcpy(to->units, from->units, n * sizeof *to->units);
    memcpy(to->decimals, from->decimals, from->alike ? 1 : n);
    if (from->wide)
        memcpy(to->high, from->high, n * sizeof *to->high);
    if (from->ratio)
        memcpy(to->den, from->den, n * sizeof *to->den);
}

void column_widen(struct expr_column *c, size_t n)
{
    if (c->wide)
        return;
    for (size_t i = 0; i < n; i++)
        c->high[i] = c->units[i] >> 63;
    c->wide = true;
}

void column_narrow(struct expr_column *c, size_t n)
{
    int64_t beyond = 0;
    for (size_t i = 0; i < n; i++)
        beyond |= c->high[i] ^ (c->units[i] >> 63);
    c->wide = beyond != 0;
}

void column_spread(struct expr_column *c, size_t n)
{
    if (c->alike)
        memset(c->decimals, c->decimals[0], n);
    c->alike = false;
}

/* Times 10^up; where that leaves 128 bits the row is marked. */
static void multiply_wide(struct expr_column *c, size_t n, unsigned up)
{
    i128 power = dec_pow10(up), v;
    column_widen(c, n);
    for (size_t i = 0; i < n; i++) {
        if (__builtin_mul_overflow(column_units(c, i), power, &v) || v < -I128_MAX) {
            column_mark(c, i);
            v = 0;
        }
        column_put(c, i, v);
    }
    column_narrow(c, n);
}

void column_rescale(struct expr_column *c, size_t n, int scale)
{
    unsigned up = (unsigned)(scale - c->scale);
    if (up == 0)
        return;
    if (up > COLUMN_MAX_SCALE)
        column_all_apart(c, EXPR_NUM, n);
    c->scale = scale;
    if (up > COLUMN_MAX_SCALE)
        return;
    if (c->wide || up > 18) {
        multiply_wide(c, n, up);
        return;
    }
    int64_t power = (int64_t)dec_pow10(up), most = INT64_MAX / power;
    bool over = false;
    for (size_t i = 0; i < n; i++)
        over |= c->units[i] > most || c->units[i] < -most;
    if (over) {
        multiply_wide(c, n, up);
        return;
    }
    for (size_t i = 0; i < n; i++)
        c->units[i] *= power;
}

/* --- rows as values --- */

static bool set_number(struct expr_column *c, size_t i, const struct value *v)
{
    if (c->ratio || c->wide || c->scale < 0 || v->decimals > (unsigned)c->scale)
        return false;
    i128 power = dec_pow10((unsigned)c->scale), units;
    if (power % v->num.den != 0 || __builtin_mul_overflow(v->num.num, power / v->num.den, &units) ||
        units > INT64_MAX || units < -INT64_MAX)
        return false;
    if (c->alike && c->decimals[0] != v->decimals)
        column_spread(c, EXPR_ROWS);
    if (!c->alike)
        c->decimals[i] = (uint8_t)v->decimals;
    c->units[i] = (int64_t)units;
    c->kind[i] = ROW_VALUE;
    return true;
}

static bool is_text(const struct value *v)
{
    return v->kind == VALUE_TEXT || v->kind == VALUE_RAW;
}

void column_set(struct expr_column *c, size_t i, const struct value *v)
{
    if (v->kind == VALUE_EMPTY || v->kind == VALUE_NA) {
        c->kind[i] = v->kind == VALUE_EMPTY ? ROW_EMPTY : ROW_NA;
    } else if (c->type == EXPR_BOOL && v->kind == VALUE_BOOL) {
        c->kind[i] = ROW_VALUE;
        c->units[i] = v->truth;
    } else if (is_text(v) && c->type != EXPR_BOOL && c->type != EXPR_NUM) {
        c->kind[i] = ROW_VALUE;
        c->text[i] = v->text;
    } else if (c->type != EXPR_NUM || v->kind != VALUE_NUM || !set_number(c, i, v)) {
        if (!c->apart)
            c->apart = mem_zero(EXPR_ROWS, sizeof *c->apart);
        c->apart[i] = *v;
    }
}

void expr_column_take(struct expr_column *c, enum expr_type type, const struct value *v, size_t n)
{
    unsigned scale = 0;
    column_all_apart(c, type, n);
    for (size_t i = 0; i < n; i++)
        if (v[i].kind == VALUE_NUM && v[i].decimals > scale)
            scale = v[i].decimals;
    if (type == EXPR_NUM) {
        c->scale = (int)(scale < DEC_MAX_SCALE ? scale : DEC_MAX_SCALE);
        c->decimals[0] = (uint8_t)c->scale;
    }
    c->plain = true;
    for (size_t i = 0; i < n; i++) {
        column_set(c, i, &v[i]);
        c->plain = c->plain && c->kind[i] == ROW_VALUE;
    }
}

/* 10^scale times a denominator, or the numerator for a scale below 0, is known to fit. */
static struct rat number_at(const struct expr_column *c, size_t i)
{
    struct rat r = {column_units(c, i), column_den(c, i)};
    if (c->scale >= 0)
        r.den *= dec_pow10((unsigned)c->scale);
    else
        r.num *= dec_pow10((unsigned)-c->scale);
    return r;
}

void expr_column_value(const struct expr_column *c, size_t i, struct value *v)
{
    switch (c->kind[i]) {
    case ROW_EMPTY:
    case ROW_NA:
        v->kind = c->kind[i] == ROW_EMPTY ? VALUE_EMPTY : VALUE_NA;
        return;
    case ROW_APART:
        *v = c->apart[i];
        return;
    default:
        break;
    }
    if (c->type == EXPR_NUM) {
        *v = (struct value){.kind = VALUE_NUM, .decimals = column_decimals(c, i), .num = number_at(c, i)};
    } else if (c->type == EXPR_BOOL) {
        *v = value_bool(c->units[i] != 0);
    } else {
        *v = value_text(c->text[i]);
        v->kind = c->type == EXPR_ANY ? VALUE_RAW : VALUE_TEXT;
    }
}

/* --- as printed --- */

/* The decimals that units at a scale need, and are to be printed with. */
static unsigned decimals_of(i128 units, unsigned scale, unsigned least)
{
    uint64_t small;
    for (; units != (int64_t)units && scale > least && units % 10 == 0; scale--)
        units /= 10;
    if (units != (int64_t)units)
        return scale;
    for (small = (uint64_t)(units < 0 ? -units : units); scale > least && small % 10 == 0; scale--)
        small /= 10;
    return scale;
}

/* In the stream an empty text is a missing value. */
static void settle_texts(struct expr_column *c, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (c->kind[i] == ROW_VALUE && c->text[i].n == 0) {
            c->kind[i] = ROW_EMPTY;
            c->plain = false;
        }
    }
}

bool expr_column_settle(struct expr_column *c, size_t n, size_t *bad)
{
    bool search = c->fewest || c->scale > DEC_MAX_SCALE;
    if (c->type != EXPR_NUM && c->type != EXPR_BOOL)
        settle_texts(c, n);
    if (c->type != EXPR_NUM || (c->plain && !search))
        return true;
    if (search)
        column_spread(c, n);
    for (size_t i = 0; i < n; i++) {
        bool good = c->kind[i] != ROW_APART || value_settle(&c->apart[i]);
        if (search && c->kind[i] == ROW_VALUE) {
            unsigned least = c->decimals[i] < DEC_MAX_SCALE ? c->decimals[i] : DEC_MAX_SCALE;
            c->decimals[i] = (uint8_t)decimals_of(column_units(c, i), (unsigned)c->scale, least);
            good = c->decimals[i] <= DEC_MAX_SCALE;
        }
        if (!good) {
            *bad = i;
            return false;
        }
    }
    c->fewest = false;
    return true;
}

bool expr_column_decimal(const struct expr_column *c, size_t i, struct dec *v)
{
    if (c->type != EXPR_NUM || c->kind[i] != ROW_VALUE || c->ratio || c->scale > DEC_MAX_SCALE)
        return false;
    *v = (struct dec){column_units(c, i), (unsigned)c->scale};
    return true;
}

const int64_t *expr_column_units(const struct expr_column *c, unsigned *decimals)
{
    *decimals = c->decimals[0];
    return c->type == EXPR_NUM && c->plain && c->alike && !c->wide && c->scale == c->decimals[0] ? c->units
                                                                                                 : NULL;
}

size_t expr_column_room(const struct expr_column *c, size_t i)
{
    if (c->type == EXPR_NUM || c->type == EXPR_BOOL || c->kind[i] != ROW_VALUE)
        return 2 * DEC_WRITE_ROOM; /* an apart number has at most 39 digits and 18 zeros */
    return c->text[i].n;
}

static char *write_text(char *p, struct slice s)
{
    if (s.n)
        memcpy(p, s.p, s.n);
    return p + s.n;
}

static char *write_apart(char *p, const struct value *v)
{
    struct buf b = {0};
    (void)value_print(&b, v); /* settled: it has a finite decimal */
    p = write_text(p, buf_view(&b));
    buf_free(&b);
    return p;
}

char *expr_column_write(const struct expr_column *c, size_t i, char *p)
{
    if (c->kind[i] == ROW_APART)
        return write_apart(p, &c->apart[i]);
    if (c->kind[i] != ROW_VALUE)
        return c->kind[i] == ROW_NA ? write_text(p, slice_of("\\-")) : p;
    if (c->type == EXPR_BOOL) {
        *p = c->units[i] ? '1' : '0';
        return p + 1;
    }
    if (c->type != EXPR_NUM)
        return write_text(p, c->text[i]);
    unsigned decimals = column_decimals(c, i), drop = (unsigned)c->scale - decimals;
    if (!c->wide && drop <= 18)
        return dec_write_units(p, drop ? c->units[i] / (int64_t)dec_pow10(drop) : c->units[i], decimals);
    return dec_write(p, (struct dec){column_units(c, i) / dec_pow10(drop), decimals});
}
