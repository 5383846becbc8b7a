/* SPDX-License-Identifier: MIT
 * rank: gives rows their rank by one or several columns, within groups, or puts them in that order. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/order/contest.h"
#include "lib/order/rows.h"
#include "lib/stream/columns.h"
#include "tools/front.h"

static const char HELP[] =
    "usage: rank -k COL[:asc|:desc][:text],... [OPTION]... [FILE]\n"
    "Adds each row's rank by the columns, the greatest number first, or sorts the rows so.\n"
    "\n"
    "  -k, --key COL,...       what ranks; :asc the least first, :desc the greatest first,\n"
    "                          :text bytewise as text (then :asc unless said otherwise)\n"
    "  -g, --group-by COL,...  ranks within each group\n"
    "  -n, --first N           only rows whose rank is N or better\n"
    "      --ties METHOD       equal rows: min (default, 1 2 2 4), max (1 3 3 4), dense (1 2 2 3),\n"
    "                          ordinal (1 2 3 4, by input order), average (1 2.5 2.5 4)\n"
    "  -c, --column NAME       name of the added column (default rank)\n"
    "  -w, --where EXPR        rows for which EXPR is not true are not ranked and do not compete\n"
    "      --sort              in order of group and rank; adds the column only with -c\n"
    "  -o, --output FILE       write FILE, whole or not at all\n"
    "      --max-errors N, --help, --version\n"
    "\n"
    "A row without a value in the first key has no rank and comes last. Equal rows keep input order.\n"
    "Example: rank -k loan -g district -n 10 loans.tsv\n";

struct options {
    struct front front;
    const char *keys, *group_by, *column, *file;
    char *where;
    uint64_t first; /* 0: all */
    enum ties ties;
    bool sort;
};

struct work {
    const struct options *o;
    struct table *table;
    struct expr *where;
    struct row_groups groups;
    struct contest *contest;
    int *key; /* columns */
    size_t keys;
    uint32_t group[ROWS_CHUNK];
    struct order_field *field; /* of the keys of a row */
    int64_t *units;            /* of the number keys in a chunk: ROWS_CHUNK of each key */
    unsigned *scale;           /* of units */
    bool *decoded;             /* whether there are units for the key */
    bool escapes;              /* a backslash was met */
    struct buf scratch;
};

/* --- before any row is read --- */

/* Takes a suffix such as ":desc" off the end of text. */
static bool take_suffix(struct slice *text, const char *suffix)
{
    size_t n = strlen(suffix);
    if (text->n <= n || memcmp(text->p + text->n - n, suffix, n) != 0)
        return false;
    text->n -= n;
    return true;
}

static enum status read_keys(struct work *w, struct diag *d)
{
    struct slice *name;
    char *text;
    enum status st = ST_OK;
    w->keys = row_names(w->o->keys, &name, &text);
    w->key = mem_array(NULL, w->keys, sizeof *w->key);
    struct order_key *key = mem_zero(w->keys, sizeof *key);
    for (size_t k = 0; k < w->keys && st == ST_OK; k++) {
        bool asc = false, desc = false;
        for (bool more = true; more;) {
            more = (!key[k].text && take_suffix(&name[k], ":text") && (key[k].text = true)) ||
                   (!asc && !desc && take_suffix(&name[k], ":asc") && (asc = true)) ||
                   (!asc && !desc && take_suffix(&name[k], ":desc") && (desc = true));
        }
        key[k].descending = desc || (!asc && !key[k].text);
        w->key[k] = table_column(w->table, name[k], d);
        if (w->key[k] < 0)
            st = d->status;
    }
    if (st == ST_OK)
        w->contest = contest_new(key, w->keys, w->o->ties, w->o->first);
    w->field = mem_array(NULL, w->keys, sizeof *w->field);
    w->units = mem_array(NULL, w->keys * ROWS_CHUNK, sizeof *w->units);
    w->scale = mem_zero(w->keys, sizeof *w->scale);
    w->decoded = mem_zero(w->keys, sizeof *w->decoded);
    free(key);
    free(name);
    free(text);
    return st;
}

