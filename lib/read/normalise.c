/* SPDX-License-Identifier: MIT
 * normalise: see normalise.h. */
#include "lib/read/normalise.h"

#include "lib/number/decimal.h"

#define BIT(kind) (1u << (kind))

static const char *const change_names[CHANGE_KINDS] = {
    "width",    "dash",          "blank",  "thousands",   "parentheses", "trailing-minus",
    "currency", "apostrophe",    "sign",   "zeros",       "nil",         "empty",
    "unit",     "decimal-comma", "suffix", "number.long", "code",        "date",
};

const char *change_name(enum change kind)
{
    return change_names[kind];
}

static const struct reading_text reading_texts[READINGS] = {
    [BAD_NUMBER] = {"type.number", "不是数字", "not a number"},
    [BAD_GROUPS] = {"type.number", "千分位分隔符位置不对", "thousands separators out of place"},
    [BAD_PERCENT] = {"type.number", "本列单位不是百分比，却有百分号",
                     "a percent sign, but the unit of the column is another"},
    [BAD_LENGTH] = {"type.number", "位数过多（小数超过 18 位，或共超过 36 位）；如是公式的尾差，请在表中取整",
                    "too many digits or decimals"},
    [BAD_INTEGER] = {"type.int", "不是整数", "not a whole number"},
    [BAD_DATE] = {"type.date", "不是日期", "not a date"},
    [BAD_CODE] = {"code.unknown", "不在代码表内", "not in the code list"},
    [BAD_CONSTANT] = {"constant.mismatch", "与报送信息不一致", "not what the file was declared to be"},
    [BAD_UNIT] = {"type.unit", "数据的计量单位缺失、不在单位表内或与本列不符",
                  "the unit of the figure is missing, not in the list or not one of the column"},
};

const struct reading_text *reading_text(enum reading bad)
{
    return &reading_texts[bad];
}

/* A number taken apart: digits before and behind the point, groups already removed. */
struct digits {
    bool negative;
    struct slice whole, fraction;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t count_digits(struct slice s)
{
    size_t n = 0;
    while (n < s.n && is_digit(s.p[n]))
        n++;
    return n;
}

/* Splits "123" or "123.45"; false for anything else. */
static bool split_plain(struct slice s, struct digits *v)
{
    size_t n = count_digits(s);
    v->whole = (struct slice){s.p, n};
    v->fraction = (struct slice){s.p + n, 0};
    if (n == 0 || n == s.n)
        return n > 0;
    v->fraction = (struct slice){s.p + n + 1, s.n - n - 1};
    return s.p[n] == '.' && v->fraction.n > 0 && count_digits(v->fraction) == v->fraction.n;
}

/* The digit at place i of whole and fraction joined; zeros on both sides of them. */
static char digit_at(const struct digits *v, ptrdiff_t i)
{
    ptrdiff_t whole = (ptrdiff_t)v->whole.n, all = whole + (ptrdiff_t)v->fraction.n;
    return i < 0 || i >= all ? '0' : i < whole ? v->whole.p[i] : v->fraction.p[i - whole];
}

/* Appends the digits from the first that is not 0, or the last before the point, with the point at place
 * `point`. true when one of them is not 0. */
static bool write_digits(const struct digits *v, ptrdiff_t point, ptrdiff_t decimals, struct buf *out)
{
    ptrdiff_t i = 0;
    bool any = false;
    while (i < point - 1 && digit_at(v, i) == '0')
        i++;
    if (point <= 0)
        buf_char(out, '0');
    for (i = point <= 0 ? point : i; i < point + decimals; i++) {
        if (i == point)
            buf_char(out, '.');
        any = any || digit_at(v, i) != '0';
        buf_char(out, digit_at(v, i));
    }
    return any;
}

/* Digits from the first that is not 0, without zeros at the end of a fraction. Zeros at the end of a whole
 * number count: that is what a spreadsheet leaves of the digits it cannot hold. */
static size_t significant_digits(const struct digits *v)
{
    size_t first = 0, end = v->whole.n + v->fraction.n;
    while (end > v->whole.n && digit_at(v, (ptrdiff_t)end - 1) == '0')
        end--;
    while (first < end && digit_at(v, (ptrdiff_t)first) == '0')
        first++;
    return end - first;
}

/* Appends the number with the point moved by shift places to the right. */
static enum reading put_digits(const struct digits *v, int shift, struct buf *out, struct note *note)
{
    size_t zeros = 0, from = out->n;
    while (zeros + 1 < v->whole.n && v->whole.p[zeros] == '0')
        zeros++;
    size_t kept = v->whole.n + v->fraction.n - zeros;
    ptrdiff_t fraction = (ptrdiff_t)v->fraction.n, decimals = fraction > shift ? fraction - shift : 0;
    if (decimals > DEC_MAX_SCALE || kept + (size_t)(shift > 0 ? shift : 0) > DEC_MAX_DIGITS)
        return BAD_LENGTH;
    note->decimals = (int)v->fraction.n;
    note->changes |= (shift ? BIT(CHANGE_UNIT) : 0) | (zeros ? BIT(CHANGE_ZEROS) : 0);
    if (kept > NUMBER_LONG && significant_digits(v) > NUMBER_LONG)
        note->changes |= BIT(CHANGE_LONG);
    if (v->negative)
        buf_char(out, '-');
    bool any = write_digits(v, (ptrdiff_t)v->whole.n + shift, decimals, out);
    if (!any && v->negative) {
        out->n--;
        memmove(out->p + from, out->p + from + 1, out->n - from);
        note->changes |= BIT(CHANGE_ZEROS);
    }
    return READ_VALUE;
}

/* Drops the separators of correct groups: one to three digits not beginning with 0, then threes. false when
 * they stand elsewhere. In place: s lies in scratch memory. */
static bool drop_groups(char *p, size_t *n)
{
    size_t dot = 0, to = 0;
    while (dot < *n && p[dot] != '.')
        dot++;
    size_t first = (size_t)((char *)memchr(p, ',', *n) - p);
    if (first >= dot || first < 1 || first > 3 || p[0] == '0' || (dot - first) % 4 != 0)
        return false;
    for (size_t i = 0; i < *n; i++) {
        bool place = i >= first && i < dot && (i - first) % 4 == 0;
        if ((p[i] == ',') != place)
            return false;
        if (!place)
            p[to++] = p[i];
    }
    *n = to;
    return true;
}

static void cut_front(struct slice *s, size_t n)
{
    s->p += n;
    s->n -= n;
}

static bool take_currency(struct slice *s, struct note *note)
{
    static const char *const signs[] = {"￥", "¥"}; /* U+FFE5, U+00A5 */
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = strlen(signs[i]);
        if (s->n >= n && memcmp(s->p, signs[i], n) == 0) {
            cut_front(s, n);
            *s = trim(*s);
            note->changes |= BIT(CHANGE_CURRENCY);
            return true;
        }
    }
    return false;
}

