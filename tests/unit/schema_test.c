/* SPDX-License-Identifier: MIT
 * schema_test: the hot loops of schema_check say of every cell what schema_cell, the full judge, says;
 * repeated keys are found as a plain search finds them. */
#include "lib/schema/schema_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/schema/schema_key.h"
#include "tests/unit/tap.h"

static char schema_path[] = "/tmp/schema_test.XXXXXX", table_path[] = "/tmp/schema_test.XXXXXX";

static const char *const schema_lines[] = {
    "name\ttype\tdecimals\trequired\tkey\tcodes\tmin\tmax\tpattern\tmissing",
    "a\tnum\t2\t1\t\t\t\t\t\t",
    "b\tnum\t9\t\t\t\t>0\t100.5\t\tna",
    "c\tint\t\t1\t\t\t-5\t<7\t\t",
    "d\tdate\t\t\t\t\t\t\t\t",
    "e\tdate\t\t\t\t\t2020-01-01\t<2022-01-01\t\t",
    "f\tmonth\t\t\t\t\t\t\t\tna",
    "g\tflag\t\t1\t1\t\t\t\t\t",
    "h\tid\t\t\t\t\t\t\tP[0-9]{2}\t",
    "i\tcode\t\t\t1\tx|yy|zzz\t\t\t\t",
    "j\ttext\t\t1\t\t\t\t\t\t",
    "k\ttext\t\t\t\tx|1\t\t\t\tna",
    "l\tid\t\t\t\t\t\t\t\t",
    NULL};

static const char *const cells[] = {
    "",           "\\-",        "\\N",        "0",       "1",
    "-1",         "7",          "6.9",        "100.5",   "100.51",
    "x",          "yy",         "P12",        "P123",    "2020-01-01",
    "2021-12-31", "2022-01-01", "2022-02-30", "2022-12", "2022-13",
    "1.123456",   "1.1234567",  "1e5",        "a b",     "99999999999999999999",
    "-0.00",      "0.000001",   "文本",       "zzz",     "9223372036854775807.5"};

enum { COLUMNS = 12, CELLS = sizeof cells / sizeof *cells, ROWS = 3000 };

static void write_files(void)
{
    FILE *s = fopen(schema_path, "w"), *t = fopen(table_path, "w");
    if (!s || !t)
        abort();
    for (size_t i = 0; schema_lines[i]; i++)
        fprintf(s, "%s\n", schema_lines[i]);
    fprintf(t, "a\tb\tc\td\te\tf\tg\th\ti\tj\tk\tl\n");
    unsigned state = 1;
    for (int row = 0; row < ROWS; row++)
        for (int k = 0; k < COLUMNS; k++) {
            state = state * 1664525u + 1013904223u;
            fprintf(t, "%s%c", cells[(state >> 8) % CELLS], k + 1 < COLUMNS ? '\t' : '\n');
        }
    if (fclose(s) != 0 || fclose(t) != 0)
        abort();
}

struct seen {
    size_t groups, members;
    bool good;
};

static void take_group(void *ctx, struct slice key, const struct key_member *member, size_t n)
{
    struct seen *s = ctx;
    s->groups++;
    s->members += n;
    s->good = s->good && n > 1 && key.n >= 2;
    for (size_t i = 1; i < n; i++)
        s->good = s->good && member[i - 1].line < member[i].line;
}

int main(void)
{
    struct tap t = {0};
    struct diag d = {0};
    close(mkstemp(schema_path));
    close(mkstemp(table_path));
    write_files();
    struct schema *s = schema_load(schema_path, NULL, &d);
    struct table *table = table_open(table_path, &d);
    tap_ok(&t, s && s->width == COLUMNS && s->keys == 2, "the schema is read");
    struct schema_check check;
    struct schema_key *key = schema_key_new(s, -1, -1);
    schema_check_init(&check, s);
    int origin;
    tap_ok(&t, schema_check_header(s, table, &origin, &d) == ST_OK && origin == -1, "the header agrees");
    bool same = true;
    uint64_t judged[FAULTS] = {0}, counted = 0, fast = 0, valid_keys = 0;
    struct batch b;
    while (table_next(table, &b, &d) == ST_OK && b.rows > 0)
        for (size_t from = 0; from < b.rows; from += 100) {
            size_t to = from + 100 < b.rows ? from + 100 : b.rows;
            schema_check_rows(&check, &b, from, to);
            schema_key_rows(key, &b, from, to, &check);
            fast += check.failures;
            for (size_t row = from; row < to; row++) {
                for (size_t k = 0; k < COLUMNS; k++) {
                    enum cell_fault want = schema_cell(&s->column[k], batch_field(&b, row, k));
                    judged[want]++;
                    same = same && schema_check_fault(&check, row, k) == want;
                }
                valid_keys += schema_check_fault(&check, row, 6) == FAULT_NONE &&
                              schema_check_fault(&check, row, 8) == FAULT_NONE;
            }
        }
    tap_ok(&t, same, "3000 rows of 12 columns: every cell is judged as by the full judge");
    for (int f = FAULT_REQUIRED; f < FAULTS; f++) {
        struct check_count n;
        bool any = schema_check_count(&check, (enum cell_fault)f, &n);
        tap_ok(&t, any && n.fail == judged[f] && n.fail > 0 && n.run >= n.fail + n.undecided,
               fault_name((enum cell_fault)f));
        counted += n.fail;
    }
    tap_ok(&t, counted == fast, "the counts are those of the failures");
    struct seen seen = {.good = true};
    schema_key_repeats(key, take_group, &seen);
    struct check_count n = schema_key_count(key);
    tap_ok(&t, seen.good && n.run == valid_keys && n.fail == seen.members && n.run + n.undecided == ROWS,
           "repeated keys come in groups, in the order of their rows");
    tap_ok(&t, seen.groups == 8, "two flags and four codes, the empty one too, make eight keys");
    schema_key_free(key);
    schema_check_free(&check);
    table_close(table);
    schema_free(s);
    unlink(schema_path);
    unlink(table_path);
    return tap_end(&t);
}
