/* SPDX-License-Identifier: MIT
 * diag: see diag.h. */
#include "lib/base/diag.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

/* The end of text[0, n) moved back so that no UTF-8 character is cut in two. */
static size_t between_characters(const char *text, size_t n)
{
    while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
        n--;
    return n;
}

/* Copies text into a fixed field, cut at the end when it is too long. */
static void keep(char *to, size_t size, const char *text)
{
    size_t n = text ? strlen(text) : 0;
    if (n >= size)
        n = between_characters(text, size - 1);
    if (n)
        memcpy(to, text, n);
    to[n] = '\0';
}

enum status diag_set(struct diag *d, enum status st, const char *file, uint64_t line, const char *column,
                     const char *fmt, ...)
{
    if (!d)
        return st;
    d->status = st;
    d->line = line;
    d->record = 0;
    keep(d->file, sizeof d->file, file);
    d->sheet[0] = '\0';
    keep(d->column, sizeof d->column, column);
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(d->reason, sizeof d->reason, fmt, ap);
    va_end(ap);
    if (n >= (int)sizeof d->reason) {
        size_t end = sizeof d->reason - 5;
        memcpy(d->reason + between_characters(d->reason, end), "...", 4);
    }
    return st;
}

void diag_name_sheet(struct diag *d, const char *sheet)
{
    keep(d->sheet, sizeof d->sheet, sheet);
}

enum status diag_errno(struct diag *d, enum status st, const char *file, const char *what)
{
    const char *reason = strerror(errno);
    return diag_set(d, st, file, 0, NULL, "%s: %s", what, reason);
}

void diag_format(const struct diag *d, char *out, size_t n)
{
    char place[1024] = "";
    int used = 0;
    if (d->file[0] && d->line)
        used = snprintf(place, sizeof place, "%s:%" PRIu64 ": ", d->file, d->line);
    else if (d->file[0])
        used = snprintf(place, sizeof place, "%s: ", d->file);
    if (d->sheet[0] && used >= 0 && (size_t)used < sizeof place)
        used += snprintf(place + used, sizeof place - (size_t)used,
                         "sheet %s: ", diag_quote(slice_of(d->sheet)).s);
    if (d->record && used >= 0 && (size_t)used < sizeof place)
        used += snprintf(place + used, sizeof place - (size_t)used, "record %" PRIu64 ": ", d->record);
    if (d->column[0] && used >= 0 && (size_t)used < sizeof place)
        snprintf(place + used, sizeof place - (size_t)used, "column '%s': ", d->column);
    snprintf(out, n, "%s%s", place, d->reason);
}

struct quoted diag_quote(struct slice value)
{
    static const char hex[] = "0123456789abcdef";
    enum { SHOWN = 60 };
    struct quoted q;
    size_t k = 0, n = value.n <= SHOWN ? value.n : between_characters(value.p, SHOWN);
    q.s[k++] = '\'';
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)value.p[i];
        if (c < 0x20 || c == 0x7f) {
            q.s[k++] = '\\';
            q.s[k++] = 'x';
            q.s[k++] = hex[c >> 4];
            q.s[k++] = hex[c & 15];
        } else {
            q.s[k++] = (char)c;
        }
    }
    if (n < value.n) {
        memcpy(q.s + k, "...", 3);
        k += 3;
    }
    q.s[k++] = '\'';
    q.s[k] = '\0';
    return q;
}
