/* SPDX-License-Identifier: MIT
 * derive: columns from exact expressions, rows by condition, columns chosen, ordered and renamed; several
 * files with one header made one table. */
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/expr/expr.h"
#include "lib/spec/dictionary.h"
#include "lib/stream/columns.h"
#include "lib/stream/table.h"
#include "tools/front.h"

static const char HELP[] =
    "usage: derive [-I FILE] [-a NAME=EXPR]... [-w EXPR]... [-c COL[=NEW],...] [-o FILE] [FILE...]\n"
    "Computes columns, keeps rows and chooses columns of a TSV table.\n\n"
    "  -a, --add NAME=EXPR        add a column, or replace the one of that name; a later -a may use it\n"
    "  -I, --indicators FILE      dictionary (code, expression, decimals): -a CODE adds what it defines\n"
    "  -w, --where EXPR           keep the rows for which EXPR is true; several must all be true\n"
    "  -c, --columns COL[=NEW],.. write these columns, in this order, under new names\n"
    "  -o, --output FILE          write FILE, whole or not at all\n"
    "      --max-errors N         problems shown on standard error (20)\n"
    "      --help, --version\n"
    "\n"
    "Several files must have the same header and become one table. Expressions are exact; a division that "
    "may\n"
    "not end must stand in round(x, digits) or pct(a, b, digits). The language: tongbao-expr(7).\n"
    "\n"
    "  derive -a 'ratio=pct(npl, loan, 2)' -w \"loan > 0 and bank != '07'\" -c bank,ratio loans.tsv\n";

/* What the command line asks for. */
struct options {
    const char **adds, **wheres, *columns, *indicators;
    size_t nadds, nwheres;
};

struct computed {
    char *name;
    struct expr *e;
    struct value value;
};

struct condition {
    struct expr *e;
    bool early; /* uses input columns only */
};

/* A run of input columns that leave together, or one computed value (first == last >= width). */
struct piece {
    int first, last;
};

struct derive {
    struct front *front;
    struct out *out;
    const struct table *table;
    int width;
    struct columns columns; /* in the order they are written; after the input's those of -a are numbered */
    struct computed *computed;
    size_t ncomputed;
    struct condition *conditions;
    size_t nconditions;
    struct piece *pieces;
    size_t npieces, row;
    const struct batch *batch;
    bool unknown;  /* a name was looked for in vain */
    bool verbatim; /* no field of the batch is \N, which is read but never written */
    bool failed;   /* a problem was met: nothing more is written */
    struct buf text;
};

static int variable(void *ctx, struct slice name, enum expr_type *type)
{
    struct derive *v = ctx;
    int source = columns_find(&v->columns, name);
    if (source < 0) {
        v->unknown = true;
        return -1;
    }
    *type = source < v->width ? EXPR_ANY : expr_result(v->computed[source - v->width].e);
    return source;
}

static void fetch(void *ctx, int source, struct value *value)
{
    const struct derive *v = ctx;
    if (source >= v->width) {
        *value = v->computed[source - v->width].value;
        return;
    }
    value->kind = VALUE_RAW;
    value->text = batch_field(v->batch, v->row, (size_t)source);
}

/* Where an expression stands, for messages: its option, and its line of the dictionary if it comes from
 * there. */
struct place {
    char option[160];
    const char *file;
    uint64_t line;
};

static struct expr *compile(struct derive *v, const struct place *at, const char *text, enum expr_type want)
{
    struct expr_place place = {.ctx = v, .variable = variable};
    struct diag d = {0};
    char reason[sizeof d.reason + 512];
    v->unknown = false;
    struct expr *e = expr_compile(text, &place, want, at->file, at->line, &d);
    if (e)
        return e;
    if (v->unknown) {
        buf_text(&v->text, "; there are: ");
        columns_list(&v->columns, &v->text);
    }
    diag_format(&d, reason, sizeof reason);
    front_misuse(v->front, "%s: %s%s", at->option, reason, buf_string(&v->text));
}

