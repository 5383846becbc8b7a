/* SPDX-License-Identifier: MIT
 * page: see page.h. Names used here: name_zh, name_en (of the publisher), issue, date, page_note_zh,
 * page_note_en (a sentence on every page). */
#include "lib/print/page.h"

#include "lib/print/html.h"

struct writer {
    const struct page *page;
    struct out *o;
    struct buf b; /* what is being put together; page_write empties it into o */
};

static struct words named(const struct writer *w, const char *zh, const char *en)
{
    const struct names *n = w->page->edition->names;
    return (struct words){{names_get(n, zh), names_get(n, en)}};
}

static bool has_words(const struct words *words)
{
    return *words_in(words, LANG_ZH) != '\0';
}

/* The words between two pieces of HTML, or nothing. */
static void put_words(struct writer *w, const char *before, const struct words *words, const char *after)
{
    if (!has_words(words))
        return;
    buf_text(&w->b, before);
    html_words(&w->b, words, w->page->langs);
    buf_text(&w->b, after);
}

/* --- head --- */

/* A text in the quotes of CSS; '<' is escaped too, for it stands inside <style>. */
static void put_css_text(struct buf *b, const char *text)
{
    for (; *text; text++)
        if (strchr("\"\\<\n", *text))
            buf_printf(b, "\\%x ", (unsigned)*text);
        else
            buf_char(b, *text);
}

static void put_margin(struct writer *w, const char *box, const struct words *words)
{
    const char *zh = w->page->langs & LANGS_ZH ? words->in[LANG_ZH] : "";
    const char *en = w->page->langs & LANGS_EN ? words->in[LANG_EN] : "";
    if (!has_words(words))
        return;
    buf_printf(&w->b, "@page { @%s { content: \"", box);
    put_css_text(&w->b, *zh || *en ? zh : words_in(words, LANG_ZH));
    buf_text(&w->b, *zh && *en ? "\\a " : "");
    put_css_text(&w->b, en);
    buf_text(&w->b, "\" } }\n");
}

