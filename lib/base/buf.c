/* SPDX-License-Identifier: MIT
 * buf: see buf.h. */
#include "lib/base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"

void buf_grow(struct buf *b, size_t more)
{
    size_t want = b->n + more;
    size_t cap = b->cap < 64 ? 64 : b->cap;
    while (cap < want)
        cap *= 2;
    b->p = mem_array(b->p, cap, 1);
    b->cap = cap;
}

void buf_add(struct buf *b, const char *p, size_t n)
{
    if (n == 0)
        return;
    buf_room(b, n);
    memcpy(b->p + b->n, p, n);
    b->n += n;
}

void buf_slice(struct buf *b, struct slice s)
{
    buf_add(b, s.p, s.n);
}

void buf_text(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void buf_number(struct buf *b, uint64_t n)
{
    char digits[20];
    size_t i = sizeof digits;
    do
        digits[--i] = (char)('0' + n % 10);
    while ((n /= 10) > 0);
    buf_add(b, digits + i, sizeof digits - i);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    buf_room(b, 128);
    int n = vsnprintf(b->p + b->n, b->cap - b->n, fmt, ap);
    if (n > 0 && (size_t)n >= b->cap - b->n) {
        buf_room(b, (size_t)n + 1);
        vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
    }
    if (n > 0)
        b->n += (size_t)n;
    va_end(again);
    va_end(ap);
}

void buf_clear(struct buf *b)
{
    b->n = 0;
}

void buf_free(struct buf *b)
{
    free(b->p);
    *b = (struct buf){0};
}

char *buf_string(struct buf *b)
{
    buf_room(b, 1);
    b->p[b->n] = '\0';
    return b->p;
}

void buf_escaped(struct buf *b, struct slice text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.n; i++) {
        char letter;
        if (text.p[i] != '\\' && (unsigned char)text.p[i] > '\r')
            continue;
        switch (text.p[i]) {
        case '\t':
            letter = 't';
            break;
        case '\n':
            letter = 'n';
            break;
        case '\r':
            letter = 'r';
            break;
        case '\\':
            letter = '\\';
            break;
        default:
            continue;
        }
        buf_add(b, text.p + from, i - from);
        buf_char(b, '\\');
        buf_char(b, letter);
        from = i + 1;
    }
    buf_add(b, text.p + from, text.n - from);
}

/* The byte an escape letter stands for, or 0. */
static char escaped_byte(char letter)
{
    switch (letter) {
    case 't':
        return '\t';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case '\\':
        return '\\';
    default:
        return 0;
    }
}

void buf_unescaped(struct buf *b, struct slice field)
{
    for (size_t i = 0; i < field.n; i++) {
        char c = field.p[i];
        char byte = c == '\\' && i + 1 < field.n ? escaped_byte(field.p[i + 1]) : 0;
        if (byte)
            i++;
        buf_char(b, byte ? byte : c);
    }
}
