/* SPDX-License-Identifier: MIT
 * bag: the values of one group of one accumulation, numbers or texts, each with how often it came: what
 * distinct counts, quantiles and modes are made of. A bag puts equal values together when it is about to
 * grow, so what it holds is a small multiple of the different values. */
#ifndef LIB_BAG_H
#define LIB_BAG_H

#include "lib/base/buf.h"
#include "lib/number/decimal.h"

enum bag_kind {
    BAG_NONE,
    BAG_TEXTS,
    BAG_NUMBERS,
    BAG_TOP /* numbers with the sign changed, of which the least are kept: the greatest, the greatest first */
};

/* A bag that is zero is empty. */
struct bag {
    struct bag_value *p; /* owned */
    uint64_t n : 48, bits : 6, scale : 5,
        wide : 1; /* values; room for 2^bits; the scale of all but the wide */
};

/* What all bags of one accumulation share. */
struct bags {
    enum bag_kind kind;
    uint64_t most;          /* BAG_TOP: values that are kept */
    struct keymap *words;   /* the texts by number, and the numerals of numbers that do not fit 64 bits */
    uint32_t *order, *rank; /* after bags_order: the words in order, and the place of each */
    uint32_t *place;        /* by word: where it stands in the bag at hand, from 1; 0 between bags */
    size_t places;          /* words there is a place for */
    size_t bytes;           /* held by the bags */
};

struct bag_item {
    struct dec number; /* BAG_NUMBERS, BAG_TOP */
    unsigned decimals; /* the most it was written with */
    struct slice text; /* BAG_TEXTS: fields, TABs between; a field of the stream each */
    uint64_t times;
};

void bags_init(struct bags *s, enum bag_kind kind, uint64_t most);
void bags_free(struct bags *s);  /* the bags must have been released */
void bags_clear(struct bags *s); /* likewise; the words are forgotten */
size_t bags_memory(const struct bags *s);

void bag_put_units(struct bags *s, struct bag *b, int64_t units, unsigned scale, unsigned decimals);
void bag_put_word(struct bags *s, struct bag *b, uint32_t word); /* a number of s->words */
void bag_put(struct bags *s, struct bag *b, const struct bag_item *item);
void bag_join(struct bags *s, struct bag *into, const struct bag *from);
void bag_release(struct bags *s, struct bag *b);

/* To be called before bag_each wants texts in order, when no more are put. */
void bags_order(struct bags *s);

/* Calls use for every different value, in order, until it fails; texts before bags_order in no order, and
 * without their bytes. */
typedef enum status bag_use(void *ctx, const struct bag_item *item);
enum status bag_each(struct bags *s, struct bag *b, bag_use *use, void *ctx);

#endif
