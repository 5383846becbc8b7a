/* SPDX-License-Identifier: MIT
 * csv_fast_paths: the passes over bytes behind csv_fast.h, for csv_fast.c and for the test that gives them
 * every alignment. A quote of 0 means that the format has no quotes. */
#ifndef LIB_CSV_FAST_PATHS_H
#define LIB_CSV_FAST_PATHS_H

#include "lib/base/base.h"

/* Whether the functions below may be called on this machine. */
bool csv_fast_available(void);

/* Stores the offsets, from `from` to below n, of the delimiters, quotes, LF and CR at p. at has room for
 * n - from + SCAN_SLACK. SCAN_SLACK bytes behind p + n are readable. Returns how many there are. */
size_t csv_index_avx2(const char *p, size_t from, size_t n, char delimiter, char quote, uint32_t *at);

/* Records at p, from the beginning of one, to rows of the stream. */
struct csv_copy {
    const char *p; /* SCAN_SLACK bytes behind are readable */
    size_t n;
    char delimiter, quote;
    size_t width; /* fields of every record */
    char *to;     /* room for 2 n + 2 SCAN_SLACK */
    /* What was done: whole records only. */
    size_t used, made; /* bytes */
    uint64_t rows, lines;
    bool unusual; /* the record behind them is malformed, blank, of another width, or just rare: it wants
                     care. Otherwise it goes on behind p + n. */
};
void csv_copy_avx2(struct csv_copy *c);

#endif
