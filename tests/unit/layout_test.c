/* SPDX-License-Identifier: MIT
 * layout_test: names in braces, labels and layouts, and what is said of their mistakes. */
#include <stdlib.h>
#include <unistd.h>

#include "lib/base/mem.h"
#include "lib/print/layout.h"
#include "tests/unit/tap.h"

/* A file with this text; the name dies at the next call. */
static const char *file_with(const char *text)
{
    static char path[] = "layout_test.tmp";
    FILE *f = fopen(path, "w");
    if (!f || fputs(text, f) < 0 || fclose(f) != 0)
        exit(5);
    return path;
}

static void test_names(struct tap *t)
{
    struct names *n = names_new();
    struct buf b = {0};
    struct slice unknown;
    tap_ok(t, names_define(n, "year=2022") && names_define(n, "a_b="), "NAME=VALUE defines");
    tap_ok(t, !names_define(n, "year") && !names_define(n, "=1") && !names_define(n, "a b=1"),
           "and nothing else");
    tap_ok(t, names_expand(n, "{year}年{a_b}{{x}", &b, &unknown), "names are replaced");
    tap_text(t, buf_string(&b), "2022年{x}", "an empty value is a value, two braces are one");
    tap_ok(t, !names_expand(n, "{month}", &b, &unknown) && slice_is(unknown, "month"),
           "an unknown name is told");
    tap_ok(t, !names_expand(n, "{year", &b, &unknown), "a brace must close");
    names_define(n, "year=2023");
    tap_text(t, names_get(n, "year"), "2023", "the last definition holds");
    buf_free(&b);
    names_free(n);
}

static void test_labels(struct tap *t)
{
    struct diag d = {0};
    struct buf b = {0};
    struct labels *l = labels_load(file_with("table\tcolumn\tover_zh\tlabel_zh\tlabel_en\ttype\tcodes_zh\n"
                                             "*\tarea\t\t地区\tArea\ttext\t\n"
                                             "A\tdep\t存款\t余额\tBalance\tamount\t\n"
                                             "A\trate\t授信\t授信率\t\tnumber\t1=是;0=;=\\-\n"
                                             "A\tarea\t\t县\tCounty\ttext\t\n"),
                                   &d);
    tap_ok(t, l != NULL, "labels are read");
    const struct label *area = labels_find(l, slice_of("A"), slice_of("area"));
    const struct label *rate = labels_find(l, slice_of("A"), slice_of("rate"));
    tap_text(t, words_in(&area->text, LANG_EN), "County", "the table's own line comes first");
    tap_text(t, words_in(&labels_find(l, slice_of("B"), slice_of("area"))->text, LANG_ZH), "地区",
             "then that of '*'");
    tap_ok(t, !labels_find(l, slice_of("B"), slice_of("dep")), "then none");
    tap_ok(t, labels_know(l, slice_of("A")) && !labels_know(l, slice_of("B")), "tables are known by name");
    label_name(&b, labels_find(l, slice_of("A"), slice_of("dep")), LANG_ZH);
    tap_text(t, buf_string(&b), "存款余额", "a label is called by its spanning head too");
    buf_clear(&b);
    label_name(&b, rate, LANG_ZH);
    tap_text(t, buf_string(&b), "授信率", "unless it begins with it");
    tap_text(t, words_in(&rate->text, LANG_EN), "授信率", "the other language stands in");
    tap_ok(t, slice_is(words_of_code(rate->codes.in[LANG_ZH], slice_of("1")), "是"), "a code has a word");
    tap_ok(t, words_of_code(rate->codes.in[LANG_ZH], slice_of("0")).p != NULL, "which may be empty");
    tap_ok(t, words_of_code(rate->codes.in[LANG_ZH], slice_of("2")).p == NULL, "or none");
    tap_ok(t, label_unit_is_stated("亿元、%、百分点", "%") && !label_unit_is_stated("百分点、亿元", "元"),
           "a unit is stated as a whole");
    buf_free(&b);
    labels_free(l);
}

