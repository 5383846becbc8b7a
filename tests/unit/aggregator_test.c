/* SPDX-License-Identifier: MIT
 * aggregator_test: the law of the aggregator: however rows are cut into parts, folding the records of the
 * parts gives the bytes that one record of the whole gives, for every operation; and a record that went
 * through a line is the same. What a call may not say is refused. */
#include <stdlib.h>
#include <unistd.h>

#include "lib/base/mem.h"
#include "lib/group/grouping.h"
#include "lib/group/result.h"
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
                                          "first(t, y)",
                                          "last(x, text(t), ties=none)",
                                          "median(x, missing=skip)",
                                          "quantile(y, 0.9, 1)",
                                          "mode(t, ties=greatest)",
                                          "concat_distinct(num(y), ' ')",
                                          "sumproduct(y, y)",
                                          "round(weighted_mean(x, y, missing=zero), 5)",
                                          "round(var_samp(y), 8)",
                                          "stddev_pop(x, 6, missing=skip)",
                                          "round(hhi(y), 9)",
                                          "top_sum(x, 3, missing=skip)",
                                          "round(top_share(y, 2), 5)",
                                          "histogram(x, -1, 0, 7.5)",
                                          "if(is_missing(sum(x)), 'gap', text(sum(x)))"};
enum { EXPRESSION_COUNT = sizeof EXPRESSIONS / sizeof *EXPRESSIONS, ROWS = 400, PARTS = 7 };

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* A table of random rows in a temporary file, with its part for each row; every second without gaps, so that
 * sums are not all empty. */
static char *write_table(uint64_t seed)
{
    static const char *const texts[] = {"a", "b", "\xe4\xb8\xad", "", "\\-", "\\N", "c\\td"};
    static const char *const numbers[] = {"0", "-1.50", "1.5",           "12345678901234567890.125",
                                          "7", "-0.0",  "3.000000000001"};
    char *path = mem_text(slice_of("/tmp/aggregator-test.XXXXXX"));
    FILE *f = fdopen(mkstemp(path), "w");
    uint64_t table = seed;
    fputs("part\tx\ty\tt\n", f);
    for (int i = 0; i < ROWS; i++) {
        uint64_t r = next_random(&seed);
        const char *x = table % 2 == 0 && r % 9 == 0 ? texts[3 + r / 9 % 3] : numbers[r % 7];
        fprintf(f, "%d\t%s\t%d.%d\t%s\n", (int)(next_random(&seed) % PARTS), x, (int)(r >> 20 & 63) - 30,
                (int)(r >> 30 & 7), texts[r >> 40 & 7 ? r % 7 : 0]);
    }
    fclose(f);
    return path;
}

struct run {
    struct table *table;
    struct aggregator *aggregator;
    struct result *result;
};

static bool run_open(struct run *r, const char *path, struct diag *d)
{
    static char name[EXPRESSION_COUNT][8];
    bool good = true;
    r->table = table_open(path, d);
    r->aggregator = aggregator_new(r->table);
    r->result = result_new(r->aggregator, NULL, 0);
    for (size_t i = 0; i < EXPRESSION_COUNT && good; i++) {
        snprintf(name[i], sizeof name[i], "e%d", (int)i);
        good = result_add_column(r->result, slice_of(name[i]), EXPRESSIONS[i], d) == ST_OK;
    }
    return good;
}

static void run_close(struct run *r)
{
    result_free(r->result);
    aggregator_free(r->aggregator);
    table_close(r->table);
}

static bool read_all(struct run *r, struct grouping *g, const char *path, struct diag *d)
{
    struct batch b = {.rows = 1};
    bool good = true;
    while (good && table_next(r->table, &b, d) == ST_OK && b.rows) {
        for (size_t next = 0, n; next < b.rows && good;) {
            uint32_t row[ROWS_CHUNK];
            good = rows_choose(NULL, &b, path, &next, row, &n, d) == ST_OK &&
                   grouping_add_rows(g, &b, path, row, n, d) == ST_OK;
        }
    }
    return good;
}

/* Every line of a group goes into the one group of another table. */
static enum status pour_line(void *all, struct slice line, struct diag *d)
{
    struct grouping *to = all;
    struct part_line l;
    struct slice behind_key = {line.p + 2, line.n - 2}; /* the keys are single digits */
    return part_line_read(&l, grouping_format(to), behind_key) ? grouping_add_line(to, &l, d) : ST_FAULT;
}

