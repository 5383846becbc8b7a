/* SPDX-License-Identifier: MIT
 * mem: see mem.h. */
#include "lib/base/mem.h"

#include <stdlib.h>
#include <unistd.h>

#include "lib/base/diag.h"

static void exhausted(void) __attribute__((noreturn));

static void exhausted(void)
{
    static const char line[] = "out of memory\n";
    if (write(STDERR_FILENO, line, sizeof line - 1) < 0)
        _exit(ST_FAULT);
    _exit(ST_FAULT);
}

void *mem_alloc(size_t n)
{
    void *p = malloc(n ? n : 1);
    if (!p)
        exhausted();
    return p;
}

void *mem_zero(size_t count, size_t size)
{
    void *p = calloc(count ? count : 1, size ? size : 1);
    if (!p)
        exhausted();
    return p;
}

void *mem_array(void *old, size_t count, size_t size)
{
    void *p = reallocarray(old, count ? count : 1, size ? size : 1);
    if (!p)
        exhausted();
    return p;
}

char *mem_text(struct slice s)
{
    char *p = mem_alloc(s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return p;
}

void *mem_grow(void *old, size_t used, size_t *cap, size_t size)
{
    if (used < *cap)
        return old;
    if (*cap > SIZE_MAX / 2)
        exhausted();
    *cap = *cap ? *cap * 2 : 16;
    return mem_array(old, *cap, size);
}
