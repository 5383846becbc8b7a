/* SPDX-License-Identifier: MIT
 * biff_cell: see biff_cell.h. */
#include "lib/read/biff_cell.h"

#include "lib/read/cfb_bytes.h"
#include "lib/read/failure.h"
#include "lib/read/shortest.h"

enum {
    RESULT_TEXT = 0, /* what a formula without a number has */
    RESULT_BOOL = 1,
    RESULT_ERROR = 2,
    RESULT_EMPTY_TEXT = 3,
    COMPUTE_ON_LOAD = 2 /* a flag of a formula */
};

bool biff_is_cell(const struct biff *at)
{
    switch (at->type) {
    case BIFF_FORMULA:
    case BIFF_MULRK:
    case BIFF_MULBLANK:
    case BIFF_RSTRING:
    case BIFF_LABELSST:
    case BIFF_BLANK:
    case BIFF_NUMBER:
    case BIFF_LABEL:
    case BIFF_BOOLERR:
    case BIFF_RK:
        return true;
    default:
        return false;
    }
}

enum status biff_cell_bad(const struct biff_sheet *s, const char *what, struct diag *d)
{
    return diag_set(d, ST_INPUT, s->book->file, s->row + 1, NULL, "sheet %s: cell %s: %s",
                    diag_quote(slice_of(s->name)).s, failure_cell(s->column + 1, s->row + 1).s, what);
}

/* The end of every cell: the row says which limit is passed. */
static enum status done(const struct biff_sheet *s, const char *limit, struct diag *d)
{
    return limit ? biff_cell_bad(s, limit, d) : ST_OK;
}

/* --- numbers --- */

static enum status put_plain(struct biff_sheet *s, unsigned noticed, uint16_t cell_format, struct diag *d)
{
    const struct number_format *format;
    if (!biff_book_format(s->book, cell_format, &format))
        return biff_cell_bad(s, "its format is none of the workbook's", d);
    struct slice plain = buf_view(&s->scratch);
    return done(s, sheet_rows_number(&s->rows, s->column + 1, slice_of(""), plain, noticed, format), d);
}

static enum status put_bits(struct biff_sheet *s, uint64_t bits, uint16_t cell_format, struct diag *d)
{
    unsigned noticed;
    buf_clear(&s->scratch);
    if (!shortest_of_bits(bits, &s->scratch, &noticed))
        return biff_cell_bad(s, "its number is not one: infinite or undefined", d);
    return put_plain(s, noticed, cell_format, d);
}

/* A hundredth of the number in scratch, by moving its point. */
static bool hundredth(struct biff_sheet *s, unsigned *noticed)
{
    char text[400]; /* no number of 8 bytes is longer than 330 */
    size_t n = s->scratch.n;
    if (n + 3 > sizeof text)
        return false;
    memcpy(text, s->scratch.p, n);
    memcpy(text + n, "e-2", 3);
    buf_clear(&s->scratch);
    return shortest_of_text((struct slice){text, n + 3}, &s->scratch, noticed);
}

/* A number in 30 bits, whole or the upper ones of 8 bytes, and two bits that say which, and whether it is a
 * hundredth of that: so 12.34 is the whole number 1234. */
static enum status put_rk(struct biff_sheet *s, uint32_t rk, uint16_t cell_format, struct diag *d)
{
    bool is_hundredth = rk & 1, is_whole = rk & 2, good = true;
    unsigned noticed = 0;
    buf_clear(&s->scratch);
    if (is_whole)
        buf_printf(&s->scratch, "%d", (int32_t)(rk & ~3u) / 4);
    else
        good = shortest_of_bits((uint64_t)(rk & ~3u) << 32, &s->scratch, &noticed);
    if (good && is_hundredth)
        good = hundredth(s, &noticed);
    return good ? put_plain(s, noticed, cell_format, d)
                : biff_cell_bad(s, "its number is not one: infinite or undefined", d);
}

/* --- texts, booleans, errors --- */

static enum status put_text(struct biff_sheet *s, struct slice text, enum biff_flaw flaw, struct diag *d)
{
    if (flaw != BIFF_GOOD) {
        buf_clear(&s->scratch);
        buf_printf(&s->scratch, "its text has %s", biff_flaw_text(flaw));
        return biff_cell_bad(s, buf_string(&s->scratch), d);
    }
    return done(s, sheet_rows_text(&s->rows, s->column + 1, text), d);
}

static enum status put_shared(struct biff_sheet *s, uint32_t i, struct diag *d)
{
    struct slice text;
    enum biff_flaw flaw;
    if (!biff_book_text(s->book, i, &text, &flaw))
        return biff_cell_bad(s, "its text is none of the workbook's shared texts", d);
    return put_text(s, text, flaw, d);
}

/* A text in the record itself, at this place of it. */
static enum status put_own_text(struct biff_sheet *s, size_t at, struct diag *d)
{
    enum biff_flaw flaw;
    s->at.used = at;
    buf_clear(&s->scratch);
    enum status st = biff_text(&s->at, 2, &s->scratch, &flaw, d);
    if (st != ST_OK)
        return st;
    return put_text(s, flaw == BIFF_GOOD ? buf_view(&s->scratch) : slice_of(""), flaw, d);
}