/* The one row of the table, aggregated as a whole, or by part and put together. */
static char *outcome(const char *path, bool parts, uint64_t memory, struct diag *d)
{
    struct run r;
    struct grouping_limits limits = {memory, NULL, true};
    char *file = mem_text(slice_of("/tmp/aggregator-out.XXXXXX")), text[8192] = "failed";
    close(mkstemp(file));
    bool good = run_open(&r, path, d);
    int *column = parts ? mem_zero(1, sizeof *column) : NULL; /* column 0 */
    struct grouping *g = grouping_new(r.aggregator, column, parts ? 1 : 0, &limits);
    struct grouping *all = grouping_new(r.aggregator, NULL, 0, &limits);
    struct line_writer writer = {.format = *grouping_format(g), .put = pour_line, .ctx = all};
    struct group_sink pour = line_writer_sink(&writer);
    struct out out = {.fd = -1};
    good = good && read_all(&r, g, path, d) && out_open(&out, file, d) == ST_OK;
    struct group_sink print = result_sink(r.result, true, &out);
    good = good && grouping_drain(g, GROUP_SORTED, true, parts ? &pour : &print, d) == ST_OK;
    if (parts)
        good = good && grouping_drain(all, GROUP_SORTED, false, &print, d) == ST_OK;
    if (good && out_close(&out, true, d) == ST_OK) {
        FILE *f = fopen(file, "r");
        if (!f || !fgets(text, sizeof text, f))
            strcpy(text, "nothing");
        fclose(f);
    }
    unlink(file);
    free(file);
    buf_free(&writer.line);
    grouping_free(g);
    grouping_free(all);
    run_close(&r);
    return mem_text(slice_of(text));
}

static void test_law(struct tap *t, uint64_t memory, const char *what)
{
    struct diag d = {0};
    bool good = true;
    for (uint64_t seed = 1; seed <= 30 && good; seed++) {
        char *path = write_table(seed);
        char *whole = outcome(path, false, (uint64_t)1 << 40, &d), *parts = outcome(path, true, memory, &d);
        good = strcmp(whole, parts) == 0 && strlen(whole) > EXPRESSION_COUNT;
        if (!good)
            printf("# seed %d\n# whole: %s\n# parts: %s\n# %s\n", (int)seed, whole, parts, d.reason);
        free(whole);
        free(parts);
        unlink(path);
        free(path);
    }
    tap_ok(t, good, what);
}

static const char *refusal(const char *text, struct diag *d)
{
    char *path = write_table(1);
    struct table *table = table_open(path, d);
    struct aggregator *a = aggregator_new(table);
    struct result *result = result_new(a, NULL, 0);
    if (result_add_column(result, slice_of("z"), text, d) == ST_OK)
        diag_set(d, ST_OK, NULL, 0, NULL, "accepted");
    result_free(result);
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
                 {"var_pop(x)", "need not have a finite decimal"},
                 {"quantile(x, 0.5, 8)", "need not have a finite decimal"},
                 {"quantile(x, 1 / 3)", "need not have a finite decimal"},
                 {"median(x / 3)", "values with a finite decimal"},
                 {"mode(x / 3)", "values with a finite decimal"},
                 {"sumproduct(x / 3, y)", "values with a finite decimal"},
                 {"first(x, y / 3)", "values with a finite decimal"},
                 {"sum(x, y)", "expected sum(x)"},
                 {"sum()", "expected sum(x)"},
                 {"quantile(x)", "expected quantile(x, p)"},
                 {"quantile(x, 1.5)", "a share from 0 to 1"},
                 {"quantile(x, y)", "a share from 0 to 1"},
                 {"quantile(x, 0.5, 10)", "from 1 to 9"},
                 {"stddev_pop(x, 19)", "from 0 to 18"},
                 {"stddev_pop(x)", "expected stddev_pop(x, digits)"},
                 {"top_sum(x, 0)", "from 1 to 1000000"},
                 {"concat_distinct(t, 1)", "a quoted text"},
                 {"histogram(x, 2, 1)", "the bounds of a histogram rise"},
                 {"histogram(x)", "expected histogram(x, bound, ...)"},
                 {"histogram(x, y)", "expected histogram(x, bound, ...)"},
                 {"sumproduct(x, text(t))", "a number in the second place"},
                 {"count(x, missing=skip)", "count has no keyword missing"},
                 {"sum(x, when=y > 1, when=y > 2)", "when= is given twice"},
                 {"sum(x, missing=y)", "missing= is strict, skip or zero"},
                 {"mode(t, ties=first)", "no column 'first'"},
                 {"mode(t, ties=skip)", "ties= is least, greatest or none"},
                 {"first(t, ties=none)", "ties= needs a key"},
                 {"min(text(t), missing=zero)", "missing=zero is for numbers"},
                 {"sum(skip)", "no column 'skip'"},
                 {"sum(nowhere)", "; there are: part, x, y, t"},
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
    test_law(&t, (uint64_t)1 << 40, "30 tables of 400 rows in 7 parts: the whole is what its parts fold to");
    test_law(&t, 1, "the same with every chunk through a temporary file");
    test_refusals(&t);
    return tap_end(&t);
}
