/* SPDX-License-Identifier: MIT
 * gb18030: see gb18030.h. A character is one byte (ASCII), two, or four. Those of two are looked up as UTF-8;
 * those of four, which are rare, run through the planes in order, with a table for the first of them. */
#include "lib/read/gb18030.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

#include "lib/base/mem.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
    LEADS = 0xfe - 0x81 + 1,
    FOURS = 39420,           /* four-byte characters of the first plane: 81308130 to 8431A439 */
    HIGH_FROM = 189000,      /* number of 90308130, which is U+10000 */
    HIGH_COUNT = 16 * 65536, /* up to U+10FFFF */
};

/* A character as UTF-8; n == 0: there is none. */
struct utf8 {
    char byte[3];
    unsigned char n;
};

struct gb18030 {
    struct utf8 two[LEADS][256]; /* by lead and second byte; those of four bytes of UTF-8 are in wide */
    struct utf8 four[FOURS];
    struct {
        unsigned char gb[2];
        char utf8[4];
    } wide[16];
    size_t wides;
};

/* --- the tables --- */

/* Characters in a row of n bytes each, to be asked of iconv at once: a call for each would take too long. */
enum { ROW = 1260 };
struct row {
    char gb[ROW * 4];
    size_t count, n;
    char utf8[ROW][4]; /* the answers */
    unsigned char length[ROW];
};

static size_t utf8_length(char lead)
{
    unsigned char c = (unsigned char)lead;
    return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

/* Fills in the answers; iconv stops at every character that is none. */
static void ask(iconv_t cd, struct row *row)
{
    char made[ROW * 4], *in = row->gb;
    size_t left = row->count * row->n;
    for (size_t i = 0; i < row->count; i++) {
        char *to = made;
        size_t room = sizeof made;
        (void)iconv(cd, NULL, NULL, NULL, NULL);
        (void)iconv(cd, &in, &left, &to, &room);
        for (const char *from = made; from < to; i++) {
            row->length[i] = (unsigned char)utf8_length(*from);
            memcpy(row->utf8[i], from, row->length[i]);
            from += row->length[i];
        }
        if (i == row->count)
            return;
        row->length[i] = 0;
        in = row->gb + (i + 1) * row->n;
        left = (row->count - i - 1) * row->n;
    }
}

static void fill_two(struct gb18030 *g, iconv_t cd, struct row *row, int lead)
{
    enum { FIRST = 0x40, LAST = 0xfe };
    row->n = 2;
    row->count = 0;
    for (int k = FIRST; k <= LAST; k++) {
        row->gb[2 * row->count] = (char)(0x81 + lead);
        row->gb[2 * row->count++ + 1] = (char)k;
    }
    ask(cd, row);
    for (size_t i = 0; i < row->count; i++) {
        struct utf8 *u = &g->two[lead][FIRST + i];
        if (row->length[i] < 4) {
            memcpy(u->byte, row->utf8[i], u->n = row->length[i]);
        } else if (g->wides < sizeof g->wide / sizeof *g->wide) {
            memcpy(g->wide[g->wides].gb, row->gb + 2 * i, 2);
            memcpy(g->wide[g->wides++].utf8, row->utf8[i], 4);
        }
    }
}

static void fill_four(struct gb18030 *g, iconv_t cd, struct row *row, int from)
{
    row->n = 4;
    row->count = 0;
    for (int i = from; i < FOURS && i < from + ROW; i++) {
        const char gb[4] = {(char)(0x81 + i / 12600), (char)(0x30 + i / 1260 % 10),
                            (char)(0x81 + i / 10 % 126), (char)(0x30 + i % 10)};
        memcpy(row->gb + 4 * row->count++, gb, 4);
    }
    ask(cd, row);
    for (size_t i = 0; i < row->count; i++) {
        struct utf8 *u = &g->four[(size_t)from + i];
        if (row->length[i] < 4)
            memcpy(u->byte, row->utf8[i], u->n = row->length[i]);
    }
}

struct gb18030 *gb18030_new(void)
{
    iconv_t cd = iconv_open("UTF-8", "GB18030");
    if (cd == (iconv_t)-1)
        return NULL;
    struct gb18030 *g = mem_zero(1, sizeof *g);
    struct row *row = mem_zero(1, sizeof *row);
    for (int lead = 0; lead < LEADS; lead++)
        fill_two(g, cd, row, lead);
    for (int i = 0; i < FOURS; i += ROW)
        fill_four(g, cd, row, i);
    free(row);
    iconv_close(cd);
    return g;
}

void gb18030_free(struct gb18030 *g)
{
    free(g);
}

/* --- decoding --- */

#ifdef __SSE2__

enum { STEP = 64 };

/* Copies 16 bytes; bit i of the result: byte i is over 0x7f. */
static inline uint64_t copy_16(const char *p, char *to)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    _mm_storeu_si128((__m128i *)(void *)to, v);
    return (uint32_t)_mm_movemask_epi8(v);
}

/* Copies STEP bytes; returns how many of them come before the first over 0x7f. */
static inline size_t copy_step(const char *p, char *to)
{
    uint64_t high = copy_16(p, to) | copy_16(p + 16, to + 16) << 16 | copy_16(p + 32, to + 32) << 32 |
                    copy_16(p + 48, to + 48) << 48;
    return high ? (size_t)__builtin_ctzll(high) : STEP;
}