static void put_head(struct writer *w)
{
    const struct edition *e = w->page->edition;
    struct words note = named(w, "page_note_zh", "page_note_en");
    bool zh = w->page->langs & LANGS_ZH;
    buf_printf(&w->b, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
               zh ? "zh-CN" : "en");
    buf_text(&w->b, "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    html_text(&w->b, slice_of(words_in(&e->title, zh ? LANG_ZH : LANG_EN)));
    buf_text(&w->b, "</title>\n<style>\n");
    buf_slice(&w->b, w->page->style);
    put_margin(w, "top-center", &e->title);
    put_margin(w, "bottom-center", &note);
    buf_text(&w->b, "</style>\n</head>\n<body>\n");
}

static void put_masthead(struct writer *w)
{
    const struct names *n = w->page->edition->names;
    struct words name = named(w, "name_zh", "name_en");
    struct words note = named(w, "page_note_zh", "page_note_en");
    struct words issue = named(w, "issue", "");
    struct words date = *names_get(n, "date_zh") ? named(w, "date_zh", "date_en") : named(w, "date", "");
    buf_text(&w->b, "<header>\n");
    put_words(w, "<p class=\"publisher\">", &name, "</p>\n");
    buf_text(&w->b, "<div class=\"issue\">");
    put_words(w, "<p>", &issue, "</p>");
    put_words(w, "<p>", &date, "</p>");
    buf_text(&w->b, "</div>\n");
    put_words(w, "<h1>", &w->page->edition->title, "</h1>\n");
    put_words(w, "<p class=\"page-note\">", &note, "</p>\n");
    buf_text(&w->b, "</header>\n");
}

static void put_title(struct writer *w, const struct item *item)
{
    if (item->kind == ITEM_TABLE)
        buf_printf(&w->b, "<span class=\"id\">%s</span> ", item->id);
    html_words(&w->b, &item->title, w->page->langs);
}

static void put_contents(struct writer *w)
{
    static const struct words contents = {{"目录", "Contents"}};
    const struct layout *l = w->page->edition->layout;
    bool inside = false; /* a heading's own list */
    put_words(w, "<nav>\n<h2>", &contents, "</h2>\n<ul>\n");
    for (size_t i = 0; i < l->n; i++) {
        const struct item *item = &l->item[i];
        bool heads = item->kind == ITEM_HEADING;
        if (!heads && item->kind != ITEM_TABLE)
            continue;
        buf_text(&w->b, heads && inside ? "</ul></li>\n" : "");
        buf_printf(&w->b, "<li><a href=\"#%s\">", item->id);
        put_title(w, item);
        buf_text(&w->b, heads ? "</a>\n<ul>\n" : "</a></li>\n");
        inside |= heads;
    }
    buf_text(&w->b, inside ? "</ul></li>\n</ul>\n</nav>\n" : "</ul>\n</nav>\n");
}

/* --- what stands under a table --- */

/* The lines of a text, each between two pieces of HTML. */
static void put_lines(struct writer *w, const char *text, const char *before, const char *after)
{
    for (size_t n; *text; text += n + (text[n] == '\n')) {
        n = strcspn(text, "\n");
        buf_text(&w->b, before);
        html_text(&w->b, (struct slice){text, n});
        buf_text(&w->b, after);
    }
}

static const char *const COLON[LANGS] = {"：", ": "};
static const char *const SEMICOLON[LANGS] = {"；", "; "};

/* "label: note" of every shown column that has a note. */
static void put_column_notes(struct writer *w, const struct sheet *s, enum lang lang)
{
    struct buf name = {0};
    for (size_t i = 0; i < s->width; i++) {
        const struct label *l = s->column[i].label;
        if (!l || !*l->note.in[lang])
            continue;
        buf_clear(&name);
        label_name(&name, l, lang);
        buf_text(&name, COLON[lang]);
        buf_text(&name, l->note.in[lang]);
        html_text(&w->b, buf_view(&name));
        buf_text(&w->b, SEMICOLON[lang]);
    }
    buf_free(&name);
}

/* What is to be said under a table in one language: the layout's notes, those of the columns, the marks.
 * Every note ends with a semicolon, of which the last goes. */
static void put_notes(struct writer *w, const struct item *item, const struct sheet *s, enum lang lang)
{
    static const char *const begin[LANGS] = {"<p class=\"notes\">注：",
                                             "<p class=\"notes\" lang=\"en\">Notes: "};
    static const char *const empty_mark[LANGS] = {"“…”表示未报送", "“…” not reported"};
    static const char *const na_mark[LANGS] = {"“—”表示不适用", "“—” not applicable"};
    bool has_empty, has_na;
    if (!(w->page->langs & (lang == LANG_ZH ? LANGS_ZH : LANGS_EN)))
        return;
    size_t from = w->b.n;
    buf_text(&w->b, begin[lang]);
    size_t none = w->b.n;
    put_lines(w, item->text.in[lang], "", SEMICOLON[lang]);
    put_column_notes(w, s, lang);
    sheet_missing(s, &has_empty, &has_na);
    put_lines(w, has_empty ? empty_mark[lang] : "", "", SEMICOLON[lang]);
    put_lines(w, has_na ? na_mark[lang] : "", "", SEMICOLON[lang]);
    if (w->b.n == none) {
        w->b.n = from;
    } else {
        w->b.n -= strlen(SEMICOLON[lang]);
        buf_text(&w->b, lang == LANG_ZH ? "。</p>\n" : ".</p>\n");
    }
}

static void put_sources(struct writer *w, const struct item *item)
{
    static const struct words definitions = {{"指标口径", "Definitions"}},
                              articles = {{"对应篇目", "Articles"}};
    if (!*item->definitions && !*item->articles)
        return;
    buf_text(&w->b, "<p class=\"sources\">");
    if (*item->definitions) {
        put_words(w, "<b>", &definitions, "</b> ");
        html_text(&w->b, slice_of(item->definitions));
    }
    if (*item->articles) {
        put_words(w, *item->definitions ? " · <b>" : "<b>", &articles, "</b> ");
        html_text(&w->b, slice_of(item->articles));
    }
    buf_text(&w->b, "</p>\n");
}

/* --- items --- */

static void flush(struct writer *w)
{
    out_slice(w->o, buf_view(&w->b));
    buf_clear(&w->b);
}

/* "单位：亿元、%" in the languages asked for. */
static void put_unit(struct buf *b, const struct words *unit, enum langs langs)
{
    struct words line = {{"", ""}};
    struct buf zh = {0}, en = {0};
    if (*unit->in[LANG_ZH]) {
        buf_printf(&zh, "单位：%s", unit->in[LANG_ZH]);
        line.in[LANG_ZH] = buf_string(&zh);
    }
    if (*unit->in[LANG_EN]) {
        buf_printf(&en, "Unit: %s", unit->in[LANG_EN]);
        line.in[LANG_EN] = buf_string(&en);
    }
    html_words(b, &line, langs);
    buf_free(&zh);
    buf_free(&en);
}

static void put_sheet(struct writer *w, const struct item *item, const struct sheet *s)
{
    enum langs langs = w->page->langs;
    struct words note = named(w, "page_note_zh", "page_note_en");
    struct buf caption = {0}, foot = {0};
    put_unit(&caption, &item->unit, langs);
    html_words(&foot, &note, langs);
    struct html_table table = {
        .sheet = s,
        .langs = langs,
        .manner = {langs & LANGS_ZH ? LANG_ZH : LANG_EN, true, "…", "—"},
        .caption = buf_view(&caption),
        .unit = item->unit,
        .total = item->total,
        .cluster = *item->cluster ? sheet_find(s, slice_of(item->cluster)) : -1,
        .foot = buf_view(&foot),
    };
    flush(w);
    html_table(w->o, &table);
    buf_free(&caption);
    buf_free(&foot);
}

static void put_folded(struct writer *w, const struct item *item, const struct sheet *s)
{
    bool folds = item->fold != FOLD_NEVER;
    if (folds) {
        buf_printf(&w->b, "<details%s><summary>", item->fold == FOLD_OPEN ? " open" : "");
        buf_printf(&w->b, w->page->langs & LANGS_ZH ? "共 %zu 行" : "%zu rows", s->rows);
        buf_text(&w->b, "</summary>\n");
    }
    put_sheet(w, item, s);
    buf_text(&w->b, folds ? "</details>\n" : "");
}

static void put_table(struct writer *w, const struct item *item, const struct sheet *s)
{
    static const struct words nothing = {{"本期无。", "None in this period."}};
    enum { SHORT = 16 }; /* rows that one printed page should hold together */
    buf_printf(&w->b, "<section id=\"%s\" class=\"table%s%s\">\n<h3>", item->id, item->wide ? " wide" : "",
               s->rows <= SHORT ? " short" : "");
    put_title(w, item);
    buf_text(&w->b, "</h3>\n");
    if (s->rows)
        put_folded(w, item, s);
    else
        put_words(w, "<p class=\"none\">", has_words(&item->empty) ? &item->empty : &nothing, "</p>\n");
    put_notes(w, item, s, LANG_ZH);
    put_notes(w, item, s, LANG_EN);
    put_sources(w, item);
    buf_text(&w->b, "</section>\n");
}

static void put_text(struct writer *w, const struct item *item)
{
    buf_printf(&w->b, "<section id=\"%s\" class=\"text\">\n", item->id);
    put_words(w, "<h3>", &item->title, "</h3>\n");
    if (w->page->langs & LANGS_ZH)
        put_lines(w, item->text.in[LANG_ZH], "<p>", "</p>\n");
    if (w->page->langs & LANGS_EN)
        put_lines(w, item->text.in[LANG_EN], "<p lang=\"en\">", "</p>\n");
    buf_text(&w->b, "</section>\n");
}

/* `wide` is that of what the heading stands over: they share a page. */
static void put_heading(struct writer *w, const struct item *item, bool wide)
{
    buf_printf(&w->b, "<h2 id=\"%s\"%s>", item->id, wide ? " class=\"wide\"" : "");
    html_words(&w->b, &item->title, w->page->langs);
    buf_text(&w->b, "</h2>\n");
}

void page_write(struct out *o, const struct page *p)
{
    struct writer w = {p, o, {0}};
    const struct layout *l = p->edition->layout;
    put_head(&w);
    put_masthead(&w);
    put_contents(&w);
    buf_text(&w.b, "<main>\n");
    for (size_t i = 0; i < l->n; i++) {
        const struct item *item = &l->item[i];
        if (item->kind == ITEM_HEADING)
            put_heading(&w, item, i + 1 < l->n && item[1].wide);
        else if (item->kind == ITEM_TEXT)
            put_text(&w, item);
        else if (item->kind == ITEM_TABLE)
            put_table(&w, item, p->edition->sheet[i]);
        flush(&w);
    }
    buf_text(&w.b, "</main>\n</body>\n</html>\n");
    flush(&w);
    buf_free(&w.b);
}

enum status page_check_style(const char *file, const char *css, struct diag *d)
{
    static const char *const refused[] = {"url(", "@import", "</", NULL};
    for (size_t i = 0; refused[i]; i++) {
        const char *at = strcasestr(css, refused[i]);
        uint64_t line = 1;
        for (const char *p = css; at && p < at; p++)
            line += *p == '\n';
        if (at)
            return diag_set(d, ST_MISUSE, file, line, NULL,
                            "'%s' has no place in a page that fetches nothing", refused[i]);
    }
    return ST_OK;
}
