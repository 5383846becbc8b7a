/* SPDX-License-Identifier: MIT
 * derive: columns from exact expressions, rows by condition, columns chosen, ordered and renamed; several
 * files with one header made one table. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/derive/derivation.h"
#include "lib/spec/dictionary.h"
#include "lib/stream/columns.h"
#include "tools/front.h"

static const char HELP[] =
    "usage: derive [-I FILE] [-a NAME=EXPR]... [-w EXPR]... [-c COL[=NEW],...] [-o FILE] [FILE...]\n"
    "Computes columns, keeps rows and chooses columns of a TSV table.\n\n"
    "  -a, --add NAME=EXPR        add a column, or replace the one of that name; a later -a may use it\n"
    "  -I, --indicators FILE      dictionary (code, expression, decimals): -a CODE adds what it defines\n"
    "  -w, --where EXPR           keep the rows for which EXPR is true; several must all be true\n"
    "  -c, --columns COL[=NEW],.. write these columns, in this order, under new names\n"
    "  -g, --group-by COL,...     rows of one group: for sum(), count(), mean(), running_sum(), prev(), ...\n"
    "      --period COL           months of the rows: for prev(), same_period(), opening()\n"
    "  -k, --key COL[:asc],...    the order of the rows of a group: for running_sum()\n"
    "      --sorted               the input is sorted by -g, so only a group of it is held\n"
    "      --undefined HOW        x / 0 and the like: na (default, \\-), count (and told), error\n"
    "  -o, --output FILE          write FILE, whole or not at all\n"
    "      --max-errors N         problems shown on standard error (20)\n"
    "      --help, --version\n"
    "\n"
    "Several files must have the same header and become one table. Expressions are exact; a division that "
    "may\n"
    "not end must stand in round(x, digits) or pct(a, b, digits). The language: tongbao-expr(7).\n"
    "\n"
    "  derive -a 'ratio=pct(npl, loan, 2)' -w \"loan > 0 and bank != '07'\" -c bank,ratio loans.tsv\n";

enum { OPTION_UNDEFINED = FRONT_OWN, OPTION_PERIOD, OPTION_SORTED };

/* What the command line asks for. */
struct options {
    struct front front;
    const char **adds, **wheres, *columns, *indicators;
    size_t nadds, nwheres;
    struct window_options window;
    enum undefined undefined;
};

/* --- before any row is read --- */

/* Stops with what is wrong with an option's expression; option may be cut short. */
static void wrong_expression(struct options *o, const char *option, struct slice name, const struct diag *d)
{
    char reason[sizeof d->reason + 512];
    diag_format(d, reason, sizeof reason);
    front_misuse(&o->front, "%s%.*s: %s", option, (int)(name.n < 128 ? name.n : 128), name.p, reason);
}

/* One -a: NAME=EXPR, or a code of the dictionary. */
static void plan_addition(struct options *o, struct derivation *v, const struct dictionary *y,
                          const char *text)
{
    struct diag d = {0};
    struct derivation_source from = {NULL, 0};
    const char *sign = strchr(text, '=');
    struct slice name = {text, sign ? (size_t)(sign - text) : strlen(text)};
    if (!column_name_is_fit(name) || (!sign && !y))
        front_misuse(&o->front, "-a wants NAME=EXPR, not %s", diag_quote(slice_of(text)).s);
    const char *expression = sign ? sign + 1 : dictionary_find(y, name, &from.line);
    if (!expression)
        front_misuse(&o->front, "-a: %s is not defined in %s", diag_quote(name).s, dictionary_file(y));
    if (!sign)
        from.file = dictionary_file(y);
    if (derivation_add(v, name, expression, from, &d) != ST_OK)
        wrong_expression(o, "-a ", name, &d);
}

/* Everything that can be wrong on the command line is found here. */
static void plan(struct options *o, struct derivation *v)
{
    struct diag d = {0};
    struct dictionary *y = o->indicators ? dictionary_load(o->indicators, &d) : NULL;
    if (o->indicators && !y)
        front_die(&o->front, &d);
    for (size_t i = 0; i < o->nadds; i++)
        plan_addition(o, v, y, o->adds[i]);
    dictionary_free(y);
    for (size_t i = 0; i < o->nwheres; i++)
        if (derivation_where(v, o->wheres[i], &d) != ST_OK)
            wrong_expression(o, "-w", (struct slice){"", 0}, &d);
    if (derivation_choose(v, o->columns, &d) != ST_OK)
        front_misuse(&o->front, "%s", d.reason);
    derivation_set_undefined(v, o->undefined);
}

/* --- the tables --- */

