/* SPDX-License-Identifier: MIT
 * package: see package.h. */
#include "lib/read/package.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "lib/base/mem.h"
#include "lib/read/spool.h"

struct package {
    struct source *src;
    struct buf bytes; /* of a source that is not a regular file */
    uint64_t size;
    zip_t *zip;
};

struct part {
    const struct package *package;
    zip_file_t *file;
    const char *name;
    uint64_t packed, expanded;
};

static enum status refuse(const struct package *p, const char *what, struct diag *d)
{
    return diag_set(d, ST_INPUT, source_name(p->src), 0, NULL, "%s", what);
}

/* --- before libzip sees the file --- */

static uint64_t little(const unsigned char *p, size_t n)
{
    uint64_t v = 0;
    while (n-- > 0)
        v = v << 8 | p[n];
    return v;
}

/* Whether a record in the file's last bytes claims a central directory beyond the limit: libzip allocates by
 * its size. Whichever of several records it would believe, all must be modest. */
static bool directory_is_modest(const unsigned char *tail, size_t n)
{
    enum { END = 22, END_SIZE = 12, END64 = 56, END64_SIZE = 40 };
    for (size_t i = 0; i + END <= n; i++) {
        const unsigned char *p = tail + i;
        if (memcmp(p, "PK\5\6", 4) == 0 && little(p + END_SIZE, 4) > PACKAGE_MAX_DIRECTORY &&
            little(p + END_SIZE, 4) != UINT32_MAX)
            return false;
        if (memcmp(p, "PK\6\6", 4) == 0 && i + END64 <= n &&
            little(p + END64_SIZE, 8) > PACKAGE_MAX_DIRECTORY)
            return false;
    }
    return true;
}

static enum status check_directory(const struct package *p, int fd, struct diag *d)
{
    enum { TAIL = (1 << 16) + 256 }; /* a comment of 64 KiB and the records before it */
    size_t n = p->size < TAIL ? (size_t)p->size : TAIL;
    unsigned char *tail = mem_alloc(n);
    enum status st = ST_OK;
    if (fd < 0 && n > 0)
        memcpy(tail, p->bytes.p + p->bytes.n - n, n);
    else if (fd >= 0 && pread(fd, tail, n, (off_t)(p->size - n)) != (ssize_t)n)
        st = refuse(p, "cannot read: the file changed while it was read", d);
    if (st == ST_OK && !directory_is_modest(tail, n))
        st = refuse(p, "the zip file has too many members: its directory is larger than 1 MiB", d);
    free(tail);
    return st;
}

/* --- opening --- */

static zip_source_t *source_of_file(int fd, zip_error_t *error)
{
    int own = dup(fd);
    FILE *f = own < 0 ? NULL : fdopen(own, "rb");
    if (!f) {
        if (own >= 0)
            close(own);
        zip_error_set(error, ZIP_ER_OPEN, errno);
        return NULL;
    }
    zip_source_t *s = zip_source_filep_create(f, 0, -1, error);
    if (!s)
        fclose(f);
    return s;
}

static enum status open_zip(struct package *p, int fd, struct diag *d)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *s =
        fd >= 0 ? source_of_file(fd, &error) : zip_source_buffer_create(p->bytes.p, p->bytes.n, 0, &error);
    p->zip = s ? zip_open_from_source(s, ZIP_RDONLY, &error) : NULL;
    if (s && !p->zip)
        zip_source_free(s);
    enum status st = ST_OK;
    if (!p->zip)
        st = diag_set(d, ST_INPUT, source_name(p->src), 0, NULL, "damaged or truncated zip file: %s",
                      zip_error_strerror(&error));
    zip_error_fini(&error);
    return st;
}

static enum status measure(struct package *p, int fd, struct diag *d)
{
    struct stat st;
    if (fd < 0) {
        enum status spooled = spool_source(p->src, PACKAGE_MAX_FILE, &p->bytes, d);
        p->size = p->bytes.n;
        return spooled;
    }
    if (fstat(fd, &st) != 0)
        return diag_errno(d, ST_INPUT, source_name(p->src), "cannot read");
    p->size = (uint64_t)st.st_size;
    return p->size > PACKAGE_MAX_FILE ? refuse(p, "the file is larger than 256 MiB", d) : ST_OK;
}

