/* SPDX-License-Identifier: MIT
 * xls_test: the compound file's directory and streams; texts across records; numbers in 30 bits. The bytes
 * are put together here, field by field, after the published formats. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/biff_sheet.h"
#include "lib/read/cfb_bytes.h"
#include "tests/unit/tap.h"

enum { SECTOR = 512, SECTORS = 12, NONE = -1, END = -2, TABLE = -3 };

/* A compound file: sector 0 the directory, 1 the table, the rest free for the test. */
struct file {
    unsigned char bytes[SECTOR * (SECTORS + 1)];
};

static void put16(unsigned char *p, unsigned v)
{
    p[0] = (unsigned char)v;
    p[1] = (unsigned char)(v >> 8);
}

static void put32(unsigned char *p, int v)
{
    put16(p, (unsigned)v);
    put16(p + 2, (unsigned)v >> 16);
}

static void next_sector(struct file *f, int sector, int next)
{
    put32(f->bytes + 2 * SECTOR + 4 * sector, next);
}

static void begin_file(struct file *f)
{
    static const unsigned char magic[] = {0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1};
    unsigned char *h = f->bytes;
    memset(f, 0, sizeof *f);
    memcpy(h, magic, sizeof magic);
    put16(h + 26, 3);
    put16(h + 28, 0xfffe);
    put16(h + 30, 9);
    put16(h + 32, 6);
    put32(h + 44, 1); /* one table */
    put32(h + 48, 0);
    put32(h + 56, 4096);
    put32(h + 60, END);
    put32(h + 68, END);
    put32(h + 76, 1);
    for (int i = 0; i < SECTOR / 4; i++)
        next_sector(f, i, NONE);
    next_sector(f, 0, END);
    next_sector(f, 1, TABLE);
}

enum { STORAGE = 1, STREAM = 2, ROOT = 5 };

struct links {
    int left, right, child;
};

static void entry(struct file *f, int i, const char *name, int type, struct links to, int sector, int size)
{
    unsigned char *e = f->bytes + SECTOR + 128 * i;
    for (size_t k = 0; name[k]; k++)
        put16(e + 2 * k, (unsigned char)name[k]);
    put16(e + 64, (unsigned)(2 * strlen(name) + 2));
    e[66] = (unsigned char)type;
    put32(e + 68, to.left);
    put32(e + 72, to.right);
    put32(e + 76, to.child);
    put32(e + 116, sector);
    put32(e + 120, size);
}

/* "-" when there is no such stream, "!reason" when it is damaged, else its bytes. */
static const char *look_up(const struct file *f, const char *name, struct buf *out)
{
    struct cfb c;
    struct cfb_stream s = {0};
    struct diag d = {0};
    bool found = false;
    unsigned char room[8192];
    enum status st = cfb_open(&c, (struct slice){(const char *)f->bytes, sizeof f->bytes}, "f", &d);
    buf_clear(out);
    if (st == ST_OK)
        st = cfb_find(&c, name, &s, &found, &d);
    if (st != ST_OK)
        buf_printf(out, "!%s", d.reason);
    else if (!found)
        buf_text(out, "-");
    else
        buf_add(out, (const char *)cfb_bytes(&s, 0, s.size, room), s.size);
    cfb_stream_free(&s);
    cfb_free(&c);
    return buf_string(out);
}

static void test_directory(struct tap *t, struct buf *out)
{
    struct file f;
    struct links alone = {NONE, NONE, NONE};
    begin_file(&f);
    put32(f.bytes + 56, 0); /* no stream is a small one */
    memcpy(f.bytes + 3 * SECTOR, "inside", 6);
    memcpy(f.bytes + 4 * SECTOR, "the workbook", 12);
    next_sector(&f, 2, END);
    next_sector(&f, 3, END);
    entry(&f, 0, "Root Entry", ROOT, (struct links){NONE, NONE, 1}, END, 0);
    entry(&f, 1, "MBD0001", STORAGE, (struct links){NONE, 3, 2}, 0, 0);
    entry(&f, 2, "Workbook", STREAM, alone, 2, 6);
    tap_text(t, look_up(&f, "Workbook", out), "-", "the workbook of an embedded document is not the file's");
    entry(&f, 3, "WORKBOOK", STREAM, alone, 3, 12);
    tap_text(t, look_up(&f, "Workbook", out), "the workbook",
             "a name in any case, in a tree that is not sorted");
    tap_text(t, look_up(&f, "Workboo", out), "-", "a shorter name is another name");
    entry(&f, 3, "Other", STREAM, (struct links){1, 1, NONE}, 3, 12);
    tap_text(t, look_up(&f, "Workbook", out), "-", "a tree that runs in a ring has an end");
    entry(&f, 3, "Workbook", STREAM, alone, 3, 600);
    tap_text(t, look_up(&f, "Workbook", out),
             "!damaged compound file: a chain of sectors is shorter than its stream",
             "a stream longer than its sectors");
    next_sector(&f, 3, 3);
    tap_text(t, look_up(&f, "Workbook", out), "!damaged compound file: a chain of sectors runs in a ring",
             "a sector behind itself");
    next_sector(&f, 3, NONE);
    tap_text(t, look_up(&f, "Workbook", out), "!damaged compound file: a chain of sectors leaves the file",
             "a sector that is free");
}