static enum status derive_table(struct derivation *v, struct table *t, struct out *out, struct diag *d)
{
    struct batch b;
    enum status st;
    while ((st = table_next(t, &b, d)) == ST_OK && b.rows > 0 && !out_failed(out))
        if ((st = derivation_take(v, &b, table_file(t), out, d)) != ST_OK)
            break;
    return st;
}

static enum status derive_rest(struct derivation *v, char **files, struct slice header, struct out *out,
                               struct diag *d)
{
    for (char **file = files + 1; files[0] && *file; file++) {
        struct table *t = table_open(*file, d);
        if (!t)
            return d->status;
        bool same = slice_equal(table_header(t), header);
        enum status st = same ? derive_table(v, t, out, d)
                              : diag_set(d, ST_INPUT, table_file(t), 1, NULL,
                                         "the header differs from that of %s", files[0]);
        table_close(t);
        if (st != ST_OK)
            return st;
    }
    return ST_OK;
}

static void problem(void *front, const struct diag *d)
{
    front_problem(front, d);
}

static void tell_undefined(void *front, const char *column, uint64_t count, const struct diag *first)
{
    front_say(front, "%s%s%s%" PRIu64 " ratio%s without a value, the first in %s:%" PRIu64,
              *column ? "column '" : "-w: ", column, *column ? "': " : "", count, count == 1 ? "" : "s",
              first->file, first->line);
}

static struct options parse_options(int argc, char **argv)
{
    static const struct option longs[] = {{"add", required_argument, NULL, 'a'},
                                          {"where", required_argument, NULL, 'w'},
                                          {"columns", required_argument, NULL, 'c'},
                                          {"indicators", required_argument, NULL, 'I'},
                                          {"group-by", required_argument, NULL, 'g'},
                                          {"period", required_argument, NULL, OPTION_PERIOD},
                                          {"key", required_argument, NULL, 'k'},
                                          {"sorted", no_argument, NULL, OPTION_SORTED},
                                          {"undefined", required_argument, NULL, OPTION_UNDEFINED},
                                          FRONT_OPTIONS,
                                          {0}};
    struct options o = {.adds = mem_zero((size_t)argc, sizeof *o.adds),
                        .wheres = mem_zero((size_t)argc, sizeof *o.wheres)};
    int option;
    front_begin(&o.front, "derive", HELP, argv);
    while ((option = getopt_long(argc, argv, ":a:w:c:I:g:k:o:", longs, NULL)) != -1) {
        if (option == 'a') {
            o.adds[o.nadds++] = optarg;
        } else if (option == 'w') {
            o.wheres[o.nwheres++] = optarg;
        } else if (option == 'c') {
            if (o.columns)
                front_misuse(&o.front, "-c is given twice");
            o.columns = optarg;
        } else if (option == 'I') {
            o.indicators = optarg;
        } else if (option == 'g') {
            o.window.group_by = optarg;
        } else if (option == 'k') {
            o.window.order = optarg;
        } else if (option == OPTION_PERIOD) {
            o.window.period = optarg;
        } else if (option == OPTION_SORTED) {
            o.window.sorted = true;
        } else if (option == OPTION_UNDEFINED) {
            if (!undefined_named(slice_of(optarg), &o.undefined))
                front_misuse(&o.front, "--undefined wants na, count or error, not '%s'", optarg);
        } else {
            front_option(&o.front, option, optarg);
        }
    }
    return o;
}

int main(int argc, char **argv)
{
    struct out out;
    struct diag d = {0};
    struct options o = parse_options(argc, argv);
    char **files = argv + optind;
    struct table *first = table_open(files[0], &d);
    if (!first)
        front_die(&o.front, &d);
    struct derivation *v = derivation_new(first, &o.window, problem, &o.front, &d);
    if (!v)
        front_misuse(&o.front, "%s", d.reason);
    plan(&o, v);
    if (out_open(&out, o.front.output, &d) != ST_OK)
        front_die(&o.front, &d);
    derivation_write_header(v, &out);
    enum status st = derive_table(v, first, &out, &d);
    if (st == ST_OK)
        st = derive_rest(v, files, table_header(first), &out, &d);
    if (st == ST_OK)
        st = derivation_end(v, &out, &d);
    bool said = st == ST_OK && derivation_failed(v);
    if (st == ST_OK && !said) {
        out_flush(&out); /* rows first, then what is said about them */
        derivation_undefined(v, tell_undefined, &o.front);
    }
    derivation_free(v);
    table_close(first);
    free(o.adds);
    free(o.wheres);
    return front_end(&o.front, &out, said ? ST_INPUT : st, said ? NULL : &d);
}