#else

enum { STEP = 8 };

static inline size_t copy_step(const char *p, char *to)
{
    uint64_t w;
    size_t i = 0;
    memcpy(&w, p, STEP);
    memcpy(to, &w, STEP);
    if (!(w & 0x8080808080808080u))
        return STEP;
    while (!(p[i] & 0x80))
        i++;
    return i;
}

#endif

/* Copies bytes below 0x80, many at a time while there is room to write as many. Returns how many. */
static size_t copy_ascii(const char *p, size_t n, char *to)
{
    size_t i = 0;
    for (; n - i >= STEP; i += STEP) { /* not by k: the next load would wait for it */
        size_t k = copy_step(p + i, to + i);
        if (k < STEP)
            return i + k;
    }
    for (; i < n && !(p[i] & 0x80); i++)
        to[i] = p[i];
    return i;
}

static size_t give(char *to, size_t room, const char *utf8, size_t n)
{
    if (n <= room)
        memcpy(to, utf8, n);
    return n;
}

static size_t four_bytes(const struct gb18030 *g, const unsigned char *p, char *to, size_t room)
{
    if (p[2] < 0x81 || p[2] > 0xfe || p[3] < 0x30 || p[3] > 0x39)
        return 0;
    unsigned number = ((p[0] - 0x81u) * 10 + (p[1] - 0x30u)) * 1260 + (p[2] - 0x81u) * 10 + (p[3] - 0x30u);
    if (number < FOURS)
        return give(to, room, g->four[number].byte, g->four[number].n);
    if (number < HIGH_FROM || number - HIGH_FROM >= HIGH_COUNT)
        return 0;
    unsigned c = number - HIGH_FROM + 0x10000;
    char utf8[4] = {(char)(0xf0 | c >> 18), (char)(0x80 | (c >> 12 & 0x3f)), (char)(0x80 | (c >> 6 & 0x3f)),
                    (char)(0x80 | (c & 0x3f))};
    return give(to, room, utf8, 4);
}

static size_t two_bytes(const struct gb18030 *g, const unsigned char *p, char *to, size_t room)
{
    const struct utf8 *u = &g->two[p[0] - 0x81][p[1]];
    for (size_t i = 0; u->n == 0 && i < g->wides; i++)
        if (memcmp(g->wide[i].gb, p, 2) == 0)
            return give(to, room, g->wide[i].utf8, 4);
    return give(to, room, u->byte, u->n);
}

/* One character, with every question asked: *used gets its length, *made that of its UTF-8. As
 * gb18030_decode. */
static int one(const struct gb18030 *g, const unsigned char *p, size_t n, char *to, size_t room, size_t *used,
               size_t *made)
{
    bool four = n > 1 && p[1] >= 0x30 && p[1] <= 0x39;
    *used = p[0] < 0x80 ? 1 : four ? 4 : 2;
    if (p[0] == 0x80 || p[0] == 0xff)
        return EILSEQ;
    if (n < *used)
        return EINVAL;
    if (p[0] < 0x80)
        *made = give(to, room, (const char *)p, 1);
    else
        *made = four ? four_bytes(g, p, to, room) : two_bytes(g, p, to, room);
    return *made == 0 ? EILSEQ : *made > room ? E2BIG : 0;
}

/* Characters of two bytes as long as they come and there is room; *made gets the bytes of UTF-8. Returns how
 * many bytes of p were used. */
static inline size_t copy_pairs(const struct gb18030 *g, const char *p, size_t n, char *to, size_t room,
                                size_t *made)
{
    size_t i = 0, k = 0, end = (n / 2 < room / 4 ? n / 2 : room / 4) * 2;
    for (; i < end; i += 2) {
        unsigned char lead = (unsigned char)p[i];
        if (lead < 0x81 || lead == 0xff)
            break;
        const struct utf8 *u = &g->two[lead - 0x81][(unsigned char)p[i + 1]];
        memcpy(to + k, u, 4); /* its length as well, to be overwritten */
        if (u->n == 3) {      /* nearly all: the next need not wait for the length of this one */
            k += 3;
            continue;
        }
        if (u->n == 0)
            break;
        k += u->n;
    }
    *made = k;
    return i;
}

int gb18030_decode(const struct gb18030 *g, char **in, size_t *left, char **to, size_t *room)
{
    char *p = *in, *o = *to;
    const char *in_end = p + *left, *end = o + *room;
    int error = 0;
    while (p < in_end && error == 0) {
        size_t n = (size_t)(in_end - p), free_bytes = (size_t)(end - o);
        size_t run = copy_ascii(p, n < free_bytes ? n : free_bytes, o);
        p += run;
        o += run;
        size_t used, made;
        run = copy_pairs(g, p, (size_t)(in_end - p), o, (size_t)(end - o), &made);
        p += run;
        o += made;
        if (run > 0 || p == in_end)
            continue;
        error = one(g, (const unsigned char *)p, (size_t)(in_end - p), o, (size_t)(end - o), &used, &made);
        if (error == 0) {
            p += used;
            o += made;
        }
    }
    *left = (size_t)(in_end - p);
    *room = (size_t)(end - o);
    *in = p;
    *to = o;
    return error;
}
