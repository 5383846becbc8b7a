/* SPDX-License-Identifier: MIT
 * claims: recomputes published figures from the other figures published with them. */
#include <inttypes.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/claims/claims.h"
#include "tools/front.h"

static const char HELP[] =
    "usage: claims -m MEASURES -d DEFINITIONS -u UNITS [OPTION]... [CLAIMS]\n"
    "Recomputes each published figure from the others and reports whether it agrees.\n"
    "\n"
    "  -m, --measures FILE     what variable each measure is\n"
    "  -d, --definitions FILE  what variables are computed from\n"
    "  -u, --units FILE        the units; may be repeated\n"
    "  -l, --places FILE       which place is part of which, and which are ranked together\n"
    "  -p, --parameter NAME=EXPR\n"
    "                          gives a parameter of the definitions an expression; may be repeated\n"
    "  -o, --output FILE       write FILE, whole or not at all\n"
    "      --max-errors N, --help, --version\n"
    "\n"
    "CLAIMS has the columns article, place, measure_en, qual (= ~ >= <=), value, unit, as_of.\n"
    "Exit status 1 when a figure contradicts others.\n"
    "Example: claims -m measures.tsv -d definitions.tsv -u units.tsv published.tsv\n";

struct options {
    struct front front;
    const char *measures, *definitions, *places, *file;
    const char **units, **parameters;
    size_t nunits, nparameters;
};

struct report {
    struct out *out;
    struct buf line;
    size_t agree, contradict, not_computed;
};

static const char COLUMNS[] =
    "line\tarticle\tplace\tmeasure\tqual\tvalue\tunit\tas_of\tverdict\tdefinition\trelation\tlow\thigh\t"
    "computed\tcomputed_low\tcomputed_high\tdifference\tapart\tarticles\tinputs\tformula\tmoment\treason\n";

/* --- the fields of a line --- */

static void field(struct buf *b, const char *text)
{
    buf_text(b, text);
    buf_char(b, '\t');
}

/* A value in the unit of the claim: exactly where two decimals beyond those printed are enough, rounded to
 * these otherwise. */
static void number(struct buf *b, const struct claim *c, struct rat v, enum rounding mode)
{
    struct dec d;
    unsigned decimals = c->printed.scale, most = decimals + 2 < DEC_MAX_SCALE ? decimals + 2 : DEC_MAX_SCALE;
    bool fits = claim_shift(&v, -c->in->shift);
    if (fits && rat_to_dec(v, &d) && d.scale <= most)
        fits = d.scale >= decimals || dec_rescale(&d, decimals);
    else
        fits = fits && rat_round(v, most, mode, &d);
    if (fits)
        dec_print(b, d);
}

/* An end of a range, away from its middle; "\-" when there is none. */
static void range_field(struct buf *b, const struct claim *c, const struct range *r, bool high)
{
    const struct range_end *e = high ? &r->high : &r->low;
    if (r->kind == VALUE_NUM && e->open)
        buf_text(b, "\\-");
    else if (r->kind == VALUE_NUM)
        number(b, c, e->at, high ? ROUND_CEILING : ROUND_FLOOR);
    buf_char(b, '\t');
}

/* How far the two ranges stand apart, when they contradict each other. */
static void apart_field(struct buf *b, const struct claim_finding *f)
{
    const struct range *above = &f->stands_for, *below = &f->computed;
    struct rat gap;
    if (above->low.open || below->high.open || rat_compare(above->low.at, below->high.at) <= 0) {
        above = &f->computed;
        below = &f->stands_for;
    }
    if (rat_sub(above->low.at, below->high.at, &gap))
        number(b, f->claim, gap, ROUND_HALF_UP);
}

static void values(struct buf *b, const struct claim_finding *f)
{
    const struct claim *c = f->claim;
    struct rat difference;
    range_field(b, c, &f->stands_for, false);
    range_field(b, c, &f->stands_for, true);
    if (f->computed.kind != VALUE_NUM) {
        buf_text(b, "\t\t\t\t\t");
        return;
    }
    number(b, c, f->computed_value, ROUND_HALF_UP);
    buf_char(b, '\t');
    range_field(b, c, &f->computed, false);
    range_field(b, c, &f->computed, true);
    if (rat_sub(f->computed_value, f->value, &difference))
        number(b, c, difference, ROUND_HALF_UP);
    buf_char(b, '\t');
    if (f->verdict == CLAIM_CONTRADICTS)
        apart_field(b, f);
    buf_char(b, '\t');
}

static bool told_before(const struct claim_finding *f, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (f->input[i].claim && strcmp(f->input[i].claim->article, f->input[n].claim->article) == 0)
            return true;
    return false;
}

static void articles(struct buf *b, const struct claim_finding *f)
{
    const char *between = "";
    for (size_t i = 0; i < f->inputs; i++) {
        if (!f->input[i].claim || told_before(f, i))
            continue;
        buf_printf(b, "%s%s", between, f->input[i].claim->article);
        between = ",";
    }
    buf_char(b, '\t');
}

static void inputs(struct buf *b, const struct claim_finding *f)
{
    const char *between = "";
    for (size_t i = 0; i < f->inputs; i++) {
        const struct claim *c = f->input[i].claim;
        if (!c)
            continue;
        bool here = strcmp(c->place, f->claim->place) == 0;
        buf_printf(b, "%s%s%s %s %s (%s%s%s, line %" PRIu64 ")", between, f->input[i].variable,
                   strcmp(c->qual, "=") == 0 ? "" : c->qual, c->value, c->unit, here ? "" : c->place,
                   here ? "" : ", ", c->article, c->line);
        between = "; ";
    }
    buf_char(b, '\t');
}

