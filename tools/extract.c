/* SPDX-License-Identifier: MIT
 * extract: a file as a bank sends it to canonical TSV. Exact: every change is one of a fixed set and counted;
 * what is not understood is reported, never guessed and never lost. */
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/constants.h"
#include "lib/read/encoding.h"
#include "lib/read/extraction.h"
#include "lib/read/failure.h"
#include "lib/read/origin.h"
#include "tools/front.h"

static const char help[] =
    "usage: extract [-m MAP] [OPTION]... [FILE...]\n"
    "Reads CSV, TSV, .xlsx or .xls files, gzipped or not, in any Chinese encoding, and writes one table of\n"
    "canonical TSV. Without MAP every column is taken as it stands.\n"
    "\n"
    "  -m MAP              mapping: which headings become which columns, of what type and unit\n"
    "  -u UNITS            list of units and their powers of ten\n"
    "  -x [LIST=]ALIASES   lists of words that stand for codes\n"
    "  -D NAME=VALUE       a constant of the mapping; file, period, bank, return also name the source\n"
    "  -t csv|tsv|xlsx|xls format (default: told from the bytes; of text the mapping's @type, else csv)\n"
    "  -e ENCODING         encoding (default: told from the bytes, or refused)\n"
    "  -d DELIM            delimiter (default: the mapping's @delimiter, else , or TAB)\n"
    "      --origin[=FILE] append _file _sheet _line _record to every row; say in FILE (with -o OUT: "
    "OUT.origin)\n"
    "                      how exactly each column was stated\n"
    "      --sheet NAME    sheet of a workbook (default: the mapping's @sheet, else the only one with rows)\n"
    "      --hidden        hidden rows and sheets of a workbook too\n"
    "  -f FAILURES         what could not be read, one record a finding\n"
    "      --log FILE      counts of what was changed, skipped or not used; --log-each FILE: each of them\n"
    "  -o, --output FILE   output, written atomically (default: standard output)\n"
    "      --list[=N]      instead of a table where its text stands: the cells of the first N (50) records\n"
    "      --max-errors N  problems shown on standard error (default 20)\n"
    "      --help, --version\n"
    "\n"
    "Exit status: 0 done, 1 done with findings, 2 misuse, 3 bad input, 4 output failed, 5 fault.\n";

enum { OPT_ORIGIN = FRONT_OWN, OPT_LOG, OPT_LOG_EACH, OPT_SHEET, OPT_HIDDEN, OPT_LIST };

struct options {
    const char *map, *units, *encoding, *failures, *log, *log_each, *sidecar, *type, *sheet;
    char delimiter;
    bool origin, hidden, list;
    uint64_t list_rows;
    const char **define; /* "NAME=VALUE" */
    size_t defines, define_cap;
    const char **alias; /* "[LIST=]FILE" */
    size_t aliases, alias_cap;
};

/* An output that may not be asked for. */
struct side {
    struct out out;
    bool open;
};

struct job {
    struct front *front;
    struct options opt;
    struct units *units;
    struct codes *codes;
    struct extraction x;
    struct out out;
    struct side failures, sidecar, log, each;
};

/* --- options --- */

static const char *defined(const void *ctx, const char *name)
{
    const struct options *o = ctx;
    size_t n = strlen(name);
    for (size_t i = o->defines; i-- > 0;)
        if (strncmp(o->define[i], name, n) == 0 && o->define[i][n] == '=')
            return o->define[i] + n + 1;
    return NULL;
}

static struct slice define_or_empty(const struct options *o, const char *name)
{
    const char *value = defined(o, name);
    return slice_of(value ? value : "");
}

/* What the origin calls a file: as given by -D file=, else the last part of its path. */
static const char *name_of(const struct options *o, const char *path)
{
    const char *given = defined(o, "file"), *slash = path ? strrchr(path, '/') : NULL;
    return given ? given : slash ? slash + 1 : path ? path : "-";
}

static void keep_argument(const char ***list, size_t *n, size_t *cap, const char *argument)
{
    *list = mem_grow(*list, *n, cap, sizeof **list);
    (*list)[(*n)++] = argument;
}

static bool is_type(const char *name)
{
    static const char *const types[] = {"csv", "tsv", "xlsx", "xls"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(name, types[i]) == 0)
            return true;
    return false;
}

