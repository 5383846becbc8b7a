/* SPDX-License-Identifier: MIT
 * html: see html.h. */
#include "lib/print/html.h"

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\n':
        return "<br>";
    case '\t':
        return " ";
    default:
        return (unsigned char)c < 0x20 || c == 0x7f ? "\xef\xbf\xbd" : NULL;
    }
}

void html_text(struct buf *b, struct slice text)
{
    size_t from = 0;
    if (text.n == 0)
        return;
    for (size_t i = 0; i < text.n; i++) {
        const char *instead = entity(text.p[i]);
        if (!instead)
            continue;
        buf_add(b, text.p + from, i - from);
        buf_text(b, instead);
        from = i + 1;
    }
    buf_add(b, text.p + from, text.n - from);
}

void html_words(struct buf *b, const struct words *w, enum langs langs)
{
    const char *zh = langs & LANGS_ZH ? w->in[LANG_ZH] : "";
    const char *en = langs & LANGS_EN ? w->in[LANG_EN] : "";
    if (langs != LANGS_BOTH && !*zh && !*en) /* better in the other language than not at all */
        zh = words_in(w, LANG_ZH);
    html_text(b, slice_of(zh));
    if (!*en)
        return;
    if (langs != LANGS_EN)
        buf_text(b, " <span lang=\"en\">");
    html_text(b, slice_of(en));
    if (langs != LANGS_EN)
        buf_text(b, "</span>");
}

/* The unit of a column, unless the table states it once for all. */
static void head_unit(struct buf *b, const struct html_table *t, const struct words *unit)
{
    const char *in_head = words_in(unit, t->manner.lang);
    if (!*in_head || label_unit_is_stated(words_in(&t->unit, t->manner.lang), in_head))
        return;
    buf_text(b, "<span class=\"unit\">");
    buf_text(b, t->manner.lang == LANG_ZH ? "（" : " (");
    html_text(b, slice_of(in_head));
    buf_text(b, t->manner.lang == LANG_ZH ? "）</span>" : ")</span>");
}

static void head_words(struct buf *b, const struct html_table *t, const struct sheet_column *c)
{
    const struct label *l = c->label;
    if (!l || !*words_in(&l->text, LANG_ZH)) {
        html_text(b, c->name);
        return;
    }
    html_words(b, &l->text, t->langs == LANGS_BOTH ? LANGS_ZH : t->langs);
    head_unit(b, t, &l->unit);
    if (t->langs == LANGS_BOTH && *l->text.in[LANG_ZH])
        html_words(b, &(struct words){{"", l->text.in[LANG_EN]}}, LANGS_BOTH);
}

static const char *over_of(const struct sheet_column *c)
{
    return c->label ? words_in(&c->label->over, LANG_ZH) : "";
}

/* How many columns from this one on share its spanning head. */
static size_t span_of(const struct sheet *s, size_t column)
{
    size_t n = 1;
    while (column + n < s->width && strcmp(over_of(&s->column[column]), over_of(&s->column[column + n])) == 0)
        n++;
    return n;
}

static void head_cell(struct buf *b, const struct html_table *t, const struct sheet_column *c,
                      const char *rows)
{
    buf_printf(b, "<th scope=\"col\"%s%s>", rows, c->align == ALIGN_LEFT ? " class=\"l\"" : "");
    head_words(b, t, c);
    buf_text(b, "</th>");
}

static void write_head(struct out *o, const struct html_table *t, struct buf *b)
{
    const struct sheet *s = t->sheet;
    bool two = false;
    for (size_t i = 0; i < s->width; i++)
        two |= *over_of(&s->column[i]) != '\0';
    buf_text(b, "<thead>\n<tr>");
    for (size_t i = 0, n; i < s->width; i += n) {
        n = 1;
        if (!*over_of(&s->column[i])) {
            head_cell(b, t, &s->column[i], two ? " rowspan=\"2\"" : "");
            continue;
        }
        n = span_of(s, i);
        buf_printf(b, "<th scope=\"colgroup\" colspan=\"%zu\" class=\"over\">", n);
        html_words(b, &s->column[i].label->over, t->langs);
        buf_text(b, "</th>");
    }
    buf_text(b, "</tr>\n");
    if (two) {
        buf_text(b, "<tr>");
        for (size_t i = 0; i < s->width; i++)
            if (*over_of(&s->column[i]))
                head_cell(b, t, &s->column[i], "");
        buf_text(b, "</tr>\n");
    }
    buf_text(b, "</thead>\n");
    out_slice(o, buf_view(b));
    buf_clear(b);
}

