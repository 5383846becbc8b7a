/* SPDX-License-Identifier: MIT
 * aggregation: see aggregation.h. */
#include "lib/group/aggregation.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/group/part_set.h"
#include "lib/group/result.h"

struct aggregation {
    struct aggregation_plan plan;
    struct part_spec spec; /* of parts */
    char **text;           /* what the plan has from the spec, owned */
    size_t texts, texts_cap;
    struct table *table; /* the first, and then the one being read; NULL where parts are read */
    char *header;        /* of the first */
    struct expr *where;
    struct aggregator *aggregator;
    struct result *result;
    struct grouping *grouping;
    struct grouping_sets sets;
    struct slice *key_name;
    char *key_text; /* which they point into */
    size_t keys;
    struct part_set parts;
    struct part_meta meta; /* of the part that is made */
    struct group_sink sink;
};

static bool reads_parts(const struct aggregation *a)
{
    return a->plan.mode == AGGREGATION_MERGE || a->plan.mode == AGGREGATION_FINAL;
}

static bool makes_part(const struct aggregation *a)
{
    return a->plan.mode == AGGREGATION_PARTIAL || a->plan.mode == AGGREGATION_MERGE;
}

void aggregation_free(struct aggregation *a)
{
    if (!a)
        return;
    for (size_t i = 0; i < a->texts; i++)
        free(a->text[i]);
    free(a->text);
    grouping_free(a->grouping);
    grouping_sets_free(&a->sets);
    result_free(a->result);
    expr_free(a->where);
    aggregator_free(a->aggregator);
    table_close(a->table);
    part_set_free(&a->parts);
    part_meta_free(&a->meta);
    part_spec_free(&a->spec);
    free(a->header);
    free(a->key_name);
    free(a->key_text);
    free(a);
}

/* --- the specification of parts --- */

static void write_spec(struct aggregation *a)
{
    const struct aggregation_plan *p = &a->plan;
    if (p->group_by)
        part_spec_add(&a->spec, "group_by", p->group_by);
    for (size_t i = 0; i < p->add.n; i++)
        part_spec_add(&a->spec, "add", p->add.p[i]);
    if (p->where)
        part_spec_add(&a->spec, "where", p->where);
    if (p->label)
        part_spec_add(&a->spec, "label", p->label);
    part_spec_end(&a->spec);
}

/* The k-th text of that name, kept; NULL when there is none. */
static const char *read_spec(struct aggregation *a, const char *name, size_t k)
{
    char *text = part_spec_text(&a->spec, name, k);
    a->text = mem_grow(a->text, a->texts, &a->texts_cap, sizeof *a->text);
    a->text[a->texts] = text;
    a->texts += text != NULL;
    return text;
}

static enum status plan_by_spec(struct aggregation *a, struct diag *d)
{
    const char *label = read_spec(a, "label", 0);
    if (a->plan.label && (!label || strcmp(label, a->plan.label) != 0))
        return diag_set(d, ST_INPUT, NULL, 0, NULL, "the label of the parts is %s, not %s",
                        label ? diag_quote(slice_of(label)).s : "not given",
                        diag_quote(slice_of(a->plan.label)).s);
    a->plan.group_by = read_spec(a, "group_by", 0);
    a->plan.where = read_spec(a, "where", 0);
    size_t first = a->texts;
    while (read_spec(a, "add", a->texts - first))
        ;
    a->plan.add = (struct texts){(const char *const *)a->text + first, a->texts - first};
    return ST_OK;
}

/* --- before any row is read --- */

static enum status open_input(struct aggregation *a, struct diag *d)
{
    const struct aggregation_plan *p = &a->plan;
    bool specified = p->group_by || p->add.n || p->where;
    if (specified && p->mode != AGGREGATION_WHOLE)
        write_spec(a);
    if (!reads_parts(a)) {
        a->table = table_open(p->file.n ? p->file.p[0] : NULL, d);
        a->header = a->table ? mem_text(table_header(a->table)) : NULL;
        return a->table ? ST_OK : d->status;
    }
    struct part_set_options o = {p->file.p, p->file.n, p->meta.p, p->meta.n, p->unchecked};
    enum status st = part_set_open(&a->parts, &o, &a->spec, d);
    return st == ST_OK && !specified ? plan_by_spec(a, d) : st;
}

