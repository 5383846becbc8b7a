/* SPDX-License-Identifier: MIT
 * number_format: see number_format.h. */
#include "lib/read/number_format.h"

#include "lib/read/serial_date.h"

/* --- which section --- */

/* A decimal without exponent as sign, whole digits and fraction. */
struct plain {
    bool negative;
    struct slice whole, fraction;
};

static struct plain take_apart(struct slice s)
{
    bool negative = s.n > 0 && s.p[0] == '-';
    s = (struct slice){s.p + negative, s.n - negative};
    const char *point = s.n ? memchr(s.p, '.', s.n) : NULL;
    size_t whole = point ? (size_t)(point - s.p) : s.n;
    size_t behind = point ? whole + 1 : whole;
    return (struct plain){negative, {s.p, whole}, {s.p + behind, s.n - behind}};
}

/* Below 0, 0 or above: neither has zeros in front or at the end. */
static int compare(struct slice x, struct slice y)
{
    struct plain a = take_apart(x), b = take_apart(y);
    if (a.negative != b.negative)
        return a.negative ? -1 : 1;
    int c = a.whole.n != b.whole.n ? (a.whole.n > b.whole.n) - (a.whole.n < b.whole.n)
                                   : slice_compare(a.whole, b.whole);
    c = c ? c : slice_compare(a.fraction, b.fraction);
    return a.negative ? -c : c;
}

static bool meets(struct slice plain, const struct number_format *f, const struct number_section *s)
{
    if (s->test == TEST_ANY || s->test == TEST_NONE)
        return s->test == TEST_ANY;
    int c = compare(plain, s->limit ? (struct slice){f->text + s->at, s->limit} : slice_of("0"));
    switch (s->test) {
    case TEST_LESS:
        return c < 0;
    case TEST_AT_MOST:
        return c <= 0;
    case TEST_MORE:
        return c > 0;
    case TEST_AT_LEAST:
        return c >= 0;
    case TEST_EQUAL:
        return c == 0;
    default:
        return c != 0;
    }
}

/* NULL: none is for it; it is shown as General shows it. */
static const struct number_section *section_for(struct slice plain, const struct number_format *f)
{
    for (size_t i = 0; i < f->sections; i++)
        if (meets(plain, f, &f->section[i]))
            return &f->section[i];
    return NULL;
}

/* --- figures --- */

static void put_zeros(size_t n, struct buf *out)
{
    while (n-- > 0)
        buf_char(out, '0');
}

/* The digit at place i of both joined; zeros on both sides of them. */
static char digit_at(const struct plain *v, ptrdiff_t i)
{
    ptrdiff_t whole = (ptrdiff_t)v->whole.n, all = whole + (ptrdiff_t)v->fraction.n;
    return i < 0 || i >= all ? '0' : i < whole ? v->whole.p[i] : v->fraction.p[i - whole];
}

/* The digits with the point moved by shift places to the right, without the zeros that the move leaves at the
 * ends. Returns how many stand behind the point. */
static size_t put_moved(const struct plain *v, int shift, size_t whole, struct buf *out)
{
    ptrdiff_t point = (ptrdiff_t)v->whole.n + shift, end = (ptrdiff_t)(v->whole.n + v->fraction.n);
    ptrdiff_t first = point < 0 ? point : 0;
    while (end > point && digit_at(v, end - 1) == '0')
        end--;
    while (first < point - 1 && digit_at(v, first) == '0')
        first++;
    size_t has = point > first ? (size_t)(point - first) : 1;
    put_zeros(whole > has ? whole - has : 0, out);
    if (point <= 0)
        buf_char(out, '0');
    for (ptrdiff_t i = first; i < end || i < point; i++) {
        if (i == point)
            buf_char(out, '.');
        buf_char(out, digit_at(v, i));
    }
    return end > point ? (size_t)(end - point) : 0;
}

/* At least so many digits before the point and behind it. */
static void put_digits(const struct plain *v, const struct number_section *s, struct buf *out)
{
    size_t behind = v->fraction.n;
    if (s->shift == 0) {
        put_zeros(s->whole > v->whole.n ? s->whole - v->whole.n : 0, out);
        buf_slice(out, v->whole);
        if (behind > 0)
            buf_char(out, '.');
        buf_slice(out, v->fraction);
    } else {
        behind = put_moved(v, s->shift, s->whole, out);
    }
    if (behind == 0 && s->decimals > 0)
        buf_char(out, '.');
    put_zeros(s->decimals > behind ? s->decimals - behind : 0, out);
}