static void formula(struct buf *b, const struct claim_finding *f)
{
    struct buf text = {0};
    buf_printf(&text, "%s%s%s", f->over, *f->over ? " of " : "", f->expression);
    for (size_t i = 0; i < f->inputs; i++)
        if (!f->input[i].claim)
            buf_printf(&text, "; %s = %s", f->input[i].variable, f->input[i].expression);
    buf_escaped(b, buf_view(&text));
    buf_free(&text);
    buf_char(b, '\t');
}

/* Whether dates say that the figures belong together, or only that they stand in one article. */
static const char *moment(const struct claim_finding *f)
{
    bool undated = f->claim->period.undated;
    for (size_t i = 0; i < f->inputs; i++)
        undated = undated || (f->input[i].claim && f->input[i].claim->period.undated);
    return f->inputs == 0 ? "" : undated ? "undated" : "dated";
}

static void tell(void *ctx, const struct claim_finding *f)
{
    static const char *const verdicts[] = {"agrees", "contradicts", "cannot be computed"};
    static const char *const relations[] = {"=", "<=", ">="};
    struct report *r = ctx;
    struct buf *b = &r->line;
    const struct claim *c = f->claim;
    buf_clear(b);
    buf_printf(b, "%" PRIu64 "\t", c->line);
    const char *const texts[] = {c->article, c->place, c->measure, c->qual, c->value, c->unit, c->as_of};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        field(b, texts[i]);
    field(b, verdicts[f->verdict]);
    buf_escaped(b, slice_of(f->definition));
    buf_char(b, '\t');
    field(b, *f->definition ? relations[f->relation] : "");
    values(b, f);
    articles(b, f);
    inputs(b, f);
    formula(b, f);
    field(b, moment(f));
    buf_text(b, f->reason);
    buf_char(b, '\n');
    out_slice(r->out, buf_view(b));
    r->agree += f->verdict == CLAIM_AGREES;
    r->contradict += f->verdict == CLAIM_CONTRADICTS;
    r->not_computed += f->verdict == CLAIM_NOT_COMPUTED;
}

/* --- the command line --- */

static void add(const char ***list, size_t *n, const char *text)
{
    *list = mem_array(*list, *n + 1, sizeof **list);
    (*list)[(*n)++] = text;
}

static void parse(struct options *o, int argc, char **argv)
{
    static const struct option longs[] = {{"measures", required_argument, NULL, 'm'},
                                          {"definitions", required_argument, NULL, 'd'},
                                          {"units", required_argument, NULL, 'u'},
                                          {"places", required_argument, NULL, 'l'},
                                          {"parameter", required_argument, NULL, 'p'},
                                          FRONT_OPTIONS,
                                          {0}};
    int c;
    while ((c = getopt_long(argc, argv, "m:d:u:l:p:o:", longs, NULL)) != -1) {
        if (c == 'm')
            o->measures = optarg;
        else if (c == 'd')
            o->definitions = optarg;
        else if (c == 'u')
            add(&o->units, &o->nunits, optarg);
        else if (c == 'l')
            o->places = optarg;
        else if (c == 'p')
            add(&o->parameters, &o->nparameters, optarg);
        else
            front_option(&o->front, c, optarg);
    }
    if (!o->measures || !o->definitions || !o->units)
        front_misuse(&o->front, "%s is missing",
                     !o->measures      ? "-m MEASURES"
                     : !o->definitions ? "-d DEFINITIONS"
                                       : "-u UNITS");
    if (argc - optind > 1)
        front_misuse(&o->front, "more than one file: '%s'", argv[optind + 1]);
    o->file = argv[optind];
}

static struct claim_rules *read_rules(struct options *o, struct claim_places **places)
{
    struct diag d = {0};
    struct claim_rules *r = NULL;
    *places = o->places ? claim_places_load(o->places, &d) : NULL;
    if (*places || !o->places)
        r = claim_rules_load(o->measures, o->definitions, o->units, o->nunits, *places, &d);
    if (!r)
        front_die(&o->front, &d);
    for (size_t i = 0; i < o->nparameters; i++)
        if (claim_rules_set(r, o->parameters[i], &d) != ST_OK)
            front_die(&o->front, &d);
    return r;
}

int main(int argc, char **argv)
{
    struct options o = {0};
    struct diag d = {0};
    struct out out;
    front_begin(&o.front, "claims", HELP, argv);
    parse(&o, argc, argv);
    struct claim_places *places;
    struct claim_rules *rules = read_rules(&o, &places);
    struct claims *claims = claims_load(rules, o.file, &d);
    if (!claims || out_open(&out, o.front.output, &d) != ST_OK)
        front_die(&o.front, &d);
    struct report r = {.out = &out};
    out_text(&out, COLUMNS);
    claims_check(claims, tell, &r);
    int status = front_end(&o.front, &out, r.contradict ? ST_FINDINGS : ST_OK, &d);
    if (status <= ST_FINDINGS)
        front_say(&o.front, "%zu figures: %zu agree, %zu contradict, %zu cannot be computed",
                  claims_count(claims), r.agree, r.contradict, r.not_computed);
    claims_free(claims);
    claim_rules_free(rules);
    claim_places_free(places);
    buf_free(&r.line);
    free(o.units);
    free(o.parameters);
    return status;
}
