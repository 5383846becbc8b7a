/* SPDX-License-Identifier: MIT
 * rules_examples_table: examples that are small tables, judged by the very code that judges large ones: the
 * card is compiled again, for these tables alone. */
#include "lib/rules/rules_examples.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/rules/list.h"
#include "lib/spec/spec.h"
#include "lib/stream/keymap.h"

/* The rows of one table, as far as they are given. */
struct grid {
    char *name; /* "" for the table itself */
    struct keymap *columns;
    struct slice **row; /* of each row one slice a column known when it was read */
    size_t *width;
    size_t rows, cap, width_cap;
};

enum { TABLES = 16 };

struct small {
    struct grid grid[TABLES];
    size_t grids;
    struct buf givens; /* "NAME=VALUE" and a NUL each */
};

static struct grid *grid_named(struct small *x, struct slice name)
{
    for (size_t i = 0; i < x->grids; i++)
        if (slice_is(name, x->grid[i].name))
            return &x->grid[i];
    if (x->grids == TABLES)
        return NULL;
    struct grid *g = &x->grid[x->grids++];
    *g = (struct grid){.name = mem_text(name), .columns = keymap_new(0)};
    return g;
}

static void forget(struct small *x)
{
    for (size_t i = 0; i < x->grids; i++) {
        for (size_t row = 0; row < x->grid[i].rows; row++)
            free(x->grid[i].row[row]);
        free(x->grid[i].row);
        free(x->grid[i].width);
        free(x->grid[i].name);
        keymap_free(x->grid[i].columns);
    }
    buf_free(&x->givens);
}

/* --- reading --- */

struct reading {
    const struct rules *rules;
    const struct rule *card;
    const char *column;
    struct small *x;
    struct diag *d;
};

static bool refuse(const struct reading *in, const char *what, struct slice text)
{
    spec_error(in->card->spec, in->card->spec_row, in->column, in->d, "%s %s", what, diag_quote(text).s);
    return false;
}

static void set_field(struct grid *g, struct slice name, struct slice value)
{
    size_t at = keymap_put(g->columns, name), row = g->rows - 1;
    if (at >= g->width[row]) {
        g->row[row] = mem_array(g->row[row], at + 1, sizeof **g->row);
        for (size_t i = g->width[row]; i <= at; i++)
            g->row[row][i] = (struct slice){"", 0};
        g->width[row] = at + 1;
    }
    g->row[row][at] = value;
}

static bool assign(const struct reading *in, struct grid *g, struct slice part)
{
    struct slice name, value;
    if (!list_split(part, '=', &name, &value))
        return refuse(in, "an assignment NAME=VALUE is wanted, not", part);
    if (*g->name == '\0' && name.n > 6 && memcmp(name.p, "given.", 6) == 0) {
        buf_printf(&in->x->givens, "%.*s=%.*s", (int)name.n - 6, name.p + 6, (int)value.n, value.p);
        buf_char(&in->x->givens, '\0');
        return true;
    }
    if (*g->name == '\0' && schema_find(in->rules->schema, name) < 0)
        return refuse(in, "the table has no column", name);
    set_field(g, name, value);
    return true;
}

/* "NAME: a=1; b=2", or without NAME a row of the table. A row without assignments is none: it only names. */
static bool read_row(const struct reading *in, struct slice text)
{
    size_t n = 0;
    while (n < text.n && text.p[n] != ':' && text.p[n] != '=')
        n++;
    bool named = n < text.n && text.p[n] == ':';
    struct grid *g =
        grid_named(in->x, named ? list_trimmed((struct slice){text.p, n}) : (struct slice){"", 0});
    if (!g)
        return refuse(in, "too many tables at", text);
    if (named)
        text = (struct slice){text.p + n + 1, text.n - n - 1};
    if (list_trimmed(text).n == 0)
        return true;
    g->row = mem_grow(g->row, g->rows, &g->cap, sizeof *g->row);
    g->width = mem_grow(g->width, g->rows, &g->width_cap, sizeof *g->width);
    g->row[g->rows] = NULL;
    g->width[g->rows++] = 0;
    size_t givens = in->x->givens.n;
    struct slice part;
    while (list_next(&text, ";", &part))
        if (part.n && !assign(in, g, part))
            return false;
    if (g->width[g->rows - 1] == 0 && in->x->givens.n > givens)
        g->rows--; /* constants only */
    return true;
}

/* Rows are parted by " / ": a value may hold a slash. */
static bool read_rows(const struct reading *in, const char *text)
{
    struct slice rest = slice_of(text), row;
    while (list_next(&rest, " / ", &row))
        if (!read_row(in, row))
            return false;
    return true;
}

