/* SPDX-License-Identifier: MIT
 * lookup: finds each row's key in a reference table and adds columns from there, or keeps rows by whether it
 * is there. */
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/order/join.h"
#include "lib/order/row_fields.h"
#include "lib/order/rows.h"
#include "lib/stream/columns.h"
#include "tools/front.h"

static const char HELP[] =
    "usage: lookup -k KEY[=REFKEY],... [OPTION]... REF [FILE]\n"
    "Adds columns of the table REF to the rows of FILE that have the same key.\n"
    "  -k, --key KEY[=REFKEY],...  columns that must agree; REFKEY where REF names them otherwise\n"
    "  -c, --columns COL[=NEW],... columns of REF to add, renamed to NEW; default: all but its keys\n"
    "      --unmatched empty|drop|error   rows whose key is not in REF: empty (default) leaves the added\n"
    "                              fields empty, drop leaves out the row, error also reports each\n"
    "                              and ends with status 1\n"
    "      --fill TEXT             what the added fields of such rows hold instead of nothing\n"
    "      --all                   one row for each row of REF with the key, in REF's order\n"
    "      --outer                 after the rows, those of REF that were not met\n"
    "  -x, --semi                  only rows whose key is in REF; adds nothing\n"
    "      --anti                  only rows whose key is not in REF; adds nothing\n"
    "      --date COL, --valid FROM,TO   only rows of REF that hold on the date in COL: from FROM to\n"
    "                              TO, both days included; an empty one leaves that end open\n"
    "      --half-open             TO is the first day that a row does not hold any more\n"
    "      --memory BYTES, -T DIR  beyond BYTES (default half the machine's) join in files in DIR\n"
    "  -o, --output FILE           write FILE, whole or not at all\n"
    "      --max-errors N, --help, --version\n"
    "Without --all a key that REF has twice with different values is an error.\n"
    "Example: lookup -k bank=id -c name=bank_name,kind banks.tsv loans.tsv\n";

enum unmatched { UNMATCHED_EMPTY, UNMATCHED_DROP, UNMATCHED_ERROR };

struct options {
    struct front front;
    const char *keys, *columns, *fill, *date, *valid, *ref, *file;
    enum unmatched unmatched;
    bool unmatched_given, all, outer, semi, anti, half_open;
};

struct work {
    struct options *o;
    struct table *table, *ref_table;
    int *key, *ref_key; /* column numbers */
    size_t keys;
    int *added; /* columns of REF, with the names they get */
    struct slice *added_name;
    char *names; /* the text of -c, which they point into */
    size_t adds;
    struct buf fill; /* the added fields of an unmatched row, each with the TAB before it */
    struct join_rule rule;
    struct join *join;
};

/* --- before any row is read --- */

/* Splits NAME[=OTHER] at the '=' behind a name of t, as names may have one of their own; other is NAME when
 * there is none. */
static void split_pair(const struct table *t, struct slice pair, struct slice *name, struct slice *other)
{
    *name = *other = pair;
    if (table_find(t, pair) >= 0)
        return;
    for (size_t i = pair.n; i-- > 0;) {
        if (pair.p[i] != '=')
            continue;
        *name = (struct slice){pair.p, i};
        *other = (struct slice){pair.p + i + 1, pair.n - i - 1};
        if (table_find(t, *name) >= 0)
            return;
    }
}

static enum status read_keys(struct work *w, struct diag *d)
{
    struct slice *pair, name, other;
    char *text;
    enum status st = ST_OK;
    w->keys = row_names(w->o->keys, &pair, &text);
    w->key = mem_array(NULL, w->keys, sizeof *w->key);
    w->ref_key = mem_array(NULL, w->keys, sizeof *w->ref_key);
    for (size_t i = 0; i < w->keys && st == ST_OK; i++) {
        split_pair(w->table, pair[i], &name, &other);
        w->key[i] = table_column(w->table, name, d);
        w->ref_key[i] = w->key[i] < 0 ? -1 : table_column(w->ref_table, other, d);
        if (w->ref_key[i] < 0)
            st = d->status;
    }
    free(pair);
    free(text);
    return st;
}

