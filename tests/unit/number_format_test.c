/* SPDX-License-Identifier: MIT
 * number_format_test: what a cell's format makes of the number in it. Dates are those that Excel shows; the
 * days were counted by python3's datetime. */
#include <stdlib.h>

#include "lib/read/number_format.h"
#include "lib/read/serial_date.h"
#include "tests/unit/tap.h"

struct format_case {
    const char *code; /* or NULL: the built-in format of that number */
    unsigned id;
    const char *plain, *want;
    unsigned noticed;
};

static const struct format_case cases[] = {
    /* numbers: zeros up to the decimals that the format always shows, digits never taken away */
    {"General", 0, "12.5", "12.5", 0},
    {"G/通用格式", 0, "44895", "44895", 0},
    {"0.00", 0, "12.5", "12.50", 0},
    {"0.00", 0, "12", "12.00", 0},
    {"0.00", 0, "12.345", "12.345", 0},
    {"0.0#", 0, "12", "12.0", 0},
    {"#,##0.00;[Red]-#,##0.00", 0, "-3", "-3.00", 0},
    {"[Red]0.00", 0, "1", "1.00", 0},
    {"_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", 0, "7", "7.00", 0},
    {"\"￥\"#,##0.00", 0, "7", "7.00", FORMAT_DROPPED},
    {"[$￥-804]#,##0.00", 0, "-7", "-7.00", FORMAT_DROPPED},
    {"_ ￥* #,##0.00_ ;_ ￥* -#,##0.00_ ;_ ￥* \"-\"??_ ;_ @_ ", 0, "7", "7.00", FORMAT_DROPPED},
    {"#,##0.00_);\\(#,##0.00\\)", 0, "-7", "-7.00", 0},
    {"#,##0.00;[Red]#,##0.00", 0, "-7", "-7.00", 0},
    {"+0.0;-0.0", 0, "7", "7.0", 0},
    {"0\".\"", 0, "7", "7", FORMAT_DROPPED},
    {"0.00E+00", 0, "1500", "1500", 0},
    {"# ?/?", 0, "0.5", "0.5", 0},
    {"@", 0, "12", "12", 0},
    {"[=0]\"-\";0.00", 0, "5", "5.00", 0},
    {"", 0, "5", "5", 0},
    {"0_d", 0, "5", "5", 0},
    {"0*d", 0, "5", "5", 0},
    /* what has letters, digits or a sign of proportion is part of what is shown */
    {"0.00\"亿\"", 0, "5", "5.00亿", FORMAT_LITERAL},
    {"0.00\"亿\";(0.00\"亿\")", 0, "-5", "-5.00亿", FORMAT_LITERAL},
    {"0.00\"亿\";[Red]0.00\"亿\"", 0, "-5", "-5.00亿", FORMAT_LITERAL},
    {"0.00\"（亿元）\"", 0, "5", "5.00（亿元）", FORMAT_LITERAL},
    {"0元", 0, "5", "5元", FORMAT_LITERAL},
    {"0\"d\"", 0, "5", "5d", FORMAT_LITERAL},
    {"0\\d", 0, "5", "5d", FORMAT_LITERAL},
    {"0!d", 0, "5", "5d", FORMAT_LITERAL},
    {"0!亿", 0, "5", "5亿", FORMAT_LITERAL},
    {"General\"亿\"", 0, "0.5", "0.5亿", FORMAT_LITERAL},
    {"[$USD] #,##0.00", 0, "-7", "-USD 7.00", FORMAT_LITERAL},
    {"0.00\"%\"", 0, "5", "5.00%", FORMAT_LITERAL},
    {"0.0‰", 0, "5", "5.0‰", FORMAT_LITERAL},
    {"￥0.00\"元\"", 0, "5", "5.00元", FORMAT_LITERAL | FORMAT_DROPPED},
    /* codes: zeros in front, letters, and what stands between the digits */
    {"0000", 0, "5", "0005", FORMAT_ZEROS},
    {"000000", 0, "12", "000012", FORMAT_ZEROS},
    {"0000", 0, "12345", "12345", 0},
    {"0000", 0, "-5", "-0005", FORMAT_ZEROS},
    {"\"B\"00", 0, "7", "B07", FORMAT_LITERAL | FORMAT_ZEROS},
    {"\"A-\"000", 0, "7", "A-007", FORMAT_LITERAL | FORMAT_ZEROS},
    {"00.00", 0, "5", "05.00", FORMAT_ZEROS},
    {"0,000", 0, "5", "0005", FORMAT_ZEROS},
    {"000-0000", 0, "1234", "000-1234", FORMAT_LITERAL | FORMAT_ZEROS},
    {"000-0000", 0, "12345678", "1234-5678", FORMAT_LITERAL},
    {"0000\"年\"00\"月\"", 0, "202211", "2022年11月", FORMAT_LITERAL},
    {"#\"万\"0000", 0, "12345", "1万2345", FORMAT_LITERAL},
    {"000-0000", 0, "1.5", "0000001.5", FORMAT_ZEROS | FORMAT_DROPPED},
    /* sections: as the spreadsheet chooses them (LibreOffice was asked), with conditions and without */
    {"[<1]0.00%;0.00", 0, "1.5", "1.50", 0},
    {"[<1]0.00%;0.00", 0, "0.5", "50.00%", FORMAT_IS_PERCENT},
    {"[<1]0.00%;0.00", 0, "-5", "-500.00%", FORMAT_IS_PERCENT},
    {"[<1]0.00%;0.00;0.000", 0, "5", "5.000", 0},
    {"[>100]0.0;0.00;0.000", 0, "-5", "-5.00", 0},
    {"[>100]0.0;[<-5]0.00;0.000", 0, "-5", "-5.000", 0},
    {"[>100]0.0;[<=-5]0.00;0.000", 0, "-5", "-5.00", 0},
    {"[>1E2]0.0;0.00", 0, "100.0001", "100.0001", 0},
    {"[>100.0]0.0;0.00", 0, "100", "100.00", 0},
    {"[>5]0.0", 0, "5", "5", 0},
    {"[=1]\"是\";[=0]\"否\";0.0", 0, "0", "否", FORMAT_LITERAL},
    {"[=1]\"是\";[=0]\"否\";0.0", 0, "2", "2.0", 0},
    {"0;0.0;0.00", 0, "0", "0.00", 0},
    {"0;0.0", 0, "0", "0", 0},
    {"[>=100000000]0!.00,,\"亿\";[>=10000]0!.0,\"万\";0", 0, "123456", "12.3456万",
     FORMAT_LITERAL | FORMAT_SCALED},
    {"[>=100000000]0!.00,,\"亿\";[>=10000]0!.0,\"万\";0", 0, "223456789", "2.23456789亿",
     FORMAT_LITERAL | FORMAT_SCALED},
    {"[>=100000000]0!.00,,\"亿\";[>=10000]0!.0,\"万\";0", 0, "9999", "9999", 0},
    /* no digits are shown: a word is what the cell says; a dash or nothing is not, the number is */
    {"_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", 0, "0", "0.00", FORMAT_HIDDEN},
    {"0.00%;-0.00%;\"—\"", 0, "0", "0.00%", FORMAT_HIDDEN | FORMAT_IS_PERCENT},
    {"[=0]\"-\";0.00", 0, "0", "0.00", FORMAT_HIDDEN},
    {";;;", 0, "-5", "-5", FORMAT_HIDDEN},
    {"#,###", 0, "0", "0", FORMAT_HIDDEN},
    {"#\"亿\"", 0, "0", "0", FORMAT_HIDDEN},
    {"0.00;-0.00;\"无\"", 0, "0", "无", FORMAT_LITERAL},
    {NULL, 43, "0", "0.00", FORMAT_HIDDEN},
    {NULL, 44, "5", "5.00", FORMAT_DROPPED},
    /* shown in another power of ten than held: 万 by a literal point, 千 by a comma at the end */
    {"0!.0,\"万\"", 0, "12345678", "1234.5678万", FORMAT_SCALED | FORMAT_LITERAL},
    {"0\\.0,\"万\"", 0, "12340000", "1234.0万", FORMAT_SCALED | FORMAT_LITERAL},
    {"0!.0000", 0, "5", "0.0005", FORMAT_SCALED},
    {"0!.00000000000000000000000000000000000000000000", 0, "5",
     "0.00000000000000000000000000000000000000000005", FORMAT_LITERAL | FORMAT_ZEROS},
    {"#,##0,", 0, "12345678", "12345.678", FORMAT_SCALED},
    {"0.00,,", 0, "-12345678", "-12.345678", FORMAT_SCALED},
    {"0.00,,", 0, "0", "0.00", FORMAT_SCALED},
    {"0.0,%", 0, "12345", "1234.5%", FORMAT_SCALED | FORMAT_IS_PERCENT},
    {"#,##0", 0, "12345678", "12345678", 0},
    /* percentages */
    {"0.00%", 0, "0.0123", "1.23%", FORMAT_IS_PERCENT},
    {"0.00%", 0, "0.01", "1.00%", FORMAT_IS_PERCENT},
    {"0%", 0, "0.0123456", "1.23456%", FORMAT_IS_PERCENT},
    {"0%", 0, "1", "100%", FORMAT_IS_PERCENT},
    {"0%", 0, "0", "0%", FORMAT_IS_PERCENT},
    {"0%", 0, "-0.5", "-50%", FORMAT_IS_PERCENT},
    {"0.0%", 0, "-12.3456", "-1234.56%", FORMAT_IS_PERCENT},
    {"0.00%", 0, "0.5", "50.00%", FORMAT_IS_PERCENT},
    {"0%", 0, "0.001", "0.1%", FORMAT_IS_PERCENT},
    {NULL, 9, "0.25", "25%", FORMAT_IS_PERCENT},
    {NULL, 10, "0.0123", "1.23%", FORMAT_IS_PERCENT},
    /* dates */
    {"yyyy-mm-dd", 0, "44895", "2022-11-30", FORMAT_IS_DATE},
    {"yyyy\"年\"m\"月\"d\"日\"", 0, "44895", "2022-11-30", FORMAT_IS_DATE},
    {"yyyy\"年\"m\"月\"d\"日\";@", 0, "44895", "2022-11-30", FORMAT_IS_DATE},
    {"[$-804]yyyy年m月d日", 0, "44895", "2022-11-30", FORMAT_IS_DATE},
    {"[DBNum1][$-804]yyyy\"年\"m\"月\"", 0, "44866", "2022-11", FORMAT_IS_DATE},
    {"yyyy\"年\"m\"月\"", 0, "44895", "2022-11", FORMAT_IS_DATE | FORMAT_CUT_DATE},
    {"mmm-yy", 0, "44866", "2022-11", FORMAT_IS_DATE},
    {"e-mm-dd", 0, "44895", "2022-11-30", FORMAT_IS_DATE},
    {"aaaa", 0, "44895", "2022-11-30", FORMAT_IS_DATE},
    {"m/d", 0, "44895", "2022-11-30", FORMAT_IS_DATE},
    {"yyyy-mm-dd", 0, "44895.75", "2022-11-30", FORMAT_IS_DATE | FORMAT_CUT_DATE},
    {"yyyy-mm-dd hh:mm", 0, "44895.75", "2022-11-30T18:00:00", FORMAT_IS_DATE},
    {"yyyy-mm-dd hh:mm:ss", 0, "44895.9999999", "2022-12-01T00:00:00", FORMAT_IS_DATE},
    {"h:mm:ss AM/PM", 0, "0.75", "18:00:00", FORMAT_IS_DATE},
    {"上午/下午h\"时\"mm\"分\"", 0, "0.75", "18:00:00", FORMAT_IS_DATE},
    {"h:mm", 0, "1.5", "12:00:00", FORMAT_IS_DATE | FORMAT_CUT_DATE},
    {"mm:ss.0", 0, "0.5", "12:00:00", FORMAT_IS_DATE},
    {"[h]:mm", 0, "1.5", "36:00:00", FORMAT_IS_DATE},
    {"[mm]:ss", 0, "0.0006944444444444445", "00:01:00", FORMAT_IS_DATE},
    {NULL, 14, "44895", "2022-11-30", FORMAT_IS_DATE},
    {NULL, 17, "44866", "2022-11", FORMAT_IS_DATE},
    {NULL, 20, "0.5", "12:00:00", FORMAT_IS_DATE},
    {NULL, 22, "44895.5", "2022-11-30T12:00:00", FORMAT_IS_DATE},
    {NULL, 27, "44866", "2022-11", FORMAT_IS_DATE},
    {NULL, 31, "44895", "2022-11-30", FORMAT_IS_DATE},
    {NULL, 33, "0.5", "12:00:00", FORMAT_IS_DATE},
    {NULL, 46, "1.5", "36:00:00", FORMAT_IS_DATE},
    {NULL, 57, "44866", "2022-11", FORMAT_IS_DATE},
    {NULL, 58, "44895", "2022-11-30", FORMAT_IS_DATE},
    {NULL, 0, "44895", "44895", 0},
    {NULL, 1, "44895", "44895", 0},
    {NULL, 4, "44895", "44895.00", 0},
    {NULL, 49, "44895", "44895", 0},
    {NULL, 4000000000, "44895", "44895", 0},
    /* no such day: the number stands, for the rules of dates to refuse */
    {"yyyy-mm-dd", 0, "-1", "-1", FORMAT_NO_DATE},
    {"yyyy-mm-dd", 0, "0", "0", FORMAT_NO_DATE},
    {"yyyy-mm-dd", 0, "60", "60", FORMAT_NO_DATE},
    {"yyyy-mm-dd", 0, "2958466", "2958466", FORMAT_NO_DATE},
    {"yyyy-mm-dd hh:mm", 0, "2958465.999999", "2958465.999999", FORMAT_NO_DATE},
};

