/* SPDX-License-Identifier: MIT
 * rank: gives rows their rank by one or several columns, within groups, or puts them in that order; and says
 * how ranks have moved since an earlier table. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/order/order_list.h"
#include "lib/order/rank_columns.h"
#include "lib/order/row_fields.h"
#include "lib/order/rows.h"
#include "lib/order/twins.h"
#include "tools/front.h"

static const char HELP[] =
    "usage: rank -k COL[:asc|:desc][:text],... [OPTION]... [FILE]\n"
    "Adds each row's rank by the columns, the greatest number first, or sorts the rows so.\n"
    "  -k, --key COL,...       what ranks: :asc least first, :text bytewise as text (least first)\n"
    "  -g, --group-by COL,...  ranks within each group\n"
    "      --ties METHOD       equal rows: min (default, 1 2 2 4), max (1 3 3 4), dense (1 2 2 3),\n"
    "                          ordinal (1 2 3 4, by input order), average (1 2.5 2.5 4)\n"
    "  -n, --first N           only rows whose rank is N or better\n"
    "      --edge rank|keep|cut|drop   equal rows at the edge of -n: by their rank, all, N rows, none\n"
    "      --missing unranked|last|first   rows without a value in the first key (default unranked)\n"
    "  -c, --column NAME       name of the added column (default rank)\n"
    "      --percent-rank NAME, --cume-dist NAME   also (rank-1)/(n-1), and rows not behind / n,\n"
    "                          with --digits D decimals (default 4)\n"
    "      --bands NAME=K      also the band, of K equal parts of the ranks\n"
    "      --decimals D        numbers print with D decimals: warn where equal prints rank apart\n"
    "      --printed           rank what is printed with --decimals\n"
    "  -w, --where EXPR        rows for which EXPR is not true are not ranked and do not compete\n"
    "      --sort              in order of group and rank; adds the column only with -c\n"
    "      --against FILE --id COL,...   also rank in FILE, change, and up, down, same or new;\n"
    "                          --previous COL takes FILE's ranks, --left lists who is gone\n"
    "      --memory BYTES, -T DIR   beyond BYTES (default half the machine's) sort in files in DIR\n"
    "  -o, --output FILE       write FILE, whole or not at all\n"
    "      --max-errors N, --help, --version\n"
    "Example: rank -k loan -g district -n 10 loans.tsv\n";

enum missing { MISSING_UNRANKED, MISSING_LAST, MISSING_FIRST };

struct options {
    struct front front;
    const char *keys, *group_by, *file, *against, *id, *previous;
    char *where, *band; /* band: the name in --bands */
    uint64_t first;     /* 0: all */
    enum ties ties;
    unsigned edge; /* index into EDGES; 0: the rank decides */
    enum missing missing;
    struct rank_columns add;
    int decimals; /* -1: not told */
    bool printed, left, sort;
};

static const enum ties EDGES[] = {TIES_MIN, TIES_MIN, TIES_ORDINAL, TIES_MAX}; /* rank, keep, cut, drop */

/* A table to be ranked, and the columns that it takes for that. */
struct subject {
    struct table *table;
    struct order_list keys;
    int *group, *id; /* id: the columns of -g and --id, which make an object */
    size_t groups, ids;
    struct expr *where;
    struct ranking_rule rule;
};

struct work {
    struct options *o;
    struct subject now, then;
    struct ranking *ranking;
    struct standings *standings; /* NULL without --against */
    struct buf added, scratch;
    struct out *out;
};

/* --- before any row is read --- */

/* ranks: the table is to be ranked, and needs more than its objects. */
static enum status read_columns(const struct options *o, struct subject *s, bool ranks, struct diag *d)
{
    enum status st = ranks ? order_list_read(&s->keys, o->keys, s->table, d) : ST_OK;
    if (st != ST_OK)
        return st;
    if (o->group_by && !(s->group = row_columns(s->table, o->group_by, &s->groups, d)))
        return d->status;
    if (o->id && !(s->id = standings_object(s->table, s->group, s->groups, o->id, &s->ids, d)))
        return d->status;
    if (ranks && o->where && !(s->where = row_condition(s->table, o->where, d)))
        return ST_MISUSE;
    return ST_OK;
}

