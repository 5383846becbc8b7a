/* SPDX-License-Identifier: MIT
 * reference: see reference.h. Open addressing over {tag, row} slots of eight bytes, as in lib/stream/keymap;
 * but a row is one record of bytes, its key and what is kept of it side by side, so that finding it costs two
 * cache misses, which a batch overlaps. The number of a row is the place of its record, in steps of eight
 * bytes. */
#include "lib/order/reference.h"

#include <stdlib.h>

#include "lib/base/hash.h"
#include "lib/base/mem.h"

struct slot {
    uint32_t tag;
    uint32_t row; /* the first row of a key, plus 1; 0 marks a free slot */
};

/* A record: this, the key if it is the first row of its key, the kept fields, up to seven bytes of nothing.
 */
struct record {
    uint64_t line;
    uint32_t key, kept;
    uint32_t next;    /* row of the same key, plus 1; 0 for none */
    uint32_t related; /* of the first row: the last of its key; of any other: the first */
    struct validity span;
    uint32_t place; /* of the first row, in the calendar */
    uint32_t met;
};

enum { STEP = 8, LEAST_BITS = 8, MOST_BITS = 32, BATCH = 64, SMALL = 2000, FIRST_BYTES = 1 << 16 };

struct reference {
    bool dated, apart;
    struct slot *slot;
    unsigned bits;
    size_t keys, rows;
    char *bytes;
    size_t used, room;
    uint32_t
        *calendar; /* where apart, after reference_end: the rows of a key by the first day of their spans */
};

static size_t slot_bytes(unsigned bits)
{
    return ((size_t)1 << bits) * sizeof(struct slot);
}

struct reference *reference_new(bool dated, bool apart)
{
    struct reference *r = mem_zero(1, sizeof *r);
    r->dated = dated;
    r->apart = dated && apart;
    r->bits = LEAST_BITS;
    r->slot = mem_huge(slot_bytes(r->bits));
    return r;
}

void reference_free(struct reference *r)
{
    if (!r)
        return;
    mem_huge_free(r->slot, slot_bytes(r->bits));
    mem_huge_free(r->bytes, r->room);
    free(r->calendar);
    free(r);
}

void reference_clear(struct reference *r)
{
    memset(r->slot, 0, slot_bytes(r->bits));
    free(r->calendar);
    r->calendar = NULL;
    r->used = r->keys = r->rows = 0;
}

static inline struct record *record_at(const struct reference *r, size_t row)
{
    return (struct record *)(void *)(r->bytes + row * STEP); /* which is aligned to STEP */
}

/* --- finding --- */

static inline size_t home_of(const struct reference *r, uint32_t tag)
{
    return tag >> (32 - r->bits);
}

static inline struct slice key_in(const struct record *h)
{
    return (struct slice){(const char *)(h + 1), h->key};
}

/* The slot that holds key, or the free one where it belongs. */
static inline size_t find(const struct reference *r, struct slice key, uint32_t tag)
{
    size_t mask = ((size_t)1 << r->bits) - 1, at = home_of(r, tag);
    while (r->slot[at].row &&
           (r->slot[at].tag != tag || !hash_same(key_in(record_at(r, r->slot[at].row - 1)), key)))
        at = (at + 1) & mask;
    return at;
}

reference_row reference_find(const struct reference *r, struct slice key)
{
    return (reference_row)r->slot[find(r, key, hash_tag(hash_bytes(key)))].row - 1;
}

/* The first slot from the home of a tag on that has it or is free. */
static inline size_t probe(const struct reference *r, uint32_t tag)
{
    size_t mask = ((size_t)1 << r->bits) - 1, at = home_of(r, tag);
    while (r->slot[at].row && r->slot[at].tag != tag)
        at = (at + 1) & mask;
    return at;
}

static void find_few(const struct reference *r, const struct slice *key, size_t n, reference_row *row)
{
    uint32_t tag[BATCH];
    for (size_t i = 0; i < n; i++) {
        tag[i] = hash_tag(hash_bytes(key[i]));
        __builtin_prefetch(&r->slot[home_of(r, tag[i])]);
    }
    for (size_t i = 0; i < n; i++) {
        row[i] = (reference_row)r->slot[probe(r, tag[i])].row - 1;
        if (row[i] != REFERENCE_NONE)
            __builtin_prefetch(record_at(r, (size_t)row[i]));
    }
    for (size_t i = 0; i < n; i++)
        if (row[i] != REFERENCE_NONE && !hash_same(key_in(record_at(r, (size_t)row[i])), key[i]))
            row[i] = reference_find(r, key[i]); /* another key of the same tag */
}

