/* SPDX-License-Identifier: MIT
 * rounding: the roundings the suite knows, and the one place where a quotient becomes a whole number. */
#ifndef LIB_ROUNDING_H
#define LIB_ROUNDING_H

#include "lib/base/base.h"

/* half_up is half away from zero (the Chinese 四舍五入), half_even is GB/T 8170, down is towards zero. */
enum rounding { ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR };

/* "half_up", "half_even" (alias "gbt8170"), "down", "ceiling", "floor"; false when unknown. */
bool rounding_named(struct slice name, enum rounding *mode);

/* Whether a magnitude goes up by one for what is left of it: nothing when exact; otherwise half is below,
 * equal to or above 0 as that is below, equal to or above one half. */
static inline bool rounds_up(enum rounding mode, bool exact, int half, bool odd, bool negative)
{
    switch (mode) {
    case ROUND_HALF_UP:
        return !exact && half >= 0;
    case ROUND_HALF_EVEN:
        return !exact && (half > 0 || (half == 0 && odd));
    case ROUND_DOWN:
        return false;
    case ROUND_CEILING:
        return !exact && !negative;
    case ROUND_FLOOR:
        return !exact && negative;
    }
    return false;
}

/* a * b / divisor, with the sign, as a whole number; b < 2^127, 0 < divisor < 2^127. false when it does not
 * fit. */
bool rounded_quotient(u128 a, u128 b, u128 divisor, bool negative, enum rounding mode, i128 *out);

#endif
