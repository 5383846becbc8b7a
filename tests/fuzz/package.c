/* SPDX-License-Identifier: MIT
 * package: the reader of zip files that the static build has instead of libzip. Whatever the bytes, a part is
 * read to its end or refused; what both readers read to the end is the same. Libzip may know how to read what
 * the other refuses. */
#include <sys/mman.h>

#include "lib/read/package.h"
#include "tests/fuzz/fuzz.h"

/* The other one under names of its own. */
struct own_package;
void own_package_close(struct own_package *p);
#define package own_package
#define part own_part
#define package_open own_package_open
#define package_close own_package_close
#define package_file own_package_file
#define package_find own_package_find
#define part_open own_part_open
#define part_read own_part_read
#define part_name own_part_name
#define part_close own_part_close
#include "lib/read/portable/package.c"
#undef package
#undef part
#undef package_open
#undef package_close
#undef package_file
#undef package_find
#undef part_open
#undef part_read
#undef part_name
#undef part_close

static const char *const tokens[] = {
    "PK\1\2",  "PK\3\4",          "PK\5\6",           "PK\6\6",     "PK\6\7",
    "PK\7\10", "xl/workbook.xml", "\x14\0\0\0\x08\0", "\x08\0\0\0",
};

static const char *const names[] = {"xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml",
                                    "xl/worksheets/sheet1.xml", "[Content_Types].xml"};

static void check_failure(const struct diag *d)
{
    if (d->status != ST_INPUT || !d->reason[0])
        abort();
}

/* All of a part; false when it was refused. Both readers have the same words. */
#define DEFINE_READ(read_all, package_type, part_type, find, open, get, shut)                                \
    static bool read_all(package_type *p, const char *name, struct buf *out)                                 \
    {                                                                                                        \
        struct diag d = {0};                                                                                 \
        char piece[4096];                                                                                    \
        ptrdiff_t n = -1;                                                                                    \
        int64_t number = find(p, name);                                                                      \
        buf_clear(out);                                                                                      \
        if (number < 0)                                                                                      \
            return false;                                                                                    \
        part_type *part = open(p, number, &d);                                                               \
        while (part && (n = get(part, piece, sizeof piece, &d)) > 0)                                         \
            buf_add(out, piece, (size_t)n);                                                                  \
        if (n < 0)                                                                                           \
            check_failure(&d);                                                                               \
        if (part)                                                                                            \
            shut(part);                                                                                      \
        return n == 0;                                                                                       \
    }
DEFINE_READ(read_all, struct package, struct part, package_find, part_open, part_read, part_close)
DEFINE_READ(own_read_all, struct own_package, struct own_part, own_package_find, own_part_open, own_part_read,
            own_part_close)

static struct source *open_memory(const char *p, size_t n)
{
    struct diag d = {0};
    char path[64];
    int fd = memfd_create("zip", 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (write(fd, p, n) != (ssize_t)n)
        exit(99);
    struct source *s = source_open(path, &d);
    close(fd);
    return s;
}

static void try(const char *p, size_t n)
{
    struct diag d = {0}, own_d = {0};
    struct source *one = open_memory(p, n), *two = open_memory(p, n);
    struct package *lib = package_open(one, &d);
    struct own_package *own = own_package_open(two, &own_d);
    struct buf want = {0}, got = {0};
    if (!lib)
        check_failure(&d);
    if (!own)
        check_failure(&own_d);
    for (size_t i = 0; own && i < sizeof names / sizeof *names; i++) {
        bool read = own_read_all(own, names[i], &got);
        if (lib && read && read_all(lib, names[i], &want) && !slice_equal(buf_view(&got), buf_view(&want)))
            abort();
    }
    if (own)
        own_package_close(own);
    if (lib)
        package_close(lib);
    buf_free(&want);
    buf_free(&got);
}

FUZZ(tokens, try)
