/* SPDX-License-Identifier: MIT
 * records_test: CSV and TSV records with their places, also where the text is cut into blocks; and that the
 * fast way of reading them agrees with the careful one. */
#include "lib/read/csv_fast_paths.h"
#include "tests/fuzz/csv_ways.h"
#include "tests/unit/tap.h"

/* The records of the file as "line/number[cell|cell]", and "!" for an error. */
static void describe(const struct way_file *f, bool tsv, bool careful, struct buf *out)
{
    struct diag d = {0};
    enum decoder_fault fault;
    struct decoder *dec = decoder_open(source_open(f->path, &d), "UTF-8", &fault, &d);
    struct records r =
        way_open(dec, &(struct way_options){tsv, tsv ? '\t' : ',', NULL}, careful ? WAY_CAREFUL : WAY_FAST);
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

static void test_cases(struct tap *t, const struct way_file *f, bool careful)
{
    struct buf out = {0}, name = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct slice text = slice_of(cases[i].text);
        way_write(f, text.p, text.n);
        describe(f, cases[i].tsv, careful, &out);
        buf_clear(&name);
        buf_text(&name, careful ? "with care: " : "fast: ");
        buf_escaped(&name, text);
        tap_text(t, buf_string(&out), cases[i].want, buf_string(&name));
    }
    buf_free(&out);
    buf_free(&name);
}

/* A record that straddles the place where the decoder cuts its text, at every offset of the cut. */
static void test_cuts(struct tap *t, const struct way_file *f, bool careful)
{
    static const char end[] = "\"x\r\ny\"\"\",机构\r\n1,2\r\n";
    struct buf text = {0}, out = {0};
    int bad = 0;
    for (size_t shift = 0; shift < sizeof end; shift++) {
        buf_clear(&text);
        buf_text(&text, "a,b\r\n");
        while (text.n < 262144 - shift - 1)
            buf_char(&text, 'z');
        buf_text(&text, "\n");
        buf_text(&text, end);
        way_write(f, text.p, text.n);
        describe(f, false, careful, &out);
        bad += !strstr(buf_string(&out), "]3/3[x\\r\\ny\"|机构]5/4[1|2]");
    }
    tap_ok(t, bad == 0, careful ? "with care: cuts do not show" : "fast: cuts do not show");
    buf_free(&text);
    buf_free(&out);
}

/* --- agreement --- */

struct chance {
    uint64_t state;
};

static size_t below(struct chance *c, size_t n)
{
    c->state = c->state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(c->state >> 33) % n;
}

/* A field of a table that is mostly well-formed; now and then with something that is not. */
static void add_field(struct buf *text, struct chance *c, size_t odd)
{
    static const char *const plain[] = {"", "1", "12.50", "机构", "a b", "0123456789abcdef", "\\", "x\ty"};
    static const char *const quoted[] = {"\"\"",     "\"a,b\"", "\"\"\"\"",       "\"1\n2\"",
                                         "\"\r\n\"", "\"\r\"",  "\"a\"\"b\"\"\"", "\"\t\\|;\""};
    static const char *const wrong[] = {"\"", "a\"", "\"a\"b", "\r", "\n", "\r\n", ",", "\"\n\n\n"};
    size_t kind = below(c, 100);
    if (kind < odd)
        buf_text(text, wrong[below(c, sizeof wrong / sizeof *wrong)]);
    else if (kind < 25)
        buf_text(text, quoted[below(c, sizeof quoted / sizeof *quoted)]);
    else
        buf_text(text, plain[below(c, sizeof plain / sizeof *plain)]);
}

static void add_table(struct buf *text, struct chance *c, char delimiter, size_t rows)
{
    const char *end = below(c, 3) ? "\n" : "\r\n";
    size_t width = 1 + below(c, 6), odd = below(c, 4) ? 0 : 1 + below(c, 3);
    for (; rows > 0; rows--) {
        for (size_t i = 0; i < width; i++) {
            if (i > 0)
                buf_char(text, delimiter);
            add_field(text, c, odd);
        }
        if (rows > 1 || below(c, 2))
            buf_text(text, end);
    }
}

/* Random tables that begin `before` bytes into the file, so that they stand at every alignment, and across
 * the end of the first block. */
static void test_agreement(struct tap *t, const struct way_file *f, size_t rounds, size_t before,
                           const char *what)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    struct buf text = {0};
    struct way_result careful = {0}, other = {0};
    struct chance c = {before};
    size_t bad = 0;
    for (size_t i = 0; i < rounds && bad == 0; i++) {
        struct way_options o = {below(&c, 5) == 0, delimiters[below(&c, 4)], "UTF-8"};
        buf_clear(&text);
        size_t fill = before + below(&c, 130);
        while (text.n < fill)
            buf_char(&text, (text.n + 1) % 80 && text.n + 1 < fill ? 'z' : '\n');
        add_table(&text, &c, o.delimiter, 1 + below(&c, 40));
        way_write(f, text.p, text.n);
        bad += !ways_agree(f, &o, &careful, &other);
    }
    tap_ok(t, bad == 0, what);
    if (bad)
        printf("# %s: with care %s, else %s\n", f->path, buf_string(&careful.end), buf_string(&other.end));
    buf_free(&text);
    way_free(&careful);
    way_free(&other);
}

