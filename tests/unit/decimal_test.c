/* SPDX-License-Identifier: MIT
 * decimal_test: what is a plain decimal, and what scaling, adding and printing keep. */
#include <stdlib.h>

#include "lib/number/decimal_write.h"
#include "tap.h"

static struct dec parsed(const char *s)
{
    struct dec d;
    if (dec_parse(slice_of(s), &d) != DEC_OK)
        abort();
    return d;
}

static void is_printed(struct tap *t, struct dec d, const char *want, const char *what)
{
    struct buf b = {0};
    dec_print(&b, d);
    tap_text(t, buf_string(&b), want, what);
    buf_free(&b);
}

static void parses(struct tap *t)
{
    static const struct {
        const char *text, *printed; /* NULL: not a number; "": too long */
    } cases[] = {{"0", "0"},
                 {"-0.00", "0.00"},
                 {"12.50", "12.50"},
                 {"-0.5", "-0.5"},
                 {"007.10", "7.10"},
                 {"123456789012345678", "123456789012345678"},
                 {"12345678901234567.89", "12345678901234567.89"},
                 {"-123456789012345678901.234567890123456", "-123456789012345678901.234567890123456"},
                 {"0.000000000000000001", "0.000000000000000001"},
                 {"999999999999999999999999999999999999", "999999999999999999999999999999999999"},
                 {"-999999999999999999.999999999999999999", "-999999999999999999.999999999999999999"},
                 {"1000000000000000000000000000000000000", ""},
                 {"0.0000000000000000001", ""},
                 {"", NULL},
                 {"-", NULL},
                 {".", NULL},
                 {".5", NULL},
                 {"5.", NULL},
                 {"-.5", NULL},
                 {"+1", NULL},
                 {"--1", NULL},
                 {"1e5", NULL},
                 {"1.2.3", NULL},
                 {"1,000", NULL},
                 {" 1", NULL},
                 {"1 ", NULL},
                 {"12,5o", NULL},
                 {"\xef\xbc\x91", NULL},
                 {"NaN", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct dec d = {0, 0};
        enum dec_error error = dec_parse(slice_of(cases[i].text), &d);
        if (cases[i].printed && cases[i].printed[0])
            is_printed(t, d, cases[i].printed, cases[i].text);
        else
            tap_ok(t, error == (cases[i].printed ? DEC_TOO_LONG : DEC_NOT_A_NUMBER), cases[i].text);
    }
}

/* The hot path and the careful one must agree on every text they both take. */
static void scaled_agrees(struct tap *t)
{
    static const char *const texts[] = {"0",
                                        "-0.0",
                                        "7",
                                        "12345678",
                                        "123456789.12",
                                        "-1234567890123456.78",
                                        "9223372036854775807",
                                        "-9223372036854775808",
                                        "9223372036854775808",
                                        "92233720368547758.07",
                                        "1234567:",
                                        "12345678/",
                                        "1234 678",
                                        "123456\x80\x81",
                                        "1234567.8x",
                                        "1.234567890",
                                        "00000000000000000000012.5",
                                        "1.2.3",
                                        "-",
                                        "",
                                        "1.",
                                        ".1"};
    for (unsigned scale = 0; scale <= DEC_MAX_SCALE; scale += 3) {
        bool agree = true;
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            int64_t units = 0;
            struct dec d;
            bool wanted = dec_parse(slice_of(texts[i]), &d) == DEC_OK && d.scale <= scale &&
                          dec_rescale(&d, scale) && d.units == (int64_t)d.units;
            bool got = dec_parse_scaled(slice_of(texts[i]), scale, &units);
            /* Where it declines, dec_parse is asked: only long texts may be declined. */
            if (got != wanted && !(wanted && strlen(texts[i]) > 19))
                agree = false;
            if (got && units != d.units)
                agree = false;
        }
        tap_ok(t, agree, "dec_parse_scaled agrees with dec_parse");
    }
}