/* The digits put into the places of a picture, from the last one on; those left over stand in its first. */
static void put_picture(struct slice digits, struct slice picture, struct buf *out)
{
    size_t places = 0, taken = 0;
    for (size_t i = 0; i < picture.n; i++)
        places += picture.p[i] == PLACE_ALWAYS || picture.p[i] == PLACE_PERHAPS;
    if (slice_is(digits, "0"))
        digits.n = 0; /* a zero is no digit where none is always shown */
    for (size_t i = 0; i < picture.n; i++) {
        if (picture.p[i] != PLACE_ALWAYS && picture.p[i] != PLACE_PERHAPS) {
            buf_char(out, picture.p[i]);
            continue;
        }
        while (digits.n - taken > places)
            buf_char(out, digits.p[taken++]);
        if (digits.n - taken == places)
            buf_char(out, digits.p[taken++]);
        else if (picture.p[i] == PLACE_ALWAYS)
            buf_char(out, '0');
        places--;
    }
}

/* A figure as its section shows it, but for the sign, which is a minus in front, and rounding. */
static unsigned put_figure(struct slice plain, const struct number_format *f, const struct number_section *s,
                           struct buf *out)
{
    struct plain v = take_apart(plain);
    const char *text = f->text + s->at + s->limit;
    bool pictured = s->picture > 0 && v.fraction.n == 0, percent = s->kind == NUMBER_PERCENT;
    if (v.negative)
        buf_char(out, '-');
    buf_add(out, text, s->before);
    text += s->before;
    size_t from = out->n;
    if (pictured)
        put_picture(v.whole, (struct slice){text, s->picture}, out);
    else
        put_digits(&v, s, out);
    bool zeros = s->whole > 1 && out->p[from] == '0';
    text += s->picture;
    if (percent)
        buf_char(out, '%');
    buf_add(out, text, s->after);
    return (s->before || s->after || pictured ? FORMAT_LITERAL : 0) | (zeros ? FORMAT_ZEROS : 0) |
           (percent ? FORMAT_IS_PERCENT : 0) | (s->shift != (percent ? 2 : 0) ? FORMAT_SCALED : 0) |
           (s->drops || (s->picture && !pictured) ? FORMAT_DROPPED : 0);
}

static bool is_figure(const struct number_section *s)
{
    return s->kind == NUMBER_PLAIN || s->kind == NUMBER_PERCENT;
}

/* The cell shows a dash or nothing: the number, with the decimals that the format has for others. */
static unsigned put_hidden(struct slice plain, const struct number_format *f, struct buf *out)
{
    struct number_section bare = {.kind = NUMBER_PLAIN, .whole = 1};
    for (size_t i = f->sections; i-- > 0;)
        bare = is_figure(&f->section[i]) ? f->section[i] : bare;
    bare.before = bare.picture = bare.after = 0;
    bare.drops = false;
    return put_figure(plain, f, &bare, out) | FORMAT_HIDDEN;
}

/* A word in place of the number is what the cell says. */
static unsigned put_not_shown(struct slice plain, const struct number_format *f,
                              const struct number_section *s, struct buf *out)
{
    if (s->before == 0)
        return put_hidden(plain, f, out);
    buf_add(out, f->text + s->at + s->limit, s->before);
    return FORMAT_LITERAL;
}

/* --- dates --- */

static enum serial_shape shape_of(unsigned kind)
{
    switch (kind) {
    case NUMBER_DATE_TIME:
        return SERIAL_DATE_TIME;
    case NUMBER_CLOCK:
        return SERIAL_CLOCK;
    case NUMBER_DURATION:
        return SERIAL_DURATION;
    default:
        return SERIAL_DATE;
    }
}

/* A month is given as a day first, so that it shows whether a day is lost. */
static unsigned apply_date(struct slice plain, unsigned kind, bool from_1904, struct buf *out)
{
    bool part = memchr(plain.p, '.', plain.n) != NULL, cut = false;
    if (!serial_date(plain, shape_of(kind), from_1904, out)) {
        buf_slice(out, plain);
        return FORMAT_NO_DATE;
    }
    if (kind == NUMBER_DATE || kind == NUMBER_MONTH)
        cut = part;
    if (kind == NUMBER_CLOCK)
        cut = plain.p[0] != '0';
    if (kind == NUMBER_MONTH) {
        cut = cut || memcmp(out->p + out->n - 3, "-01", 3) != 0;
        out->n -= 3;
    }
    return FORMAT_IS_DATE | (cut ? FORMAT_CUT_DATE : 0);
}

unsigned number_format_apply(struct slice plain, const struct number_format *f, bool from_1904,
                             struct buf *out)
{
    const struct number_section *s = f ? section_for(plain, f) : NULL;
    if (!s) {
        buf_slice(out, plain);
        return 0;
    }
    if (s->kind == NUMBER_NOT_SHOWN)
        return put_not_shown(plain, f, s, out);
    if (!is_figure(s))
        return apply_date(plain, s->kind, from_1904, out);
    return s->no_zero && slice_is(plain, "0") ? put_hidden(plain, f, out) : put_figure(plain, f, s, out);
}