/* The name and the expression of one -a: NAME=EXPR, or a code of the dictionary. */
static const char *addition(struct derive *v, const struct dictionary *y, const char *text,
                            struct slice *name, struct place *at)
{
    const char *sign = strchr(text, '=');
    *name = (struct slice){text, sign ? (size_t)(sign - text) : strlen(text)};
    *at = (struct place){.line = 0};
    snprintf(at->option, sizeof at->option, "-a %.*s", (int)(name->n < 128 ? name->n : 128), name->p);
    if (!column_name_is_fit(*name) || (!sign && !y))
        front_misuse(v->front, "-a wants NAME=EXPR, not %s", diag_quote(slice_of(text)).s);
    if (sign)
        return sign + 1;
    const char *definition = dictionary_find(y, *name, &at->line);
    if (!definition)
        front_misuse(v->front, "-a: %s is not defined in %s", diag_quote(*name).s, dictionary_file(y));
    at->file = dictionary_file(y);
    return definition;
}

static void plan_additions(struct derive *v, const struct options *o)
{
    struct diag d = {0};
    struct dictionary *y = o->indicators ? dictionary_load(o->indicators, &d) : NULL;
    if (o->indicators && !y)
        front_die(v->front, &d);
    v->computed = mem_zero(o->nadds + 1, sizeof *v->computed);
    for (size_t i = 0; i < o->nadds; i++) {
        struct slice name;
        struct place at;
        struct computed *c = &v->computed[i];
        const char *text = addition(v, y, o->adds[i], &name, &at);
        c->e = compile(v, &at, text, EXPR_ANY);
        c->name = mem_text(name);
        if (!expr_is_finite(c->e))
            front_misuse(v->front,
                         "%s: %s may have no finite decimal; round(x, digits) or pct(a, b, digits) gives one",
                         at.option, diag_quote(slice_of(text)).s);
        columns_bind(&v->columns, slice_of(c->name), v->width + (int)i);
        v->ncomputed = i + 1;
    }
    dictionary_free(y);
}

static void note_source(void *ctx, int source)
{
    int *highest = ctx;
    *highest = source > *highest ? source : *highest;
}

static void plan_conditions(struct derive *v, const struct options *o)
{
    v->conditions = mem_zero(o->nwheres + 1, sizeof *v->conditions);
    for (size_t i = 0; i < o->nwheres; i++) {
        int highest = -1;
        struct expr *e = compile(v, &(struct place){.option = "-w"}, o->wheres[i], EXPR_BOOL);
        expr_variables(e, note_source, &highest);
        v->conditions[i] = (struct condition){e, highest < v->width};
    }
    v->nconditions = o->nwheres;
}

static void plan_pieces(struct derive *v)
{
    v->pieces = mem_array(NULL, v->columns.n, sizeof *v->pieces);
    for (size_t i = 0; i < v->columns.n; i++) {
        int source = v->columns.item[i].source;
        struct piece *last = v->npieces ? &v->pieces[v->npieces - 1] : NULL;
        if (last && source < v->width && source == last->last + 1)
            last->last = source;
        else
            v->pieces[v->npieces++] = (struct piece){source, source};
    }
}

static void write_header(struct derive *v)
{
    for (size_t i = 0; i < v->columns.n; i++) {
        if (i)
            out_char(v->out, '\t');
        out_slice(v->out, v->columns.item[i].name);
    }
    out_char(v->out, '\n');
}

/* Everything that can be wrong on the command line is found here, before the first row. */
static void plan(struct derive *v, const struct options *o)
{
    v->width = (int)table_width(v->table);
    for (int i = 0; i < v->width; i++)
        columns_bind(&v->columns, table_name(v->table, (size_t)i), i);
    plan_additions(v, o);
    plan_conditions(v, o);
    struct diag d = {0};
    if (o->columns && columns_choose(&v->columns, o->columns, &d) != ST_OK)
        front_misuse(v->front, "-c: %s", d.reason);
    plan_pieces(v);
}

