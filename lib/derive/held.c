/* SPDX-License-Identifier: MIT
 * held: see held.h. */
#include "lib/derive/held.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/stream/scan.h"

void held_add(struct held *h, const struct batch *b, const char *file)
{
    struct slice first = batch_row(b, 0), last = batch_row(b, b->rows - 1);
    size_t bytes = (size_t)(last.p + last.n + 1 - first.p), separators = b->rows * b->width;
    size_t before = (size_t)(first.p - b->base);
    h->item = mem_grow(h->item, h->n, &h->cap, sizeof *h->item);
    struct held_batch *k = &h->item[h->n++];
    k->file = mem_text(slice_of(file));
    k->memory = mem_alloc(bytes + 2 * SCAN_SLACK);
    memset(k->memory, 0, SCAN_SLACK);
    memcpy(k->memory + SCAN_SLACK, first.p, bytes);
    memset(k->memory + SCAN_SLACK + bytes, 0, SCAN_SLACK);
    k->index = mem_array(NULL, separators + 1, sizeof *k->index);
    for (size_t i = 0; i <= separators; i++)
        k->index[i] = b->sep[(ptrdiff_t)i - 1] - (uint32_t)before;
    k->batch = *b;
    k->batch.base = k->memory + SCAN_SLACK;
    k->batch.sep = k->index + 1;
    k->first = h->rows;
    h->rows += b->rows;
}

void held_drop(struct held *h, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(h->item[i].file);
        free(h->item[i].memory);
        free(h->item[i].index);
    }
    h->n -= n;
    if (h->n)
        memmove(h->item, h->item + n, h->n * sizeof *h->item);
}

void held_free(struct held *h)
{
    held_drop(h, h->n);
    free(h->item);
    *h = (struct held){0};
}

const struct held_batch *held_find(const struct held *h, uint64_t row)
{
    size_t low = 0, high = h->n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (h->item[middle].first <= row)
            low = middle;
        else
            high = middle;
    }
    return &h->item[low];
}
