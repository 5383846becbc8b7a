/* SPDX-License-Identifier: MIT
 * markdown: the Markdown half of plain.h. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/print/line.h"
#include "lib/print/plain.h"

static bool is_word(const char *p, const char *end)
{
    return p < end &&
           ((*p >= '0' && *p <= '9') || ((*p | 32) >= 'a' && (*p | 32) <= 'z') || (unsigned char)*p >= 0x80);
}

/* '_' inside a word is no markup, and stays readable. */
static void put_markdown(struct buf *b, struct slice text)
{
    const char *end = text.p + text.n;
    for (const char *p = text.p; p < end; p++) {
        bool inside = *p == '_' && p > text.p && is_word(p - 1, end) && is_word(p + 1, end);
        if (strchr("\\|`*_<>[]&~", *p) && !inside)
            buf_char(b, '\\');
        buf_char(b, *p);
    }
}

static void put_markdown_cell(struct buf *b, const struct plain *p, size_t row, size_t column)
{
    struct buf cell = {0};
    line_cell(&cell, p, row, column);
    put_markdown(b, buf_view(&cell));
    buf_free(&cell);
}

static void put_markdown_head(struct buf *b, const struct plain *p, size_t column)
{
    struct buf head = {0};
    line_head(&head, &p->sheet->column[column], &p->manner, p->unit);
    put_markdown(b, buf_view(&head));
    buf_free(&head);
}

static size_t markdown_width(const struct plain *p, size_t column, struct buf *b)
{
    size_t width = 3; /* of the shortest delimiter, "---" */
    put_markdown_head(b, p, column);
    line_widen(&width, width_of(buf_view(b), p->ambiguous));
    for (size_t r = 0; r < p->sheet->rows; r++) {
        buf_clear(b);
        put_markdown_cell(b, p, r, column);
        line_widen(&width, width_of(buf_view(b), p->ambiguous));
    }
    buf_clear(b);
    return width;
}

static void write_delimiters(struct out *o, const struct plain *p, const size_t *width)
{
    for (size_t i = 0; i < p->sheet->width; i++) {
        enum align align = p->sheet->column[i].align;
        out_text(o, align == ALIGN_CENTRE ? "| :" : "| -");
        for (size_t k = 2; k < width[i]; k++)
            out_char(o, '-');
        out_text(o, align == ALIGN_LEFT ? "- " : ": ");
    }
    out_text(o, "|\n");
}

static void write_paragraph(struct out *o, const char *before, const char *text, const char *after)
{
    struct buf b = {0};
    buf_text(&b, before);
    put_markdown(&b, slice_of(text));
    buf_text(&b, after);
    out_slice(o, buf_view(&b));
    buf_free(&b);
}

/* The heads (row < 0) or a row. */
static void write_markdown_row(struct out *o, const struct plain *p, const size_t *width, ptrdiff_t row,
                               struct buf *b, struct buf *cell)
{
    for (size_t i = 0; i < p->sheet->width; i++) {
        buf_clear(cell);
        if (row < 0)
            put_markdown_head(cell, p, i);
        else
            put_markdown_cell(cell, p, (size_t)row, i);
        buf_text(b, "| ");
        line_aligned(b, p, buf_view(cell), width[i], p->sheet->column[i].align);
        buf_char(b, ' ');
    }
    buf_char(b, '|');
    line_end(o, b);
}

void plain_markdown(struct out *o, const struct plain *p)
{
    bool zh = p->manner.lang == LANG_ZH;
    struct buf b = {0}, cell = {0};
    size_t *width = mem_array(NULL, p->sheet->width, sizeof *width);
    for (size_t i = 0; i < p->sheet->width; i++)
        width[i] = markdown_width(p, i, &cell);
    if (*p->title)
        write_paragraph(o, "**", p->title, "**\n\n");
    if (*p->unit)
        write_paragraph(o, zh ? "单位：" : "Unit: ", p->unit, "\n\n");
    write_markdown_row(o, p, width, -1, &b, &cell);
    write_delimiters(o, p, width);
    for (size_t r = 0; r < p->sheet->rows; r++)
        write_markdown_row(o, p, width, (ptrdiff_t)r, &b, &cell);
    for (size_t i = 0; i < p->notes; i++)
        write_paragraph(o, zh ? "\n注：" : "\nNote: ", p->note[i], "\n");
    free(width);
    buf_free(&b);
    buf_free(&cell);
}
