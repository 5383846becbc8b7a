/* SPDX-License-Identifier: MIT
 * plaincell_test: whatever cell is taken for plain, the careful rules give the same field for it; and those
 * that are plain are taken. */
#include "lib/read/normalise.h"
#include "lib/read/plaincell.h"
#include "tests/unit/tap.h"

enum { ROOM = 64 };

struct judge {
    struct missing_words missing;
    struct buf scratch, want;
    char field[ROOM + PLAIN_SLACK];
    unsigned taken, left;
};

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* A cell in memory of which 16 bytes behind it may be read and no more. */
static struct slice cell_of(char *memory, size_t size, const char *text, size_t n)
{
    char *p = memory + size - n - 16;
    memcpy(p, text, n);
    return (struct slice){p, n};
}

static bool same(const struct judge *j, const char *end)
{
    return slice_equal((struct slice){j->field, (size_t)(end - j->field)}, buf_view(&j->want));
}

static bool agrees_on_number(struct judge *j, struct slice cell, int shift, bool whole)
{
    struct number_rules rules = {.missing = &j->missing, .sign = "", .shift = shift, .whole = whole};
    struct note note;
    bool good = true;
    for (int grouped = 0; grouped < 2; grouped++) {
        int decimals = 99;
        char *end = grouped ? plaincell_grouped(j->field, cell, shift, whole, &decimals)
                            : plaincell_number(j->field, cell, shift, whole, &decimals);
        if (!end) {
            j->left++;
            continue;
        }
        j->taken++;
        buf_clear(&j->want);
        unsigned changes = (shift ? 1u << CHANGE_UNIT : 0) | (grouped ? 1u << CHANGE_THOUSANDS : 0);
        good = good && normalise_number(cell, &rules, &j->scratch, &j->want, &note) == READ_VALUE &&
               same(j, end) && note.changes == changes && note.decimals == decimals;
    }
    return good;
}

static void test_numbers(struct tap *t, struct judge *j)
{
    static const char letters[] = "0123456789012345678900001.,-";
    char memory[ROOM], text[32];
    uint32_t state = 5;
    bool good = true;
    for (int round = 0; round < 300000; round++) {
        size_t n = next_random(&state) % 23;
        for (size_t i = 0; i < n; i++)
            text[i] = letters[next_random(&state) % (round % 4 ? 25 : sizeof letters - 1)];
        if (n > 3 && round % 2)
            text[1 + next_random(&state) % (n - 2)] = '.';
        if (n > 0 && round % 8 == 0)
            text[0] = '-';
        struct slice cell = cell_of(memory, sizeof memory, text, n);
        good = good && agrees_on_number(j, cell, (int)(next_random(&state) % 29) - 14, round % 16 == 0);
    }
    tap_ok(t, good && j->taken > 50000 && j->left > 50000,
           "300,000 cells of digits, points, commas and signs, moved by any number of places");
}

/* Every grouping of a figure by separators in every place. */
static void test_groups(struct tap *t, struct judge *j)
{
    static const char digits[] = "9876543210";
    char memory[ROOM], text[32];
    bool good = true;
    unsigned grouped = 0;
    for (unsigned commas = 0; commas < 1u << 9; commas++) {
        size_t n = 0;
        for (size_t i = 0; i < 10; i++) {
            text[n++] = digits[i];
            if (i < 9 && commas >> i & 1)
                text[n++] = ',';
        }
        memcpy(text + n, ".50", 3);
        j->taken = 0;
        good = good && agrees_on_number(j, cell_of(memory, sizeof memory, text, n + 3), -4, false);
        grouped += j->taken;
    }
    tap_ok(t, good && grouped == 2, "of every way to set commas only the right one and none are taken");
}

static void test_taken(struct tap *t, struct judge *j)
{
    static const struct {
        const char *cell;
        int shift;
        bool whole;
    } cases[] = {{"0", 0, true},
                 {"12", 0, true},
                 {"1234.50", 0, false},
                 {"-0.5", 0, false},
                 {"0.00", 0, false},
                 {"1234.50", -4, false},
                 {"5", -4, false},
                 {"-1.5", 4, false},
                 {"1.23456", 4, false},
                 {"12", 4, true},
                 {"0.5", -2, false},
                 {"123456789012345", 0, true},
                 {"123456789012.34", -4, false}};
    char memory[ROOM];
    bool all = true;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct slice cell = cell_of(memory, sizeof memory, cases[i].cell, strlen(cases[i].cell));
        j->taken = 0;
        all = all && agrees_on_number(j, cell, cases[i].shift, cases[i].whole) && j->taken == 1;
    }
    tap_ok(t, all, "ordinary figures are taken");
}

static void test_dates(struct tap *t, struct judge *j)
{
    static const char letters[] = "0123456789012-";
    char memory[ROOM], text[16];
    struct note note;
    uint32_t state = 11;
    bool good = true;
    unsigned taken = 0;
    for (int round = 0; round < 300000; round++) {
        size_t n = round % 3 == 0 ? 7 : 10;
        for (size_t i = 0; i < n; i++)
            text[i] = i == 0 ? '2' : i == 5 ? '0' : letters[next_random(&state) % 10];
        text[4] = text[7] = '-';
        if (round % 8 == 0)
            text[next_random(&state) % n] = letters[next_random(&state) % (sizeof letters - 1)];
        struct slice cell = cell_of(memory, sizeof memory, text, n);
        char *end = plaincell_date(j->field, cell);
        buf_clear(&j->want);
        bool read = normalise_date(cell, &j->missing, &j->scratch, &j->want, &note) == READ_VALUE;
        good = good && (end != NULL) == (read && note.changes == 0) && (!end || same(j, end));
        taken += end != NULL;
    }
    tap_ok(t, good && taken > 50000, "dates and months: exactly those that are as they should be");
}

static void test_texts(struct tap *t, struct judge *j)
{
    char memory[ROOM], text[48];
    uint32_t state = 3;
    bool good = true;
    unsigned taken = 0;
    for (int round = 0; round < 200000; round++) {
        size_t n = next_random(&state) % sizeof text;
        for (size_t i = 0; i < n; i++)
            text[i] = (char)next_random(&state);
        if (n > 0 && round % 2)
            text[next_random(&state) % n] = "\t\n\r\\"[next_random(&state) % 4];
        struct slice cell = cell_of(memory, sizeof memory, text, n);
        char *end = plaincell_text(j->field, cell);
        buf_clear(&j->want);
        buf_escaped(&j->want, cell);
        good = good && (end != NULL) == (j->want.n == n) && (!end || same(j, end));
        taken += end != NULL;
    }
    tap_ok(t, good && taken > 50000, "texts: exactly those with nothing to escape");
}

int main(void)
{
    struct tap t = {0};
    struct judge j = {0};
    wordlist_init(&j.missing.nil, "-|—");
    wordlist_init(&j.missing.empty, "空");
    if (plaincell_available()) {
        test_numbers(&t, &j);
        test_groups(&t, &j);
        test_taken(&t, &j);
        test_texts(&t, &j);
    }
    test_dates(&t, &j);
    wordlist_free(&j.missing.nil);
    wordlist_free(&j.missing.empty);
    buf_free(&j.scratch);
    buf_free(&j.want);
    return tap_end(&t);
}
