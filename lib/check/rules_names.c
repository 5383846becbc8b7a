/* SPDX-License-Identifier: MIT
 * rules_names: what the names in a card mean: columns of the table, columns of other tables through the
 * card's join, constants given on the command line. */
#include "lib/check/rules.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/spec/spec.h"
#include "lib/stream/table.h"

/* The compilation of one card. Where a name is refused for a reason of its own, why holds it. */
struct names {
    struct rules *rules;
    struct rule *card;
    bool in_expression; /* not in a message: what is named enters the card */
    struct diag why;
};

static int refuse(struct names *n, const char *fmt, ...) PRINTF_LIKE(2, 3);
static int refuse(struct names *n, const char *fmt, ...)
{
    va_list list;
    if (n->why.status != ST_OK)
        return -1; /* the first reason is the reason: the language may ask again to explain itself */
    va_start(list, fmt);
    vsnprintf(n->why.reason, sizeof n->why.reason, fmt, list);
    va_end(list);
    n->why.status = ST_MISUSE;
    return -1;
}

static enum expr_type type_of(const struct schema_column *c)
{
    switch (c->type) {
    case CELL_NUM:
    case CELL_INT:
    case CELL_FLAG:
        return EXPR_NUM;
    case CELL_DATE:
        return EXPR_DATE;
    case CELL_TEXT:
    case CELL_ID:
    case CELL_MONTH:
    case CELL_CODE:
        return EXPR_TEXT;
    }
    return EXPR_ANY;
}

static int column_named(const struct rules *r, struct slice name)
{
    for (size_t i = 0; i < r->schema->width; i++)
        if (slice_is(name, r->schema->column[i].name))
            return (int)i;
    return -1;
}

static void note_variable(struct rule *c, int variable)
{
    for (size_t i = 0; i < c->variables; i++)
        if (c->variable[i] == variable)
            return;
    c->variable = mem_grow(c->variable, c->variables, &c->cap, sizeof *c->variable);
    c->variable[c->variables++] = variable;
}

/* The variable, added when no card has used it yet. Names are met in the order of the text. */
static int variable_put(struct names *n, struct rule_variable v, struct slice name)
{
    struct rules *r = n->rules;
    size_t at = 0;
    while (at < r->variables && !(r->variable[at].kind == v.kind && r->variable[at].join == v.join &&
                                  slice_is(name, r->variable[at].name)))
        at++;
    if (at == r->variables) {
        v.name = mem_text(name);
        r->variable = mem_grow(r->variable, r->variables, &r->variables_cap, sizeof *r->variable);
        r->variable[r->variables++] = v;
    }
    if (n->in_expression)
        note_variable(n->card, (int)at);
    return (int)at;
}

/* --- joins --- */

/* One "COL" or "COL=REFCOL" of a card's join. */
static bool read_key(struct names *n, const struct ref *ref, struct slice text, int *own, int *theirs)
{
    const char *equals = memchr(text.p, '=', text.n);
    struct slice left = {text.p, equals ? (size_t)(equals - text.p) : text.n}, right = left;
    if (equals)
        right = (struct slice){equals + 1, text.n - left.n - 1};
    *own = column_named(n->rules, left);
    *theirs = ref && !ref_is_absent(ref) ? ref_find(ref, right) : 0;
    if (*own < 0)
        refuse(n, "join: no column %s in the table", diag_quote(left).s);
    else if (*theirs < 0)
        refuse(n, "join: %s has no column %s", ref_file(ref), diag_quote(right).s);
    return *own >= 0 && *theirs >= 0;
}

