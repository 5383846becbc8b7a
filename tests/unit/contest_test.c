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
static struct contest *held(enum ties ties, enum ties edge, uint64_t first, bool decoded)
{
    static const struct order_key keys[] = {{.descending = true}, {.text = true}};
    struct contest_rule rule = {.ties = ties, .edge = edge, .first = first, .ranked = true};
    struct contest *c = contest_new(keys, 2, &rule);
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
        struct entrant e = {slice_of(row), i, group, next_random(&state) % 20 != 0, fields};
        uint32_t chosen;
        if (decoded && e.competes && contest_sift(c, &group, &fields[0].units, 1, 1, &chosen) == 0)
            continue;
        if (contest_enter(c, &e, &bad) != DEC_OK)
            abort();
    }
    uint32_t order[GROUPS];
    for (uint32_t g = 0; g < GROUPS; g++)
        order[g] = GROUPS - 1 - g;
    contest_end(c, order, GROUPS, false);
    return c;
}

/* The winners in the order of the contest, with their ranks, as one text. `first` and `edge`: of a contest of
 * all rows, those that would win. */
static char *winners(const struct contest *c, const struct contest *by_edge, uint64_t first)
{
    struct buf b = {0};
    size_t n;
    const uint32_t *row = contest_order(c, &n);
    for (size_t i = 0; i < n; i++) {
        uint64_t edge = by_edge ? contest_doubled_rank(by_edge, row[i]) : 0;
        if (by_edge ? edge == 0 || (edge + 1) / 2 > first : !contest_wins(c, row[i]))
            continue;
        buf_slice(&b, contest_row(c, row[i]));
        buf_printf(&b, "=%u:%u ", (unsigned)contest_number(c, row[i]),
                   (unsigned)contest_doubled_rank(c, row[i]));
    }
    return buf_string(&b);
}

int main(void)
{
    static const char *const names[] = {"min", "max", "dense", "ordinal", "average"};
    static const uint64_t firsts[] = {1, 3, 100};
    struct tap t = {0};
    struct contest *all[TIES_AVERAGE + 1];
    for (unsigned ties = TIES_MIN; ties <= TIES_AVERAGE; ties++)
        all[ties] = held((enum ties)ties, (enum ties)ties, 0, ties % 2);
    for (unsigned ties = TIES_MIN; ties <= TIES_AVERAGE; ties++) {
        for (unsigned edge = TIES_MIN; edge <= TIES_AVERAGE; edge++) {
            uint64_t first = firsts[(ties + edge) % 3];
            struct contest *few = held((enum ties)ties, (enum ties)edge, first, edge % 2);
            char *wanted = winners(all[ties], all[edge], first), *got = winners(few, NULL, first), what[100];
            snprintf(what, sizeof what,
                     "the first %u, %s at the edge, ranked by %s: as of all rows; few held", (unsigned)first,
                     names[edge], names[ties]);
            tap_ok(&t, strcmp(wanted, got) == 0 && contest_rows(few) < 70000, what);
            free(wanted);
            free(got);
            contest_free(few);
        }
    }
    for (unsigned ties = TIES_MIN; ties <= TIES_AVERAGE; ties++)
        contest_free(all[ties]);
    return tap_end(&t);
}
