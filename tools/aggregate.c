/* SPDX-License-Identifier: MIT
 * aggregate: groups rows and computes exact aggregates of them; in one run, or in parts that are merged. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/group/aggregation.h"
#include "lib/order/rows.h"
#include "lib/stream/columns.h"
#include "tools/front.h"

static const char HELP[] =
    "usage: aggregate [-g COL,...] -a NAME=EXPR... [OPTION]... [FILE...]\n"
    "Groups the rows of TSV tables that have one header, and computes aggregates exactly.\n"
    "  -g, --group-by COL,...  one row for each combination; without it one row for all\n"
    "  -a, --add NAME=EXPR     a column: an expression over aggregates, group columns, earlier names\n"
    "  -w, --where EXPR        only rows for which EXPR is true\n"
    "      --rollup, --cube, --grand-total, --sets COL,...;...  also totals, each at its own grain\n"
    "      --total COL=TEXT    what stands in COL where it is totalled over, instead of \\-\n"
    "      --grouping NAME     a column that tells totals: a bit for each key column, leftmost highest\n"
    "      --order sorted|first  bytewise by key (default), or by first appearance\n"
    "      --sorted            the rows come sorted by the keys: groups leave as they are complete\n"
    "      --partial, --merge, --final  make a part; put parts together; the table of parts\n"
    "      --part NAME         of a part; K/N: it is part K of N\n"
    "      --label TEXT        parts of another label are refused\n"
    "      --meta FILE         the meta of the part made; of a part that standard input holds\n"
    "      --unchecked         merge parts without their metas\n"
    "      --undefined HOW     x / 0 and the like: na (default, \\-), count (and told), error\n"
    "      --memory SIZE, -T, --temporary-directory DIR  groups beyond SIZE go to files in DIR\n"
    "  -o, --output FILE, --max-errors N, --help, --version\n"
    "Aggregates: count() count(x) count_distinct(x, ...) sum(x) mean(x) min(x) max(x) median(x) mode(x)\n"
    "quantile(x, p) first(x) last(x) first(x, key) last(x, key) concat_distinct(x) sumproduct(x, w)\n"
    "weighted_mean(x, w) var_pop(x) var_samp(x) stddev_pop(x, digits) stddev_samp(x, digits) hhi(x)\n"
    "top_sum(x, n) top_share(x, n) histogram(x, bound, ...); with when=CONDITION, missing=strict|skip|zero\n"
    "Example: aggregate -g bank -a n='count()' -a r='pct(sum(npl), sum(loan), 2)' loans.tsv\n";

struct options {
    struct front front;
    struct aggregation_plan plan;
    const char **add, **total, **meta; /* as many as there are words */
    char *where, *part;
    bool order_given;
};

/* --- the command line --- */

static void set_mode(struct options *o, enum aggregation_mode mode)
{
    if (o->plan.mode != AGGREGATION_WHOLE && o->plan.mode != mode)
        front_misuse(&o->front, "--partial, --merge and --final exclude each other");
    o->plan.mode = mode;
}

static void set_totals(struct options *o, enum aggregation_totals totals)
{
    if (o->plan.totals != TOTALS_NONE && o->plan.totals != totals)
        front_misuse(&o->front, "--rollup, --cube, --grand-total and --sets exclude each other");
    o->plan.totals = totals;
}

static void add_assignment(struct options *o, const char *text)
{
    const char *equal = strchr(text, '=');
    if (!column_name_is_fit((struct slice){text, equal ? (size_t)(equal - text) : 0}))
        front_misuse(&o->front, "-a wants NAME=EXPR, not %s", diag_quote(slice_of(text)).s);
    o->add[o->plan.add.n++] = text;
}

static void add_total(struct options *o, const char *text)
{
    const char *equal = strchr(text, '=');
    if (!equal || equal == text)
        front_misuse(&o->front, "--total wants COL=TEXT, not %s", diag_quote(slice_of(text)).s);
    o->total[o->plan.total_names.n++] = text;
}

static void set_order(struct options *o, const char *text)
{
    o->plan.first_seen = strcmp(text, "first") == 0;
    if (!o->plan.first_seen && strcmp(text, "sorted") != 0)
        front_misuse(&o->front, "--order is sorted or first, not %s", diag_quote(slice_of(text)).s);
}

