/* SPDX-License-Identifier: MIT
 * xlsx: whatever the bytes, a workbook is read to its end or refused in one line, and what is read is rows in
 * rising order of text in UTF-8. An input that begins as a zip file is one; any other is the parts inside,
 * separated by NUL: a sheet, the shared texts, the styles, the workbook; those that are missing are ordinary.
 */
#include <sys/mman.h>
#include <zlib.h>

#include "lib/base/buf.h"
#include "lib/read/encoding.h"
#include "lib/read/workbook.h"
#include "lib/stream/scan.h"
#include "tests/fuzz/fuzz.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"

static const char *const tokens[] = {
    "<c r='C2'><v>1</v></c>",
    "<c t='s' s='1'><v>0</v></c>",
    "<c t='inlineStr'><is><t>x_x000D_</t></is></c>",
    "<c t='str'><f>A1</f><v>y</v></c>",
    "<c><f>A1</f></c>",
    "<row r='7'><c/></row>",
    "<row hidden='1'>",
    "<row ht='0'>",
    "<cols><col min='2' max='9' hidden='1'/></cols>",
    "<mergeCell ref='A4:A9'/>",
    "</row>",
    "<mergeCells><mergeCell ref='A1:XFD9'/></mergeCells>",
    "<si><r><t>a</t></r><rPh><t>b</t></rPh></si>",
    "<numFmts><numFmt numFmtId='200' formatCode='yyyy\"x\"[h]0.0%;@'/></numFmts>",
    "<numFmts><numFmt numFmtId='200' formatCode='[&lt;1]00-0!.0,\"亿\"%;[Red]-0.0#,;_ \"-\"?#;@'/></numFmts>",
    "<xf numFmtId='14'/>",
    "<xf numFmtId='200'/>",
    "<workbookPr date1904='1'/>",
    "0.30000000000000004",
    "1E-7",
    "44895.75",
    "-1e308",
    "&#x4e2d;",
    "<![CDATA[x]]>",
    "<!--",
    "<!DOCTYPE a>",
    "\xef\xbf\xbd",
    "PK\5\6",
    "PK\1\2",
};

/* --- a zip file of stored parts --- */

static void put(struct buf *out, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_char(out, (char)(value >> (8 * i)));
}

static void put_member(struct buf *zip, struct buf *directory, const char *name, struct slice text)
{
    size_t at = zip->n;
    struct buf both = {0}; /* what both headers have */
    put(&both, 20, 2);
    put(&both, 0, 4);
    put(&both, 0x21, 4);
    put(&both, crc32(0, (const unsigned char *)text.p, (unsigned)text.n), 4);
    put(&both, text.n, 4);
    put(&both, text.n, 4);
    put(&both, strlen(name), 2);
    put(&both, 0, 2);
    buf_add(zip, "PK\3\4", 4);
    buf_slice(zip, buf_view(&both));
    buf_text(zip, name);
    buf_slice(zip, text);
    buf_add(directory, "PK\1\2\x14\0", 6);
    buf_slice(directory, buf_view(&both));
    put(directory, 0, 2);
    put(directory, 0, 8);
    put(directory, at, 4);
    buf_text(directory, name);
    buf_free(&both);
}

static void put_end(struct buf *zip, const struct buf *directory, unsigned members)
{
    size_t at = zip->n;
    buf_slice(zip, buf_view(directory));
    buf_add(zip, "PK\5\6\0\0\0\0", 8);
    put(zip, members, 2);
    put(zip, members, 2);
    put(zip, directory->n, 4);
    put(zip, at, 4);
    put(zip, 0, 2);
}

