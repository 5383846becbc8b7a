/* SPDX-License-Identifier: MIT
 * order: rows compared exactly by several typed keys, and sorted stably. */
#ifndef LIB_ORDER_H
#define LIB_ORDER_H

#include "lib/number/decimal_column.h"

struct order_key {
    bool text; /* bytewise as text; otherwise as a decimal number */
    bool descending;
};

/* A field of a row and, for a number key, its value in units of 10^-scale where it has been decoded already
 * (dec_parse_column), DEC_UNSURE where not. */
struct order_field {
    struct slice text;
    int64_t units;
    unsigned scale;
};

enum order_presence { ORDER_VALUE, ORDER_EMPTY, ORDER_NA };

struct order;

struct order *order_new(const struct order_key *keys, size_t n); /* n >= 1; copies keys */
void order_free(struct order *o);

/* Adds the next row's field for key k; each row adds one for every key. The bytes are copied. An error (never
 * for a text key) adds nothing. */
enum dec_error order_add(struct order *o, size_t k, const struct order_field *field) MUST_USE;

/* The scale at which decoded units of key k are used as they are; false when the key takes none. */
bool order_scale(const struct order *o, size_t k, unsigned *scale);

/* Whether a row with these fields, one for every key, surely does not stand before `row`, whose first key has
 * a value. false also where only adding it can tell. */
bool order_not_before(const struct order *o, const struct order_field *field, uint32_t row);

enum order_presence order_presence(const struct order *o, size_t k, uint32_t row);

/* -1, 0, 1. Missing fields of either kind come last, whatever the direction, and are equal to each other. */
int order_compare(const struct order *o, uint32_t a, uint32_t b);

/* Sorts n row numbers; equal rows keep their places. O(n) for number keys that fit 64 bits. */
void order_sort(const struct order *o, uint32_t *row, size_t n);

/* The bytewise order of n texts without NUL, as malloced indices; equal ones in their given order. */
uint32_t *order_texts(const struct slice *text, size_t n);

/* Takes the row last added away again. */
void order_take_back(struct order *o);

/* Keeps only the n rows given, in rising order; they are renumbered from 0. */
void order_keep(struct order *o, const uint32_t *row, size_t n);

/* Bytes held, for the memory bounds of the manual pages. */
size_t order_memory(const struct order *o);

#endif