/* A stream of 600 bytes in sectors 5 and 3, and one of 70 in small sectors 2 and 0 of a mini stream in
 * sectors 7 and 6. */
static void test_pieces(struct tap *t, struct buf *out)
{
    struct file f;
    struct buf want = {0};
    begin_file(&f);
    put32(f.bytes + 56, 600);
    put32(f.bytes + 60, 8); /* the table of small sectors */
    put32(f.bytes + 64, 1);
    for (int i = 0; i < 600; i++) {
        unsigned char *sector = f.bytes + SECTOR * (i < SECTOR ? 6 : 4);
        sector[i % SECTOR] = (unsigned char)('a' + i % 26);
        buf_char(&want, (char)('a' + i % 26));
    }
    next_sector(&f, 5, 3);
    next_sector(&f, 3, END);
    next_sector(&f, 7, 6);
    next_sector(&f, 6, END);
    next_sector(&f, 8, END);
    memset(f.bytes + 8 * SECTOR + 128, 'x', 64);
    memcpy(f.bytes + 8 * SECTOR, "yyyyyy", 6);
    put32(f.bytes + 9 * SECTOR + 8, 0);
    put32(f.bytes + 9 * SECTOR, END);
    entry(&f, 0, "Root Entry", ROOT, (struct links){NONE, NONE, 1}, 7, 1024);
    entry(&f, 1, "long", STREAM, (struct links){2, NONE, NONE}, 5, 600);
    entry(&f, 2, "short", STREAM, (struct links){NONE, NONE, NONE}, 2, 70);
    tap_text(t, look_up(&f, "long", out), buf_string(&want),
             "a stream in sectors that stand apart and backwards");
    buf_clear(&want);
    for (int i = 0; i < 70; i++)
        buf_char(&want, i < 64 ? 'x' : 'y');
    tap_text(t, look_up(&f, "short", out), buf_string(&want), "a stream in small sectors");
    put32(f.bytes + 9 * SECTOR + 8, 2);
    tap_text(t, look_up(&f, "short", out), "!damaged compound file: a chain of small sectors runs in a ring",
             "a small sector behind itself");
    put32(f.bytes + 9 * SECTOR + 8, 16);
    tap_text(t, look_up(&f, "short", out),
             "!damaged compound file: a chain of small sectors leaves its stream",
             "a small sector behind the last");
    buf_free(&want);
}

/* --- records --- */

static struct cfb_stream stream_of(const unsigned char *p, size_t n, uint32_t *piece)
{
    for (uint32_t i = 0; i <= n / 4; i++)
        piece[i] = 4 * i;
    return (struct cfb_stream){p, "f", piece, n / 4 + 1, 2, (uint32_t)n};
}

struct text_case {
    const char *bytes; /* in hex: records */
    const char *want;
    const char *name;
};

/* The text that the first record begins with; its length takes two bytes. */
static const struct text_case texts[] = {
    {"fc00 0500 0200 00 6162", "ab", "one byte a character"},
    {"fc00 0500 0200 00 e9ff", "éÿ", "those above 0x7f are Latin-1"},
    {"fc00 0700 0200 01 2d4e 8765", "中文", "two bytes a character"},
    {"fc00 0400 0200 00 61 3c00 0200 00 62", "ab", "on in a CONTINUE, which begins with flags again"},
    {"fc00 0400 0200 00 61 3c00 0300 01 2d4e", "a中", "narrow here, wide there"},
    {"fc00 0500 0200 01 2d4e 3c00 0200 00 61", "中a", "wide here, narrow there"},
    {"fc00 0300 0200 00 3c00 0300 00 6162", "ab", "nothing but the length before the CONTINUE"},
    {"fc00 0300 0100 00 3c00 0100 00 3c00 0200 01 3c00 3c00 0300 01 2d4e", "!",
     "flags that say wide, and half a character"},
    {"fc00 0300 0100 00 3c00 0100 01 3c00 0300 01 2d4e", "中", "a CONTINUE with nothing but flags"},
    {"fc00 0500 0200 01 42d8 3c00 0300 01 b7df", "𠮷", "a pair of surrogates cut in two"},
    {"fc00 0a00 0100 08 0100 61 00000000", "a", "the fonts of a rich text"},
    {"fc00 0b00 0100 04 03000000 61 010203", "a", "a phonetic guide"},
    {"fc00 0900 0200 0c 0100 02000000 3c00 0800 00 6162 00000000 01 3c00 0100 02", "ab",
     "both, cut everywhere"},
    {"fc00 0500 0200 01 42d8", "!", "a text that ends before its length"},
    {"fc00 0500 0100 01 42d8", "half", "half of a pair"},
    {"fc00 0500 0100 01 b7df", "half", "the other half"},
    {"fc00 0700 0200 01 42d8 6100", "half", "half of a pair and a letter"},
    {"fc00 0400 0100 00 00", "nul", "a NUL"},
    {"fc00 0500 0100 01 fdff", "lost", "U+FFFD"},
    {"fc00 0900 0300 01 1f95 a465 f762", "lost", "what is left of U+FFFD read as GBK"},
    {"fc00 0300 0000 00", "", "an empty text"},
};

