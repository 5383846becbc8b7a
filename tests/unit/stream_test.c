/* SPDX-License-Identifier: MIT
 * stream_test: source and out: gzip whole, in members, truncated and damaged; output that is kept or not. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "lib/base/buf.h"
#include "lib/base/out.h"
#include "lib/stream/source.h"
#include "tests/unit/tap.h"

static char dir[] = "/tmp/stream_test.XXXXXX";

static const char *in_dir(const char *name)
{
    static char path[200];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    return path;
}

static void put_file(const char *name, const void *bytes, size_t n)
{
    FILE *f = fopen(in_dir(name), "w");
    if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0)
        abort();
}

/* text as one gzip member, appended to b. */
static void gzip(struct buf *b, const char *text)
{
    unsigned char out[65536];
    z_stream z = {0};
    if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    z.next_in = (unsigned char *)(uintptr_t)text;
    z.avail_in = (unsigned)strlen(text);
    z.next_out = out;
    z.avail_out = sizeof out;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        abort();
    buf_add(b, (char *)out, z.total_out);
    deflateEnd(&z);
}

/* The whole content of a file through source, or its problem. */
static void content(struct tap *t, const char *name, const char *want, const char *what)
{
    struct diag d = {0};
    struct buf b = {0};
    char block[7];
    ptrdiff_t n = -1;
    struct source *s = source_open(in_dir(name), &d);
    while (s && (n = source_read(s, block, sizeof block, &d)) > 0)
        buf_add(&b, block, (size_t)n);
    if (n < 0) {
        buf_clear(&b);
        buf_printf(&b, "status %d: %s", (int)d.status, d.reason);
    }
    tap_text(t, buf_string(&b), want, what);
    source_close(s);
    buf_free(&b);
}

static void sources(struct tap *t)
{
    struct buf z = {0};
    put_file("plain", "hello, plain text", 17);
    content(t, "plain", "hello, plain text", "a plain file");
    put_file("one", "h", 1);
    content(t, "one", "h", "a file shorter than the magic");
    put_file("none", "", 0);
    content(t, "none", "", "an empty file");
    gzip(&z, "first member, ");
    put_file("gz", z.p, z.n);
    content(t, "gz", "first member, ", "a gzip file");
    size_t one = z.n;
    gzip(&z, "second member");
    put_file("members", z.p, z.n);
    content(t, "members", "first member, second member", "two members");
    put_file("cut", z.p, z.n - 9);
    content(t, "cut", "status 3: truncated gzip: the file ends before its data does", "a truncated gzip");
    put_file("cut2", z.p, one + 5);
    content(t, "cut2", "status 3: truncated gzip: the file ends before its data does",
            "cut in the second header");
    z.p[one - 6] = (char)(z.p[one - 6] ^ 0x55);
    put_file("crc", z.p, one);
    content(t, "crc", "status 3: damaged gzip: incorrect data check", "a wrong checksum");
    z.p[one - 6] = (char)(z.p[one - 6] ^ 0x55);
    memcpy(z.p + one, "junk", 4);
    put_file("junk", z.p, one + 4);
    content(t, "junk", "status 3: damaged gzip: bytes after its end", "bytes behind the end");
    content(t, "absent", "status 3: cannot open: No such file or directory", "no such file");
    content(t, ".", "status 3: cannot read: Is a directory", "a directory");
    buf_free(&z);
}

static void outputs(struct tap *t)
{
    struct out o;
    struct diag d = {0};
    char path[200];
    snprintf(path, sizeof path, "%s", in_dir("target"));
    put_file("target", "old", 3);
    bool good = out_open(&o, path, &d) == ST_OK;
    out_text(&o, "new");
    content(t, "target", "old", "until it is closed an atomic output is not there");
    tap_ok(t, good && out_close(&o, false, &d) == ST_OK, "given up");
    content(t, "target", "old", "the target stays as it was");
    good = out_open(&o, path, &d) == ST_OK;
    for (int i = 0; i < 200000; i++)
        out_text(&o, "0123456789");
    tap_ok(t, good && out_close(&o, true, &d) == ST_OK, "kept");
    struct stat st;
    tap_ok(t,
           stat(path, &st) == 0 && st.st_size == 2000000 && (st.st_mode & 0777) == (0666 & ~(int)umask(022)),
           "2,000,000 bytes are there, with the mode of any new file");
    /* -o /dev/null, run as root, once replaced the device by a file. */
    good = out_open(&o, "/dev/null", &d) == ST_OK;
    out_text(&o, "gone");
    good = good && out_close(&o, true, &d) == ST_OK && stat("/dev/null", &st) == 0 && S_ISCHR(st.st_mode);
    tap_ok(t, good, "a device is written to and stays a device");
    good = out_open(&o, "/dev/full", &d) == ST_OK;
    out_text(&o, "nowhere");
    tap_ok(t, good && out_close(&o, true, &d) == ST_OUTPUT, "a full device is status 4");
    tap_ok(t, out_open(&o, in_dir("no/such/place"), &d) == ST_OUTPUT,
           "a directory that is not there is status 4");
}

int main(void)
{
    struct tap t = {0};
    umask(022);
    if (!mkdtemp(dir))
        return 1;
    sources(&t);
    outputs(&t);
    char command[200];
    snprintf(command, sizeof command, "rm -rf %s", dir);
    return tap_end(&t) | (system(command) != 0);
}
