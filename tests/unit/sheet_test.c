/* SPDX-License-Identifier: MIT
 * sheet_test: tables held for printing, their cells as a reader sees them, and HTML. */
#include <stdlib.h>
#include <unistd.h>

#include "lib/print/html.h"
#include "tests/unit/tap.h"

static const char TABLE[] = "area\tbank\tdep\tyear\tlate\n"
                            "全市\t合计\t-1234567.80\t2022\t1\n"
                            "甲\ta\\tb\t999.00\t\t\n"
                            "乙\t<c>\t\\-\t\\-\t0\n";

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    if (!f || fputs(text, f) < 0 || fclose(f) != 0)
        exit(5);
}

static const char *shown(const struct sheet *s, size_t row, size_t column, bool group, struct buf *b)
{
    struct manner m = {LANG_ZH, group, "…", "—"};
    buf_clear(b);
    sheet_show(b, &s->column[column], sheet_field(s, row, column), &m);
    return buf_string(b);
}

static void test_cells(struct tap *t, struct labels *l)
{
    struct diag d = {0};
    struct buf b = {0};
    bool empty, na;
    struct sheet *s = sheet_read("t.tsv", l, slice_of("T"), &d);
    tap_ok(t, s && s->rows == 3 && s->width == 5, "a table is read whole");
    tap_ok(t, s->column[1].align == ALIGN_LEFT && s->column[2].align == ALIGN_RIGHT, "types align");
    tap_ok(t, s->column[3].align == ALIGN_RIGHT, "without a type figures and missing cells align right");
    tap_text(t, shown(s, 0, 2, true, &b), "-1,234,567.80", "an amount is grouped");
    tap_text(t, shown(s, 0, 2, false, &b), "-1234567.80", "when asked");
    tap_text(t, shown(s, 0, 3, true, &b), "2022", "a year never");
    tap_text(t, shown(s, 1, 2, true, &b), "999.00", "three digits are one group");
    tap_text(t, shown(s, 1, 1, false, &b), "a\tb", "escapes are undone");
    tap_text(t, shown(s, 1, 3, false, &b), "…", "empty is not reported");
    tap_text(t, shown(s, 2, 3, false, &b), "—", "\\- is not applicable");
    tap_text(t, shown(s, 0, 4, false, &b), "迟报", "a code has its word");
    tap_text(t, shown(s, 1, 4, false, &b), "—", "whose word may be a kind of missing");
    tap_text(t, shown(s, 2, 4, false, &b), "", "or nothing");
    sheet_missing(s, &empty, &na);
    tap_ok(t, empty && na, "both kinds of missing are seen");
    tap_ok(t, sheet_keep(s, "dep > 0", NULL, 0, &d) == ST_OK && s->rows == 1, "a condition keeps rows");
    tap_text(t, shown(s, 0, 0, false, &b), "甲", "the right ones");
    tap_ok(t, sheet_choose(s, "dep,area", NULL, 0, &d) == ST_OK && s->width == 2, "columns are chosen");
    tap_text(t, shown(s, 0, 1, false, &b), "甲", "in the order asked for");
    sheet_missing(s, &empty, &na);
    tap_ok(t, !empty && !na, "what is not shown is not missing");
    tap_ok(t, sheet_choose(s, "nowhere", "f", 7, &d) == ST_MISUSE && d.line == 7,
           "an unknown column is misuse");
    tap_ok(t, sheet_keep(s, "nowhere > 0", "f", 8, &d) == ST_MISUSE && d.line == 8, "in a condition too");
    sheet_free(s);
    buf_free(&b);
}

static void test_html(struct tap *t)
{
    struct buf b = {0};
    struct words both = {{"甲", "A"}}, one = {{"", "B"}};
    html_text(&b, slice_of("<a href=\"x\">&\n\x01"));
    tap_text(t, buf_string(&b), "&lt;a href=&quot;x&quot;&gt;&amp;<br>\xef\xbf\xbd",
             "markup and controls are undone");
    buf_clear(&b);
    html_words(&b, &both, LANGS_BOTH);
    html_words(&b, &both, LANGS_EN);
    html_words(&b, &one, LANGS_ZH);
    tap_text(t, buf_string(&b), "甲 <span lang=\"en\">A</span>AB", "two languages, one, the one there is");
    buf_free(&b);
}

int main(void)
{
    struct tap t = {0};
    struct diag d = {0};
    char place[] = "/tmp/sheet_test.XXXXXX";
    if (!mkdtemp(place) || chdir(place) != 0)
        return 5;
    write_file("t.tsv", TABLE);
    write_file("l.tsv", "table\tcolumn\tlabel_zh\ttype\tcodes_zh\n"
                        "T\tbank\t机构\ttext\t\n"
                        "T\tdep\t存款\tamount\t\n"
                        "T\tlate\t迟报\ttext\t1=迟报;0=;=\\-\n");
    struct labels *l = labels_load("l.tsv", &d);
    test_cells(&t, l);
    test_html(&t);
    labels_free(l);
    unlink("t.tsv");
    unlink("l.tsv");
    rmdir(place);
    return tap_end(&t);
}
