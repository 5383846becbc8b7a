/* SPDX-License-Identifier: MIT
 * keymap: see keymap.h. Open addressing over {tag, number} slots of eight bytes. The home of a key is the
 * upper bits of its tag, so a table that grows is read and written from end to end and no key is looked at.
 * The keys stand in dense entries, each with what belongs to it behind it; the longer keys in an arena.
 * Batches are looked up in three passes (hash and prefetch slot, prefetch entry, compare), which hides the
 * two cache misses a large table costs a key. */
#include "lib/stream/keymap.h"

#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/mem.h"
#include "lib/stream/table.h"

struct slot {
    uint32_t tag;    /* upper half of the hash */
    uint32_t number; /* key number + 1; 0 marks a free slot */
};

/* What an entry begins with. A key of at most `room` bytes stands where the place of a longer one does; the
 * payload stands behind that room. */
struct entry {
    uint32_t length;
    uint32_t chunk, offset;
};

enum {
    KEY_AT = offsetof(struct entry, chunk),
    LEAST_ROOM = sizeof(struct entry) - KEY_AT,
    USUAL_ROOM = 20, /* where nothing else is known */
    MOST_ROOM = 44
};

/* Entries stand in pages, so that none moves in a table that grows; the first page grows as a small one does.
 */
enum {
    PAGE_BITS = 18,
    PAGE = 1 << PAGE_BITS,
    LEAST_CHUNK = 1 << 12,
    CHUNK = 1 << 20,
    BATCH = 64,
    LEAST_BITS = 6,
    SPARSE_BITS = 14,
    MOST_BITS = 32,
    SMALL = 2000
};

struct keymap {
    struct slot *slot;
    unsigned bits; /* 2^bits slots */
    uint32_t count;
    uint64_t most;                /* keys the slots may hold */
    size_t room, payload, stride; /* of an entry: bytes for a key, bytes behind it, both and more */
    char **page;
    size_t pages, pages_cap, first_cap; /* first_cap: entries in page 0 */
    char **chunk;                       /* arena of the longer keys */
    size_t chunks, chunks_cap, chunk_used, chunk_size, arena_bytes;
};

/* The order of anything printed never depends on it. */
static inline uint32_t tag_of(struct slice k)
{
    return hash_tag(hash_bytes(k));
}

static size_t slot_bytes(unsigned bits)
{
    return ((size_t)1 << bits) * sizeof(struct slot);
}

/* The keys 2^bits slots may hold. A small table has room enough that keys seldom meet, since a probe whose
 * length cannot be foreseen costs more than all else; a large one must be small. */
static uint64_t most_keys(unsigned bits)
{
    return bits <= SPARSE_BITS ? ((uint64_t)1 << bits) / 8 : ((uint64_t)1 << bits) / 4 * 3;
}

static void set_slots(struct keymap *m, unsigned bits)
{
    m->slot = mem_huge(slot_bytes(bits));
    m->bits = bits;
    m->most = most_keys(bits);
}

static unsigned bits_for(size_t keys)
{
    unsigned bits = LEAST_BITS;
    while (bits < MOST_BITS && most_keys(bits) < keys)
        bits++;
    return bits;
}

struct keymap *keymap_new(size_t expected)
{
    return keymap_new_with(expected, 0, USUAL_ROOM);
}

struct keymap *keymap_new_with(size_t expected, size_t payload, size_t length)
{
    struct keymap *m = mem_zero(1, sizeof *m);
    size_t room = length < LEAST_ROOM ? LEAST_ROOM : length < MOST_ROOM ? length : MOST_ROOM;
    m->payload = payload;
    m->stride = (KEY_AT + room + payload + 7) / 8 * 8;
    if (payload) /* so that an entry touches as few cache lines as it can */
        m->stride = (m->stride + 15) / 16 * 16;
    m->room = m->stride - payload - KEY_AT;
    set_slots(m, bits_for(expected));
    return m;
}

void keymap_free(struct keymap *m)
{
    if (!m)
        return;
    for (size_t i = 0; i < m->chunks; i++)
        free(m->chunk[i]);
    free(m->chunk);
    for (size_t i = 1; i < m->pages; i++)
        mem_huge_free(m->page[i], PAGE * m->stride);
    if (m->pages)
        mem_huge_free(m->page[0], m->first_cap * m->stride);
    free(m->page);
    mem_huge_free(m->slot, slot_bytes(m->bits));
    free(m);
}

static inline struct entry *entry_at(const struct keymap *m, uint32_t number)
{
    return (struct entry *)(void *)(m->page[number >> PAGE_BITS] + (number & (PAGE - 1)) * m->stride);
}

static inline char *inline_key(const struct entry *e)
{
    return (char *)(uintptr_t)e + KEY_AT;
}