static void report(struct derive *v, const char *column, struct diag *d)
{
    d->line = v->batch->line + v->row;
    snprintf(d->file, sizeof d->file, "%s", table_file(v->table));
    if (!d->column[0])
        snprintf(d->column, sizeof d->column, "%s", column);
    front_problem(v->front, d);
    v->failed = true;
}

static bool keeps(struct derive *v, bool early)
{
    struct expr_row row = {v, fetch};
    for (size_t i = 0; i < v->nconditions; i++) {
        struct value value;
        struct diag d = {0};
        if (v->conditions[i].early != early)
            continue;
        bool good = expr_eval(v->conditions[i].e, &row, &value, &d) == ST_OK;
        if (!good)
            report(v, "", &d);
        if (!good || value.kind != VALUE_BOOL || !value.truth)
            return false;
    }
    return true;
}

static bool compute(struct derive *v)
{
    struct expr_row row = {v, fetch};
    for (size_t i = 0; i < v->ncomputed; i++) {
        struct computed *c = &v->computed[i];
        struct diag d = {0};
        if (expr_eval(c->e, &row, &c->value, &d) != ST_OK) {
            report(v, c->name, &d);
            return false;
        }
        /* In the stream an empty text is a missing value, so it is one for the columns after it. */
        if (c->value.kind == VALUE_TEXT && c->value.text.n == 0)
            c->value.kind = VALUE_EMPTY;
    }
    return true;
}

static void write_fields(struct derive *v, const struct piece *p)
{
    for (int i = p->first; i <= p->last; i++) {
        struct slice field = batch_field(v->batch, v->row, (size_t)i);
        if (i > p->first)
            out_char(v->out, '\t');
        if (!field_is_empty(field))
            out_slice(v->out, field);
    }
}

static void write_value(struct derive *v, int source)
{
    const struct computed *c = &v->computed[source - v->width];
    buf_clear(&v->text);
    if (!value_print(&v->text, &c->value)) {
        struct diag d = {0};
        diag_set(&d, ST_INPUT, NULL, 0, c->name, "the value has more than %d decimals", DEC_MAX_SCALE);
        report(v, c->name, &d);
    }
    out_slice(v->out, buf_view(&v->text));
}

static void write_row(struct derive *v)
{
    for (size_t i = 0; i < v->npieces; i++) {
        const struct piece *p = &v->pieces[i];
        if (i)
            out_char(v->out, '\t');
        if (p->first >= v->width) {
            write_value(v, p->first);
        } else if (v->verbatim) {
            struct slice a = batch_field(v->batch, v->row, (size_t)p->first);
            struct slice b = batch_field(v->batch, v->row, (size_t)p->last);
            out_write(v->out, a.p, (size_t)(b.p + b.n - a.p));
        } else {
            write_fields(v, p);
        }
    }
    out_char(v->out, '\n');
}

/* Rows that stay as they are leave in runs of bytes. */
static void filter_batch(struct derive *v)
{
    const char *from = NULL;
    for (v->row = 0; v->row < v->batch->rows; v->row++) {
        struct slice row = batch_row(v->batch, v->row);
        bool kept = keeps(v, true);
        if (kept && !from)
            from = row.p;
        if (!kept && from) {
            out_write(v->out, from, v->failed ? 0 : (size_t)(row.p - from));
            from = NULL;
        }
    }
    if (from && !v->failed) {
        struct slice last = batch_row(v->batch, v->batch->rows - 1);
        out_write(v->out, from, (size_t)(last.p + last.n + 1 - from));
    }
}