/* Takes off what may stand around the digits: one minus in one of its four ways, one currency sign. */
static void take_sign(struct slice *s, struct digits *v, struct note *note)
{
    bool currency = take_currency(s, note);
    if (s->n > 1 && s->p[0] == '(' && s->p[s->n - 1] == ')') {
        *s = trim((struct slice){s->p + 1, s->n - 2});
        note->changes |= BIT(CHANGE_PARENTHESES);
        v->negative = true;
    } else if (s->n > 1 && s->p[0] == '-') {
        cut_front(s, 1);
        v->negative = true;
    } else if (s->n > 1 && s->p[s->n - 1] == '-') {
        s->n--;
        note->changes |= BIT(CHANGE_TRAILING_MINUS);
        v->negative = true;
    }
    if (!currency)
        take_currency(s, note);
}

static bool ends_with(struct slice s, const char *end)
{
    size_t n = strlen(end);
    return n > 0 && s.n > n && memcmp(s.p + s.n - n, end, n) == 0;
}

/* In place: s lies in scratch memory. A decimal comma becomes a point, a point between thousands a comma. */
static void swap_comma_and_point(struct slice s, char *p, struct note *note)
{
    for (size_t i = 0; i < s.n; i++) {
        if (p[i] == ',')
            note->changes |= BIT(CHANGE_COMMA);
        p[i] = p[i] == ',' ? '.' : p[i] == '.' ? ',' : p[i];
    }
}

/* Takes off the unit behind the digits. */
static void take_suffix(struct slice *s, const struct number_rules *rules, int *shift, struct note *note)
{
    for (size_t i = 0; i < rules->suffixes; i++) {
        const struct number_suffix *x = &rules->suffix[i];
        if (s->n <= x->word.n || memcmp(s->p + s->n - x->word.n, x->word.p, x->word.n) != 0)
            continue;
        *s = trim((struct slice){s->p, s->n - x->word.n});
        *shift = x->shift;
        note->changes |= BIT(CHANGE_SUFFIX);
        return;
    }
}

