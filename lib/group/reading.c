/* SPDX-License-Identifier: MIT
 * reading: see reading.h. */
#include "lib/group/reading.h"

static enum value_kind kind_of(const struct collector *c, seen s)
{
    return seen_kind(c->of, s);
}

static seen seen_of(const void *state)
{
    return ((const struct bag_state *)state)->seen;
}

/* v with at least so many decimals. */
static struct dec with_decimals(struct dec v, unsigned decimals)
{
    struct dec shown = v;
    return dec_rescale(&shown, decimals) ? shown : v;
}

static void begin_nothing(struct collector *c, const void *state)
{
    (void)c, (void)state;
}

static void take_nothing(struct collector *c, const struct bag_item *item)
{
    (void)c, (void)item;
}

/* --- how many there are --- */

static struct outcome end_distinct(const struct collector *c, const void *state)
{
    (void)state;
    return (struct outcome){.kind = VALUE_NUM, .decimal = {c->different, 0}};
}

const struct reading reading_distinct = {false, begin_nothing, take_nothing, end_distinct};

/* --- the value that comes most often --- */

/* Whether an equally frequent value stands in for the one at hand. Texts come in the order of lines, which
 * may not be that of their bytes. */
static bool is_chosen(const struct collector *c, const struct bag_item *item)
{
    bool greater = c->of->op->bag != BAG_TEXTS || slice_compare(item->text, buf_view(&c->text)) > 0;
    return greater == (c->p->ties == CHOICE_GREATEST);
}

static void take_mode(struct collector *c, const struct bag_item *item)
{
    bool tied = item->times == c->times;
    if (item->times < c->times)
        return;
    c->tied = tied;
    if (tied && !is_chosen(c, item))
        return;
    c->times = item->times;
    buf_clear(&c->text);
    if (c->of->op->bag == BAG_TEXTS)
        buf_slice(&c->text, item->text);
    else
        dec_print(&c->text, with_decimals(item->number, item->decimals));
}

static struct outcome end_text(const struct collector *c, const void *state)
{
    enum value_kind kind = kind_of(c, seen_of(state));
    if (kind == VALUE_NUM)
        kind = c->tied && c->p->ties == CHOICE_NONE ? VALUE_NA : VALUE_RAW;
    return (struct outcome){.kind = kind, .text = {c->text.p ? c->text.p : "", c->text.n}};
}

const struct reading reading_mode = {true, begin_nothing, take_mode, end_text};

/* --- all different values in one text --- */

static void take_concat(struct collector *c, const struct bag_item *item)
{
    if (c->different > 1)
        buf_text(&c->text, c->p->separator);
    if (c->of->op->bag == BAG_TEXTS)
        buf_slice(&c->text, item->text);
    else
        dec_print(&c->text, with_decimals(item->number, item->decimals));
}

const struct reading reading_concat = {true, begin_nothing, take_concat, end_text};

/* --- the sum of the greatest, of which the bag has the negatives --- */

static void take_top(struct collector *c, const struct bag_item *item)
{
    uint64_t before = c->values - item->times, left = c->p->first > before ? c->p->first - before : 0;
    struct dec v = {-item->number.units, item->number.scale};
    if (left == 0)
        return;
    c->decimals = item->decimals > c->decimals ? item->decimals : c->decimals;
    if (__builtin_mul_overflow(v.units, (i128)(left < item->times ? left : item->times), &v.units) ||
        !dec_add(c->low, v, &c->low))
        c->overflow = true;
}

static const struct number *total_of(const void *state)
{
    return &((const struct top_state *)state)->total;
}

static struct outcome end_top_sum(const struct collector *c, const void *state)
{
    seen s = total_of(state)->seen;
    struct outcome out = {.kind = kind_of(c, s), .overflow = c->overflow};
    out.decimal = with_decimals(c->low, c->decimals);
    if (seen_count(s) == 0 && seen_gaps(s) == 0)
        out.kind = VALUE_NUM; /* the sum of nothing is 0 */
    return out;
}

static struct outcome end_top_share(const struct collector *c, const void *state)
{
    const struct number *total = total_of(state);
    struct outcome out = {.kind = kind_of(c, total->seen), .is_ratio = true, .overflow = c->overflow};
    struct rat top, all;
    if (out.kind == VALUE_NUM && total->units == 0)
        return (struct outcome){.kind = VALUE_NA, .undefined = true};
    if (out.kind == VALUE_NUM && !out.overflow)
        out.overflow = !rat_of_dec(c->low, &top) || !rat_of_dec(number_dec(total), &all) ||
                       !rat_div(top, all, &out.ratio);
    return out;
}

