/* SPDX-License-Identifier: MIT
 * xlsx_cell: what a cell says, by its type; see xlsx_sheet.h. */
#include "lib/read/shortest.h"
#include "lib/read/xlsx_sheet.h"

static struct slice trimmed(struct slice s)
{
    while (s.n > 0 && strchr(" \t\r\n", s.p[s.n - 1]))
        s.n--;
    while (s.n > 0 && strchr(" \t\r\n", s.p[0]))
        s.p++, s.n--;
    return s;
}

/* U+FFFD and 锟斤拷 tell that the text was lost before it came here. */
static bool is_lost(struct slice s)
{
    static const char ruin[] = "锟斤拷", mark[] = "\xef\xbf\xbd";
    for (size_t i = 0; i + 3 <= s.n; i++) {
        if (s.p[i] == mark[0] && memcmp(s.p + i, mark, 3) == 0)
            return true;
        if (s.p[i] == ruin[0] && s.n - i >= sizeof ruin - 1 && memcmp(s.p + i, ruin, sizeof ruin - 1) == 0)
            return true;
    }
    return false;
}

static const char *put_text(struct xlsx_sheet *s, struct slice text)
{
    if (is_lost(text))
        return "its text has U+FFFD or 锟斤拷: text was lost before the file was written";
    return sheet_rows_text(&s->rows, s->column, text);
}

static const char *put_escaped_text(struct xlsx_sheet *s, struct slice text)
{
    buf_clear(&s->plain);
    xlsx_text_plain(&s->plain, text);
    return put_text(s, buf_view(&s->plain));
}

static const char *put_shared(struct xlsx_sheet *s, struct slice index)
{
    const struct xlsx_strings *strings = &s->book->strings;
    size_t i = 0, n = 0;
    for (; n < index.n && index.p[n] >= '0' && index.p[n] <= '9' && i < strings->n; n++)
        i = i * 10 + (size_t)(index.p[n] - '0');
    if (n < index.n || i >= strings->n)
        return "it refers to a shared text that is not there";
    size_t from = i ? strings->end[i - 1] : 0;
    if (strings->end[i] == from)
        return NULL;
    return put_text(s, (struct slice){strings->text.p + from, strings->end[i] - from});
}

static const char *put_number(struct xlsx_sheet *s, struct slice text)
{
    const struct xlsx_styles *styles = &s->book->styles;
    const struct number_format *format = NULL;
    unsigned noticed;
    if (s->style < styles->n)
        format = styles->cell[s->style];
    else if (styles->n > 0 || s->style > 0)
        return "its style is not in the workbook";
    buf_clear(&s->plain);
    if (!shortest_of_text(text, &s->plain, &noticed)) /* nan, 0x10: as it stands, for rules to refuse */
        return sheet_rows_error(&s->rows, s->column, text);
    return sheet_rows_number(&s->rows, s->column, text, buf_view(&s->plain), noticed, format);
}

/* 2022-11-30T00:00:00 is a day. */
static const char *put_iso_date(struct xlsx_sheet *s, struct slice text)
{
    static const char midnight[] = "T00:00:00";
    const char *t = memchr(text.p, 'T', text.n);
    size_t day = t ? (size_t)(t - text.p) : text.n;
    size_t n = sizeof midnight - 1;
    if (t && text.n - day >= n && memcmp(t, midnight, n) == 0 &&
        (text.n == day + n || text.p[day + n] == '.' || text.p[day + n] == 'Z')) {
        for (size_t i = day + n; i < text.n; i++)
            if (!strchr(".0Z", text.p[i]))
                return put_text(s, text);
        text.n = day;
    }
    return put_text(s, text);
}

static const char *put_bool(struct xlsx_sheet *s, struct slice text)
{
    bool yes = slice_is(text, "1") || slice_is(text, "true");
    if (!yes && !slice_is(text, "0") && !slice_is(text, "false"))
        return "it is neither true nor false";
    return sheet_rows_bool(&s->rows, s->column, yes);
}

const char *xlsx_cell_put(struct xlsx_sheet *s)
{
    struct slice text = buf_view(&s->value), value = trimmed(text);
    if (value.n == 0 && s->has_formula && s->type != XLSX_TEXT && s->type != XLSX_INLINE)
        return sheet_rows_no_result(&s->rows, s->column, buf_view(&s->formula));
    if (text.n == 0)
        return NULL;
    switch (s->type) {
    case XLSX_SHARED:
        return put_shared(s, value);
    case XLSX_TEXT:
    case XLSX_INLINE:
        return put_escaped_text(s, text);
    case XLSX_BOOL:
        return put_bool(s, value);
    case XLSX_ERROR:
        return sheet_rows_error(&s->rows, s->column, value);
    case XLSX_ISO_DATE:
        return put_iso_date(s, value);
    case XLSX_NUMBER:
        break;
    }
    return value.n > 0 ? put_number(s, value) : NULL;
}
