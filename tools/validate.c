/* SPDX-License-Identifier: MIT
 * validate: checks a table against a schema and rule cards; passes on the rows without errors. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/check/lint.h"
#include "lib/check/validator.h"
#include "tools/front.h"

static const char HELP[] =
    "Usage: validate -s SCHEMA [-r RULES]... [-x NAME=FILE]... [OPTION]... [FILE]\n"
    "Check a table against a schema and rule cards; write the rows without errors.\n"
    "\n"
    "  -s, --schema SCHEMA     columns, types, code lists, ranges, key\n"
    "  -r, --rules RULES       rule cards; may be repeated\n"
    "  -x, --ref NAME=FILE     another table, for NAME.column; NAME= says there is none\n"
    "  -D, --define NAME=VALUE given.NAME in the cards; NAME= says there is none\n"
    "      --origin SIDECAR    where the cells came from, as written by extract --origin\n"
    "  -f, --failures FILE     write every failure, one a line\n"
    "      --counts FILE       write what every check ran on, passed, failed\n"
    "      --all               write every row, not only those without errors\n"
    "      --drop-origin       leave out the columns _file _sheet _line _record\n"
    "      --test-rules        run the examples on the cards and read no table\n"
    "      --lint              say what is wrong with schema and cards and read no table\n"
    "      --strict            refuse a card without examples\n"
    "  -o, --output FILE       write to FILE, which appears whole or not at all\n"
    "      --max-errors N      problems shown on standard error (20); files are never cut\n"
    "      --help, --version\n"
    "Exit status: 0 clean; 1 an error, an open confirm, or such a rule undecided;\n"
    "2 misuse; 3 the table as a whole cannot be read; 4 output failed; 5 a fault.\n";

struct names {
    const char **at;
    size_t count, cap;
};

struct options {
    const char *schema, *origin, *failures, *counts, *file;
    struct names rules, refs, givens;
    bool all, drop_origin, test_rules, lint, strict;
};

struct validate {
    const struct options *o;
    struct schema *schema;
    struct refs *refs;
    struct rules *rules;
    struct origin *origin;
    struct table *table;
    struct validator judge;
    int origin_column; /* of _file, or -1 */
    struct out out;
    struct out failures, counts; /* in use when o names them */
};

/* --- the rows passed on --- */

static void write_header(struct validate *v, bool drop)
{
    struct slice header = table_header(v->table);
    if (drop) {
        struct slice last = table_name(v->table, (size_t)v->origin_column - 1);
        header.n = (size_t)(last.p + last.n - header.p);
    }
    out_slice(&v->out, header);
    out_char(&v->out, '\n');
}

static const char *row_start(const struct batch *b, size_t row)
{
    return b->base + (b->sep[(ptrdiff_t)(row * b->width) - 1] + 1);
}

static void write_without_origin(struct validate *v, const struct batch *b, size_t row)
{
    const char *start = row_start(b, row);
    struct slice last = batch_field(b, row, (size_t)v->origin_column - 1);
    out_write(&v->out, start, (size_t)(last.p + last.n - start));
    out_char(&v->out, '\n');
}

/* Rows that stay are written as the runs of bytes they came in. */
static void write_rows(struct validate *v, const struct batch *b, bool drop)
{
    for (size_t row = 0; row < b->rows;) {
        size_t end = row;
        while (end < b->rows && (v->o->all || !v->judge.bad[end]))
            end++;
        for (size_t i = row; drop && i < end; i++)
            write_without_origin(v, b, i);
        if (!drop && end > row)
            out_write(&v->out, row_start(b, row), (size_t)(row_start(b, end) - row_start(b, row)));
        row = end < b->rows ? end + 1 : end;
    }
}

