/* SPDX-License-Identifier: MIT
 * order_test: comparison by typed keys, the linear and the merging sort against insertion, ranks of ties. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/order/order_ranks.h"
#include "tests/unit/tap.h"

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void add(struct order *o, size_t key, const char *field)
{
    if (order_add(o, key, &(struct order_field){slice_of(field), DEC_UNSURE, 0}) != DEC_OK)
        printf("# not added: %s\n", field);
}

static void test_compare(struct tap *t)
{
    struct order *o = order_new((struct order_key[]){{.descending = true}, {.text = true}}, 2);
    const char *rows[][2] = {{"2", "b"}, {"10", "a"}, {"10.00", "c"}, {"", "x"}, {"\\-", "a"}, {"-0.5", ""}};
    for (size_t i = 0; i < 6; i++) {
        add(o, 0, rows[i][0]);
        add(o, 1, rows[i][1]);
    }
    tap_ok(t, order_compare(o, 1, 0) < 0 && order_compare(o, 0, 1) > 0, "10 stands before 2 when descending");
    tap_ok(t, order_compare(o, 1, 2) < 0, "10 equals 10.00, so the text decides");
    tap_ok(t, order_compare(o, 5, 3) < 0, "a missing number comes last, below a negative one");
    tap_ok(t, order_compare(o, 3, 4) > 0, "two missing numbers are equal, so the text decides");
    tap_ok(t, order_presence(o, 0, 3) == ORDER_EMPTY && order_presence(o, 0, 4) == ORDER_NA,
           "the kinds of missing stay");
    tap_ok(t, order_add(o, 0, &(struct order_field){slice_of("1e5"), DEC_UNSURE, 0}) == DEC_NOT_A_NUMBER,
           "text is no number");
    order_free(o);
}

/* Encoded keys compare as the rows do: neighbours and rows far apart. */
static bool encoding_agrees(const struct order *o, uint32_t n)
{
    bool good = true;
    struct buf a = {0}, b = {0};
    for (uint32_t i = 0; i < n && good; i++) {
        for (uint32_t k = i; k < n && good; k += 1 + i % 7) {
            buf_clear(&a);
            buf_clear(&b);
            order_encode(o, i, &a);
            order_encode(o, k, &b);
            int c = slice_compare(buf_view(&a), buf_view(&b));
            good = (c > 0) - (c < 0) == order_compare(o, i, k);
        }
    }
    buf_free(&a);
    buf_free(&b);
    return good;
}

/* Decimals that reach beyond 64 bits, at several scales, in an order worked out by hand. */
static void test_wide(struct tap *t)
{
    static const char *const ascending[] = {"-123456789012345678901234567890.5",
                                            "-3",
                                            "-2.999999999999999999",
                                            "0",
                                            "0.000000000000000001",
                                            "2.5",
                                            "92233720368547758.07",
                                            "92233720368547758.08",
                                            "123456789012345678901234567890"};
    struct order *o = order_new(&(struct order_key){0}, 1);
    bool good = true;
    for (size_t i = 0; i < 9; i++)
        add(o, 0, ascending[i]);
    for (uint32_t a = 0; a < 9; a++)
        for (uint32_t b = 0; b < 9; b++)
            good = good && order_compare(o, a, b) == (a > b) - (a < b);
    tap_ok(t, good, "wide decimals of any scale compare exactly");
    tap_ok(t, encoding_agrees(o, 9), "and so do they encoded");
    order_free(o);
}

static void add_random(struct order *o, size_t key, bool text, bool wide, uint64_t *seed)
{
    char field[64];
    int v = (int)(next_random(seed) % 61) - 30;
    unsigned kind = (unsigned)(next_random(seed) % 12);
    if (kind == 0)
        snprintf(field, sizeof field, "%s", v % 2 ? "" : "\\-");
    else if (text)
        snprintf(field, sizeof field, "key-%d%s", v, kind > 6 ? "-and-a-long-tail" : "");
    else if (wide && kind == 1)
        snprintf(field, sizeof field, "%d12345678901234567890123", v);
    else
        snprintf(field, sizeof field, kind > 6 ? "%d.%02d" : "%d", v, v < 0 ? -v : v);
    add(o, key, field);
}

/* order_sort against insertion, which is stable and simple. */
static bool sort_agrees(bool text, bool wide, uint64_t seed)
{
    enum { N = 500 };
    struct order *o =
        order_new((struct order_key[]){{.text = text, .descending = seed % 2, .missing_first = seed % 3 == 0},
                                       {.descending = true, .rounded = seed % 5 == 0, .decimals = 1}},
                  2);
    uint32_t row[N], want[N];
    for (uint32_t i = 0; i < N; i++) {
        add_random(o, 0, text, wide, &seed);
        add_random(o, 1, false, false, &seed);
        row[i] = want[i] = i;
    }
    for (size_t i = 1; i < N; i++) {
        uint32_t x = want[i];
        size_t k = i;
        for (; k > 0 && order_compare(o, want[k - 1], x) > 0; k--)
            want[k] = want[k - 1];
        want[k] = x;
    }
    uint8_t starts[N];
    order_sort(o, row, N, starts);
    bool good = memcmp(row, want, sizeof row) == 0 && starts[0] == 1;
    for (size_t i = 1; i < N; i++)
        good = good && starts[i] == (order_compare(o, row[i - 1], row[i]) != 0);
    good = good && encoding_agrees(o, N);
    order_free(o);
    return good;
}

