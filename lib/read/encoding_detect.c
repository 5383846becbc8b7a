/* SPDX-License-Identifier: MIT
 * encoding_detect: tells an encoding from a sample of bytes; see encoding.h. */
#include "lib/read/encoding.h"
#include "lib/stream/scan.h"

struct mark {
    const char *bytes;
    size_t n;
    const char *encoding;
};

static const struct mark marks[] = {
    {"\xef\xbb\xbf", 3, "UTF-8"},
    {"\xff\xfe", 2, "UTF-16LE"},
    {"\xfe\xff", 2, "UTF-16BE"},
    {"\x84\x31\x95\x33", 4, "GB18030"},
};

static const struct mark *mark_at(struct slice s)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (s.n >= marks[i].n && memcmp(s.p, marks[i].bytes, marks[i].n) == 0)
            return &marks[i];
    return NULL;
}

/* What the bytes of a sample say about UTF-16: NULs at even and odd offsets, line ends as two bytes. */
struct utf16_signs {
    size_t nul[2];
    size_t lf[2];   /* a whole unit 000A whose NUL stands at an even, an odd offset */
    size_t lf_byte; /* 0A anywhere */
    size_t high;    /* bytes over 7F */
};

static struct utf16_signs utf16_signs(struct slice s)
{
    struct utf16_signs c = {0};
    for (size_t i = 0; i < s.n; i++) {
        c.nul[i & 1] += s.p[i] == 0;
        c.lf_byte += s.p[i] == '\n';
        c.high += (unsigned char)s.p[i] > 0x7f;
        if ((i & 1) && s.p[i] == '\n')
            c.lf[0] += s.p[i - 1] == 0;
        else if ((i & 1) && s.p[i] == 0)
            c.lf[1] += s.p[i - 1] == '\n';
    }
    return c;
}

/* Whether a unit is one that tables are written with: ASCII, Latin, Greek, punctuation, symbols, Chinese
 * characters and what stands with them, full-width forms, halves of rarer characters. */
static bool usual_unit(unsigned u)
{
    static const unsigned range[][2] = {{0x09, 0x0d},     {0x20, 0x7e},     {0xa0, 0x3ff},
                                        {0x2000, 0x2bff}, {0x3000, 0x30ff}, {0x3200, 0x9fff},
                                        {0xd800, 0xdfff}, {0xf900, 0xfaff}, {0xff00, 0xffef}};
    for (size_t i = 0; i < sizeof range / sizeof *range; i++)
        if (u >= range[i][0] && u <= range[i][1])
            return true;
    return false;
}

/* Whether nearly all units are; odd: the high byte comes second. */
static bool usual_text(struct slice s, size_t odd)
{
    const unsigned char *u = (const unsigned char *)s.p;
    size_t strange = 0, units = s.n / 2;
    for (size_t i = 0; i < units; i++)
        strange += !usual_unit((unsigned)u[2 * i + odd] << 8 | u[2 * i + 1 - odd]);
    return strange * 8 <= units;
}

/* Counts are compared, not presence: U+3000 has a zero low byte. A stray NUL in bytes of another encoding
 * must not look like UTF-16: its line ends would be no units, text that is all ASCII has a NUL in every unit,
 * and any two bytes of another encoding are seldom a character that one writes. */
static const char *utf16_by_parity(struct slice s)
{
    struct utf16_signs c = utf16_signs(s);
    size_t odd = c.nul[1] > 4 * c.nul[0], nuls = c.nul[0] + c.nul[1];
    bool clear = odd || c.nul[0] > 4 * c.nul[1];
    bool lines = c.lf_byte == 0 || c.lf[odd] > 0;
    bool filled = c.high > 0 || nuls * 2 >= s.n;
    if (nuls * 64 < s.n || !clear || !lines || !filled || !usual_text(s, odd))
        return NULL;
    return odd ? "UTF-16LE" : "UTF-16BE";
}

/* Length of the character that the lead byte promises; 0 when it cannot begin one of several bytes. */
static size_t utf8_length(unsigned char c)
{
    return c >= 0xf0 && c <= 0xf4 ? 4 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xc2 && c < 0xe0 ? 2 : 0;
}

bool encoding_cut_utf8(const char *p, size_t n)
{
    const unsigned char *u = (const unsigned char *)p;
    if (n == 0 || n >= utf8_length(u[0]))
        return false;
    for (size_t i = 1; i < n; i++)
        if ((u[i] & 0xc0) != 0x80)
            return false;
    if (n < 2)
        return true;
    return !((u[0] == 0xe0 && u[1] < 0xa0) || (u[0] == 0xed && u[1] > 0x9f) ||
             (u[0] == 0xf0 && u[1] < 0x90) || (u[0] == 0xf4 && u[1] > 0x8f));
}

size_t encoding_good_utf8(struct slice s, bool whole)
{
    size_t good = scan_text(s.p, s.n);
    return !whole && encoding_cut_utf8(s.p + good, s.n - good) ? s.n : good;
}

/* How well bytes suit an encoding of several bytes a character. */
struct suits {
    size_t characters; /* of several bytes */
    size_t common;     /* of them those that Chinese text is made of */
    size_t bad;        /* bytes that cannot stand where they do */
    size_t first_bad;  /* offset of the first, or the length of the sample */
};

static void add_bad(struct suits *s, size_t at)
{
    if (s->bad++ == 0)
        s->first_bad = at;
}

static bool whole_utf8(const char *p, size_t n)
{
    return n > 1 && encoding_cut_utf8(p, n - 1) && ((unsigned char)p[n - 1] & 0xc0) == 0x80;
}

