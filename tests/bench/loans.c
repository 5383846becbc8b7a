/* SPDX-License-Identifier: MIT
 * loans: writes the benchmark's table, loan-level rows of 16 columns, the same bytes on every machine.
 *
 *   loans tsv|csv|quoted ROWS [TOTALS]
 *
 * `quoted` is csv with commas and quotes in 5 % of the names. TOTALS receives, as TSV, the exact sum of
 * balance for every district and bank, against which the sums of the tools are judged. Fewer rows give a
 * prefix of more. */
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DISTRICTS = 7, BANKS = 20, PRODUCTS = 40, INDUSTRIES = 20, BORROWERS = 2000000 };
enum { ROW_MAX = 512, BUFFER = 1 << 18 };

static const char HEADER[] =
    "period district bank product borrower_id loan_id amount balance rate class industry "
    "agri_flag inclusive_flag issue_date maturity_date name";

struct form {
    char separator;
    bool quoted;
};

struct text {
    char *p; /* where the next byte goes */
};

static void put(struct text *t, const char *s)
{
    size_t n = strlen(s);
    memcpy(t->p, s, n);
    t->p += n;
}

static void put_char(struct text *t, char c)
{
    *t->p++ = c;
}

/* Exactly `width` digits, zeros before. */
static void put_digits(struct text *t, uint64_t v, unsigned width)
{
    for (unsigned i = width; i-- > 0; v /= 10)
        t->p[i] = (char)('0' + v % 10);
    t->p += width;
}

/* v units of 10^-scale, as few digits before the point as there are. */
static void put_decimal(struct text *t, uint64_t v, unsigned scale)
{
    uint64_t unit = 1;
    for (unsigned i = 0; i < scale; i++)
        unit *= 10;
    unsigned width = 1;
    for (uint64_t whole = v / unit; whole >= 10; whole /= 10)
        width++;
    put_digits(t, v / unit, width);
    put_char(t, '.');
    put_digits(t, v % unit, scale);
}

/* xorshift64*, Vigna 2016. */
static uint64_t next(uint64_t *state)
{
    uint64_t x = *state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *state = x;
    return x * UINT64_C(2685821657736338717);
}

static uint64_t below(uint64_t *state, uint64_t n)
{
    return (next(state) >> 32) * n >> 32;
}

/* Half are persons of three characters, half firms of six. A borrower has one name wherever it occurs. */
static void put_name(struct text *t, uint64_t borrower, bool quoted)
{
    static const char *const surname[] = {"王", "李", "张", "刘", "陈", "杨",
                                          "赵", "黄", "周", "吴", "徐", "孙"};
    static const char *const given[] = {"伟", "芳", "娜", "敏", "静", "强", "磊", "军", "洋", "勇",
                                        "艳", "杰", "涛", "明", "超", "霞", "平", "刚", "建", "文"};
    static const char *const style[] = {"宏达", "金桥", "东岳", "恒信", "新世", "华丰", "鲁中", "天和"};
    static const char *const trade[] = {"机械", "农业", "纺织", "建材", "食品",
                                        "物流", "化工", "商贸", "医药"};
    uint64_t h = (borrower + 1) * UINT64_C(0x9E3779B97F4A7C15);
    bool odd = quoted && (h >> 40) % 20 == 0;
    if (odd)
        put_char(t, '"');
    if (h >> 63) {
        put(t, surname[(h >> 8) % 12]);
        put(t, given[(h >> 16) % 20]);
        put(t, odd ? ",\"\"" : "");
        put(t, given[(h >> 24) % 20]);
    } else {
        put(t, style[(h >> 8) % 8]);
        put(t, odd ? ",\"\"" : "");
        put(t, trade[(h >> 16) % 9]);
        put(t, "公司");
    }
    if (odd)
        put(t, "\"\"\"");
}

/* Days 1 to 28 exist in every month. */
static void put_date(struct text *t, uint64_t year, uint64_t *state)
{
    put_digits(t, year, 4);
    put_char(t, '-');
    put_digits(t, 1 + below(state, 12), 2);
    put_char(t, '-');
    put_digits(t, 1 + below(state, 28), 2);
}

struct keys {
    uint64_t district, bank, product, borrower, loan;
};

static void put_keys(struct text *t, const struct keys *k, char separator)
{
    put(t, "2022-12");
    put_char(t, separator);
    put(t, "3709");
    put_digits(t, k->district + 1, 2);
    put_char(t, separator);
    put_char(t, 'B');
    put_digits(t, k->bank + 1, 2);
    put_char(t, separator);
    put_char(t, 'P');
    put_digits(t, k->product + 1, 2);
    put_char(t, separator);
    put_char(t, 'C');
    put_digits(t, k->borrower, 9);
    put_char(t, separator);
    put_char(t, 'L');
    put_digits(t, k->loan, 15);
}

