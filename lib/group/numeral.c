/* SPDX-License-Identifier: MIT
 * numeral: see numeral.h. */
#include "lib/group/numeral.h"

enum { LENGTH_DIGITS = 2, LENGTH_BASE = 99 };

static char nines_complement(char c)
{
    return c >= '0' && c <= '9' ? (char)('9' - c + '0') : c;
}

/* The text of v without zeros at the end of its fraction. */
static size_t shortest(struct buf *b, struct dec v)
{
    size_t from = b->n;
    dec_print(b, v);
    if (v.scale > 0) {
        while (b->p[b->n - 1] == '0')
            b->n--;
        b->n -= b->p[b->n - 1] == '.';
    }
    return from;
}

void numeral_print(struct buf *b, struct dec v)
{
    bool negative = v.units < 0;
    if (v.units == 0) {
        buf_char(b, 'o');
        return;
    }
    buf_text(b, negative ? "n00" : "p00");
    size_t from = shortest(b, v);
    if (negative) {
        memmove(b->p + from, b->p + from + 1, b->n - from - 1);
        b->n--;
    }
    char *digits = b->p + from;
    size_t n = b->n - from;
    const char *point = memchr(digits, '.', n);
    size_t whole = point ? (size_t)(point - digits) : n, shown = negative ? LENGTH_BASE - whole : whole;
    digits[-2] = (char)('0' + (int)(shown / 10));
    digits[-1] = (char)('0' + (int)(shown % 10));
    for (size_t i = 0; negative && i < n; i++)
        digits[i] = nines_complement(digits[i]);
    if (negative)
        buf_char(b, '~');
}

/* More than 64 bits can hold. */
static bool parse_wide(const char *p, const char *end, bool negative, struct dec *v)
{
    u128 units = 0, most = (u128)I128_MAX + negative;
    for (; p < end; p++) {
        u128 digit = (u128)(*p - '0');
        if (*p == '.')
            continue;
        if (units > (most - digit) / 10)
            return false;
        units = units * 10 + digit;
    }
    v->units = (i128)(negative ? -units : units);
    return true;
}

bool number_parse(struct slice s, struct dec *v)
{
    bool negative = s.n > 0 && s.p[0] == '-';
    const char *p = s.p + negative, *end = s.p + s.n, *point = NULL;
    uint64_t units = 0;
    for (const char *at = p; at < end; at++) {
        unsigned digit = (unsigned)(*at - '0');
        if (*at == '.' && !point && at > p)
            point = at;
        else if (digit > 9)
            return false;
        else
            units = units * 10 + digit; /* may wrap: then it is not used */
    }
    *v = (struct dec){negative ? -(i128)units : (i128)units, point ? (unsigned)(end - point - 1) : 0};
    if (p == end || point == end - 1 || (point && end - point - 1 > DEC_MAX_SCALE))
        return false;
    return end - p <= 19 || parse_wide(p, end, negative, v);
}

bool numeral_parse(struct slice s, struct dec *v)
{
    char text[64];
    size_t n = s.n;
    if (n == 1 && s.p[0] == 'o') {
        *v = (struct dec){0, 0};
        return true;
    }
    bool negative = n > 0 && s.p[0] == 'n';
    n -= negative;
    if (n <= 1 + LENGTH_DIGITS || n >= sizeof text || (!negative && s.p[0] != 'p') ||
        (negative && s.p[n] != '~'))
        return false;
    n -= 1 + LENGTH_DIGITS;
    for (size_t i = 0; i < n; i++) {
        char c = s.p[1 + LENGTH_DIGITS + i];
        text[i] = negative ? nines_complement(c) : c;
    }
    if (!number_parse((struct slice){text, n}, v) || v->units <= 0)
        return false;
    v->units = negative ? -v->units : v->units;
    return true;
}
