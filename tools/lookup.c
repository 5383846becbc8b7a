/* SPDX-License-Identifier: MIT
 * lookup: finds each row's key in a reference table and adds columns from there, or keeps rows by whether it
 * is there. */
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/order/join.h"
#include "lib/order/rows.h"
#include "lib/stream/columns.h"
#include "lib/stream/keymap.h"
#include "tools/front.h"

static const char HELP[] =
    "usage: lookup -k KEY[=REFKEY],... [OPTION]... REF [FILE]\n"
    "Adds columns of the table REF to the rows of FILE that have the same key.\n"
    "\n"
    "  -k, --key KEY[=REFKEY],...  columns that must agree; REFKEY where REF names them otherwise\n"
    "  -c, --columns COL[=NEW],... columns of REF to add, renamed to NEW; default: all but its keys\n"
    "      --unmatched HOW         rows whose key is not in REF: empty (default) leaves the added\n"
    "                              fields empty, drop leaves out the row, error also reports each\n"
    "                              and ends with status 1\n"
    "      --fill TEXT             what the added fields of such rows hold instead of nothing\n"
    "      --all                   one row for each row of REF with the key, in REF's order\n"
    "      --outer                 after the rows, those of REF whose key was not met\n"
    "  -x, --semi                  only rows whose key is in REF; adds nothing\n"
    "      --anti                  only rows whose key is not in REF; adds nothing\n"
    "  -o, --output FILE           write FILE, whole or not at all\n"
    "      --max-errors N, --help, --version\n"
    "\n"
    "Without --all a key that REF has twice with different values is an error.\n"
    "Example: lookup -k bank=id -c name=bank_name,kind banks.tsv loans.tsv\n";

enum unmatched { UNMATCHED_EMPTY, UNMATCHED_DROP, UNMATCHED_ERROR };

