/* SPDX-License-Identifier: MIT
 * scratch: see scratch.h. */
#include "lib/base/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/base/buf.h"

const char *scratch_directory(const char *directory)
{
    const char *from_environment = getenv("TMPDIR");
    if (directory)
        return directory;
    return from_environment && *from_environment ? from_environment : "/tmp";
}

/* Where the file system knows no files without a name, the name is taken away at once. */
static int open_and_unlink(const char *directory)
{
    struct buf name = {0};
    buf_printf(&name, "%s/tongbao.XXXXXX", directory);
    char *path = buf_string(&name);
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0 && unlink(path) != 0) {
        int error = errno;
        close(fd);
        errno = error;
        fd = -1;
    }
    buf_free(&name);
    return fd;
}

int scratch_open(const char *directory, struct diag *d)
{
    directory = scratch_directory(directory);
    int fd = open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT))
        fd = open_and_unlink(directory);
    if (fd < 0)
        diag_errno(d, ST_OUTPUT, directory, "no temporary file can be made there");
    return fd;
}
