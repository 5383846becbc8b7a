/* SPDX-License-Identifier: MIT
 * expr_rows_number: arithmetic on columns. A loop over 64-bit units that only notes whether any of them
 * overflowed comes first; where one did, the chunk goes through 128 bits, and where those do not hold a row's
 * exact result, that row is marked. */
#include "lib/expr/expr_rows_internal.h"
#include "lib/number/wide.h"

static void join_kinds(struct expr_column *out, const struct expr_column *b, size_t n)
{
    if (b->plain)
        return;
    for (size_t i = 0; i < n; i++)
        out->kind[i] = out->kind[i] > b->kind[i] ? out->kind[i] : b->kind[i];
    out->plain = false;
}

enum joined { JOIN_MOST, JOIN_SUM };

static void join_decimals(struct expr_column *out, const struct expr_column *b, size_t n, enum joined how)
{
    out->fewest = out->fewest || b->fewest;
    size_t rows = n;
    if (out->alike && b->alike)
        rows = 1;
    else
        column_spread(out, out->alike ? n : 0);
    for (size_t i = 0; i < rows; i++) {
        unsigned x = out->decimals[i], y = column_decimals(b, i);
        out->decimals[i] = (uint8_t)(how == JOIN_SUM ? x + y : x > y ? x : y);
    }
}

static void no_decimals(struct expr_column *c)
{
    c->alike = c->fewest = true;
    c->decimals[0] = 0;
}

/* Stores an exact result of 128 bits, or marks the row for want of one. */
static inline void put_exact(struct expr_column *out, size_t i, bool overflow, i128 v)
{
    if (overflow || v < -I128_MAX) {
        column_mark(out, i);
        v = 0;
    }
    column_put(out, i, v);
}

/* --- denominators --- */

static void make_ratio(struct expr_column *c, size_t n)
{
    for (size_t i = 0; i < n && !c->ratio; i++)
        c->den[i] = 1;
    c->ratio = true;
}

void column_bound(struct expr_column *c, size_t n)
{
    if (c->scale > COLUMN_MAX_SCALE || c->scale < -COLUMN_MAX_SCALE) {
        column_all_apart(c, EXPR_NUM, n);
        return;
    }
    i128 units = I128_MAX / dec_pow10(c->scale < 0 ? (unsigned)-c->scale : 0);
    i128 den = I128_MAX / dec_pow10(c->scale > 0 ? (unsigned)c->scale : 0);
    for (size_t i = 0; i < n; i++) {
        i128 u = column_units(c, i);
        if (u > units || u < -units || column_den(c, i) > den)
            column_mark(c, i);
    }
}

/* --- sums --- */

static void add_ratios(struct expr_column *out, struct expr_column *b, size_t n, bool subtract)
{
    make_ratio(out, n);
    make_ratio(b, n);
    column_widen(out, n);
    for (size_t i = 0; i < n; i++) {
        i128 x = column_units(out, i), y = column_units(b, i), den = out->den[i], v;
        bool over = false;
        if (den != b->den[i])
            over = __builtin_mul_overflow(x, b->den[i], &x) || __builtin_mul_overflow(y, den, &y) ||
                   __builtin_mul_overflow(den, b->den[i], &den);
        over = over || (subtract ? __builtin_sub_overflow(x, y, &v) : __builtin_add_overflow(x, y, &v));
        put_exact(out, i, over, over ? 0 : v);
        out->den[i] = over ? 1 : den;
    }
    column_narrow(out, n);
    column_bound(out, n);
}

static void add_wide(struct expr_column *out, const struct expr_column *b, size_t n, bool subtract)
{
    column_widen(out, n);
    for (size_t i = 0; i < n; i++) {
        i128 v, x = column_units(out, i), y = column_units(b, i);
        bool over = subtract ? __builtin_sub_overflow(x, y, &v) : __builtin_add_overflow(x, y, &v);
        put_exact(out, i, over, v);
    }
    column_narrow(out, n);
}