static void make_rule(const struct options *o, struct subject *s)
{
    for (size_t k = 0; k < s->keys.n; k++) {
        s->keys.key[k].missing_first = o->missing == MISSING_FIRST;
        s->keys.key[k].rounded = o->printed;
        s->keys.key[k].decimals = o->printed ? (unsigned)o->decimals : 0;
    }
    s->rule = (struct ranking_rule){.key = s->keys.key,
                                    .column = s->keys.column,
                                    .keys = s->keys.n,
                                    .group = s->group,
                                    .groups = s->groups,
                                    .where = s->where,
                                    .memory = o->front.memory,
                                    .scratch = o->front.temporary};
    s->rule.contest = (struct contest_rule){.ties = o->ties,
                                            .edge = o->edge ? EDGES[o->edge] : o->ties,
                                            .missing_competes = o->missing != MISSING_UNRANKED,
                                            .ranked = true};
}

/* Warns of two rows that print alike and rank apart. */
static void warn(void *ctx, const struct ranked *a, const struct ranked *b)
{
    struct work *w = ctx;
    struct diag d = {0};
    if (twins_found(&w->now.keys, (unsigned)w->o->decimals, w->now.table, a, b, &d))
        front_problem(&w->o->front, &d);
}

static enum status prepare(struct work *w, struct diag *d)
{
    const struct options *o = w->o;
    enum status st = read_columns(o, &w->now, true, d);
    if (st != ST_OK)
        return st;
    make_rule(o, &w->now);
    w->now.rule.in_order = o->sort;
    w->now.rule.contest.first = o->first;
    w->now.rule.contest.ranked = o->add.rank || rank_columns_count(&o->add);
    w->now.rule.contest.counted = rank_columns_count(&o->add);
    if (o->decimals >= 0 && !o->printed) {
        w->now.rule.pair = warn;
        w->now.rule.pair_ctx = w;
        w->now.rule.contest.counted = w->now.rule.contest.ranked = true;
    }
    w->ranking = ranking_new(w->now.table, &w->now.rule);
    return rank_columns_check(&o->add, w->now.table, d);
}

/* --- the earlier table --- */

static enum status read_earlier(struct work *w, struct diag *d)
{
    const struct options *o = w->o;
    struct subject *s = &w->then;
    s->table = table_open(o->against, d);
    if (!s->table)
        return d->status;
    enum status st = read_columns(o, s, !o->previous, d);
    if (st != ST_OK)
        return st;
    w->standings = standings_new();
    if (o->previous) {
        int rank = table_column(s->table, slice_of(o->previous), d);
        return rank < 0 ? d->status : standings_read(w->standings, s->table, rank, s->id, s->ids, d);
    }
    make_rule(o, s);
    struct ranking *earlier = ranking_new(s->table, &s->rule);
    st = ranking_read(earlier, d);
    if (st == ST_OK)
        st = standings_rank(w->standings, earlier, table_file(s->table), s->id, s->ids, d);
    ranking_free(earlier);
    return st;
}

/* --- writing --- */

static void write_left(void *ctx, struct slice key, const struct standing_before *before)
{
    struct work *w = ctx;
    size_t width = table_width(w->now.table);
    struct slice *field = mem_zero(width, sizeof *field);
    for (size_t i = 0; i < w->now.ids; i++)
        field[w->now.id[i]] = row_field(key, i);
    for (size_t c = 0; c < width; c++) {
        if (c)
            out_char(w->out, '\t');
        out_slice(w->out, field[c]);
    }
    free(field);
    buf_clear(&w->added);
    rank_columns_left(&w->o->add, before, &w->added);
    buf_char(&w->added, '\n');
    out_slice(w->out, buf_view(&w->added));
}