static enum status prepare(struct work *w, struct diag *d)
{
    const struct options *o = w->o;
    size_t n = 0;
    int *column = NULL;
    enum status st = read_keys(w, d);
    if (st != ST_OK)
        return st;
    if (o->group_by && !(column = row_columns(w->table, o->group_by, &n, d)))
        return d->status;
    row_groups_init(&w->groups, column, n, 0);
    if (o->where && !(w->where = row_condition(w->table, o->where, d)))
        return ST_MISUSE;
    if (o->column && table_find(w->table, slice_of(o->column)) >= 0)
        return diag_set(d, ST_MISUSE, table_file(w->table), 0, NULL,
                        "there is a column '%s' already; -c NAME names the new one", o->column);
    return ST_OK;
}

/* --- reading --- */

static enum status not_a_number(const struct work *w, const struct batch *b, size_t row, size_t key,
                                enum dec_error error, struct diag *d)
{
    diag_set(d, ST_INPUT, table_file(w->table), b->line + row, NULL,
             error == DEC_TOO_LONG ? "more than 18 decimals or 36 digits: %s"
                                   : "not a decimal: %s (:text ranks as text)",
             diag_quote(w->field[key].text).s);
    struct slice name = table_name(w->table, (size_t)w->key[key]);
    snprintf(d->column, sizeof d->column, "%.*s", (int)name.n, name.p);
    return ST_INPUT;
}

/* Row i of the chunk that begins at from. */
static enum status add_row(struct work *w, const struct batch *b, size_t from, size_t i, struct diag *d)
{
    bool competes = true;
    size_t key;
    if (w->where) {
        enum status st = row_holds(w->where, b, from + i, table_file(w->table), &competes, d);
        if (st != ST_OK)
            return st;
    }
    for (size_t k = 0; k < w->keys; k++)
        w->field[k] =
            (struct order_field){batch_field(b, from + i, (size_t)w->key[k]),
                                 w->decoded[k] ? w->units[k * ROWS_CHUNK + i] : DEC_UNSURE, w->scale[k]};
    enum dec_error error =
        contest_add(w->contest, batch_row(b, from + i), w->group[i], competes, w->field, &key);
    return error == DEC_OK ? ST_OK : not_a_number(w, b, from + i, key, error, d);
}

/* Numbers the groups of a chunk and decodes its number keys, at the scales they have when it begins. */
static void decode(struct work *w, const struct batch *b, size_t from, size_t n)
{
    uint32_t row[ROWS_CHUNK];
    for (size_t i = 0; i < n; i++)
        row[i] = (uint32_t)(from + i);
    row_groups_number(&w->groups, b, row, n, w->group);
    for (size_t k = 0; k < w->keys; k++) {
        w->decoded[k] = contest_scale(w->contest, k, &w->scale[k]);
        if (w->decoded[k])
            dec_parse_column(batch_column(b, from, n, (size_t)w->key[k]), w->scale[k], w->scale[k],
                             w->units + k * ROWS_CHUNK);
    }
}

static bool has_escapes(const struct batch *b)
{
    const char *start = batch_row(b, 0).p;
    return memchr(start, '\\', (size_t)(b->base + b->sep[b->rows * b->width - 1] - start)) != NULL;
}

static enum status read_rows(struct work *w, struct diag *d)
{
    struct batch b;
    for (;;) {
        enum status st = table_next(w->table, &b, d);
        if (st != ST_OK || b.rows == 0)
            return st;
        if (contest_rows(w->contest) + b.rows >= UINT32_MAX)
            return diag_set(d, ST_INPUT, table_file(w->table), b.line, NULL, "more than 2^32 rows to rank");
        w->escapes = w->escapes || has_escapes(&b);
        for (size_t from = 0; from < b.rows; from += ROWS_CHUNK) {
            size_t n = b.rows - from < ROWS_CHUNK ? b.rows - from : ROWS_CHUNK;
            decode(w, &b, from, n);
            for (size_t i = 0; i < n && st == ST_OK; i++)
                st = add_row(w, &b, from, i, d);
            if (st != ST_OK)
                return st;
        }
    }
}

/* --- writing --- */

static void write_row(struct work *w, struct out *out, uint32_t row)
{
    const struct contest *c = w->contest;
    if (!contest_wins(c, row))
        return;
    struct slice bytes = contest_row(c, row);
    out_slice(out, w->escapes ? fields_without_null(bytes, &w->scratch) : bytes);
    if (!w->o->column) {
        out_char(out, '\n');
        return;
    }
    uint64_t rank = contest_doubled_rank(c, row);
    if (rank)
        out_printf(out, rank % 2 ? "\t%" PRIu64 ".5\n" : "\t%" PRIu64 "\n", rank / 2);
    else
        out_text(out, contest_standing(c, row) == STANDS_EMPTY ? "\t\n" : "\t\\-\n");
}

