/* SPDX-License-Identifier: MIT
 * spool: see spool.h. */
#include "lib/read/spool.h"

#include <stdlib.h>

#include "lib/base/mem.h"

enum { BLOCK = 256 * 1024 };

enum status spool_source(struct source *src, size_t most, struct buf *out, struct diag *d)
{
    char *block = mem_alloc(BLOCK);
    ptrdiff_t r;
    enum status st = ST_OK;
    while ((r = source_read(src, block, BLOCK, d)) > 0) {
        if ((size_t)r > most - out->n) {
            st = diag_set(d, ST_INPUT, source_name(src), 0, NULL, "the file is larger than %zu MiB",
                          most >> 20);
            break;
        }
        buf_add(out, block, (size_t)r);
    }
    free(block);
    return r < 0 ? ST_INPUT : st;
}
