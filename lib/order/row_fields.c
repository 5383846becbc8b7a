/* SPDX-License-Identifier: MIT
 * row_fields: see row_fields.h. */
#include "lib/order/row_fields.h"

struct slice row_field(struct slice row, size_t column)
{
    const char *from = row.p, *end = row.p + row.n, *tab;
    for (; column > 0; column--)
        from = (const char *)memchr(from, '\t', (size_t)(end - from)) + 1;
    tab = from < end ? memchr(from, '\t', (size_t)(end - from)) : NULL;
    return (struct slice){from, (size_t)((tab ? tab : end) - from)};
}

struct slice row_key(struct slice row, const int *column, size_t n, struct buf *b)
{
    buf_clear(b);
    for (size_t i = 0; i < n; i++) {
        struct slice f = row_field(row, (size_t)column[i]);
        if (i)
            buf_char(b, '\t');
        if (!field_is_empty(f))
            buf_slice(b, f);
    }
    return b->p ? buf_view(b) : (struct slice){"", 0};
}

struct quoted row_key_quote(struct slice key)
{
    static const char more[] = ", ...";
    struct quoted all = {""};
    const char *from = key.p, *end = key.p + key.n, *tab;
    size_t n = 0;
    do {
        tab = from < end ? memchr(from, '\t', (size_t)(end - from)) : NULL;
        struct quoted one = diag_quote((struct slice){from, (size_t)((tab ? tab : end) - from)});
        size_t length = strlen(one.s);
        bool fits = n + length + 2 * sizeof more <= sizeof all.s;
        if (n)
            memcpy(all.s + n, ", ", 2);
        n += n ? 2 : 0;
        memcpy(all.s + n, fits ? one.s : "...", fits ? length : 3);
        n += fits ? length : 3;
        from = fits && tab ? tab + 1 : NULL;
    } while (from);
    return all; /* which was cleared, so it ends with NUL */
}
