/* SPDX-License-Identifier: MIT
 * xlsx_strings: the texts that cells share; see xlsx_parts.h. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/xlsx_parts.h"

struct reading {
    struct xlsx_strings *strings;
    struct xml *xml;
    struct buf item; /* the text being put together; rich text comes in runs */
    bool in_text, in_reading_aid;
};

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The character of _xHHHH_ at p, or 0: not one, a NUL, or half a character. */
static unsigned escaped_character(const char *p, size_t n)
{
    enum { LENGTH = 7 };
    unsigned c = 0;
    if (n < LENGTH || p[0] != '_' || p[1] != 'x' || p[LENGTH - 1] != '_')
        return 0;
    for (int i = 2; i < LENGTH - 1; i++) {
        int h = hex(p[i]);
        if (h < 0)
            return 0;
        c = c << 4 | (unsigned)h;
    }
    return c >= 0xd800 && c <= 0xdfff ? 0 : c;
}

static void put_character(struct buf *out, unsigned c)
{
    if (c < 0x80) {
        buf_char(out, (char)c);
        return;
    }
    if (c < 0x800) {
        buf_char(out, (char)(0xc0 | c >> 6));
    } else {
        buf_char(out, (char)(0xe0 | c >> 12));
        buf_char(out, (char)(0x80 | (c >> 6 & 0x3f)));
    }
    buf_char(out, (char)(0x80 | (c & 0x3f)));
}

void xlsx_text_plain(struct buf *out, struct slice text)
{
    const char *p = text.p, *end = text.p + text.n, *at;
    while (p < end && (at = memchr(p, '_', (size_t)(end - p))) != NULL) {
        unsigned c = escaped_character(at, (size_t)(end - at));
        buf_add(out, p, (size_t)(at - p) + (c == 0));
        if (c)
            put_character(out, c);
        p = at + (c ? 7 : 1);
    }
    if (p < end)
        buf_add(out, p, (size_t)(end - p));
}

static void start(void *ctx, const char *name, const char *const *attribute)
{
    struct reading *r = ctx;
    (void)attribute;
    if (strcmp(name, "si") == 0)
        buf_clear(&r->item);
    else if (strcmp(name, "rPh") == 0)
        r->in_reading_aid = true;
    else if (strcmp(name, "t") == 0)
        r->in_text = !r->in_reading_aid;
}

static void keep_item(struct reading *r)
{
    struct xlsx_strings *s = r->strings;
    xlsx_text_plain(&s->text, buf_view(&r->item));
    if (s->text.n + (s->n + 1) * sizeof *s->end > XLSX_MAX_STRINGS) {
        xml_fail(r->xml, 0, "more than 64 MiB of shared texts");
        return;
    }
    s->end = mem_grow(s->end, s->n, &s->cap, sizeof *s->end);
    s->end[s->n++] = (uint32_t)s->text.n;
}

static void end(void *ctx, const char *name)
{
    struct reading *r = ctx;
    if (strcmp(name, "si") == 0)
        keep_item(r);
    else if (strcmp(name, "rPh") == 0)
        r->in_reading_aid = false;
    else if (strcmp(name, "t") == 0)
        r->in_text = false;
}

static void text(void *ctx, const char *p, size_t n)
{
    struct reading *r = ctx;
    if (!r->in_text)
        return;
    if (r->item.n + n > RECORDS_MAX_FIELD)
        xml_fail(r->xml, 0, "shared text %zu is longer than 1 MiB", r->strings->n);
    else
        buf_add(&r->item, p, n);
}

enum status xlsx_strings_read(struct xlsx_strings *s, struct package *p, int64_t part, struct diag *d)
{
    static const struct xml_events events = {start, end, text};
    struct reading r = {.strings = s};
    enum status st = xml_read(p, part, &events, &r, &r.xml, d);
    buf_free(&r.item);
    return st;
}

void xlsx_strings_free(struct xlsx_strings *s)
{
    buf_free(&s->text);
    free(s->end);
    *s = (struct xlsx_strings){0};
}
