/* SPDX-License-Identifier: MIT
 * key_parts: see key_parts.h. Up to FIRST bytes all keys are one part; then they are dealt out. A key is
 * stored as its row (4 bytes), its length (one byte, or LONG and 4 bytes) and its bytes. What is written goes
 * to the ends of some hundred pieces, what is read at the end is a part of them at a time: nothing is looked
 * for all over a large table, as in a hash table of all keys. */
#include "lib/schema/key_parts.h"

#include <stdlib.h>

#include "lib/base/hash.h"
#include "lib/base/mem.h"

enum {
    PART_BITS = 10,
    PARTS = 1 << PART_BITS,
    FIRST = 1 << 18, /* bytes of the one part of a small table */
    PIECE = 1 << 16, /* largest piece of a part but for one of a single long key */
    LEAST_PIECE = 1 << 11,
    SLAB = 1 << 21, /* pieces are cut from slabs of one huge page */
    LONG = 255,     /* what stands in the length byte of a key of that length or more */
    HEAD = 9,       /* row, length byte, length */
    AHEAD = 32      /* keys whose piece is asked for before it is written to */
};

struct piece {
    char *p, *end;
    size_t size;
    bool own; /* malloced, not cut from a slab */
};

/* What is written to stands in the part itself: of some hundred parts all is near. */
struct part {
    char *at, *limit; /* in the last piece: the end of its keys, of its room */
    struct piece *piece;
    uint32_t pieces, keys;
    size_t cap;
};

struct key_parts {
    struct part *part;
    size_t parts; /* 1, then PARTS */
    char **slab;
    size_t slabs, slabs_cap, slab_used;
    size_t long_bytes;
    uint32_t rows;
};

struct key_parts *key_parts_new(void)
{
    struct key_parts *k = mem_zero(1, sizeof *k);
    k->parts = 1;
    k->part = mem_zero(1, sizeof *k->part);
    k->slab_used = SLAB;
    return k;
}

static void free_part(struct part *p)
{
    for (size_t i = 0; i < p->pieces; i++)
        if (p->piece[i].own)
            free(p->piece[i].p);
    free(p->piece);
}

void key_parts_free(struct key_parts *k)
{
    if (!k)
        return;
    for (size_t i = 0; i < k->parts; i++)
        free_part(&k->part[i]);
    for (size_t i = 0; i < k->slabs; i++)
        mem_huge_free(k->slab[i], SLAB);
    free(k->part);
    free(k->slab);
    free(k);
}

size_t key_parts_memory(const struct key_parts *k)
{
    return k->slabs * SLAB + k->long_bytes + k->parts * sizeof *k->part;
}

/* The upper bits of a hash choose the part, the lower ones the place in it. */
static inline size_t part_of(uint64_t hash)
{
    return hash >> (64 - PART_BITS);
}

/* --- writing --- */

static struct piece new_piece(struct key_parts *k, size_t size)
{
    if (size > PIECE || k->parts == 1) {
        k->long_bytes += size;
        return (struct piece){.p = mem_alloc(size), .size = size, .own = true};
    }
    if (SLAB - k->slab_used < size) {
        k->slab = mem_grow(k->slab, k->slabs, &k->slabs_cap, sizeof *k->slab);
        k->slab[k->slabs++] = mem_huge(SLAB);
        k->slab_used = 0;
    }
    struct piece piece = {.p = k->slab[k->slabs - 1] + k->slab_used, .size = size};
    k->slab_used += size;
    return piece;
}

/* Closes the last piece and begins one with room for n bytes, twice as large as the one before, up to PIECE.
 */
static void begin_piece(struct key_parts *k, struct part *p, size_t n)
{
    size_t size = LEAST_PIECE;
    if (p->pieces) {
        struct piece *last = &p->piece[p->pieces - 1];
        last->end = p->at;
        size = last->size < PIECE / 2 ? 2 * last->size : PIECE;
    }
    while (size < n)
        size *= 2;
    p->piece = mem_grow(p->piece, p->pieces, &p->cap, sizeof *p->piece);
    p->piece[p->pieces] = new_piece(k, size);
    p->at = p->piece[p->pieces].p;
    p->limit = p->at + size;
    p->pieces++;
}

/* Where the keys of a piece end. */
static const char *end_of(const struct part *p, size_t piece)
{
    return piece + 1 == p->pieces ? p->at : p->piece[piece].end;
}

static inline void copy(char *to, const char *from, size_t n)
{
    if (n > 16) {
        memcpy(to, from, n);
    } else if (n >= 8) {
        uint64_t a = hash_word(from, 8), b = hash_word(from + n - 8, 8);
        memcpy(to, &a, 8);
        memcpy(to + n - 8, &b, 8);
    } else {
        for (size_t i = 0; i < n; i++)
            to[i] = from[i];
    }
}

static inline void store(struct key_parts *k, struct part *part, uint32_t row, struct slice key)
{
    if ((size_t)(part->limit - part->at) < key.n + HEAD)
        begin_piece(k, part, key.n + HEAD);
    char *at = part->at;
    memcpy(at, &row, 4);
    at += 4;
    *at++ = (char)(key.n < LONG ? key.n : LONG);
    if (key.n >= LONG) {
        uint32_t length = (uint32_t)key.n;
        memcpy(at, &length, 4);
        at += 4;
    }
    copy(at, key.p, key.n);
    part->at = at + key.n;
    part->keys++;
}

