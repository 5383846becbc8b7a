/* SPDX-License-Identifier: MIT
 * column_test: columns decoded at speed say of every field what the careful functions say of it alone, on the
 * wide and on the portable path. */
#include <stdio.h>
#include <stdlib.h>

#include "lib/read/celltype_column.h"
#include "lib/stream/scan.h"
#include "lib/stream/table.h"
#include "tests/unit/tap.h"

enum { FIELDS = 4096, LONGEST = 24 };

/* One column of fields as a block of a table holds them: a TAB behind each, slack around all. */
struct column {
    char bytes[SCAN_SLACK + FIELDS * (LONGEST + 1) + SCAN_SLACK];
    uint32_t sep[FIELDS + 1];
    struct batch batch;
    uint32_t end;
};

static struct column *column_new(void)
{
    struct column *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    memset(c->bytes, '7', sizeof c->bytes); /* slack of digits would show in a value that took it in */
    c->sep[0] = UINT32_MAX;
    c->batch = (struct batch){.base = c->bytes + SCAN_SLACK, .sep = c->sep + 1, .width = 1};
    return c;
}

static void column_add(struct column *c, const char *text)
{
    size_t n = strlen(text);
    memcpy(c->bytes + SCAN_SLACK + c->end, text, n);
    c->end += (uint32_t)n;
    c->bytes[SCAN_SLACK + c->end] = '\t';
    c->sep[++c->batch.rows] = c->end++;
}

static unsigned draw(unsigned *state, unsigned below)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % below;
}

static const char *const edges[] = {"",
                                    "-",
                                    ".",
                                    "-.",
                                    "0",
                                    "-0",
                                    "-0.00",
                                    "5.",
                                    ".5",
                                    "-.5",
                                    "1.2.3",
                                    "1..2",
                                    "--1",
                                    "1-",
                                    "+1",
                                    "1e5",
                                    " 1",
                                    "1 ",
                                    "\\-",
                                    "\\N",
                                    "/5",
                                    ":5",
                                    "1,000",
                                    "000000000000007",
                                    "1234567890123456",
                                    "123456789012345.6",
                                    "12345678901234567",
                                    "-123456789012345.6",
                                    "999999999999.999999",
                                    "9223372036854.775807",
                                    "9223372036854.775808",
                                    "-9223372036854.775807",
                                    "-9223372036854.775808",
                                    "9223372036854775807",
                                    "9223372036854775808",
                                    "9999999999999999",
                                    "0.0000001",
                                    "0.000001",
                                    "00000000000000.5",
                                    "000000000000000.5",
                                    "123456789.123456",
                                    "1234567890.123456",
                                    "\xef\xbc\x91",
                                    "2022-12-31",
                                    "99999999999999999999999"};

static void random_number(char *text, unsigned *state)
{
    static const char odd[] = ".-x /:\\\xe6";
    unsigned n = draw(state, 20), point = draw(state, 24);
    for (unsigned i = 0; i < n; i++)
        text[i] = i == point ? '.' : (char)('0' + draw(state, 10));
    if (n && draw(state, 4) == 0)
        text[0] = '-';
    if (n && draw(state, 5) == 0)
        text[draw(state, n)] = odd[draw(state, sizeof odd - 1)];
    text[n] = '\0';
}

/* What the header promises, from dec_parse alone. */
static int64_t wanted(struct slice f, unsigned places, unsigned scale)
{
    struct dec v;
    if (dec_parse(f, &v) != DEC_OK || v.scale > places || !dec_rescale(&v, scale) || v.units > INT64_MAX ||
        v.units < -INT64_MAX)
        return DEC_UNSURE;
    return (int64_t)v.units;
}

static bool numbers_agree(const struct column *c, unsigned places, unsigned scale, size_t *values)
{
    static int64_t wide[FIELDS], portable[FIELDS];
    size_t n = c->batch.rows;
    dec_parse_column_portable(batch_column(&c->batch, 0, n, 0), places, scale, portable);
    memcpy(wide, portable, sizeof wide);
    if (dec_column_has_sse()) {
        memset(wide, 1, sizeof wide);
        dec_parse_column_sse(batch_column(&c->batch, 1, n - 1, 0), places, scale, wide + 1);
        dec_parse_column_sse(batch_column(&c->batch, 0, 1, 0), places, scale, wide);
    }
    for (size_t i = 0; i < n; i++) {
        struct slice f = batch_field(&c->batch, i, 0);
        if (wide[i] != portable[i] || wide[i] != wanted(f, places, scale)) {
            printf("# %.*s with %u places at scale %u: %lld, %lld, wanted %lld\n", (int)f.n, f.p, places,
                   scale, (long long)wide[i], (long long)portable[i], (long long)wanted(f, places, scale));
            return false;
        }
        *values += wide[i] != DEC_UNSURE;
    }
    return true;
}

