/* SPDX-License-Identifier: MIT
 * plain: see plain.h. The cells are put into words twice, once to measure the columns and once to print. */
#include "lib/print/plain.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/print/line.h"

enum { GAP = 2 }; /* blanks between columns */

struct measure {
    size_t width;
    size_t fraction; /* widest "." and decimals of its figures */
};

/* Bytes of a figure from its point on. */
static size_t fraction_of(struct slice text)
{
    const char *point = text.n ? memchr(text.p, '.', text.n) : NULL;
    return point ? (size_t)(text.p + text.n - point) : 0;
}

/* Blanks that a figure needs behind it to stand under the others at the point. */
static size_t fraction_room(const struct plain *p, const struct measure *m, size_t row, size_t column,
                            struct slice text)
{
    if (p->sheet->column[column].align != ALIGN_RIGHT || !sheet_is_figure(sheet_field(p->sheet, row, column)))
        return 0;
    return m->fraction - fraction_of(text);
}

/* --- heads --- */

static const char *over_of(const struct plain *p, size_t column)
{
    const struct label *l = p->sheet->column[column].label;
    return l ? words_in(&l->over, p->manner.lang) : "";
}

static struct slice label_of(const struct plain *p, size_t column)
{
    const struct sheet_column *c = &p->sheet->column[column];
    const char *text = c->label ? words_in(&c->label->text, p->manner.lang) : "";
    return *text ? slice_of(text) : c->name;
}

static size_t span_of(const struct plain *p, size_t column)
{
    size_t n = 1;
    while (column + n < p->sheet->width && strcmp(over_of(p, column), over_of(p, column + n)) == 0)
        n++;
    return *over_of(p, column) ? n : 1;
}

static size_t width_of_span(const struct measure *m, size_t from, size_t n)
{
    size_t width = GAP * (n - 1);
    for (size_t i = 0; i < n; i++)
        width += m[from + i].width;
    return width;
}

/* --- aligned text --- */

static void measure_column(const struct plain *p, struct measure *m, size_t column, struct buf *b)
{
    for (size_t r = 0; r < p->sheet->rows; r++) {
        if (!sheet_is_figure(sheet_field(p->sheet, r, column)))
            continue;
        buf_clear(b);
        line_cell(b, p, r, column);
        line_widen(&m->fraction, fraction_of(buf_view(b)));
    }
    for (size_t r = 0; r < p->sheet->rows; r++) {
        buf_clear(b);
        line_cell(b, p, r, column);
        line_widen(&m->width,
                   width_of(buf_view(b), p->ambiguous) + fraction_room(p, m, r, column, buf_view(b)));
    }
    line_widen(&m->width, width_of(label_of(p, column), p->ambiguous));
    buf_clear(b);
    line_unit(b, &p->sheet->column[column], &p->manner, p->unit);
    line_widen(&m->width, width_of(buf_view(b), p->ambiguous));
    buf_clear(b);
}

static struct measure *measure_all(const struct plain *p, struct buf *b)
{
    const struct sheet *s = p->sheet;
    struct measure *m = mem_zero(s->width, sizeof *m);
    for (size_t i = 0; i < s->width; i++)
        measure_column(p, &m[i], i, b);
    for (size_t i = 0, n; i < s->width; i += n) {
        n = span_of(p, i);
        size_t over = width_of(slice_of(over_of(p, i)), p->ambiguous);
        size_t width = width_of_span(m, i, n);
        if (over > width)
            m[i + n - 1].width += over - width;
    }
    return m;
}

static void write_overs(struct out *o, const struct plain *p, const struct measure *m, struct buf *b)
{
    bool any = false;
    for (size_t i = 0, n; i < p->sheet->width; i += n) {
        n = span_of(p, i);
        any |= *over_of(p, i) != '\0';
        line_blanks(b, i ? GAP : 0);
        line_aligned(b, p, slice_of(over_of(p, i)), width_of_span(m, i, n), ALIGN_CENTRE);
    }
    if (any)
        line_end(o, b);
    buf_clear(b);
}

static void write_heads(struct out *o, const struct plain *p, const struct measure *m, struct buf *b)
{
    const struct sheet *s = p->sheet;
    struct buf unit = {0};
    bool units = false;
    write_overs(o, p, m, b);
    for (size_t i = 0; i < s->width; i++) {
        line_blanks(b, i ? GAP : 0);
        line_aligned(b, p, label_of(p, i), m[i].width, s->column[i].align);
    }
    line_end(o, b);
    for (size_t i = 0; i < s->width; i++) {
        buf_clear(&unit);
        line_unit(&unit, &s->column[i], &p->manner, p->unit);
        units |= unit.n > 0;
        line_blanks(b, i ? GAP : 0);
        line_aligned(b, p, buf_view(&unit), m[i].width, s->column[i].align);
    }
    if (units)
        line_end(o, b);
    buf_clear(b);
    for (size_t i = 0; i < s->width; i++) {
        line_blanks(b, i ? GAP : 0);
        for (size_t k = 0; k < m[i].width; k++)
            buf_char(b, '-');
    }
    line_end(o, b);
    buf_free(&unit);
}

static void write_text_row(struct out *o, const struct plain *p, const struct measure *m, size_t row,
                           struct buf *b, struct buf *cell)
{
    for (size_t i = 0; i < p->sheet->width; i++) {
        buf_clear(cell);
        line_cell(cell, p, row, i);
        line_blanks(cell, fraction_room(p, &m[i], row, i, buf_view(cell)));
        line_blanks(b, i ? GAP : 0);
        line_aligned(b, p, buf_view(cell), m[i].width, p->sheet->column[i].align);
    }
    line_end(o, b);
}

void plain_text(struct out *o, const struct plain *p)
{
    struct buf b = {0}, cell = {0};
    struct measure *m = measure_all(p, &cell);
    size_t width = width_of_span(m, 0, p->sheet->width);
    if (*p->title) {
        line_aligned(&b, p, slice_of(p->title), width, ALIGN_CENTRE);
        line_end(o, &b);
    }
    if (*p->unit) {
        buf_printf(&cell, "%s%s", p->manner.lang == LANG_ZH ? "单位：" : "Unit: ", p->unit);
        line_aligned(&b, p, buf_view(&cell), width, ALIGN_RIGHT);
        line_end(o, &b);
    }
    write_heads(o, p, m, &b);
    for (size_t r = 0; r < p->sheet->rows; r++)
        write_text_row(o, p, m, r, &b, &cell);
    for (size_t i = 0; i < p->notes; i++)
        out_printf(o, "%s%s\n", p->manner.lang == LANG_ZH ? "注：" : "Note: ", p->note[i]);
    buf_free(&b);
    buf_free(&cell);
    free(m);
}