static void scales(struct tap *t)
{
    struct dec d = parsed("12.50");
    tap_ok(t, dec_rescale(&d, 4), "rescale up");
    is_printed(t, d, "12.5000", "12.50 with 4 decimals");
    tap_ok(t, dec_rescale(&d, 1), "rescale down over zeros");
    is_printed(t, d, "12.5", "12.5000 with 1 decimal");
    tap_ok(t, !dec_rescale(&d, 0), "rescale never loses a digit");
    d = parsed("999999999999999999999999999999999999");
    tap_ok(t, !dec_rescale(&d, 3), "rescale refuses what 128 bits cannot hold");

    d = parsed("12345.67");
    tap_ok(t, dec_shift(&d, -4), "yuan to ten thousand yuan");
    is_printed(t, d, "1.234567", "12345.67 moved by -4");
    tap_ok(t, dec_shift(&d, 8), "moved beyond the digits");
    is_printed(t, d, "123456700", "1.234567 moved by 8");
    d = parsed("0.000000000000001");
    tap_ok(t, !dec_shift(&d, -4), "shift refuses more than 18 decimals");
    tap_ok(t, dec_pow10(36) == (i128)1000000000000000000 * 1000000000000000000, "10^36");
}

static void adds(struct tap *t)
{
    struct dec sum;
    tap_ok(t, dec_add(parsed("1.10"), parsed("2.205"), &sum), "add at the larger scale");
    is_printed(t, sum, "3.305", "1.10 + 2.205");
    tap_ok(t, dec_add(parsed("1234567890123.45"), parsed("0.01"), &sum), "add");
    is_printed(t, sum, "1234567890123.46", "1234567890123.45 + 0.01");
    struct dec most = {I128_MAX, 0};
    tap_ok(t, !dec_add(most, parsed("1"), &sum), "add refuses overflow");
    is_printed(t, most, "170141183460469231731687303715884105727", "2^127 - 1");
}

static void compares(struct tap *t)
{
    tap_ok(t, dec_compare(parsed("1.50"), parsed("1.5")) == 0, "1.50 equals 1.5");
    tap_ok(t, dec_compare(parsed("-1.5"), parsed("-1.49")) < 0, "-1.5 is less than -1.49");
    tap_ok(t, dec_compare(parsed("999999999999999999999999999999999999"), parsed("0.000000000000000001")) > 0,
           "no overflow between far scales");
    tap_ok(t, dec_compare(parsed("0.1"), parsed("-0.000000000000000001")) > 0, "signs of fractions");
}

/* A digit at a time, from the end. */
static void spell(char *to, struct dec d)
{
    char text[64];
    size_t at = sizeof text - 1;
    i128 m = d.units < 0 ? -d.units : d.units;
    text[at] = '\0';
    for (unsigned i = 0; i <= d.scale || m > 0; i++, m /= 10) {
        if (i > 0 && i == d.scale)
            text[--at] = '.';
        text[--at] = (char)('0' + (int)(m % 10));
    }
    if (d.units < 0)
        text[--at] = '-';
    memcpy(to, text + at, sizeof text - at);
}

/* By the function all use, by the portable path, by the one of sixteen digits; false where one does not
 * apply. */
static bool write_by(int way, char *to, struct dec d)
{
    char *end = to;
    bool small = d.units >= -INT64_MAX && d.units <= INT64_MAX;
    if (way == 0)
        end = dec_write(to, d);
    else if (way == 1 && small)
        end = dec_write_portable(to, (int64_t)d.units, d.scale);
    else if (way == 2 && small && dec_write_has_sse())
        end = dec_write_sse(to, (int64_t)d.units, d.scale);
    *end = '\0';
    return end > to;
}

static void writes(struct tap *t)
{
    bool good = true;
    i128 units = 0;
    for (unsigned digits = 0; digits <= 38; digits++) {
        for (unsigned scale = 0; scale <= DEC_MAX_SCALE; scale++) {
            for (int i = -2; i <= 2; i++) {
                struct dec d = {i == 0 ? -units : units + i, scale};
                char want[64], got[DEC_WRITE_ROOM + 1];
                spell(want, d);
                for (int way = 0; way < 3; way++) {
                    if (!write_by(way, got, d))
                        continue;
                    if (strcmp(got, want) != 0)
                        printf("# got %s, want %s\n", got, want);
                    good = good && strcmp(got, want) == 0;
                }
            }
        }
        units = digits < 37 ? units * 10 + 9 : I128_MAX - 2;
    }
    tap_ok(t, good, "decimals of 0 to 39 digits at every scale are written right");
}

int main(void)
{
    struct tap t = {0};
    parses(&t);
    scaled_agrees(&t);
    scales(&t);
    writes(&t);
    adds(&t);
    compares(&t);
    return tap_end(&t);
}
