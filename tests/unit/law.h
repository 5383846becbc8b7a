/* SPDX-License-Identifier: MIT
 * law: what the tests of laws over random tables share. Such a test makes its tables from a seed, works on
 * each in several ways, all in one process, and says as TAP whether the ways agree. Called with `transcript`
 * it writes instead what it was given and what came out, a line of JSON a round, for a judge in python3. */
#ifndef TESTS_UNIT_LAW_H
#define TESTS_UNIT_LAW_H

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "tests/unit/tap.h"

struct law {
    uint64_t seed;
    bool transcript;
    bool first; /* no member of the object has been written yet */
};

static inline struct law law_begin(int argc, char **argv)
{
    bool transcript = argc > 1 && strcmp(argv[1], "transcript") == 0;
    return (struct law){.seed = 20221130, .transcript = transcript, .first = true};
}

/* A number below n. */
static inline unsigned law_below(struct law *l, unsigned n)
{
    l->seed ^= l->seed << 13;
    l->seed ^= l->seed >> 7;
    l->seed ^= l->seed << 17;
    return (unsigned)((l->seed >> 16) % n);
}

static inline bool law_chance(struct law *l, unsigned percent)
{
    return law_below(l, 100) < percent;
}

/* A file of these bytes, that is gone when it is closed, with the name to open it by. */
struct law_file {
    int fd;
    char name[40];
};

static inline struct law_file law_file(const struct buf *text)
{
    struct law_file f = {.fd = memfd_create("law", 0)};
    if (f.fd < 0 || write(f.fd, text->p, text->n) != (ssize_t)text->n)
        abort();
    snprintf(f.name, sizeof f.name, "/proc/self/fd/%d", f.fd);
    return f;
}

/* The lines of a text but the first in another order. */
static inline void law_shuffle(struct law *l, const struct buf *text, struct buf *shuffled)
{
    struct slice line[4096];
    size_t n = 0;
    for (size_t from = 0, i = 0; i < text->n; i++) {
        if (text->p[i] != '\n')
            continue;
        line[n++] = (struct slice){text->p + from, i + 1 - from};
        from = i + 1;
    }
    for (size_t i = n; i-- > 2;) {
        size_t k = 1 + law_below(l, (unsigned)i);
        struct slice swap = line[i];
        line[i] = line[k];
        line[k] = swap;
    }
    for (size_t i = 0; i < n; i++)
        buf_slice(shuffled, line[i]);
}

static inline int law_by_bytes(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

/* Whether two texts have the same lines, in whatever order. */
static inline bool law_same_lines(const struct buf *a, const struct buf *b)
{
    const struct buf *text[] = {a, b};
    struct slice line[2][4096];
    size_t n[2] = {0, 0};
    for (size_t t = 0; t < 2; t++) {
        for (size_t from = 0, i = 0; i < text[t]->n; i++) {
            if (text[t]->p[i] != '\n')
                continue;
            line[t][n[t]++] = (struct slice){text[t]->p + from, i - from};
            from = i + 1;
        }
        qsort(line[t], n[t], sizeof line[t][0], law_by_bytes);
    }
    bool same = n[0] == n[1];
    for (size_t i = 0; i < n[0] && same; i++)
        same = slice_equal(line[0][i], line[1][i]);
    return same;
}

/* --- the transcript --- */

static inline void law_text(struct law *l, const char *name, struct slice text)
{
    if (!l->transcript)
        return;
    printf("%s\"%s\": \"", l->first ? "{" : ", ", name);
    l->first = false;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c < ' ')
            printf("\\u%04x", c);
        else
            printf("%s%c", c == '"' || c == '\\' ? "\\" : "", c);
    }
    putchar('"');
}

static inline void law_number(struct law *l, const char *name, uint64_t n)
{
    if (!l->transcript)
        return;
    printf("%s\"%s\": %llu", l->first ? "{" : ", ", name, (unsigned long long)n);
    l->first = false;
}

static inline void law_end_round(struct law *l)
{
    if (l->transcript)
        puts("}");
    l->first = true;
}

#endif