const struct reading reading_top_sum = {true, begin_nothing, take_top, end_top_sum};
const struct reading reading_top_share = {true, begin_nothing, take_top, end_top_share};

/* --- quantiles --- */

/* What n p is moved by, in the definitions 4 to 9. */
static struct rat shift_of(unsigned type, struct rat p)
{
    static const struct rat factor[] = {{0, 1}, {0, 1}, {1, 1}, {-1, 1}, {1, 3}, {1, 4}};
    static const struct rat constant[] = {{0, 1}, {1, 2}, {0, 1}, {1, 1}, {1, 3}, {3, 8}};
    struct rat m = {0, 1};
    if (type < 4 || !rat_mul(factor[type - 4], p, &m) || !rat_add(m, constant[type - 4], &m))
        return type == 3 ? (struct rat){-1, 2} : (struct rat){0, 1};
    return m;
}

/* How much of the value above the place j counts, when the exact place is g beyond j. */
static struct rat weight_of(unsigned type, uint64_t j, struct rat g)
{
    bool exact = rat_sign(g) == 0;
    switch (type) {
    case 1:
        return rat_int(!exact);
    case 2:
        return exact ? (struct rat){1, 2} : rat_int(1);
    case 3:
        return rat_int(!(exact && j % 2 == 0));
    default:
        return g;
    }
}

static uint64_t within(uint64_t place, uint64_t n)
{
    return place < 1 ? 1 : place > n ? n : place;
}

static void begin_quantile(struct collector *c, const void *state)
{
    uint64_t n = seen_count(seen_of(state));
    struct rat place, g;
    struct dec whole;
    c->overflow = !rat_mul(rat_int((i128)n), c->p->p, &place) ||
                  !rat_add(place, shift_of(c->p->type, c->p->p), &place) ||
                  !rat_round(place, 0, ROUND_FLOOR, &whole) || !rat_sub(place, rat_int(whole.units), &g);
    if (c->overflow)
        return;
    bool below = whole.units < 0;
    c->weight = below ? rat_int(0) : weight_of(c->p->type, (uint64_t)whole.units, g);
    c->wanted = below ? 0 : (uint64_t)whole.units < n ? (uint64_t)whole.units : n;
    c->all = n;
}

static bool holds_place(const struct collector *c, const struct bag_item *item, uint64_t place)
{
    return place <= c->values && place > c->values - item->times;
}

static void take_quantile(struct collector *c, const struct bag_item *item)
{
    if (c->values < c->wanted || c->values - item->times > c->wanted) /* nearly always */
        return;
    bool low = holds_place(c, item, within(c->wanted, c->all));
    bool high = holds_place(c, item, within(c->wanted + 1, c->all));
    if (low)
        c->low = item->number;
    if (high)
        c->high = item->number;
    bool counts = (low && rat_compare(c->weight, rat_int(1)) != 0) || (high && rat_sign(c->weight) != 0);
    if (counts && item->decimals > c->decimals)
        c->decimals = item->decimals;
}

/* low + weight (high - low), with the decimals that the values it stands between were written with. */
static struct outcome end_quantile(const struct collector *c, const void *state)
{
    struct outcome out = {.kind = kind_of(c, seen_of(state)), .overflow = c->overflow};
    struct rat low, high, step, exact;
    struct dec v;
    if (out.kind != VALUE_NUM || out.overflow)
        return out;
    out.overflow = !rat_of_dec(c->low, &low) || !rat_of_dec(c->high, &high) || !rat_sub(high, low, &step) ||
                   !rat_mul(step, c->weight, &step) || !rat_add(low, step, &exact);
    if (out.overflow)
        return out;
    out.ratio = exact;
    out.is_ratio = !rat_to_dec(exact, &v);
    if (!out.is_ratio)
        out.decimal = with_decimals(v, c->decimals > v.scale ? c->decimals : v.scale);
    return out;
}

bool quantile_is_finite(unsigned type, struct rat p)
{
    struct dec d;
    return type <= 3 || (type != 8 && rat_to_dec(p, &d));
}

const struct reading reading_quantile = {true, begin_quantile, take_quantile, end_quantile};
