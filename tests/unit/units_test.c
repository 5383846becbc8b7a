/* SPDX-License-Identifier: MIT
 * units_test: units in headings, codes behind words, text folded for comparing. */
#include <stdlib.h>
#include <unistd.h>

#include "lib/read/codes.h"
#include "lib/read/fold.h"
#include "lib/read/heading_unit.h"
#include "lib/read/units.h"
#include "tests/unit/tap.h"

static char path[] = "/tmp/units_test.XXXXXX";

static void write_file(const char *text)
{
    FILE *f = fopen(path, "w");
    if (!f || fputs(text, f) < 0 || fclose(f) != 0)
        exit(99);
}

static void test_fold(struct tap *t)
{
    struct buf b = {0};
    tap_ok(t,
           fold_text(&b, slice_of("Ａ１（％）　−—a\xef\xbb\xbf")) ==
               (FOLDED_WIDTH | FOLDED_BLANK | FOLDED_DASH),
           "what was folded is said");
    tap_text(t, buf_string(&b), "A1(%) --a", "width, blanks, dashes");
    buf_clear(&b);
    fold_word(&b, slice_of(" 各 项\xc2\xa0贷\t款\r\n"));
    tap_text(t, buf_string(&b), "各项贷款", "a word has no blanks");
    buf_clear(&b);
    tap_ok(t, fold_text(&b, slice_of("ASCII 机构𠮷é")) == 0, "other text stays");
    tap_text(t, buf_string(&b), "ASCII 机构𠮷é", "as it is");
    buf_free(&b);
    struct wordlist w;
    wordlist_init(&w, "合计|| 总 计 |");
    tap_ok(t, w.n == 2 && wordlist_has(&w, slice_of("总计")) && !wordlist_has(&w, slice_of("总计数")),
           "words");
    tap_ok(t, wordlist_begins(&w, slice_of("总计数")) && !wordlist_begins(&w, slice_of("总")), "beginnings");
    wordlist_free(&w);
}

static void test_units(struct tap *t)
{
    struct diag d = {0};
    write_file("unit\tdimension\tshift\n元\tyuan\t0\n万元\tyuan\t4\n亿元\tyuan\t8\n%"
               "\tpercent\t0\nBP\tpercent\t-2\n");
    struct units *all = units_load(path, &d);
    tap_ok(t, all != NULL, "loaded");
    if (!all)
        return;
    const struct unit *wan = units_find(all, slice_of("万元")), *yi = units_find(all, slice_of("亿元"));
    tap_ok(t, wan && yi && units_shift(yi, wan) == 4 && units_shift(wan, yi) == -4,
           "亿元 is 4 places from 万元");
    tap_ok(t, units_same_dimension(wan, yi) && !units_same_dimension(wan, units_find(all, slice_of("%"))),
           "dimensions");
    tap_ok(t, !units_find(NULL, slice_of("元")), "no list, no unit");
    units_free(all);
    write_file("unit\tdimension\tshift\n元\tyuan\t0\n 元\tyuan\t1\n");
    tap_ok(t, !units_load(path, &d) && d.status == ST_MISUSE && d.line == 3, "a unit stands once");
}

/* What is left of a heading when its unit is taken, and the unit: "" none, "?" one that is not known. */
static void test_headings(struct tap *t)
{
    static const struct {
        const char *heading, *name, *unit;
    } cases[] = {
        {"各项贷款（亿元）", "各项贷款", "亿元"},
        {"贷款（含贴现）", "贷款(含贴现)", ""},
        {"贷款（含贴现）（元）", "贷款(含贴现)", "元"},
        {"贷款（元）（含贴现）*", "贷款(含贴现)*", "元"},
        {"贷款：单位【亿元】①", "贷款①", "亿元"},
        {"存款（亿元）/余额", "存款/余额", "亿元"},
        {"存款（亿元）/余额（元）", "存款/余额", "元"},
        {"存款/亿元", "存款", "亿元"},
        {"亿元", "亿元", "亿元"},
        {"亿元/存款", "亿元/存款", "亿元"},
        {"/存款/", "/存款/", ""},
        {"存款//余额", "存款//余额", ""},
        {"户均（万元/户）", "户均(万元/户)", "?"},
        {"户均（亿元/户）", "户均", "亿元"},
        {"贷款（亿元", "贷款(", "亿元"},
        {"贷款亿元）", "贷款)", "亿元"},
        {"余额（佰亿元）", "余额", "?"},
        {"余额1亿元", "余额1亿元", ""},
        {"余额5%", "余额5%", ""},
        {"增速%", "增速", "%"},
        {"农户", "农户", ""},
        {"", "", ""},
        {"（）", "()", ""},
        {")", ")", ""},
    };
    struct diag d = {0};
    struct buf scratch = {0};
    write_file("unit\tdimension\tshift\n元\tyuan\t0\n亿元\tyuan\t8\n%\tpercent\t0\n户\tcount\t0\n");
    struct units *all = units_load(path, &d);
    for (size_t i = 0; all && i < sizeof cases / sizeof *cases; i++) {
        struct heading_unit u = heading_unit_read(all, &scratch, slice_of(cases[i].heading));
        const char *unit = u.unit ? u.unit->name : u.unknown ? "?" : "";
        bool same = slice_is(u.name, cases[i].name) || (u.unknown && *cases[i].unit == '?');
        tap_ok(t, same && strcmp(unit, cases[i].unit) == 0, cases[i].heading);
        if (!same || strcmp(unit, cases[i].unit) != 0)
            printf("# got '%.*s' of '%s'\n", (int)u.name.n, u.name.p, unit);
    }
    struct heading_unit none = heading_unit_read(NULL, &scratch, slice_of("贷款（亿元）"));
    tap_ok(t, slice_is(none.name, "贷款(亿元)") && !none.unit && !none.unknown, "no list, no unit");
    units_free(all);
    buf_free(&scratch);
}

static void test_codes(struct tap *t)
{
    struct diag d = {0};
    struct codes *c = codes_new();
    write_file("table\talias\tcode\narea\t泰山区\tTS\narea\t泰山（区）\tTS\nscope\t人民币\tcny\n");
    tap_ok(t, codes_add(c, path, NULL, &d) == ST_OK, "loaded");
    int area = codes_list(c, "area"), scope = codes_list(c, "scope");
    tap_ok(t, area >= 0 && scope >= 0 && codes_list(c, "bank") < 0, "lists");
    tap_ok(t, slice_is(codes_find(c, area, slice_of("泰山(区)")), "TS"), "an alias is folded");
    tap_ok(t, slice_is(codes_find(c, area, slice_of("TS")), "TS"), "a code is known");
    tap_ok(t, codes_find(c, area, slice_of("人民币")).n == 0, "lists are apart");
    write_file("alias\tcode\n泰山区\tXX\n");
    tap_ok(t, codes_add(c, path, "area", &d) == ST_MISUSE, "one alias for two codes is refused");
    codes_free(c);
}

int main(void)
{
    struct tap t = {0};
    int fd = mkstemp(path);
    if (fd < 0 || close(fd) != 0)
        return 99;
    test_fold(&t);
    test_units(&t);
    test_headings(&t);
    test_codes(&t);
    unlink(path);
    return tap_end(&t);
}
