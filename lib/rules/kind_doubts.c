/* SPDX-License-Identifier: MIT
 * kind_doubts: rows of whose key a part is not known. Each is filed under the parts that are, and which those
 * are; whether one may have a key is then asked once for every choice of parts that occurs. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/rules/kind_end.h"

bool kind_is_loose(const struct kept *k, size_t row, const struct kind_by *by)
{
    bool loose = false;
    for (size_t i = 0; i < by->n; i++)
        loose = loose || by->own[i] == kept_bad(k, row);
    return loose;
}

struct kind_doubts {
    size_t parts;
    struct row_lists *rows; /* by the parts known, a byte before each of them */
    bool *known;            /* `parts` for every choice */
    size_t choices, cap;
    struct buf key;
};

enum { KNOWN = '+', NOT_KNOWN = '-' };

static void add_part(struct buf *key, bool known, struct slice part)
{
    buf_char(key, known ? KNOWN : NOT_KNOWN);
    if (known)
        buf_slice(key, part);
    buf_char(key, '\t');
}

static void note_choice(struct kind_doubts *d, const bool *known)
{
    for (size_t i = 0; i < d->choices; i++)
        if (memcmp(d->known + i * d->parts, known, d->parts) == 0)
            return;
    for (size_t i = 0; i < d->parts; i++) {
        d->known = mem_grow(d->known, d->choices * d->parts + i, &d->cap, sizeof *d->known);
        d->known[d->choices * d->parts + i] = known[i];
    }
    d->choices++;
}

static void add_row(struct kind_doubts *d, const struct kept *k, const struct kind_by *by, size_t row,
                    bool *known)
{
    bool all = kept_state(k, row) == KEPT_GOOD;
    buf_clear(&d->key);
    for (size_t i = 0; i < by->n; i++) {
        struct slice f = kept_field(k, row, by->own[i]);
        known[i] = !field_is_empty(f) && !field_is_na(f) && by->own[i] != kept_bad(k, row);
        all = all && known[i];
        add_part(&d->key, known[i], f);
    }
    if (all)
        return;
    note_choice(d, known);
    row_lists_put(d->rows, buf_view(&d->key), row);
}

struct kind_doubts *kind_doubts_new(const struct kept *k, const struct kind_by *by)
{
    struct kind_doubts *d = mem_zero(1, sizeof *d);
    bool *known = mem_zero(by->n + 1, sizeof *known);
    d->parts = by->n;
    d->rows = row_lists_new(kept_rows(k));
    for (size_t row = 0; row < kept_rows(k); row++)
        add_row(d, k, by, row, known);
    free(known);
    return d;
}

void kind_doubts_free(struct kind_doubts *d)
{
    row_lists_free(d->rows);
    free(d->known);
    buf_free(&d->key);
    free(d);
}

/* The parts of a key are joined by TAB. */
static void choose(struct kind_doubts *d, struct slice key, const bool *known)
{
    buf_clear(&d->key);
    for (size_t i = 0; i < d->parts; i++) {
        const char *tab = key.n ? memchr(key.p, '\t', key.n) : NULL;
        struct slice part = {key.p, tab ? (size_t)(tab - key.p) : key.n};
        add_part(&d->key, known[i], part);
        size_t taken = part.n + (tab != NULL);
        key = (struct slice){key.p + taken, key.n - taken};
    }
}

int64_t kind_doubts_find(struct kind_doubts *d, struct slice key)
{
    int64_t first = -1;
    for (size_t i = 0; i < d->choices; i++) {
        choose(d, key, d->known + i * d->parts);
        int64_t group = row_lists_find(d->rows, buf_view(&d->key));
        int64_t row = group < 0 ? -1 : row_lists_first(d->rows, (size_t)group);
        if (row >= 0 && (first < 0 || row < first))
            first = row;
    }
    return first;
}
