/* SPDX-License-Identifier: MIT
 * records_test: CSV and TSV records with their places, also where the text is cut into blocks. */
#include <stdlib.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/read/records.h"
#include "tests/unit/tap.h"

static char path[] = "/tmp/records_test.XXXXXX";

static void write_file(struct slice text)
{
    FILE *f = fopen(path, "w");
    if (!f || fwrite(text.p, 1, text.n, f) != text.n || fclose(f) != 0)
        exit(99);
}

/* The records of the file as "line/number[cell|cell]", and "!" for an error. */
static void describe(bool tsv, struct buf *out)
{
    struct diag d = {0};
    enum decoder_fault fault;
    struct decoder *dec = decoder_open(source_open(path, &d), "UTF-8", &fault, &d);
    struct records r = tsv ? tsv_records(dec, '\t') : csv_records(dec, ',');
    struct record rec;
    enum status st;
    buf_clear(out);
    while ((st = records_next(&r, &rec, &d)) == ST_OK && rec.n > 0) {
        buf_printf(out, "%d/%d[", (int)rec.line, (int)rec.number);
        for (size_t i = 0; i < rec.n; i++) {
            if (i > 0)
                buf_char(out, '|');
            buf_escaped(out, rec.cell[i]);
        }
        buf_char(out, ']');
    }
    if (st != ST_OK)
        buf_printf(out, "!%d", (int)d.line);
    records_close(&r);
    decoder_close(dec);
}

struct text_case {
    bool tsv;
    const char *text, *want;
};

static const struct text_case cases[] = {
    {false, "", ""},
    {false, "\n\r\n", ""},
    {false, "a,b\n1,2\n", "1/1[a|b]2/2[1|2]"},
    {false, "a,b\r\n1,2", "1/1[a|b]2/2[1|2]"},
    {false, ",\n", "1/1[|]"},
    {false, "\"\"\n", "1/1[]"},
    {false, " a , b \n", "1/1[ a | b ]"},
    {false, "\"a\"\"b\",\"c,d\"\n", "1/1[a\"b|c,d]"},
    {false, "\"a\nb\r\nc\rd\"\ne\n", "1/1[a\\nb\\r\\nc\\rd]4/2[e]"},
    {false, "a\n\n\nb\n", "1/1[a]4/2[b]"},
    {false, "a\n\"b", "1/1[a]!2"},
    {false, "a\n\"b\nc\n", "1/1[a]!2"},
    {false, "a\n\"b\"c\n", "1/1[a]!2"},
    {false, "a\n\"b\" ,c\n", "1/1[a]!2"},
    {false, "a\nb\"c\n", "1/1[a]!2"},
    {false, "a\nb\rc\n", "1/1[a]!2"},
    {false, "a\r\r\n", "!1"},
    {false, "a\r", "!1"},
    {true, "a\t\"b\n\"\t\\t\r\n\n\t", "1/1[a|\"b]2/2[\"|\\\\t]4/3[|]"},
    {true, "a\rb\n", "!1"},
    {true, "a", "1/1[a]"},
};

/* A record that straddles the place where the decoder cuts its text, at every offset of the cut. */
static void test_cuts(struct tap *t, struct buf *out)
{
    static const char end[] = "\"x\r\ny\"\"\",机构\r\n1,2\r\n";
    struct buf text = {0};
    int bad = 0;
    for (size_t shift = 0; shift < sizeof end; shift++) {
        buf_clear(&text);
        buf_text(&text, "a,b\r\n");
        while (text.n < 262144 - shift - 1)
            buf_char(&text, 'z');
        buf_text(&text, "\n");
        buf_text(&text, end);
        write_file(buf_view(&text));
        describe(false, out);
        bad += !strstr(buf_string(out), "]3/3[x\\r\\ny\"|机构]5/4[1|2]");
    }
    tap_ok(t, bad == 0, "records are the same wherever blocks are cut");
    buf_free(&text);
}

int main(void)
{
    struct tap t = {0};
    struct buf out = {0};
    int fd = mkstemp(path);
    if (fd < 0 || close(fd) != 0)
        return 99;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf name = {0};
        write_file(slice_of(cases[i].text));
        describe(cases[i].tsv, &out);
        buf_escaped(&name, slice_of(cases[i].text));
        tap_text(&t, buf_string(&out), cases[i].want, buf_string(&name));
        buf_free(&name);
    }
    test_cuts(&t, &out);
    unlink(path);
    buf_free(&out);
    return tap_end(&t);
}
