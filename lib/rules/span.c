/* SPDX-License-Identifier: MIT
 * span: sums of figures known only within their last stated place. With n parts and a total of one precision
 * the allowance is (n + 1) half units; in the mode `unit` twice that. */
#include "lib/rules/span.h"

struct span span_zero(void)
{
    return (struct span){rat_int(0), rat_int(0), rat_int(0), false, false};
}

bool span_of(struct rat stated, struct rat half, enum tolerance_mode mode, struct span *out)
{
    struct rat unit;
    *out = (struct span){stated, stated, stated, false, false};
    if (mode == TOLERANCE_EXACT || half.num == 0)
        return true;
    if (!rat_mul(half, rat_int(2), &unit))
        return false;
    if (mode == TOLERANCE_TRUNCATE) {
        bool negative = rat_sign(stated) < 0;
        out->low_open = negative;
        out->high_open = !negative;
        return negative ? rat_sub(stated, unit, &out->low) : rat_add(stated, unit, &out->high);
    }
    struct rat h = mode == TOLERANCE_UNIT ? unit : half;
    return rat_sub(stated, h, &out->low) && rat_add(stated, h, &out->high);
}

bool span_add(struct span *sum, const struct span *x, struct rat weight)
{
    struct rat stated, low, high;
    bool turned = rat_sign(weight) < 0, none = weight.num == 0;
    if (!rat_mul(x->stated, weight, &stated) || !rat_mul(turned ? x->high : x->low, weight, &low) ||
        !rat_mul(turned ? x->low : x->high, weight, &high))
        return false;
    sum->low_open = sum->low_open || (!none && (turned ? x->high_open : x->low_open));
    sum->high_open = sum->high_open || (!none && (turned ? x->low_open : x->high_open));
    return rat_add(sum->stated, stated, &sum->stated) && rat_add(sum->low, low, &sum->low) &&
           rat_add(sum->high, high, &sum->high);
}

bool span_meet(const struct span *a, const struct span *b, struct rat extra, bool *meet,
               struct rat *difference, struct rat *allowance)
{
    struct rat low, high, down, up;
    if (!rat_sub(a->low, extra, &low) || !rat_add(a->high, extra, &high))
        return false;
    int under = rat_compare(low, b->high), over = rat_compare(high, b->low);
    *meet = (under < 0 || (under == 0 && !a->low_open && !b->high_open)) &&
            (over > 0 || (over == 0 && !a->high_open && !b->low_open));
    /* From the stated figures towards each other. */
    bool above = rat_compare(a->stated, b->stated) > 0;
    return (above ? rat_sub(a->stated, b->stated, difference) : rat_sub(b->stated, a->stated, difference)) &&
           (above ? rat_sub(a->stated, low, &down) : rat_sub(high, a->stated, &down)) &&
           (above ? rat_sub(b->high, b->stated, &up) : rat_sub(b->stated, b->low, &up)) &&
           rat_add(down, up, allowance);
}

bool span_is_near(struct rat difference, struct rat allowance)
{
    struct rat twice;
    return rat_sign(allowance) > 0 && rat_mul(allowance, rat_int(2), &twice) &&
           rat_compare(difference, twice) <= 0;
}