static enum status write_row(struct work *w, const struct ranked *row, bool escapes, struct diag *d)
{
    struct standing_before before = {0};
    buf_clear(&w->added);
    if (w->standings) {
        struct slice id = row_key(row->row, w->now.id, w->now.ids, &w->scratch);
        enum status st =
            standings_meet(w->standings, id, table_file(w->now.table), row->number + 2, &before, d);
        if (st != ST_OK)
            return st;
    }
    rank_columns_row(&w->o->add, row, &before, &w->added);
    buf_char(&w->added, '\n');
    out_slice(w->out, escapes ? fields_without_null(row->row, &w->scratch) : row->row);
    out_slice(w->out, buf_view(&w->added));
    return ST_OK;
}

static enum status rank(struct work *w, struct diag *d)
{
    struct ranked row;
    enum status st = w->o->against ? read_earlier(w, d) : ST_OK;
    if (st == ST_OK)
        st = ranking_read(w->ranking, d);
    if (st != ST_OK)
        return st;
    out_slice(w->out, table_header(w->now.table));
    rank_columns_header(&w->o->add, &w->added);
    buf_char(&w->added, '\n');
    out_slice(w->out, buf_view(&w->added));
    bool escapes = ranking_has_escapes(w->ranking);
    while ((st = ranking_next(w->ranking, &row, d)) == ST_OK && row.row.p && !out_failed(w->out)) {
        st = write_row(w, &row, escapes, d);
        if (st != ST_OK)
            return st;
    }
    if (st == ST_OK && w->o->left)
        standings_each_left(w->standings, write_left, w);
    return st;
}

static void subject_free(struct subject *s)
{
    order_list_free(&s->keys);
    expr_free(s->where);
    table_close(s->table);
    free(s->group);
    free(s->id);
}

static void work_free(struct work *w)
{
    ranking_free(w->ranking);
    standings_free(w->standings);
    subject_free(&w->now);
    subject_free(&w->then);
    buf_free(&w->added);
    buf_free(&w->scratch);
    free(w->o->where);
    free(w->o->band);
}

/* --- the command line --- */

enum {
    TIES = FRONT_OWN,
    EDGE,
    MISSING,
    PERCENT_RANK,
    CUME_DIST,
    BANDS,
    DIGITS,
    DECIMALS,
    PRINTED,
    SORT,
    AGAINST,
    ID,
    PREVIOUS,
    LEFT
};

static void bands_option(struct options *o, const char *text)
{
    const char *equals = strrchr(text, '=');
    if (!equals)
        front_misuse(&o->front, "--bands wants NAME=K, not %s", diag_quote(slice_of(text)).s);
    free(o->band);
    o->band = mem_text((struct slice){text, (size_t)(equals - text)});
    o->add.band = o->band;
    o->add.bands = front_number(&o->front, "--bands NAME=K", equals + 1, 1, INT64_MAX);
}

static void own_option(struct options *o, int c, const char *text)
{
    static const char *const ties[] = {"min", "max", "dense", "ordinal", "average"};
    static const char *const edge[] = {"rank", "keep", "cut", "drop"};
    static const char *const missing[] = {"unranked", "last", "first"};
    if (c == TIES)
        o->ties = (enum ties)front_word(&o->front, "--ties", text, ties, 5);
    else if (c == EDGE)
        o->edge = front_word(&o->front, "--edge", text, edge, 4);
    else if (c == MISSING)
        o->missing = (enum missing)front_word(&o->front, "--missing", text, missing, 3);
    else if (c == PERCENT_RANK)
        o->add.percent = text;
    else if (c == CUME_DIST)
        o->add.share = text;
    else if (c == BANDS)
        bands_option(o, text);
    else if (c == DIGITS)
        o->add.digits = (unsigned)front_number(&o->front, "--digits", text, 0, DEC_MAX_SCALE);
    else if (c == DECIMALS)
        o->decimals = (int)front_number(&o->front, "--decimals", text, 0, DEC_MAX_SCALE);
    else if (c == PRINTED)
        o->printed = true;
    else if (c == SORT)
        o->sort = true;
    else if (c == AGAINST)
        o->against = text;
    else if (c == ID)
        o->id = text;
    else if (c == PREVIOUS)
        o->previous = text;
    else if (c == LEFT)
        o->left = true;
    else
        front_option(&o->front, c, text);
}

