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

bool number_parse(struct slice s, struct dec *v)
{
    bool negative = s.n > 0 && s.p[0] == '-', point = false;
    u128 units = 0, most = (u128)I128_MAX + negative;
    size_t digits = 0;
    *v = (struct dec){0, 0};
    for (size_t i = negative; i < s.n; i++) {
        u128 digit = (u128)(s.p[i] - '0');
        if (s.p[i] == '.' && !point && digits > 0) {
            point = true;
            continue;
        }
        if (digit > 9 || units > (most - digit) / 10)
            return false;
        units = units * 10 + digit;
        digits++;
        v->scale += point;
    }
    v->units = (i128)(negative ? -units : units);
    return digits > 0 && v->scale <= DEC_MAX_SCALE && s.p[s.n - 1] != '.';
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
