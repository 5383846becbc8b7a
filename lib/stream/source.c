/* SPDX-License-Identifier: MIT
 * source: see source.h. */
#include "lib/stream/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "lib/base/mem.h"

enum { GZ_BLOCK = 128 * 1024 };

struct source {
    int fd;
    char *name;
    uint64_t size_hint;
    unsigned char head[2]; /* the first bytes, read to look for the gzip magic */
    size_t head_n, head_used;
    char ahead[SOURCE_PEEK]; /* looked at by source_peek, not yet taken */
    size_t ahead_n, ahead_used;
    bool regular; /* a file with all its bytes, read from the first on */
    bool gz;
    z_stream z;
    unsigned char *in; /* compressed bytes */
    bool member_ended; /* between two gzip members */
    bool ended;
};

static ptrdiff_t read_fd(struct source *s, void *p, size_t n, struct diag *d)
{
    for (;;) {
        ssize_t r = read(s->fd, p, n);
        if (r >= 0)
            return r;
        if (errno != EINTR) {
            diag_errno(d, ST_INPUT, s->name, "cannot read");
            return -1;
        }
    }
}

/* Reads the first two bytes and decides whether this is gzip. */
static bool look_at_magic(struct source *s, struct diag *d)
{
    while (s->head_n < sizeof s->head) {
        ptrdiff_t r = read_fd(s, s->head + s->head_n, sizeof s->head - s->head_n, d);
        if (r < 0)
            return false;
        if (r == 0)
            break;
        s->head_n += (size_t)r;
    }
    s->gz = s->head_n == 2 && s->head[0] == 0x1f && s->head[1] == 0x8b;
    if (!s->gz)
        return true;
    s->in = mem_alloc(GZ_BLOCK);
    memcpy(s->in, s->head, 2);
    s->z.next_in = s->in;
    s->z.avail_in = 2;
    s->size_hint = 0;
    if (inflateInit2(&s->z, 15 + 16) == Z_OK)
        return true;
    diag_set(d, ST_FAULT, s->name, 0, NULL, "cannot start to inflate");
    s->gz = false; /* nothing for source_close to end */
    return false;
}

struct source *source_open(const char *path, struct diag *d)
{
    bool is_stdin = !path || strcmp(path, "-") == 0;
    struct source *s = mem_zero(1, sizeof *s);
    s->name = mem_text(slice_of(is_stdin ? "(standard input)" : path));
    s->fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (s->fd < 0 || fstat(s->fd, &st) != 0) {
        diag_errno(d, ST_INPUT, s->name, "cannot open");
        source_close(s);
        return NULL;
    }
    if (S_ISREG(st.st_mode))
        s->size_hint = (uint64_t)st.st_size;
    s->regular = S_ISREG(st.st_mode) && lseek(s->fd, 0, SEEK_CUR) == 0;
    if (S_ISFIFO(st.st_mode))
        (void)fcntl(s->fd, F_SETPIPE_SZ, 1 << 20); /* a wish; refused to some users */
    if (!look_at_magic(s, d)) {
        source_close(s);
        return NULL;
    }
    return s;
}

static ptrdiff_t read_plain(struct source *s, char *p, size_t n, struct diag *d)
{
    size_t k = s->head_n - s->head_used;
    if (k > 0) {
        if (k > n)
            k = n;
        memcpy(p, s->head + s->head_used, k);
        s->head_used += k;
        return (ptrdiff_t)k;
    }
    return read_fd(s, p, n, d);
}

/* More compressed bytes. 1 when there are some, 0 at the end of the file, -1 on failure. */
static int refill(struct source *s, struct diag *d)
{
    if (s->z.avail_in > 0)
        return 1;
    ptrdiff_t r = read_fd(s, s->in, GZ_BLOCK, d);
    if (r <= 0)
        return (int)r;
    s->z.next_in = s->in;
    s->z.avail_in = (unsigned)r;
    return 1;
}

/* At the end of a member: another one may follow; anything else behind it is damage. */
static int next_member(struct source *s, struct diag *d)
{
    int more = refill(s, d);
    if (more <= 0) {
        s->ended = more == 0;
        return more;
    }
    if (s->z.next_in[0] != 0x1f) {
        diag_set(d, ST_INPUT, s->name, 0, NULL, "damaged gzip: bytes after its end");
        return -1;
    }
    inflateReset(&s->z);
    s->member_ended = false;
    return 1;
}

static ptrdiff_t read_gz(struct source *s, char *p, size_t n, struct diag *d)
{
    s->z.next_out = (unsigned char *)p;
    s->z.avail_out = n > (1u << 30) ? 1u << 30 : (unsigned)n;
    unsigned room = s->z.avail_out;
    while (s->z.avail_out == room && !s->ended) {
        if (s->member_ended) {
            int more = next_member(s, d);
            if (more < 0)
                return -1;
            continue;
        }
        int more = refill(s, d);
        if (more < 0)
            return -1;
        if (more == 0) {
            diag_set(d, ST_INPUT, s->name, 0, NULL, "truncated gzip: the file ends before its data does");
            return -1;
        }
        int r = inflate(&s->z, Z_NO_FLUSH);
        if (r == Z_STREAM_END) {
            s->member_ended = true;
        } else if (r != Z_OK && r != Z_BUF_ERROR) {
            diag_set(d, ST_INPUT, s->name, 0, NULL, "damaged gzip: %s",
                     s->z.msg ? s->z.msg : "cannot inflate");
            return -1;
        }
    }
    return (ptrdiff_t)(room - s->z.avail_out);
}

ptrdiff_t source_peek(struct source *s, char *p, size_t n, struct diag *d)
{
    while (s->ahead_n < n) {
        char *to = s->ahead + s->ahead_n;
        size_t left = n - s->ahead_n;
        ptrdiff_t r = s->gz ? read_gz(s, to, left, d) : read_plain(s, to, left, d);
        if (r < 0)
            return -1;
        if (r == 0)
            break;
        s->ahead_n += (size_t)r;
    }
    n = n < s->ahead_n ? n : s->ahead_n;
    memcpy(p, s->ahead, n);
    return (ptrdiff_t)n;
}

int source_descriptor(const struct source *s)
{
    return s->regular && !s->gz ? s->fd : -1;
}

ptrdiff_t source_read(struct source *s, char *p, size_t n, struct diag *d)
{
    size_t k = s->ahead_n - s->ahead_used;
    if (k > 0) {
        k = k < n ? k : n;
        memcpy(p, s->ahead + s->ahead_used, k);
        s->ahead_used += k;
        return (ptrdiff_t)k;
    }
    return s->gz ? read_gz(s, p, n, d) : read_plain(s, p, n, d);
}

const char *source_name(const struct source *s)
{
    return s->name;
}

uint64_t source_size_hint(const struct source *s)
{
    return s->size_hint;
}

void source_close(struct source *s)
{
    if (!s)
        return;
    if (s->gz)
        inflateEnd(&s->z);
    if (s->fd > STDIN_FILENO)
        close(s->fd);
    free(s->in);
    free(s->name);
    free(s);
}
