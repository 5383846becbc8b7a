/* SPDX-License-Identifier: MIT
 * base: the words every module shares: slices of bytes, 128-bit integers, attributes. */
#ifndef LIB_BASE_H
#define LIB_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

__extension__ typedef __int128 i128;
__extension__ typedef unsigned __int128 u128;

#define I128_MAX ((i128)(((u128)1 << 127) - 1))

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, first) __attribute__((format(printf, fmt, first)))

/* A borrowed run of bytes; never NUL-terminated by promise. It dies with whatever it points into. */
struct slice {
    const char *p;
    size_t n;
};

/* The bytes of a NUL-terminated string, without the NUL. */
static inline struct slice slice_of(const char *s)
{
    return (struct slice){s, strlen(s)};
}

static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool slice_is(struct slice a, const char *s)
{
    return slice_equal(a, slice_of(s));
}

/* Whether a begins, or ends, with a text that is not empty. */
static inline bool slice_begins(struct slice a, const char *s)
{
    size_t n = strlen(s);
    return a.n >= n && memcmp(a.p, s, n) == 0;
}

static inline bool slice_ends(struct slice a, const char *s)
{
    size_t n = strlen(s);
    return a.n >= n && memcmp(a.p + a.n - n, s, n) == 0;
}

/* Bytewise order, shorter first on a tie: the only text order the suite knows. */
static inline int slice_compare(struct slice a, struct slice b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

/* A column of n fields in a block of rows: field i stands between the separators at sep[i * stride - 1] and
 * sep[i * stride], offsets from base; UINT32_MAX stands before the first field of all. What takes a column
 * may read 64 bytes before and behind a field, whatever they are. */
struct fields {
    const char *base;
    const uint32_t *sep;
    size_t stride, n;
};

static inline struct slice fields_at(struct fields f, size_t i)
{
    const uint32_t *sep = f.sep + i * f.stride;
    uint32_t start = sep[-1] + 1;
    return (struct slice){f.base + start, sep[0] - start};
}

/* The two kinds of missing in a field of the stream: empty or \N is "not reported", \- "cannot exist". */
static inline bool field_is_empty(struct slice f)
{
    return f.n == 0 || (f.n == 2 && f.p[0] == '\\' && f.p[1] == 'N');
}

static inline bool field_is_na(struct slice f)
{
    return f.n == 2 && f.p[0] == '\\' && f.p[1] == '-';
}

#endif