static struct rule_join *join_new(struct names *n, const struct ref *ref, struct slice name)
{
    struct rule_join *j = mem_zero(1, sizeof *j);
    struct slice *part;
    j->keys = column_list(n->card->join_text, &part);
    j->name = mem_text(name);
    j->keys_text = mem_text(slice_of(n->card->join_text));
    j->ref = ref;
    j->own = mem_zero(j->keys, sizeof *j->own);
    j->theirs = mem_zero(j->keys, sizeof *j->theirs);
    bool good = true;
    for (size_t i = 0; good && i < j->keys; i++)
        good = read_key(n, ref, part[i], &j->own[i], &j->theirs[i]);
    free(part);
    if (good) {
        if (ref && !ref_is_absent(ref))
            j->index = ref_index_new(ref, j->theirs, j->keys);
        return j;
    }
    free(j->name);
    free(j->keys_text);
    free(j->own);
    free(j->theirs);
    free(j);
    return NULL;
}

/* The join of the card to a table; -1 with the reason when there can be none. */
static int join_to(struct names *n, struct slice name)
{
    struct rules *r = n->rules;
    const struct ref *ref = r->refs ? refs_find(r->refs, name) : NULL;
    if (*n->card->join_text == '\0')
        return refuse(n, "join: the columns that find a row of %s are wanted", diag_quote(name).s);
    if (r->refs && !ref)
        return refuse(
            n, "the table %.*s is needed: -x %.*s=FILE, or -x %.*s= to leave out the cards that need it",
            (int)name.n, name.p, (int)name.n, name.p, (int)name.n, name.p);
    if (ref && ref_is_absent(ref) && !*n->card->skip)
        snprintf(n->card->skip, sizeof n->card->skip, "no table %.*s", (int)name.n, name.p);
    for (size_t i = 0; i < r->joins; i++)
        if (slice_is(name, r->join[i]->name) && strcmp(r->join[i]->keys_text, n->card->join_text) == 0)
            return (int)i;
    struct rule_join *j = join_new(n, ref, name);
    if (!j)
        return -1;
    r->join = mem_grow(r->join, r->joins, &r->joins_cap, sizeof(struct rule_join *));
    r->join[r->joins] = j;
    return (int)r->joins++;
}

static int ref_variable(struct names *n, struct slice name, size_t dot, enum expr_type *type)
{
    struct slice table = {name.p, dot}, column = {name.p + dot + 1, name.n - dot - 1};
    struct rule_variable v = {.kind = VARIABLE_REF, .join = join_to(n, table)};
    if (v.join < 0)
        return -1;
    const struct rule_join *j = n->rules->join[v.join];
    if (j->index) {
        v.ref_column = ref_find(j->ref, column);
        if (v.ref_column < 0)
            return refuse(n, "%s has no column %s", ref_file(j->ref), diag_quote(column).s);
        int64_t repeat = ref_index_repeat(j->index);
        if (repeat >= 0)
            return refuse(n, "%s:%llu: the key %s stands there a second time", ref_file(j->ref),
                          (unsigned long long)ref_line(j->ref, (size_t)repeat), j->keys_text);
    }
    v.column = column_named(n->rules, column);
    if (v.column >= 0)
        *type = type_of(&n->rules->schema->column[v.column]);
    return variable_put(n, v, name);
}

/* --- the place of the expressions --- */

static int given_variable(struct names *n, struct slice name, struct slice given, enum expr_type *type)
{
    struct rules *r = n->rules;
    struct rule_variable v = {.kind = VARIABLE_GIVEN, .column = -1, .join = -1};
    bool known = !r->refs;
    for (size_t i = 0; i < r->givens; i++)
        if (slice_is(given, r->given[i].name)) {
            v.text = slice_of(r->given[i].value);
            known = true;
        }
    if (!known)
        return refuse(n, "-D %.*s=VALUE is needed, or -D %.*s= to leave out the cards that need it",
                      (int)given.n, given.p, (int)given.n, given.p);
    if (r->refs && v.text.n == 0 && !*n->card->skip)
        snprintf(n->card->skip, sizeof n->card->skip, "%.*s is not given", (int)given.n, given.p);
    *type = EXPR_TEXT;
    return variable_put(n, v, name);
}