struct package *package_open(struct source *src, struct diag *d)
{
    struct package *p = mem_zero(1, sizeof *p);
    int fd = source_descriptor(src);
    p->src = src;
    if (measure(p, fd, d) == ST_OK && check_directory(p, fd, d) == ST_OK && open_zip(p, fd, d) == ST_OK)
        return p;
    package_close(p);
    return NULL;
}

void package_close(struct package *p)
{
    if (!p)
        return;
    if (p->zip)
        zip_discard(p->zip);
    buf_free(&p->bytes);
    source_close(p->src);
    free(p);
}

const char *package_file(const struct package *p)
{
    return source_name(p->src);
}

/* --- parts --- */

static int64_t find_with_backslashes(struct package *p, const char *name)
{
    zip_int64_t n = zip_get_num_entries(p->zip, 0);
    for (zip_int64_t i = 0; i < n; i++) {
        const char *entry = zip_get_name(p->zip, (zip_uint64_t)i, 0);
        if (entry && package_is_name(entry, name))
            return i;
    }
    return -1;
}

int64_t package_find(struct package *p, const char *name)
{
    int64_t found = zip_name_locate(p->zip, name, ZIP_FL_NOCASE);
    return found >= 0 ? found : find_with_backslashes(p, name);
}

static enum status part_failed(const struct part *part, const char *what, struct diag *d)
{
    return diag_set(d, ST_INPUT, source_name(part->package->src), 0, NULL, "%s: %s", part->name, what);
}

static enum status open_part(struct part *part, int64_t number, struct diag *d)
{
    zip_stat_t stat;
    zip_t *zip = part->package->zip;
    if (zip_stat_index(zip, (zip_uint64_t)number, 0, &stat) != 0 ||
        (stat.valid & (ZIP_STAT_COMP_SIZE | ZIP_STAT_NAME)) != (ZIP_STAT_COMP_SIZE | ZIP_STAT_NAME))
        return refuse(part->package, "damaged zip file: a member without size", d);
    part->name = stat.name;
    part->packed = stat.comp_size < part->package->size ? stat.comp_size : part->package->size;
    part->file = zip_fopen_index(zip, (zip_uint64_t)number, 0);
    if (part->file)
        return ST_OK;
    int error = zip_error_code_zip(zip_get_error(zip));
    if (error == ZIP_ER_NOPASSWD || error == ZIP_ER_ENCRNOTSUPP)
        return part_failed(part, "protected by a password; save it without one", d);
    return part_failed(part, zip_error_strerror(zip_get_error(zip)), d);
}

struct part *part_open(struct package *p, int64_t number, struct diag *d)
{
    struct part *part = mem_zero(1, sizeof *part);
    part->package = p;
    if (open_part(part, number, d) == ST_OK)
        return part;
    free(part);
    return NULL;
}

ptrdiff_t part_read(struct part *part, char *to, size_t n, struct diag *d)
{
    zip_int64_t r = zip_fread(part->file, to, n);
    if (r < 0) {
        part_failed(part, zip_error_strerror(zip_file_get_error(part->file)), d);
        return -1;
    }
    part->expanded += (uint64_t)r;
    if (part->expanded > PACKAGE_MAX_PART) {
        part_failed(part, "expands beyond 256 MiB", d);
        return -1;
    }
    if (part->expanded > PACKAGE_RATIO_FROM && part->expanded / PACKAGE_MAX_RATIO > part->packed) {
        part_failed(part, "expands to more than 100 times its size; is it a zip bomb?", d);
        return -1;
    }
    return (ptrdiff_t)r;
}

const char *part_name(const struct part *part)
{
    return part->name;
}

void part_close(struct part *part)
{
    if (!part)
        return;
    if (part->file)
        zip_fclose(part->file);
    free(part);
}