/* "total" when the first cell says so, "subtotal" when a later text cell does; a row can be both. */
static const char *row_class(const struct html_table *t, size_t row)
{
    static const char *const classes[] = {"", " class=\"total\"", " class=\"subtotal\"",
                                          " class=\"total subtotal\""};
    const struct sheet *s = t->sheet;
    unsigned is = 0;
    for (size_t i = 0; *t->total && i < s->width; i++)
        if (s->column[i].align == ALIGN_LEFT && sheet_is_one_of(sheet_field(s, row, i), t->total))
            is |= i ? 2 : 1;
    return classes[is];
}

/* A figure stands right without a word said; text is marked, and so is text that may need more than a line.
 */
static const char *cell_attributes(const struct html_table *t, const struct sheet_column *c, size_t bytes)
{
    enum { LINE = 48 };
    switch (c->align) {
    case ALIGN_RIGHT:
        return t->inline_style ? " style=\"text-align:right\"" : "";
    case ALIGN_CENTRE:
        return t->inline_style ? " style=\"text-align:center\"" : " class=\"c\"";
    default:
        return t->inline_style ? " style=\"text-align:left\""
               : bytes > LINE  ? " class=\"l long\""
                               : " class=\"l\"";
    }
}

static void write_row(struct out *o, const struct html_table *t, size_t row, struct buf *b, struct buf *text)
{
    const struct sheet *s = t->sheet;
    buf_printf(b, "<tr%s>", row_class(t, row));
    for (size_t i = 0; i < s->width; i++) {
        const struct sheet_column *c = &s->column[i];
        bool heads = i == 0 && c->align == ALIGN_LEFT;
        buf_clear(text);
        sheet_show(text, c, sheet_field(s, row, i), &t->manner);
        buf_printf(b, "<%s%s>", heads ? "th scope=\"row\"" : "td", cell_attributes(t, c, text->n));
        html_text(b, buf_view(text));
        buf_text(b, heads ? "</th>" : "</td>");
    }
    buf_text(b, "</tr>\n");
    out_slice(o, buf_view(b));
    buf_clear(b);
}

static bool begins_cluster(const struct html_table *t, size_t row)
{
    if (row == 0)
        return true;
    return t->cluster >= 0 && !slice_equal(sheet_field(t->sheet, row, (size_t)t->cluster),
                                           sheet_field(t->sheet, row - 1, (size_t)t->cluster));
}

void html_table(struct out *o, const struct html_table *t)
{
    const struct sheet *s = t->sheet;
    struct buf b = {0}, text = {0};
    buf_text(&b, "<table");
    if (t->id) {
        buf_text(&b, " id=\"");
        html_text(&b, slice_of(t->id));
        buf_char(&b, '"');
    }
    buf_text(&b, t->cluster >= 0 ? " class=\"clusters\">\n" : ">\n");
    if (t->caption.n) {
        buf_text(&b, "<caption>");
        buf_slice(&b, t->caption);
        buf_text(&b, "</caption>\n");
    }
    write_head(o, t, &b);
    for (size_t r = 0; r < s->rows; r++) {
        if (begins_cluster(t, r))
            out_text(o, r ? "</tbody>\n<tbody>\n" : "<tbody>\n");
        write_row(o, t, r, &b, &text);
    }
    if (s->rows)
        out_text(o, "</tbody>\n");
    if (t->foot.n) {
        buf_printf(&b, "<tfoot><tr><td colspan=\"%zu\">", s->width);
        buf_slice(&b, t->foot);
        buf_text(&b, "</td></tr></tfoot>\n");
    }
    buf_text(&b, "</table>\n");
    out_slice(o, buf_view(&b));
    buf_free(&b);
    buf_free(&text);
}
