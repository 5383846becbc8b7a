/* SPDX-License-Identifier: MIT
 * gb18030: the decoder and iconv must agree on every input, in memory of any size: the same text, the same
 * error at the same byte. The first byte of the input is the room given at once. */
#include <errno.h>
#include <iconv.h>

#include "lib/base/buf.h"
#include "lib/read/gb18030.h"
#include "tests/fuzz/fuzz.h"

static const char *const tokens[] = {"\xb0\xa1", "\x81\x30\x81\x30", "\x90\x30\x81\x30", "\xe3\x32\x9a\x35",
                                     "\xfe\x51", "\xa8\xbc",         "0123456789abcdef", "\x80",
                                     "\xff",     "\x84\x31\xa4\x37"};

/* Converts all of it with `room` bytes at a time. Returns the error at the end; *left is what it stopped at.
 */
static int convert(const struct gb18030 *g, iconv_t cd, char *p, size_t *left, size_t room, struct buf *out)
{
    char *piece = malloc(room);
    for (;;) {
        char *to = piece;
        size_t rest = room;
        int error;
        if (g)
            error = gb18030_decode(g, &p, left, &to, &rest);
        else
            error = iconv(cd, &p, left, &to, &rest) == (size_t)-1 ? errno : 0;
        buf_add(out, piece, room - rest);
        if (error != E2BIG) {
            free(piece);
            return error;
        }
    }
}

static void try(const char *p, size_t n)
{
    static struct gb18030 *g; /* its tables are made once */
    g = g ? g : gb18030_new();
    iconv_t cd = iconv_open("UTF-8", "GB18030");
    size_t room = n ? 4 + (unsigned char)p[0] : 4, left = n, want_left = n;
    char *copy = malloc(n ? n : 1);
    struct buf got = {0}, want = {0};
    if (!g || cd == (iconv_t)-1 || !copy)
        abort();
    memcpy(copy, p, n);
    int error = convert(g, cd, copy, &left, room, &got);
    int want_error = convert(NULL, cd, copy, &want_left, room, &want);
    if (error != want_error || left != want_left || !slice_equal(buf_view(&got), buf_view(&want)))
        abort();
    buf_free(&got);
    buf_free(&want);
    free(copy);
    iconv_close(cd);
}

FUZZ(tokens, try)
