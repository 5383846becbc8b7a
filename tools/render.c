/* SPDX-License-Identifier: MIT
 * render: a table -> aligned text, Markdown, HTML or CSV, as a reader sees it. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/print/html.h"
#include "lib/print/line.h"
#include "lib/print/plain.h"
#include "tools/front.h"

static const char HELP[] =
    "Usage: render [OPTION]... [FILE]\n"
    "Show a table: aligned text, Markdown, HTML or CSV.\n"
    "\n"
    "  -t, --to text|markdown|html|csv   form (default text)\n"
    "  -l, --columns FILE   labels, units, words for codes\n"
    "      --table NAME     its name in FILE (default: that of the input, without .tsv)\n"
    "      --lang zh|en     language of labels and fixed words (default zh)\n"
    "      --title TEXT, --unit TEXT, --note TEXT...   what stands around the table\n"
    "      --group[=COL,...]    set thousands apart: in amounts, or in these columns too\n"
    "      --total WORD|WORD... html: mark the rows that have such a word as a text cell\n"
    "      --ambiguous 1|2  columns your terminal gives to … — “ ” (default 1)\n"
    "      --bom            csv: begin with a byte order mark, as Excel wants\n"
    "  -o, --output FILE    write FILE, whole or not at all\n"
    "      --max-errors N   problems shown on standard error (default 20)\n"
    "      --help, --version\n"
    "\n"
    "What was not reported is shown as … (empty in CSV), what cannot exist as —.\n"
    "Exit status: 0 done; 2 misuse, a mistake in a specification; 3 input unreadable or\n"
    "malformed; 4 output failed; 5 a fault of the program. Manual: render(1).\n";

enum form { FORM_TEXT, FORM_MARKDOWN, FORM_HTML, FORM_CSV };

struct options {
    enum form form;
    const char *columns, *table, *title, *unit, *total, *group_columns, *file;
    const char **note;
    size_t notes, notes_cap;
    struct manner manner;
    enum ambiguous_width ambiguous;
    bool bom;
};

static void parse_word(const struct front *f, struct options *o, int option, const char *word)
{
    static const char *const forms[] = {"text", "markdown", "html", "csv"};
    bool good = false;
    for (size_t i = 0; option == 't' && i < 4; i++)
        if (strcmp(word, forms[i]) == 0) {
            o->form = (enum form)i;
            good = true;
        }
    if (option == 'L') {
        good = strcmp(word, "zh") == 0 || strcmp(word, "en") == 0;
        o->manner.lang = *word == 'e' ? LANG_EN : LANG_ZH;
    }
    if (option == 'A') {
        good = strcmp(word, "1") == 0 || strcmp(word, "2") == 0;
        o->ambiguous = *word == '2' ? AMBIGUOUS_WIDE : AMBIGUOUS_NARROW;
    }
    if (!good)
        front_misuse(f, "%s, not %s",
                     option == 't'   ? "-t is text, markdown, html or csv"
                     : option == 'L' ? "--lang is zh or en"
                                     : "--ambiguous is 1 or 2",
                     diag_quote(slice_of(word)).s);
}

/* What has no meaning in the form chosen is refused rather than passed over. */
static void check(const struct front *f, const struct options *o)
{
    if (o->form == FORM_CSV && (*o->title || *o->unit || o->notes || o->manner.group))
        front_misuse(f, "CSV has no place for --title, --unit, --note, --group");
    if (o->form != FORM_CSV && o->bom)
        front_misuse(f, "--bom is for -t csv");
    if (o->form != FORM_HTML && *o->total)
        front_misuse(f, "--total is for -t html");
    if (o->table && !o->columns)
        front_misuse(f, "--table names a table of -l COLUMNS, which is missing");
}