/* Whether all sums fit 64 bits; else out is as it was. */
static bool add_narrow(struct expr_column *out, const struct expr_column *b, size_t n, bool subtract)
{
    int64_t sum[EXPR_ROWS], over = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t x = (uint64_t)out->units[i], y = (uint64_t)b->units[i];
        uint64_t s = subtract ? x - y : x + y;
        over |= (int64_t)((x ^ s) & (subtract ? x ^ y : y ^ s));
        sum[i] = (int64_t)s;
    }
    if (over < 0)
        return false;
    memcpy(out->units, sum, n * sizeof *sum);
    return true;
}

void column_add(const struct chunk *c, struct expr_column *out, struct expr_column *b, bool subtract)
{
    int scale = out->scale > b->scale ? out->scale : b->scale;
    column_rescale(out, c->n, scale);
    column_rescale(b, c->n, scale);
    join_kinds(out, b, c->n);
    join_decimals(out, b, c->n, JOIN_MOST);
    if (out->ratio || b->ratio)
        add_ratios(out, b, c->n, subtract);
    else if (out->wide || b->wide || !add_narrow(out, b, c->n, subtract))
        add_wide(out, b, c->n, subtract);
}

/* --- products --- */

static void multiply_wide(struct expr_column *out, const struct expr_column *b, size_t n)
{
    column_widen(out, n);
    for (size_t i = 0; i < n; i++) {
        i128 v;
        bool over = __builtin_mul_overflow(column_units(out, i), column_units(b, i), &v);
        put_exact(out, i, over, v);
    }
    column_narrow(out, n);
}

static bool multiply_narrow(struct expr_column *out, const struct expr_column *b, size_t n)
{
    int64_t product[EXPR_ROWS];
    bool over = false;
    for (size_t i = 0; i < n; i++)
        over |= __builtin_mul_overflow(out->units[i], b->units[i], &product[i]);
    if (over)
        return false;
    memcpy(out->units, product, n * sizeof *product);
    return true;
}

static void multiply_dens(struct expr_column *out, const struct expr_column *b, size_t n)
{
    make_ratio(out, n);
    for (size_t i = 0; i < n; i++) {
        i128 den;
        if (__builtin_mul_overflow(out->den[i], column_den(b, i), &den)) {
            column_mark(out, i);
            den = 1;
        }
        out->den[i] = den;
    }
}

void column_multiply(const struct chunk *c, struct expr_column *out, const struct expr_column *b)
{
    join_kinds(out, b, c->n);
    join_decimals(out, b, c->n, JOIN_SUM);
    out->scale += b->scale;
    if (out->wide || b->wide || !multiply_narrow(out, b, c->n))
        multiply_wide(out, b, c->n);
    if (out->ratio || b->ratio) {
        multiply_dens(out, b, c->n);
        column_bound(out, c->n);
    } else if (out->scale > COLUMN_MAX_SCALE) {
        column_all_apart(out, EXPR_NUM, c->n);
    }
}

void column_multiply_by(const struct chunk *c, struct expr_column *out, struct dec factor)
{
    i128 v;
    bool over = false;
    out->scale += (int)factor.scale;
    no_decimals(out);
    for (size_t i = 0; i < c->n && !out->wide && factor.units != 1; i++)
        over |= __builtin_mul_overflow((i128)out->units[i], factor.units, &v) || v != (int64_t)v;
    if (over || out->wide) {
        column_widen(out, c->n);
        for (size_t i = 0; i < c->n; i++) {
            over = __builtin_mul_overflow(column_units(out, i), factor.units, &v);
            put_exact(out, i, over, v);
        }
        column_narrow(out, c->n);
    } else if (factor.units != 1) {
        for (size_t i = 0; i < c->n; i++)
            out->units[i] *= (int64_t)factor.units;
    }
    if (out->ratio)
        column_bound(out, c->n);
    else if (out->scale > COLUMN_MAX_SCALE)
        column_all_apart(out, EXPR_NUM, c->n);
}