static void test_sort(struct tap *t)
{
    bool linear = true, merging = true, wide = true;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        linear = linear && sort_agrees(false, false, seed);
        merging = merging && sort_agrees(true, false, seed);
        wide = wide && sort_agrees(false, true, seed);
    }
    tap_ok(t, linear, "20 x 500 rows by two numbers: the linear sort is stable and right");
    tap_ok(t, merging, "20 x 500 rows by text and number: so is the merging sort");
    tap_ok(t, wide, "20 x 500 rows with wide decimals: so too");
}

static void test_texts(struct tap *t)
{
    enum { N = 3000 };
    struct slice text[N];
    static char bytes[N][40];
    uint64_t seed = 7;
    for (size_t i = 0; i < N; i++) {
        snprintf(bytes[i], sizeof bytes[i], "%s%llx", i % 3 ? "a-prefix-they-share" : "",
                 (unsigned long long)(next_random(&seed) % 900) * (i % 5 ? 1 : 1234567891011));
        text[i] = slice_of(bytes[i]);
    }
    uint32_t *order = order_texts(text, N);
    bool good = true;
    for (size_t i = 1; i < N; i++) {
        int c = slice_compare(text[order[i - 1]], text[order[i]]);
        good = good && (c < 0 || (c == 0 && order[i - 1] < order[i]));
    }
    tap_ok(t, good, "3000 texts in bytewise order, equal ones in their given order");
    free(order);
    free(order_texts(text, 0));
}

static void test_ranks(struct tap *t)
{
    static const struct {
        const char *name;
        uint64_t doubled[4];
    } cases[] = {{"min", {2, 4, 4, 8}},
                 {"max", {2, 6, 6, 8}},
                 {"dense", {2, 4, 4, 6}},
                 {"ordinal", {2, 4, 6, 8}},
                 {"average", {2, 5, 5, 8}}};
    const uint32_t row[] = {3, 0, 2, 1};
    for (size_t i = 0; i < 5; i++) {
        enum ties ties;
        uint64_t got[4] = {0};
        bool good = ties_named(slice_of(cases[i].name), &ties);
        good = good && order_ranks(ties, row, (const uint8_t[]){1, 1, 0, 1}, 4, got) == 3;
        for (size_t k = 0; k < 4; k++)
            good = good && got[row[k]] == cases[i].doubled[k];
        tap_ok(t, good, cases[i].name);
    }
}

static void test_shares(struct tap *t)
{
    struct dec share;
    struct buf b = {0};
    for (uint64_t rank = 1; rank <= 4; rank++) {
        if (rank_percent(2 * rank, 4, 3, &share))
            dec_print(&b, share);
        buf_char(&b, ' ');
        dec_print(&b, rank_share(rank, 3 + rank, 2));
        buf_printf(&b, " %u; ", (unsigned)rank_band(2 * rank, 4, 3));
    }
    tap_text(t, buf_string(&b), "0.000 0.25 1; 0.333 0.40 1; 0.667 0.50 2; 1.000 0.57 3; ",
             "percent rank, share and band of four rows, three bands");
    tap_ok(t, !rank_percent(2, 1, 3, &share), "a single row has no percent rank");
    buf_clear(&b);
    buf_printf(&b, "%u %u", (unsigned)rank_band(5, 4, 4), (unsigned)rank_band(2, 4, UINT64_C(1) << 62));
    tap_text(t, buf_string(&b), "2 1", "the band of rank 2.5 of 4, and of the first of very many bands");
    buf_free(&b);
}

static void test_rounded(struct tap *t)
{
    static const char *const cases[][2] = {{"1.005", "1.01"},  {"-1.005", "-1.01"}, {"1.0049", "1.00"},
                                           {"-0.004", "0.00"}, {"7.1", "7.1"},      {"99.995", "100.00"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct dec v;
        struct buf b = {0};
        if (dec_parse(slice_of(cases[i][0]), &v) == DEC_OK)
            dec_print(&b, order_rounded(v, 2));
        tap_text(t, buf_string(&b), cases[i][1], "half away from zero");
        buf_free(&b);
    }
}

int main(void)
{
    struct tap t = {0};
    test_compare(&t);
    test_wide(&t);
    test_sort(&t);
    test_texts(&t);
    test_ranks(&t);
    test_shares(&t);
    test_rounded(&t);
    return tap_end(&t);
}