static enum status rank(struct work *w, struct out *out, struct diag *d)
{
    size_t groups;
    enum status st = read_rows(w, d);
    if (st != ST_OK)
        return st;
    uint32_t *by_key = row_groups_order(&w->groups, true, &groups);
    contest_end(w->contest, by_key, groups, w->o->column != NULL);
    free(by_key);
    out_slice(out, table_header(w->table));
    if (w->o->column) {
        out_char(out, '\t');
        out_text(out, w->o->column);
    }
    out_char(out, '\n');
    const uint32_t *sorted = contest_order(w->contest);
    size_t rows = contest_rows(w->contest);
    for (size_t i = 0; i < rows && !out_failed(out); i++) {
        if (w->o->sort)
            contest_expect(w->contest, i);
        write_row(w, out, w->o->sort ? sorted[i] : (uint32_t)i);
    }
    return ST_OK;
}

static void work_free(struct work *w)
{
    contest_free(w->contest);
    row_groups_free(&w->groups);
    expr_free(w->where);
    table_close(w->table);
    buf_free(&w->scratch);
    free(w->field);
    free(w->units);
    free(w->scale);
    free(w->decoded);
    free(w->key);
    free(w->o->where);
}

/* --- the command line --- */

enum { TIES_OPTION = FRONT_OWN, SORT };

static uint64_t first_option(const struct options *o, const char *text)
{
    char *end;
    errno = 0;
    uint64_t n = strtoull(text, &end, 10);
    if (*end || *text < '0' || *text > '9' || errno || n == 0)
        front_misuse(&o->front, "-n wants a whole number from 1, not %s", diag_quote(slice_of(text)).s);
    return n;
}

static void ties_option(struct options *o, const char *text)
{
    if (!ties_named(slice_of(text), &o->ties))
        front_misuse(&o->front, "--ties is min, max, dense, ordinal or average, not %s",
                     diag_quote(slice_of(text)).s);
}

static void parse(struct options *o, int argc, char **argv)
{
    static const struct option table[] = {{"key", required_argument, NULL, 'k'},
                                          {"group-by", required_argument, NULL, 'g'},
                                          {"first", required_argument, NULL, 'n'},
                                          {"ties", required_argument, NULL, TIES_OPTION},
                                          {"column", required_argument, NULL, 'c'},
                                          {"where", required_argument, NULL, 'w'},
                                          {"sort", no_argument, NULL, SORT},
                                          FRONT_OPTIONS,
                                          {0}};
    for (int c; (c = getopt_long(argc, argv, ":k:g:n:c:w:o:", table, NULL)) != -1;) {
        if (c == 'k')
            o->keys = optarg;
        else if (c == 'g')
            o->group_by = optarg;
        else if (c == 'n')
            o->first = first_option(o, optarg);
        else if (c == TIES_OPTION)
            ties_option(o, optarg);
        else if (c == 'c')
            o->column = optarg;
        else if (c == 'w')
            o->where = row_condition_and(o->where, optarg);
        else if (c == SORT)
            o->sort = true;
        else
            front_option(&o->front, c, optarg);
    }
    if (!o->keys)
        front_misuse(&o->front, "nothing to rank by: give -k COL,...");
    if (argc - optind > 1)
        front_misuse(&o->front, "more than one file: %s", diag_quote(slice_of(argv[optind + 1])).s);
    o->file = optind < argc ? argv[optind] : NULL;
    if (!o->column && !o->sort)
        o->column = "rank";
    if (o->column && !column_name_is_fit(slice_of(o->column)))
        front_misuse(&o->front, "-c wants a column name, not %s", diag_quote(slice_of(o->column)).s);
}

int main(int argc, char **argv)
{
    struct options o = {0};
    struct work w = {.o = &o};
    struct diag d = {0};
    struct out out;
    front_begin(&o.front, "rank", HELP);
    parse(&o, argc, argv);
    w.table = table_open(o.file, &d);
    if (!w.table || prepare(&w, &d) != ST_OK || out_open(&out, o.front.output, &d) != ST_OK)
        front_die(&o.front, &d);
    enum status st = rank(&w, &out, &d);
    int status = front_end(&o.front, &out, st, &d);
    work_free(&w);
    return status;
}