static enum status check_rows(struct validate *v, struct diag *d)
{
    struct batch b;
    enum status st;
    bool drop = v->o->drop_origin && v->origin_column >= 0;
    write_header(v, drop);
    table_allow_ragged(v->table);
    while ((st = table_next(v->table, &b, d)) == ST_OK && b.rows > 0 && !out_failed(&v->out)) {
        validator_batch(&v->judge, &b, table_width(v->table));
        if (!b.ragged) /* a row of another width would break the table, --all or not */
            write_rows(v, &b, drop);
    }
    return st;
}

/* --- the table as a whole --- */

static struct report_subject subject_of(const struct validate *v, struct buf *table)
{
    const char *institution = rules_given(v->rules, "institution"), *name = rules_given(v->rules, "table");
    if (*institution == '\0')
        institution = rules_given(v->rules, "bank");
    if (*name == '\0')
        name = rules_given(v->rules, "return");
    if (*name == '\0') {
        const char *slash = strrchr(v->o->schema, '/');
        name = slash ? slash + 1 : v->o->schema;
    }
    buf_add(table, name, strcspn(name, "."));
    return (struct report_subject){.run_id = rules_given(v->rules, "run_id"),
                                   .period = rules_given(v->rules, "period"),
                                   .institution = institution,
                                   .table = buf_string(table),
                                   .sha256 = rules_given(v->rules, "sha256")};
}

/* ST_INPUT, told as a reject, for a table that cannot be read as a whole; ST_MISUSE, in d, for options that
 * do not fit it. */
static enum status check_table(struct validate *v, struct report_subject subject, struct diag *d)
{
    struct diag found = {0};
    enum status st = ST_INPUT;
    v->origin_column = -1;
    v->table = table_open(v->o->file, &found);
    if (v->table)
        st = schema_check_header(v->schema, v->table, &v->origin_column, &found);
    v->rules->origin_column = v->origin_column;
    const char *check = v->table || found.line == 1 ? "structure.header" : "structure.input";
    const char *file = v->table ? table_file(v->table) : found.file;
    validator_init(&v->judge, v->schema, v->rules, v->origin, v->origin_column, file, subject);
    if (st == ST_OK && v->origin && v->origin_column < 0)
        return diag_set(d, ST_MISUSE, file, 1, NULL, "--origin needs the columns _file _sheet _line _record");
    if (st == ST_OK) {
        st = check_rows(v, &found);
        check = "structure.input";
    }
    if (st != ST_OK)
        report_reject(v->judge.reporter, check, &found);
    validator_end(&v->judge);
    return st;
}

/* --- what is said of it --- */

static void show_failure(struct front *front, const struct failure *f)
{
    struct diag d;
    struct buf text = {0};
    report_line(f, &text);
    char *file = mem_text(f->file), *column = mem_text(f->column);
    diag_set(&d, ST_FINDINGS, file, f->line, column, "%s", buf_string(&text));
    front_problem(front, &d);
    free(file);
    free(column);
    buf_free(&text);
}

/* The gravest first; once as many are shown as are wanted, the others are only counted. */
static void show_failures(struct validate *v, struct front *front)
{
    static const char *const order[] = {"reject", "error", "confirm", "inform"};
    const struct findings *all = reporter_findings(v->judge.reporter);
    size_t shown = 0;
    for (size_t s = 0; s < sizeof order / sizeof *order; s++)
        for (size_t i = 0; i < findings_count(all) && front->problems < front->max_errors; i++) {
            struct failure f;
            if (findings_is_silent(all, i) || !slice_is(findings_severity(all, i), order[s]))
                continue;
            findings_get(all, i, &f);
            show_failure(front, &f);
            shown++;
        }
    front->problems += findings_count(all) - findings_silent(all) - shown;
}

static enum status close_beside(struct front *front, const char *path, struct out *o, bool keep)
{
    struct diag d = {0};
    if (!path || out_close(o, keep, &d) == ST_OK || !keep)
        return ST_OK;
    front_problem(front, &d);
    return ST_OUTPUT;
}