/* Drops the separators of thousands in the digits. */
static enum reading take_groups(struct slice *s, struct buf *scratch, struct note *note)
{
    if (s->n == 0 || !memchr(s->p, ',', s->n))
        return READ_VALUE;
    for (size_t i = 0; i < s->n; i++)
        if (!is_digit(s->p[i]) && s->p[i] != ',' && s->p[i] != '.')
            return BAD_NUMBER;
    if (!drop_groups(scratch->p + (s->p - scratch->p), &s->n))
        return BAD_GROUPS;
    note->changes |= BIT(CHANGE_THOUSANDS);
    return READ_VALUE;
}

/* The number in folded, trimmed text, which lies in scratch. *shift is changed when it says its own unit. */
static enum reading read_number(struct slice s, const struct number_rules *rules, struct buf *scratch,
                                struct digits *v, int *shift, struct note *note)
{
    if (rules->comma)
        swap_comma_and_point(s, scratch->p + (s.p - scratch->p), note);
    if (s.p[0] == '\'') {
        cut_front(&s, 1);
        s = trim(s);
        note->changes |= BIT(CHANGE_APOSTROPHE);
    }
    take_sign(&s, v, note);
    bool trailing = note->changes & BIT(CHANGE_TRAILING_MINUS);
    if (!trailing)
        take_suffix(&s, rules, shift, note);
    if (!trailing && ends_with(s, rules->sign)) {
        s.n -= strlen(rules->sign);
        s = trim(s);
        note->changes |= BIT(CHANGE_SIGN);
    } else if (!trailing && ends_with(s, "%")) {
        s.n--;
        s = trim(s);
        struct digits ignored;
        return split_plain(s, &ignored) ? BAD_PERCENT : BAD_NUMBER;
    }
    enum reading r = take_groups(&s, scratch, note);
    return r != READ_VALUE ? r : split_plain(s, v) ? READ_VALUE : BAD_NUMBER;
}

static enum reading put_number(struct digits v, const struct number_rules *rules, int shift, struct buf *out,
                               struct note *note)
{
    size_t whole = shift > 0 ? (size_t)shift : 0; /* digits behind the point that come before it */
    if (rules->whole && v.fraction.n > whole) {
        for (size_t i = whole; i < v.fraction.n; i++)
            if (v.fraction.p[i] != '0')
                return BAD_INTEGER;
        v.fraction.n = whole;
        note->changes |= BIT(CHANGE_ZEROS);
    }
    enum reading r = put_digits(&v, shift, out, note);
    note->decimals -= shift - rules->shift;
    return r;
}

static unsigned changes_of_fold(unsigned folded)
{
    return (folded & FOLDED_WIDTH ? BIT(CHANGE_WIDTH) : 0) | (folded & FOLDED_DASH ? BIT(CHANGE_DASH) : 0) |
           (folded & FOLDED_BLANK ? BIT(CHANGE_BLANK) : 0);
}

enum reading normalise_missing(struct slice cell, const struct missing_words *missing, struct buf *scratch,
                               struct slice *text, struct note *note)
{
    buf_clear(scratch);
    unsigned folded = fold_text(scratch, cell);
    *text = trim(buf_view(scratch));
    note->decimals = 0;
    if (text->n == 0 || wordlist_has(&missing->empty, *text)) {
        note->changes = cell.n > 0 ? BIT(CHANGE_EMPTY) : 0;
        return READ_EMPTY;
    }
    if (wordlist_has(&missing->nil, *text)) {
        note->changes = BIT(CHANGE_NIL);
        return READ_NA;
    }
    note->changes = changes_of_fold(folded) | (text->n < scratch->n ? BIT(CHANGE_BLANK) : 0);
    return READ_VALUE;
}

enum reading normalise_number(struct slice cell, const struct number_rules *rules, struct buf *scratch,
                              struct buf *out, struct note *note)
{
    *note = (struct note){0};
    if (cell.n == 0)
        return READ_EMPTY;
    bool minus = cell.p[0] == '-';
    struct digits v = {.negative = minus};
    /* Nearly every cell is plain already. */
    if (split_plain((struct slice){cell.p + minus, cell.n - minus}, &v) &&
        !(rules->comma && v.fraction.n > 0) && !wordlist_has(&rules->missing->nil, cell))
        return put_number(v, rules, rules->shift, out, note);
    struct slice text;
    int shift = rules->shift;
    enum reading r = normalise_missing(cell, rules->missing, scratch, &text, note);
    if (r == READ_NA)
        buf_text(out, "\\-");
    if (r != READ_VALUE)
        return r;
    v = (struct digits){0};
    r = read_number(text, rules, scratch, &v, &shift, note);
    return r == READ_VALUE ? put_number(v, rules, shift, out, note) : r;
}
