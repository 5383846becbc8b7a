/* SPDX-License-Identifier: MIT
 * rules_card: one line of a file of cards, read, judged and compiled. */
#include "lib/rules/kind_parameters.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/rules/list.h"
#include "lib/spec/spec.h"

static enum status wrong(const struct rule *c, const char *column, struct diag *d, const char *what,
                         const char *text)
{
    return spec_error(c->spec, c->spec_row, column, d, "%s: %s", what, diag_quote(slice_of(text)).s);
}

/* --- texts, with @ for the column of `each` --- */

static const char *own_text(struct rule *c, struct buf *text)
{
    c->text = mem_grow(c->text, c->texts, &c->texts_cap, sizeof *c->text);
    c->text[c->texts] = mem_text(buf_view(text));
    buf_free(text);
    return c->text[c->texts++];
}

/* In a message @ outside braces is the column's label. */
static const char *card_text(struct rule *c, const struct schema_column *each, const char *column,
                             const char *label)
{
    const char *text = spec_get(c->spec, c->spec_row, column);
    if (!each || !strchr(text, '@'))
        return text;
    struct buf b = {0};
    bool braced = false;
    for (; *text; text++) {
        braced = (braced || *text == '{') && *text != '}';
        if (*text == '@')
            buf_text(&b, label && *label && !braced ? label : each->name);
        else
            buf_char(&b, *text);
    }
    return own_text(c, &b);
}

static void read_texts(struct rule *c, const struct schema_column *each)
{
    c->when_text = card_text(c, each, "when", NULL);
    c->check_text = card_text(c, each, "check", NULL);
    c->with_text = card_text(c, each, "with", NULL);
    c->join_text = card_text(c, each, "join", NULL);
    c->pass = card_text(c, each, "pass", NULL);
    c->fail = card_text(c, each, "fail", NULL);
    c->basis = spec_get(c->spec, c->spec_row, "basis");
    c->message[0].text = card_text(c, each, "message_zh", each ? each->label_zh : NULL);
    c->message[1].text = card_text(c, each, "message_en", each ? each->label_en : NULL);
    c->id = spec_get(c->spec, c->spec_row, "id");
    if (each) {
        struct buf id = {0};
        buf_printf(&id, "%s.%s", c->id, each->name);
        c->id = own_text(c, &id);
    }
}

/* --- the fields --- */

static enum status read_severity(struct rule *c, struct diag *d)
{
    const char *text = spec_get(c->spec, c->spec_row, "severity");
    for (int s = SEVERITY_ERROR; s <= SEVERITY_INFORM; s++)
        if (strcmp(text, severity_name((enum severity)s)) == 0) {
            c->severity = (enum severity)s;
            return ST_OK;
        }
    return spec_error(c->spec, c->spec_row, "severity", d,
                      "unknown severity %s; there are error, confirm, inform", diag_quote(slice_of(text)).s);
}

static enum status read_dates(struct rule *c, struct diag *d)
{
    c->from = spec_get(c->spec, c->spec_row, "from");
    c->to = spec_get(c->spec, c->spec_row, "to");
    if (*c->from && !cell_is_month(slice_of(c->from)))
        return spec_error(c->spec, c->spec_row, "from", d, "not a month YYYY-MM: '%s'", c->from);
    if (*c->to && !cell_is_month(slice_of(c->to)))
        return spec_error(c->spec, c->spec_row, "to", d, "not a month YYYY-MM: '%s'", c->to);
    if (*c->from && *c->to && strcmp(c->to, c->from) < 0)
        return spec_error(c->spec, c->spec_row, "to", d, "ends in %s before it begins in %s", c->to, c->from);
    c->version = spec_get(c->spec, c->spec_row, "version");
    if (!*c->version)
        c->version = c->from;
    return ST_OK;
}

/* Without a statement a card is of level 1, or of 2 when it looks at rows of other tables. */
static enum status read_level(struct rule *c, struct diag *d)
{
    int level;
    if (spec_int(c->spec, c->spec_row, "level", 0, 5, c->outside ? 2 : 1, &level, d) != ST_OK)
        return ST_MISUSE;
    c->level = (char)('0' + level);
    return ST_OK;
}