/* Failures and counts are kept for a rejected table too: they say why. */
static enum status write_beside(struct validate *v, struct front *front, enum status st)
{
    bool keep = st == ST_OK || st == ST_FINDINGS || st == ST_INPUT;
    if (keep && v->o->failures)
        findings_write(reporter_findings(v->judge.reporter), failure_format_of(v->o->failures), &v->failures);
    if (keep && v->o->counts)
        report_counts(v->judge.reporter, &v->judge.check, v->judge.key, v->rules, v->judge.rows,
                      v->judge.ragged, &v->counts);
    if (close_beside(front, v->o->failures, &v->failures, keep) != ST_OK)
        st = ST_OUTPUT;
    return close_beside(front, v->o->counts, &v->counts, keep) != ST_OK ? ST_OUTPUT : st;
}

static int run(struct validate *v, struct front *front)
{
    struct diag d = {0};
    struct buf table = {0}, verdict = {0};
    if (out_open(&v->out, front->output, &d) != ST_OK ||
        (v->o->failures && out_open(&v->failures, v->o->failures, &d) != ST_OK) ||
        (v->o->counts && out_open(&v->counts, v->o->counts, &d) != ST_OK))
        front_die(front, &d);
    enum status st = check_table(v, subject_of(v, &table), &d);
    if (st == ST_OK && validator_has_findings(&v->judge))
        st = ST_FINDINGS;
    if (st != ST_MISUSE)
        show_failures(v, front);
    st = write_beside(v, front, st);
    int status = front_end(front, &v->out, st, st == ST_MISUSE ? &d : NULL);
    validator_verdict(&v->judge, &verdict);
    if (verdict.n && st != ST_MISUSE)
        front_say(front, "%s", buf_string(&verdict));
    buf_free(&table);
    buf_free(&verdict);
    return status;
}

/* --- the command --- */

static void add_name(struct names *n, const char *name)
{
    n->at = mem_grow(n->at, n->count, &n->cap, sizeof *n->at);
    n->at[n->count++] = name;
}

static void set_once(const struct front *front, const char **slot, const char *name, const char *value)
{
    if (*slot)
        front_misuse(front, "%s is given twice", name);
    *slot = value;
}

enum { OPTION_ORIGIN = FRONT_OWN, OPTION_COUNTS, OPTION_ALL };
enum { OPTION_DROP = OPTION_ALL + 1, OPTION_TEST, OPTION_LINT, OPTION_STRICT }; /* flags, as ALL is */

static struct options parse_options(int argc, char **argv, struct front *front)
{
    static const struct option longs[] = {{"schema", required_argument, NULL, 's'},
                                          {"rules", required_argument, NULL, 'r'},
                                          {"ref", required_argument, NULL, 'x'},
                                          {"define", required_argument, NULL, 'D'},
                                          {"failures", required_argument, NULL, 'f'},
                                          {"origin", required_argument, NULL, OPTION_ORIGIN},
                                          {"counts", required_argument, NULL, OPTION_COUNTS},
                                          {"all", no_argument, NULL, OPTION_ALL},
                                          {"drop-origin", no_argument, NULL, OPTION_DROP},
                                          {"test-rules", no_argument, NULL, OPTION_TEST},
                                          {"lint", no_argument, NULL, OPTION_LINT},
                                          {"strict", no_argument, NULL, OPTION_STRICT},
                                          FRONT_OPTIONS,
                                          {0}};
    struct options o = {0};
    bool *const flag[] = {&o.all, &o.drop_origin, &o.test_rules, &o.lint, &o.strict};
    int option;
    while ((option = getopt_long(argc, argv, ":s:r:x:D:f:o:", longs, NULL)) != -1) {
        switch (option) {
        case 's':
            set_once(front, &o.schema, "-s", optarg);
            break;
        case 'r':
            add_name(&o.rules, optarg);
            break;
        case 'x':
            add_name(&o.refs, optarg);
            break;
        case 'D':
            add_name(&o.givens, optarg);
            break;
        case 'f':
            set_once(front, &o.failures, "-f", optarg);
            break;
        case OPTION_ORIGIN:
            set_once(front, &o.origin, "--origin", optarg);
            break;
        case OPTION_COUNTS:
            set_once(front, &o.counts, "--counts", optarg);
            break;
        default:
            if (option >= OPTION_ALL)
                *flag[option - OPTION_ALL] = true;
            else
                front_option(front, option, optarg);
        }
    }
    if (!o.schema)
        front_misuse(front, "-s SCHEMA is wanted");
    if (argc - optind > 1)
        front_misuse(front, "one FILE at a time; derive makes several one");
    if (o.test_rules && (argc > optind || o.rules.count == 0))
        front_misuse(front, "--test-rules takes rule cards (-r) and no FILE");
    if (o.lint && (argc > optind || o.test_rules))
        front_misuse(front, "--lint takes no FILE, and runs the examples besides");
    o.file = argv[optind];
    return o;
}

