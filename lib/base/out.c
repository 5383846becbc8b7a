/* SPDX-License-Identifier: MIT
 * out: see out.h. */
#include "lib/base/out.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"

enum { OUT_BUFFER = 256 * 1024 };

/* A device, a pipe or a socket is written to as it is: renaming over /dev/null would replace it. */
static bool is_special(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

/* A temporary file beside path, with the mode of the file that stands there or that a new one would have. */
static int open_beside(struct out *o, const char *path)
{
    struct stat st;
    struct buf name = {0};
    buf_printf(&name, "%s.XXXXXX", path);
    o->temp = mem_text(buf_view(&name));
    buf_free(&name);
    int fd = mkstemp(o->temp);
    mode_t mask = umask(0);
    umask(mask);
    mode_t mode = stat(path, &st) == 0 ? st.st_mode & 07777 : 0666 & ~mask;
    if (fd >= 0 && fchmod(fd, mode) != 0)
        o->error = errno;
    return fd;
}

enum status out_open(struct out *o, const char *path, struct diag *d)
{
    *o = (struct out){.fd = STDOUT_FILENO};
    if (path && strcmp(path, "-") != 0) {
        char *real = realpath(path, NULL); /* a link stays one: its target is replaced */
        bool special = is_special(path);
        path = real ? real : path;
        o->fd = special ? open(path, O_WRONLY | O_CLOEXEC) : open_beside(o, path);
        if (o->fd < 0) {
            enum status st = diag_errno(d, ST_OUTPUT, path, "cannot write");
            free(o->temp);
            free(real);
            *o = (struct out){.fd = -1};
            return st;
        }
        o->path = special ? NULL : mem_text(slice_of(path));
        free(real);
    }
    o->cap = OUT_BUFFER;
    o->p = mem_alloc(o->cap);
    return ST_OK;
}

static void put(struct out *o, const char *p, size_t n)
{
    while (n > 0 && !o->error) {
        ssize_t w = write(o->fd, p, n);
        if (w < 0) {
            if (errno != EINTR)
                o->error = errno;
            continue;
        }
        p += w;
        n -= (size_t)w;
    }
}

void out_flush(struct out *o)
{
    put(o, o->p, o->n);
    o->n = 0;
}

char *out_room(struct out *o, size_t n)
{
    if (n > o->cap)
        return NULL;
    if (n > o->cap - o->n)
        out_flush(o);
    return o->p + o->n;
}

void out_write_slow(struct out *o, const char *p, size_t n)
{
    out_flush(o);
    if (n >= o->cap / 2) {
        put(o, p, n);
        return;
    }
    memcpy(o->p, p, n);
    o->n = n;
}

void out_printf(struct out *o, const char *fmt, ...)
{
    char small[512];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    if (n < 0)
        return;
    if ((size_t)n < sizeof small) {
        out_write(o, small, (size_t)n);
        return;
    }
    char *large = mem_alloc((size_t)n + 1);
    va_start(ap, fmt);
    vsnprintf(large, (size_t)n + 1, fmt, ap);
    va_end(ap);
    out_write(o, large, (size_t)n);
    free(large);
}

/* Makes the new name in the directory of path survive a power cut. */
static int sync_directory(const char *path)
{
    char *copy = mem_text(slice_of(path));
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int error = 0;
    if (fd < 0 || fsync(fd) != 0)
        error = errno == EINVAL ? 0 : errno;
    if (fd >= 0)
        close(fd);
    free(copy);
    return error;
}

static void finish_file(struct out *o, bool keep)
{
    if (keep && !o->error && fsync(o->fd) != 0)
        o->error = errno;
    if (close(o->fd) != 0 && !o->error)
        o->error = errno;
    if (keep && !o->error && rename(o->temp, o->path) != 0)
        o->error = errno;
    if (keep && !o->error)
        o->error = sync_directory(o->path);
    else
        unlink(o->temp);
}

enum status out_close(struct out *o, bool keep, struct diag *d)
{
    if (o->fd < 0)
        return ST_OUTPUT;
    if (keep || !o->path)
        out_flush(o);
    if (o->path)
        finish_file(o, keep);
    else if (close(o->fd) != 0 && !o->error)
        o->error = errno;
    enum status st = ST_OK;
    if (o->error && (keep || !o->path)) {
        errno = o->error;
        st = diag_errno(d, ST_OUTPUT, o->path ? o->path : "(standard output)", "cannot write");
    }
    free(o->p);
    free(o->path);
    free(o->temp);
    *o = (struct out){.fd = -1};
    return st;
}
