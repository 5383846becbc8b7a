/* SPDX-License-Identifier: MIT
 * order_radix: least significant byte first, all eight histograms from one pass; and texts by the same sort,
 * eight bytes at a time from the first byte that is not common. */
#include "lib/order/order_radix.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/order/order.h"

enum { FEW = 24 }; /* below this insertion is faster */

static void insert_keys(struct radix_item *item, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct radix_item x = item[i];
        size_t k = i;
        for (; k > 0 && item[k - 1].key > x.key; k--)
            item[k] = item[k - 1];
        item[k] = x;
    }
}

void radix_sort(struct radix_item *item, struct radix_item *spare, size_t n)
{
    uint32_t count[8][256] = {{0}};
    struct radix_item *from = item, *to = spare;
    if (n < FEW) {
        insert_keys(item, n);
        return;
    }
    for (size_t i = 0; i < n; i++)
        for (unsigned b = 0; b < 8; b++)
            count[b][item[i].key >> (8 * b) & 0xff]++;
    for (unsigned b = 0; b < 8; b++) {
        if (count[b][item[0].key >> (8 * b) & 0xff] == n)
            continue;
        uint32_t at = 0;
        for (unsigned v = 0; v < 256; v++) {
            uint32_t c = count[b][v];
            count[b][v] = at;
            at += c;
        }
        for (size_t i = 0; i < n; i++)
            to[count[b][from[i].key >> (8 * b) & 0xff]++] = from[i];
        struct radix_item *swap = from;
        from = to;
        to = swap;
    }
    if (from != item)
        memcpy(item, from, n * sizeof *item);
}

/* Eight bytes of s from depth on as a number that compares like them; a text that ends is filled with NUL. */
static uint64_t word_at(struct slice s, size_t depth)
{
    unsigned char w[8] = {0};
    size_t n = s.n > depth ? s.n - depth : 0;
    memcpy(w, s.p + (n ? depth : 0), n < 8 ? n : 8);
    uint64_t v = 0;
    for (unsigned i = 0; i < 8; i++)
        v = v << 8 | w[i];
    return v;
}

static size_t common_prefix(const struct slice *text, const struct radix_item *item, size_t n, size_t depth)
{
    struct slice first = text[item[0].row];
    size_t common = first.n;
    for (size_t i = 1; i < n && common > depth; i++) {
        struct slice s = text[item[i].row];
        size_t k = depth, stop = s.n < common ? s.n : common;
        while (k < stop && s.p[k] == first.p[k])
            k++;
        common = k;
    }
    return common > depth ? common : depth;
}

static void insert_texts(const struct slice *text, struct radix_item *item, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct radix_item x = item[i];
        size_t k = i;
        for (; k > 0 && slice_compare(text[item[k - 1].row], text[x.row]) > 0; k--)
            item[k] = item[k - 1];
        item[k] = x;
    }
}

/* Recursion goes eight bytes deeper each time, and only into runs that agree so far. */
static void sort_texts(const struct slice *text, struct radix_item *item, struct radix_item *spare, size_t n,
                       size_t depth)
{
    if (n < FEW) {
        insert_texts(text, item, n);
        return;
    }
    depth = common_prefix(text, item, n, depth);
    for (size_t i = 0; i < n; i++)
        item[i].key = word_at(text[item[i].row], depth);
    radix_sort(item, spare, n);
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && item[to].key == item[from].key; to++)
            ;
        /* A last byte of zero means that these texts have ended, so they are equal. */
        if (to - from > 1 && (item[from].key & 0xff) != 0)
            sort_texts(text, item + from, spare, to - from, depth + 8);
    }
}

uint32_t *order_texts(const struct slice *text, size_t n)
{
    struct radix_item *item = mem_array(NULL, n, sizeof *item);
    struct radix_item *spare = mem_array(NULL, n, sizeof *spare);
    uint32_t *order = mem_array(NULL, n, sizeof *order);
    for (size_t i = 0; i < n; i++)
        item[i] = (struct radix_item){0, (uint32_t)i};
    sort_texts(text, item, spare, n, 0);
    for (size_t i = 0; i < n; i++)
        order[i] = item[i].row;
    free(item);
    free(spare);
    return order;
}