static enum status read_keys(struct aggregation *a, int **column, struct diag *d)
{
    *column = NULL;
    if (!a->plan.group_by)
        return ST_OK;
    a->keys = row_names(a->plan.group_by, &a->key_name, &a->key_text);
    if (a->table)
        *column = row_columns(a->table, a->plan.group_by, &a->keys, d);
    return a->table && !*column ? d->status : ST_OK;
}

static enum status read_sets(struct aggregation *a, struct diag *d)
{
    if (a->plan.totals != TOTALS_NONE && a->keys > GROUPING_MAX_KEYS)
        return diag_set(d, ST_MISUSE, NULL, 0, NULL, "totals take at most %d key columns", GROUPING_MAX_KEYS);
    switch (a->plan.totals) {
    case TOTALS_ROLLUP:
        grouping_sets_rollup(&a->sets, a->keys);
        return ST_OK;
    case TOTALS_CUBE:
        grouping_sets_cube(&a->sets, a->keys);
        return ST_OK;
    case TOTALS_GRAND:
        grouping_sets_grand(&a->sets, a->keys);
        return ST_OK;
    case TOTALS_SETS:
        return grouping_sets_parse(&a->sets, a->plan.sets, a->key_name, a->keys, d);
    default:
        grouping_sets_plain(&a->sets, a->keys);
        return ST_OK;
    }
}

/* The two sides of NAME=TEXT. */
static struct slice left_of(const char *pair)
{
    return (struct slice){pair, strcspn(pair, "=")};
}

static const char *right_of(const char *pair)
{
    return pair + strcspn(pair, "=") + 1;
}

static enum status add_columns(struct aggregation *a, struct diag *d)
{
    const struct aggregation_plan *p = &a->plan;
    enum status st = ST_OK;
    for (size_t i = 0; i < p->total_names.n && st == ST_OK; i++)
        st = result_name_total(a->result, left_of(p->total_names.p[i]), right_of(p->total_names.p[i]), d);
    if (p->grouping && st == ST_OK)
        st = result_add_grouping(a->result, p->grouping, d);
    for (size_t i = 0; i < p->add.n && st == ST_OK; i++)
        st = result_add_column(a->result, left_of(p->add.p[i]), right_of(p->add.p[i]), d);
    if (st == ST_OK && p->mode != AGGREGATION_WHOLE && aggregator_needs_places(a->aggregator))
        return diag_set(d, ST_MISUSE, NULL, 0, NULL,
                        "first(x) and last(x) depend on the order of all rows, which parts do not know; "
                        "first(x, key) and last(x, key) do not");
    return st;
}

static enum status prepare(struct aggregation *a, struct diag *d)
{
    const struct aggregation_plan *p = &a->plan;
    int *column = NULL;
    enum status st = open_input(a, d);
    if (st != ST_OK)
        return st;
    a->aggregator = aggregator_new(a->table);
    if (p->mode != AGGREGATION_WHOLE)
        aggregator_count_rows(a->aggregator);
    st = read_keys(a, &column, d);
    if (st == ST_OK)
        st = read_sets(a, d);
    a->result = result_new(a->aggregator, a->key_name, a->keys);
    if (st == ST_OK)
        st = add_columns(a, d);
    if (st == ST_OK && a->table && p->where && !(a->where = row_condition(a->table, p->where, d)))
        st = ST_MISUSE;
    if (p->undefined == UNDEFINED_ERROR) {
        aggregator_refuse_undefined(a->aggregator);
        if (a->where)
            expr_set_undefined(a->where, UNDEFINED_ERROR);
    }
    result_set_undefined(a->result, p->undefined);
    struct grouping_limits limits = {p->memory, p->temporary, !p->first_seen};
    a->grouping = grouping_new(a->aggregator, column, a->keys, &limits);
    if (p->sorted)
        grouping_expect_sorted(a->grouping);
    return st;
}

struct aggregation *aggregation_open(const struct aggregation_plan *plan, struct diag *d)
{
    struct aggregation *a = mem_zero(1, sizeof *a);
    a->plan = *plan;
    if (prepare(a, d) == ST_OK)
        return a;
    aggregation_free(a);
    return NULL;
}

/* --- reading --- */

static enum status read_batch(struct aggregation *a, const struct batch *b, struct part_source *source,
                              struct diag *d)
{
    const char *file = table_file(a->table);
    uint32_t row[ROWS_CHUNK];
    size_t n;
    enum status st = ST_OK;
    source->rows_read += b->rows;
    for (size_t next = 0; next < b->rows && st == ST_OK;) {
        st = rows_choose(a->where, b, file, &next, row, &n, d);
        source->rows += n;
        if (st == ST_OK && n)
            st = grouping_add_rows(a->grouping, b, file, row, n, d);
        if (st == ST_OK && a->plan.sorted)
            st = grouping_flush(a->grouping, &a->sets, &a->sink, d);
    }
    return st;
}