/* The same for fields with exactly so many decimals. */
static bool exact_agree(const struct column *c, unsigned places, size_t *values)
{
    static int64_t wide[FIELDS], portable[FIELDS];
    size_t n = c->batch.rows;
    dec_parse_exact_portable(batch_column(&c->batch, 0, n, 0), places, portable);
    memcpy(wide, portable, sizeof wide);
    if (dec_column_has_sse())
        dec_parse_exact_sse(batch_column(&c->batch, 0, n, 0), places, wide);
    for (size_t i = 0; i < n; i++) {
        struct slice f = batch_field(&c->batch, i, 0);
        struct dec v;
        bool exact = dec_parse(f, &v) == DEC_OK && v.scale == places;
        int64_t want = exact ? wanted(f, places, places) : DEC_UNSURE;
        if (wide[i] != portable[i] || wide[i] != want) {
            printf("# %.*s with exactly %u places: %lld, %lld, wanted %lld\n", (int)f.n, f.p, places,
                   (long long)wide[i], (long long)portable[i], (long long)want);
            return false;
        }
        *values += wide[i] != DEC_UNSURE;
    }
    return true;
}

static void numbers(struct tap *t)
{
    struct column *c = column_new();
    unsigned state = 11;
    char text[LONGEST + 1];
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        column_add(c, edges[i]);
    while (c->batch.rows < FIELDS) {
        random_number(text, &state);
        column_add(c, text);
    }
    bool good = true;
    size_t values = 0;
    for (unsigned scale = 0; scale <= DEC_MAX_SCALE; scale++)
        for (unsigned places = 0; places <= scale; places++)
            good = good && numbers_agree(c, places, scale, &values);
    tap_ok(t, good && values > 50000, "4096 fields at every scale: both paths give what dec_parse gives");
    values = 0;
    for (unsigned places = 0; places <= DEC_MAX_SCALE; places++)
        good = good && exact_agree(c, places, &values);
    tap_ok(t, good && values > 1500, "and those with exactly so many decimals");
    free(c);
}

static bool dates_agree(const struct column *c, bool months, size_t *values)
{
    static int64_t packed[FIELDS];
    (months ? cell_month_column : cell_date_column)(batch_column(&c->batch, 0, c->batch.rows, 0), packed);
    int64_t last = 0;
    for (size_t i = 0; i < c->batch.rows; i++) {
        struct slice f = batch_field(&c->batch, i, 0);
        bool real = months ? cell_is_month(f) : cell_is_date(f);
        int64_t want = months ? cell_pack_month(f) : cell_pack_date(f);
        if (packed[i] != want || real != (want != DEC_UNSURE) || (real && want <= last && i < 1400))
            return false;
        last = real ? want : last;
        *values += real;
    }
    return true;
}

/* Days in their order, then the same with one byte replaced. */
static void dates(struct tap *t)
{
    for (int months = 0; months < 2; months++) {
        struct column *c = column_new();
        unsigned state = 5;
        char text[64];
        int year = 1999, month = 0, day = 0;
        while (c->batch.rows < FIELDS) {
            if (months)
                snprintf(text, sizeof text, "%04d-%02d", year, month);
            else
                snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
            if (c->batch.rows >= FIELDS / 2)
                text[draw(&state, (unsigned)strlen(text) + 1)] = "0139-/:x"[draw(&state, 8)];
            text[months ? 8 : 11] = '\0';
            column_add(c, text);
            if (months || ++day > 32)
                day = 0, month++;
            if (month > 13)
                month = 0, year++;
            if (year == 2101)
                year = 1999;
        }
        size_t values = 0;
        bool good = dates_agree(c, months, &values);
        tap_ok(t, good && values > 500,
               months ? "months, right and wrong ones" : "dates, right and wrong ones");
        free(c);
    }
}

int main(void)
{
    struct tap t = {0};
    numbers(&t);
    dates(&t);
    return tap_end(&t);
}
