/* SPDX-License-Identifier: MIT
 * normalise_test: what cells are read as, by hand-computed values. */
#include <stdlib.h>

#include "lib/read/normalise.h"
#include "tests/unit/tap.h"

struct number_case {
    const char *cell, *want; /* want NULL: bad */
    const char *sign;
    int shift;
    bool whole;
    enum reading reading;
};

static const struct number_case numbers[] = {
    {"0", "0", "", 0, false, READ_VALUE},
    {"-0.00", "0.00", "", 0, false, READ_VALUE},
    {"007", "7", "", 0, false, READ_VALUE},
    {"1,234.56", "1234.56", "", 0, false, READ_VALUE},
    {"１，２３４．５６", "1234.56", "", 0, false, READ_VALUE},
    {"(1,234.50)", "-1234.50", "", 0, false, READ_VALUE},
    {"（100）", "-100", "", 0, false, READ_VALUE},
    {"100-", "-100", "", 0, false, READ_VALUE},
    {"−5", "-5", "", 0, false, READ_VALUE},
    {"￥-1,000", "-1000", "", 0, false, READ_VALUE},
    {"-￥1,000", "-1000", "", 0, false, READ_VALUE},
    {"'123", "123", "", 0, false, READ_VALUE},
    {"\xc2\xa0 7 ", "7", "", 0, false, READ_VALUE},
    /* the point moves, nothing is rounded */
    {"12.34", "123400", "", 4, false, READ_VALUE},
    {"0.00001", "0.1", "", 4, false, READ_VALUE},
    {"-0.001", "-10", "", 4, false, READ_VALUE},
    {"0", "0", "", 4, false, READ_VALUE},
    {"1234567.89", "123.456789", "", -4, false, READ_VALUE},
    {"7", "0.0007", "", -4, false, READ_VALUE},
    {"10", "0.0010", "", -4, false, READ_VALUE},
    {"-0.5", "-0.00005", "", -4, false, READ_VALUE},
    {"0.00", "0.000000", "", -4, false, READ_VALUE},
    {"435", "4.35", "", -2, false, READ_VALUE},
    /* signs of percentages */
    {"12.3%", "12.3", "%", 0, false, READ_VALUE},
    {"(0.5%)", "-0.5", "%", 0, false, READ_VALUE},
    {"12.3", "12.3", "%", 0, false, READ_VALUE},
    {"4.5‰", "0.45", "‰", -1, false, READ_VALUE},
    {"12.3%", NULL, "", 0, false, BAD_PERCENT},
    {"12.3%", NULL, "‰", -1, false, BAD_PERCENT},
    {"12.3%-", NULL, "%", 0, false, BAD_NUMBER},
    /* whole numbers */
    {"12.00", "12", "", 0, true, READ_VALUE},
    {"12.5", NULL, "", 0, true, BAD_INTEGER},
    /* two kinds of missing */
    {"", "", "", 0, false, READ_EMPTY},
    {"　", "", "", 0, false, READ_EMPTY},
    {"空", "", "", 0, false, READ_EMPTY},
    {"——", "\\-", "", 0, false, READ_NA},
    {" － ", "\\-", "", 0, false, READ_NA},
    {"无", "\\-", "", 0, false, READ_NA},
    /* not numbers */
    {"12,34", NULL, "", 0, false, BAD_GROUPS},
    {"1,23,456", NULL, "", 0, false, BAD_GROUPS},
    {"1234,567", NULL, "", 0, false, BAD_GROUPS},
    {"0,123", NULL, "", 0, false, BAD_GROUPS},
    {",123", NULL, "", 0, false, BAD_GROUPS},
    {"1,234.5,678", NULL, "", 0, false, BAD_GROUPS},
    {"1 234", NULL, "", 0, false, BAD_NUMBER},
    {"1e5", NULL, "", 0, false, BAD_NUMBER},
    {"--5", NULL, "", 0, false, BAD_NUMBER},
    {"-(5)", NULL, "", 0, false, BAD_NUMBER},
    {"(-5)", NULL, "", 0, false, BAD_NUMBER},
    {"(5)-", NULL, "", 0, false, BAD_NUMBER},
    {"()", NULL, "", 0, false, BAD_NUMBER},
    {"'", NULL, "", 0, false, BAD_NUMBER},
    {"￥", NULL, "", 0, false, BAD_NUMBER},
    {"￥￥1", NULL, "", 0, false, BAD_NUMBER},
    {"12万", NULL, "", 0, false, BAD_NUMBER},
    {"1.2.3", NULL, "", 0, false, BAD_NUMBER},
    {"5.", NULL, "", 0, false, BAD_NUMBER},
    {".5", NULL, "", 0, false, BAD_NUMBER},
    {"+5", NULL, "", 0, false, BAD_NUMBER},
    {"%", NULL, "%", 0, false, BAD_NUMBER},
    {"#DIV/0!", NULL, "", 0, false, BAD_NUMBER},
    /* 36 digits and 18 decimals fit, more do not */
    {"123456789012345678901234567890123456", "123456789012345678901234567890123456", "", 0, false,
     READ_VALUE},
    {"1234567890123456789012345678901234567", NULL, "", 0, false, BAD_LENGTH},
    {"123456789012345678901234567890123456", NULL, "", 1, false, BAD_LENGTH},
    {"0.123456789012345678", "0.123456789012345678", "", 0, false, READ_VALUE},
    {"0.123456789012345678", NULL, "", -1, false, BAD_LENGTH},
};