static enum status put_bool(struct biff_sheet *s, unsigned char value, struct diag *d)
{
    if (value > 1)
        return biff_cell_bad(s, "a boolean that is neither true nor false", d);
    return done(s, sheet_rows_bool(&s->rows, s->column + 1, value), d);
}

static enum status put_error(struct biff_sheet *s, unsigned char code, struct diag *d)
{
    static const struct {
        unsigned char code;
        const char *text;
    } errors[] = {{0x00, "#NULL!"}, {0x07, "#DIV/0!"}, {0x0f, "#VALUE!"}, {0x17, "#REF!"},
                  {0x1d, "#NAME?"}, {0x24, "#NUM!"},   {0x2a, "#N/A"},    {0x2b, "#GETTING_DATA"}};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (errors[i].code == code)
            return done(s, sheet_rows_error(&s->rows, s->column + 1, slice_of(errors[i].text)), d);
    return biff_cell_bad(s, "an error that does not exist", d);
}

/* --- records --- */

enum biff_result biff_cell_result(const struct biff *at)
{
    const unsigned char *p = at->p;
    bool is_number = le16(p + 12) != 0xffff, on_load = le16(p + 14) & COMPUTE_ON_LOAD;
    if (le32(p + 16) != 0)
        return RESULT_OF_EXCEL;
    if (is_number ? le64(p + 6) != 0 : p[6] != RESULT_EMPTY_TEXT)
        return RESULT_SAYS;
    return is_number && !on_load ? RESULT_OF_EXCEL : RESULT_NOTHING;
}

static enum status take_formula(struct biff_sheet *s, struct diag *d)
{
    const unsigned char *p = s->at.p;
    if (!s->computes && biff_cell_result(&s->at) == RESULT_NOTHING)
        return done(s, sheet_rows_no_result(&s->rows, s->column + 1, slice_of("?")), d);
    if (le16(p + 12) != 0xffff)
        return put_bits(s, le64(p + 6), le16(p + 4), d);
    switch (p[6]) {
    case RESULT_TEXT:
        s->wants_text = true;
        return ST_OK;
    case RESULT_BOOL:
        return put_bool(s, p[8], d);
    case RESULT_ERROR:
        return put_error(s, p[8], d);
    case RESULT_EMPTY_TEXT:
        return ST_OK;
    default:
        return biff_cell_bad(s, "a formula with a result of no known kind", d);
    }
}

enum status biff_cell_take_string(struct biff_sheet *s, struct diag *d)
{
    s->wants_text = false;
    return put_own_text(s, 0, d);
}

/* Numbers side by side: a column, pairs of format and number, the last column. */
static enum status take_numbers(struct biff_sheet *s, struct diag *d)
{
    enum { PAIRS = 4, PAIR = 6, BEHIND = 2 };
    size_t n = (s->at.n - PAIRS - BEHIND) / PAIR;
    const unsigned char *p = s->at.p;
    if (PAIRS + n * PAIR + BEHIND != s->at.n || n == 0 || s->column + n - 1 != le16(p + s->at.n - BEHIND))
        return biff_cell_bad(s, "a run of numbers that ends elsewhere than it says", d);
    for (size_t i = 0; i < n; i++, s->column++) {
        const unsigned char *pair = p + PAIRS + i * PAIR;
        enum status st = s->column < BIFF_MAX_COLUMNS ? put_rk(s, le32(pair + 2), le16(pair), d)
                                                      : biff_cell_bad(s, "beyond column IV, the last", d);
        if (st != ST_OK)
            return st;
    }
    return ST_OK;
}

/* Bytes that the record must have. */
static size_t least(unsigned type)
{
    switch (type) {
    case BIFF_FORMULA:
        return BIFF_FORMULA_LEAST;
    case BIFF_NUMBER:
        return 14;
    case BIFF_BOOLERR:
        return 8;
    case BIFF_MULRK:
    case BIFF_LABELSST:
    case BIFF_RK:
        return 10;
    default:
        return 6;
    }
}

enum status biff_cell_take(struct biff_sheet *s, struct diag *d)
{
    struct biff *at = &s->at;
    const unsigned char *p = at->p;
    enum status st = biff_need(at, least(at->type), d);
    if (st != ST_OK)
        return st;
    s->column = le16(p + 2);
    if (s->column >= BIFF_MAX_COLUMNS)
        return biff_cell_bad(s, "beyond column IV, the last", d);
    switch (at->type) {
    case BIFF_LABELSST:
        return put_shared(s, le32(p + 6), d);
    case BIFF_LABEL:
    case BIFF_RSTRING:
        return put_own_text(s, 6, d);
    case BIFF_NUMBER:
        return put_bits(s, le64(p + 6), le16(p + 4), d);
    case BIFF_RK:
        return put_rk(s, le32(p + 6), le16(p + 4), d);
    case BIFF_MULRK:
        return take_numbers(s, d);
    case BIFF_BOOLERR:
        return p[7] ? put_error(s, p[6], d) : put_bool(s, p[6], d);
    case BIFF_BLANK:
    case BIFF_MULBLANK:
        return ST_OK;
    default:
        return take_formula(s, d);
    }
}
