/* SPDX-License-Identifier: MIT
 * block: see block.h. */
#include "lib/stream/block.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/stream/scan.h"

struct block_reader {
    struct source *src;
    char *memory; /* [slack][front][BLOCK_SIZE target][slack] */
    size_t front; /* room for carried bytes before the target */
    size_t carry; /* carried bytes, standing right before `kept` */
    const char *kept;
    bool ended;
};

enum { PAGE = 4096 };

static char *target(const struct block_reader *r)
{
    return r->memory + PAGE + r->front;
}

static void allocate(struct block_reader *r, size_t front)
{
    size_t n = PAGE + front + BLOCK_SIZE + PAGE;
    if (posix_memalign((void **)&r->memory, PAGE, n) != 0)
        r->memory = mem_alloc(n);
    memset(r->memory, 0, PAGE);
    memset(r->memory + n - PAGE, 0, PAGE);
    r->front = front;
}

struct block_reader *block_open(const char *path, struct diag *d)
{
    struct source *src = source_open(path, d);
    if (!src)
        return NULL;
    struct block_reader *r = mem_zero(1, sizeof *r);
    r->src = src;
    allocate(r, BLOCK_SIZE);
    return r;
}

struct source *block_source(struct block_reader *r)
{
    return r->src;
}

void block_close(struct block_reader *r)
{
    if (!r)
        return;
    source_close(r->src);
    free(r->memory);
    free(r);
}

/* Puts the carried bytes right before the target, in a larger memory when the room before it is too small. */
static void place_carry(struct block_reader *r)
{
    if (r->carry > r->front) {
        char *old = r->memory;
        const char *kept = r->kept;
        allocate(r, (r->carry * 2 + PAGE - 1) / PAGE * PAGE);
        memcpy(target(r) - r->carry, kept, r->carry);
        free(old);
    } else if (r->carry > 0) {
        memmove(target(r) - r->carry, r->kept, r->carry);
    }
    r->kept = target(r) - r->carry;
}

/* The file has ended: what is carried is its last line, its LF added. */
static void last_line(struct block_reader *r, struct block *b)
{
    r->ended = true;
    if (r->carry == 0)
        return;
    target(r)[0] = '\n';
    *b = (struct block){r->kept, r->carry + 1};
    r->carry = 0;
}

enum status block_next(struct block_reader *r, struct block *b, struct diag *d)
{
    *b = (struct block){0};
    while (!r->ended) {
        place_carry(r);
        char *p = target(r);
        ptrdiff_t n = source_read(r->src, p, BLOCK_SIZE, d);
        if (n < 0)
            return ST_INPUT;
        if (n == 0) {
            last_line(r, b);
            return ST_OK;
        }
        const char *end = memrchr(p, '\n', (size_t)n);
        if (end) {
            size_t whole = (size_t)(end + 1 - p);
            *b = (struct block){p - r->carry, r->carry + whole};
            r->carry = (size_t)n - whole;
            r->kept = p + whole;
            return ST_OK;
        }
        r->kept = p - r->carry;
        r->carry += (size_t)n;
        if (r->carry > BLOCK_LONGEST_LINE)
            return diag_set(d, ST_INPUT, source_name(r->src), 0, NULL, "a line is longer than %d MiB",
                            BLOCK_LONGEST_LINE >> 20);
    }
    return ST_OK;
}