/* Decimal commas, and units behind the figures; the unit of the column is 10^shift of the canonical one. */
struct rule_case {
    const char *cell, *want;
    bool comma, whole;
    int shift, decimals;
    enum reading reading;
};

static const struct rule_case ruled[] = {
    {"1.234,56", "1234.56", true, false, 0, 2, READ_VALUE},
    {"1234,5", "1234.5", true, false, 0, 1, READ_VALUE},
    {"-1.234", "-1234", true, false, 0, 0, READ_VALUE},
    {"1234567", "1234567", true, false, 0, 0, READ_VALUE},
    {"１．２３４，５", "1234.5", true, false, 0, 1, READ_VALUE},
    {"(0,5)", "-0.5", true, false, 0, 1, READ_VALUE},
    {"12.5", NULL, true, false, 0, 0, BAD_GROUPS},
    {"1,5,5", NULL, true, false, 0, 0, BAD_NUMBER},
    {"1.5,5", NULL, true, false, 0, 0, BAD_GROUPS},
    /* canonical 10^4; 亿 stands for 10^8 */
    {"1.2亿", "12000", false, false, 0, -3, READ_VALUE},
    {"1.2亿", "12000", false, false, -4, -7, READ_VALUE},
    {"1.2 亿元", "12000", false, false, 0, -3, READ_VALUE},
    {"（1,234.5万）", "-1234.5", false, false, 0, 1, READ_VALUE},
    {"￥35万", "35", false, false, 4, 4, READ_VALUE},
    {"5万-", NULL, false, false, 0, 0, BAD_NUMBER},
    {"万", NULL, false, false, 0, 0, BAD_NUMBER},
    {"1万万", NULL, false, false, 0, 0, BAD_NUMBER},
    {"1.5亿", "15000", false, true, 0, -3, READ_VALUE},
    {"1.50000亿", "15000", false, true, 0, 0, READ_VALUE},
    {"1.00005亿", NULL, false, true, 0, 0, BAD_INTEGER},
};

struct date_case {
    const char *cell, *want; /* "" when it is none */
};

static const struct date_case dates[] = {
    {"2022-11-30", "2022-11-30"},
    {"2022/1/5", "2022-01-05"},
    {"2022.11.30", "2022-11-30"},
    {"20221130", "2022-11-30"},
    {"2022年2月3日", "2022-02-03"},
    {"２０２２年１１月", "2022-11"},
    {"2022-11", "2022-11"},
    {"202211", "2022-11"},
    {"2022/9", "2022-09"},
    {"2024-02-29", "2024-02-29"},
    {"2022-02-29", ""},
    {"2022-13", ""},
    {"2022-00", ""},
    {"2022-11-31", ""},
    {"2022-11-", ""},
    {"2022年11", ""},
    {"2022-11/30", ""},
    {"22-11-30", ""},
    {"44895", ""},
    {"2022", ""},
    {"2022-11-30 0:00", "2022-11-30"},
    {"2022/11/30 00:00:00", "2022-11-30"},
    {"2022-11-30T00:00:00.000", "2022-11-30"},
    {"20221130 00:00", "2022-11-30"},
    {"2022-11-30 08:00", ""},
    {"2022-11-30 0:00:01", ""},
    {"2022-11-30 0:00.", ""},
    {"2022-11-30 0:0", ""},
    {"2022-11-300:00", ""},
    {"2022-11 0:00", ""},
    {"20221", ""},
    {"2022-0", ""},
    {"2022-11-0", ""},
};

