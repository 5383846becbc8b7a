/* SPDX-License-Identifier: MIT
 * nearest: see nearest.h. */
#include "lib/base/nearest.h"

enum { LONGEST = 64 }; /* characters; longer names are not compared */

struct nearest nearest_to(struct slice wanted)
{
    return (struct nearest){.wanted = wanted, .name = {NULL, 0}, .distance = SIZE_MAX};
}

/* Where each character of s begins; the count, or LONGEST + 1 when there are too many. */
static size_t characters(struct slice s, struct slice *c)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (n > 0 && ((unsigned char)s.p[i] & 0xc0) == 0x80) {
            c[n - 1].n++;
            continue;
        }
        if (n == LONGEST)
            return LONGEST + 1;
        c[n++] = (struct slice){s.p + i, 1};
    }
    return n;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The optimal string alignment distance, three rows of the table at a time. */
static size_t distance(const struct slice *a, size_t na, const struct slice *b, size_t nb)
{
    size_t rows[3][LONGEST + 1], *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= nb; j++)
        last[j] = before[j] = j;
    for (size_t i = 1; i <= na; i++) {
        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t changed = last[j - 1] + !slice_equal(a[i - 1], b[j - 1]);
            row[j] = least(changed, least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && slice_equal(a[i - 1], b[j - 2]) && slice_equal(a[i - 2], b[j - 1]))
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return last[nb];
}

void nearest_offer(struct nearest *n, struct slice name)
{
    struct slice a[LONGEST], b[LONGEST];
    size_t na = characters(n->wanted, a), nb = characters(name, b);
    buf_text(&n->all, n->all.n ? ", " : "");
    buf_slice(&n->all, name);
    if (na == 0 || na > LONGEST || nb > LONGEST)
        return;
    size_t far = distance(a, na, b, nb), most = na < 3 ? 1 : na / 3;
    if (far <= most && far < na && far < n->distance) {
        n->name = name;
        n->distance = far;
    }
}

void nearest_say(struct nearest *n, struct diag *d)
{
    if (d && n->all.n) {
        struct diag before = *d;
        struct quoted q = n->name.p ? diag_quote(n->name) : (struct quoted){""};
        diag_set(d, before.status, before.file, before.line, before.column, "%s; %s%s%sthere are: %s",
                 before.reason, n->name.p ? "is it " : "", q.s, n->name.p ? "? " : "", buf_string(&n->all));
    }
    buf_free(&n->all);
}
