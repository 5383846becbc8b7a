/* SPDX-License-Identifier: MIT
 * sorter: see sorter.h. Records lie one behind the other: the lengths of key and load, the key, the load. The
 * same bytes go into a run. */
#include "lib/order/sorter.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/order/order.h"
#include "lib/order/order_radix.h"
#include "lib/order/runs.h"

enum { FIRST_BYTES = 1 << 16, FIRST_RECORDS = 1 << 10 };

/* What a record takes besides its bytes: its place, and what sorting holds of it. */
enum { EACH = sizeof(uint64_t) + sizeof(struct slice) + 2 * sizeof(struct radix_item) + sizeof(uint32_t) };

struct lengths {
    uint64_t load;
    uint32_t key;
};
enum { PREFIX = sizeof(uint64_t) + sizeof(uint32_t) };

struct sorter {
    uint64_t memory;
    char *bytes;
    size_t used, room;
    uint64_t *at; /* where record i begins */
    size_t n, cap;
    bool unsorted;   /* some record stands before the one added before it */
    uint32_t *order; /* of the records, once ended; NULL when they came in order */
    size_t next;
    struct runs *runs; /* NULL until memory is full */
    const char *directory;
};

struct slice sorter_number(uint64_t v, char bytes[8])
{
    for (unsigned i = 0; i < 8; i++)
        bytes[i] = (char)(0x80 | (v >> (7 * (7 - i)) & 0x7f));
    return (struct slice){bytes, 8};
}

static struct sorter_record record_in(const char *p)
{
    struct lengths n;
    memcpy(&n.load, p, sizeof n.load);
    memcpy(&n.key, p + sizeof n.load, sizeof n.key);
    return (struct sorter_record){{p + PREFIX, n.key}, {p + PREFIX + n.key, n.load}};
}

static int by_key(void *ctx, struct slice a, struct slice b)
{
    (void)ctx;
    return slice_compare(record_in(a.p).key, record_in(b.p).key);
}

struct sorter *sorter_new(uint64_t memory, const char *directory)
{
    struct sorter *s = mem_zero(1, sizeof *s);
    s->memory = memory;
    s->directory = directory;
    return s;
}

static void free_records(struct sorter *s)
{
    mem_huge_free(s->bytes, s->room);
    mem_huge_free(s->at, s->cap * sizeof *s->at);
    free(s->order);
    s->bytes = NULL;
    s->at = NULL;
    s->order = NULL;
    s->n = s->cap = s->used = s->room = 0;
}

void sorter_free(struct sorter *s)
{
    if (!s)
        return;
    free_records(s);
    runs_free(s->runs);
    free(s);
}

static void sort(struct sorter *s)
{
    free(s->order);
    s->order = NULL;
    if (!s->unsorted)
        return;
    struct slice *key = mem_huge(s->n * sizeof *key);
    for (size_t i = 0; i < s->n; i++)
        key[i] = record_in(s->bytes + s->at[i]).key;
    s->order = order_texts(key, s->n);
    mem_huge_free(key, s->n * sizeof *key);
}

/* Starts the cache misses of records that will be asked for; their bytes only when their place is there. */
static void expect(const struct sorter *s, size_t i)
{
    enum { NEAR = 8, FAR = 16 };
    if (!s->order || i + FAR >= s->n)
        return;
    const char *near = s->bytes + s->at[s->order[i + NEAR]];
    __builtin_prefetch(near);
    __builtin_prefetch(near + 64);
    __builtin_prefetch(s->at + s->order[i + FAR]);
}

static struct slice record_bytes(const struct sorter *s, size_t i)
{
    expect(s, i);
    size_t k = s->order ? s->order[i] : i;
    uint64_t end = k + 1 < s->n ? s->at[k + 1] : s->used;
    return (struct slice){s->bytes + s->at[k], end - s->at[k]};
}

/* The records held become a run. */
static enum status spill(struct sorter *s, struct diag *d)
{
    enum status st = ST_OK;
    if (!s->runs)
        s->runs = runs_new(s->directory, by_key, NULL);
    sort(s);
    for (size_t i = 0; i < s->n && st == ST_OK; i++)
        st = runs_put(s->runs, record_bytes(s, i), d);
    s->n = s->used = 0;
    s->unsorted = false;
    return st == ST_OK ? runs_end(s->runs, d) : st;
}

static void reserve(struct sorter *s, size_t bytes)
{
    if (s->room - s->used < bytes) {
        size_t room = s->room * 2 > s->used + bytes ? s->room * 2 : s->used + bytes + FIRST_BYTES;
        s->bytes = mem_huge_grow(s->bytes, s->room, room);
        s->room = room;
    }
    if (s->n == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : FIRST_RECORDS;
        s->at = mem_huge_grow(s->at, s->cap * sizeof *s->at, cap * sizeof *s->at);
        s->cap = cap;
    }
}

static void append(struct sorter *s, const void *p, size_t n)
{
    if (n)
        memcpy(s->bytes + s->used, p, n);
    s->used += n;
}

enum status sorter_add(struct sorter *s, struct slice key, const struct slice *part, size_t n, struct diag *d)
{
    struct lengths length = {0, (uint32_t)key.n};
    for (size_t i = 0; i < n; i++)
        length.load += part[i].n;
    size_t bytes = PREFIX + key.n + length.load;
    if (s->n && (s->used + bytes + (s->n + 1) * EACH > s->memory || s->n == UINT32_MAX)) {
        enum status st = spill(s, d);
        if (st != ST_OK)
            return st;
    }
    reserve(s, bytes);
    s->unsorted = s->unsorted || (s->n && slice_compare(record_in(s->bytes + s->at[s->n - 1]).key, key) > 0);
    s->at[s->n++] = s->used;
    append(s, &length.load, sizeof length.load);
    append(s, &length.key, sizeof length.key);
    append(s, key.p, key.n);
    for (size_t i = 0; i < n; i++)
        append(s, part[i].p, part[i].n);
    return ST_OK;
}

enum status sorter_end(struct sorter *s, struct diag *d)
{
    s->next = 0;
    if (!s->runs) {
        sort(s);
        return ST_OK;
    }
    enum status st = spill(s, d);
    free_records(s);
    return st;
}

enum status sorter_next(struct sorter *s, struct sorter_record *r, struct diag *d)
{
    struct slice bytes = {NULL, 0};
    enum status st = ST_OK;
    if (s->runs)
        st = runs_next(s->runs, &bytes, d);
    else if (s->next < s->n)
        bytes = record_bytes(s, s->next++);
    *r = bytes.p ? record_in(bytes.p) : (struct sorter_record){{NULL, 0}, {NULL, 0}};
    return st;
}

bool sorter_spilled(const struct sorter *s)
{
    return s->runs != NULL;
}
