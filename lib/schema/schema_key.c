/* SPDX-License-Identifier: MIT
 * schema_key: whether the key of a table is unique. The places of the rows in which the keys appeared first
 * are kept as runs of neighbouring lines, so a table without repeats has one; of the other rows, which should
 * not be there, each has its place and the number of its key. */
#include "lib/schema/schema_key.h"

#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/stream/keymap.h"

enum { PIECE = 128, LINE_BITS = 40 };

struct repeat {
    uint32_t key;
    size_t number; /* rank among the repeats as they were met: a sort must keep that order */
    uint64_t place;
};

/* Key number first + i appeared first at place + i, up to the next run. */
struct run {
    uint32_t first;
    uint64_t place; /* file number above, line below */
};

struct schema_key {
    const struct schema *schema;
    int file_column, line_column;
    struct keymap *keys, *files;
    uint32_t last_file;
    bool required; /* every key column is, so that none holds \N */
    struct run *run;
    size_t runs, run_cap;
    struct repeat *repeat;
    size_t repeats, repeat_cap;
    struct buf text, scratch;
    struct check_count count;
};

struct schema_key *schema_key_new(const struct schema *s, int file_column, int line_column)
{
    struct schema_key *k = mem_zero(1, sizeof *k);
    k->schema = s;
    k->file_column = file_column;
    k->line_column = line_column;
    k->keys = keymap_new(0);
    k->files = keymap_new(0);
    k->required = true;
    for (size_t i = 0; i < s->keys; i++)
        k->required = k->required && s->column[s->key[i]].required;
    return k;
}

void schema_key_expect(struct schema_key *k, size_t rows)
{
    keymap_reserve(k->keys, rows);
}

void schema_key_free(struct schema_key *k)
{
    if (!k)
        return;
    keymap_free(k->keys);
    keymap_free(k->files);
    free(k->run);
    free(k->repeat);
    buf_free(&k->text);
    buf_free(&k->scratch);
    free(k);
}

static uint32_t file_number(struct schema_key *k, struct slice file)
{
    if (keymap_count(k->files) == 0 || !slice_equal(keymap_key(k->files, k->last_file), file))
        k->last_file = keymap_put(k->files, file);
    return k->last_file;
}

static uint64_t place_of(struct schema_key *k, const struct batch *b, size_t row)
{
    uint64_t line = b->line + row, file = 0;
    if (k->line_column >= 0) {
        int64_t stated;
        if (dec_parse_scaled(batch_field(b, row, (size_t)k->line_column), 0, &stated) && stated > 0)
            line = (uint64_t)stated;
        file = file_number(k, batch_field(b, row, (size_t)k->file_column));
    }
    return file << LINE_BITS | (line & (((uint64_t)1 << LINE_BITS) - 1));
}

static bool has_bad_key(const struct schema *s, const struct schema_check *faults, size_t row)
{
    for (size_t i = 0; faults->failures && i < s->keys; i++)
        if (schema_check_fault(faults, row, (size_t)s->key[i]) != FAULT_NONE)
            return true;
    return false;
}

/* The key of a row as it stands, or, appended to text, with \N as the empty field it means. */
static struct slice key_at(struct schema_key *k, const struct batch *b, size_t row, bool *copied)
{
    const struct schema *s = k->schema;
    struct slice key = key_of_row(b, row, s->key, s->keys, &k->scratch);
    bool in_place = key.p != k->scratch.p;
    *copied = !in_place || (!k->required && memchr(key.p, '\\', key.n));
    if (!*copied)
        return key;
    size_t start = k->text.n;
    for (size_t i = 0; i < s->keys; i++) {
        struct slice f = batch_field(b, row, (size_t)s->key[i]);
        buf_text(&k->text, i ? "\t" : "");
        buf_slice(&k->text, field_is_empty(f) ? (struct slice){"", 0} : f);
    }
    return (struct slice){NULL, k->text.n - start};
}

static void add_first(struct schema_key *k, uint32_t number, uint64_t place)
{
    const struct run *last = k->runs ? &k->run[k->runs - 1] : NULL;
    if (last && last->place + (number - last->first) == place)
        return;
    k->run = mem_grow(k->run, k->runs, &k->run_cap, sizeof *k->run);
    k->run[k->runs++] = (struct run){number, place};
}

/* Where key `number` appeared first. */
static uint64_t first_of(const struct schema_key *k, uint32_t number)
{
    size_t low = 0, high = k->runs; /* the run is in [low, high) */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (k->run[middle].first <= number)
            low = middle;
        else
            high = middle;
    }
    return k->run[low].place + (number - k->run[low].first);
}

static void take_piece(struct schema_key *k, const struct batch *b, const size_t *rows, size_t n)
{
    struct slice key[PIECE];
    uint32_t number[PIECE];
    bool copied[PIECE];
    buf_clear(&k->text);
    for (size_t i = 0; i < n; i++)
        key[i] = key_at(k, b, rows[i], &copied[i]);
    /* The copies stand one after another in text, which has stopped moving. */
    for (size_t i = 0, at = 0; i < n; i++)
        if (copied[i]) {
            key[i].p = k->text.p + at;
            at += key[i].n;
        }
    uint32_t known = keymap_count(k->keys);
    keymap_put_batch(k->keys, key, n, number);
    for (size_t i = 0; i < n; i++) {
        uint64_t place = place_of(k, b, rows[i]);
        if (number[i] == known) {
            add_first(k, known++, place);
        } else {
            k->repeat = mem_grow(k->repeat, k->repeats, &k->repeat_cap, sizeof *k->repeat);
            k->repeat[k->repeats] = (struct repeat){number[i], k->repeats, place};
            k->repeats++;
        }
    }
}

void schema_key_rows(struct schema_key *k, const struct batch *b, size_t from, size_t to,
                     const struct schema_check *faults)
{
    size_t rows[PIECE], n = 0;
    for (size_t row = from; row < to; row++) {
        if (has_bad_key(k->schema, faults, row)) {
            k->count.undecided++;
            continue;
        }
        k->count.run++;
        rows[n++] = row;
        if (n == PIECE) {
            take_piece(k, b, rows, n);
            n = 0;
        }
    }
    if (n)
        take_piece(k, b, rows, n);
}

static struct key_member member_at(const struct schema_key *k, uint64_t place)
{
    struct key_member m = {{"", 0}, place & (((uint64_t)1 << LINE_BITS) - 1)};
    if (k->file_column >= 0)
        m.file = keymap_key(k->files, (uint32_t)(place >> LINE_BITS));
    return m;
}

static int by_key(const void *a, const void *b)
{
    const struct repeat *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

void schema_key_repeats(struct schema_key *k, schema_key_fn *use, void *ctx)
{
    struct key_member *member = NULL;
    size_t cap = 0;
    if (k->repeats > 1)
        qsort(k->repeat, k->repeats, sizeof *k->repeat, by_key);
    for (size_t i = 0; i < k->repeats;) {
        uint32_t key = k->repeat[i].key;
        size_t n = 0;
        member = mem_grow(member, n, &cap, sizeof *member);
        member[n++] = member_at(k, first_of(k, key));
        for (; i < k->repeats && k->repeat[i].key == key; i++) {
            member = mem_grow(member, n, &cap, sizeof *member);
            member[n++] = member_at(k, k->repeat[i].place);
        }
        k->count.fail += n;
        use(ctx, keymap_key(k->keys, key), member, n);
    }
    free(member);
}

struct check_count schema_key_count(const struct schema_key *k)
{
    return k->count;
}
