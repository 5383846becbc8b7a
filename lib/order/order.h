/* SPDX-License-Identifier: MIT
 * order: rows compared exactly by several typed keys, and sorted stably. */
#ifndef LIB_ORDER_H
#define LIB_ORDER_H

#include "lib/base/buf.h"
#include "lib/number/decimal_column.h"

struct order_key {
    bool text; /* bytewise as text; otherwise as a decimal number */
    bool descending;
    bool missing_first; /* a missing value of either kind stands before all others; otherwise behind them */
    bool rounded;       /* a number counts as what it is with `decimals` decimals, half away from zero */
    unsigned decimals;
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

/* The value of key k in a row, in units of order_scale; false when it is not held so, or missing. */
bool order_units(const struct order *o, size_t k, uint32_t row, int64_t *units);

/* Whether a row with these fields, one for every key, surely does not stand before `row`, whose first key has
 * a value. false also where only adding it can tell. */
bool order_not_before(const struct order *o, const struct order_field *field, uint32_t row);

enum order_presence order_presence(const struct order *o, size_t k, uint32_t row);

/* -1, 0, 1. Missing fields of either kind stand where the key says, whatever the direction, and are equal to
 * each other. */
int order_compare(const struct order *o, uint32_t a, uint32_t b);

/* Sorts n row numbers; equal rows keep their places. starts[i] becomes 1 where row[i] differs from the one
 * before it, as the first does, and 0 where the two are equal. O(n) for number keys that fit 64 bits. */
void order_sort(const struct order *o, uint32_t *row, size_t n, uint8_t *starts);

/* Appends the row's keys as bytes that memcmp puts in the order of rows and that are the same only for equal
 * rows, whatever order they come from; none is the beginning of another. */
void order_encode(const struct order *o, uint32_t row, struct buf *b);

/* The bytewise order of n texts without NUL, as malloced indices; equal ones in their given order. */
uint32_t *order_texts(const struct slice *text, size_t n);

/* Takes the row last added away again. */
void order_take_back(struct order *o);

/* Keeps only the n rows given, in rising order; they are renumbered from 0. */
void order_keep(struct order *o, const uint32_t *row, size_t n);

/* Bytes the rows take, without what is allocated ahead; and those order_sort takes for each row it sorts. */
size_t order_memory(const struct order *o);
size_t order_sort_memory(const struct order *o);

/* Half away from zero; v itself when it has no more decimals. */
struct dec order_rounded(struct dec v, unsigned decimals);

#endif