void reference_find_batch(const struct reference *r, const struct slice *key, size_t n, reference_row *row)
{
    for (size_t from = 0; from < n; from += BATCH) {
        size_t few = n - from < BATCH ? n - from : BATCH;
        if (r->keys >= SMALL)
            find_few(r, key + from, few, row + from);
        else /* all is near: nothing is gained by asking for it early */
            for (size_t i = from; i < from + few; i++)
                row[i] = reference_find(r, key[i]);
    }
}

reference_row reference_next(const struct reference *r, reference_row row)
{
    return (reference_row)record_at(r, (size_t)row)->next - 1;
}

static bool is_first(const struct reference *r, reference_row row)
{
    return record_at(r, (size_t)row)->related >= row;
}

static reference_row first_of(const struct reference *r, reference_row row)
{
    return is_first(r, row) ? row : (reference_row)record_at(r, (size_t)row)->related;
}

struct validity reference_span(const struct reference *r, reference_row row)
{
    return record_at(r, (size_t)row)->span;
}

/* Of the rows of a key that lie apart, the one that holds. The calendar has their number, then the rows. */
static reference_row search(const struct reference *r, reference_row first, int32_t date)
{
    const uint32_t *row = r->calendar + record_at(r, (size_t)first)->place;
    size_t low = 0, high = *row++;
    while (low < high) { /* the first that begins later stands at high or before */
        size_t middle = (low + high) / 2;
        if (reference_span(r, row[middle]).from <= date)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && validity_holds(reference_span(r, row[low - 1]), date) ? (reference_row)row[low - 1]
                                                                            : REFERENCE_NONE;
}

reference_row reference_holding(const struct reference *r, reference_row row, int32_t date)
{
    if (row == REFERENCE_NONE || !r->dated)
        return row;
    if (r->calendar)
        return is_first(r, row) ? search(r, row, date) : REFERENCE_NONE; /* there is no other */
    while (row != REFERENCE_NONE && !validity_holds(reference_span(r, row), date))
        row = reference_next(r, row);
    return row;
}

static size_t record_size(const struct record *h)
{
    return (sizeof *h + h->key + h->kept + STEP - 1) / STEP;
}

reference_row reference_first(const struct reference *r)
{
    return r->used ? 0 : REFERENCE_NONE;
}

reference_row reference_after(const struct reference *r, reference_row row)
{
    row += (reference_row)record_size(record_at(r, (size_t)row));
    return (size_t)row * STEP < r->used ? row : REFERENCE_NONE;
}

/* --- putting --- */

static void grow_slots(struct reference *r)
{
    struct slot *old = r->slot;
    size_t n = (size_t)1 << r->bits, bytes = slot_bytes(r->bits);
    r->slot = mem_huge(slot_bytes(++r->bits));
    size_t mask = ((size_t)1 << r->bits) - 1;
    for (size_t i = 0; i < n; i++) {
        if (old[i].row == 0)
            continue;
        size_t at = home_of(r, old[i].tag);
        while (r->slot[at].row)
            at = (at + 1) & mask;
        r->slot[at] = old[i];
    }
    mem_huge_free(old, bytes);
}

static void reserve(struct reference *r, size_t bytes)
{
    if (r->room - r->used >= bytes)
        return;
    size_t room = r->room * 2 > r->used + bytes ? r->room * 2 : r->used + bytes + FIRST_BYTES;
    r->bytes = mem_huge_grow(r->bytes, r->room, room);
    r->room = room;
}

static char *put_bytes(char *to, struct slice s)
{
    if (s.n)
        memcpy(to, s.p, s.n);
    return to + s.n;
}

/* Appends a record and returns its row. */
static uint32_t append(struct reference *r, struct slice key, const struct reference_entry *e)
{
    uint32_t row = (uint32_t)(r->used / STEP);
    size_t most = sizeof(struct record) + key.n + e->fields + STEP;
    for (size_t i = 0; i < e->fields; i++)
        most += e->field[i].n;
    reserve(r, most);
    struct record *h = record_at(r, row);
    *h = (struct record){.line = e->line, .key = (uint32_t)key.n, .span = e->span};
    char *kept = put_bytes((char *)(h + 1), key), *to = kept;
    for (size_t i = 0; i < e->fields; i++) {
        if (i)
            *to++ = '\t';
        if (!field_is_empty(e->field[i]))
            to = put_bytes(to, e->field[i]);
    }
    h->kept = (uint32_t)(to - kept);
    r->used += record_size(h) * STEP;
    r->rows++;
    return row;
}

bool reference_put(struct reference *r, struct slice key, const struct reference_entry *e)
{
    uint32_t tag = hash_tag(hash_bytes(key));
    size_t at = find(r, key, tag);
    if (r->used / STEP >= UINT32_MAX)
        return false;
    if (r->slot[at].row) {
        uint32_t first = r->slot[at].row - 1, row = append(r, (struct slice){"", 0}, e);
        struct record *h = record_at(r, first);
        record_at(r, h->related)->next = row + 1;
        record_at(r, row)->related = first;
        h->related = row;
        return true;
    }
    uint32_t row = append(r, key, e);
    record_at(r, row)->related = row;
    r->slot[at] = (struct slot){tag, row + 1};
    if (++r->keys > ((size_t)1 << r->bits) / 4 * 3 && r->bits < MOST_BITS)
        grow_slots(r);
    return true;
}

/* --- the end --- */

static int by_beginning(const void *a, const void *b, void *reference)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    int32_t from = reference_span(reference, x).from, other = reference_span(reference, y).from;
    return from != other ? (from > other) - (from < other) : (x > y) - (x < y);
}

