/* SPDX-License-Identifier: MIT
 * iconv, for the static build: the C library's looks for its modules on the machine it runs on, and must be
 * of the very version they are. GB18030 and UTF-16 to UTF-8 are what returns come in; any other encoding is
 * unknown here. */
#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <strings.h>

#include "gb18030_table.h"

/* Numbers of the four-byte characters: the first plane's, and where the others begin. */
enum { FOURS = 39420, HIGH_FROM = 189000, HIGH_COUNT = 16 * 65536 };

/* The last two are only known by name: nobody converts UTF-8 to itself, and which UTF-16 it is is told
 * before. */
enum encoding {
    ENCODING_NONE,
    ENCODING_GB18030,
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
    ENCODING_UTF8,
    ENCODING_UTF16,
    ENCODINGS
};

static const char *const names[ENCODINGS] = {"", "GB18030", "UTF-16LE", "UTF-16BE", "UTF-8", "UTF-16"};

/* A character of some bytes; used 0: it is cut, -1: it is none. */
struct character {
    int used;
    uint32_t code;
};

static const struct character cut = {0, 0}, illegal = {-1, 0};

static struct character four_bytes_at(const unsigned char *p, size_t n)
{
    if (n > 2 && (p[2] < 0x81 || p[2] == 0xff))
        return illegal;
    if (n > 3 && (p[3] < 0x30 || p[3] > 0x39))
        return illegal;
    if (n < 4)
        return cut;
    uint32_t i = ((uint32_t)(p[0] - 0x81) * 10 + (uint32_t)(p[1] - 0x30)) * 1260 +
                 (uint32_t)(p[2] - 0x81) * 10 + (uint32_t)(p[3] - 0x30);
    if (i >= HIGH_FROM && i < HIGH_FROM + HIGH_COUNT)
        return (struct character){4, 0x10000 + i - HIGH_FROM};
    return i < FOURS && four_bytes[i] ? (struct character){4, four_bytes[i]} : illegal;
}

static struct character gb18030_at(const unsigned char *p, size_t n)
{
    if (p[0] < 0x80)
        return (struct character){1, p[0]};
    if (p[0] == 0x80 || p[0] == 0xff)
        return illegal;
    if (n < 2)
        return cut;
    if (p[1] >= 0x30 && p[1] <= 0x39)
        return four_bytes_at(p, n);
    uint32_t code = p[1] >= 0x40 && p[1] <= 0xfe ? two_bytes[p[0] - 0x81][p[1] - 0x40] : 0;
    return code ? (struct character){2, code} : illegal;
}

static uint32_t unit(const unsigned char *p, bool big)
{
    return big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

static struct character utf16_at(const unsigned char *p, size_t n, bool big)
{
    if (n < 2)
        return cut;
    uint32_t high = unit(p, big);
    if (high < 0xd800 || high > 0xdfff)
        return (struct character){2, high};
    if (high > 0xdbff)
        return illegal;
    if (n < 4)
        return cut;
    uint32_t low = unit(p + 2, big);
    if (low < 0xdc00 || low > 0xdfff)
        return illegal;
    return (struct character){4, 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)};
}

static struct character character_at(enum encoding e, const unsigned char *p, size_t n)
{
    switch (e) {
    case ENCODING_GB18030:
        return gb18030_at(p, n);
    case ENCODING_UTF16LE:
        return utf16_at(p, n, false);
    case ENCODING_UTF16BE:
        return utf16_at(p, n, true);
    default:
        return illegal;
    }
}

static size_t put_utf8(uint32_t c, char *to)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        to[i] = (char)(0x80 | (c & 0x3f));
    to[0] = (char)(lead[n] | c);
    return n;
}

iconv_t iconv_open(const char *to, const char *from)
{
    for (uintptr_t i = 1; i < ENCODINGS; i++)
        if (strcasecmp(to, "UTF-8") == 0 && strcasecmp(from, names[i]) == 0)
            return (iconv_t)i;
    errno = EINVAL;
    return (iconv_t)-1;
}

int iconv_close(iconv_t cd)
{
    (void)cd;
    return 0;
}

size_t iconv(iconv_t cd, char **restrict in, size_t *restrict left, char **restrict out,
             size_t *restrict room)
{
    if (!in || !*in)
        return 0;
    while (*left > 0) {
        const unsigned char *p = (const unsigned char *)*in;
        struct character c = character_at((enum encoding)(uintptr_t)cd, p, *left);
        char made[4];
        size_t n = c.used > 0 ? put_utf8(c.code, made) : 0;
        if (c.used <= 0 || n > *room) {
            errno = c.used < 0 ? EILSEQ : c.used == 0 ? EINVAL : E2BIG;
            return (size_t)-1;
        }
        for (size_t i = 0; i < n; i++)
            *(*out)++ = made[i];
        *room -= n;
        *in += c.used;
        *left -= (size_t)c.used;
    }
    return 0;
}
