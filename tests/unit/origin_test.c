/* SPDX-License-Identifier: MIT
 * origin_test: a sidecar written and read again, and the records of a failure file. */
#include <stdlib.h>
#include <unistd.h>

#include "lib/read/failure.h"
#include "lib/read/origin.h"
#include "tests/unit/tap.h"

static char path[] = "/tmp/origin_test.XXXXXX";

static void write_file(const char *text)
{
    FILE *f = fopen(path, "w");
    if (!f || fputs(text, f) < 0 || fclose(f) != 0)
        exit(99);
}

static bool read_file(char *text, size_t n)
{
    FILE *f = fopen(path, "r");
    size_t got = f ? fread(text, 1, n - 1, f) : 0;
    text[got] = '\0';
    return f && fclose(f) == 0;
}

static void test_round_trip(struct tap *t)
{
    struct diag d = {0};
    struct out o;
    const struct origin_column loan = {
        slice_of("a.csv"), slice_of("loan"), slice_of("各项贷款"), slice_of("C"), slice_of("亿元"), 2, 4, 3};
    const struct origin_column area = {
        slice_of("a.csv"), slice_of("area"), slice_of("地\\t区"), slice_of("A"), slice_of(""), -1, 0, 3};
    if (out_open(&o, path, &d) != ST_OK)
        exit(99);
    origin_header(&o);
    origin_write(&o, &area);
    origin_write(&o, &loan);
    tap_ok(t, out_close(&o, true, &d) == ST_OK, "written");
    struct origin *r = origin_load(path, &d);
    tap_ok(t, r && origin_count(r) == 2, "both lines are there");
    if (!r)
        return;
    const struct origin_column *c = origin_find(r, slice_of("a.csv"), slice_of("loan"));
    tap_ok(t,
           c && c->decimals == 2 && c->shift == 4 && c->header_line == 3 && slice_is(c->unit, "亿元") &&
               slice_is(c->cell, "C") && slice_is(c->heading, "各项贷款"),
           "found by file and column");
    c = origin_find(r, slice_of("a.csv"), slice_of("area"));
    tap_ok(t, c && c->decimals == -1 && c->unit.n == 0 && slice_is(c->heading, "地\\t区"),
           "fields stay escaped");
    tap_ok(t, origin_find(r, slice_of("b.csv"), slice_of("loan")) == NULL, "another file has none");
    tap_ok(t, slice_is(origin_at(r, 0)->column, "area"), "in the order of the file");
    origin_free(r);
}

static void test_refused(struct tap *t)
{
    static const char *const bad[] = {
        "",
        "file\tcolumn\n",
        "file\tcolumn\theading\tcell\tunit\tdecimals\tshift\theader_line\na\tx\tX\tA\t\tz\t0\t1\n",
        "file\tcolumn\theading\tcell\tunit\tdecimals\tshift\theader_line\na\tx\tX\tA\t\t0\t99\t1\n",
        "file\tcolumn\theading\tcell\tunit\tdecimals\tshift\theader_"
        "line\na\tx\tX\tA\t\t0\t0\t1\na\tx\tX\tB\t\t0\t0\t1\n",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct diag d = {0};
        write_file(bad[i]);
        struct origin *r = origin_load(path, &d);
        tap_ok(t, !r && d.status == ST_INPUT, "a sidecar that is none is refused");
        origin_free(r);
    }
}

static void test_failure(struct tap *t)
{
    struct diag d = {0};
    struct out o;
    char text[2048];
    struct failure f = {
        .severity = slice_of("error"), .rule = slice_of("r"), .line = 7, .actual = slice_of("a\tb")};
    if (out_open(&o, path, &d) != ST_OK)
        exit(99);
    failure_header(&o, FAILURE_TSV);
    failure_write(&o, FAILURE_TSV, &f);
    tap_ok(t, out_close(&o, true, &d) == ST_OK && read_file(text, sizeof text), "written");
    size_t tabs[2] = {0, 0}, line = 0;
    for (const char *p = text; *p; p++) {
        tabs[line & 1] += *p == '\t';
        line += *p == '\n';
    }
    tap_ok(t, line == 2 && tabs[0] == 31 && tabs[1] == 31, "32 columns in header and record");
    tap_text(t, strchr(text, '\n') + 1,
             "\terror\tr\t\t\t\t\t\t\t\t\t\t7\t\t\t\t\t\ta\\tb\t\t\t\t\t\t\t\t\t\t\t\t\t\n",
             "escaped, in place");
    tap_text(t, failure_cell(1, 2).s, "A2", "first column");
    tap_text(t, failure_cell(26, 1).s, "Z1", "last single letter");
    tap_text(t, failure_cell(27, 12).s, "AA12", "first double letter");
    tap_text(t, failure_cell(703, 0).s, "AAA", "letters alone");
    tap_text(t, failure_cell(16384, 1).s, "XFD1", "last column of a worksheet");
}

int main(void)
{
    struct tap t = {0};
    int fd = mkstemp(path);
    if (fd < 0 || close(fd) != 0)
        return 99;
    test_round_trip(&t);
    test_refused(&t);
    test_failure(&t);
    unlink(path);
    return tap_end(&t);
}