/* Whether a column of REF says only where a row belongs. */
static bool is_ref_key(const struct work *w, int column)
{
    if (w->rule.dated && (column == w->rule.from || column == w->rule.to))
        return true;
    for (size_t i = 0; i < w->keys; i++)
        if (w->ref_key[i] == column)
            return true;
    return false;
}

static void add_column(struct work *w, int column, struct slice name)
{
    w->added[w->adds] = column;
    w->added_name[w->adds++] = name;
}

static enum status read_columns(struct work *w, struct diag *d)
{
    struct slice *pair = NULL, name, new_name;
    size_t width = table_width(w->ref_table),
           n = w->o->columns ? row_names(w->o->columns, &pair, &w->names) : width;
    enum status st = ST_OK;
    w->added = mem_array(NULL, n, sizeof *w->added);
    w->added_name = mem_array(NULL, n, sizeof *w->added_name);
    if (w->o->semi || w->o->anti)
        n = 0;
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        if (pair) {
            split_pair(w->ref_table, pair[i], &name, &new_name);
            add_column(w, table_column(w->ref_table, name, d), new_name);
            st = w->added[i] < 0 ? d->status : ST_OK;
        } else if (!is_ref_key(w, (int)i)) {
            add_column(w, (int)i, table_name(w->ref_table, i));
        }
    }
    free(pair);
    return st;
}

static enum status check_names(const struct work *w, struct diag *d)
{
    for (size_t i = 0; i < w->adds; i++) {
        struct slice name = w->added_name[i], own = table_name(w->ref_table, (size_t)w->added[i]);
        if (!column_name_is_fit(name))
            return diag_set(d, ST_MISUSE, NULL, 0, NULL, "-c: %s is no name for a column",
                            diag_quote(name).s);
        if (table_find(w->table, name) >= 0)
            return diag_set(
                d, ST_MISUSE, table_file(w->ref_table), 0, NULL,
                "column %s is in %s already; rename it with -c %.*s=NEW, or choose others with -c",
                diag_quote(name).s, table_file(w->table), (int)own.n, own.p);
        for (size_t k = 0; k < i; k++)
            if (slice_equal(name, w->added_name[k]))
                return diag_set(d, ST_MISUSE, NULL, 0, NULL, "-c: two columns would be named %s",
                                diag_quote(name).s);
    }
    return ST_OK;
}

/* The columns of --date and --valid. */
static enum status read_dates(struct work *w, struct diag *d)
{
    struct join_rule *rule = &w->rule;
    size_t n;
    if (!w->o->date)
        return ST_OK;
    rule->dated = true;
    rule->half_open = w->o->half_open;
    rule->date = table_column(w->table, slice_of(w->o->date), d);
    int *valid = rule->date < 0 ? NULL : row_columns(w->ref_table, w->o->valid, &n, d);
    if (!valid)
        return d->status;
    enum status st = n == 2
                         ? ST_OK
                         : diag_set(d, ST_MISUSE, NULL, 0, NULL, "--valid wants two columns, FROM,TO, not %s",
                                    diag_quote(slice_of(w->o->valid)).s);
    if (st == ST_OK) {
        rule->from = valid[0];
        rule->to = valid[1];
    }
    free(valid);
    return st;
}

