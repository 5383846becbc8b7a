/* SPDX-License-Identifier: MIT
 * package: a zip file and the parts in it, each read as a stream within hard limits, so that no file of a few
 * megabytes expands to gigabytes. */
#ifndef LIB_PACKAGE_H
#define LIB_PACKAGE_H

#include "lib/base/buf.h"
#include "lib/stream/source.h"

enum {
    PACKAGE_MAX_FILE = 1 << 28,      /* bytes of the zip file */
    PACKAGE_MAX_DIRECTORY = 1 << 20, /* bytes of its central directory */
    PACKAGE_MAX_PART = 1 << 28,      /* bytes of a part, expanded */
    PACKAGE_MAX_RATIO = 100,         /* of a part to its bytes in the zip file … */
    PACKAGE_RATIO_FROM = 1 << 20     /* … once it has so many */
};

struct package;
struct part;

/* Takes src: closed by package_close, or here on failure. A regular file is read in place, any other source
 * is held in memory. ST_INPUT for what is no zip file, damaged or beyond a limit. */
struct package *package_open(struct source *src, struct diag *d);
void package_close(struct package *p);

/* The file's name, for messages. */
const char *package_file(const struct package *p);

/* The part's number by its name, compared without case, backslashes in the file taken for slashes; -1 when
 * there is none. */
int64_t package_find(struct package *p, const char *name);

/* Whether an entry of the zip file has that name, backslashes and slashes, upper and lower case being the
 * same: some programs for Windows part folders by backslashes, against what the format says. */
bool package_is_name(const char *entry, const char *name);

/* NULL on failure: ST_INPUT, with the part's name in the reason. */
struct part *part_open(struct package *p, int64_t number, struct diag *d);

/* Up to n bytes; 0 at the end, whose checksum is right; -1 on failure (ST_INPUT). */
ptrdiff_t part_read(struct part *part, char *to, size_t n, struct diag *d) MUST_USE;

/* Its name in the zip file. */
const char *part_name(const struct part *part);

void part_close(struct part *part);

#endif
