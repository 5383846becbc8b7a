/* SPDX-License-Identifier: MIT
 * schema_key: whether the key of a table is unique. The places of the rows are kept as runs of neighbouring
 * lines: of a table that stands as it was written there is one. */
#include "lib/schema/schema_key.h"

#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/schema/key_parts.h"
#include "lib/stream/keymap.h"

enum { PIECE = 128, LINE_BITS = 40 };

/* Row first + i of those that have a key stands at place + i, up to the next run. */
struct run {
    uint32_t first;
    uint64_t place; /* file number above, line below */
};

struct schema_key {
    const struct schema *schema;
    int file_column, line_column;
    struct key_parts *keys;
    struct keymap *files;
    uint32_t last_file;
    bool required; /* every key column is, so that none holds \N */
    struct run *run;
    size_t runs, run_cap;
    uint32_t rows;
    struct buf text, scratch;
    struct check_count count;
    schema_key_fn *use; /* of the repeats, while they are told */
    void *ctx;
    struct key_member *member;
    size_t member_cap;
};

struct schema_key *schema_key_new(const struct schema *s, int file_column, int line_column)
{
    struct schema_key *k = mem_zero(1, sizeof *k);
    k->schema = s;
    k->file_column = file_column;
    k->line_column = line_column;
    k->keys = key_parts_new();
    k->files = keymap_new(0);
    k->required = true;
    for (size_t i = 0; i < s->keys; i++)
        k->required = k->required && s->column[s->key[i]].required;
    return k;
}

void schema_key_free(struct schema_key *k)
{
    if (!k)
        return;
    key_parts_free(k->keys);
    keymap_free(k->files);
    free(k->run);
    free(k->member);
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

static void add_place(struct schema_key *k, uint64_t place)
{
    uint32_t row = k->rows++;
    const struct run *last = k->runs ? &k->run[k->runs - 1] : NULL;
    if (last && last->place + (row - last->first) == place)
        return;
    k->run = mem_grow(k->run, k->runs, &k->run_cap, sizeof *k->run);
    k->run[k->runs++] = (struct run){row, place};
}

/* Where a row of those that have a key stands. */
static uint64_t place_at(const struct schema_key *k, uint32_t row)
{
    size_t low = 0, high = k->runs; /* the run is in [low, high) */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (k->run[middle].first <= row)
            low = middle;
        else
            high = middle;
    }
    return k->run[low].place + (row - k->run[low].first);
}

static void take_piece(struct schema_key *k, const struct batch *b, const size_t *rows, size_t n)
{
    struct slice key[PIECE];
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
    key_parts_put(k->keys, key, n);
    for (size_t i = 0; i < n; i++)
        add_place(k, place_of(k, b, rows[i]));
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

static void tell(void *ctx, struct slice key, const uint32_t *row, size_t n)
{
    struct schema_key *k = ctx;
    for (size_t i = 0; i < n; i++) {
        k->member = mem_grow(k->member, i, &k->member_cap, sizeof *k->member);
        k->member[i] = member_at(k, place_at(k, row[i]));
    }
    k->count.fail += n;
    k->use(k->ctx, key, k->member, n);
}

void schema_key_repeats(struct schema_key *k, schema_key_fn *use, void *ctx)
{
    k->use = use;
    k->ctx = ctx;
    key_parts_repeats(k->keys, tell, k);
}

struct check_count schema_key_count(const struct schema_key *k)
{
    return k->count;
}