static void parse(struct front *f, struct options *o, int argc, char **argv)
{
    enum { TABLE = FRONT_OWN, LANG, TITLE, UNIT, NOTE, GROUP, TOTAL, AMBIGUOUS, BOM };
    static const struct option longs[] = {{"to", required_argument, NULL, 't'},
                                          {"columns", required_argument, NULL, 'l'},
                                          {"table", required_argument, NULL, TABLE},
                                          {"lang", required_argument, NULL, LANG},
                                          {"title", required_argument, NULL, TITLE},
                                          {"unit", required_argument, NULL, UNIT},
                                          {"note", required_argument, NULL, NOTE},
                                          {"group", optional_argument, NULL, GROUP},
                                          {"total", required_argument, NULL, TOTAL},
                                          {"ambiguous", required_argument, NULL, AMBIGUOUS},
                                          {"bom", no_argument, NULL, BOM},
                                          FRONT_OPTIONS,
                                          {0}};
    for (int c; (c = getopt_long(argc, argv, ":t:l:o:", longs, NULL)) != -1;)
        switch (c) {
        case 't':
            parse_word(f, o, 't', optarg);
            break;
        case 'l':
            o->columns = optarg;
            break;
        case TABLE:
            o->table = optarg;
            break;
        case LANG:
            parse_word(f, o, 'L', optarg);
            break;
        case TITLE:
            o->title = optarg;
            break;
        case UNIT:
            o->unit = optarg;
            break;
        case NOTE:
            o->note = mem_grow(o->note, o->notes, &o->notes_cap, sizeof *o->note);
            o->note[o->notes++] = optarg;
            break;
        case GROUP:
            o->manner.group = true;
            o->group_columns = optarg;
            break;
        case TOTAL:
            o->total = optarg;
            break;
        case AMBIGUOUS:
            parse_word(f, o, 'A', optarg);
            break;
        case BOM:
            o->bom = true;
            break;
        default:
            front_option(f, c, optarg);
        }
    if (optind + 1 < argc)
        front_misuse(f, "one FILE at most");
    o->file = argv[optind];
    check(f, o);
}

/* The name of the table in the labels: as given, else the last part of the file's path up to ".tsv". */
static struct slice table_named(const struct options *o)
{
    const char *name = o->table ? o->table : o->file ? o->file : "";
    const char *slash = o->table ? NULL : strrchr(name, '/');
    if (slash)
        name = slash + 1;
    const char *end = o->table ? NULL : strstr(name, ".tsv");
    return (struct slice){name, end ? (size_t)(end - name) : strlen(name)};
}

static struct labels *read_labels(const struct options *o, struct diag *d)
{
    struct labels *labels = o->columns ? labels_load(o->columns, d) : NULL;
    if (!labels || !o->table || labels_know(labels, slice_of(o->table)))
        return labels;
    diag_set(d, ST_MISUSE, o->columns, 0, NULL, "no table %s", diag_quote(slice_of(o->table)).s);
    labels_free(labels);
    return NULL;
}

/* --- CSV, which needs no table held --- */

/* RFC 4180. A lone empty field is quoted, or its line would be a blank one. */
static void put_csv(struct buf *b, struct slice text, bool lone)
{
    bool quoted = lone && text.n == 0;
    for (size_t i = 0; i < text.n && !quoted; i++)
        quoted = memchr(",\"\r\n", text.p[i], 4) != NULL;
    if (!quoted) {
        buf_slice(b, text);
        return;
    }
    buf_char(b, '"');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            buf_char(b, '"');
        buf_char(b, text.p[i]);
    }
    buf_char(b, '"');
}

static enum status write_csv(const struct options *o, struct table *t, const struct sheet_column *column,
                             struct out *out, struct diag *d)
{
    struct buf line = {0}, cell = {0};
    struct batch b;
    enum status st;
    size_t width = table_width(t);
    if (o->bom)
        out_text(out, "\xef\xbb\xbf");
    for (size_t i = 0; i < width; i++) {
        buf_clear(&cell);
        line_head(&cell, &column[i], &o->manner, "");
        buf_text(&line, i ? "," : "");
        put_csv(&line, buf_view(&cell), false);
    }
    buf_char(&line, '\n');
    out_slice(out, buf_view(&line));
    while ((st = table_next(t, &b, d)) == ST_OK && b.rows)
        for (size_t r = 0; r < b.rows; r++) {
            buf_clear(&line);
            for (size_t i = 0; i < width; i++) {
                buf_clear(&cell);
                sheet_show(&cell, &column[i], batch_field(&b, r, i), &o->manner);
                buf_text(&line, i ? "," : "");
                put_csv(&line, buf_view(&cell), width == 1);
            }
            buf_char(&line, '\n');
            out_slice(out, buf_view(&line));
        }
    buf_free(&line);
    buf_free(&cell);
    return st;
}

