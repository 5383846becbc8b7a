/* SPDX-License-Identifier: MIT
 * operation: what the operations share: decimals as states, and fields of a line. */
#include "lib/group/operation.h"

#include <stdlib.h>

#include "lib/group/numeral.h"

void kept_put(struct kept *k, struct store *s, struct slice text)
{
    if (text.n > k->room) {
        k->p = arena_room(&s->texts, text.n);
        k->room = (uint32_t)text.n;
    }
    if (text.n)
        memcpy((char *)(uintptr_t)k->p, text.p, text.n);
    k->n = (uint32_t)text.n;
}

struct dec dec_shortest(struct dec v)
{
    while (v.scale > 0 && v.units % 10 == 0)
        v = (struct dec){v.units / 10, v.scale - 1};
    return v;
}

bool number_add(struct number *s, struct dec v, unsigned decimals, uint64_t count)
{
    struct dec sum;
    if (!dec_add(number_dec(s), v, &sum))
        return false;
    unsigned most = seen_decimals(s->seen);
    s->units = sum.units;
    seen_set_form(&s->seen, sum.scale, decimals > most ? decimals : most);
    return seen_join(&s->seen, count);
}

bool number_fold(struct number *s, const struct number *from)
{
    return seen_join(&s->seen, from->seen) &&
           (seen_count(from->seen) == 0 || number_add(s, number_dec(from), seen_decimals(from->seen), 0));
}

struct outcome number_outcome(const struct accumulator *a, const struct number *s)
{
    struct outcome out = {.kind = seen_kind(a, s->seen), .decimal = number_dec(s)};
    if (out.decimal.scale != seen_decimals(s->seen)) /* zeros that the scale had added */
        (void)dec_rescale(&out.decimal, seen_decimals(s->seen));
    return out;
}

void number_save(const struct number *s, struct buf *b)
{
    struct dec v = number_dec(s);
    (void)dec_rescale(&v, seen_decimals(s->seen));
    buf_char(b, '\t');
    dec_print(b, v);
    save_seen(b, s->seen);
}

bool number_load(struct number *s, struct slice *rest)
{
    struct dec v;
    if (!number_parse(take_field(rest), &v) || !load_seen(rest, &s->seen))
        return false;
    s->units = v.units;
    seen_set_form(&s->seen, v.scale, v.scale);
    return true;
}

bool cell_decimal(const struct argument *in, size_t i, enum missing missing, seen *s, struct dec *v,
                  unsigned *decimals)
{
    enum cell kind = argument_kind(in, i);
    *v = (struct dec){0, 0};
    *decimals = 0;
    switch (kind) {
    case CELL_NUMBER:
        *v = (struct dec){in->units[i], in->scale};
        *decimals = argument_decimals(in, i);
        return true;
    case CELL_WIDE:
        *v = in->wide[i];
        *decimals = v->scale;
        return true;
    default:
        seen_missing(s, (uint8_t)kind);
        return kind == CELL_EMPTY && missing == MISSING_ZERO;
    }
}

void save_count(struct buf *b, uint64_t v)
{
    buf_char(b, '\t');
    dec_print(b, (struct dec){v, 0});
}

bool load_count(struct slice *rest, uint64_t *v)
{
    struct dec n;
    if (!number_parse(take_field(rest), &n) || n.scale != 0 || n.units < 0 || n.units > INT64_MAX)
        return false;
    *v = (uint64_t)n.units;
    return true;
}

void save_seen(struct buf *b, seen s)
{
    save_count(b, seen_count(s));
    buf_char(b, '\t');
    buf_char(b, (char)('0' + (int)seen_gaps(s)));
}

bool load_seen(struct slice *rest, seen *s)
{
    uint64_t count, gaps;
    if (!load_count(rest, &count) || !load_count(rest, &gaps) || count >> SEEN_COUNT_BITS || gaps > 3)
        return false;
    *s = count | gaps << SEEN_EMPTY;
    return true;
}