static void check(struct options *o)
{
    if (!o->keys)
        front_misuse(&o->front, "nothing to rank by: give -k COL,...");
    if (o->edge && !o->first)
        front_misuse(&o->front, "--edge says what -n keeps: give -n N");
    if (o->printed && o->decimals < 0)
        front_misuse(&o->front, "--printed needs to know how: give --decimals D");
    if (!o->against != !o->id)
        front_misuse(&o->front, "--against FILE and --id COL,... go together");
    if ((o->previous || o->left) && !o->against)
        front_misuse(&o->front, "--previous and --left need --against FILE");
    if (o->left && o->first)
        front_misuse(&o->front, "--left needs all rows: leave out -n");
    if (o->against && strcmp(o->against, "-") == 0 && (!o->file || strcmp(o->file, "-") == 0))
        front_misuse(&o->front, "both tables are standard input");
    o->add.moves = o->against != NULL;
    o->add.dense = o->ties == TIES_DENSE;
    if (!o->add.rank && (!o->sort || o->against))
        o->add.rank = "rank";
}

static void parse(struct options *o, int argc, char **argv)
{
    static const struct option table[] = {{"key", required_argument, NULL, 'k'},
                                          {"group-by", required_argument, NULL, 'g'},
                                          {"first", required_argument, NULL, 'n'},
                                          {"column", required_argument, NULL, 'c'},
                                          {"where", required_argument, NULL, 'w'},
                                          {"ties", required_argument, NULL, TIES},
                                          {"edge", required_argument, NULL, EDGE},
                                          {"missing", required_argument, NULL, MISSING},
                                          {"percent-rank", required_argument, NULL, PERCENT_RANK},
                                          {"cume-dist", required_argument, NULL, CUME_DIST},
                                          {"bands", required_argument, NULL, BANDS},
                                          {"digits", required_argument, NULL, DIGITS},
                                          {"decimals", required_argument, NULL, DECIMALS},
                                          {"printed", no_argument, NULL, PRINTED},
                                          {"sort", no_argument, NULL, SORT},
                                          {"against", required_argument, NULL, AGAINST},
                                          {"id", required_argument, NULL, ID},
                                          {"previous", required_argument, NULL, PREVIOUS},
                                          {"left", no_argument, NULL, LEFT},
                                          FRONT_OPTIONS,
                                          FRONT_SPILL_OPTIONS,
                                          {0}};
    for (int c; (c = getopt_long(argc, argv, ":k:g:n:c:w:T:o:", table, NULL)) != -1;) {
        if (c == 'k')
            o->keys = optarg;
        else if (c == 'g')
            o->group_by = optarg;
        else if (c == 'n')
            o->first = front_number(&o->front, "-n", optarg, 1, INT64_MAX);
        else if (c == 'c')
            o->add.rank = optarg;
        else if (c == 'w')
            o->where = row_condition_and(o->where, optarg);
        else
            own_option(o, c, optarg);
    }
    if (argc - optind > 1)
        front_misuse(&o->front, "more than one file: %s", diag_quote(slice_of(argv[optind + 1])).s);
    o->file = optind < argc ? argv[optind] : NULL;
    check(o);
}

int main(int argc, char **argv)
{
    struct options o = {.decimals = -1, .add = {.digits = 4}};
    struct work w = {.o = &o};
    struct diag d = {0};
    struct out out;
    front_begin(&o.front, "rank", HELP, argv);
    parse(&o, argc, argv);
    w.now.table = table_open(o.file, &d);
    if (!w.now.table || prepare(&w, &d) != ST_OK || out_open(&out, o.front.output, &d) != ST_OK)
        front_die(&o.front, &d);
    w.out = &out;
    enum status st = rank(&w, &d);
    int status = front_end(&o.front, &out, st, &d);
    work_free(&w);
    return status;
}