static int run_csv(struct front *f, const struct options *o, const struct labels *labels)
{
    struct diag d = {0};
    struct out out;
    struct buf names = {0};
    struct table *t = table_open(o->file, &d);
    if (!t || out_open(&out, f->output, &d))
        front_die(f, &d);
    struct sheet_column *column = sheet_columns(t, labels, table_named(o), &names);
    enum status st = write_csv(o, t, column, &out, &d);
    table_close(t);
    free(column);
    buf_free(&names);
    return front_end(f, &out, st, &d);
}

/* --- the forms that need the whole table --- */

static void write_html(const struct options *o, const struct sheet *s, struct out *out)
{
    bool zh = o->manner.lang == LANG_ZH;
    struct buf b = {0};
    if (*o->title) {
        buf_text(&b, "<strong>");
        html_text(&b, slice_of(o->title));
        buf_text(&b, *o->unit ? "</strong><br>" : "</strong>");
    }
    if (*o->unit) {
        buf_text(&b, zh ? "单位：" : "Unit: ");
        html_text(&b, slice_of(o->unit));
    }
    html_table(out, &(struct html_table){.sheet = s,
                                         .langs = zh ? LANGS_ZH : LANGS_EN,
                                         .manner = o->manner,
                                         .caption = buf_view(&b),
                                         .unit = {{o->unit, o->unit}},
                                         .total = o->total,
                                         .cluster = -1,
                                         .inline_style = true});
    buf_clear(&b);
    for (size_t i = 0; i < o->notes; i++) {
        buf_text(&b, zh ? "<p>注：" : "<p>Note: ");
        html_text(&b, slice_of(o->note[i]));
        buf_text(&b, "</p>\n");
    }
    out_slice(out, buf_view(&b));
    buf_free(&b);
}

/* Columns named by --group are grouped whatever the labels say of them. */
static enum status group_columns(const struct options *o, struct sheet *s, struct diag *d)
{
    if (!o->group_columns)
        return ST_OK;
    struct slice *name;
    size_t n = column_list(o->group_columns, &name);
    enum status st = ST_OK;
    for (size_t i = 0; i < n && !st; i++) {
        int at = sheet_find(s, name[i]);
        if (at < 0)
            st = diag_set(d, ST_MISUSE, s->file, 0, NULL, "no column %s for --group", diag_quote(name[i]).s);
        else
            s->column[at].grouped = true;
    }
    free(name);
    return st;
}

static int run_held(struct front *f, const struct options *o, const struct labels *labels)
{
    struct diag d = {0};
    struct out out;
    struct sheet *s = sheet_read(o->file, labels, table_named(o), &d);
    if (!s || group_columns(o, s, &d) || out_open(&out, f->output, &d))
        front_die(f, &d);
    struct plain plain = {s, o->manner, o->ambiguous, o->title, o->unit, o->note, o->notes};
    if (o->form == FORM_TEXT)
        plain_text(&out, &plain);
    else if (o->form == FORM_MARKDOWN)
        plain_markdown(&out, &plain);
    else
        write_html(o, s, &out);
    sheet_free(s);
    return front_end(f, &out, ST_OK, NULL);
}

int main(int argc, char **argv)
{
    struct front front;
    struct options o = {
        .title = "", .unit = "", .total = "", .manner = {LANG_ZH, false, "…", "—"}, .ambiguous = 1};
    struct diag d = {0};
    front_begin(&front, "render", HELP, argv);
    parse(&front, &o, argc, argv);
    struct labels *labels = read_labels(&o, &d);
    if (o.columns && !labels)
        front_die(&front, &d);
    if (o.form == FORM_CSV)
        o.manner.empty = "";
    int status = o.form == FORM_CSV ? run_csv(&front, &o, labels) : run_held(&front, &o, labels);
    labels_free(labels);
    free(o.note);
    return status;
}
