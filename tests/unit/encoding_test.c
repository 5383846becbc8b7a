/* SPDX-License-Identifier: MIT
 * encoding_test: samples and the encoding they are told to be in, or none when there is doubt. */
#include "lib/read/encoding.h"
#include "lib/stream/scan.h"
#include "tests/unit/tap.h"

struct sample {
    const char *what, *bytes;
    size_t n;
    const char *want; /* "" for doubt */
};

#define SAMPLE(what, bytes, want)                                                                            \
    {                                                                                                        \
        what, bytes, sizeof(bytes) - 1, want                                                                 \
    }

static const struct sample samples[] = {
    SAMPLE("nothing", "", "UTF-8"),
    SAMPLE("ASCII", "a,b\n1,2\n", "UTF-8"),
    SAMPLE("UTF-8", "机构,余额\n", "UTF-8"),
    SAMPLE("UTF-8 with its mark",
           "\xef\xbb\xbf"
           "a\n",
           "UTF-8"),
    SAMPLE("UTF-16LE with its mark",
           "\xff\xfe"
           "a\0",
           "UTF-16LE"),
    SAMPLE("UTF-16BE with its mark",
           "\xfe\xff\0"
           "a",
           "UTF-16BE"),
    SAMPLE("GB18030 with its mark",
           "\x84\x31\x95\x33"
           "a",
           "GB18030"),
    SAMPLE("GBK, two words", "\xbb\xfa\xb9\xb9,\xd3\xe0\xb6\xee", "GB18030"),
    SAMPLE("GBK, ASCII and one word", "2022-11,1\n\xba\xcf\xbc\xc6,1\n", "GB18030"),
    SAMPLE("GB18030, four bytes among two", "\xbb\xfa\xb9\xb9\x95\x32\x82\x36", "GB18030"),
    SAMPLE("UTF-16LE by parity", ":g\x84g,\0Y\x4f\x9d\x98\n\0", "UTF-16LE"),
    SAMPLE("UTF-16BE by parity", "g:g\x84\0,OY\x98\x9d\0\n", "UTF-16BE"),
    SAMPLE("UTF-16LE, ASCII only", "a\0,\0b\0\n\0", "UTF-16LE"),
    SAMPLE("a stray NUL in ASCII", "a,b\n1,\0\n", ""),
    SAMPLE("a stray NUL in UTF-8", "机构,b\n1,\0\n", "UTF-8"),
    SAMPLE("a stray NUL in GBK, before a line end, at an even place",
           "\xbb\xfa\xb9\xb9,\xd3\xe0\xb6\xee\n1,\0\n", "GB18030"),
    SAMPLE("UTF-16BE, most of it lines that end in 上", "g:g\x84\x4e\x0a\0\n\x4e\x0a\0\n\x4e\x0a\x4e\x0a\0\n",
           "UTF-16BE"),
    SAMPLE("a stray NUL in GBK", "\xbb\xfa\xb9\xb9,b\n1,\0\n", "GB18030"),
    SAMPLE("a stray byte in UTF-8", "机构,余额\n甲\xff,1\n", "UTF-8"),
    SAMPLE("a stray byte in GBK", "\xbb\xfa\xb9\xb9,\xd3\xe0\xb6\xee\n\xff,1\n", "GB18030"),
    SAMPLE("half a character in GBK", "\xbb\xfa\xb9\xb9,\xd3\xe0\xb6\xee\n\xd3,1\n", "GB18030"),
    SAMPLE("GBK with a UTF-8 line",
           "\xbb\xfa\xb9\xb9,\xd3\xe0\xb6\xee\n\xbb\xfa\xb9\xb9\xd3\xe0\xb6\xee\n机构余额\n", ""),
    SAMPLE("overlong UTF-8", "a\xc0\x80\n", ""),
    SAMPLE("a surrogate in UTF-8", "\xed\xa0\x80\n", ""),
    SAMPLE("Big5", "\xbe\xf7\xba\x63\xa6\x57\xba\xd9\xa1\x41\xbe\x6c\xc3\x42\xc1\x60\xad\x70", ""),
    SAMPLE("UTF-8 with a GBK line", "机构余额\n机构余额\n\xba\xcf\xbc\xc6\n", ""),
    SAMPLE("a lone high byte", "a\xff\n", ""),
};

static struct slice padded(char *room, const char *bytes, size_t n)
{
    memset(room, 0, 512);
    if (n > 0)
        memcpy(room + SCAN_SLACK, bytes, n);
    return (struct slice){room + SCAN_SLACK, n};
}

int main(void)
{
    struct tap t = {0};
    char room[512];
    size_t bom;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct slice s = padded(room, samples[i].bytes, samples[i].n);
        const char *got = encoding_detect(s, true, &bom);
        tap_text(&t, got ? got : "", samples[i].want, samples[i].what);
    }
    struct slice cut = padded(room, "机构\xe4\xbd", 8);
    tap_ok(&t, encoding_detect(cut, false, &bom) != NULL,
           "a character cut at the end of a first piece is good");
    tap_ok(&t, encoding_detect(cut, true, &bom) == NULL, "but not at the end of the file");
    tap_ok(&t, encoding_cut_utf8("\xf0\xa0", 2), "the beginning of a character");
    tap_ok(&t, !encoding_cut_utf8("\xf0\x80", 2), "the beginning of an overlong one");
    tap_ok(&t, !encoding_cut_utf8("\xed\xa0", 2), "the beginning of a surrogate");
    tap_ok(&t, !encoding_cut_utf8("\xff", 1), "the beginning of nothing");
    tap_ok(&t, encoding_is_known("gbk") && encoding_is_known("BIG5") && !encoding_is_known("NOPE"), "names");
    return tap_end(&t);
}
