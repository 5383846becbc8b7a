/* SPDX-License-Identifier: MIT
 * key_parts_test: the rows that share a key are those that a plain numbering of the keys finds, in small
 * tables and in large ones, for keys of every length. */
#include "lib/schema/key_parts.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/stream/keymap.h"
#include "tests/unit/tap.h"

enum { LONGEST = 700, PIECE = 100 };

struct world {
    struct keymap *map;
    uint32_t *number; /* by row */
    uint32_t *first;  /* by number */
    size_t *count;    /* by number */
    uint32_t last_first;
    size_t told;
    bool good;
};

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* A key of a length that follows from its number, so that all lengths occur, 0 once. */
static struct slice make_key(char *room, uint32_t n)
{
    size_t length = n == 0 ? 0 : n % 97 == 1 ? 250 + n % (LONGEST - 250) : 4 + n % 40;
    memset(room, 'a' + (int)(n % 26), length);
    memcpy(room, &n, length < 4 ? length : 4);
    for (size_t i = 0; i < 4 && i < length; i++) /* as in a field: no byte that parts fields */
        room[i] = (char)(room[i] | '@');
    if (length >= 8)
        snprintf(room + length - 8, 9, "%08x", n);
    return (struct slice){room, length};
}

static void take(void *ctx, struct slice key, const uint32_t *row, size_t n)
{
    struct world *w = ctx;
    int64_t number = keymap_get(w->map, key);
    w->good = w->good && number >= 0 && n > 1 && n == w->count[number] && row[0] == w->first[number];
    w->good = w->good && (w->told == 0 || row[0] > w->last_first);
    for (size_t i = 0; i < n; i++)
        w->good = w->good && w->number[row[i]] == (uint32_t)number && (i == 0 || row[i] > row[i - 1]);
    w->last_first = row[0];
    w->told++;
}

static bool test(uint32_t rows, uint32_t keys, uint32_t state)
{
    struct key_parts *k = key_parts_new();
    struct world w = {.map = keymap_new(0),
                      .number = mem_zero(rows + 1, sizeof *w.number),
                      .first = mem_zero(rows + 1, sizeof *w.first),
                      .count = mem_zero(rows + 1, sizeof *w.count),
                      .good = true};
    static char room[PIECE][LONGEST + 16];
    struct slice key[PIECE];
    size_t repeated = 0;
    for (uint32_t row = 0; row < rows;) {
        size_t n = 0;
        while (n < PIECE && row < rows) {
            key[n] = make_key(room[n], next(&state) % keys);
            uint32_t before = keymap_count(w.map), number = w.number[row] = keymap_put(w.map, key[n]);
            if (number == before)
                w.first[number] = row;
            w.count[number]++;
            n++;
            row++;
        }
        key_parts_put(k, key, n);
    }
    for (uint32_t i = 0; i < keymap_count(w.map); i++)
        repeated += w.count[i] > 1;
    key_parts_repeats(k, take, &w);
    bool good = w.good && w.told == repeated;
    key_parts_free(k);
    keymap_free(w.map);
    free(w.number);
    free(w.first);
    free(w.count);
    return good;
}

int main(void)
{
    struct tap t = {0};
    tap_ok(&t, test(0, 1, 1), "no rows");
    tap_ok(&t, test(1, 1, 1), "one row");
    tap_ok(&t, test(1000, 600, 2), "a small table");
    tap_ok(&t, test(7000, 100000, 3), "a table that is just dealt out");
    tap_ok(&t, test(200000, 150000, 4), "a large table");
    tap_ok(&t, test(100000, 3, 5), "hardly any keys");
    tap_ok(&t, test(100000, 2000000000, 6), "hardly any repeats");
    return tap_end(&t);
}
