/* SPDX-License-Identifier: MIT
 * xlsx_styles: the formats of cells; see xlsx_parts.h. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/xlsx_parts.h"

struct reading {
    struct xlsx_styles *styles;
    struct xml *xml;
    enum { ELSEWHERE, IN_CODES, IN_CELLS } place; /* formats also stand among conditional ones */
};

/* Digits as a number below XLSX_MAX_FORMATS; false for anything else. */
static bool format_number(const char *text, unsigned *number)
{
    *number = 0;
    if (!text || !*text)
        return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || *number >= XLSX_MAX_FORMATS)
            return false;
        *number = *number * 10 + (unsigned)(*text - '0');
    }
    return *number < XLSX_MAX_FORMATS;
}

static void take_code(struct reading *r, const char *const *attribute)
{
    struct xlsx_styles *s = r->styles;
    const char *code = xml_attribute(attribute, "formatCode");
    unsigned id;
    if (!format_number(xml_attribute(attribute, "numFmtId"), &id) || !code) {
        xml_fail(r->xml, 0, "a number format without its number or code");
        return;
    }
    if (!s->known[id]) /* else cells may have it already */
        s->format[id] = number_format_new(slice_of(code));
    s->known[id] = true;
}

/* That of a code in the file, else the one that programs know by its number. */
static const struct number_format *format_of(struct xlsx_styles *s, unsigned id)
{
    const char *code = s->known[id] ? NULL : number_format_builtin(id);
    if (code)
        s->format[id] = number_format_new(slice_of(code));
    s->known[id] = true;
    return s->format[id];
}

static void take_cell_format(struct reading *r, const char *const *attribute)
{
    struct xlsx_styles *s = r->styles;
    const char *text = xml_attribute(attribute, "numFmtId");
    unsigned id = 0;
    if (text && !format_number(text, &id)) {
        xml_fail(r->xml, 0, "a cell format with the number format %s", diag_quote(slice_of(text)).s);
        return;
    }
    if (s->n == XLSX_MAX_FORMATS) {
        xml_fail(r->xml, 0, "more than %d cell formats", XLSX_MAX_FORMATS);
        return;
    }
    s->cell = mem_grow(s->cell, s->n, &s->cap, sizeof *s->cell);
    s->cell[s->n++] = format_of(s, id);
}

static void start(void *ctx, const char *name, const char *const *attribute)
{
    struct reading *r = ctx;
    if (strcmp(name, "numFmts") == 0)
        r->place = IN_CODES;
    else if (strcmp(name, "cellXfs") == 0)
        r->place = IN_CELLS;
    else if (r->place == IN_CODES && strcmp(name, "numFmt") == 0)
        take_code(r, attribute);
    else if (r->place == IN_CELLS && strcmp(name, "xf") == 0)
        take_cell_format(r, attribute);
}

static void end(void *ctx, const char *name)
{
    struct reading *r = ctx;
    if (strcmp(name, "numFmts") == 0 || strcmp(name, "cellXfs") == 0)
        r->place = ELSEWHERE;
}

enum status xlsx_styles_read(struct xlsx_styles *s, struct package *p, int64_t part, struct diag *d)
{
    static const struct xml_events events = {start, end, NULL};
    struct reading r = {.styles = s};
    s->format = mem_zero(XLSX_MAX_FORMATS, sizeof *s->format);
    s->known = mem_zero(XLSX_MAX_FORMATS, sizeof *s->known);
    return xml_read(p, part, &events, &r, &r.xml, d);
}

void xlsx_styles_free(struct xlsx_styles *s)
{
    for (size_t i = 0; s->format && i < XLSX_MAX_FORMATS; i++)
        free(s->format[i]);
    free(s->cell);
    free(s->format);
    free(s->known);
    *s = (struct xlsx_styles){0};
}