static enum status prepare(struct work *w, struct diag *d)
{
    enum status st = read_dates(w, d);
    if (st == ST_OK)
        st = read_keys(w, d);
    if (st == ST_OK)
        st = read_columns(w, d);
    if (st == ST_OK)
        st = check_names(w, d);
    if (st == ST_OK) {
        w->rule.key = w->key;
        w->rule.ref_key = w->ref_key;
        w->rule.keys = w->keys;
        w->rule.added = w->added;
        w->rule.adds = w->adds;
        w->rule.all = w->o->all;
        w->rule.unmet = w->o->outer;
        w->rule.memory = w->o->front.memory;
        w->rule.scratch = w->o->front.temporary;
        w->join = join_new(w->table, w->ref_table, &w->rule);
    }
    for (size_t i = 0; i < w->adds; i++) {
        buf_char(&w->fill, '\t');
        if (w->o->fill)
            buf_escaped(&w->fill, slice_of(w->o->fill));
    }
    return st;
}

/* --- the join --- */

static void write_header(const struct work *w, struct out *out)
{
    out_slice(out, table_header(w->table));
    for (size_t i = 0; i < w->adds; i++) {
        out_char(out, '\t');
        out_slice(out, w->added_name[i]);
    }
    out_char(out, '\n');
}

static void report(struct work *w, const struct joined *row)
{
    struct diag d = {0};
    diag_set(&d, ST_FINDINGS, table_file(w->table), row->line, NULL, "key %s is not in %s%s",
             row_key_quote(row->key).s, table_file(w->ref_table), w->rule.dated ? " on its date" : "");
    if (w->keys == 1) {
        struct slice name = table_name(w->table, (size_t)w->key[0]);
        snprintf(d.column, sizeof d.column, "%.*s", (int)name.n, name.p);
    }
    front_problem(&w->o->front, &d);
}

static void write_found(const struct work *w, struct out *out, const struct joined *row)
{
    if (w->o->anti)
        return;
    out_slice(out, row->row);
    if (w->adds) {
        out_char(out, '\t');
        out_slice(out, row->added);
    }
    out_char(out, '\n');
}

static void write_unmatched(struct work *w, struct out *out, const struct joined *row)
{
    if (w->o->semi || (w->o->unmatched == UNMATCHED_DROP && !w->o->anti))
        return;
    if (w->o->unmatched == UNMATCHED_ERROR)
        report(w, row);
    out_slice(out, row->row);
    out_slice(out, buf_view(&w->fill));
    out_char(out, '\n');
}

/* A row of REF that no row found: its key in the columns of the input's keys. */
static void write_unmet(const struct work *w, struct out *out, const struct joined *row)
{
    size_t width = table_width(w->table);
    struct slice *field = mem_zero(width, sizeof *field);
    for (size_t k = 0; k < w->keys; k++)
        field[w->key[k]] = row_field(row->key, k);
    for (size_t c = 0; c < width; c++) {
        if (c)
            out_char(out, '\t');
        out_slice(out, field[c]);
    }
    write_found(w, out, row);
    free(field);
}

static enum status lookup(struct work *w, struct out *out, struct diag *d)
{
    struct joined row;
    enum status st = join_load(w->join, d);
    if (st != ST_OK)
        return st;
    write_header(w, out);
    while ((st = join_next(w->join, &row, d)) == ST_OK && row.row.p) {
        if (row.found)
            write_found(w, out, &row);
        else
            write_unmatched(w, out, &row);
    }
    while (st == ST_OK && w->o->outer && (st = join_unmet(w->join, &row, d)) == ST_OK && row.row.p)
        write_unmet(w, out, &row);
    return st == ST_OK && w->o->front.problems ? ST_FINDINGS : st;
}

static void work_free(struct work *w)
{
    join_free(w->join);
    table_close(w->table);
    table_close(w->ref_table);
    buf_free(&w->fill);
    free(w->key);
    free(w->ref_key);
    free(w->added);
    free(w->added_name);
    free(w->names);
}

/* --- the command line --- */

enum { UNMATCHED = FRONT_OWN, FILL, ALL, OUTER, ANTI, DATE, VALID, HALF_OPEN };

