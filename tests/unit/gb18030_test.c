/* SPDX-License-Identifier: MIT
 * gb18030_test: the decoder against the C library's iconv, over the whole code space. */
#include "lib/read/gb18030.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

#include "tests/unit/tap.h"

struct judge {
    struct gb18030 *g;
    iconv_t cd;
    size_t bad, good; /* inputs on which they differ; that are characters */
};

/* Whether both make the same of n bytes, with so much room. */
static void compare(struct judge *j, const unsigned char *gb, size_t n, size_t room)
{
    char in[64], ours[64], theirs[64];
    memcpy(in, gb, n);
    char *p = in, *to = ours;
    size_t left = n, rest = room;
    int error = gb18030_decode(j->g, &p, &left, &to, &rest);

    char *want_p = in, *want_to = theirs;
    size_t want_left = n, want_rest = room;
    int want_error = iconv(j->cd, &want_p, &want_left, &want_to, &want_rest) == (size_t)-1 ? errno : 0;
    (void)iconv(j->cd, NULL, NULL, NULL, NULL);

    j->bad +=
        error != want_error || p != want_p || rest != want_rest || memcmp(ours, theirs, room - rest) != 0;
    j->good += want_error == 0;
}

static void settle(struct tap *t, struct judge *j, size_t characters, const char *what)
{
    tap_ok(t, j->bad == 0, what);
    tap_ok(t, j->good == characters, "and the judge knew as many characters as there are");
    if (j->good != characters)
        printf("# %zu\n", j->good);
    j->bad = j->good = 0;
}

static void test_one_and_two(struct tap *t, struct judge *j)
{
    for (unsigned a = 0; a < 256; a++)
        compare(j, (unsigned char[]){(unsigned char)a}, 1, 16);
    settle(t, j, 128, "every byte alone");
    for (unsigned a = 0x80; a < 256; a++)
        for (unsigned b = 0; b < 256; b++)
            compare(j, (unsigned char[]){(unsigned char)a, (unsigned char)b}, 2, 16);
    settle(t, j, 23940, "every two bytes");
}

/* All of the form of four bytes, and beside it in every direction. */
static void test_four(struct tap *t, struct judge *j)
{
    for (unsigned a = 0x80; a < 256; a++)
        for (unsigned b = 0x30; b <= 0x39; b++)
            for (unsigned c = 0x80; c < 256; c++)
                for (unsigned d = 0x2f; d <= 0x3a; d++)
                    compare(j,
                            (unsigned char[]){(unsigned char)a, (unsigned char)b, (unsigned char)c,
                                              (unsigned char)d},
                            4, 16);
    /* Unicode's 1112064 characters without ASCII and those of two bytes; 18 have no place in glibc's table.
     */
    settle(t, j, 1112064 - 128 - 23940 - 18, "every four bytes");
}

/* Text cut at every byte, and with room for every number of bytes. */
static void test_edges(struct tap *t, struct judge *j)
{
    static const unsigned char text[] =
        "0123456789abcdefghi\xb0\xa1\xfe\x51\x81\x30\x81\x30xyz\x90\x30\x81\x30\xa8\xbc";
    for (size_t n = 0; n < sizeof text; n++)
        for (size_t room = 0; room <= 60; room++)
            compare(j, text, n, room);
    tap_ok(t, j->bad == 0, "text cut anywhere, with room for any number of bytes");
}

int main(void)
{
    struct tap t = {0};
    struct judge j = {gb18030_new(), iconv_open("UTF-8", "GB18030"), 0, 0};
    if (!j.g || j.cd == (iconv_t)-1)
        return 99;
    test_one_and_two(&t, &j);
    test_four(&t, &j);
    test_edges(&t, &j);
    gb18030_free(j.g);
    iconv_close(j.cd);
    return tap_end(&t);
}