static inline struct slice key_in(const struct keymap *m, const struct entry *e)
{
    if (e->length <= m->room)
        return (struct slice){inline_key(e), e->length};
    return (struct slice){m->chunk[e->chunk] + e->offset, e->length};
}

struct slice keymap_key(const struct keymap *m, uint32_t number)
{
    return key_in(m, entry_at(m, number));
}

static void grow_to(struct keymap *m, unsigned bits)
{
    struct slot *old = m->slot;
    size_t n = (size_t)1 << m->bits, bytes = slot_bytes(m->bits), mask = ((size_t)1 << bits) - 1;
    set_slots(m, bits);
    for (size_t i = 0; i < n; i++) {
        if (old[i].number == 0)
            continue;
        size_t at = old[i].tag >> (32 - bits);
        while (m->slot[at].number)
            at = (at + 1) & mask;
        m->slot[at] = old[i];
    }
    mem_huge_free(old, bytes);
}

void keymap_reserve(struct keymap *m, size_t expected)
{
    if (bits_for(expected) > m->bits)
        grow_to(m, bits_for(expected));
}

static void store_long(struct keymap *m, struct entry *e, struct slice key)
{
    if (m->chunks == 0 || m->chunk_size - m->chunk_used < key.n) {
        m->chunk = mem_grow(m->chunk, m->chunks, &m->chunks_cap, sizeof *m->chunk);
        size_t usual = m->arena_bytes < LEAST_CHUNK ? LEAST_CHUNK
                       : m->arena_bytes < CHUNK     ? m->arena_bytes
                                                    : CHUNK;
        m->chunk_size = key.n > usual ? key.n : usual;
        m->chunk[m->chunks++] = mem_alloc(m->chunk_size);
        m->arena_bytes += m->chunk_size;
        m->chunk_used = 0;
    }
    e->chunk = (uint32_t)(m->chunks - 1);
    e->offset = (uint32_t)m->chunk_used;
    memcpy(m->chunk[m->chunks - 1] + m->chunk_used, key.p, key.n);
    m->chunk_used += key.n;
}

static struct entry *new_entry(struct keymap *m)
{
    size_t page = m->count >> PAGE_BITS;
    if (page == m->pages) {
        m->page = mem_grow(m->page, m->pages, &m->pages_cap, sizeof *m->page);
        m->page[m->pages++] = page ? mem_huge(PAGE * m->stride) : NULL;
    }
    if (page == 0 && m->count == m->first_cap) {
        size_t had = m->first_cap;
        m->first_cap = had ? had * 2 : 16;
        m->page[0] = mem_huge_grow(m->page[0], had * m->stride, m->first_cap * m->stride);
    }
    struct entry *e = entry_at(m, m->count);
    memset(e, 0, m->stride);
    return e;
}

static uint32_t add(struct keymap *m, struct slice key, uint32_t tag, size_t at)
{
    struct entry *e = new_entry(m);
    e->length = (uint32_t)key.n;
    if (key.n > m->room)
        store_long(m, e, key);
    else if (key.n)
        memcpy(inline_key(e), key.p, key.n);
    m->slot[at] = (struct slot){tag, ++m->count};
    if (m->count > m->most && m->bits < MOST_BITS)
        grow_to(m, m->bits + 1);
    return m->count - 1;
}

/* n equal bytes; the usual lengths without a call or a loop. */
static inline bool same_bytes(const char *a, const char *b, size_t n)
{
    if (n > HASH_SHORT)
        return memcmp(a, b, n) == 0;
    struct hash_words x = hash_words_of(a, n), y = hash_words_of(b, n);
    return ((x.a ^ y.a) | (x.b ^ y.b)) == 0;
}

static inline size_t home_of(const struct keymap *m, uint32_t tag)
{
    return tag >> (32 - m->bits);
}

/* The first slot from `at` on that has the tag or is free. */
static inline size_t probe(const struct keymap *m, uint32_t tag, size_t at)
{
    size_t mask = ((size_t)1 << m->bits) - 1;
    while (m->slot[at].number && m->slot[at].tag != tag)
        at = (at + 1) & mask;
    return at;
}

/* The slot that holds key, or the free one where it belongs, looked for from `at` on. Part of each loop that
 * calls it: the call would cost as much as the work. */
static inline __attribute__((always_inline)) size_t find(const struct keymap *m, struct slice key,
                                                         uint32_t tag, size_t at)
{
    for (;;) {
        at = probe(m, tag, at);
        if (m->slot[at].number == 0)
            return at;
        const struct entry *e = entry_at(m, m->slot[at].number - 1);
        if (e->length == key.n && same_bytes(key_in(m, e).p, key.p, key.n))
            return at;
        at = (at + 1) & (((size_t)1 << m->bits) - 1);
    }
}

