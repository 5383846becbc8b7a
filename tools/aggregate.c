/* SPDX-License-Identifier: MIT
 * aggregate: groups rows and computes exact sums, counts, means, extremes, and expressions over them. */
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/group/aggregator_columns.h"
#include "lib/stream/columns.h"
#include "lib/stream/keymap.h"
#include "tools/front.h"

static const char HELP[] =
    "usage: aggregate [-g COL,...] -a NAME=EXPR... [OPTION]... [FILE...]\n"
    "Groups the rows of TSV tables that have one header, and computes aggregates exactly.\n"
    "\n"
    "  -g, --group-by COL,...  one row for each combination; without it one row for all\n"
    "  -a, --add NAME=EXPR     a column: an expression over aggregates, group columns, earlier names\n"
    "  -w, --where EXPR        only rows for which EXPR is true\n"
    "      --rollup            also totals over the last key column, the last two, ..., all\n"
    "      --cube              also totals over every set of key columns\n"
    "      --total COL=TEXT    what stands in COL where it is totalled over, instead of \\-\n"
    "      --grouping NAME     a column that tells totals: a bit for each key column, leftmost highest\n"
    "      --order HOW         sorted: bytewise by key (default); first: by first appearance\n"
    "  -o, --output FILE       write FILE, whole or not at all\n"
    "      --max-errors N, --help, --version\n"
    "\n"
    "Aggregates: count() count(x) count_distinct(x, ...) sum(x) mean(x) min(x) max(x) first(x) last(x),\n"
    "each with when=CONDITION; sum, mean, min, max with missing=strict, skip or zero.\n"
    "Example: aggregate -g bank -a loans='sum(loan)' -a npl_ratio='pct(sum(npl), sum(loan), 2)' loans.tsv\n";

struct assignment {
    struct slice name;
    const char *text;
};

struct options {
    struct front front;
    const char *group_by, *grouping;
    char *where;
    enum grouping sets;
    bool first_seen;
    struct assignment *assignment;
    size_t assignments, assignments_cap;
    const char **total; /* COL=TEXT */
    size_t totals, totals_cap;
    const char *const *file;
    size_t files;
};

/* What the work needs once the first header is known. */
struct work {
    struct options *o;
    struct table *table;
    char *header;
    struct expr *where;
    struct aggregator *aggregator;
    struct row_groups groups;
    struct slice *key_name; /* of the key columns */
    struct buf *key_total;  /* what stands in them when rolled up */
    struct result_columns *columns;
};

/* --- before any row is read --- */

static enum status same_name(struct slice name, struct diag *d)
{
    return diag_set(d, ST_MISUSE, NULL, 0, NULL, "two columns are named %s", diag_quote(name).s);
}

static enum status read_keys(struct work *w, struct diag *d)
{
    const struct options *o = w->o;
    size_t n = 0;
    int *column = NULL;
    if (o->group_by && !(column = row_columns(w->table, o->group_by, &n, d)))
        return d->status;
    row_groups_init(&w->groups, column, n, 0);
    w->key_name = mem_array(NULL, n, sizeof *w->key_name);
    w->key_total = mem_zero(n, sizeof *w->key_total);
    struct slice name = slice_of(w->header);
    for (size_t i = 0; i < n; i++) {
        struct slice there = table_name(w->table, (size_t)column[i]);
        size_t at = (size_t)(there.p - table_header(w->table).p);
        w->key_name[i] = (struct slice){name.p + at, there.n}; /* outlives the first table */
        buf_text(&w->key_total[i], "\\-");
        if (o->grouping && slice_is(there, o->grouping))
            return same_name(there, d);
    }
    if (o->sets != GROUPING_PLAIN && n > GROUPING_MAX_KEYS)
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "--rollup and --cube take at most %d columns",
                        GROUPING_MAX_KEYS);
    return ST_OK;
}

static enum status read_totals(struct work *w, struct diag *d)
{
    for (size_t k = 0; k < w->o->totals; k++) {
        const char *text = w->o->total[k], *equal = strchr(text, '=');
        struct slice name = {text, (size_t)(equal - text)};
        size_t i = 0;
        while (i < w->groups.columns && !slice_equal(w->key_name[i], name))
            i++;
        if (i == w->groups.columns)
            return diag_set(d, ST_MISUSE, NULL, 0, NULL, "--total: %s is no column of -g",
                            diag_quote(name).s);
        buf_clear(&w->key_total[i]);
        buf_escaped(&w->key_total[i], slice_of(equal + 1));
    }
    return ST_OK;
}