/* "K/N" is written in one way only. */
static void set_part(struct options *o, const char *text)
{
    uint64_t k, n;
    char rest;
    free(o->part);
    o->part = mem_text(slice_of(text));
    if (sscanf(text, "%" SCNu64 "/%" SCNu64 "%c", &k, &n, &rest) == 2) {
        if (k < 1 || k > n || *text == '-')
            front_misuse(&o->front, "--part K/N is a part from 1 to N, not %s", diag_quote(slice_of(text)).s);
        snprintf(o->part, strlen(text) + 1, "%" PRIu64 "/%" PRIu64, k, n);
    } else if (!column_name_is_fit(slice_of(text))) {
        front_misuse(&o->front, "--part wants a name, not %s", diag_quote(slice_of(text)).s);
    }
    o->plan.part = o->part;
}

enum {
    ROLLUP = FRONT_OWN,
    CUBE,
    GRAND_TOTAL,
    SETS,
    TOTAL,
    GROUPING,
    ORDER,
    SORTED,
    PARTIAL,
    MERGE,
    FINAL,
    PART,
    LABEL,
    META,
    UNCHECKED,
    UNDEFINED
};

/* The options of parts and of totals. */
static void take_long(struct options *o, int c, const char *argument)
{
    switch (c) {
    case ROLLUP:
        set_totals(o, TOTALS_ROLLUP);
        break;
    case CUBE:
        set_totals(o, TOTALS_CUBE);
        break;
    case GRAND_TOTAL:
        set_totals(o, TOTALS_GRAND);
        break;
    case SETS:
        set_totals(o, TOTALS_SETS);
        o->plan.sets = argument;
        break;
    case TOTAL:
        add_total(o, argument);
        break;
    case GROUPING:
        o->plan.grouping = argument;
        break;
    case ORDER:
        set_order(o, argument);
        break;
    case SORTED:
        o->plan.sorted = true;
        break;
    case PARTIAL:
        set_mode(o, AGGREGATION_PARTIAL);
        break;
    case MERGE:
        set_mode(o, AGGREGATION_MERGE);
        break;
    case FINAL:
        set_mode(o, AGGREGATION_FINAL);
        break;
    case PART:
        set_part(o, argument);
        break;
    case LABEL:
        o->plan.label = argument;
        break;
    case META:
        o->meta[o->plan.meta.n++] = argument;
        break;
    case UNCHECKED:
        o->plan.unchecked = true;
        break;
    case UNDEFINED:
        if (!undefined_named(slice_of(argument), &o->plan.undefined))
            front_misuse(&o->front, "--undefined wants na, count or error, not %s",
                         diag_quote(slice_of(argument)).s);
        break;
    default:
        front_option(&o->front, c, argument);
    }
}

static void check_parts(const struct options *o)
{
    const struct aggregation_plan *p = &o->plan;
    bool reads = p->mode == AGGREGATION_MERGE || p->mode == AGGREGATION_FINAL;
    bool makes = p->mode == AGGREGATION_PARTIAL || p->mode == AGGREGATION_MERGE;
    if (p->part && p->mode != AGGREGATION_PARTIAL)
        front_misuse(&o->front, "--part is for --partial");
    if (p->label && p->mode == AGGREGATION_WHOLE)
        front_misuse(&o->front, "--label is for parts");
    if (p->meta.n && p->mode == AGGREGATION_WHOLE)
        front_misuse(&o->front, "--meta is for parts");
    if (p->meta.n > 1 && !reads)
        front_misuse(&o->front, "--meta is given twice: a part has one");
    if (p->unchecked && (!reads || p->meta.n))
        front_misuse(&o->front, "--unchecked is for --merge and --final without --meta");
    if (p->sorted && reads)
        front_misuse(&o->front, "--sorted is for rows, not for parts");
    if (p->first_seen && p->mode != AGGREGATION_WHOLE)
        front_misuse(&o->front, "--order first is not for parts, which do not know who came first");
    if (makes && (p->totals != TOTALS_NONE || p->grouping))
        front_misuse(&o->front, "totals are made by --final");
}

static void check(const struct options *o)
{
    const struct aggregation_plan *p = &o->plan;
    bool reads = p->mode == AGGREGATION_MERGE || p->mode == AGGREGATION_FINAL;
    if (!p->group_by && p->add.n == 0 && !reads)
        front_misuse(&o->front, "nothing to compute: give -a NAME=EXPR or -g COL,...");
    if (p->grouping && !column_name_is_fit(slice_of(p->grouping)))
        front_misuse(&o->front, "--grouping wants a column name, not %s",
                     diag_quote(slice_of(p->grouping)).s);
    if (!p->group_by && p->totals != TOTALS_NONE && !reads)
        front_misuse(&o->front, "totals need -g");
    if (p->total_names.n && p->totals == TOTALS_NONE)
        front_misuse(&o->front, "--total needs --rollup, --cube, --grand-total or --sets");
    check_parts(o);
}