static void check(const struct options *o)
{
    if (!o->keys)
        front_misuse(&o->front, "no key: give -k KEY[=REFKEY],...");
    if (!o->ref)
        front_misuse(&o->front, "no reference table: give REF");
    if (strcmp(o->ref, "-") == 0 && (!o->file || strcmp(o->file, "-") == 0))
        front_misuse(&o->front, "REF and FILE are both standard input");
    if (o->semi && o->anti)
        front_misuse(&o->front, "--semi and --anti exclude each other");
    if ((o->semi || o->anti) && (o->columns || o->unmatched_given || o->fill || o->all || o->outer))
        front_misuse(&o->front,
                     "--%s adds nothing, so -c, --unmatched, --fill, --all and --outer have no meaning",
                     o->semi ? "semi" : "anti");
    if (!o->date != !o->valid)
        front_misuse(&o->front, "--date COL and --valid FROM,TO go together");
    if (o->half_open && !o->valid)
        front_misuse(&o->front, "--half-open speaks of --valid FROM,TO");
    if (o->fill && o->unmatched == UNMATCHED_DROP)
        front_misuse(&o->front, "--fill has no meaning with --unmatched drop");
}

static void parse(struct options *o, int argc, char **argv)
{
    static const char *const unmatched[] = {"empty", "drop", "error"};
    static const struct option table[] = {{"key", required_argument, NULL, 'k'},
                                          {"columns", required_argument, NULL, 'c'},
                                          {"unmatched", required_argument, NULL, UNMATCHED},
                                          {"fill", required_argument, NULL, FILL},
                                          {"all", no_argument, NULL, ALL},
                                          {"outer", no_argument, NULL, OUTER},
                                          {"semi", no_argument, NULL, 'x'},
                                          {"anti", no_argument, NULL, ANTI},
                                          {"date", required_argument, NULL, DATE},
                                          {"valid", required_argument, NULL, VALID},
                                          {"half-open", no_argument, NULL, HALF_OPEN},
                                          FRONT_OPTIONS,
                                          FRONT_SPILL_OPTIONS,
                                          {0}};
    for (int c; (c = getopt_long(argc, argv, ":k:c:xT:o:", table, NULL)) != -1;) {
        if (c == 'k')
            o->keys = optarg;
        else if (c == 'c')
            o->columns = optarg;
        else if (c == UNMATCHED) {
            o->unmatched = (enum unmatched)front_word(&o->front, "--unmatched", optarg, unmatched, 3);
            o->unmatched_given = true;
        } else if (c == FILL)
            o->fill = optarg;
        else if (c == ALL)
            o->all = true;
        else if (c == OUTER)
            o->outer = true;
        else if (c == 'x')
            o->semi = true;
        else if (c == ANTI)
            o->anti = true;
        else if (c == DATE)
            o->date = optarg;
        else if (c == VALID)
            o->valid = optarg;
        else if (c == HALF_OPEN)
            o->half_open = true;
        else
            front_option(&o->front, c, optarg);
    }
    if (argc - optind > 2)
        front_misuse(&o->front, "more than two files: %s", diag_quote(slice_of(argv[optind + 2])).s);
    o->ref = optind < argc ? argv[optind] : NULL;
    o->file = optind + 1 < argc ? argv[optind + 1] : NULL;
    check(o);
}

int main(int argc, char **argv)
{
    struct options o = {0};
    struct work w = {.o = &o};
    struct diag d = {0};
    struct out out;
    front_begin(&o.front, "lookup", HELP, argv);
    parse(&o, argc, argv);
    w.ref_table = table_open(o.ref, &d);
    w.table = w.ref_table ? table_open(o.file, &d) : NULL;
    if (!w.table || prepare(&w, &d) != ST_OK || out_open(&out, o.front.output, &d) != ST_OK)
        front_die(&o.front, &d);
    enum status st = lookup(&w, &out, &d);
    int status = front_end(&o.front, &out, st, &d);
    work_free(&w);
    return status;
}
