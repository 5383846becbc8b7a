/* SPDX-License-Identifier: MIT
 * sorter_test: records come back in the order of their keys, those of one key as they were added, whether
 * memory was enough or not; numbers as keys. */
#include "lib/order/sorter.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "tests/unit/tap.h"

enum { RECORDS = 5000, KEYS = 700, LOAD = 60 };

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* The key of a record and its number as text. */
static void make(uint32_t *state, bool in_order, unsigned i, char key[40], char load[LOAD])
{
    unsigned k = in_order ? i / 3 : next_random(state) % KEYS;
    snprintf(key, 40, "%s%05u", k % 2 ? "a-prefix-that-many-have-" : "", k);
    if (in_order)
        snprintf(key, 40, "%05u", k);
    snprintf(load, LOAD, "%05u %.*s", i, (int)(i % 50), "..................................................");
}

static bool sorts(uint64_t memory, bool in_order, bool *spilled)
{
    struct sorter *s = sorter_new(memory, NULL);
    struct sorter_record r;
    struct diag d = {0};
    char key[40], load[LOAD], last[40] = "";
    uint32_t state = 3;
    unsigned n = 0, number, before = 0;
    bool good = true;
    for (unsigned i = 0; i < RECORDS && good; i++) {
        make(&state, in_order, i, key, load);
        const struct slice part[] = {slice_of(load), {"", 0}, slice_of("!")};
        good = sorter_add(s, slice_of(key), part, 3, &d) == ST_OK;
    }
    good = good && sorter_end(s, &d) == ST_OK;
    *spilled = sorter_spilled(s);
    for (; good && sorter_next(s, &r, &d) == ST_OK && r.key.p; n++) {
        int order = slice_compare(slice_of(last), r.key);
        number = (unsigned)strtoul(r.load.p, NULL, 10);
        good = (order < 0 || (order == 0 && (n == 0 || before < number))) && r.load.p[r.load.n - 1] == '!';
        before = number;
        snprintf(last, sizeof last, "%.*s", (int)r.key.n, r.key.p);
    }
    sorter_free(s);
    return good && n == RECORDS;
}

static bool numbers_are_ordered(void)
{
    static const uint64_t numbers[] = {0, 1, 127, 128, 16383, 16384, 1u << 30, (UINT64_C(1) << 56) - 1};
    char a[8], b[8];
    bool good = true;
    for (size_t i = 1; i < sizeof numbers / sizeof *numbers; i++) {
        struct slice x = sorter_number(numbers[i - 1], a), y = sorter_number(numbers[i], b);
        good = good && slice_compare(x, y) < 0 && !memchr(x.p, 0, x.n);
    }
    return good;
}

int main(void)
{
    struct tap t = {0};
    bool spilled;
    tap_ok(&t, sorts(1 << 30, false, &spilled) && !spilled, "in memory");
    tap_ok(&t, sorts(20000, false, &spilled) && spilled, "beyond a little memory");
    tap_ok(&t, sorts(2000, false, &spilled) && spilled, "beyond next to none");
    tap_ok(&t, sorts(1 << 30, true, &spilled) && !spilled, "in memory, added in order");
    tap_ok(&t, sorts(20000, true, &spilled) && spilled, "beyond it, added in order");
    tap_ok(&t, numbers_are_ordered(), "numbers as keys");
    return tap_end(&t);
}