/* --- quotients --- */

/* A ratio that has no value; where such are counted, or an error, the careful walk does that. */
static inline void no_ratio(const struct chunk *c, struct expr_column *out, size_t i)
{
    out->den[i] = 1;
    out->plain = false;
    if (out->kind[i] == ROW_VALUE)
        out->kind[i] = c->e->undefined == UNDEFINED_NA ? ROW_NA : ROW_APART;
}

/* The usual: both are plain decimals of 64 bits. */
static void divide_narrow(const struct chunk *c, struct expr_column *out, const struct expr_column *b,
                          bool positive)
{
    for (size_t i = 0; i < c->n; i++) {
        int64_t y = b->units[i];
        out->den[i] = y;
        if (y > 0)
            continue;
        if (y == 0 || positive) {
            no_ratio(c, out, i);
        } else if (y == INT64_MIN || out->units[i] == INT64_MIN) {
            column_mark(out, i);
            out->den[i] = 1;
        } else {
            out->units[i] = -out->units[i];
            out->den[i] = -y;
        }
    }
}

static void divide_wide(const struct chunk *c, struct expr_column *out, const struct expr_column *b,
                        bool positive)
{
    make_ratio(out, c->n);
    column_widen(out, c->n);
    for (size_t i = 0; i < c->n; i++) {
        i128 x = column_units(out, i), y = column_units(b, i), den = out->den[i];
        bool over = __builtin_mul_overflow(x, column_den(b, i), &x) ||
                    (y != 0 && __builtin_mul_overflow(den, y, &den)) || den < -I128_MAX || x < -I128_MAX;
        bool none = y == 0 || (positive && y < 0);
        if (!over && den < 0) {
            x = -x;
            den = -den;
        }
        put_exact(out, i, over && !none, none || over ? 0 : x);
        out->den[i] = over ? 1 : den;
        if (none)
            no_ratio(c, out, i);
    }
    column_narrow(out, c->n);
}

void column_divide(const struct chunk *c, struct expr_column *out, const struct expr_column *b, bool percent)
{
    bool narrow = !out->wide && !b->wide && !out->ratio && !b->ratio;
    join_kinds(out, b, c->n);
    no_decimals(out);
    out->scale -= b->scale;
    if (narrow)
        divide_narrow(c, out, b, percent);
    else
        divide_wide(c, out, b, percent);
    out->ratio = true;
    /* 64 bits times 10^18 stay below 2^127. The careful walk divides first, then multiplies by 100. */
    bool sure = narrow && out->scale <= 18 && out->scale >= -16;
    if (!sure)
        column_bound(out, c->n);
    if (percent)
        out->scale -= 2;
    if (percent && !sure)
        column_bound(out, c->n);
}

/* --- rounding --- */

/* What rounding multiplies and divides by: 10^digits against the column's own scale. */
struct shift {
    i128 up, down; /* one of them is 1 */
};

static bool round_row(const struct expr_column *c, size_t i, struct shift s, enum rounding mode, i128 *out)
{
    i128 u = column_units(c, i), den;
    return !__builtin_mul_overflow(column_den(c, i), s.down, &den) &&
           rounded_quotient(i128_magnitude(u), (u128)s.up, (u128)den, u < 0, mode, out);
}

static void round_wide(const struct chunk *c, struct expr_column *out, struct shift s, enum rounding mode)
{
    column_widen(out, c->n);
    for (size_t i = 0; i < c->n; i++) {
        i128 v = 0;
        bool good = out->kind[i] != ROW_VALUE || round_row(out, i, s, mode, &v);
        put_exact(out, i, !good, v);
    }
    column_narrow(out, c->n);
}

static inline int64_t round_quotient(uint64_t m, uint64_t den, bool negative, enum rounding mode)
{
    uint64_t whole = m / den, rest = m - whole * den;
    int half = (rest > den - rest) - (rest < den - rest);
    whole += rounds_up(mode, rest == 0, half, whole & 1, negative);
    return negative ? -(int64_t)whole : (int64_t)whole;
}