static enum status prepare(struct work *w, struct diag *d)
{
    const struct options *o = w->o;
    w->header = mem_text(table_header(w->table));
    w->aggregator = aggregator_new(w->table);
    enum status st = read_keys(w, d);
    if (st == ST_OK)
        st = read_totals(w, d);
    if (st == ST_OK && o->where && !(w->where = row_condition(w->table, o->where, d)))
        st = ST_MISUSE;
    w->columns = result_columns_new(w->aggregator, w->key_name, w->groups.columns);
    for (size_t i = 0; i < o->assignments && st == ST_OK; i++) {
        struct slice name = o->assignment[i].name;
        if (o->grouping && slice_is(name, o->grouping))
            return same_name(name, d);
        st = result_columns_add(w->columns, name, o->assignment[i].text, d);
    }
    return st;
}

/* --- reading --- */

static enum status read_table(struct work *w, struct table *t, struct diag *d)
{
    struct batch b;
    uint32_t row[ROWS_CHUNK], group[ROWS_CHUNK];
    size_t n;
    for (;;) {
        enum status st = table_next(t, &b, d);
        if (st != ST_OK || b.rows == 0)
            return st;
        for (size_t next = 0; next < b.rows;) {
            st = rows_choose(w->where, &b, table_file(t), &next, row, &n, d);
            if (st != ST_OK)
                return st;
            row_groups_number(&w->groups, &b, row, n, group);
            struct grouped_rows rows = {&b, table_file(t), row, group, n};
            st = aggregator_update(w->aggregator, &rows, row_groups_count(&w->groups), d);
            if (st != ST_OK)
                return st;
        }
    }
}

static enum status read_all(struct work *w, struct diag *d)
{
    if (w->groups.columns == 0) { /* the group of all rows is there even without one */
        keymap_put(w->groups.map, slice_of(""));
        aggregator_reserve(w->aggregator, 1);
    }
    for (size_t i = 0;; i++) {
        enum status st = read_table(w, w->table, d);
        if (st != ST_OK || i + 1 >= w->o->files)
            return st;
        table_close(w->table);
        w->table = table_open(w->o->file[i + 1], d);
        if (!w->table)
            return d->status;
        if (!slice_is(table_header(w->table), w->header))
            return diag_set(d, ST_INPUT, table_file(w->table), 1, NULL, "the header is not that of %s",
                            w->o->file[0]);
    }
}

/* --- writing --- */

static void write_header(const struct work *w, struct out *out)
{
    const char *tab = "";
    for (size_t i = 0; i < w->groups.columns; i++, tab = "\t") {
        out_text(out, tab);
        out_slice(out, w->key_name[i]);
    }
    if (w->o->grouping) {
        out_text(out, tab);
        out_text(out, w->o->grouping);
        tab = "\t";
    }
    for (size_t i = 0; i < w->o->assignments; i++, tab = "\t") {
        out_text(out, tab);
        out_slice(out, w->o->assignment[i].name);
    }
    out_char(out, '\n');
}

static void put_key(const struct work *w, const struct group_line *line, struct buf *b)
{
    size_t n = w->groups.columns;
    if (line->rolled == 0) {
        buf_slice(b, line->key);
    } else {
        for (size_t i = 0; i < n; i++) {
            if (i)
                buf_char(b, '\t');
            buf_slice(b,
                      line_rolls_up(line, i, n) ? buf_view(&w->key_total[i]) : group_line_field(line, i, n));
        }
    }
    if (w->o->grouping)
        buf_printf(b, n ? "\t%u" : "%u", line->rolled);
    if (w->o->assignments && (n || w->o->grouping))
        buf_char(b, '\t');
}

static enum status write_lines(struct work *w, const struct group_lines *lines, struct out *out,
                               struct diag *d)
{
    struct buf text = {0};
    enum status st = ST_OK;
    write_header(w, out);
    for (size_t k = 0; k < lines->n && st == ST_OK && !out_failed(out); k++) {
        size_t ahead = k + 16 < lines->n ? k + 16 : k; /* keys and states stand in another order */
        __builtin_prefetch(lines->line[ahead].key.p);
        aggregator_prefetch(w->aggregator, lines->line[ahead].group);
        buf_clear(&text);
        put_key(w, &lines->line[k], &text);
        st = result_columns_print(w->columns, &lines->line[k], &text, d);
        buf_char(&text, '\n');
        out_slice(out, buf_view(&text));
    }
    buf_free(&text);
    return st;
}

static enum status aggregate(struct work *w, struct out *out, struct diag *d)
{
    struct group_lines lines = {0};
    enum status st = read_all(w, d);
    if (st == ST_OK)
        st = group_lines_make(&lines, &w->groups, w->aggregator, w->o->sets, !w->o->first_seen, d);
    if (st == ST_OK)
        st = write_lines(w, &lines, out, d);
    group_lines_free(&lines);
    return st;
}

