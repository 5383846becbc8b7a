/* SPDX-License-Identifier: MIT
 * sheet_rows_test: rows of a workbook as records: filled up to a table, merged ranges shown to the header. */
#include "lib/read/sheet_rows.h"
#include "tests/unit/tap.h"

/* A row of texts, "" for no cell; ended into out as "line/number[a|b]" or "-" when it is blank. */
static void add_row(struct sheet_rows *r, uint64_t line, const char *const *cell, size_t n, struct buf *out)
{
    struct record rec;
    sheet_rows_begin(r, line, false);
    for (size_t i = 0; i < n; i++)
        if (cell[i][0] && sheet_rows_text(r, i + 1, slice_of(cell[i])))
            buf_char(out, '!');
    if (!sheet_rows_end(r, &rec)) {
        buf_char(out, '-');
        return;
    }
    buf_printf(out, "%d/%d[", (int)rec.line, (int)rec.number);
    for (size_t i = 0; i < rec.n; i++)
        buf_printf(out, "%s%.*s", i ? "|" : "", (int)rec.cell[i].n, rec.cell[i].p);
    buf_char(out, ']');
}

#define ROW(r, line, out, ...)                                                                               \
    do {                                                                                                     \
        const char *const cell_[] = {__VA_ARGS__};                                                           \
        add_row(r, line, cell_, sizeof cell_ / sizeof *cell_, out);                                          \
    } while (0)

static void test_shape(struct tap *t)
{
    struct sheet_rows r;
    struct buf out = {0};
    sheet_rows_init(&r, false);
    ROW(&r, 2, &out, "a", "", "c");
    ROW(&r, 3, &out, "d");
    ROW(&r, 4, &out, "", "");
    ROW(&r, 7, &out, "", "e", "", "f");
    ROW(&r, 8, &out, "g");
    tap_text(t, buf_string(&out), "2/1[a||c]3/2[d||]-7/3[|e||f]8/4[g|||]",
             "rows are filled up to the widest before them; blank ones are no records");
    tap_ok(t, r.blank == 4, "rows left out count as blank: 1, 4, 5 and 6");
    struct record rec;
    sheet_rows_begin(&r, 9, false);
    const char *wrong = sheet_rows_text(&r, 2, slice_of("x"));
    tap_ok(t,
           !wrong && !sheet_rows_text(&r, 2, slice_of("y")) && sheet_rows_end(&r, &rec) &&
               slice_is(rec.cell[1], "y"),
           "the last of two texts for one cell counts");
    sheet_rows_begin(&r, 10, false);
    tap_ok(t, sheet_rows_text(&r, 16384, slice_of("z")) == NULL && sheet_rows_text(&r, 16385, slice_of("z")),
           "XFD is the last column");
    sheet_rows_free(&r);
    buf_free(&out);
}

static void test_limits(struct tap *t)
{
    struct sheet_rows r;
    struct buf big = {0};
    bool refused = false;
    int cells = 0;
    for (int i = 0; i < 1 << 20; i++)
        buf_char(&big, 'x');
    sheet_rows_init(&r, false);
    sheet_rows_begin(&r, 1, false);
    tap_ok(t, !sheet_rows_text(&r, 1, buf_view(&big)), "a cell may have 1 MiB");
    for (; cells < 20 && !refused; cells++)
        refused = sheet_rows_text(&r, (uint64_t)cells + 2, buf_view(&big)) != NULL;
    tap_ok(t, refused && cells == 16, "and a row 16 MiB");
    buf_char(&big, 'x');
    sheet_rows_begin(&r, 2, false);
    tap_ok(t, sheet_rows_text(&r, 1, buf_view(&big)) != NULL, "a longer cell is refused");
    sheet_rows_free(&r);
    buf_free(&big);
}

static void test_merged(struct tap *t)
{
    struct sheet_rows r;
    struct buf out = {0};
    sheet_rows_init(&r, false);
    bool kept = merges_add(&r.merges, 1, 1, 1, 4) && merges_add(&r.merges, 2, 3, 1, 1) &&
                merges_add(&r.merges, 2, 2, 2, 3) && merges_add(&r.merges, 4, 5, 1, 2) &&
                merges_add(&r.merges, 2, 2, 4, 16384);
    ROW(&r, 1, &out, "title");
    ROW(&r, 2, &out, "area", "loan");
    ROW(&r, 3, &out, "", "end", "count");
    r.header_ended = true;
    ROW(&r, 4, &out, "TS", "", "1");
    ROW(&r, 5, &out, "", "", "2");
    tap_text(t, buf_string(&out),
             "1/1[title|title|title|title]2/2[area|loan|loan|]3/3[area|end|count|]4/4[TS||1|]5/5[||2|]",
             "merged cells show their first cell's text, until the header has ended");
    tap_ok(t, kept && r.count[SHEET_MERGED].n == 5, "each is counted");
    sheet_rows_free(&r);
    buf_free(&out);
}

static void test_merged_everywhere(struct tap *t)
{
    struct sheet_rows r;
    struct buf out = {0};
    sheet_rows_init(&r, false);
    bool kept = merges_add(&r.merges, 1, 1048576, 1, 16384);
    ROW(&r, 1, &out, "");
    tap_text(t, buf_string(&out), "-", "a merged range of the whole sheet without text fills nothing");
    tap_ok(t, kept && r.width == 0, "and makes no row wide");
    bool all = true;
    for (size_t i = 0; i < MERGES_MOST && all; i++)
        all = merges_add(&r.merges, 5, 6, 1, 2);
    tap_ok(t, !all, "there is a most of ranges");
    tap_ok(t, merges_add(&r.merges, MERGES_LINES + 1, MERGES_LINES + 2, 1, 2),
           "which those further down do not use up");
    sheet_rows_free(&r);
    buf_free(&out);
}

int main(void)
{
    struct tap t = {0};
    test_shape(&t);
    test_limits(&t);
    test_merged(&t);
    test_merged_everywhere(&t);
    return tap_end(&t);
}
