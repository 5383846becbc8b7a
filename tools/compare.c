/* SPDX-License-Identifier: MIT
 * compare: what differs between two tables whose rows are matched by key, cell by cell. */
#include <inttypes.h>
#include <stdio.h>

#include "lib/order/comparison_columns.h"
#include "tools/front.h"

static const char HELP[] =
    "usage: compare -k COL,... [OPTION]... OLD NEW\n"
    "Tells the cells in which two tables differ, their rows matched by key, one a line: the key,\n"
    "column, old, new, difference, kind. Ends with status 1 when they differ.\n"
    "\n"
    "  -k, --key COL,...       columns that say which row is which, in both tables\n"
    "  -c, --columns COL,...   columns to compare; default: all that are not keys\n"
    "      --ignore COL,...    columns to leave out\n"
    "  -n, --number COL,...    columns compared as numbers, 1.0 like 1.00; others as bytes;\n"
    "                          * stands for all columns compared\n"
    "      --tolerance COL=AMOUNT[%|last],...   numbers that may lie apart: in the column's own unit,\n"
    "                          in % of the old one, in units of the last decimal both have\n"
    "      --summary           instead a line for each column, with the number of cells of each kind\n"
    "      --all               also cells that are the same, or within the tolerance\n"
    "      --memory BYTES, -T DIR   beyond BYTES (default half the machine's) sort in files in DIR\n"
    "  -o, --output FILE       write FILE, whole or not at all\n"
    "      --max-errors N, --help, --version\n"
    "\n"
    "Kinds: changed, newly_reported, newly_missing, newly_impossible, added, removed, column_added,\n"
    "column_removed. A key that stands twice in a table is an error.\n"
    "Example: compare -k area,bank -n loan then.tsv now.tsv\n";

struct options {
    struct front front;
    const char *keys, *columns, *ignore, *numbers, *tolerances, *old_file, *new_file;
    bool summary, all;
};

/* The columns of a line behind the key. */
static const char *const OWN[] = {"column", "old", "new", "difference", "kind"};

struct work {
    const struct options *o;
    struct table *before, *now;
    struct comparison_columns columns;
    struct comparison_rule rule;
    struct comparison *comparison;
    struct buf scratch;
    bool differs;
};

/* --- before any row is read --- */

static enum status prepare(struct work *w, struct diag *d)
{
    const struct options *o = w->o;
    struct comparison_wish wish = {o->keys, o->columns, o->ignore, o->numbers, o->tolerances};
    enum status st = comparison_choose(&w->columns, w->before, w->now, &wish, d);
    if (st != ST_OK)
        return st;
    for (size_t k = 0; k < w->columns.keys && !o->summary; k++)
        for (size_t i = 0; i < sizeof OWN / sizeof *OWN; i++)
            if (slice_is(table_name(w->before, (size_t)w->columns.old_key[k]), OWN[i]))
                return diag_set(d, ST_MISUSE, table_file(w->before), 0, NULL,
                                "a key named '%s' would stand twice in the result; rename it first", OWN[i]);
    w->rule = (struct comparison_rule){.old_key = w->columns.old_key,
                                       .new_key = w->columns.new_key,
                                       .keys = w->columns.keys,
                                       .column = w->columns.column,
                                       .columns = w->columns.n,
                                       .all = o->all,
                                       .memory = o->front.memory,
                                       .scratch = o->front.temporary};
    w->comparison = comparison_new(w->before, w->now, &w->rule);
    return ST_OK;
}

/* --- the differences --- */

static struct slice column_name(const struct work *w, size_t column)
{
    return w->columns.n ? table_name(w->before, (size_t)w->columns.column[column].old_number)
                        : (struct slice){"", 0};
}

static void write_decimal(struct work *w, struct out *out, bool is, struct dec v)
{
    buf_clear(&w->scratch);
    if (is)
        dec_print(&w->scratch, v);
    out_slice(out, buf_view(&w->scratch));
}

static void write_cell(struct work *w, struct out *out, const struct difference *cell)
{
    out_slice(out, cell->key);
    out_char(out, '\t');
    out_slice(out, column_name(w, cell->column));
    out_char(out, '\t');
    out_slice(out, cell->old_field);
    out_char(out, '\t');
    out_slice(out, cell->new_field);
    out_char(out, '\t');
    write_decimal(w, out, cell->subtracts, cell->difference);
    out_char(out, '\t');
    out_text(out, difference_name(cell->kind));
    out_char(out, '\n');
}

/* Columns that only one table has; their key is empty. */
static void write_only(const struct work *w, struct out *out, const struct table *t, const int *column,
                       size_t n, const char *kind)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 1; k < w->columns.keys; k++)
            out_char(out, '\t');
        out_char(out, '\t');
        out_slice(out, table_name(t, (size_t)column[i]));
        out_printf(out, "\t\t\t\t%s\n", kind);
    }
}

static enum status write_sum(struct work *w, struct out *out, size_t column, struct diag *d)
{
    struct comparison_sum sum = comparison_sum(w->comparison, column);
    if (sum.overflows)
        return diag_set(d, ST_INPUT, table_file(w->now), 0, NULL,
                        "the sum of the differences in column %s does not fit 128 bits",
                        diag_quote(column_name(w, column)).s);
    out_slice(out, column_name(w, column));
    for (unsigned kind = 0; kind < DIFFERENCE_KINDS; kind++)
        out_printf(out, "\t%" PRIu64, sum.cells[kind]);
    out_char(out, '\t');
    write_decimal(w, out, sum.subtracts, sum.difference);
    out_char(out, '\n');
    return ST_OK;
}