/* Reads what store wrote; returns where the next one begins. */
static inline const char *read_key(const char *at, uint32_t *row, struct slice *key)
{
    memcpy(row, at, 4);
    key->n = (unsigned char)at[4];
    at += 5;
    if (key->n == LONG) {
        uint32_t length;
        memcpy(&length, at, 4);
        key->n = length;
        at += 4;
    }
    key->p = at;
    return at + key->n;
}

/* Deals the keys of the one part out. */
static void deal(struct key_parts *k)
{
    struct part first = *k->part;
    free(k->part);
    k->parts = PARTS;
    k->part = mem_zero(PARTS, sizeof *k->part);
    for (size_t i = 0; i < first.pieces; i++)
        for (const char *at = first.piece[i].p, *end = end_of(&first, i); at < end;) {
            uint32_t row;
            struct slice key;
            at = read_key(at, &row, &key);
            store(k, &k->part[part_of(hash_bytes(key))], row, key);
        }
    free_part(&first);
    k->long_bytes = 0;
}

static void put_some(struct key_parts *k, const struct slice *key, size_t n)
{
    struct part *part[AHEAD];
    for (size_t i = 0; i < n; i++) {
        part[i] = &k->part[part_of(hash_bytes(key[i]))];
        __builtin_prefetch(part[i]->at, 1);
    }
    for (size_t i = 0; i < n; i++)
        store(k, part[i], k->rows++, key[i]);
}

void key_parts_put(struct key_parts *k, const struct slice *key, size_t n)
{
    if (k->parts == 1 && k->long_bytes > FIRST)
        deal(k);
    if (k->parts == 1) {
        for (size_t i = 0; i < n; i++)
            store(k, k->part, k->rows++, key[i]);
        return;
    }
    for (size_t from = 0; from < n; from += AHEAD)
        put_some(k, key + from, n - from < AHEAD ? n - from : AHEAD);
}

/* --- at the end --- */

struct repeat {
    uint32_t first, row; /* the row in which its key appeared first, its own */
    struct slice key;
};

/* Open addressing over the keys of one part. */
struct slot {
    uint32_t tag, row;
    const char *key;
    size_t length; /* 0 with key NULL: free */
};

struct search {
    struct slot *slot;
    size_t slots, cap;
    struct repeat *repeat;
    size_t repeats, repeats_cap;
};

static void make_room(struct search *s, size_t keys)
{
    s->slots = 16;
    while (s->slots < 2 * keys)
        s->slots *= 2;
    if (s->slots > s->cap) {
        free(s->slot);
        s->slot = mem_array(NULL, s->slots, sizeof *s->slot);
        s->cap = s->slots;
    }
    memset(s->slot, 0, s->slots * sizeof *s->slot);
}

static void look_up(struct search *s, uint32_t row, struct slice key)
{
    uint64_t hash = hash_bytes(key);
    uint32_t tag = (uint32_t)(hash >> 16);
    size_t at = hash & (s->slots - 1);
    for (; s->slot[at].key; at = (at + 1) & (s->slots - 1))
        if (s->slot[at].tag == tag && slice_equal((struct slice){s->slot[at].key, s->slot[at].length}, key)) {
            s->repeat = mem_grow(s->repeat, s->repeats, &s->repeats_cap, sizeof *s->repeat);
            s->repeat[s->repeats++] = (struct repeat){s->slot[at].row, row, key};
            return;
        }
    s->slot[at] = (struct slot){tag, row, key.p, key.n};
}

static void search_part(struct search *s, const struct part *p)
{
    make_room(s, p->keys);
    for (size_t i = 0; i < p->pieces; i++)
        for (const char *at = p->piece[i].p, *end = end_of(p, i); at < end;) {
            uint32_t row;
            struct slice key;
            at = read_key(at, &row, &key);
            look_up(s, row, key);
        }
}

static int by_row(const void *a, const void *b)
{
    const struct repeat *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static void tell(const struct search *s, key_parts_fn *use, void *ctx)
{
    uint32_t *row = NULL;
    size_t cap = 0;
    for (size_t i = 0; i < s->repeats;) {
        size_t n = 0, start = i;
        row = mem_grow(row, n, &cap, sizeof *row);
        row[n++] = s->repeat[start].first;
        for (; i < s->repeats && s->repeat[i].first == s->repeat[start].first; i++) {
            row = mem_grow(row, n, &cap, sizeof *row);
            row[n++] = s->repeat[i].row;
        }
        use(ctx, s->repeat[start].key, row, n);
    }
    free(row);
}

void key_parts_repeats(struct key_parts *k, key_parts_fn *use, void *ctx)
{
    struct search s = {0};
    for (size_t i = 0; i < k->parts; i++)
        if (k->part[i].keys > 1)
            search_part(&s, &k->part[i]);
    if (s.repeats > 1)
        qsort(s.repeat, s.repeats, sizeof *s.repeat, by_row);
    tell(&s, use, ctx);
    free(s.slot);
    free(s.repeat);
}