static void test_numbers(struct tap *t, const struct missing_words *words)
{
    struct buf scratch = {0}, out = {0};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const struct number_case *c = &numbers[i];
        struct number_rules rules = {.missing = words, .sign = c->sign, .shift = c->shift, .whole = c->whole};
        struct note note;
        char what[160];
        buf_clear(&out);
        enum reading r = normalise_number(slice_of(c->cell), &rules, &scratch, &out, &note);
        snprintf(what, sizeof what, "'%s' shift %d", c->cell, c->shift);
        tap_ok(t, r == c->reading, what);
        tap_text(t, buf_string(&out), c->want ? c->want : "", what);
    }
    buf_free(&scratch);
    buf_free(&out);
}

static void test_rules(struct tap *t, const struct missing_words *words)
{
    const struct number_suffix suffix[] = {{{"亿元", 6}, 4}, {{"万", 3}, 0}, {{"亿", 3}, 4}};
    struct buf scratch = {0}, out = {0};
    for (size_t i = 0; i < sizeof ruled / sizeof *ruled; i++) {
        const struct rule_case *c = &ruled[i];
        struct number_rules rules = {words, "", c->shift, c->whole, c->comma, suffix, 3};
        struct note note;
        buf_clear(&out);
        enum reading r = normalise_number(slice_of(c->cell), &rules, &scratch, &out, &note);
        tap_ok(t, r == c->reading, c->cell);
        tap_text(t, buf_string(&out), c->want ? c->want : "", c->cell);
        tap_ok(t, r != READ_VALUE || note.decimals == c->decimals, "exact as stated, in the column's unit");
    }
    buf_free(&scratch);
    buf_free(&out);
}

/* 15 digits are what a spreadsheet keeps; zeros in front and at the end of a fraction are none of them. */
static void test_long(struct tap *t, const struct missing_words *words)
{
    static const struct {
        const char *cell;
        bool is_long;
    } cases[] = {{"123456789012345", false},    {"1234567890123456", true},      {"1234567890123450", true},
                 {"000123456789012345", false}, {"0.00123456789012345", false},  {"12345678901234.56", true},
                 {"12345678901234.500", false}, {"-1,234,567,890,123,456", true}};
    struct buf scratch = {0}, out = {0};
    struct number_rules rules = {.missing = words, .sign = ""};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct note note;
        tap_ok(t, normalise_number(slice_of(cases[i].cell), &rules, &scratch, &out, &note) == READ_VALUE,
               cases[i].cell);
        tap_ok(t, (note.changes >> CHANGE_LONG & 1) == cases[i].is_long,
               cases[i].is_long ? "is long" : "is not");
    }
    buf_free(&scratch);
    buf_free(&out);
}

static void test_dates(struct tap *t, const struct missing_words *words)
{
    struct buf scratch = {0}, out = {0};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        struct note note;
        buf_clear(&out);
        enum reading r = normalise_date(slice_of(dates[i].cell), words, &scratch, &out, &note);
        tap_text(t, buf_string(&out), dates[i].want, dates[i].cell);
        tap_ok(t, r == (*dates[i].want ? READ_VALUE : BAD_DATE), "and says so");
    }
    buf_free(&scratch);
    buf_free(&out);
}

static void test_notes(struct tap *t, const struct missing_words *words)
{
    struct buf scratch = {0}, out = {0};
    struct number_rules rules = {.missing = words, .sign = "%"};
    struct note note;
    normalise_number(slice_of("（￥1,234.50％）"), &rules, &scratch, &out, &note);
    unsigned want = 1u << CHANGE_WIDTH | 1u << CHANGE_PARENTHESES | 1u << CHANGE_CURRENCY |
                    1u << CHANGE_THOUSANDS | 1u << CHANGE_SIGN;
    tap_ok(t, note.changes == want, "every change is named");
    tap_ok(t, note.decimals == 2, "decimals are those stated");
    normalise_number(slice_of("12.50"), &rules, &scratch, &out, &note);
    tap_ok(t, note.changes == 0, "a plain number is not changed");
    buf_free(&scratch);
    buf_free(&out);
}

int main(void)
{
    struct tap t = {0};
    struct missing_words words;
    wordlist_init(&words.nil, "—|——|-|－|/|无");
    wordlist_init(&words.empty, "空");
    test_numbers(&t, &words);
    test_rules(&t, &words);
    test_long(&t, &words);
    test_dates(&t, &words);
    test_notes(&t, &words);
    wordlist_free(&words.nil);
    wordlist_free(&words.empty);
    return tap_end(&t);
}
