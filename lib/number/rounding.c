/* SPDX-License-Identifier: MIT
 * rounding: see rounding.h. */
#include "lib/number/rounding.h"

#include "lib/number/wide.h"

bool rounding_named(struct slice name, enum rounding *mode)
{
    static const struct {
        const char *name;
        enum rounding mode;
    } names[] = {{"half_up", ROUND_HALF_UP}, {"half_even", ROUND_HALF_EVEN}, {"gbt8170", ROUND_HALF_EVEN},
                 {"down", ROUND_DOWN},       {"ceiling", ROUND_CEILING},     {"floor", ROUND_FLOOR}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (slice_is(name, names[i].name)) {
            *mode = names[i].mode;
            return true;
        }
    }
    return false;
}

bool rounded_quotient(u128 a, u128 b, u128 divisor, bool negative, enum rounding mode, i128 *out)
{
    u128 product, whole, rest;
    if (!__builtin_mul_overflow(a, b, &product)) {
        whole = u128_divide(product, divisor);
        rest = product - whole * divisor;
    } else {
        struct wide q = wide_divide(wide_product(a, b), divisor, &rest);
        if (q.high)
            return false;
        whole = q.low;
    }
    int half = (rest > divisor - rest) - (rest < divisor - rest);
    /* Cannot wrap: whole is at most 2^128 - 1 only when rest is 0. */
    whole += rounds_up(mode, rest == 0, half, whole & 1, negative);
    return i128_signed(whole, negative, out);
}
