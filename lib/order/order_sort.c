/* SPDX-License-Identifier: MIT
 * order_sort: rows are sorted by one key at a time, and each run of rows equal in it by the next. A key of
 * 64-bit numbers or of texts is sorted in time linear in the rows, few rows and wide decimals by comparing.
 */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/order/order_internal.h"
#include "lib/order/order_radix.h"

enum { FEW = 24 }; /* below this insertion is faster */

static void insert(const struct order *o, size_t k, uint32_t *row, size_t n, uint8_t *starts)
{
    for (size_t i = 1; i < n; i++) {
        uint32_t x = row[i];
        size_t at = i;
        for (; at > 0 && order_compare_from(o, k, row[at - 1], x) > 0; at--)
            row[at] = row[at - 1];
        row[at] = x;
    }
    for (size_t i = 1; i < n; i++)
        starts[i] = order_compare_from(o, k, row[i - 1], row[i]) != 0;
}

/* Merges the sorted halves of row, the left one moved to spare first. */
static void merge(const struct key_column *c, uint32_t *row, uint32_t *spare, size_t half, size_t n)
{
    if (half == 0 || half == n || order_compare_key(c, row[half - 1], row[half]) <= 0)
        return;
    memcpy(spare, row, half * sizeof *row);
    size_t a = 0, b = half, to = 0;
    while (a < half && b < n)
        row[to++] = order_compare_key(c, row[b], spare[a]) < 0 ? row[b++] : spare[a++];
    memcpy(row + to, spare + a, (half - a) * sizeof *row);
}

static void merge_sort(const struct key_column *c, uint32_t *row, uint32_t *spare, size_t n)
{
    if (n < 2)
        return;
    merge_sort(c, row, spare, n / 2);
    merge_sort(c, row + n / 2, spare, n - n / 2);
    merge(c, row, spare, n / 2, n);
}

static void by_wide_number(const struct key_column *c, uint32_t *row, size_t n, uint8_t *starts)
{
    uint32_t *spare = mem_array(NULL, n / 2 + 1, sizeof *spare);
    merge_sort(c, row, spare, n);
    free(spare);
    for (size_t i = 1; i < n; i++)
        starts[i] = order_compare_key(c, row[i - 1], row[i]) != 0;
}

static void by_number(const struct key_column *c, uint32_t *row, size_t n, uint8_t *starts)
{
    struct radix_item *item = mem_huge(n * 2 * sizeof *item);
    uint64_t flip = c->key.descending ? UINT64_MAX >> 1 : (uint64_t)1 << 63;
    for (size_t i = 0; i < n; i++)
        item[i] = (struct radix_item){(uint64_t)c->units[row[i]] ^ flip, row[i]};
    radix_sort(item, item + n, n);
    row[0] = item[0].row;
    for (size_t i = 1; i < n; i++) {
        row[i] = item[i].row;
        starts[i] = item[i].key != item[i - 1].key;
    }
    mem_huge_free(item, n * 2 * sizeof *item);
}

/* Turns the runs of equal rows round, and keeps the order within each. */
static void reverse_runs(uint32_t *row, size_t n, uint8_t *starts)
{
    uint32_t *turned = mem_array(NULL, n, sizeof *turned);
    uint8_t *marks = mem_zero(n, 1);
    for (size_t from, to = n, at = 0; to > 0; to = from) {
        for (from = to - 1; from > 0 && !starts[from]; from--)
            ;
        memcpy(turned + at, row + from, (to - from) * sizeof *row);
        marks[at] = 1;
        at += to - from;
    }
    memcpy(row, turned, n * sizeof *row);
    memcpy(starts + 1, marks + 1, n - 1);
    free(turned);
    free(marks);
}

static void by_text(const struct key_column *c, uint32_t *row, size_t n, uint8_t *starts)
{
    struct slice *text = mem_array(NULL, n, sizeof *text);
    for (size_t i = 0; i < n; i++)
        text[i] = order_text(c, row[i]);
    uint32_t *order = order_texts(text, n);
    for (size_t i = 1; i < n; i++)
        starts[i] = !slice_equal(text[order[i - 1]], text[order[i]]);
    free(text);
    for (size_t i = 0; i < n; i++)
        order[i] = row[order[i]];
    memcpy(row, order, n * sizeof *row);
    free(order);
    if (c->key.descending)
        reverse_runs(row, n, starts);
}

/* Puts the rows without a value where they belong and returns how many there are. */
static size_t part_missing(const struct key_column *c, uint32_t *row, size_t n)
{
    size_t present = 0, missing = 0;
    while (present < n && c->presence[row[present]] == ORDER_VALUE)
        present++;
    if (present == n)
        return 0;
    uint32_t *none = mem_array(NULL, n - present, sizeof *none);
    for (size_t i = present; i < n; i++) {
        if (c->presence[row[i]] == ORDER_VALUE)
            row[present++] = row[i];
        else
            none[missing++] = row[i];
    }
    if (c->key.missing_first)
        memmove(row + missing, row, present * sizeof *row);
    memcpy(row + (c->key.missing_first ? 0 : present), none, missing * sizeof *row);
    free(none);
    return missing;
}

/* Sorts rows that are equal in the keys before number k; starts[0] is the caller's. */
static void sort_from(const struct order *o, size_t k, uint32_t *row, size_t n, uint8_t *starts)
{
    if (n < FEW) {
        insert(o, k, row, n, starts);
        return;
    }
    memset(starts + 1, 0, n - 1);
    if (k == o->n)
        return;
    const struct key_column *c = &o->column[k];
    size_t missing = part_missing(c, row, n), present = n - missing;
    size_t first = c->key.missing_first ? missing : 0;
    if (present > 1)
        (c->key.text ? by_text
         : c->wide   ? by_wide_number
                     : by_number)(c, row + first, present, starts + first);
    if (missing && present)
        starts[first ? first : present] = 1;
    for (size_t from = 0, to; from < n && k + 1 < o->n; from = to) {
        for (to = from + 1; to < n && !starts[to]; to++)
            ;
        if (to - from > 1)
            sort_from(o, k + 1, row + from, to - from, starts + from);
    }
}

void order_sort(const struct order *o, uint32_t *row, size_t n, uint8_t *starts)
{
    if (n == 0)
        return;
    starts[0] = 1;
    sort_from(o, 0, row, n, starts);
}