/* --- running --- */

static struct slice field_of(const struct grid *g, size_t row, size_t column)
{
    return column < g->width[row] ? g->row[row][column] : (struct slice){"", 0};
}

static struct refs *tables_of(const struct small *x)
{
    struct refs *refs = refs_example_new();
    for (size_t i = 0; i < x->grids; i++) {
        const struct grid *g = &x->grid[i];
        size_t width = keymap_count(g->columns);
        if (*g->name == '\0')
            continue;
        struct slice *name = mem_array(NULL, width, sizeof *name),
                     *field = mem_array(NULL, width * g->rows, sizeof *field);
        for (size_t k = 0; k < width; k++)
            name[k] = keymap_key(g->columns, (uint32_t)k);
        for (size_t row = 0; row < g->rows; row++)
            for (size_t k = 0; k < width; k++)
                field[row * width + k] = field_of(g, row, k);
        refs_put(refs, slice_of(g->name), name, width, field, g->rows);
        free(name);
        free(field);
    }
    return refs;
}

struct seen {
    bool failed, undecided;
};

static void note(struct seen *s, enum verdict v)
{
    s->failed = s->failed || v == VERDICT_FAIL;
    s->undecided = s->undecided || v == VERDICT_UNDECIDED;
}

static void note_row(void *ctx, const struct rule *c, const struct rules_row *row,
                     const struct rule_outcome *o)
{
    (void)c;
    (void)row;
    note(ctx, o->verdict);
}

static void note_group(void *ctx, const struct rules *r, const struct rule *c, const struct rule_group *g)
{
    (void)r;
    (void)c;
    note(ctx, g->verdict);
}

/* A batch of the rows, laid out as in a stream. */
static void run_rows(struct rules *r, const struct small *x, struct seen *seen)
{
    const struct grid *g = NULL;
    for (size_t i = 0; i < x->grids; i++)
        if (*x->grid[i].name == '\0')
            g = &x->grid[i];
    const struct schema *s = r->schema;
    struct precision *p = precision_new(s, NULL, -1);
    struct buf bytes = {0};
    size_t rows = g ? g->rows : 0;
    uint32_t *sep = mem_array(NULL, rows * s->width + 1, sizeof *sep);
    buf_char(&bytes, '\n');
    sep[0] = 0;
    for (size_t k = 0; k < rows * s->width; k++) {
        int64_t at = keymap_get(g->columns, s->column[k % s->width].field);
        if (at >= 0)
            buf_slice(&bytes, field_of(g, k / s->width, (size_t)at));
        sep[k + 1] = (uint32_t)bytes.n;
        buf_char(&bytes, k % s->width + 1 == s->width ? '\n' : '\t');
    }
    struct batch b = {.base = bytes.p, .sep = sep + 1, .width = s->width, .rows = rows, .line = 2};
    for (size_t from = 0; from < rows; from += RULES_ROWS)
        rules_check_rows(r, &b, from, rows - from < RULES_ROWS ? rows : from + RULES_ROWS, NULL, p, note_row,
                         seen);
    rules_end(r, note_group, seen);
    free(sep);
    buf_free(&bytes);
    precision_free(p);
}

static const char *outcome_of(const struct rule *c, const struct seen *s)
{
    if (*c->skip)
        return "is skipped: a constant that it needs is not in the example";
    if (s->failed)
        return "fails";
    if (s->undecided)
        return "is undecided";
    return c->run ? "passes" : "does not apply";
}

static const char *run(const struct reading *in)
{
    struct refs *refs = tables_of(in->x);
    struct rules *own = rules_new(in->rules->schema, refs);
    const char *outcome = NULL;
    struct seen seen = {false, false};
    enum status st = ST_OK;
    for (size_t at = 0; st == ST_OK && at < in->x->givens.n; at += strlen(in->x->givens.p + at) + 1)
        st = rules_give(own, in->x->givens.p + at, in->d);
    if (st == ST_OK)
        st = rules_load_card(own, in->card->spec, in->card->spec_row, in->card->each, in->d);
    if (st == ST_OK) {
        run_rows(own, in->x, &seen);
        outcome = outcome_of(&own->rule[0], &seen);
    }
    rules_free(own);
    refs_free(refs);
    return outcome;
}

const char *rules_table_example(const struct rules *r, const struct rule *c, const char *column,
                                const char *text, struct diag *d)
{
    struct small x = {.grids = 0};
    const struct reading in = {r, c, column, &x, d};
    const char *outcome = read_rows(&in, text) ? run(&in) : NULL;
    forget(&x);
    return outcome;
}
