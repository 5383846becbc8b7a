/* SPDX-License-Identifier: MIT
 * op_bag: the values of a group kept in a bag, texts or numbers; readings tell what they come to. */
#include "lib/group/reading.h"
#include "lib/stream/keymap.h"

static struct bags *bags_of(const struct accumulator *a, struct store *s)
{
    return &s->bags[a->number];
}

static struct bag_state *state_at(const struct accumulator *a, const struct chunk *c, size_t i)
{
    return (struct bag_state *)(void *)(c->record[i] + a->offset);
}

static bool update_texts(const struct accumulator *a, struct store *s, const struct chunk *c, size_t *bad)
{
    (void)bad;
    struct bags *bags = bags_of(a, s);
    struct slice text[ROWS_CHUNK];
    uint32_t word[ROWS_CHUNK];
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++)
        if (a->in->kind[i] == CELL_TEXT)
            text[n++] = a->in->text[i];
    keymap_put_batch(bags->words, text, n, word);
    n = 0;
    for (size_t i = 0; i < c->n; i++) {
        struct bag_state *to = state_at(a, c, i);
        if (a->in->kind[i] == CELL_TEXT) {
            bag_put_word(bags, &to->bag, word[n++]);
            to->seen++;
        } else {
            seen_missing(&to->seen, a->in->kind[i]);
        }
    }
    return true;
}

static bool update_numbers(const struct accumulator *a, struct store *s, const struct chunk *c, size_t *bad)
{
    (void)bad;
    struct bags *bags = bags_of(a, s);
    const struct argument *in = a->in;
    for (size_t i = 0; i < c->n; i++) {
        struct bag_state *to = state_at(a, c, i);
        struct bag_item item = {.times = 1};
        if (argument_kind(in, i) == CELL_NUMBER) {
            bag_put_units(bags, &to->bag, in->units[i], in->scale, argument_decimals(in, i));
            to->seen++;
        } else if (cell_decimal(in, i, a->p.missing, &to->seen, &item.number, &item.decimals)) {
            bag_put(bags, &to->bag, &item);
            to->seen++;
        }
    }
    return true;
}

static bool fold(const struct accumulator *a, struct store *s, void *into, const void *from)
{
    struct bag_state *to = into;
    const struct bag_state *more = from;
    bag_join(bags_of(a, s), &to->bag, &more->bag);
    return seen_join(&to->seen, more->seen);
}

static void save(const struct accumulator *a, const void *state, struct buf *b)
{
    (void)a;
    save_seen(b, ((const struct bag_state *)state)->seen);
}

static bool load(const struct accumulator *a, struct store *s, void *state, struct slice *rest)
{
    (void)a, (void)s;
    return load_seen(rest, &((struct bag_state *)state)->seen);
}

/* --- the greatest values, and the sum of all beside them --- */

static bool update_top(const struct accumulator *a, struct store *s, const struct chunk *c, size_t *bad)
{
    struct bags *bags = bags_of(a, s);
    for (size_t i = 0; i < c->n; i++) {
        struct top_state *to = (struct top_state *)(void *)state_at(a, c, i);
        struct bag_item item = {.times = 1};
        *bad = i;
        if (!cell_decimal(a->in, i, a->p.missing, &to->total.seen, &item.number, &item.decimals))
            continue;
        if (!number_add(&to->total, item.number, item.decimals, 1))
            return false;
        item.number.units = -item.number.units;
        bag_put(bags, &to->bag, &item);
    }
    return true;
}

static bool fold_top(const struct accumulator *a, struct store *s, void *into, const void *from)
{
    struct top_state *to = into;
    const struct top_state *more = from;
    bag_join(bags_of(a, s), &to->bag, &more->bag);
    return number_fold(&to->total, &more->total);
}

static void save_top(const struct accumulator *a, const void *state, struct buf *b)
{
    (void)a;
    number_save(&((const struct top_state *)state)->total, b);
}

static bool load_top(const struct accumulator *a, struct store *s, void *state, struct slice *rest)
{
    (void)a, (void)s;
    return number_load(&((struct top_state *)state)->total, rest);
}

enum { BAG = sizeof(struct bag_state) };

const struct operation operation_texts = {BAG, BAG_TEXTS, update_texts, fold, save, load, NULL};
const struct operation operation_numbers = {BAG, BAG_NUMBERS, update_numbers, fold, save, load, NULL};
const struct operation operation_top = {
    sizeof(struct top_state), BAG_TOP, update_top, fold_top, save_top, load_top, NULL};
