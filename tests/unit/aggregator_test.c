/* SPDX-License-Identifier: MIT
 * aggregator_test: the law of the aggregator: however rows are cut into parts, aggregating the parts and
 * folding them gives the bytes that aggregating the whole gives, for every operation. */
#include <stdlib.h>
#include <unistd.h>

#include "lib/base/mem.h"
#include "lib/group/aggregator_columns.h"
#include "tests/unit/tap.h"

static const char *const EXPRESSIONS[] = {"count()",
                                          "count(x)",
                                          "count(when=y > 0)",
                                          "count_distinct(t)",
                                          "count_distinct(t, y)",
                                          "sum(x)",
                                          "sum(x, missing=skip)",
                                          "sum(x, missing=zero)",
                                          "round(sum(x / 7, missing=skip), 9)",
                                          "round(mean(x, missing=zero), 4)",
                                          "round(mean(x / 3, missing=skip), 4)",
                                          "min(x)",
                                          "max(x)",
                                          "min(y, missing=strict)",
                                          "round(max(y / 11), 12)",
                                          "min(text(t))",
                                          "max(text(t))",
                                          "first(t)",
                                          "last(x)",
                                          "if(is_missing(sum(x)), 'gap', text(sum(x)))"};
enum { EXPRESSION_COUNT = sizeof EXPRESSIONS / sizeof *EXPRESSIONS, ROWS = 400, PARTS = 7 };

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* A table of random rows in a temporary file, the first of them without gaps so that sums are not all empty.
 */
static char *write_table(uint64_t seed)
{
    static const char *const texts[] = {"a", "b", "\xe4\xb8\xad", "", "\\-", "\\N", "c\\td"};
    static const char *const numbers[] = {"0", "-1.50", "1.5",           "12345678901234567890.125",
                                          "7", "-0.0",  "3.000000000001"};
    char *path = mem_text(slice_of("/tmp/aggregator-test.XXXXXX"));
    FILE *f = fdopen(mkstemp(path), "w");
    fputs("x\ty\tt\n", f);
    for (int i = 0; i < ROWS; i++) {
        uint64_t r = next_random(&seed);
        const char *x = seed % 2 == 0 && r % 9 == 0 ? texts[3 + r / 9 % 3] : numbers[r % 7];
        fprintf(f, "%s\t%d.%d\t%s\n", x, (int)(r >> 20 & 63) - 30, (int)(r >> 30 & 7),
                texts[r >> 40 & 7 ? r % 7 : 0]);
    }
    fclose(f);
    return path;
}

struct run {
    struct table *table;
    struct aggregator *aggregator;
    struct result_columns *columns;
};

static bool run_open(struct run *r, const char *path, struct diag *d)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j",
                                        "k", "l", "m", "n", "o", "p", "q", "r", "s", "u"};
    bool good = true;
    r->table = table_open(path, d);
    r->aggregator = aggregator_new(r->table);
    r->columns = result_columns_new(r->aggregator, NULL, 0);
    for (size_t i = 0; i < EXPRESSION_COUNT && good; i++)
        good = result_columns_add(r->columns, slice_of(names[i]), EXPRESSIONS[i], d) == ST_OK;
    return good;
}

static void run_close(struct run *r)
{
    result_columns_free(r->columns);
    aggregator_free(r->aggregator);
    table_close(r->table);
}

/* Aggregates the table into `parts` groups, row by row as the seed says, folds them into one and prints that.
 */
static char *result(const char *path, uint32_t parts, uint64_t seed, struct diag *d)
{
    struct run r;
    struct batch b;
    struct buf line = {0};
    bool good = run_open(&r, path, d);
    while (good && table_next(r.table, &b, d) == ST_OK && b.rows) {
        for (size_t next = 0, n; next < b.rows && good;) {
            uint32_t row[ROWS_CHUNK], group[ROWS_CHUNK];
            good = rows_choose(NULL, &b, path, &next, row, &n, d) == ST_OK;
            for (size_t i = 0; i < n; i++)
                group[i] = (uint32_t)(next_random(&seed) % parts);
            good = good && aggregator_update(r.aggregator, &(struct grouped_rows){&b, path, row, group, n},
                                             parts, d) == ST_OK;
        }
    }
    int64_t into[PARTS];
    for (uint32_t i = 0; i < parts; i++)
        into[i] = parts;
    good = good && aggregator_fold(r.aggregator, into, parts, parts + 1, d) == ST_OK;
    struct group_line whole = {.group = parts};
    good = good && result_columns_print(r.columns, &whole, &line, d) == ST_OK;
    char *text = mem_text(good ? buf_view(&line) : slice_of("failed"));
    buf_free(&line);
    run_close(&r);
    return text;
}

static void test_law(struct tap *t)
{
    struct diag d = {0};
    bool good = true;
    for (uint64_t seed = 1; seed <= 30 && good; seed++) {
        char *path = write_table(seed);
        char *whole = result(path, 1, seed, &d), *parts = result(path, PARTS, seed * 77, &d);
        good = strcmp(whole, parts) == 0 && strcmp(whole, "failed") != 0;
        if (!good)
            printf("# seed %d\n# whole: %s\n# parts: %s\n# %s\n", (int)seed, whole, parts, d.reason);
        free(whole);
        free(parts);
        unlink(path);
        free(path);
    }
    tap_ok(t, good, "30 tables of 400 rows in 7 parts: every operation folds to what the whole gives");
}

static const char *refusal(const char *text, struct diag *d)
{
    char *path = write_table(1);
    struct table *table = table_open(path, d);
    struct aggregator *a = aggregator_new(table);
    struct result_columns *columns = result_columns_new(a, NULL, 0);
    if (result_columns_add(columns, slice_of("z"), text, d) == ST_OK)
        diag_set(d, ST_OK, NULL, 0, NULL, "accepted");
    result_columns_free(columns);
    aggregator_free(a);
    table_close(table);
    unlink(path);
    free(path);
    return d->reason;
}

static void test_refusals(struct tap *t)
{
    static const struct {
        const char *text, *reason;
    } cases[] = {{"mean(x)", "need not have a finite decimal"},
                 {"sum(x / 3)", "need not have a finite decimal"},
                 {"sum(x, y)", "expected sum(x)"},
                 {"sum()", "expected sum(x)"},
                 {"count(x, missing=skip)", "count has no keyword missing"},
                 {"sum(x, when=y > 1, when=y > 2)", "when= is given twice"},
                 {"sum(x, missing=y)", "missing= is strict, skip or zero"},
                 {"sum(skip)", "no column 'skip'"},
                 {"sum(text(t))", "sum wants a number"},
                 {"x", "only inside an aggregate"},
                 {"sum(sum(x))", "aggregate inside an aggregate"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct diag d = {0};
        const char *reason = refusal(cases[i].text, &d);
        bool good = d.status == ST_MISUSE && strstr(reason, cases[i].reason);
        tap_ok(t, good, cases[i].text);
        if (!good)
            printf("# %s\n", reason);
    }
}

int main(void)
{
    struct tap t = {0};
    test_law(&t);
    test_refusals(&t);
    return tap_end(&t);
}
