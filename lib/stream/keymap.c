/* SPDX-License-Identifier: MIT
 * keymap: see keymap.h. Open addressing over {tag, number} slots of eight bytes; the keys stand one after
 * another in an arena, with a dense entry each that holds the whole hash, so growing rehashes no bytes.
 * Batches are looked up in three passes (hash and prefetch slot, prefetch entry, compare), which hides the
 * two cache misses a large table costs per key. */
#include "lib/stream/keymap.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/stream/table.h"

struct slot {
    uint32_t tag;    /* upper half of the hash */
    uint32_t number; /* key number + 1; 0 marks a free slot */
};

enum { INLINE_KEY = 20 };

struct entry {
    uint64_t hash;
    uint32_t length;
    union {
        char bytes[INLINE_KEY]; /* length <= INLINE_KEY */
        struct {
            uint32_t chunk, offset;
        } at;
    } key;
};

enum { CHUNK = 1 << 20, BATCH = 64 };

struct keymap {
    struct slot *slot;
    size_t mask;
    struct entry *entry;
    uint32_t count;
    size_t entry_cap;
    char **chunk; /* arena of the longer keys */
    size_t chunks, chunks_cap, chunk_used, chunk_size, arena_bytes;
};

static uint64_t load(const char *p, size_t n)
{
    uint64_t w = 0;
    memcpy(&w, p, n);
    return w;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
    u128 m = (u128)a * b;
    return (uint64_t)m ^ (uint64_t)(m >> 64);
}

/* A multiply-fold hash over 16 bytes a step. The order of anything printed never depends on it. */
static uint64_t hash_of(struct slice k)
{
    const uint64_t s0 = 0x9e3779b97f4a7c15u, s1 = 0xd6e8feb86659fd93u;
    uint64_t h = s0 ^ k.n;
    const char *p = k.p;
    size_t n = k.n;
    for (; n > 16; p += 16, n -= 16)
        h = mix(load(p, 8) ^ s1, load(p + 8, 8) ^ h);
    uint64_t a = 0, b = 0;
    if (n >= 8) {
        a = load(p, 8);
        b = load(p + n - 8, 8);
    } else if (n >= 4) {
        a = load(p, 4);
        b = load(p + n - 4, 4);
    } else if (n > 0) {
        a = (uint64_t)(unsigned char)p[0] << 16 | (uint64_t)(unsigned char)p[n / 2] << 8 |
            (unsigned char)p[n - 1];
    }
    return mix(mix(a ^ s1, b ^ h), s0);
}

static struct slot *new_slots(size_t n)
{
    struct slot *s = NULL;
    size_t bytes = n * sizeof *s;
    if (bytes >= (2u << 20) && posix_memalign((void **)&s, 2u << 20, bytes) == 0) {
        (void)madvise(s, bytes, MADV_HUGEPAGE); /* a wish: fewer TLB misses */
        memset(s, 0, bytes);
        return s;
    }
    return mem_zero(n, sizeof *s);
}

struct keymap *keymap_new(size_t expected)
{
    struct keymap *m = mem_zero(1, sizeof *m);
    size_t n = 256;
    while (n < expected + expected / 2)
        n *= 2;
    m->slot = new_slots(n);
    m->mask = n - 1;
    return m;
}

void keymap_free(struct keymap *m)
{
    if (!m)
        return;
    for (size_t i = 0; i < m->chunks; i++)
        free(m->chunk[i]);
    free(m->chunk);
    free(m->entry);
    free(m->slot);
    free(m);
}

struct slice keymap_key(const struct keymap *m, uint32_t number)
{
    const struct entry *e = &m->entry[number];
    if (e->length <= INLINE_KEY)
        return (struct slice){e->key.bytes, e->length};
    return (struct slice){m->chunk[e->key.at.chunk] + e->key.at.offset, e->length};
}

static void grow(struct keymap *m)
{
    size_t n = (m->mask + 1) * 2;
    struct slot *slot = new_slots(n);
    for (uint32_t i = 0; i < m->count; i++) {
        uint64_t h = m->entry[i].hash;
        size_t at = h & (n - 1);
        while (slot[at].number)
            at = (at + 1) & (n - 1);
        slot[at] = (struct slot){(uint32_t)(h >> 32), i + 1};
    }
    free(m->slot);
    m->slot = slot;
    m->mask = n - 1;
}