/* "[round|truncate|exact|unit] [AMOUNT [UNIT]]" */
static enum status read_tolerance(struct rule *c, const struct schema *s, struct diag *d)
{
    static const char *const modes[] = {"round", "truncate", "exact", "unit"};
    const char *text = spec_get(c->spec, c->spec_row, "tolerance"), *p = text;
    struct dec v = {0, 0};
    size_t n = strcspn(p, " ");
    c->tolerance = rat_int(0);
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (slice_is((struct slice){p, n}, modes[i])) {
            c->mode = (enum tolerance_mode)i;
            p += n + strspn(p + n, " ");
            break;
        }
    if (*p == '\0')
        return ST_OK;
    n = strcspn(p, " ");
    if (dec_parse((struct slice){p, n}, &v) != DEC_OK || v.units < 0 || !rat_of_dec(v, &c->tolerance))
        return spec_error(c->spec, c->spec_row, "tolerance", d, "not an amount of 0 or more: '%s'", text);
    p += n + strspn(p + n, " ");
    for (size_t i = 0; *p && i < s->width; i++)
        if (strcmp(s->column[i].unit, p) == 0)
            return ST_OK;
    return *p ? wrong(c, "tolerance", d, "no column of the table is in this unit", p) : ST_OK;
}

/* The checks of the schema and of the joins have names too, and a finding's rule must say which it was. */
static enum status read_id(struct rule *c, struct diag *d)
{
    bool taken =
        strcmp(c->id, "key") == 0 || strncmp(c->id, "structure.", 10) == 0 || strncmp(c->id, "join.", 5) == 0;
    for (int f = FAULT_REQUIRED; f < FAULTS; f++)
        taken = taken || strcmp(c->id, fault_name((enum cell_fault)f)) == 0;
    if (taken)
        return spec_error(c->spec, c->spec_row, "id", d, "'%s' is the name of a check of the schema", c->id);
    if (!cell_is_id(slice_of(c->id)))
        return spec_error(c->spec, c->spec_row, "id", d, "an id without blanks is wanted, not %s",
                          diag_quote(slice_of(c->id)).s);
    return ST_OK;
}

static enum status read_kind(struct rule *c, struct diag *d)
{
    const char *text = spec_get(c->spec, c->spec_row, "kind");
    c->kind = kind_named(text);
    if (c->kind)
        return ST_OK;
    struct buf all = {0};
    kind_list(&all);
    spec_error(c->spec, c->spec_row, "kind", d, "unknown kind %s; there are %s", diag_quote(slice_of(text)).s,
               buf_string(&all));
    buf_free(&all);
    return ST_MISUSE;
}

static enum status add_parameter(struct rule *c, struct slice part, struct diag *d)
{
    struct rule_parameter p;
    if (!list_split(part, '=', &p.name, &p.value))
        p.value.n = 0;
    if (!kind_has_parameter(c->kind, p.name))
        return spec_error(c->spec, c->spec_row, "with", d, "the kind %s has no parameter %s; it has %s",
                          c->kind->name, diag_quote(p.name).s,
                          *c->kind->parameters ? c->kind->parameters : "none");
    if (p.value.n == 0)
        return spec_error(c->spec, c->spec_row, "with", d, "%.*s: a value is wanted: NAME=VALUE",
                          (int)p.name.n, p.name.p);
    for (size_t i = 0; i < c->parameters; i++)
        if (slice_equal(c->parameter[i].name, p.name))
            return spec_error(c->spec, c->spec_row, "with", d, "%.*s is given twice", (int)p.name.n,
                              p.name.p);
    c->parameter = mem_grow(c->parameter, c->parameters, &c->parameters_cap, sizeof *c->parameter);
    c->parameter[c->parameters++] = p;
    return ST_OK;
}

static enum status read_parameters(struct rule *c, struct diag *d)
{
    struct slice rest = slice_of(c->with_text), part;
    while (list_next(&rest, ";", &part))
        if (part.n && add_parameter(c, part, d) != ST_OK)
            return ST_MISUSE;
    for (const char *p = c->kind->parameters; *p; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");
        char *name = mem_text((struct slice){p, n - 1});
        bool lacking = p[n - 1] == '!' && kind_text(c, name).n == 0;
        free(name);
        if (lacking)
            return spec_error(c->spec, c->spec_row, "with", d, "the kind %s needs %.*s=VALUE", c->kind->name,
                              (int)n - 1, p);
        p += n;
    }
    return ST_OK;
}