static int find_variable(void *ctx, struct slice name, enum expr_type *type)
{
    struct names *n = ctx;
    *type = EXPR_ANY;
    int column = column_named(n->rules, name);
    if (column >= 0) {
        *type = type_of(&n->rules->schema->column[column]);
        return variable_put(n, (struct rule_variable){.kind = VARIABLE_COLUMN, .column = column, .join = -1},
                            name);
    }
    const char *dot = memchr(name.p, '.', name.n);
    if (!dot)
        return refuse(n, "no column %s in %s", diag_quote(name).s, n->rules->schema->file);
    size_t before = (size_t)(dot - name.p);
    struct slice prefix = {name.p, before}, rest = {dot + 1, name.n - before - 1};
    if (slice_is(prefix, "given"))
        return given_variable(n, name, rest, type);
    return ref_variable(n, name, before, type);
}

/* exists(NAME) looks to the language like an aggregate whose argument is the name of a table. */
static bool is_exists(void *ctx, struct slice name)
{
    (void)ctx;
    return slice_is(name, "exists");
}

static int find_table(void *ctx, struct slice name, enum expr_type *type)
{
    struct names *n = ctx;
    struct rule_variable v = {.kind = VARIABLE_EXISTS, .column = -1, .join = join_to(n, name)};
    *type = EXPR_BOOL;
    return v.join < 0 ? -1 : variable_put(n, v, name);
}

static int take_exists(void *ctx, struct slice name, struct expr_arg *args, size_t nargs,
                       enum expr_type *type, bool *finite, struct diag *d)
{
    (void)ctx;
    (void)name;
    int variable = nargs == 1 && args[0].keyword.n == 0 ? expr_bare_variable(args[0].e) : -1;
    for (size_t i = 0; i < nargs; i++)
        expr_free(args[i].e);
    *type = EXPR_BOOL;
    *finite = true;
    if (variable < 0)
        diag_set(d, ST_MISUSE, NULL, 0, NULL, "exists takes the name of one table");
    return variable;
}

static struct expr *compile(struct names *n, const char *column, const char *text, struct diag *d)
{
    const struct expr_place place = {n, find_variable, take_exists, is_exists, find_table};
    n->why = (struct diag){0};
    struct diag found = {0};
    n->in_expression = true;
    struct expr *e = expr_compile(text, &place, EXPR_BOOL, NULL, 0, &found);
    n->in_expression = false;
    if (!e)
        spec_error(n->card->spec, n->card->spec_row, column, d, "%s",
                   n->why.status != ST_OK ? n->why.reason : found.reason);
    return e;
}

static enum status compile_message(struct names *n, const char *column, struct rule_message *m,
                                   struct diag *d)
{
    size_t cap = 0;
    for (const char *p = strchr(m->text, '{'); p; p = strchr(p, '{')) {
        size_t length = strcspn(++p, "}");
        enum expr_type type;
        if (p[length] != '}')
            return spec_error(n->card->spec, n->card->spec_row, column, d, "a { without its }");
        int v = find_variable(n, (struct slice){p, length}, &type);
        if (v < 0)
            return spec_error(n->card->spec, n->card->spec_row, column, d, "%s", n->why.reason);
        m->variable = mem_grow(m->variable, m->count, &cap, sizeof *m->variable);
        m->variable[m->count++] = v;
    }
    return ST_OK;
}

enum status rules_compile(struct rules *r, struct rule *c, struct diag *d)
{
    struct names n = {.rules = r, .card = c};
    c->check = compile(&n, "check", c->check_text, d);
    if (c->check && *c->when_text)
        c->when = compile(&n, "when", c->when_text, d);
    if (!c->check || (*c->when_text && !c->when))
        return ST_MISUSE;
    if (compile_message(&n, "message_zh", &c->message[0], d) != ST_OK ||
        compile_message(&n, "message_en", &c->message[1], d) != ST_OK)
        return ST_MISUSE;
    return ST_OK;
}