static void test_formats(struct tap *t)
{
    struct buf out = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct format_case *c = &cases[i];
        char what[128];
        buf_clear(&out);
        buf_char(&out, '<'); /* what stood there before stays */
        const char *code = c->code ? c->code : number_format_builtin(c->id);
        struct number_format *f = code ? number_format_new(slice_of(code)) : NULL;
        unsigned noticed = number_format_apply(slice_of(c->plain), f, false, &out);
        free(f);
        snprintf(what, sizeof what, "%s in the format %s %u", c->plain, c->code ? c->code : "of number",
                 c->id);
        tap_text(t, buf_string(&out) + 1, c->want, what);
        if (noticed != c->noticed) {
            printf("# noticed %u, not %u\n", noticed, c->noticed);
            tap_ok(t, false, what);
        }
    }
    buf_free(&out);
}

struct day_case {
    const char *plain, *in_1900, *in_1904;
};

/* The cells of Excel 1 … 61 in 1900 stand one day off, because it believes in 1900-02-29. */
static const struct day_case days[] = {
    {"1", "1900-01-01", "1904-01-02"},      {"59", "1900-02-28", "1904-02-29"},
    {"61", "1900-03-01", "1904-03-02"},     {"366", "1900-12-31", "1905-01-01"},
    {"36525", "1999-12-31", "2004-01-01"},  {"36585", "2000-02-29", "2004-03-01"},
    {"36586", "2000-03-01", "2004-03-02"},  {"43433", "2018-11-29", "2022-11-30"},
    {"73109", "2100-02-28", "2104-03-01"},  {"73110", "2100-03-01", "2104-03-02"},
    {"146158", "2300-03-01", "2304-03-02"}, {"2957003", "9995-12-30", "9999-12-31"},
};

