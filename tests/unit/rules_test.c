/* SPDX-License-Identifier: MIT
 * rules_test: the quick yes of rules_fast never passes what the full evaluation does not. */
#include "lib/rules/rules_examples.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/unit/tap.h"

static char schema_path[] = "/tmp/rules_test.XXXXXX", rules_path[] = "/tmp/rules_test.XXXXXX",
            table_path[] = "/tmp/rules_test.XXXXXX";

static void put_file(char *path, const char *text)
{
    int fd = mkstemp(path);
    FILE *f = fdopen(fd, "w");
    if (!f || fputs(text, f) < 0 || fclose(f) != 0)
        abort();
}

static const char *const checks[] = {
    "a <= b",  "a < b",           "a == b",           "a >= 0 and b > 0",
    "a > 1.5", "d <= e",          "d < e and a <= b", "a<=b and b<=c and c>=a",
    "c == 2",  "e == d and a > b"};
enum { CHECKS = sizeof checks / sizeof *checks };

static void ignore(void *ctx, const struct rule *c, const struct rules_row *row, const struct rule_outcome *o)
{
    (void)ctx;
    (void)c;
    (void)row;
    (void)o;
}

int main(void)
{
    struct tap t = {0};
    struct diag d = {0};
    put_file(schema_path, "name\ttype\tdecimals\na\tnum\t0\nb\tnum\t2\nc\tint\t\nd\tdate\t\ne\tdate\t\n");
    struct buf text = {0};
    buf_text(&text, "id\tseverity\tcheck\tmessage_zh\tmessage_en\n");
    for (size_t i = 0; i < CHECKS; i++)
        buf_printf(&text, "r%zu\terror\t%s\t信\tm\n", i, checks[i]);
    put_file(rules_path, buf_string(&text));
    static const char *const number[] = {"0", "1", "1.5", "2", "2.50", "-1", "", "\\-", "x", "1.1234567"};
    static const char *const date[] = {"2022-01-31", "2022-02-28", "2022-02-30", "", "\\-", "2021-12-31"};
    buf_clear(&text);
    buf_text(&text, "a\tb\tc\td\te\n");
    for (size_t i = 0; i < 10; i++)
        for (size_t j = 0; j < 10; j++)
            for (size_t k = 0; k < 6; k++)
                buf_printf(&text, "%s\t%s\t%s\t%s\t%s\n", number[i], number[j], number[(i + j + k) % 10],
                           date[k], date[(i * j) % 6]);
    put_file(table_path, buf_string(&text));
    buf_free(&text);

    struct schema *s = schema_load(schema_path, NULL, &d);
    struct refs *refs = refs_new();
    struct rules *r = rules_new(s, refs);
    tap_ok(&t, rules_load(r, rules_path, &d) == ST_OK && rules_settle(r, &d) == ST_OK && r->count == CHECKS,
           "the cards are read");
    struct precision *p = precision_new(s, NULL, -1);
    struct schema_check check;
    schema_check_init(&check, s);
    struct table *table = table_open(table_path, &d);
    uint64_t pass[CHECKS] = {0}, fail[CHECKS] = {0}, rest[CHECKS] = {0}, quick = 0;
    struct batch b;
    bool sound = true, all_fast = true;
    while (table_next(table, &b, &d) == ST_OK && b.rows > 0)
        for (size_t from = 0; from < b.rows; from += RULES_ROWS) {
            size_t to = from + RULES_ROWS < b.rows ? from + RULES_ROWS : b.rows;
            schema_check_rows(&check, &b, from, to);
            for (size_t i = 0; i < CHECKS; i++) {
                bool passed[SCHEMA_ROWS];
                rule_fast_rows(r->rule[i].fast, &check, to - from, passed);
                for (size_t row = from; row < to; row++) {
                    struct rules_row place = {
                        .rules = r, .batch = &b, .row = row, .from = from, .half = precision_declared(p)};
                    struct rule_outcome o;
                    rules_decide(&r->rule[i], &place, &check, &o);
                    bool faulty = false;
                    for (size_t k = 0; k < s->width; k++)
                        faulty = faulty || schema_check_fault(&check, row, k) != FAULT_NONE;
                    all_fast = all_fast && r->rule[i].fast;
                    if (!faulty && passed[row - from]) {
                        quick++;
                        sound = sound && o.applies && o.verdict == VERDICT_PASS;
                    }
                    pass[i] += o.applies && o.verdict == VERDICT_PASS;
                    fail[i] += o.applies && o.verdict == VERDICT_FAIL;
                    rest[i] += !o.applies || o.verdict == VERDICT_UNDECIDED;
                }
            }
            rules_check_rows(r, &b, from, to, &check, p, ignore, NULL);
        }
    tap_ok(&t, all_fast, "comparisons joined by and have a quick form");
    tap_ok(&t, sound && quick > 100, "what it passes the full evaluation passes");
    bool same = true;
    for (size_t i = 0; i < CHECKS; i++)
        same = same && r->rule[i].passed == pass[i] && r->rule[i].failed == fail[i] &&
               r->rule[i].undecided + r->rule[i].skipped == rest[i] && pass[i] && fail[i] && rest[i];
    tap_ok(&t, same, "the counts of a table are those of its rows");
    tap_ok(&t,
           !rule_fast_compile("a + b <= c", s) && !rule_fast_compile("a <= b or c > 0", s) &&
               !rule_fast_compile("a != b", s) && !rule_fast_compile("a <= d", s) &&
               !rule_fast_compile("d <= x", s) && !rule_fast_compile("a", s) && !rule_fast_compile("", s),
           "other forms have none");
    table_close(table);
    schema_check_free(&check);
    precision_free(p);
    rules_free(r);
    refs_free(refs);
    schema_free(s);
    unlink(schema_path);
    unlink(rules_path);
    unlink(table_path);
    return tap_end(&t);
}
