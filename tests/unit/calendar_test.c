/* SPDX-License-Identifier: MIT
 * calendar_test: days by a walk through three centuries, weekends by known ones, hierarchies of codes. */
#include "lib/rules/calendar.h"

#include <stdio.h>

#include "lib/read/celltype.h"
#include "lib/rules/kind_tree.h"
#include "tests/unit/tap.h"

static int64_t day_of(const char *text)
{
    int64_t day = -1;
    return calendar_day(slice_of(text), &day) ? day : -1;
}

/* Every date from 1850 to 2150 is the day after the one before, and prints as it was read. */
static bool walk(void)
{
    int64_t last = day_of("1849-12-31");
    struct buf printed = {0};
    bool good = last > 0;
    for (unsigned y = 1850; good && y <= 2150; y++)
        for (unsigned m = 1; good && m <= 12; m++)
            for (unsigned d = 1; good && d <= cell_month_days(y, m); d++) {
                char text[16];
                int64_t end;
                snprintf(text, sizeof text, "%04u-%02u-%02u", y % 10000, m % 100, d % 100);
                buf_clear(&printed);
                calendar_print(&printed, last + 1);
                good = day_of(text) == last + 1 && strcmp(buf_string(&printed), text) == 0;
                text[7] = '\0';
                good = good && calendar_month_end(slice_of(text), &end) && end >= last + 1;
                last++;
            }
    buf_free(&printed);
    return good;
}

static struct refs *table(const char *const *row, size_t rows)
{
    struct slice column[3] = {slice_of("a"), slice_of("b"), slice_of("c")}, field[32];
    size_t n = 0;
    for (size_t i = 0; i < rows; i++) {
        const char *p = row[i];
        for (int k = 0; k < 3; k++) {
            size_t length = strcspn(p, " ");
            field[n++] = (struct slice){p, length};
            p += length + (p[length] == ' ');
        }
    }
    struct refs *r = refs_example_new();
    refs_put(r, slice_of("t"), column, 3, field, rows);
    return r;
}

static void test_working_days(struct tap *t)
{
    struct diag d = {0};
    /* the national holidays of October 2022: Saturday 8 and Sunday 9 were worked */
    static const char *const days[] = {"2022-10-03 0", "2022-10-04 0", "2022-10-05 0", "2022-10-06 0",
                                       "2022-10-07 0", "2022-10-08 1", "2022-10-09 1"};
    struct refs *r = table(days, 7);
    struct calendar *c = calendar_new(refs_find(r, slice_of("t")), 0, 1, &d);
    tap_ok(t,
           c && !calendar_is_working(c, day_of("2022-11-05")) &&
               !calendar_is_working(c, day_of("2022-11-06")) &&
               calendar_is_working(c, day_of("2022-11-07")) && calendar_is_working(c, day_of("2000-02-29")),
           "weekends are free");
    tap_ok(t,
           c && calendar_next_working(c, day_of("2022-10-01")) == day_of("2022-10-08") &&
               calendar_next_working(c, day_of("2022-10-08")) == day_of("2022-10-08"),
           "a due day that is free moves to the next working day");
    tap_ok(t,
           c && calendar_add_working(c, day_of("2022-09-30"), 3) == day_of("2022-10-10") &&
               calendar_add_working(c, day_of("2022-11-30"), 1) == day_of("2022-12-01"),
           "working days are counted, weekends that are worked with them");
    calendar_free(c);
    refs_free(r);
    static const char *const wrong[] = {"2022-02-30 0"}, *const flag[] = {"2022-02-28 2"};
    r = table(wrong, 1);
    tap_ok(t, !calendar_new(refs_find(r, slice_of("t")), 0, 1, &d) && d.status == ST_MISUSE && d.line == 2,
           "what is no date is refused with its line");
    refs_free(r);
    r = table(flag, 1);
    tap_ok(t, !calendar_new(refs_find(r, slice_of("t")), 0, 1, &d) && d.status == ST_MISUSE,
           "and what is neither 0 nor 1");
    refs_free(r);
}

static bool refused(const char *const *row, size_t rows, uint64_t line)
{
    struct diag d = {0};
    struct refs *r = table(row, rows);
    struct tree *tree = tree_new(refs_find(r, slice_of("t")), 0, 1, 2, false, &d);
    bool good = !tree && d.status == ST_MISUSE && d.line == line;
    tree_free(tree);
    refs_free(r);
    return good;
}

static void test_tree(struct tap *t)
{
    struct diag d = {0};
    struct rat w;
    static const char *const rows[] = {"T", "a T 2", "b a -3", "c a 0.5"};
    struct refs *r = table(rows, 4);
    struct tree *tree = tree_new(refs_find(r, slice_of("t")), 0, 1, 2, true, &d);
    tap_ok(t,
           tree && tree_codes(tree) == 4 && tree_parts(tree, 0) == 2 && tree_parts(tree, 2) == 0 &&
               tree_part(tree, 0, 0, &w) == 2 && w.num == -6 && tree_part(tree, 0, 1, &w) == 3 &&
               w.num == 1 && w.den == 1 && tree_part(tree, 1, 0, &w) == 2 && w.num == -3,
           "the leaves of a total have the weights on the way multiplied");
    tree_free(tree);
    refs_free(r);
    static const char *const twice[] = {"T", "a T", "a T"}, *const orphan[] = {"T", "a X"},
                             *const self[] = {"T T"}, *const weight[] = {"T", "a T x"},
                             *const none[] = {" T"};
    tap_ok(t, refused(twice, 3, 4), "a code that stands twice is refused");
    tap_ok(t, refused(orphan, 2, 3), "a parent that is no code is refused");
    tap_ok(t, refused(self, 1, 2), "a code that is a part of itself is refused");
    tap_ok(t, refused(weight, 2, 3), "a weight that is no number is refused");
    tap_ok(t, refused(none, 1, 2), "a row without a code is refused");
}

int main(void)
{
    struct tap t = {0};
    tap_ok(&t, walk(), "three centuries of days");
    tap_ok(&t,
           day_of("2022-02-29") == -1 && day_of("2022-11") == -1 && day_of("2022-11-01x") == -1 &&
               day_of("2022-11-01T09:00:00+08:00") == day_of("2022-11-01"),
           "a date may be followed by a time, and by nothing else");
    test_working_days(&t);
    test_tree(&t);
    return tap_end(&t);
}
