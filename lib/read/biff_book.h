/* SPDX-License-Identifier: MIT
 * biff_book: what stands before the sheets of a BIFF8 workbook and holds for all of them: their names and
 * places, the formats of cells, the texts they share. */
#ifndef LIB_BIFF_BOOK_H
#define LIB_BIFF_BOOK_H

#include "lib/read/biff.h"
#include "lib/read/number_format.h"
#include "lib/read/workbook.h"

enum {
    BIFF_MAX_SHEETS = 4096,
    BIFF_MAX_TEXTS = 64 << 20, /* bytes of all shared texts in UTF-8, with 4 for each */
    BIFF_FORMATS = 1 << 16,    /* formats and formats of cells are numbered in 16 bits */
    BIFF_MAX_ROWS = 1 << 16,   /* of a sheet */
    BIFF_MAX_COLUMNS = 256
};

struct biff_book {
    const struct cfb_stream *stream;
    const char *file;
    struct sheet_entry *sheet;
    uint32_t *begin; /* of each sheet, in the stream */
    size_t sheets;
    bool from_1904;
    struct number_format **format; /* by its number; NULL: General */
    uint16_t *cell_format;         /* the number of the format of cell format i, 0 … cell_formats - 1 */
    size_t cell_formats;
    struct buf text;    /* the shared texts, one behind the other */
    uint32_t *text_end; /* end of each, a flaw in the upper bits */
    size_t texts;
};

/* Reads it; borrows the stream. ST_INPUT for what is damaged, encrypted, not BIFF8, or beyond a limit. A text
 * with a flaw is found when it is used. Release with biff_book_free in any case. */
enum status biff_book_open(struct biff_book *b, const struct cfb_stream *stream, struct diag *d) MUST_USE;
void biff_book_free(struct biff_book *b);

/* Shared text i; false when there is none. It lives as long as b. */
bool biff_book_text(const struct biff_book *b, uint32_t i, struct slice *text, enum biff_flaw *flaw) MUST_USE;

/* How cells of cell format i show numbers; false when there is no such cell format. A workbook without any
 * has plain numbers. */
bool biff_book_format(const struct biff_book *b, uint16_t i, const struct number_format **format) MUST_USE;

#endif