static enum status load(struct validate *v, struct diag *d)
{
    const struct options *o = v->o;
    enum status st = ST_OK;
    v->refs = refs_new();
    for (size_t i = 0; st == ST_OK && i < o->refs.count; i++)
        st = refs_add(v->refs, o->refs.at[i], d);
    if (st != ST_OK)
        return st;
    struct refs *refs = o->test_rules || o->lint ? NULL : v->refs;
    v->schema = schema_load(o->schema, refs, d);
    if (!v->schema)
        return ST_MISUSE;
    v->rules = rules_new(v->schema, refs);
    v->rules->strict = o->strict;
    for (size_t i = 0; st == ST_OK && i < o->givens.count; i++)
        st = rules_give(v->rules, o->givens.at[i], d);
    for (size_t i = 0; st == ST_OK && i < o->rules.count; i++)
        st = rules_load(v->rules, o->rules.at[i], d);
    if (st == ST_OK)
        st = rules_settle(v->rules, d);
    if (st == ST_OK && o->origin && !(v->origin = origin_load(o->origin, d)))
        st = d->status = ST_MISUSE; /* the caller's file, not the table that is judged */
    return st;
}

static void unload(struct validate *v)
{
    if (v->table)
        table_close(v->table);
    rules_free(v->rules);
    schema_free(v->schema);
    refs_free(v->refs);
    if (v->origin)
        origin_free(v->origin);
    free(v->o->rules.at);
    free(v->o->refs.at);
    free(v->o->givens.at);
}

static void say_problem(void *front, const struct diag *d)
{
    front_problem(front, d);
}

/* The examples, and with --lint what else there is to say. */
static int test_cards(struct validate *v, struct front *front)
{
    struct diag d = {0};
    uint64_t examples;
    struct precision *precision = precision_new(v->schema, NULL, -1);
    long wrong = rules_run_examples(v->rules, precision, say_problem, front, &examples, &d);
    precision_free(precision);
    if (wrong < 0 || out_open(&v->out, front->output, &d) != ST_OK)
        front_die(front, &d);
    uint64_t problems = v->o->lint ? lint_specification(v->rules, say_problem, front) : 0;
    if (v->o->lint)
        out_printf(&v->out, "%zu columns, ", v->schema->width);
    out_printf(&v->out, "%zu cards, %" PRIu64 " examples, %ld wrong", v->rules->count, examples, wrong);
    if (v->o->lint)
        out_printf(&v->out, ", %" PRIu64 " other problems", problems);
    out_char(&v->out, '\n');
    return front_end(front, &v->out, wrong || problems ? ST_FINDINGS : ST_OK, NULL);
}

int main(int argc, char **argv)
{
    struct front front;
    struct diag d = {0};
    front_begin(&front, "validate", HELP, argv);
    struct options o = parse_options(argc, argv, &front);
    struct validate v = {.o = &o};
    if (load(&v, &d) != ST_OK)
        front_die(&front, &d);
    int status = o.test_rules || o.lint ? test_cards(&v, &front) : run(&v, &front);
    validator_free(&v.judge);
    unload(&v);
    return status;
}