/* Every two bytes that mean something, at every place of a word and the next, with text around them. */
static void test_pairs(struct tap *t, const struct way_file *f)
{
    static const char bytes[] = {'"', ',', '\n', '\r', '\\', '\t', 'x'};
    const struct way_options o = {false, ',', "UTF-8"};
    struct way_result careful = {0}, other = {0};
    size_t bad = 0;
    for (size_t k = 0; k < 130; k++) {
        for (size_t pair = 0; pair < sizeof bytes * sizeof bytes; pair++) {
            char text[260];
            memset(text, 'y', sizeof text);
            memcpy(text, "a,b\nc,\"", 7);
            text[90] = text[180] = '\n';
            text[7 + k] = bytes[pair % sizeof bytes];
            text[8 + k] = bytes[pair / sizeof bytes];
            way_write(f, text, sizeof text);
            bad += !ways_agree(f, &o, &careful, &other);
            text[6] = '.'; /* and outside quotes */
            way_write(f, text, sizeof text);
            bad += !ways_agree(f, &o, &careful, &other);
        }
    }
    tap_ok(t, bad == 0, "agreement: two bytes of every kind at every place");
    way_free(&careful);
    way_free(&other);
}

/* Records longer than what is kept from one block to the next, and than a block. */
static void test_long(struct tap *t, const struct way_file *f)
{
    static const size_t lengths[] = {65000, 65536, 66000, 200000, 262144, 400000, 1048576, 1048577};
    const struct way_options o = {false, ',', "UTF-8"};
    struct way_result careful = {0}, other = {0};
    struct buf text = {0};
    size_t bad = 0;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths * 2; i++) {
        buf_clear(&text);
        buf_text(&text, "a,b\n");
        while (text.n < 262144 - 40000)
            buf_text(&text, "1,\"2\n3\"\n");
        buf_text(&text, i & 1 ? "x,\"" : "x,");
        for (size_t n = 0; n < lengths[i / 2]; n++)
            buf_char(&text, 'y');
        buf_text(&text, i & 1 ? "\"\n4,5\n" : "\n4,5\n");
        way_write(f, text.p, text.n);
        bad += !ways_agree(f, &o, &careful, &other);
    }
    tap_ok(t, bad == 0, "agreement: records of 64 KiB to 1 MiB and over");
    buf_free(&text);
    way_free(&careful);
    way_free(&other);
}

/* Agreement alone could be had by leaving all to the careful way. */
static void test_taken(struct tap *t, const struct way_file *f)
{
    static const char *const rows[] = {"1,机构,\n", "1,\"a,b\",\"c\"\r\n", "\"\"\"\",\"1\n2\",\\\r\n"};
    struct way_result got = {0};
    struct buf text = {0};
    struct diag d = {0};
    enum decoder_fault fault;
    struct record rec;
    uint64_t copied = 0;
    for (size_t i = 0; i < 30000; i++)
        buf_text(&text, rows[i % 3]);
    way_write(f, text.p, text.n);
    struct decoder *dec = decoder_open(source_open(f->path, &d), NULL, &fault, &d);
    struct records r = csv_records(dec, ',');
    enum status st = records_next(&r, &rec, &d);
    if (st == ST_OK)
        st = way_copy(&r, 3, &got, &copied, &d);
    if (csv_fast_available())
        tap_ok(t, st == ST_OK && copied == 29999, "well-formed records are all taken the fast way");
    else
        tap_ok(t, st == ST_OK && copied == 0, "no fast way on this machine");
    records_close(&r);
    decoder_close(dec);
    buf_free(&text);
    way_free(&got);
}

int main(void)
{
    struct tap t = {0};
    struct way_file f = way_file();
    test_cases(&t, &f, true);
    test_cases(&t, &f, false);
    test_cuts(&t, &f, true);
    test_cuts(&t, &f, false);
    test_pairs(&t, &f);
    test_long(&t, &f);
    test_taken(&t, &f);
    test_agreement(&t, &f, 6000, 0, "agreement: random tables at every alignment");
    test_agreement(&t, &f, 150, 262144 - 200, "agreement: random tables across the end of a block");
    test_agreement(&t, &f, 30, 3 * 262144 - 300, "agreement: random tables behind several blocks");
    close(f.fd);
    return tap_end(&t);
}
