/* SPDX-License-Identifier: MIT
 * bulletin: a layout and its tables -> one HTML page that needs nothing else. */
#include "lib/print/page.h"
#include "lib/stream/source.h"
#include "tools/front.h"

static const char HELP[] =
    "Usage: bulletin -l LAYOUT -c COLUMNS --tables DIR [OPTION]...\n"
    "Write the tables that LAYOUT names as one self-contained HTML page.\n"
    "\n"
    "  -l, --layout FILE    titles, texts and tables, in their order\n"
    "  -c, --columns FILE   labels, units and notes of the columns\n"
    "      --tables DIR     where a TABLE of the layout is found, as DIR/TABLE.tsv\n"
    "      --style FILE     style sheet to put into the page\n"
    "  -D, --define NAME=VALUE  value of {NAME} in titles and notes and of NAME in `when`\n"
    "      --lang zh|en|both    language of titles, column heads, notes (default both)\n"
    "  -o, --output FILE    write FILE, whole or not at all\n"
    "      --max-errors N   problems shown on standard error (default 20)\n"
    "      --help, --version\n"
    "\n"
    "The page itself uses the names name_zh, name_en (the publisher), period, issue,\n"
    "date, page_note_zh, page_note_en (a sentence on every page). A period YYYY-MM also\n"
    "gives year, month, month_en; a date YYYY-MM-DD gives date_zh, date_en.\n"
    "\n"
    "Exit status: 0 done; 2 misuse, a mistake in a specification; 3 a table missing or\n"
    "malformed; 4 output failed; 5 a fault of the program. Manual: bulletin(1).\n";

struct options {
    const char *layout, *columns, *tables, *style;
    enum langs langs;
    struct names *names;
};

static enum langs read_langs(const struct front *f, const char *word)
{
    if (strcmp(word, "zh") == 0)
        return LANGS_ZH;
    if (strcmp(word, "en") == 0)
        return LANGS_EN;
    if (strcmp(word, "both") != 0)
        front_misuse(f, "--lang is zh, en or both, not %s", diag_quote(slice_of(word)).s);
    return LANGS_BOTH;
}

static void parse(struct front *f, struct options *o, int argc, char **argv)
{
    enum { TABLES = FRONT_OWN, STYLE, LANG };
    static const struct option longs[] = {{"layout", required_argument, NULL, 'l'},
                                          {"columns", required_argument, NULL, 'c'},
                                          {"tables", required_argument, NULL, TABLES},
                                          {"style", required_argument, NULL, STYLE},
                                          {"define", required_argument, NULL, 'D'},
                                          {"lang", required_argument, NULL, LANG},
                                          FRONT_OPTIONS,
                                          {0}};
    for (int c; (c = getopt_long(argc, argv, ":l:c:D:o:", longs, NULL)) != -1;)
        switch (c) {
        case 'l':
            o->layout = optarg;
            break;
        case 'c':
            o->columns = optarg;
            break;
        case TABLES:
            o->tables = optarg;
            break;
        case STYLE:
            o->style = optarg;
            break;
        case LANG:
            o->langs = read_langs(f, optarg);
            break;
        case 'D':
            if (!names_define(o->names, optarg))
                front_misuse(f, "-D wants NAME=VALUE, not %s", diag_quote(slice_of(optarg)).s);
            break;
        default:
            front_option(f, c, optarg);
        }
    if (optind < argc)
        front_misuse(f, "an argument too many: %s", diag_quote(slice_of(argv[optind])).s);
    if (!o->layout || !o->columns || !o->tables)
        front_misuse(f, "%s is missing",
                     !o->layout    ? "-l LAYOUT"
                     : !o->columns ? "-c COLUMNS"
                                   : "--tables DIR");
}

/* The style sheet is a specification: whatever is wrong with it is misuse. */
static enum status read_style(const char *path, struct buf *css, struct diag *d)
{
    char block[4096];
    ptrdiff_t n = 0;
    struct source *s = source_open(path, d);
    while (s && (n = source_read(s, block, sizeof block, d)) > 0)
        buf_add(css, block, (size_t)n);
    if (s)
        source_close(s);
    if (s && n == 0)
        return page_check_style(path, buf_string(css), d);
    d->status = ST_MISUSE;
    return ST_MISUSE;
}

int main(int argc, char **argv)
{
    struct front front;
    struct options options = {.langs = LANGS_BOTH, .names = names_new()};
    struct edition edition;
    struct diag d = {0};
    struct buf css = {0};
    struct out out;
    front_begin(&front, "bulletin", HELP, argv);
    parse(&front, &options, argc, argv);
    if (options.style && read_style(options.style, &css, &d))
        front_die(&front, &d);
    if (edition_load(&edition, options.layout, options.columns, options.tables, options.names, &d))
        front_die(&front, &d);
    if (out_open(&out, front.output, &d))
        front_die(&front, &d);
    page_write(&out, &(struct page){&edition, options.langs, buf_view(&css)});
    edition_free(&edition);
    names_free(options.names);
    buf_free(&css);
    return front_end(&front, &out, ST_OK, NULL);
}
