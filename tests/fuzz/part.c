/* SPDX-License-Identifier: MIT
 * part: whatever bytes claim to be the lines of a part are refused, or taken in and written as a part that
 * reads back as the same part, in memory and through temporary files; and its results can be made. */
#include "lib/group/grouping.h"
#include "lib/group/result.h"
#include "lib/stream/scan.h"
#include "tests/fuzz/fuzz.h"

static const char *const tokens[] = {"\t",
                                     "\n",
                                     "S",
                                     "d",
                                     "h",
                                     "t",
                                     "k\tS",
                                     "p0212",
                                     "n9787~",
                                     "o",
                                     "0",
                                     "1",
                                     "3",
                                     "001",
                                     "014",
                                     "1/7",
                                     "-1.50",
                                     "99999999999999999999",
                                     "p01",
                                     "\\-",
                                     "\\N",
                                     "a\\tb",
                                     "\xff",
                                     "2022-11",
                                     "281474976710655"};

static const char *const CALLS[] = {"count()",
                                    "sum(x)",
                                    "min(x)",
                                    "max(x / 7)",
                                    "count_distinct(t)",
                                    "count_distinct(t, u)",
                                    "median(x)",
                                    "quantile(x, 0.9, 1)",
                                    "mode(t, ties=none)",
                                    "concat_distinct(num(x))",
                                    "first(t, x)",
                                    "last(t, text(u), ties=none)",
                                    "min(text(t))",
                                    "sumproduct(x, y)",
                                    "stddev_pop(x, 4)",
                                    "top_sum(x, 3)",
                                    "top_share(x, 2)",
                                    "histogram(x, 0, 10)"};
enum { CALL_COUNT = sizeof CALLS / sizeof *CALLS };

struct specification {
    struct aggregator *a;
    struct result *result;
    struct slice key;
};

static void specify(struct specification *s)
{
    static char name[CALL_COUNT][8], text[CALL_COUNT][64];
    struct diag d;
    s->a = aggregator_new(NULL);
    aggregator_count_rows(s->a);
    s->key = slice_of("k");
    s->result = result_new(s->a, &s->key, 1);
    for (size_t i = 0; i < CALL_COUNT; i++) {
        bool share = strstr(CALLS[i], "share") || strstr(CALLS[i], "/ 7");
        snprintf(name[i], sizeof name[i], "c%zu", i);
        snprintf(text[i], sizeof text[i], share ? "round(%s, 4)" : "%s", CALLS[i]);
        if (result_add_column(s->result, slice_of(name[i]), text[i], &d) != ST_OK)
            abort();
    }
}

static enum status put_line(void *lines, struct slice line, struct diag *d)
{
    (void)d;
    buf_slice(lines, line);
    buf_char(lines, '\n');
    return ST_OK;
}

/* Whether all lines are taken in; then *out is the part they make. */
static bool pass(const struct specification *s, struct slice lines, uint64_t memory, struct buf *out)
{
    struct grouping_limits limits = {memory, NULL, true};
    struct part_format format = {s->a, 1};
    struct grouping *g = grouping_new(s->a, NULL, 1, &limits);
    struct line_writer w = {.format = format, .put = put_line, .ctx = out};
    struct group_sink sink = line_writer_sink(&w);
    struct diag d;
    bool good = true;
    while (good && lines.n) {
        const char *end = memchr(lines.p, '\n', lines.n);
        struct slice line = {lines.p, end ? (size_t)(end - lines.p) : lines.n};
        struct part_line l;
        size_t used = line.n + (end != NULL);
        good = part_line_read(&l, &format, line) && grouping_add_line(g, &l, &d) == ST_OK;
        lines = (struct slice){lines.p + used, lines.n - used};
    }
    good = good && grouping_drain(g, GROUP_SORTED, true, &sink, &d) == ST_OK;
    buf_free(&w.line);
    grouping_free(g);
    return good;
}

/* The table may be refused, where values are missing or do not fit, but not with a fault. */
static void finish(const struct specification *s, struct slice lines)
{
    struct grouping_limits limits = {1 << 30, NULL, true};
    struct part_format format = {s->a, 1};
    struct grouping *g = grouping_new(s->a, NULL, 1, &limits);
    struct diag d = {0};
    struct out out;
    if (out_open(&out, "/dev/null", &d) != ST_OK)
        abort();
    while (lines.n) {
        const char *end = memchr(lines.p, '\n', lines.n);
        struct part_line l;
        if (!part_line_read(&l, &format, (struct slice){lines.p, (size_t)(end - lines.p)}) ||
            grouping_add_line(g, &l, &d) != ST_OK)
            abort();
        lines = (struct slice){end + 1, lines.n - (size_t)(end + 1 - lines.p)};
    }
    struct group_sink sink = result_sink(s->result, true, &out);
    enum status st = grouping_drain(g, GROUP_SORTED, false, &sink, &d);
    if (st != ST_OK && st != ST_INPUT)
        abort();
    if (out_close(&out, true, &d) != ST_OK)
        abort();
    grouping_free(g);
}

static void try(const char *p, size_t n)
{
    static struct specification s;
    struct buf once = {0}, again = {0}, spilled = {0}, text = {0};
    if (!s.a)
        specify(&s);
    buf_add(&text, p, n);
    for (unsigned i = 0; i < SCAN_SLACK; i++)
        buf_char(&text, '\n');
    if (scan_text(text.p, n) == n && pass(&s, (struct slice){text.p, n}, 1 << 30, &once)) {
        if (!pass(&s, (struct slice){text.p, n}, 1, &spilled) ||
            !slice_equal(buf_view(&once), buf_view(&spilled)))
            abort();
        if (!pass(&s, buf_view(&once), 1 << 30, &again) || !slice_equal(buf_view(&once), buf_view(&again)))
            abort();
        finish(&s, buf_view(&once));
    }
    buf_free(&once);
    buf_free(&again);
    buf_free(&spilled);
    buf_free(&text);
}

FUZZ(tokens, try)
