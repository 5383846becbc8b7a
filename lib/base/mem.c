/* SPDX-License-Identifier: MIT
 * mem: see mem.h. */
#include "lib/base/mem.h"

#include <stdlib.h>
#include <sys/mman.h>
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

enum { HUGE_PAGE = 2 << 20 };

/* What is mapped for n bytes: whole huge pages from the first on. */
static size_t huge_size(size_t n)
{
    return n / HUGE_PAGE * HUGE_PAGE + (n % HUGE_PAGE ? HUGE_PAGE : 0);
}

void *mem_huge(size_t n)
{
    if (n < HUGE_PAGE)
        return mem_zero(1, n);
    size_t want = huge_size(n), got = want + HUGE_PAGE;
    char *p =
        got > n ? mmap(NULL, got, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) : MAP_FAILED;
    if (p == MAP_FAILED)
        exhausted();
    /* The kernel aligns to small pages only: what stands before and behind is given back. */
    size_t before = (HUGE_PAGE - (uintptr_t)p % HUGE_PAGE) % HUGE_PAGE;
    if (before)
        (void)munmap(p, before);
    if (got - before > want)
        (void)munmap(p + before + want, got - before - want);
    (void)madvise(p + before, want, MADV_HUGEPAGE); /* a wish */
    return p + before;
}

void *mem_huge_grow(void *p, size_t old, size_t n)
{
    if (old >= HUGE_PAGE && huge_size(old) == huge_size(n))
        return p;
    char *q = mem_huge(n);
    /* Pages that are mapped at another address stay the pages they are. */
    if (old >= HUGE_PAGE &&
        mremap(p, huge_size(old), huge_size(old), MREMAP_MAYMOVE | MREMAP_FIXED, q) == (void *)q)
        return q;
    if (old)
        memcpy(q, p, old);
    mem_huge_free(p, old);
    return q;
}

void mem_huge_free(void *p, size_t n)
{
    if (n < HUGE_PAGE)
        free(p);
    else if (p)
        (void)munmap(p, huge_size(n));
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