struct options {
    struct front front;
    const char *keys, *columns, *fill, *ref, *file;
    enum unmatched unmatched;
    bool unmatched_given, all, outer, semi, anti;
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
    struct reference *ref;
    struct buf scratch;
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

static bool is_ref_key(const struct work *w, int column)
{
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

static enum status prepare(struct work *w, struct diag *d)
{
    enum status st = read_keys(w, d);
    if (st == ST_OK)
        st = read_columns(w, d);
    if (st == ST_OK)
        st = check_names(w, d);
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

static void write_row(struct work *w, struct out *out, struct slice row, struct slice added)
{
    out_slice(out, fields_without_null(row, &w->scratch));
    if (w->adds) {
        out_char(out, '\t');
        out_slice(out, added);
    }
    out_char(out, '\n');
}

static void write_matched(struct work *w, struct out *out, struct slice row, int64_t found)
{
    reference_meet(w->ref, found);
    if (w->o->anti)
        return;
    for (; found != REFERENCE_NONE; found = w->o->all ? reference_next(w->ref, found) : REFERENCE_NONE)
        write_row(w, out, row, reference_kept(w->ref, found));
}

static void report(struct work *w, uint64_t line, struct slice key)
{
    struct diag d = {0};
    struct quoted q = diag_quote(key);
    diag_set(&d, ST_FINDINGS, table_file(w->table), line, NULL, "key %s is not in %s", q.s,
             table_file(w->ref_table));
    if (w->keys == 1) {
        struct slice name = table_name(w->table, (size_t)w->key[0]);
        snprintf(d.column, sizeof d.column, "%.*s", (int)name.n, name.p);
    }
    front_problem(&w->o->front, &d);
}

static void write_unmatched(struct work *w, struct out *out, struct slice row, uint64_t line,
                            struct slice key)
{
    if (w->o->semi || (w->o->unmatched == UNMATCHED_DROP && !w->o->anti))
        return;
    if (w->o->unmatched == UNMATCHED_ERROR)
        report(w, line, key);
    out_slice(out, fields_without_null(row, &w->scratch));
    out_slice(out, buf_view(&w->fill));
    out_char(out, '\n');
}

static enum status join_rows(struct work *w, struct out *out, struct diag *d)
{
    struct buf scratch = {0}, plain = {0};
    struct batch b;
    enum status st;
    while ((st = table_next(w->table, &b, d)) == ST_OK && b.rows) {
        for (size_t r = 0; r < b.rows; r++) {
            struct slice key = fields_without_null(key_of_row(&b, r, w->key, w->keys, &scratch), &plain);
            int64_t found = reference_find(w->ref, key);
            if (found != REFERENCE_NONE)
                write_matched(w, out, batch_row(&b, r), found);
            else
                write_unmatched(w, out, batch_row(&b, r), b.line + r, key);
        }
    }
    buf_free(&scratch);
    buf_free(&plain);
    return st;
}

/* The rows of REF that no row asked for: their keys in the columns of the input's keys. */
static void write_unmet(struct work *w, struct out *out)
{
    size_t width = table_width(w->table);
    struct slice *field = mem_zero(width, sizeof *field);
    for (int64_t i = 0; i < (int64_t)reference_rows(w->ref) && !out_failed(out); i++) {
        if (reference_is_met(w->ref, i))
            continue;
        struct slice rest = reference_key(w->ref, i);
        for (size_t k = 0; k < w->keys; k++) {
            const char *tab = rest.n ? memchr(rest.p, '\t', rest.n) : NULL;
            size_t n = tab ? (size_t)(tab - rest.p) : rest.n;
            field[w->key[k]] = (struct slice){rest.p, n};
            if (tab)
                rest = (struct slice){tab + 1, rest.n - n - 1};
        }
        for (size_t c = 0; c < width; c++) {
            if (c)
                out_char(out, '\t');
            out_slice(out, field[c]);
        }
        write_row(w, out, (struct slice){"", 0}, reference_kept(w->ref, i));
    }
    free(field);
}

static enum status lookup(struct work *w, struct out *out, struct diag *d)
{
    struct reference_columns c = {w->ref_key, w->keys, w->added, w->adds};
    w->ref = reference_load(w->ref_table, &c, w->o->all, d);
    if (!w->ref)
        return d->status;
    write_header(w, out);
    enum status st = join_rows(w, out, d);
    if (st == ST_OK && w->o->outer)
        write_unmet(w, out);
    return st == ST_OK && w->o->front.problems ? ST_FINDINGS : st;
}

static void work_free(struct work *w)
{
    reference_free(w->ref);
    table_close(w->table);
    table_close(w->ref_table);
    buf_free(&w->fill);
    buf_free(&w->scratch);
    free(w->key);
    free(w->ref_key);
    free(w->added);
    free(w->added_name);
    free(w->names);
}

/* --- the command line --- */

enum { UNMATCHED = FRONT_OWN, FILL, ALL, OUTER, ANTI };

static void unmatched_option(struct options *o, const char *text)
{
    static const char *const words[] = {"empty", "drop", "error"};
    o->unmatched_given = true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(text, words[i]) == 0) {
            o->unmatched = (enum unmatched)i;
            return;
        }
    }
    front_misuse(&o->front, "--unmatched is empty, drop or error, not %s", diag_quote(slice_of(text)).s);
}

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
    if (o->fill && o->unmatched == UNMATCHED_DROP)
        front_misuse(&o->front, "--fill has no meaning with --unmatched drop");
}

static void parse(struct options *o, int argc, char **argv)
{
    static const struct option table[] = {{"key", required_argument, NULL, 'k'},
                                          {"columns", required_argument, NULL, 'c'},
                                          {"unmatched", required_argument, NULL, UNMATCHED},
                                          {"fill", required_argument, NULL, FILL},
                                          {"all", no_argument, NULL, ALL},
                                          {"outer", no_argument, NULL, OUTER},
                                          {"semi", no_argument, NULL, 'x'},
                                          {"anti", no_argument, NULL, ANTI},
                                          FRONT_OPTIONS,
                                          {0}};
    for (int c; (c = getopt_long(argc, argv, ":k:c:xo:", table, NULL)) != -1;) {
        if (c == 'k')
            o->keys = optarg;
        else if (c == 'c')
            o->columns = optarg;
        else if (c == UNMATCHED)
            unmatched_option(o, optarg);
        else if (c == FILL)
            o->fill = optarg;
        else if (c == ALL)
            o->all = true;
        else if (c == OUTER)
            o->outer = true;
        else if (c == 'x')
            o->semi = true;
        else if (c == ANTI)
            o->anti = true;
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
    front_begin(&o.front, "lookup", HELP);
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