/* From 1.00 to 1e9 with two decimals, every magnitude as often. */
static uint64_t draw_amount(uint64_t *state)
{
    uint64_t most = 1000;
    for (uint64_t magnitude = below(state, 9); magnitude > 0; magnitude--)
        most *= 10;
    uint64_t step = 1 + most / UINT32_MAX; /* below() draws 32 bits */
    return 100 + below(state, (most - 99) / step) * step;
}

/* One row. Returns its balance in units of 0.01; *group tells whose it is. */
static uint64_t put_row(struct text *t, uint64_t row, uint64_t *state, const struct form *form,
                        unsigned *group)
{
    char s = form->separator;
    /* The prime has no factor in common with 10^15, so every loan number comes once. */
    struct keys k = {below(state, DISTRICTS), below(state, BANKS), below(state, PRODUCTS),
                     below(state, BORROWERS), row * UINT64_C(1000003) % UINT64_C(1000000000000000)};
    *group = (unsigned)(k.district * BANKS + k.bank);
    uint64_t amount = draw_amount(state);
    uint64_t balance = below(state, 4) == 0 ? amount : amount / 1000 * below(state, 1001);
    put_keys(t, &k, s);
    put_char(t, s);
    put_decimal(t, amount, 2);
    put_char(t, s);
    put_decimal(t, balance, 2);
    put_char(t, s);
    put_decimal(t, 20000 + below(state, 130000), 4);
    put_char(t, s);
    put_digits(t, 1 + below(state, 5), 1);
    put_char(t, s);
    put_char(t, (char)('A' + below(state, INDUSTRIES)));
    put_char(t, s);
    put_digits(t, below(state, 2), 1);
    put_char(t, s);
    put_digits(t, below(state, 2), 1);
    put_char(t, s);
    put_date(t, 2015 + below(state, 7), state);
    put_char(t, s);
    put_date(t, 2023 + below(state, 15), state);
    put_char(t, s);
    put_name(t, k.borrower, form->quoted);
    put_char(t, '\n');
    return balance;
}

static void fail(const char *what)
{
    fprintf(stderr, "loans: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void flush(char *buffer, struct text *t)
{
    size_t n = (size_t)(t->p - buffer);
    if (fwrite(buffer, 1, n, stdout) != n)
        fail("output");
    t->p = buffer;
}

static void write_rows(uint64_t rows, const struct form *form, uint64_t total[DISTRICTS * BANKS])
{
    static char buffer[BUFFER + ROW_MAX];
    struct text t = {buffer};
    uint64_t state = UINT64_C(88172645463325252);
    for (const char *p = HEADER; *p; p++)
        put_char(&t, *p == ' ' ? form->separator : *p);
    put_char(&t, '\n');
    for (uint64_t row = 0; row < rows; row++) {
        unsigned group;
        uint64_t balance = put_row(&t, row, &state, form, &group);
        total[group] += balance;
        if (t.p - buffer >= BUFFER)
            flush(buffer, &t);
    }
    flush(buffer, &t);
    if (fflush(stdout) != 0)
        fail("output");
}

static void write_totals(const char *path, const uint64_t total[DISTRICTS * BANKS])
{
    FILE *f = fopen(path, "w");
    if (!f)
        fail(path);
    fprintf(f, "district\tbank\tbalance\n");
    for (unsigned g = 0; g < DISTRICTS * BANKS; g++)
        fprintf(f, "3709%02u\tB%02u\t%" PRIu64 ".%02u\n", g / BANKS + 1, g % BANKS + 1, total[g] / 100,
                (unsigned)(total[g] % 100));
    if (fclose(f) != 0)
        fail(path);
}

int main(int argc, char **argv)
{
    static uint64_t total[DISTRICTS * BANKS];
    struct form form = {'\t', false};
    char *end = NULL;
    uint64_t rows = argc > 2 ? strtoull(argv[2], &end, 10) : 0;
    if (argc < 3 || argc > 4 || *end || rows == 0) {
        fprintf(stderr, "usage: loans tsv|csv|quoted ROWS [TOTALS]\n");
        return 2;
    }
    if (strcmp(argv[1], "tsv") != 0)
        form = (struct form){',', strcmp(argv[1], "quoted") == 0};
    write_rows(rows, &form, total);
    if (argc == 4)
        write_totals(argv[3], total);
    return 0;
}