/* Looks at rows of a key, in the order of their first days, that lie side by side. */
static bool overlap(const struct reference *r, const uint32_t *row, size_t n, uint64_t *line, uint64_t *first)
{
    bool found = false;
    for (size_t i = 1; i < n; i++) {
        const struct record *a = record_at(r, row[i - 1]), *b = record_at(r, row[i]);
        uint64_t later = a->line > b->line ? a->line : b->line;
        if (a->span.to < b->span.from || later >= *line)
            continue;
        *line = later;
        *first = a->line > b->line ? b->line : a->line;
        found = true;
    }
    return found;
}

enum status reference_end(struct reference *r, uint64_t *line, uint64_t *first)
{
    enum status st = ST_OK;
    uint32_t at = 0;
    if (!r->apart)
        return ST_OK;
    *line = UINT64_MAX;
    r->calendar = mem_array(NULL, r->rows + r->keys, sizeof *r->calendar);
    for (reference_row i = reference_first(r); i != REFERENCE_NONE; i = reference_after(r, i)) {
        if (!is_first(r, i))
            continue;
        uint32_t *n = &r->calendar[at], *row = n + 1;
        record_at(r, (size_t)i)->place = at++;
        for (reference_row k = i; k != REFERENCE_NONE; k = reference_next(r, k))
            r->calendar[at++] = (uint32_t)k;
        *n = (uint32_t)(&r->calendar[at] - row);
        qsort_r(row, *n, sizeof *row, by_beginning, r);
        if (overlap(r, row, *n, line, first))
            st = ST_FINDINGS;
    }
    return st;
}

struct slice reference_kept(const struct reference *r, reference_row row)
{
    const struct record *h = record_at(r, (size_t)row);
    return (struct slice){(const char *)(h + 1) + h->key, h->kept};
}

struct slice reference_key(const struct reference *r, reference_row row)
{
    return key_in(record_at(r, (size_t)first_of(r, row)));
}

uint64_t reference_line(const struct reference *r, reference_row row)
{
    return record_at(r, (size_t)row)->line;
}

static struct record *met_at(const struct reference *r, reference_row row)
{
    return record_at(r, (size_t)(r->dated ? row : first_of(r, row)));
}

void reference_meet(struct reference *r, reference_row row)
{
    met_at(r, row)->met = 1;
}

bool reference_is_met(const struct reference *r, reference_row row)
{
    return met_at(r, row)->met;
}

size_t reference_memory(const struct reference *r)
{
    return r->used + slot_bytes(r->bits) + (r->apart ? (r->rows + r->keys) * sizeof *r->calendar : 0);
}
