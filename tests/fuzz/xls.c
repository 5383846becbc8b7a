/* SPDX-License-Identifier: MIT
 * xls: whatever the bytes, a workbook is read to its end or refused in one line, and what is read is rows in
 * rising order of text in UTF-8. An input that begins as a compound file is one; any other is the stream of
 * records inside, in pieces of 64 bytes. */
#include <sys/mman.h>

#include "lib/base/mem.h"
#include "lib/read/biff_sheet.h"
#include "lib/read/encoding.h"
#include "lib/stream/scan.h"
#include "tests/fuzz/fuzz.h"

static const char *const tokens[] = {
    "\xfc\x01\x08\x02",
    "\x3c\x01\x04\x02",
    "\x09\x08\x10\x01\x01\x06\x05",
    "\x06\x01\x16\x01",
    "\x07\x02\x05\x01",
    "\xbd\x01\x10\x01",
    "\xfd\x01\x0a\x01",
    "\x08\x02\x10\x01",
    "\xe5\x01\x0a",
    "\x1e\x04\x0c",
    "\xff\xff\xff\xff",
    "\xfe\xff\xff\xff",
    "\x0a",
};

static void check_status(enum status st)
{
    if (st != ST_OK && st != ST_INPUT)
        abort();
}

static void check_record(const struct record *rec, uint64_t last, struct buf *copy)
{
    if (rec->line <= last || rec->n > BIFF_MAX_COLUMNS)
        abort();
    for (size_t i = 0; i < rec->n; i++) {
        buf_clear(copy);
        buf_slice(copy, rec->cell[i]);
        for (int k = 0; k < SCAN_SLACK; k++)
            buf_char(copy, 0);
        struct slice text = {copy->p, rec->cell[i].n};
        if (encoding_good_utf8(text, true) != text.n)
            abort();
    }
}

static enum status read_rows(struct records *r, struct diag *d)
{
    struct record rec;
    struct buf copy = {0};
    uint64_t last = 0;
    enum status st;
    while ((st = records_next(r, &rec, d)) == ST_OK && rec.n > 0) {
        check_record(&rec, last, &copy);
        last = rec.line;
    }
    buf_free(&copy);
    return st;
}

static void try_file(const char *p, size_t n)
{
    struct diag d = {0};
    struct workbook w;
    char path[64];
    int fd = memfd_create("xls", 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (write(fd, p, n) != (ssize_t)n)
        exit(99);
    enum status st = xls_open(source_open(path, &d), &w, &d);
    close(fd);
    check_status(st);
    if (st != ST_OK)
        return;
    size_t sheets;
    workbook_sheets(&w, &sheets);
    for (size_t i = 0; i < sheets && i < 8; i++) {
        struct records r = {0};
        st = workbook_records(&w, i, i % 2 ? WORKBOOK_HIDDEN_ROWS : WORKBOOK_MERGES, &r, &d);
        if (st == ST_OK && i % 2 == 0)
            workbook_header_ends(&w);
        for (size_t column = 1; st == ST_OK && i % 2 == 0 && column < 4; column++)
            workbook_fill_down(&w, column, 0);
        if (st == ST_OK)
            st = read_rows(&r, &d);
        check_status(st);
        records_close(&r);
    }
    workbook_close(&w);
}

static enum status next_row(void *sheet, struct record *rec, struct diag *d)
{
    return biff_sheet_next(sheet, rec, d);
}

static void try_stream(const char *p, size_t n)
{
    enum { SHIFT = 6 };
    static const struct records_kind rows = {.next = next_row};
    struct diag d = {0};
    struct cfb_stream stream = {(const unsigned char *)p, "", NULL, (n >> SHIFT) + 1, SHIFT, (uint32_t)n};
    struct biff_book book;
    stream.piece = mem_array(NULL, stream.pieces, sizeof *stream.piece);
    for (uint32_t i = 0; i < stream.pieces; i++)
        stream.piece[i] = i << SHIFT;
    enum status st = biff_book_open(&book, &stream, &d);
    check_status(st);
    struct biff_sheet *sheet = mem_alloc(sizeof *sheet);
    for (size_t i = 0; st == ST_OK && i < book.sheets && i < 8; i++) {
        enum status sheet_status = biff_sheet_open(sheet, &book, i, i % 2, &d);
        if (sheet_status == ST_OK)
            sheet_status = read_rows(&(struct records){&rows, sheet}, &d);
        check_status(sheet_status);
        biff_sheet_free(sheet);
    }
    free(sheet);
    biff_book_free(&book);
    cfb_stream_free(&stream);
}

static void try(const char *p, size_t n)
{
    if (cfb_is((struct slice){p, n}))
        try_file(p, n);
    else
        try_stream(p, n);
}

FUZZ(tokens, try)
