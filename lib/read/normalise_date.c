/* SPDX-License-Identifier: MIT
 * normalise_date: dates and months as people write them, to ISO 8601; see normalise.h. */
#include "lib/read/celltype.h"
#include "lib/read/normalise.h"

/* Takes up to `most` digits; their value, or -1 when there is none. */
static int take_digits(struct slice *s, size_t least, size_t most)
{
    size_t n = 0;
    int v = 0;
    while (n < s->n && n < most && s->p[n] >= '0' && s->p[n] <= '9')
        v = v * 10 + (s->p[n++] - '0');
    s->p += n;
    s->n -= n;
    return n < least ? -1 : v;
}

static bool take_text(struct slice *s, const char *word)
{
    size_t n = strlen(word);
    if (s->n < n || memcmp(s->p, word, n) != 0)
        return false;
    s->p += n;
    s->n -= n;
    return true;
}

/* How the parts of a date may be set apart: behind the year, behind a month that a day follows, at the end of
 * a month, at the end of a day. */
struct date_style {
    const char *year, *month, *month_end, *day_end;
    size_t least; /* digits of a month or day */
};

static const struct date_style styles[] = {
    {"-", "-", "", "", 1},       {"/", "/", "", "", 1}, {".", ".", "", "", 1},
    {"年", "月", "月", "日", 1}, {"", "", "", "", 2},
};

/* The midnight that programs write behind a day: 0:00, 00:00:00, T00:00:00.000. Any other time is none. */
static bool is_midnight(struct slice s)
{
    size_t before = s.n;
    s = trim(s);
    if (s.n == before && !take_text(&s, "T"))
        return false;
    bool good = take_digits(&s, 1, 2) == 0 && take_text(&s, ":") && take_digits(&s, 2, 2) == 0;
    if (good && take_text(&s, ":"))
        good = take_digits(&s, 2, 2) == 0;
    if (good && take_text(&s, "."))
        for (good = s.n > 0; good && s.n > 0; good = take_digits(&s, 1, 1) == 0)
            ;
    return good && s.n == 0;
}

static bool read_style(struct slice s, const struct date_style *how, int part[3])
{
    part[0] = take_digits(&s, 4, 4);
    if (part[0] < 0 || !take_text(&s, how->year))
        return false;
    part[1] = take_digits(&s, how->least, 2);
    part[2] = 0;
    struct slice rest = s;
    if (take_text(&rest, how->month_end) && rest.n == 0)
        return part[1] > 0;
    if (!take_text(&s, how->month))
        return false;
    part[2] = take_digits(&s, how->least, 2);
    bool day = part[1] > 0 && part[2] > 0 && take_text(&s, how->day_end);
    return day && (s.n == 0 || is_midnight(s));
}

static bool in_calendar(const int part[3])
{
    unsigned days = cell_month_days((unsigned)part[0], (unsigned)part[1]);
    return days > 0 && (unsigned)part[2] <= days;
}

enum reading normalise_date(struct slice cell, const struct missing_words *missing, struct buf *scratch,
                            struct buf *out, struct note *note)
{
    struct slice text;
    enum reading r = normalise_missing(cell, missing, scratch, &text, note);
    if (r == READ_NA)
        buf_text(out, "\\-");
    if (r != READ_VALUE)
        return r;
    int part[3];
    size_t i = 0, n = sizeof styles / sizeof *styles;
    while (i < n && !read_style(text, &styles[i], part))
        i++;
    if (i == n || !in_calendar(part))
        return BAD_DATE;
    if (i > 0)
        note->changes |= 1u << CHANGE_DATE;
    size_t from = out->n;
    buf_printf(out, "%04d-%02d", part[0], part[1]);
    if (part[2])
        buf_printf(out, "-%02d", part[2]);
    if (out->n - from != text.n) /* a month or day of one digit */
        note->changes |= 1u << CHANGE_DATE;
    return READ_VALUE;
}