/* --- compiling --- */

static enum status rewrite(struct rule *c, const struct schema *s, struct diag *d)
{
    struct buf check = {0}, when = {0};
    enum status st = ST_OK;
    if (c->kind->rewrite)
        st = c->kind->rewrite(c, s, &check, &when, d);
    if (st == ST_OK && check.n)
        c->check_text = own_text(c, &check);
    if (st == ST_OK && when.n)
        c->when_text = own_text(c, &when);
    buf_free(&check);
    buf_free(&when);
    return st;
}

static enum status compile_column(struct card_names *n, struct diag *d)
{
    enum expr_type type;
    n->why = (struct diag){0};
    n->card->column = names_variable(n, slice_of(n->card->check_text), &type);
    return n->card->column < 0 ? names_wrong(n, "check", d) : ST_OK;
}

static enum status compile_check(struct card_names *n, struct diag *d)
{
    struct rule *c = n->card;
    bool none = c->kind->check == CHECK_NONE;
    if (none && *c->check_text)
        return spec_error(c->spec, c->spec_row, "check", d, "the kind %s has no check", c->kind->name);
    if (!none && c->kind->check != CHECK_OWN && *c->check_text == '\0')
        return spec_error(c->spec, c->spec_row, "check", d, "a card without a check");
    if (c->kind->check == CHECK_COLUMN)
        return compile_column(n, d);
    if (c->kind->check == CHECK_TRUTH || c->kind->check == CHECK_NUMBER) {
        enum expr_type want = c->kind->check == CHECK_TRUTH ? EXPR_BOOL : EXPR_NUM;
        c->check = names_compile(n, "check", c->check_text, want, d);
        return c->check ? ST_OK : ST_MISUSE;
    }
    return ST_OK;
}

static enum status compile(struct rules *r, struct rule *c, struct diag *d)
{
    struct card_names n = {.rules = r, .card = c};
    if (rewrite(c, r->schema, d) != ST_OK || compile_check(&n, d) != ST_OK)
        return ST_MISUSE;
    if (*c->when_text && !(c->when = names_compile(&n, "when", c->when_text, EXPR_BOOL, d)))
        return ST_MISUSE;
    if (c->kind->compile && c->kind->compile(&n, d) != ST_OK)
        return ST_MISUSE;
    return names_messages(&n, d);
}

static enum status read_card(struct rules *r, struct rule *c, struct diag *d)
{
    if (read_id(c, d) != ST_OK || read_severity(c, d) != ST_OK || read_dates(c, d) != ST_OK ||
        read_kind(c, d) != ST_OK || read_tolerance(c, r->schema, d) != ST_OK ||
        read_parameters(c, d) != ST_OK)
        return ST_MISUSE;
    if (*c->message[0].text == '\0' || *c->message[1].text == '\0')
        return spec_error(c->spec, c->spec_row, *c->message[0].text ? "message_en" : "message_zh", d,
                          "a card without its message");
    if (r->strict && (*c->pass == '\0' || *c->fail == '\0'))
        return spec_error(c->spec, c->spec_row, *c->pass ? "fail" : "pass", d,
                          "'%s' has no example: --strict wants one that passes and one that fails", c->id);
    if (compile(r, c, d) != ST_OK || read_level(c, d) != ST_OK)
        return ST_MISUSE;
    /* What holds as stated can hold, whatever the tolerance. */
    if (c->kind == &KIND_ROW && *c->when_text == '\0')
        c->fast = rule_fast_compile(c->check_text, r->schema);
    return ST_OK;
}

enum status rules_load_card(struct rules *r, const struct spec *sp, size_t row, int each, struct diag *d)
{
    r->rule = mem_grow(r->rule, r->count, &r->cap, sizeof *r->rule);
    struct rule *c = &r->rule[r->count++];
    *c = (struct rule){
        .spec = sp, .spec_row = row, .each = each, .kind = &KIND_ROW, .column = -1, .revision = -1};
    read_texts(c, each >= 0 ? &r->schema->column[each] : NULL);
    return read_card(r, c, d);
}