/* By a mode that the compiler knows. */
static inline __attribute__((always_inline)) void quotients(struct expr_column *c, size_t n, struct shift s,
                                                            enum rounding mode)
{
    uint64_t up = (uint64_t)s.up, down = (uint64_t)s.down;
    for (size_t i = 0; i < n; i++) {
        int64_t u = c->units[i];
        uint64_t m = u < 0 ? -(uint64_t)u : (uint64_t)u;
        c->units[i] = round_quotient(m * up, c->ratio ? (uint64_t)c->den[i] * down : down, u < 0, mode);
    }
}

/* Whether all that rounding computes fits 64 bits. */
static bool is_narrow(const struct expr_column *c, size_t n, struct shift s)
{
    if (c->wide || s.up > INT64_MAX || s.down > INT64_MAX)
        return false;
    int64_t most = INT64_MAX / (int64_t)s.up, most_den = INT64_MAX / (int64_t)s.down;
    bool beyond = false;
    for (size_t i = 0; i < n; i++)
        beyond |= c->units[i] > most || c->units[i] < -most;
    for (size_t i = 0; i < n && c->ratio; i++)
        beyond |= c->den[i] > most_den;
    return !beyond;
}

static void round_narrow(struct expr_column *c, size_t n, struct shift s, enum rounding mode)
{
    switch (mode) {
    case ROUND_HALF_UP:
        quotients(c, n, s, ROUND_HALF_UP);
        break;
    case ROUND_HALF_EVEN:
        quotients(c, n, s, ROUND_HALF_EVEN);
        break;
    case ROUND_DOWN:
        quotients(c, n, s, ROUND_DOWN);
        break;
    case ROUND_CEILING:
        quotients(c, n, s, ROUND_CEILING);
        break;
    case ROUND_FLOOR:
        quotients(c, n, s, ROUND_FLOOR);
        break;
    }
}

void column_round(const struct chunk *c, struct expr_column *out, unsigned digits, enum rounding mode)
{
    int up = (int)digits - out->scale;
    if (up > COLUMN_MAX_SCALE || -up > COLUMN_MAX_SCALE) {
        column_all_apart(out, EXPR_NUM, c->n);
    } else if (!out->ratio && up >= 0) {
        column_rescale(out, c->n, (int)digits);
    } else {
        struct shift s = {dec_pow10(up > 0 ? (unsigned)up : 0), dec_pow10(up < 0 ? (unsigned)-up : 0)};
        if (is_narrow(out, c->n, s))
            round_narrow(out, c->n, s, mode);
        else
            round_wide(c, out, s, mode);
    }
    out->scale = (int)digits;
    out->ratio = out->fewest = false;
    out->alike = true;
    out->decimals[0] = (uint8_t)digits;
}

/* --- signs --- */

void column_negate(const struct chunk *c, struct expr_column *out, bool only_negative)
{
    bool least = false;
    for (size_t i = 0; i < c->n && !out->wide; i++)
        least |= out->units[i] == INT64_MIN;
    if (out->wide || least) {
        column_widen(out, c->n);
        for (size_t i = 0; i < c->n; i++) {
            i128 v = column_units(out, i);
            column_put(out, i, !only_negative || v < 0 ? -v : v);
        }
        column_narrow(out, c->n);
        return;
    }
    for (size_t i = 0; i < c->n; i++)
        out->units[i] = !only_negative || out->units[i] < 0 ? -out->units[i] : out->units[i];
}

void column_sign(const struct chunk *c, struct expr_column *out)
{
    for (size_t i = 0; i < c->n; i++) {
        i128 v = column_units(out, i);
        out->units[i] = (v > 0) - (v < 0);
    }
    out->wide = out->ratio = out->fewest = false;
    out->alike = true;
    out->scale = 0;
    out->decimals[0] = 0;
}
