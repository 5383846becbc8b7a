/* SPDX-License-Identifier: MIT
 * part: see part.h. */
#include "lib/group/part.h"

#include "lib/group/numeral.h"

enum { NUMBER_DIGITS = 3 };

static const char TAGS[] = {[BAG_TEXTS] = 'd', [BAG_NUMBERS] = 'h', [BAG_TOP] = 't'};

static void put_key(struct buf *b, const struct part_format *f, struct slice key, char tag)
{
    buf_clear(b);
    buf_slice(b, key);
    if (f->keys)
        buf_char(b, '\t');
    buf_char(b, tag);
}

void part_put_scalars(struct buf *b, const struct part_format *f, struct slice key, const char *record)
{
    put_key(b, f, key, 'S');
    aggregator_save(f->a, record, b);
}

void part_put_value(struct buf *b, const struct part_format *f, struct slice key, size_t bag,
                    const struct bag_item *item)
{
    const struct accumulator *acc = aggregator_bag(f->a, bag);
    bool text = acc->op->bag == BAG_TEXTS;
    put_key(b, f, key, TAGS[acc->op->bag]);
    buf_printf(b, "\t%0*zu\t", NUMBER_DIGITS, acc->number);
    if (text)
        buf_slice(b, item->text);
    else
        numeral_print(b, item->number);
    save_count(b, item->times);
    if (!text)
        save_count(b, item->decimals);
}

/* --- reading --- */

/* Moves *rest behind the next n fields, whose bytes it returns. */
static struct slice take_fields(struct slice *rest, size_t n)
{
    struct slice from = *rest;
    struct slice last = {from.p, 0};
    for (size_t i = 0; i < n; i++)
        last = take_field(rest);
    return (struct slice){from.p, (size_t)(last.p + last.n - from.p)};
}

static bool read_bag(const struct part_format *f, char tag, struct slice number, size_t *bag)
{
    size_t v = 0;
    for (size_t i = 0; i < number.n; i++) {
        if (number.p[i] < '0' || number.p[i] > '9')
            return false;
        v = v * 10 + (size_t)(number.p[i] - '0');
    }
    for (*bag = 0; *bag < aggregator_bags(f->a); ++*bag) {
        const struct accumulator *acc = aggregator_bag(f->a, *bag);
        if (acc->number == v && TAGS[acc->op->bag] == tag)
            return number.n == NUMBER_DIGITS;
    }
    return false;
}

static bool read_value(struct part_line *l, const struct part_format *f, struct slice rest)
{
    const struct accumulator *acc = aggregator_bag(f->a, l->bag);
    bool text = acc->op->bag == BAG_TEXTS;
    struct slice value = take_fields(&rest, text ? acc->in->n : 1);
    uint64_t decimals = 0;
    l->identity.n = (size_t)(value.p + value.n - l->identity.p);
    l->item = (struct bag_item){.text = value};
    if (!load_count(&rest, &l->item.times) || (!text && !load_count(&rest, &decimals)))
        return false;
    l->item.decimals = (unsigned)(decimals & 31);
    return rest.n == 0 && l->item.times > 0 && decimals <= DEC_MAX_SCALE &&
           (text ? value.n > 0 : numeral_parse(value, &l->item.number));
}

bool part_line_read(struct part_line *l, const struct part_format *f, struct slice line)
{
    struct slice rest = line;
    *l = (struct part_line){.key = take_fields(&rest, f->keys), .identity = line};
    struct slice tag = take_field(&rest);
    if (tag.n != 1)
        return false;
    l->scalars = tag.p[0] == 'S';
    if (l->scalars) {
        l->identity.n = (size_t)(tag.p + 1 - line.p);
        l->fields = rest;
        return true;
    }
    return read_bag(f, tag.p[0], take_field(&rest), &l->bag) && read_value(l, f, rest);
}