static void write_header(const struct work *w, struct out *out)
{
    if (w->o->summary) {
        out_text(out, "column");
        for (unsigned kind = 0; kind < DIFFERENCE_KINDS; kind++)
            out_printf(out, "\t%s", difference_name((enum difference_kind)kind));
        out_text(out, "\tdifference\n");
        return;
    }
    for (size_t k = 0; k < w->columns.keys; k++) {
        out_slice(out, table_name(w->before, (size_t)w->columns.old_key[k]));
        out_char(out, '\t');
    }
    for (size_t i = 0; i < sizeof OWN / sizeof *OWN; i++) {
        out_text(out, i ? "\t" : "");
        out_text(out, OWN[i]);
    }
    out_char(out, '\n');
}

static enum status compare(struct work *w, struct out *out, struct diag *d)
{
    struct difference cell;
    enum status st = comparison_read(w->comparison, d);
    if (st != ST_OK)
        return st;
    write_header(w, out);
    while ((st = comparison_next(w->comparison, &cell, d)) == ST_OK && cell.key.p && !out_failed(out)) {
        w->differs = w->differs || cell.kind > DIFFERENCE_WITHIN;
        if (!w->o->summary)
            write_cell(w, out, &cell);
    }
    for (size_t i = 0; st == ST_OK && w->o->summary && i < w->columns.n; i++)
        st = write_sum(w, out, i, d);
    if (st != ST_OK)
        return st;
    if (!w->o->summary) {
        write_only(w, out, w->before, w->columns.only_old, w->columns.only_olds, "column_removed");
        write_only(w, out, w->now, w->columns.only_new, w->columns.only_news, "column_added");
    }
    return w->differs || w->columns.only_olds || w->columns.only_news ? ST_FINDINGS : ST_OK;
}

static void work_free(struct work *w)
{
    comparison_free(w->comparison);
    table_close(w->before);
    table_close(w->now);
    comparison_columns_free(&w->columns);
    buf_free(&w->scratch);
}

/* --- the command line --- */

enum { IGNORE = FRONT_OWN, TOLERANCE, SUMMARY, ALL };

static void check(const struct options *o)
{
    if (!o->keys)
        front_misuse(&o->front, "no key: give -k COL,...");
    if (!o->old_file || !o->new_file)
        front_misuse(&o->front, "two tables are compared: give OLD and NEW");
    if (strcmp(o->old_file, "-") == 0 && strcmp(o->new_file, "-") == 0)
        front_misuse(&o->front, "OLD and NEW are both standard input");
    if (o->columns && o->ignore)
        front_misuse(&o->front, "-c and --ignore exclude each other");
    if (o->summary && o->all)
        front_misuse(&o->front, "--summary counts all cells, so --all has no meaning");
}

static void parse(struct options *o, int argc, char **argv)
{
    static const struct option table[] = {{"key", required_argument, NULL, 'k'},
                                          {"columns", required_argument, NULL, 'c'},
                                          {"ignore", required_argument, NULL, IGNORE},
                                          {"number", required_argument, NULL, 'n'},
                                          {"tolerance", required_argument, NULL, TOLERANCE},
                                          {"summary", no_argument, NULL, SUMMARY},
                                          {"all", no_argument, NULL, ALL},
                                          FRONT_OPTIONS,
                                          FRONT_SPILL_OPTIONS,
                                          {0}};
    for (int c; (c = getopt_long(argc, argv, ":k:c:n:T:o:", table, NULL)) != -1;) {
        if (c == 'k')
            o->keys = optarg;
        else if (c == 'c')
            o->columns = optarg;
        else if (c == 'n')
            o->numbers = optarg;
        else if (c == IGNORE)
            o->ignore = optarg;
        else if (c == TOLERANCE)
            o->tolerances = optarg;
        else if (c == SUMMARY)
            o->summary = true;
        else if (c == ALL)
            o->all = true;
        else
            front_option(&o->front, c, optarg);
    }
    if (argc - optind > 2)
        front_misuse(&o->front, "more than two tables: %s", diag_quote(slice_of(argv[optind + 2])).s);
    o->old_file = optind < argc ? argv[optind] : NULL;
    o->new_file = optind + 1 < argc ? argv[optind + 1] : NULL;
    check(o);
}

int main(int argc, char **argv)
{
    struct options o = {0};
    struct work w = {.o = &o};
    struct diag d = {0};
    struct out out;
    front_begin(&o.front, "compare", HELP, argv);
    parse(&o, argc, argv);
    w.before = table_open(o.old_file, &d);
    w.now = w.before ? table_open(o.new_file, &d) : NULL;
    if (!w.now || prepare(&w, &d) != ST_OK || out_open(&out, o.front.output, &d) != ST_OK)
        front_die(&o.front, &d);
    enum status st = compare(&w, &out, &d);
    int status = front_end(&o.front, &out, st, &d);
    work_free(&w);
    return status;
}
