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

/* Counts are compared, not presence: U+3000 has a zero low byte. A stray NUL in bytes of another encoding
 * must not look like UTF-16: its line ends would be no units, and text that is all ASCII has a NUL in every
 * unit. */
static const char *utf16_by_parity(struct slice s)
{
    struct utf16_signs c = utf16_signs(s);
    size_t odd = c.nul[1] > 4 * c.nul[0], nuls = c.nul[0] + c.nul[1];
    bool clear = odd || c.nul[0] > 4 * c.nul[1];
    bool lines = c.lf_byte == 0 || c.lf[odd] > 0;
    bool filled = c.high > 0 || nuls * 2 >= s.n;
    return nuls * 64 >= s.n && clear && lines && filled ? odd ? "UTF-16LE" : "UTF-16BE" : NULL;
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

/* At least half of the two-byte characters stand in the rows of common characters and punctuation. */
static bool looks_like_gb(struct slice s)
{
    const unsigned char *u = (const unsigned char *)s.p;
    size_t pairs = 0, common = 0;
    for (size_t i = 0; i + 1 < s.n;) {
        if (u[i] < 0x80) {
            i++;
        } else if (u[i] == 0x80 || u[i] == 0xff) {
            return false;
        } else if (u[i + 1] >= 0x30 && u[i + 1] <= 0x39) {
            i += 4;
        } else {
            bool row = (u[i] >= 0xa1 && u[i] <= 0xa9) || (u[i] >= 0xb0 && u[i] <= 0xd7);
            pairs++;
            common += row && u[i + 1] >= 0xa1;
            i += 2;
        }
    }
    return pairs > 0 && common * 2 >= pairs;
}

const char *encoding_detect(struct slice sample, bool whole, size_t *bom)
{
    const struct mark *m = mark_at(sample);
    *bom = m ? m->n : 0;
    if (m)
        return m->encoding;
    if (sample.n > 0 && memchr(sample.p, 0, sample.n))
        return utf16_by_parity(sample);
    if (encoding_good_utf8(sample, whole) == sample.n)
        return "UTF-8";
    return looks_like_gb(sample) ? "GB18030" : NULL;
}
