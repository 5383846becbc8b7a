/* SPDX-License-Identifier: MIT
 * card_names_message: the messages of a card and what stands in braces in them, and what its records show
 * besides. */
#include "lib/rules/card_names.h"

#include "lib/base/mem.h"
#include "lib/rules/list.h"
#include "lib/spec/spec.h"

static bool is_word(struct slice name, int *variable)
{
    static const char *const word[] = {"actual",  "expected", "difference", "allowance",
                                       "related", "cause",    "key"};
    for (int i = 0; i < (int)(sizeof word / sizeof *word); i++)
        if (slice_is(name, word[i])) {
            *variable = WORD_ACTUAL - i;
            return true;
        }
    return false;
}

static enum status compile_message(struct card_names *n, const char *column, struct rule_message *m,
                                   struct diag *d)
{
    size_t cap = 0;
    for (const char *p = strchr(m->text, '{'); p; p = strchr(p, '{')) {
        size_t length = strcspn(++p, "}");
        enum expr_type type;
        int v;
        if (p[length] != '}')
            return spec_error(n->card->spec, n->card->spec_row, column, d, "a { without its }");
        struct slice name = {p, length};
        if (names_column(n->rules, name) >= 0 || !is_word(name, &v))
            v = names_variable(n, name, &type);
        if (v == -1)
            return names_wrong(n, column, d);
        m->variable = mem_grow(m->variable, m->count, &cap, sizeof *m->variable);
        m->variable[m->count++] = v;
    }
    return ST_OK;
}

/* "a,prior.a": what a record shows besides. */
static enum status compile_flex(struct card_names *n, struct diag *d)
{
    struct rule *c = n->card;
    struct slice rest = slice_of(spec_get(c->spec, c->spec_row, "flex")), part;
    enum expr_type type;
    size_t cap = 0;
    while (list_next(&rest, ",", &part)) {
        c->flex = mem_grow(c->flex, c->flexes, &cap, sizeof *c->flex);
        c->flex[c->flexes] = names_variable(n, part, &type);
        if (c->flex[c->flexes] < 0)
            return names_wrong(n, "flex", d);
        c->flexes++;
    }
    return ST_OK;
}

enum status names_messages(struct card_names *n, struct diag *d)
{
    n->telling = true;
    n->why = (struct diag){0};
    enum status st = compile_message(n, "message_zh", &n->card->message[0], d);
    if (st == ST_OK)
        st = compile_message(n, "message_en", &n->card->message[1], d);
    if (st == ST_OK)
        st = compile_flex(n, d);
    n->telling = false;
    return st;
}