static void work_free(struct work *w)
{
    for (size_t i = 0; i < w->groups.columns; i++)
        buf_free(&w->key_total[i]);
    free(w->o->assignment);
    free(w->o->total);
    free(w->o->where);
    result_columns_free(w->columns);
    expr_free(w->where);
    aggregator_free(w->aggregator);
    row_groups_free(&w->groups);
    free(w->key_name);
    free(w->key_total);
    free(w->header);
    table_close(w->table);
}

/* --- the command line --- */

static void add_assignment(struct options *o, const char *text)
{
    const char *equal = strchr(text, '=');
    struct slice name = {text, equal ? (size_t)(equal - text) : 0};
    if (!column_name_is_fit(name))
        front_misuse(&o->front, "-a wants NAME=EXPR, not %s", diag_quote(slice_of(text)).s);
    o->assignment = mem_grow(o->assignment, o->assignments, &o->assignments_cap, sizeof *o->assignment);
    o->assignment[o->assignments++] = (struct assignment){name, equal + 1};
}

static void add_total(struct options *o, const char *text)
{
    const char *equal = strchr(text, '=');
    if (!equal || equal == text)
        front_misuse(&o->front, "--total wants COL=TEXT, not %s", diag_quote(slice_of(text)).s);
    o->total = mem_grow(o->total, o->totals, &o->totals_cap, sizeof *o->total);
    o->total[o->totals++] = text;
}

enum { ROLLUP = FRONT_OWN, CUBE, TOTAL, GROUPING, ORDER };

static void set_sets(struct options *o, enum grouping sets)
{
    if (o->sets != GROUPING_PLAIN && o->sets != sets)
        front_misuse(&o->front, "--rollup and --cube exclude each other");
    o->sets = sets;
}

static void parse(struct options *o, int argc, char **argv)
{
    static const struct option table[] = {{"group-by", required_argument, NULL, 'g'},
                                          {"add", required_argument, NULL, 'a'},
                                          {"where", required_argument, NULL, 'w'},
                                          {"rollup", no_argument, NULL, ROLLUP},
                                          {"cube", no_argument, NULL, CUBE},
                                          {"total", required_argument, NULL, TOTAL},
                                          {"grouping", required_argument, NULL, GROUPING},
                                          {"order", required_argument, NULL, ORDER},
                                          FRONT_OPTIONS,
                                          {0}};
    for (int c; (c = getopt_long(argc, argv, ":g:a:w:o:", table, NULL)) != -1;) {
        switch (c) {
        case 'g':
            o->group_by = optarg;
            break;
        case 'a':
            add_assignment(o, optarg);
            break;
        case 'w':
            o->where = row_condition_and(o->where, optarg);
            break;
        case ROLLUP:
            set_sets(o, GROUPING_ROLLUP);
            break;
        case CUBE:
            set_sets(o, GROUPING_CUBE);
            break;
        case TOTAL:
            add_total(o, optarg);
            break;
        case GROUPING:
            o->grouping = optarg;
            break;
        case ORDER:
            o->first_seen = strcmp(optarg, "first") == 0;
            if (!o->first_seen && strcmp(optarg, "sorted") != 0)
                front_misuse(&o->front, "--order is sorted or first, not %s", diag_quote(slice_of(optarg)).s);
            break;
        default:
            front_option(&o->front, c, optarg);
        }
    }
    o->file = (const char *const *)argv + optind;
    o->files = (size_t)(argc - optind);
    if (!o->group_by && o->assignments == 0)
        front_misuse(&o->front, "nothing to compute: give -a NAME=EXPR or -g COL,...");
    if (o->grouping && !column_name_is_fit(slice_of(o->grouping)))
        front_misuse(&o->front, "--grouping wants a column name, not %s",
                     diag_quote(slice_of(o->grouping)).s);
    if (!o->group_by && o->sets != GROUPING_PLAIN)
        front_misuse(&o->front, "--rollup and --cube need -g");
    if (o->totals && o->sets == GROUPING_PLAIN)
        front_misuse(&o->front, "--total needs --rollup or --cube");
}

int main(int argc, char **argv)
{
    struct options o = {0};
    struct work w = {.o = &o};
    struct diag d = {0};
    struct out out;
    front_begin(&o.front, "aggregate", HELP);
    parse(&o, argc, argv);
    w.table = table_open(o.files ? o.file[0] : NULL, &d);
    if (!w.table || prepare(&w, &d) != ST_OK || out_open(&out, o.front.output, &d) != ST_OK)
        front_die(&o.front, &d);
    enum status st = aggregate(&w, &out, &d);
    int status = front_end(&o.front, &out, st, &d);
    work_free(&w);
    return status;
}
