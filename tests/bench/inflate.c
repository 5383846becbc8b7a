/* SPDX-License-Identifier: MIT
 * inflate: what zlib alone takes to inflate a gzip file, to be set beside what a filter takes for reading it.
 *
 *   inflate FILE */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include <zlib.h>

enum { BLOCK = 256 * 1024 };

static int fail(const char *what)
{
    fprintf(stderr, "inflate: %s\n", what);
    return 1;
}

/* All that a block inflates to; false when it is damaged. */
static int inflate_block(z_stream *z, unsigned long long *total)
{
    static unsigned char out[BLOCK];
    while (z->avail_in > 0) {
        z->next_out = out;
        z->avail_out = BLOCK;
        int r = inflate(z, Z_NO_FLUSH);
        if (r != Z_OK && r != Z_STREAM_END)
            return 0;
        *total += BLOCK - z->avail_out;
        if (r == Z_STREAM_END && inflateReset(z) != Z_OK)
            return 0;
    }
    return 1;
}

int main(int argc, char **argv)
{
    static unsigned char in[BLOCK];
    unsigned long long total = 0;
    z_stream z = {0};
    int fd = argc == 2 ? open(argv[1], O_RDONLY) : -1;
    if (fd < 0 || inflateInit2(&z, 15 + 16) != Z_OK)
        return fail("usage: inflate FILE");
    ssize_t n;
    while ((n = read(fd, in, BLOCK)) > 0) {
        z.next_in = in;
        z.avail_in = (unsigned)n;
        if (!inflate_block(&z, &total))
            return fail("damaged");
    }
    inflateEnd(&z);
    return n < 0 || total == 0;
}
