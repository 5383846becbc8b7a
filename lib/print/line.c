/* SPDX-License-Identifier: MIT
 * line: see line.h. */
#include "lib/print/line.h"

static void put_control(struct buf *b, uint32_t c)
{
    buf_text(b, c == '\n' || c == '\t' ? " " : "\xef\xbf\xbd");
}

/* Appends text without control characters, which a terminal would obey. */
static void put_clean(struct buf *b, struct slice text)
{
    for (size_t i = 0, used; i < text.n; i += used) {
        struct slice rest = {text.p + i, text.n - i};
        uint32_t c = utf8_next(rest, &used);
        if (c < 0x20 || (c >= 0x7f && c < 0xa0))
            put_control(b, c);
        else
            buf_add(b, rest.p, used);
    }
}

void line_cell(struct buf *b, const struct plain *p, size_t row, size_t column)
{
    struct buf shown = {0};
    sheet_show(&shown, &p->sheet->column[column], sheet_field(p->sheet, row, column), &p->manner);
    put_clean(b, buf_view(&shown));
    buf_free(&shown);
}

void line_blanks(struct buf *b, size_t n)
{
    for (; n; n--)
        buf_char(b, ' ');
}

void line_aligned(struct buf *b, const struct plain *p, struct slice text, size_t width, enum align align)
{
    size_t used = width_of(text, p->ambiguous);
    size_t room = used < width ? width - used : 0;
    size_t before = align == ALIGN_RIGHT ? room : align == ALIGN_CENTRE ? room / 2 : 0;
    line_blanks(b, before);
    buf_slice(b, text);
    line_blanks(b, room - before);
}

void line_end(struct out *o, struct buf *b)
{
    while (b->n && b->p[b->n - 1] == ' ')
        b->n--;
    buf_char(b, '\n');
    out_slice(o, buf_view(b));
    buf_clear(b);
}

void line_unit(struct buf *b, const struct sheet_column *c, const struct manner *m, const char *stated)
{
    const char *unit = c->label ? words_in(&c->label->unit, m->lang) : "";
    if (!*unit || label_unit_is_stated(stated, unit))
        return;
    buf_text(b, m->lang == LANG_ZH ? "（" : "(");
    buf_text(b, unit);
    buf_text(b, m->lang == LANG_ZH ? "）" : ")");
}

void line_head(struct buf *b, const struct sheet_column *c, const struct manner *m, const char *stated)
{
    size_t from = b->n;
    if (c->label)
        label_name(b, c->label, m->lang);
    if (b->n == from)
        buf_slice(b, c->name);
    if (m->lang == LANG_EN)
        buf_char(b, ' ');
    from = b->n;
    line_unit(b, c, m, stated);
    if (b->n == from && m->lang == LANG_EN)
        b->n--;
}

void line_widen(size_t *width, size_t to)
{
    if (*width < to)
        *width = to;
}