static void take_option(struct front *f, struct options *o, int option, const char *argument)
{
    switch (option) {
    case 'm':
        o->map = argument;
        return;
    case 'u':
        o->units = argument;
        return;
    case 't':
        o->type = argument;
        if (!is_type(argument))
            front_misuse(f, "-t wants csv, tsv, xlsx or xls, not %s", diag_quote(slice_of(argument)).s);
        return;
    case 'e':
        o->encoding = argument;
        if (!encoding_is_known(argument))
            front_misuse(f, "unknown encoding %s", diag_quote(slice_of(argument)).s);
        return;
    case 'd':
        o->delimiter = strcmp(argument, "\\t") == 0 ? '\t' : argument[0];
        if ((argument[0] != '\\' && strlen(argument) != 1) || !o->delimiter ||
            strchr("\\\"\r\n", o->delimiter) || (unsigned char)o->delimiter > 0x7f)
            front_misuse(f, "-d wants one ASCII character, not %s", diag_quote(slice_of(argument)).s);
        return;
    case 'D':
        if (!strchr(argument, '=') || argument[0] == '=')
            front_misuse(f, "-D wants NAME=VALUE, not %s", diag_quote(slice_of(argument)).s);
        keep_argument(&o->define, &o->defines, &o->define_cap, argument);
        return;
    case 'x':
        keep_argument(&o->alias, &o->aliases, &o->alias_cap, argument);
        return;
    case 'f':
        o->failures = argument;
        return;
    case OPT_ORIGIN:
        o->origin = true;
        o->sidecar = argument;
        return;
    case OPT_LOG:
        o->log = argument;
        return;
    case OPT_LOG_EACH:
        o->log_each = argument;
        return;
    case OPT_SHEET:
        o->sheet = argument;
        if (!*argument)
            front_misuse(f, "--sheet wants the name of a sheet");
        return;
    case OPT_HIDDEN:
        o->hidden = true;
        return;
    case OPT_LIST:
        o->list = true;
        o->list_rows = argument ? front_number(f, "--list", argument, 1, INT64_MAX) : HEADING_RECORDS;
        return;
    default:
        front_option(f, option, argument);
    }
}

static void parse_options(struct front *f, struct options *o, int argc, char **argv)
{
    static const struct option longs[] = {FRONT_OPTIONS,
                                          {"origin", optional_argument, NULL, OPT_ORIGIN},
                                          {"log", required_argument, NULL, OPT_LOG},
                                          {"log-each", required_argument, NULL, OPT_LOG_EACH},
                                          {"sheet", required_argument, NULL, OPT_SHEET},
                                          {"hidden", no_argument, NULL, OPT_HIDDEN},
                                          {"list", optional_argument, NULL, OPT_LIST},
                                          {0}};
    int option;
    while ((option = getopt_long(argc, argv, ":m:u:t:e:d:D:x:f:o:", longs, NULL)) != -1)
        take_option(f, o, option, optarg);
    if (o->list && (o->origin || o->failures || o->log || o->log_each))
        front_misuse(f, "--list makes no table, so there is no --origin, -f or --log of it");
    if (argc - optind > 1 && defined(o, "file"))
        front_misuse(f, "-D file= names one file, but there are several");
    for (int i = optind; o->origin && i < argc; i++)
        for (int k = optind; k < i; k++)
            if (strcmp(name_of(o, argv[i]), name_of(o, argv[k])) == 0)
                front_misuse(f, "two files are called '%s', and the origin could not tell them apart",
                             name_of(o, argv[i]));
}

/* --- specifications and outputs --- */

static enum status load_aliases(struct job *j, const char *argument, struct diag *d)
{
    size_t n = strcspn(argument, "=/");
    if (argument[n] != '=')
        return codes_add(j->codes, argument, NULL, d);
    char *list = mem_text((struct slice){argument, n});
    enum status st = codes_add(j->codes, argument + n + 1, list, d);
    free(list);
    return st;
}

static enum status load_specifications(struct job *j, struct diag *d)
{
    const struct options *o = &j->opt;
    if (o->units && !(j->units = units_load(o->units, d)))
        return ST_MISUSE;
    for (size_t i = 0; i < o->aliases; i++)
        if (load_aliases(j, o->alias[i], d) != ST_OK)
            return ST_MISUSE;
    if (!o->map)
        return ST_OK;
    struct map_world world = {j->units, j->codes, defined, o, o->origin};
    j->x.map = mapping_load(o->map, &world, d);
    return j->x.map ? constants_declared(j->x.map, j->codes, o->map, d) : ST_MISUSE;
}

static enum status open_side(struct side *s, const char *path, void (*header)(struct out *o), struct diag *d)
{
    if (!path)
        return ST_OK;
    enum status st = out_open(&s->out, path, d);
    s->open = st == ST_OK;
    if (s->open && header)
        header(&s->out);
    return st;
}

