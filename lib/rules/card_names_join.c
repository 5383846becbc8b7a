/* SPDX-License-Identifier: MIT
 * card_names_join: how a card finds the row of another table: "area,owner=code,period-1=period", several
 * tables with keys of their own as "NAME:key; NAME:key". */
#include "lib/rules/card_names.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/rules/list.h"
#include "lib/stream/table.h"

/* The key of one table: what stands behind its name, else what stands behind no name. */
static struct slice key_text(const char *join, struct slice name)
{
    struct slice rest = slice_of(join), part, table, key, common = {"", 0};
    while (list_next(&rest, ";", &part))
        if (!list_split(part, ':', &table, &key))
            common = part;
        else if (slice_equal(table, name))
            return key;
    return common;
}

/* "period-1" or "period+12": a month of the table, moved. */
static bool read_moved(struct card_names *n, struct slice text, struct join_key *k)
{
    size_t at = text.n;
    while (at > 0 && text.p[at - 1] >= '0' && text.p[at - 1] <= '9')
        at--;
    if (at == text.n || text.n - at > 4 || at < 2 || (text.p[at - 1] != '-' && text.p[at - 1] != '+'))
        return false;
    for (size_t i = at; i < text.n; i++)
        k->months = k->months * 10 + (text.p[i] - '0');
    if (text.p[at - 1] == '-')
        k->months = -k->months;
    k->own = names_column(n->rules, (struct slice){text.p, at - 1});
    return k->own >= 0 && n->rules->schema->column[k->own].type == CELL_MONTH;
}

static bool read_given(struct card_names *n, struct slice text, struct join_key *k)
{
    if (text.n < 7 || memcmp(text.p, "given.", 6) != 0)
        return false;
    int v = names_given(n, text);
    if (v < 0)
        return false;
    k->text = n->rules->variable[v].text;
    return true;
}

/* One "COL" or "COL=REFCOL" of a card's join. */
static bool read_key(struct card_names *n, const struct ref *ref, struct slice text, struct join_key *k)
{
    struct slice left, right;
    list_split(text, '=', &left, &right);
    k->own = names_column(n->rules, left);
    if (k->own < 0 && !read_moved(n, left, k) && !read_given(n, left, k)) {
        names_refuse(n, "join: no column %s in the table", diag_quote(left).s);
        return false;
    }
    k->theirs = ref ? ref_find(ref, right) : 0;
    if (k->theirs < 0)
        names_refuse(n, "join: %s has no column %s", ref_file(ref), diag_quote(right).s);
    return k->theirs >= 0;
}

static struct ref_index *index_of(const struct rule_join *j)
{
    int *theirs = mem_array(NULL, j->keys + 1, sizeof *theirs);
    for (size_t i = 0; i < j->keys; i++)
        theirs[i] = j->key[i].theirs;
    struct ref_index *x = ref_index_new(j->ref, theirs, j->keys);
    free(theirs);
    return x;
}

static struct rule_join *join_new(struct card_names *n, const struct ref *ref, struct slice name,
                                  struct slice text)
{
    struct rule_join *j = mem_zero(1, sizeof *j);
    struct slice *part;
    j->name = mem_text(name);
    j->keys_text = mem_text(text);
    j->keys = column_list(j->keys_text, &part);
    j->ref = ref;
    j->key = mem_zero(j->keys + 1, sizeof *j->key);
    bool good = true;
    for (size_t i = 0; good && i < j->keys; i++)
        good = read_key(n, ref, part[i], &j->key[i]);
    free(part);
    if (good && ref)
        j->index = index_of(j);
    if (good)
        return j;
    free(j->name);
    free(j->keys_text);
    free(j->key);
    free(j);
    return NULL;
}

int names_join(struct card_names *n, struct slice name)
{
    struct rules *r = n->rules;
    struct slice text = key_text(n->card->join_text, name);
    if (text.n == 0)
        return names_refuse(n, "join: the columns that find a row of %s are wanted", diag_quote(name).s);
    const struct ref *ref = names_table(n, name);
    if (n->why.status != ST_OK)
        return -1;
    n->card->outside = true;
    for (size_t i = 0; i < r->joins; i++)
        if (slice_is(name, r->join[i]->name) && slice_is(text, r->join[i]->keys_text))
            return (int)i;
    struct rule_join *j = join_new(n, ref, name, text);
    if (!j)
        return -1;
    r->join = mem_grow(r->join, r->joins, &r->joins_cap, sizeof(struct rule_join *));
    r->join[r->joins] = j;
    return (int)r->joins++;
}
