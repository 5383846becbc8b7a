/* SPDX-License-Identifier: MIT
 * biff_book: see biff_book.h. The record CODEPAGE says nothing here: all texts of BIFF8 are Unicode. */
#include "lib/read/biff_book.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/cfb_bytes.h"

enum {
    BIFF8 = 0x600,
    GLOBALS = 5,
    WORKSHEET = 0,
    FLAW_SHIFT = 28,
    OWN_FORMATS = 164 /* those from there on have a code */
};

#define END_MASK ((1u << FLAW_SHIFT) - 1)

struct opening {
    struct biff_book *book;
    struct biff *at;
    size_t sheet_cap, text_cap;
};

static enum status refuse(const struct biff_book *b, const char *why, struct diag *d)
{
    return diag_set(d, ST_INPUT, b->file, 0, NULL, "%s", why);
}

static enum status check_bof(const struct biff_book *b, const struct biff *at, struct diag *d)
{
    if (at->type != BIFF_BOF)
        return refuse(b, "damaged workbook: its stream does not begin with a BOF record", d);
    enum status st = biff_need(at, 4, d);
    if (st == ST_OK && le16(at->p) < BIFF8)
        return refuse(b, "a workbook of Excel 5.0 or 95 (BIFF5); only that of Excel 97 and later is read", d);
    if (st == ST_OK && (le16(at->p) != BIFF8 || le16(at->p + 2) != GLOBALS))
        return refuse(b, "damaged workbook: its stream does not begin as a workbook of BIFF8 does", d);
    return st;
}

static enum status take_sheet(struct opening *o, struct diag *d)
{
    struct biff_book *b = o->book;
    struct biff *at = o->at;
    struct buf name = {0};
    enum biff_flaw flaw;
    enum status st = biff_need(at, 8, d);
    if (st != ST_OK || at->p[5] != WORKSHEET)
        return st;
    if (b->sheets == BIFF_MAX_SHEETS)
        return refuse(b, "a workbook with more than 4096 sheets", d);
    uint32_t begin = le32(at->p);
    bool hidden = (at->p[4] & 3) != 0;
    at->used = 6;
    st = biff_text(at, 1, &name, &flaw, d);
    if (st == ST_OK && flaw != BIFF_GOOD)
        st = diag_set(d, ST_INPUT, b->file, 0, NULL, "the name of sheet %zu has %s", b->sheets + 1,
                      biff_flaw_text(flaw));
    if (st == ST_OK) {
        size_t cap = o->sheet_cap;
        b->sheet = mem_grow(b->sheet, b->sheets, &o->sheet_cap, sizeof *b->sheet);
        b->begin = mem_grow(b->begin, b->sheets, &cap, sizeof *b->begin);
        b->begin[b->sheets] = begin;
        b->sheet[b->sheets++] = (struct sheet_entry){mem_text(buf_view(&name)), hidden};
    }
    buf_free(&name);
    return st;
}

static enum status take_format(struct opening *o, struct diag *d)
{
    struct buf code = {0};
    enum biff_flaw flaw;
    enum status st = biff_need(o->at, 5, d);
    if (st != ST_OK)
        return st;
    uint16_t id = le16(o->at->p);
    o->at->used = 2;
    st = biff_text(o->at, 2, &code, &flaw, d);
    if (st == ST_OK && flaw == BIFF_GOOD) {
        free(o->book->format[id]);
        o->book->format[id] = number_format_new(buf_view(&code));
    } else if (st == ST_OK)
        st = diag_set(d, ST_INPUT, o->book->file, 0, NULL, "the code of number format %u has %s", id,
                      biff_flaw_text(flaw));
    buf_free(&code);
    return st;
}

static enum status take_cell_format(struct opening *o, struct diag *d)
{
    struct biff_book *b = o->book;
    enum status st = biff_need(o->at, 4, d);
    if (st == ST_OK && b->cell_formats < BIFF_FORMATS)
        b->cell_format[b->cell_formats++] = le16(o->at->p + 2);
    return st;
}