static void parse(struct options *o, int argc, char **argv)
{
    static const struct option table[] = {{"group-by", required_argument, NULL, 'g'},
                                          {"add", required_argument, NULL, 'a'},
                                          {"where", required_argument, NULL, 'w'},
                                          {"rollup", no_argument, NULL, ROLLUP},
                                          {"cube", no_argument, NULL, CUBE},
                                          {"grand-total", no_argument, NULL, GRAND_TOTAL},
                                          {"sets", required_argument, NULL, SETS},
                                          {"total", required_argument, NULL, TOTAL},
                                          {"grouping", required_argument, NULL, GROUPING},
                                          {"order", required_argument, NULL, ORDER},
                                          {"sorted", no_argument, NULL, SORTED},
                                          {"partial", no_argument, NULL, PARTIAL},
                                          {"merge", no_argument, NULL, MERGE},
                                          {"final", no_argument, NULL, FINAL},
                                          {"part", required_argument, NULL, PART},
                                          {"label", required_argument, NULL, LABEL},
                                          {"meta", required_argument, NULL, META},
                                          {"unchecked", no_argument, NULL, UNCHECKED},
                                          {"undefined", required_argument, NULL, UNDEFINED},
                                          FRONT_OPTIONS,
                                          FRONT_SPILL_OPTIONS,
                                          {0}};
    struct aggregation_plan *p = &o->plan;
    o->add = mem_zero((size_t)argc, sizeof *o->add);
    o->total = mem_zero((size_t)argc, sizeof *o->total);
    o->meta = mem_zero((size_t)argc, sizeof *o->meta);
    for (int c; (c = getopt_long(argc, argv, ":g:a:w:o:T:", table, NULL)) != -1;) {
        if (c == 'g')
            p->group_by = optarg;
        else if (c == 'a')
            add_assignment(o, optarg);
        else if (c == 'w')
            p->where = o->where = row_condition_and(o->where, optarg);
        else
            take_long(o, c, optarg);
    }
    p->add.p = o->add;
    p->total_names.p = o->total;
    p->meta.p = o->meta;
    p->file = (struct texts){(const char *const *)argv + optind, (size_t)(argc - optind)};
    p->memory = o->front.memory;
    p->temporary = o->front.temporary;
    check(o);
}

/* --- the run --- */

/* Beside a part that went into a file stands its meta; --meta puts it elsewhere. */
static int write_meta(struct options *o, const struct aggregation *a)
{
    const struct aggregation_plan *p = &o->plan;
    bool given = p->mode == AGGREGATION_PARTIAL && p->meta.n;
    bool makes = p->mode == AGGREGATION_PARTIAL || p->mode == AGGREGATION_MERGE;
    bool file = o->front.output && strcmp(o->front.output, "-") != 0;
    struct buf path = {0};
    struct diag d = {0};
    if (!makes || (!given && !file))
        return ST_OK;
    buf_printf(&path, given ? "%s" : "%s.meta", given ? p->meta.p[0] : o->front.output);
    enum status st = aggregation_write_meta(a, buf_string(&path), "aggregate (tongbao) " TONGBAO_VERSION, &d);
    if (st != ST_OK)
        front_problem(&o->front, &d);
    buf_free(&path);
    return (int)st;
}

static void tell_undefined(void *front, struct slice column, uint64_t count, struct slice key)
{
    front_say(front, "column %s: %" PRIu64 " ratio%s without a value, the first in the group %s",
              diag_quote(column).s, count, count == 1 ? "" : "s", diag_quote(key).s);
}

int main(int argc, char **argv)
{
    struct options o = {0};
    struct diag d = {0};
    struct out out;
    front_begin(&o.front, "aggregate", HELP, argv);
    parse(&o, argc, argv);
    struct aggregation *a = aggregation_open(&o.plan, &d);
    if (!a || out_open(&out, o.front.output, &d) != ST_OK)
        front_die(&o.front, &d);
    enum status st = aggregation_run(a, &out, &d);
    int status = front_end(&o.front, &out, st, &d);
    if (status == ST_OK) {
        aggregation_undefined(a, tell_undefined, &o.front);
        status = write_meta(&o, a);
    }
    aggregation_free(a);
    free(o.add);
    free(o.total);
    free(o.meta);
    free(o.where);
    free(o.part);
    return status;
}