static inline __attribute__((always_inline)) uint32_t put_tagged(struct keymap *m, struct slice key,
                                                                 uint32_t tag, size_t from)
{
    size_t at = find(m, key, tag, from);
    return m->slot[at].number ? m->slot[at].number - 1 : add(m, key, tag, at);
}

__attribute__((noinline)) uint32_t keymap_put(struct keymap *m, struct slice key)
{
    uint32_t tag = tag_of(key);
    return put_tagged(m, key, tag, home_of(m, tag));
}

int64_t keymap_get(const struct keymap *m, struct slice key)
{
    uint32_t tag = tag_of(key);
    return (int64_t)m->slot[find(m, key, tag, home_of(m, tag))].number - 1;
}

static __attribute__((noinline)) void put_few(struct keymap *m, const struct slice *key, size_t n,
                                              uint32_t *number)
{
    uint32_t tag[BATCH];
    size_t at[BATCH];
    for (size_t i = 0; i < n; i++) {
        tag[i] = tag_of(key[i]);
        at[i] = home_of(m, tag[i]);
        __builtin_prefetch(&m->slot[at[i]]);
    }
    for (size_t i = 0; i < n; i++) {
        at[i] = probe(m, tag[i], at[i]);
        if (m->slot[at[i]].number) {
            const char *e = (const char *)entry_at(m, m->slot[at[i]].number - 1);
            __builtin_prefetch(e, 1);
            __builtin_prefetch(e + m->stride - 1, 1);
        }
    }
    /* What is added meanwhile leaves the slots before at[i] as they are, unless the table grows. */
    unsigned bits = m->bits;
    for (size_t i = 0; i < n; i++)
        number[i] = put_tagged(m, key[i], tag[i], m->bits == bits ? at[i] : home_of(m, tag[i]));
}

/* keymap_put in a small table, whose entries all stand in the first page: a short key is usually there, in
 * the slot that is its home. */
static inline __attribute__((always_inline)) uint32_t put_near(struct keymap *m, struct slice key)
{
    if (key.n > HASH_SHORT || key.n > m->room)
        return keymap_put(m, key);
    struct hash_words w = hash_words_of(key.p, key.n);
    uint32_t tag = hash_tag(hash_of_words(w, HASH_SEED ^ key.n));
    struct slot s = m->slot[home_of(m, tag)];
    if (s.number && s.tag == tag) {
        const struct entry *e = (const struct entry *)(const void *)(m->page[0] + (s.number - 1) * m->stride);
        struct hash_words there = hash_words_of(inline_key(e), key.n);
        if (e->length == key.n && ((there.a ^ w.a) | (there.b ^ w.b)) == 0)
            return s.number - 1;
    }
    return keymap_put(m, key);
}

void keymap_put_batch(struct keymap *m, const struct slice *key, size_t n, uint32_t *number)
{
    if (m->count < SMALL) { /* all is near: nothing is gained by asking for it early */
        for (size_t i = 0; i < n; i++)
            number[i] = put_near(m, key[i]);
        return;
    }
    for (size_t from = 0; from < n; from += BATCH)
        put_few(m, key + from, n - from < BATCH ? n - from : BATCH, number + from);
}

uint32_t keymap_count(const struct keymap *m)
{
    return m->count;
}

static inline char *payload_at(const struct keymap *m, uint32_t number)
{
    return (char *)entry_at(m, number) + m->stride - m->payload;
}

void *keymap_payload(const struct keymap *m, uint32_t number)
{
    return payload_at(m, number);
}

void keymap_payloads(const struct keymap *m, const uint32_t *number, size_t n, char **payload)
{
    size_t at = m->stride - m->payload;
    for (size_t i = 0; i < n && m->pages == 1; i++)
        payload[i] = m->page[0] + number[i] * m->stride + at;
    for (size_t i = 0; i < n && m->pages > 1; i++)
        payload[i] = payload_at(m, number[i]);
}

void keymap_clear(struct keymap *m)
{
    for (size_t i = 0; i < m->chunks; i++)
        free(m->chunk[i]);
    m->chunks = m->arena_bytes = 0;
    memset(m->slot, 0, slot_bytes(m->bits));
    m->count = 0;
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

size_t keymap_used(const struct keymap *m)
{
    return slot_bytes(m->bits) + m->count * m->stride + m->arena_bytes;
}

size_t keymap_memory(const struct keymap *m)
{
    size_t pages = m->pages > 1 ? m->pages - 1 : 0;
    return slot_bytes(m->bits) + (m->first_cap + pages * PAGE) * m->stride + m->arena_bytes;
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