/* As many texts as there are: a text that is missing is an error where a cell wants it. */
static enum status take_texts(struct opening *o, struct diag *d)
{
    struct biff_book *b = o->book;
    enum status st = biff_need(o->at, 8, d);
    if (st != ST_OK)
        return st;
    uint32_t count = le32(o->at->p + 4);
    o->at->used = 8;
    while (b->texts < count && biff_more(o->at)) {
        enum biff_flaw flaw;
        st = biff_text(o->at, 2, &b->text, &flaw, d);
        if (st != ST_OK)
            return st;
        if (b->text.n + 4 * b->texts > BIFF_MAX_TEXTS)
            return refuse(b, "a workbook with more than 64 MiB of text", d);
        b->text_end = mem_grow(b->text_end, b->texts, &o->text_cap, sizeof *b->text_end);
        b->text_end[b->texts++] = (uint32_t)b->text.n | (uint32_t)flaw << FLAW_SHIFT;
    }
    return ST_OK;
}

static enum status take_record(struct opening *o, struct diag *d)
{
    enum status st;
    switch (o->at->type) {
    case BIFF_FILEPASS:
        return refuse(o->book, "the workbook is encrypted with a password; save it without one", d);
    case BIFF_DATEMODE:
        st = biff_need(o->at, 2, d);
        o->book->from_1904 = st == ST_OK && le16(o->at->p) == 1;
        return st;
    case BIFF_BOUNDSHEET:
        return take_sheet(o, d);
    case BIFF_FORMAT:
        return take_format(o, d);
    case BIFF_XF:
        return take_cell_format(o, d);
    case BIFF_SST:
        return take_texts(o, d);
    default:
        return ST_OK;
    }
}

enum status biff_book_open(struct biff_book *b, const struct cfb_stream *stream, struct diag *d)
{
    *b = (struct biff_book){.stream = stream, .file = stream->file};
    struct opening o = {.book = b, .at = mem_alloc(sizeof *o.at)};
    b->format = mem_zero(BIFF_FORMATS, sizeof *b->format);
    b->cell_format = mem_zero(BIFF_FORMATS, sizeof *b->cell_format);
    for (unsigned i = 0; i < OWN_FORMATS; i++)
        if (number_format_builtin(i))
            b->format[i] = number_format_new(slice_of(number_format_builtin(i)));
    biff_begin(o.at, stream, 0);
    enum status st = biff_next(o.at, d);
    if (st == ST_OK)
        st = check_bof(b, o.at, d);
    while (st == ST_OK && o.at->type != BIFF_EOF) {
        st = take_record(&o, d);
        if (st == ST_OK)
            st = biff_next(o.at, d);
    }
    free(o.at);
    return st;
}

void biff_book_free(struct biff_book *b)
{
    for (size_t i = 0; i < b->sheets; i++)
        free(b->sheet[i].name);
    free(b->sheet);
    free(b->begin);
    for (size_t i = 0; b->format && i < BIFF_FORMATS; i++)
        free(b->format[i]);
    free(b->format);
    free(b->cell_format);
    buf_free(&b->text);
    free(b->text_end);
}

bool biff_book_text(const struct biff_book *b, uint32_t i, struct slice *text, enum biff_flaw *flaw)
{
    if (i >= b->texts)
        return false;
    uint32_t from = i > 0 ? b->text_end[i - 1] & END_MASK : 0, end = b->text_end[i] & END_MASK;
    *flaw = (enum biff_flaw)(b->text_end[i] >> FLAW_SHIFT);
    *text = (struct slice){b->text.n ? b->text.p + from : "", end - from};
    return true;
}

bool biff_book_format(const struct biff_book *b, uint16_t i, const struct number_format **format)
{
    if (i >= b->cell_formats && (i > 0 || b->cell_formats > 0))
        return false;
    *format = b->format[b->cell_format[i]];
    return true;
}