static enum status read_table(struct aggregation *a, struct part_source *source, struct diag *d)
{
    struct batch b = {.rows = 1};
    enum status st = ST_OK;
    while (st == ST_OK && (st = table_next(a->table, &b, d)) == ST_OK && b.rows)
        st = read_batch(a, &b, source, d);
    return st;
}

static enum status next_table(struct aggregation *a, const char *path, struct diag *d)
{
    table_close(a->table);
    a->table = table_open(path, d);
    if (!a->table)
        return d->status;
    if (slice_is(table_header(a->table), a->header))
        return ST_OK;
    return diag_set(d, ST_INPUT, table_file(a->table), 1, NULL, "the header is not that of %s",
                    a->plan.file.p[0]);
}

/* All tables are one; in the meta of a part each is a source, unless the part has a name. */
static enum status read_tables(struct aggregation *a, struct diag *d)
{
    const struct aggregation_plan *p = &a->plan;
    struct part_source source = {0};
    enum status st = ST_OK;
    for (size_t i = 0; st == ST_OK && (i == 0 || i < p->file.n); i++) {
        if (i)
            st = next_table(a, p->file.p[i], d);
        if (st == ST_OK)
            st = read_table(a, &source, d);
        if (st != ST_OK || p->mode != AGGREGATION_PARTIAL || (p->part && i + 1 < p->file.n))
            continue;
        struct buf name = {0};
        buf_text(&name, p->part ? p->part : table_file(a->table));
        source.name = buf_string(&name);
        st = part_meta_add_source(&a->meta, &source, source.name, d);
        source = (struct part_source){0};
        buf_free(&name);
    }
    return st;
}

static enum status read_input(struct aggregation *a, struct diag *d)
{
    if (!reads_parts(a))
        return read_tables(a, d);
    enum status st = part_set_read(&a->parts, a->grouping, d);
    if (st == ST_OK && a->parts.checked)
        st = part_set_complete(&a->parts, a->plan.mode == AGGREGATION_FINAL, d);
    for (size_t i = 0; a->parts.checked && i < a->parts.all.sources && st == ST_OK; i++)
        st = part_meta_add_source(&a->meta, &a->parts.all.source[i], NULL, d);
    return st;
}

/* --- both --- */

static enum status run_part(struct aggregation *a, struct out *out, struct diag *d)
{
    struct part_writer writer;
    part_writer_begin(&writer, grouping_format(a->grouping), out);
    a->sink = part_writer_sink(&writer);
    enum status st = read_input(a, d);
    if (st == ST_OK)
        st = grouping_drain(a->grouping, GROUP_SORTED, true, &a->sink, d);
    part_writer_end(&writer);
    for (size_t i = 0; i < a->meta.sources; i++)
        a->meta.rows += a->meta.source[i].rows;
    a->meta.lines = writer.totals.lines;
    memcpy(a->meta.sum, writer.totals.sum, sizeof a->meta.sum);
    return st;
}

static enum status run_table(struct aggregation *a, struct out *out, struct diag *d)
{
    a->sink = result_sink(a->result, a->sets.details, out);
    if (a->plan.sorted)
        result_write_header(a->result, out);
    enum status st = read_input(a, d);
    if (st == ST_OK && !a->plan.sorted)
        result_write_header(a->result, out);
    if (st == ST_OK)
        st = grouping_drain_sets(a->grouping, &a->sets, a->plan.first_seen ? GROUP_FIRST_SEEN : GROUP_SORTED,
                                 &a->sink, d);
    return st;
}

enum status aggregation_run(struct aggregation *a, struct out *out, struct diag *d)
{
    return makes_part(a) ? run_part(a, out, d) : run_table(a, out, d);
}

void aggregation_undefined(const struct aggregation *a,
                           void (*tell)(void *ctx, struct slice column, uint64_t count, struct slice key),
                           void *ctx)
{
    result_undefined(a->result, tell, ctx);
}

enum status aggregation_write_meta(const struct aggregation *a, const char *path, const char *program,
                                   struct diag *d)
{
    struct part_meta m = a->meta;
    m.spec = a->spec;
    return m.sources ? part_meta_write(&m, path, program, d) : ST_OK;
}