static void store_long(struct keymap *m, struct entry *e, struct slice key)
{
    if (m->chunks == 0 || m->chunk_size - m->chunk_used < key.n) {
        m->chunk = mem_grow(m->chunk, m->chunks, &m->chunks_cap, sizeof *m->chunk);
        m->chunk_size = key.n > CHUNK ? key.n : CHUNK;
        m->chunk[m->chunks++] = mem_alloc(m->chunk_size);
        m->arena_bytes += m->chunk_size;
        m->chunk_used = 0;
    }
    e->key.at.chunk = (uint32_t)(m->chunks - 1);
    e->key.at.offset = (uint32_t)m->chunk_used;
    memcpy(m->chunk[m->chunks - 1] + m->chunk_used, key.p, key.n);
    m->chunk_used += key.n;
}

static uint32_t add(struct keymap *m, struct slice key, uint64_t hash, size_t at)
{
    m->entry = mem_grow(m->entry, m->count, &m->entry_cap, sizeof *m->entry);
    struct entry *e = &m->entry[m->count];
    e->hash = hash;
    e->length = (uint32_t)key.n;
    if (key.n > INLINE_KEY)
        store_long(m, e, key);
    else if (key.n)
        memcpy(e->key.bytes, key.p, key.n);
    m->slot[at] = (struct slot){(uint32_t)(hash >> 32), ++m->count};
    if (m->count > (m->mask + 1) / 4 * 3)
        grow(m);
    return m->count - 1;
}

/* The slot that holds key, or the free one where it belongs. */
static size_t find(const struct keymap *m, struct slice key, uint64_t hash)
{
    size_t at = hash & m->mask;
    for (; m->slot[at].number; at = (at + 1) & m->mask) {
        if (m->slot[at].tag != (uint32_t)(hash >> 32))
            continue;
        uint32_t number = m->slot[at].number - 1;
        if (m->entry[number].hash == hash && slice_equal(keymap_key(m, number), key))
            break;
    }
    return at;
}

static uint32_t put_hashed(struct keymap *m, struct slice key, uint64_t hash)
{
    size_t at = find(m, key, hash);
    return m->slot[at].number ? m->slot[at].number - 1 : add(m, key, hash, at);
}

uint32_t keymap_put(struct keymap *m, struct slice key)
{
    return put_hashed(m, key, hash_of(key));
}

int64_t keymap_get(const struct keymap *m, struct slice key)
{
    return (int64_t)m->slot[find(m, key, hash_of(key))].number - 1;
}

void keymap_put_batch(struct keymap *m, const struct slice *key, size_t n, uint32_t *number)
{
    uint64_t hash[BATCH];
    for (size_t from = 0; from < n; from += BATCH) {
        size_t k = n - from < BATCH ? n - from : BATCH;
        for (size_t i = 0; i < k; i++) {
            hash[i] = hash_of(key[from + i]);
            __builtin_prefetch(&m->slot[hash[i] & m->mask]);
        }
        for (size_t i = 0; i < k; i++) {
            uint32_t held = m->slot[hash[i] & m->mask].number;
            if (held)
                __builtin_prefetch(&m->entry[held - 1]);
        }
        for (size_t i = 0; i < k; i++)
            number[from + i] = put_hashed(m, key[from + i], hash[i]);
    }
}

uint32_t keymap_count(const struct keymap *m)
{
    return m->count;
}

static int by_key(const void *a, const void *b, void *map)
{
    return slice_compare(keymap_key(map, *(const uint32_t *)a), keymap_key(map, *(const uint32_t *)b));
}

uint32_t *keymap_sorted(const struct keymap *m)
{
    uint32_t *number = mem_array(NULL, m->count, sizeof *number);
    for (uint32_t i = 0; i < m->count; i++)
        number[i] = i;
    qsort_r(number, m->count, sizeof *number, by_key, (void *)(uintptr_t)m);
    return number;
}

size_t keymap_memory(const struct keymap *m)
{
    return (m->mask + 1) * sizeof(struct slot) + m->entry_cap * sizeof(struct entry) + m->arena_bytes;
}

struct slice key_of_row(const struct batch *b, size_t row, const int *columns, size_t n, struct buf *scratch)
{
    if (n == 0)
        return (struct slice){"", 0};
    bool adjacent = true;
    for (size_t i = 1; i < n; i++)
        adjacent = adjacent && columns[i] == columns[i - 1] + 1;
    struct slice first = batch_field(b, row, (size_t)columns[0]);
    if (adjacent) {
        struct slice last = batch_field(b, row, (size_t)columns[n - 1]);
        return (struct slice){first.p, (size_t)(last.p + last.n - first.p)};
    }
    buf_clear(scratch);
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_char(scratch, '\t');
        buf_slice(scratch, batch_field(b, row, (size_t)columns[i]));
    }
    return buf_view(scratch);
}