struct mistake {
    const char *text, *says;
};

static void test_mistakes(struct tap *t)
{
    static const struct mistake labels[] = {
        {"table\tcolumn\tlabel_zh\nA\tx\tX\nA\tx\tX\n", "layout_test.tmp:3: column 'column': named twice"},
        {"table\tcolumn\tlabel_zh\ttype\nA\tx\tX\tmoney\n",
         "layout_test.tmp:2: column 'type': unknown word 'money'"},
        {"table\tcolumn\tlabel_zh\tcodes_zh\nA\tx\tX\t1=a;b\n",
         "layout_test.tmp:2: column 'codes_zh': not code=word"},
    };
    static const struct mistake layouts[] = {
        {"item\tkind\ttitle_zh\na\tpicture\tX\n", "layout_test.tmp:2: column 'kind': unknown word 'picture'"},
        {"item\tkind\ttitle_zh\na b\ttext\tX\n", "layout_test.tmp:2: column 'item': not letters"},
        {"item\tkind\ttitle_zh\na\ttext\tX\na\ttext\tX\n", "layout_test.tmp:3: column 'item': named twice"},
        {"item\tkind\ttitle_zh\na\ttext\t{when}\n",
         "layout_test.tmp:2: column 'title_zh': no value for the name 'when'"},
        {"item\tkind\ttitle_zh\na\ttitle\tX\nb\ttitle\tX\n",
         "layout_test.tmp:3: column 'kind': a second title"},
        {"item\tkind\ttitle_zh\twhen\na\ttext\tX\tmonth ==\n", "layout_test.tmp:2: "},
    };
    struct names *n = names_new();
    char line[1200];
    names_define(n, "month=3");
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        struct diag d = {0};
        struct labels *l = labels_load(file_with(labels[i].text), &d);
        diag_format(&d, line, sizeof line);
        tap_ok(t, !l && d.status == ST_MISUSE && strncmp(line, labels[i].says, strlen(labels[i].says)) == 0,
               line);
        labels_free(l);
    }
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) {
        struct diag d = {0};
        struct layout *l = layout_load(file_with(layouts[i].text), n, &d);
        diag_format(&d, line, sizeof line);
        tap_ok(t, !l && d.status == ST_MISUSE && strncmp(line, layouts[i].says, strlen(layouts[i].says)) == 0,
               line);
        layout_free(l);
    }
    names_free(n);
}

static void test_layout(struct tap *t)
{
    struct diag d = {0};
    struct names *n = names_new();
    names_define(n, "month=3");
    struct layout *l = layout_load(file_with("# comment\n"
                                             "item\tkind\ttitle_zh\ttable\tfold\twhen\n"
                                             "t\ttitle\t{month}月\t\t\t\n"
                                             "y\ttable\t{year}\t\t\tmonth == '12'\n"
                                             "q\ttable\tQ\tx/B20\topen\tmonth in ('3', '6')\n"
                                             "z\ttable\tZ\t\tclosed\t\n"),
                                   n, &d);
    tap_ok(t, l && l->n == 3, "an item that is not due is left out, its names unread");
    tap_text(t, l->item[0].title.in[LANG_ZH], "3月", "names are replaced in titles");
    tap_text(t, l->item[1].table, "x/B20", "a table has its file's name");
    tap_text(t, l->item[2].table, "z", "or the item's");
    tap_ok(t, l->item[1].fold == FOLD_OPEN && l->item[2].fold == FOLD_CLOSED, "folds are read");
    tap_ok(t, l->item[2].line == 6, "lines count comments");
    layout_free(l);
    names_free(n);
}

int main(void)
{
    struct tap t = {0};
    char place[] = "/tmp/layout_test.XXXXXX";
    if (!mkdtemp(place) || chdir(place) != 0)
        return 5;
    test_names(&t);
    test_labels(&t);
    test_mistakes(&t);
    test_layout(&t);
    unlink("layout_test.tmp");
    rmdir(place);
    return tap_end(&t);
}