static struct suits suits_utf8(struct slice s, bool whole)
{
    struct suits t = {.first_bad = s.n};
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        size_t n = c < 0x80 ? 1 : utf8_length(c), left = s.n - i;
        if (n > left && !whole && encoding_cut_utf8(s.p + i, left))
            break;
        bool good = c < 0x80 ? c > 0 : n <= left && whole_utf8(s.p + i, n);
        if (!good)
            add_bad(&t, i);
        t.characters += good && n > 1;
        t.common += good && n == 3 && c >= 0xe2;
        i += good ? n : 1;
    }
    return t;
}

/* Length of the GB18030 character at p by the ranges of its bytes; 0 when there is none, more than n when it
 * is cut. */
static size_t gb_length(const unsigned char *p, size_t n)
{
    if (p[0] < 0x80)
        return p[0] > 0;
    if (p[0] == 0x80 || p[0] == 0xff)
        return 0;
    if (n < 2)
        return 2;
    if (p[1] < '0' || p[1] > '9')
        return p[1] >= 0x40 && p[1] != 0x7f && p[1] != 0xff ? 2 : 0;
    bool third = n < 3 || (p[2] >= 0x81 && p[2] <= 0xfe), fourth = n < 4 || (p[3] >= '0' && p[3] <= '9');
    return third && fourth ? 4 : 0;
}

/* Common are the rows of common characters and of punctuation. */
static struct suits suits_gb(struct slice s, bool whole)
{
    const unsigned char *u = (const unsigned char *)s.p;
    struct suits t = {.first_bad = s.n};
    for (size_t i = 0; i < s.n;) {
        size_t n = gb_length(u + i, s.n - i);
        if (n > s.n - i && !whole)
            break;
        if (n == 0 || n > s.n - i) {
            add_bad(&t, i++);
            continue;
        }
        bool row = (u[i] >= 0xa1 && u[i] <= 0xa9) || (u[i] >= 0xb0 && u[i] <= 0xd7);
        t.characters += n == 2;
        t.common += n == 2 && row && u[i + 1] >= 0xa1;
        i += n;
    }
    return t;
}

/* A bad byte or two among many characters do not make it another encoding: they are told of when they are
 * met. */
static bool is_clear(struct suits s)
{
    return s.common > 0 && s.common * 2 >= s.characters && s.bad * 8 <= s.characters + 6;
}

/* Whether the characters of GB18030 that n bytes over 7F are have no common one among them. */
static bool rare_in_gb(const char *p, size_t n)
{
    struct suits gb = suits_gb((struct slice){p, n}, true);
    return gb.common == 0;
}

/* Length of the run of bytes over 7F at p, when it is made of characters of three bytes as UTF-8 writes
 * Chinese, three or more of them or two that would be strange ones in GB18030; else 0. */
static size_t utf8_word(const char *p, size_t n)
{
    size_t i = 0;
    while (i < n && (p[i] & 0x80)) {
        unsigned char c = (unsigned char)p[i];
        if (n - i < 3 || !((c >= 0xe3 && c <= 0xe9) || c == 0xef) || !whole_utf8(p + i, 3))
            return 0;
        i += 3;
    }
    return i >= 9 || (i == 6 && rare_in_gb(p, i)) ? i : 0;
}

/* Offset of the first word that is so clearly UTF-8 that bytes which elsewhere are not cannot be GB18030 all
 * through: pieces of both were put together. s.n when there is none. */
static size_t first_utf8_word(struct slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        bool begins = (s.p[i] & 0x80) && (i == 0 || !(s.p[i - 1] & 0x80));
        if (begins && utf8_word(s.p + i, s.n - i) > 0)
            return i;
    }
    return s.n;
}

/* A whole file that is UTF-8 but for a character that its end cuts. Two characters of GB18030 can look like
 * one and a half of UTF-8, so several must stand before. */
static bool is_cut_utf8(struct slice s)
{
    return encoding_good_utf8(s, false) == s.n && suits_utf8(s, false).common > 2;
}

const char *encoding_detect(struct slice sample, bool whole, size_t *bom)
{
    const struct mark *m = mark_at(sample);
    *bom = m ? m->n : 0;
    if (m)
        return m->encoding;
    const char *wide = memchr(sample.p, 0, sample.n) ? utf16_by_parity(sample) : NULL;
    if (wide)
        return wide;
    if (encoding_good_utf8(sample, whole) == sample.n || is_clear(suits_utf8(sample, whole)) ||
        is_cut_utf8(sample))
        return "UTF-8";
    bool gb = is_clear(suits_gb(sample, whole)) && first_utf8_word(sample) == sample.n;
    return gb ? "GB18030" : NULL;
}

size_t encoding_doubt(struct slice sample, bool whole, struct buf *why)
{
    size_t good = encoding_good_utf8(sample, whole), word = first_utf8_word(sample);
    size_t gb = suits_gb(sample, whole).first_bad;
    buf_printf(why, "not UTF-8 (byte 0x%02x at offset %zu), ", (unsigned)(unsigned char)sample.p[good], good);
    if (word < sample.n)
        buf_printf(why, "nor GB18030 all through (UTF-8 at offset %zu)", word);
    else if (gb < sample.n)
        buf_printf(why, "nor GB18030 (byte 0x%02x at offset %zu)", (unsigned)(unsigned char)sample.p[gb], gb);
    else
        buf_text(why, "nor clearly GB18030 or UTF-16");
    return good;
}
