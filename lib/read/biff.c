/* SPDX-License-Identifier: MIT
 * biff: records and their bytes; see biff.h. */
#include "lib/read/biff.h"

#include "lib/read/cfb_bytes.h"

enum { RECORD_HEADER = 4 };

void biff_begin(struct biff *b, const struct cfb_stream *stream, uint32_t at)
{
    b->stream = stream;
    b->next = b->here = at;
    b->type = 0;
    b->n = b->used = 0;
}

static uint32_t left(const struct biff *b)
{
    return b->next < b->stream->size ? b->stream->size - b->next : 0;
}

static enum status cut(const struct biff *b, struct diag *d)
{
    return diag_set(d, ST_INPUT, b->stream->file, 0, NULL,
                    "truncated workbook: it ends at byte %u of its stream, before its data does",
                    b->stream->size);
}

enum status biff_next(struct biff *b, struct diag *d)
{
    unsigned char room[RECORD_HEADER];
    if (left(b) < RECORD_HEADER)
        return cut(b, d);
    const unsigned char *header = cfb_bytes(b->stream, b->next, RECORD_HEADER, room);
    uint16_t type = le16(header), n = le16(header + 2);
    if (left(b) - RECORD_HEADER < n)
        return cut(b, d);
    b->here = b->next;
    b->type = type;
    b->n = n;
    b->used = 0;
    b->p = cfb_bytes(b->stream, b->here + RECORD_HEADER, n, b->room);
    b->next = b->here + RECORD_HEADER + n;
    return ST_OK;
}

enum status biff_need(const struct biff *b, size_t n, struct diag *d)
{
    if (b->n >= n)
        return ST_OK;
    return diag_set(d, ST_INPUT, b->stream->file, 0, NULL,
                    "damaged workbook: record 0x%x at byte %u is too short", b->type, b->here);
}

static bool continues(const struct biff *b)
{
    unsigned char room[2];
    return left(b) >= RECORD_HEADER && le16(cfb_bytes(b->stream, b->next, 2, room)) == BIFF_CONTINUE;
}

bool biff_more(const struct biff *b)
{
    return b->used < b->n || continues(b);
}

/* Goes on until there is a byte to take. */
static enum status go_on(struct biff *b, struct diag *d)
{
    while (b->used == b->n) {
        if (!continues(b))
            return diag_set(d, ST_INPUT, b->stream->file, 0, NULL,
                            "damaged workbook: record 0x%x at byte %u ends inside a text", b->type, b->here);
        enum status st = biff_next(b, d);
        if (st != ST_OK)
            return st;
    }
    return ST_OK;
}

enum status biff_take(struct biff *b, size_t n, uint32_t *value, struct diag *d)
{
    *value = 0;
    for (size_t i = 0; i < n; i++) {
        enum status st = go_on(b, d);
        if (st != ST_OK)
            return st;
        *value |= (uint32_t)b->p[b->used++] << 8 * i;
    }
    return ST_OK;
}

static enum status skip(struct biff *b, uint64_t n, struct diag *d)
{
    while (n > 0) {
        enum status st = go_on(b, d);
        if (st != ST_OK)
            return st;
        size_t some = b->n - b->used < n ? b->n - b->used : (size_t)n;
        b->used += some;
        n -= some;
    }
    return ST_OK;
}

/* --- texts --- */

enum { FLAG_WIDE = 1, FLAG_PHONETIC = 4, FLAG_RICH = 8 };

const char *biff_flaw_text(enum biff_flaw flaw)
{
    static const char *const texts[] = {
        [BIFF_GOOD] = "",
        [BIFF_HALF] = "half a character (a surrogate without its pair)",
        [BIFF_NUL] = "a NUL character",
        [BIFF_LOST] = "U+FFFD or 锟斤拷: text was lost before the file was written",
    };
    return texts[flaw];
}

struct decoding {
    struct buf *out;
    uint32_t high; /* first half of a pair, waiting for the second */
    enum biff_flaw flaw;
};

static void put_utf8(struct buf *out, uint32_t c)
{
    char s[4];
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        s[i] = (char)(0x80 | (c & 0x3f));
    s[0] = (char)(lead[n] | c);
    buf_add(out, s, n);
}

static void decode(struct decoding *t, uint32_t c)
{
    bool second = c >= 0xdc00 && c < 0xe000;
    if (second != (t->high != 0))
        t->flaw = BIFF_HALF;
    if (c == 0)
        t->flaw = BIFF_NUL;
    else if (c == 0xfffd)
        t->flaw = BIFF_LOST;
    if (c >= 0xd800 && c < 0xdc00) {
        t->high = c;
        return;
    }
    if (second && t->high)
        c = 0x10000 + ((t->high - 0xd800) << 10) + (c - 0xdc00);
    t->high = 0;
    if (t->flaw == BIFF_GOOD)
        put_utf8(t->out, c);
}

/* The characters of one record. */
static void decode_run(struct decoding *t, const unsigned char *p, size_t n, bool wide)
{
    for (size_t i = 0; i < n; i++)
        decode(t, wide ? le16(p + 2 * i) : p[i]);
}

/* Where characters go on in a CONTINUE it begins with a byte of flags of its own: the rest may be of another
 * width. */
static enum status characters(struct biff *b, size_t n, bool wide, struct decoding *t, struct diag *d)
{
    while (n > 0) {
        if (b->used == b->n) {
            uint32_t flags;
            enum status st = biff_take(b, 1, &flags, d);
            if (st != ST_OK)
                return st;
            wide = flags & FLAG_WIDE;
        }
        size_t fit = (b->n - b->used) >> wide, some = fit < n ? fit : n;
        if (some == 0 && b->used < b->n)
            return diag_set(d, ST_INPUT, b->stream->file, 0, NULL,
                            "damaged workbook: record 0x%x at byte %u ends inside a character", b->type,
                            b->here);
        decode_run(t, b->p + b->used, some, wide);
        b->used += some << wide;
        n -= some;
    }
    return ST_OK;
}

enum status biff_text(struct biff *b, size_t length_bytes, struct buf *out, enum biff_flaw *flaw,
                      struct diag *d)
{
    static const char ruin[] = "锟斤拷";
    struct decoding t = {.out = out};
    uint32_t n, flags, runs = 0, phonetic = 0;
    size_t from = out->n;
    enum status st = biff_take(b, length_bytes, &n, d);
    if (st == ST_OK)
        st = biff_take(b, 1, &flags, d);
    if (st == ST_OK && flags & FLAG_RICH)
        st = biff_take(b, 2, &runs, d);
    if (st == ST_OK && flags & FLAG_PHONETIC)
        st = biff_take(b, 4, &phonetic, d);
    if (st == ST_OK)
        st = characters(b, n, flags & FLAG_WIDE, &t, d);
    if (st == ST_OK)
        st = skip(b, 4 * (uint64_t)runs + phonetic, d);
    if (t.high)
        t.flaw = BIFF_HALF;
    if (t.flaw == BIFF_GOOD && out->n > from && memmem(out->p + from, out->n - from, ruin, sizeof ruin - 1))
        t.flaw = BIFF_LOST;
    *flaw = t.flaw;
    return st;
}
