/* SPDX-License-Identifier: MIT
 * table_test: what a stream may be, and what the reader says of one that is none. */
#include "lib/stream/table.h"

#include <stdlib.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "tests/unit/tap.h"

static char path[] = "/tmp/table_test.XXXXXX";

static void put_file(const char *bytes, size_t n)
{
    FILE *f = fopen(path, "w");
    if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0)
        abort();
}

/* Reads the file: rows as "line:a|b" joined by blanks, "~" before a ragged one; or the problem. */
static void read_all(struct buf *b, bool ragged)
{
    struct diag d = {0};
    buf_clear(b);
    struct table *table = table_open(path, &d);
    struct batch batch;
    enum status st = table ? ST_OK : d.status;
    if (table && ragged)
        table_allow_ragged(table);
    while (table && (st = table_next(table, &batch, &d)) == ST_OK && batch.rows > 0)
        for (size_t r = 0; r < batch.rows; r++) {
            buf_printf(b, "%s%s%d:", b->n ? " " : "", batch.ragged ? "~" : "", (int)(batch.line + r));
            for (size_t c = 0; c < batch.width; c++) {
                buf_text(b, c ? "|" : "");
                buf_slice(b, batch_field(&batch, r, c));
            }
        }
    if (st != ST_OK)
        buf_printf(b, "%sstatus %d, line %d: %s", b->n ? " " : "", (int)st, (int)d.line, d.reason);
    table_close(table);
}

static void check(struct tap *t, const char *bytes, const char *want, bool ragged, const char *what)
{
    struct buf b = {0};
    put_file(bytes, strlen(bytes));
    read_all(&b, ragged);
    tap_text(t, buf_string(&b), want, what);
    buf_free(&b);
}

static void shapes_of_a_stream(struct tap *t)
{
    check(t, "a\tb\n1\t2\n3\t4\n", "2:1|2 3:3|4", false, "rows with their lines");
    check(t, "a\tb\n1\t2\n3\t4", "2:1|2 3:3|4", false, "a last line without LF is a row");
    check(t, "a\tb\n", "", false, "a header alone is an empty table");
    check(t, "a\tb", "", false, "a header without LF too");
    check(t, "a\n\nx\n", "2: 3:x", false, "in a table of one column a blank line is an empty field");
    check(t, "", "status 3, line 0: no bytes at all, not even a header line", false, "no bytes at all");
    check(t, "a\ta\n", "status 3, line 1: two columns are named 'a'", false, "a column twice");
    check(t, "a\t\n", "status 3, line 1: column 2 of the header has no name", false,
          "a column without a name");
    check(t, "\xef\xbb\xbfx\n",
          "status 3, line 1: begins with a byte order mark; read the file through extract -t tsv first",
          false, "a byte order mark");
    check(t, "a\tb\r\n1\t2\r\n",
          "status 3, line 1: lines end with CR LF; read the file through extract -t tsv first", false,
          "CR LF");
}

static void ragged_rows(struct tap *t)
{
    const char *rows = "a\tb\n1\t2\n3\n4\t5\t6\n7\t8\n\n9\t0\n";
    check(t, rows, "2:1|2 status 3, line 3: 1 field, the header has 2", false,
          "the first ragged row stops the reader");
    check(t, rows, "2:1|2 ~3:3 ~4:4|5|6 5:7|8 ~6: 7:9|0", true, "or each is delivered alone");
    check(t, "a\tb\n1\t2\t3\n4\n", "~2:1|2|3 ~3:4", true, "two rows that would make up for each other");
    check(t, "a\tb\n1\t2\n\n", "2:1|2 status 3, line 3: 1 field, the header has 2 (a blank line)", false,
          "a blank line at the end is called so");
}

static void bad_bytes(struct tap *t)
{
    struct buf b = {0};
    check(t, "a\tb\n1\t2\nx\xd6\xd0\t4\n", "status 3, line 3: not UTF-8: byte 0xd6", false,
          "a bad byte and its line");
    put_file("a\tb\n1\t\0\n", 8);
    read_all(&b, false);
    tap_text(t, buf_string(&b), "status 3, line 2: NUL byte in the line", "a NUL byte");
    buf_free(&b);
}

/* Rows long and short, so that block ends fall everywhere: counted and summed while read. */
static void many_blocks(struct tap *t)
{
    struct buf b = {0};
    buf_text(&b, "n\ttext\n");
    for (int i = 0; i < 60000; i++) {
        buf_printf(&b, "%d\t", i);
        for (int k = 0; k < i % 37; k++)
            buf_char(&b, 'x');
        if (i == 31000)
            for (int k = 0; k < 700000; k++)
                buf_char(&b, 'y');
        buf_char(&b, '\n');
    }
    put_file(b.p, b.n - 1); /* the last LF left out */
    buf_free(&b);
    struct diag d = {0};
    struct table *table = table_open(path, &d);
    struct batch batch = {0};
    long rows = 0;
    bool good = table != NULL;
    while (good && table_next(table, &batch, &d) == ST_OK && batch.rows > 0)
        for (size_t r = 0; r < batch.rows; r++, rows++) {
            char number[32];
            struct slice f = batch_field(&batch, r, 0), text = batch_field(&batch, r, 1);
            snprintf(number, sizeof number, "%ld", rows);
            size_t length = (size_t)rows % 37 + (rows == 31000 ? 700000 : 0);
            good = good && slice_is(f, number) && text.n == length && batch.line + r == (uint64_t)rows + 2;
        }
    tap_ok(t, good && rows == 60000, "60,000 rows over many blocks, one longer than a block, all in place");
    table_close(table);
}

int main(void)
{
    struct tap t = {0};
    int fd = mkstemp(path);
    if (fd < 0)
        return 1;
    close(fd);
    shapes_of_a_stream(&t);
    ragged_rows(&t);
    bad_bytes(&t);
    many_blocks(&t);
    unlink(path);
    return tap_end(&t);
}
