/* SPDX-License-Identifier: MIT
 * text_test: the small text modules: buf's escapes, diag's messages, spec's files. */
#include <stdlib.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/diag.h"
#include "lib/spec/spec.h"
#include "lib/stream/scan.h"
#include "tests/unit/tap.h"

static void escapes(struct tap *t)
{
    struct buf b = {0}, c = {0};
    struct slice raw = {"a\tb\nc\rd\\e\"f", 11};
    buf_escaped(&b, raw);
    tap_text(t, buf_string(&b), "a\\tb\\nc\\rd\\\\e\"f",
             "TAB, LF, CR and backslash are escaped, a quote is a quote");
    buf_unescaped(&c, buf_view(&b));
    tap_ok(t, slice_equal(buf_view(&c), raw), "and come back");
    buf_clear(&c);
    buf_unescaped(&c, slice_of("x\\q\\"));
    tap_text(t, buf_string(&c), "x\\q\\", "an unknown escape and a last backslash stand for themselves");
    buf_free(&b);
    buf_free(&c);
}

static void messages(struct tap *t)
{
    struct diag d;
    char line[1200];
    diag_set(&d, ST_INPUT, "B02.tsv", 1834, "loan", "not a decimal: %s", diag_quote(slice_of("12,5o")).s);
    diag_format(&d, line, sizeof line);
    tap_text(t, line, "B02.tsv:1834: column 'loan': not a decimal: '12,5o'", "the one shape of a message");
    diag_set(&d, ST_INPUT, NULL, 0, NULL, "plain");
    diag_format(&d, line, sizeof line);
    tap_text(t, line, "plain", "parts that are not known are left out");
    tap_text(t, diag_quote((struct slice){"a\tb\x01", 4}).s, "'a\\x09b\\x01'",
             "control bytes in a value are shown");
    struct quoted q = diag_quote(
        slice_of("123456789012345678901234567890123456789012345678901234567\xe6\xb3\xb0\xe6\xb3\xb0"));
    tap_text(t, q.s, "'123456789012345678901234567890123456789012345678901234567\xe6\xb3\xb0...'",
             "a long value is cut between characters");
}

/* A bank's headings, listed in a message, were once cut inside a character, and the failure file with it. */
static void long_messages(struct tap *t)
{
    struct diag d;
    struct buf b = {0};
    for (int i = 0; i < 1000; i++)
        buf_text(&b, "\xe6\xb3\xb0");
    for (int shift = 0; shift < 3; shift++) {
        diag_set(&d, ST_INPUT, NULL, 0, NULL, "%.*s%s", shift, "ab", buf_string(&b));
        size_t n = strlen(d.reason);
        bool good =
            n < sizeof d.reason && strcmp(d.reason + n - 3, "...") == 0 && scan_text(d.reason, n) == n;
        tap_ok(t, good, "a message too long is cut between characters");
    }
    buf_free(&b);
}

static void load(struct tap *t, const char *bytes, const char *want, const char *what)
{
    static const char *const columns[] = {"!name", "flag", "count", NULL};
    char path[] = "/tmp/spec_test.XXXXXX", got[3000];
    struct diag d = {0};
    int fd = mkstemp(path);
    if (fd < 0 || write(fd, bytes, strlen(bytes)) < 0)
        abort();
    close(fd);
    struct spec *s = spec_load(path, columns, &d);
    bool flag = false;
    int count = 0;
    enum status st = s ? ST_OK : d.status;
    for (size_t i = 0; s && i < spec_rows(s) && st == ST_OK; i++) {
        st = spec_flag(s, i, "flag", &flag, &d);
        if (st == ST_OK)
            st = spec_int(s, i, "count", 0, 9, -1, &count, &d);
    }
    if (st != ST_OK)
        snprintf(got, sizeof got, "%d:%d:%s: %s", (int)d.status, (int)d.line, d.column, d.reason);
    else
        snprintf(got, sizeof got, "%zu rows, line %d, %s, %d, %d", spec_rows(s), (int)spec_line(s, 0),
                 spec_get(s, 0, "name"), flag, count);
    tap_text(t, got, want, what);
    spec_free(s);
    unlink(path);
}

static void specifications(struct tap *t)
{
    load(t, "# about\nname\tflag\tcount\n\n# more\nx\\ty\t1\t7\n", "1 rows, line 5, x\ty, 1, 7",
         "comments and blank lines are left out, escapes undone");
    load(t, "name\nx\n", "1 rows, line 2, x, 0, -1", "a column that may be absent");
    load(t, "flag\n1\n", "2:1:name: column is missing", "one that must be there");
    load(t, "name\tcolour\nx\tred\n", "2:1:colour: unknown column in a specification of this kind",
         "one nobody knows");
    load(t, "name\tflag\nx\ty\tz\n", "2:2:: 3 fields, the header has 2", "a field too many");
    load(t, "name\tflag\tcount\nx\n", "1 rows, line 2, x, 0, -1",
         "fields missing at the end of a line are empty");
    load(t, "name\tcount\t\n\t\t\nx\t7\t\t\t\n", "1 rows, line 3, x, 0, 7", "TABs at its end say nothing");
    load(t, "name\t\tcount\nx\t\t7\n", "2:1:: unknown column in a specification of this kind",
         "a column without a name");
    load(t, "name\tflag\nx\tmaybe\n", "2:2:flag: not 0 or 1: 'maybe'", "a flag that is none");
    load(t, "name\tcount\nx\t12\n", "2:2:count: not a whole number from 0 to 9: '12'",
         "a number out of its range");
    load(t, "\xef\xbb\xbfname\tcount\r\n# a\r\n\r\nx\t1\r\ny\t7", "2 rows, line 4, x, 0, 7",
         "a byte order mark and CR LF are an editor's");
    load(t, "\xef\xbb\xbf# a\nname\nx\xff\n", "2:3:: not UTF-8 text: byte 0xff", "a byte that is no text");
    load(t, "# nothing\n", "2:0:: no header line", "no header");
}

int main(void)
{
    struct tap t = {0};
    escapes(&t);
    messages(&t);
    long_messages(&t);
    specifications(&t);
    return tap_end(&t);
}