static void test_days(struct tap *t)
{
    struct buf out = {0};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        char what[64];
        for (int from_1904 = 0; from_1904 < 2; from_1904++) {
            buf_clear(&out);
            bool good = serial_date(slice_of(days[i].plain), SERIAL_DATE, from_1904, &out);
            snprintf(what, sizeof what, "day %s since %s", days[i].plain, from_1904 ? "1904" : "1900");
            tap_text(t, good ? buf_string(&out) : "no day", from_1904 ? days[i].in_1904 : days[i].in_1900,
                     what);
        }
    }
    buf_clear(&out);
    bool good = serial_date(slice_of("0"), SERIAL_DATE, true, &out);
    tap_text(t, good ? buf_string(&out) : "no day", "1904-01-01", "day 0 since 1904");
    tap_ok(t, !serial_date(slice_of("2957004"), SERIAL_DATE, true, &out), "nothing lies behind 9999");
    tap_ok(t, !serial_date(slice_of("99999999999999999999"), SERIAL_DATE, false, &out), "nor far behind it");
    tap_ok(t, !serial_date(slice_of(""), SERIAL_DATE, false, &out), "no number is no day");
    buf_free(&out);
}

/* Every day in turn is the one after the last: no month and no leap day is missed. */
static void test_every_day(struct tap *t)
{
    struct buf out = {0};
    char plain[16], want[40];
    int year = 1900, month = 3, day = 1, bad = 0;
    for (int n = 61; n <= 2958465; n++) {
        static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        buf_clear(&out);
        snprintf(plain, sizeof plain, "%d", n);
        snprintf(want, sizeof want, "%04d-%02d-%02d", year, month, day);
        if (n % 37 == 0 || day > 27)
            bad += !serial_date(slice_of(plain), SERIAL_DATE, false, &out) ||
                   strcmp(buf_string(&out), want) != 0;
        if (++day > lengths[month - 1] + (month == 2 && leap)) {
            day = 1;
            month = month % 12 + 1;
            year += month == 1;
        }
    }
    tap_ok(t, bad == 0 && year == 10000, "the days of eight thousand years follow each other");
    buf_free(&out);
}

int main(void)
{
    struct tap t = {0};
    test_formats(&t);
    test_days(&t);
    test_every_day(&t);
    return tap_end(&t);
}