static enum status open_outputs(struct job *j, struct diag *d)
{
    const struct options *o = &j->opt;
    struct buf beside = {0};
    const char *sidecar = o->sidecar;
    if (o->origin && !sidecar && j->front->output && strcmp(j->front->output, "-") != 0) {
        buf_printf(&beside, "%s.origin", j->front->output);
        sidecar = buf_string(&beside);
    }
    enum status st = open_side(&j->failures, o->failures, NULL, d);
    if (j->failures.open)
        failure_header(&j->failures.out, failure_format_of(o->failures));
    if (st == ST_OK)
        st = open_side(&j->sidecar, sidecar, origin_header, d);
    if (st == ST_OK)
        st = open_side(&j->log, o->log, NULL, d);
    if (st == ST_OK)
        st = open_side(&j->each, o->log_each, NULL, d);
    if (st == ST_OK)
        st = out_open(&j->out, j->front->output, d);
    buf_free(&beside);
    return st;
}

static void close_side(struct side *s, bool keep, enum status *st, struct diag *d)
{
    struct diag closing = {0};
    if (!s->open || out_close(&s->out, keep, &closing) == ST_OK || *st > ST_FINDINGS)
        return;
    *st = ST_OUTPUT;
    *d = closing;
}

/* --- running --- */

static void show_problem(void *ctx, const struct diag *d)
{
    front_problem(ctx, d);
}

static void set_up(struct job *j, bool several)
{
    const struct options *o = &j->opt;
    struct extraction *x = &j->x;
    x->units = j->units;
    x->codes = j->codes;
    x->type = o->type;
    x->delimiter = o->delimiter;
    x->encoding = o->encoding;
    x->origin = o->origin;
    x->several = several;
    x->out = &j->out;
    x->failures = j->failures.open ? &j->failures.out : NULL;
    x->format = o->failures ? failure_format_of(o->failures) : FAILURE_TSV;
    x->sidecar = j->sidecar.open ? &j->sidecar.out : NULL;
    x->tally = tally_new();
    if (j->each.open)
        tally_list_each(x->tally, &j->each.out);
    x->sheet = o->sheet;
    x->hidden = o->hidden;
    const char *original = defined(o, "original");
    x->original = original && *original ? original : NULL;
    x->run_id = define_or_empty(o, "run_id");
    x->sha256 = define_or_empty(o, "sha256");
    x->period = define_or_empty(o, "period");
    x->institution = define_or_empty(o, "bank");
    x->table = define_or_empty(o, "return");
    x->problem = show_problem;
    x->ctx = j->front;
}

static enum status extract_file(struct job *j, const char *path, struct diag *d)
{
    const char *name = name_of(&j->opt, path);
    return j->opt.list ? extraction_list(&j->x, path, name, j->opt.list_rows, d)
                       : extraction_file(&j->x, path, name, d);
}

static enum status extract_files(struct job *j, char *const *file, int n, struct diag *d)
{
    if (j->opt.list)
        extraction_list_header(&j->out);
    if (n == 0 && extract_file(j, NULL, d) != ST_OK)
        return d->status;
    for (int i = 0; i < n; i++) {
        enum status st = extract_file(j, file[i], d);
        if (st != ST_OK)
            return st;
    }
    return j->x.findings ? ST_FINDINGS : ST_OK;
}

/* The failure file is kept when the input is bad: it says why. */
static enum status close_sides(struct job *j, enum status st, struct diag *d)
{
    bool done = st <= ST_FINDINGS;
    if (j->log.open && done)
        tally_write(j->x.tally, &j->log.out);
    close_side(&j->failures, done || st == ST_INPUT, &st, d);
    close_side(&j->sidecar, done, &st, d);
    close_side(&j->log, done, &st, d);
    close_side(&j->each, done, &st, d);
    return st;
}

static void free_job(struct job *j)
{
    mapping_free(j->x.map);
    tally_free(j->x.tally);
    buf_free(&j->x.row);
    units_free(j->units);
    codes_free(j->codes);
    free(j->opt.define);
    free(j->opt.alias);
}

int main(int argc, char **argv)
{
    struct front front;
    struct diag d = {0};
    struct job j = {.front = &front};
    front_begin(&front, "extract", help, argv);
    parse_options(&front, &j.opt, argc, argv);
    j.codes = codes_new();
    if (load_specifications(&j, &d) != ST_OK || open_outputs(&j, &d) != ST_OK) {
        close_sides(&j, d.status, &d);
        front_die(&front, &d);
    }
    set_up(&j, argc - optind > 1);
    enum status st = extract_files(&j, argv + optind, argc - optind, &d);
    st = close_sides(&j, st, &d);
    st = (enum status)front_end(&front, &j.out, st, &d);
    free_job(&j);
    return (int)st;
}
