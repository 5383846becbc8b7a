/* SPDX-License-Identifier: MIT
 * xlsx_parts: the parts of an .xlsx workbook that its sheets refer to: the list of sheets, the formats of
 * cells, the texts they share. */
#ifndef LIB_XLSX_PARTS_H
#define LIB_XLSX_PARTS_H

#include "lib/read/number_format.h"
#include "lib/read/workbook.h"
#include "lib/read/xml.h"

enum {
    XLSX_MAX_SHEETS = 4096,
    XLSX_MAX_FORMATS = 1 << 16, /* formats of cells; and formats are numbered below it */
    XLSX_MAX_STRINGS = 64 << 20 /* bytes of all shared texts, with 4 for each */
};

/* --- styles --- */

struct xlsx_styles {
    const struct number_format **cell; /* by the number a cell names; NULL: General */
    size_t n, cap;
    struct number_format **format; /* by their number */
    bool *known;                   /* those of them that were made */
};

/* Reads the part; ST_INPUT when it is damaged or has too many formats. Free in any case. */
enum status xlsx_styles_read(struct xlsx_styles *s, struct package *p, int64_t part, struct diag *d) MUST_USE;
void xlsx_styles_free(struct xlsx_styles *s);

/* --- shared texts --- */

struct xlsx_strings {
    struct buf text; /* one behind the other */
    uint32_t *end;   /* of each */
    size_t n, cap;
};

/* As xlsx_styles_read. */
enum status xlsx_strings_read(struct xlsx_strings *s, struct package *p, int64_t part,
                              struct diag *d) MUST_USE;
void xlsx_strings_free(struct xlsx_strings *s);

/* Appends a text as a part has it, with its _xHHHH_ undone: the way it writes characters that XML cannot. */
void xlsx_text_plain(struct buf *out, struct slice text);

/* --- the workbook --- */

struct xlsx_book {
    struct package *package;
    struct sheet_entry *sheet;
    int64_t *part; /* of each sheet */
    size_t sheets, sheet_cap, part_cap;
    bool from_1904;
    struct xlsx_styles styles;
    int64_t strings_part; /* -1: none */
    bool strings_read;
    struct xlsx_strings strings;
};

/* Finds and reads what stands before the sheets, but for the shared texts. ST_INPUT when it is damaged or the
 * package holds another kind of document, which is named. Borrows p. Free in any case. */
enum status xlsx_book_read(struct xlsx_book *b, struct package *p, struct diag *d) MUST_USE;
void xlsx_book_free(struct xlsx_book *b);

#endif