static size_t from_hex(const char *hex, unsigned char *out)
{
    size_t n = 0;
    for (; *hex; hex++)
        if (*hex != ' ') {
            const char pair[] = {hex[0], hex[1], '\0'};
            out[n++] = (unsigned char)strtoul(pair, NULL, 16);
            hex++;
        }
    return n;
}

static void test_texts(struct tap *t, struct buf *out)
{
    static const char *const flaws[] = {NULL, "half", "nul", "lost"};
    struct biff *b = mem_alloc(sizeof *b);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        unsigned char bytes[256];
        uint32_t piece[65];
        struct diag d = {0};
        enum biff_flaw flaw = BIFF_GOOD;
        struct cfb_stream s = stream_of(bytes, from_hex(texts[i].bytes, bytes), piece);
        buf_clear(out);
        biff_begin(b, &s, 0);
        enum status st = biff_next(b, &d);
        if (st == ST_OK)
            st = biff_text(b, 2, out, &flaw, &d);
        const char *got = st != ST_OK ? "!" : flaw ? flaws[flaw] : buf_string(out);
        tap_text(t, got, texts[i].want, texts[i].name);
    }
    free(b);
}

/* A number in 30 bits, and what it is. */
static const struct {
    uint32_t rk;
    const char *want;
} numbers[] = {
    {0x00000002, "0"},         {0x00000006, "1"},          {0xfffffffe, "-1"},
    {0x7ffffffe, "536870911"}, {0x80000002, "-536870912"}, {0x000004d3, "3.08"},
    {0xffffffff, "-0.01"},     {0x3ff00000, "1"},          {0x3ff00001, "0.01"},
    {0xbfe00000, "-0.5"},      {0x40590001, "1"},          {0x3fb99998, "0.0999999046325684"},
    {0x00000000, "0"},         {0x80000000, "0"},          {0x7ff00000, "!"},
    {0xfff80001, "!"},         {0x41d26580, "1234567168"}, {0x41d26581, "12345671.68"},
};

/* One cell A1 with the number, in a sheet behind a workbook that has nothing but it. */
static void one_number(uint32_t rk, struct buf *out)
{
    static const char head[] =
        "0908 1000 0006 0500 00000000 00000000 00000000 8500 0900 25000000 0000 01 00 41 0a00 0000"
        "0908 1000 0006 1000 00000000 00000000 00000000 7e02 0a00 0000 0000 0000";
    unsigned char bytes[128];
    uint32_t piece[33];
    struct diag d = {0};
    struct biff_book book;
    struct biff_sheet *sheet = mem_zero(1, sizeof *sheet);
    struct record rec = {0};
    size_t n = from_hex(head, bytes);
    put32(bytes + n, (int)rk);
    n += 4 + from_hex("0a00 0000", bytes + n + 4);
    buf_clear(out);
    struct cfb_stream s = stream_of(bytes, n, piece);
    enum status st = biff_book_open(&book, &s, &d);
    if (st == ST_OK)
        st = biff_sheet_open(sheet, &book, 0, false, &d);
    if (st == ST_OK)
        st = biff_sheet_next(sheet, &rec, &d);
    if (st == ST_OK && rec.n == 1)
        buf_slice(out, rec.cell[0]);
    else
        buf_printf(out, "!%s", strstr(d.reason, "infinite") ? "" : d.reason);
    biff_sheet_free(sheet);
    biff_book_free(&book);
    free(sheet);
}

static void test_numbers(struct tap *t, struct buf *out)
{
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char name[32];
        snprintf(name, sizeof name, "RK %08x", numbers[i].rk);
        one_number(numbers[i].rk, out);
        tap_text(t, buf_string(out), numbers[i].want, name);
    }
}

int main(void)
{
    struct tap t = {0};
    struct buf out = {0};
    test_directory(&t, &out);
    test_pieces(&t, &out);
    test_texts(&t, &out);
    test_numbers(&t, &out);
    buf_free(&out);
    return tap_end(&t);
}