static void make_zip(const char *p, size_t n, struct buf *zip)
{
    static const char *const part[][2] = {
        {"xl/worksheets/sheet1.xml", "<worksheet/>"},
        {"xl/sharedStrings.xml", "<sst/>"},
        {"xl/styles.xml", "<styleSheet/>"},
        {"xl/workbook.xml",
         "<workbook xmlns='" MAIN "' xmlns:r='" RELATIONS "'><sheets><sheet name='S' r:id='r1'/>"
         "</sheets></workbook>"},
    };
    static const char relations[] =
        "<Relationships xmlns='" PACKAGE "'>"
        "<Relationship Id='r1' Type='" RELATIONS "/worksheet' Target='worksheets/sheet1.xml'/>"
        "<Relationship Id='r2' Type='" RELATIONS "/sharedStrings' Target='sharedStrings.xml'/>"
        "<Relationship Id='r3' Type='" RELATIONS "/styles' Target='styles.xml'/>"
        "</Relationships>";
    enum { PARTS = sizeof part / sizeof *part };
    struct buf directory = {0};
    const char *end = p + n;
    for (int i = 0; i < PARTS; i++) {
        const char *nul = p < end ? memchr(p, 0, (size_t)(end - p)) : NULL;
        struct slice text = {p, (size_t)((nul ? nul : end) - p)};
        put_member(zip, &directory, part[i][0], p < end ? text : slice_of(part[i][1]));
        p = nul ? nul + 1 : end;
    }
    put_member(zip, &directory, "xl/_rels/workbook.xml.rels", slice_of(relations));
    put_end(zip, &directory, PARTS + 1);
    buf_free(&directory);
}

/* --- reading --- */

static void check_status(enum status st, const struct diag *d)
{
    if (st != ST_OK && (st != ST_INPUT || !d->reason[0]))
        abort();
}

static void check_record(const struct record *rec, uint64_t last, struct buf *copy)
{
    if (rec->line <= last || rec->line > WORKBOOK_MAX_ROWS || rec->n > RECORDS_MAX_CELLS)
        abort();
    for (size_t i = 0; i < rec->n; i++) {
        buf_clear(copy);
        buf_slice(copy, rec->cell[i]);
        for (int k = 0; k < SCAN_SLACK; k++)
            buf_char(copy, 0);
        struct slice text = {copy->p, rec->cell[i].n};
        if (text.n > RECORDS_MAX_FIELD || encoding_good_utf8(text, true) != text.n)
            abort();
    }
}

static enum status read_sheet(struct workbook *w, size_t i, struct diag *d)
{
    struct records r = {0};
    struct record rec;
    struct buf copy = {0};
    uint64_t last = 0;
    enum status st = workbook_records(w, i, i % 2 ? WORKBOOK_HIDDEN_ROWS : WORKBOOK_MERGES, &r, d);
    while (st == ST_OK && (st = records_next(&r, &rec, d)) == ST_OK && rec.n > 0) {
        check_record(&rec, last, &copy);
        last = rec.line;
        if (rec.number == 3) {
            workbook_header_ends(w);
            for (size_t column = 1; i % 2 == 0 && column < 4; column++)
                workbook_fill_down(w, column, rec.line);
        }
    }
    struct tally *t = tally_new();
    workbook_log(w, t, "");
    tally_free(t);
    records_close(&r);
    buf_free(&copy);
    return st;
}

static void try_file(const char *p, size_t n)
{
    struct diag d = {0};
    struct workbook w;
    char path[64];
    int fd = memfd_create("xlsx", 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (write(fd, p, n) != (ssize_t)n)
        exit(99);
    enum status st = xlsx_open(source_open(path, &d), &w, &d);
    close(fd);
    check_status(st, &d);
    if (st != ST_OK)
        return;
    size_t sheets;
    workbook_sheets(&w, &sheets);
    for (size_t i = 0; i < sheets && i < 8; i++)
        check_status(read_sheet(&w, i, &d), &d);
    workbook_close(&w);
}

static void try(const char *p, size_t n)
{
    struct buf zip = {0};
    if (n >= 2 && memcmp(p, "PK", 2) == 0)
        buf_add(&zip, p, n);
    else
        make_zip(p, n, &zip);
    try_file(zip.p, zip.n);
    buf_free(&zip);
}

FUZZ(tokens, try)
