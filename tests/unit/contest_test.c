/* SPDX-License-Identifier: MIT
 * contest_test: letting rows go while they are read makes no difference to who is among the first. */
#include "lib/order/contest.h"

#include <stdlib.h>

#include "tests/unit/tap.h"

enum { ROWS = 200000, GROUPS = 5 };

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* The same rows every time: two keys, ties in both, some values missing, some rows excluded, one group tiny.
 * Rising values, so that a row held early is beaten later. decoded: numbers are given in units where they can
 * be. */
static struct contest *held(enum ties ties, uint64_t first, bool decoded)
{
    static const struct order_key keys[] = {{false, true}, {true, false}};
    struct contest *c = contest_new(keys, 2, ties, first);
    uint32_t state = 5;
    for (uint32_t i = 0; i < ROWS; i++) {
        char row[40], number[20], text[8];
        uint32_t group = next_random(&state) % 100 < 96 ? next_random(&state) % (GROUPS - 1)
                         : i < 40                       ? GROUPS - 1
                                                        : 0;
        snprintf(number, sizeof number, "%u.%u", (next_random(&state) % 300) + i / 1000, i % 2 * 5);
        snprintf(text, sizeof text, "%c", (char)('a' + next_random(&state) % 4));
        if (next_random(&state) % 50 == 0)
            strcpy(number, i % 2 ? "" : "\\-");
        snprintf(row, sizeof row, "%u", i);
        struct order_field fields[] = {{slice_of(number), DEC_UNSURE, 0}, {slice_of(text), DEC_UNSURE, 0}};
        size_t bad;
        if (decoded && contest_scale(c, 0, &fields[0].scale) &&
            !dec_parse_scaled(fields[0].text, fields[0].scale, &fields[0].units))
            fields[0].units = DEC_UNSURE;
        if (contest_add(c, slice_of(row), group, next_random(&state) % 20 != 0, fields, &bad) != DEC_OK)
            abort();
    }
    uint32_t order[GROUPS];
    for (uint32_t g = 0; g < GROUPS; g++)
        order[g] = GROUPS - 1 - g;
    contest_end(c, order, GROUPS, true);
    return c;
}

/* The winners in the order of the contest, with their ranks, as one text. */
static char *winners(const struct contest *c, uint64_t first)
{
    struct buf b = {0};
    for (size_t i = 0; i < contest_rows(c); i++) {
        uint32_t row = contest_order(c)[i];
        uint64_t rank = contest_doubled_rank(c, row);
        if (rank == 0 || (rank + 1) / 2 > first || !contest_wins(c, row))
            continue;
        buf_slice(&b, contest_row(c, row));
        buf_printf(&b, ":%u ", (unsigned)rank);
    }
    return buf_string(&b);
}

int main(void)
{
    static const char *const names[] = {"min", "max", "dense", "ordinal", "average"};
    static const uint64_t firsts[] = {1, 3, 100};
    struct tap t = {0};
    for (unsigned ties = TIES_MIN; ties <= TIES_AVERAGE; ties++) {
        struct contest *all = held((enum ties)ties, 0, ties % 2);
        for (size_t k = 0; k < 3; k++) {
            struct contest *few = held((enum ties)ties, firsts[k], k != 1);
            char *wanted = winners(all, firsts[k]), *got = winners(few, firsts[k]), what[80];
            snprintf(what, sizeof what, "the first %u by %s are those of the whole table, and few are held",
                     (unsigned)firsts[k], names[ties]);
            tap_ok(&t, strcmp(wanted, got) == 0 && *got && contest_rows(few) < 70000, what);
            free(wanted);
            free(got);
            contest_free(few);
        }
        contest_free(all);
    }
    return tap_end(&t);
}