static void derive_batch(struct derive *v)
{
    struct slice first = batch_row(v->batch, 0), last = batch_row(v->batch, v->batch->rows - 1);
    size_t n = (size_t)(last.p + last.n - first.p);
    v->verbatim = !memchr(first.p, '\\', n) || !memmem(first.p, n, "\\N", 2);
    if (v->npieces == 1 && v->pieces[0].first == 0 && v->pieces[0].last == v->width - 1 && v->verbatim &&
        v->ncomputed == 0) {
        filter_batch(v);
        return;
    }
    for (v->row = 0; v->row < v->batch->rows; v->row++)
        if (keeps(v, true) && compute(v) && keeps(v, false) && !v->failed)
            write_row(v);
}

static enum status derive_table(struct derive *v, struct table *t, struct diag *d)
{
    struct batch b;
    enum status st;
    v->table = t, v->batch = &b;
    while ((st = table_next(t, &b, d)) == ST_OK && b.rows > 0 && !out_failed(v->out))
        derive_batch(v);
    return st;
}

static enum status derive_rest(struct derive *v, char **files, struct slice header, struct diag *d)
{
    for (char **file = files + 1; files[0] && *file; file++) {
        struct table *t = table_open(*file, d);
        if (!t)
            return d->status;
        bool same = slice_equal(table_header(t), header);
        enum status st = same ? derive_table(v, t, d)
                              : diag_set(d, ST_INPUT, table_file(t), 1, NULL,
                                         "the header differs from that of %s", files[0]);
        table_close(t);
        if (st != ST_OK)
            return st;
    }
    return ST_OK;
}

static void release(struct derive *v, struct options *o)
{
    for (size_t i = 0; i < v->ncomputed; i++) {
        expr_free(v->computed[i].e);
        free(v->computed[i].name);
    }
    for (size_t i = 0; i < v->nconditions; i++)
        expr_free(v->conditions[i].e);
    columns_free(&v->columns);
    buf_free(&v->text);
    free(v->computed);
    free(v->conditions);
    free(v->pieces);
    free(o->adds);
    free(o->wheres);
}

static struct options parse_options(int argc, char **argv, struct front *front)
{
    static const struct option longs[] = {{"add", required_argument, NULL, 'a'},
                                          {"where", required_argument, NULL, 'w'},
                                          {"columns", required_argument, NULL, 'c'},
                                          {"indicators", required_argument, NULL, 'I'},
                                          FRONT_OPTIONS,
                                          {0}};
    struct options o = {.adds = mem_zero((size_t)argc, sizeof *o.adds),
                        .wheres = mem_zero((size_t)argc, sizeof *o.wheres)};
    int option;
    while ((option = getopt_long(argc, argv, ":a:w:c:I:o:", longs, NULL)) != -1) {
        if (option == 'a') {
            o.adds[o.nadds++] = optarg;
        } else if (option == 'w') {
            o.wheres[o.nwheres++] = optarg;
        } else if (option == 'c') {
            if (o.columns)
                front_misuse(front, "-c is given twice");
            o.columns = optarg;
        } else if (option == 'I') {
            o.indicators = optarg;
        } else {
            front_option(front, option, optarg);
        }
    }
    return o;
}

int main(int argc, char **argv)
{
    struct front front;
    struct out out;
    struct diag d = {0};
    front_begin(&front, "derive", HELP);
    struct options o = parse_options(argc, argv, &front);
    struct derive v = {.front = &front, .out = &out};
    char **files = argv + optind;
    struct table *first = table_open(files[0], &d);
    if (!first)
        front_die(&front, &d);
    v.table = first;
    plan(&v, &o);
    if (out_open(&out, front.output, &d) != ST_OK)
        front_die(&front, &d);
    write_header(&v);
    enum status st = derive_table(&v, first, &d);
    if (st == ST_OK)
        st = derive_rest(&v, files, table_header(first), &d);
    bool said = st == ST_OK && v.failed;
    table_close(first);
    release(&v, &o);
    return front_end(&front, &out, said ? ST_INPUT : st, said ? NULL : &d);
}
