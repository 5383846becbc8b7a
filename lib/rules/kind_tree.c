/* SPDX-License-Identifier: MIT
 * kind_tree: a hierarchy of codes with weights. */
#include "lib/rules/kind_tree.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/stream/keymap.h"

struct part {
    size_t code;
    struct rat weight;
};

struct node {
    int64_t parent;
    struct rat weight; /* in the parent */
    struct part *part;
    size_t parts, cap;
};

struct tree {
    struct keymap *codes;
    struct node *node;
    size_t count;
};

static enum status wrong(const struct ref *t, size_t row, struct diag *d, const char *what, struct slice text)
{
    return diag_set(d, ST_MISUSE, ref_file(t), ref_line(t, row), NULL, "%s: %s", what, diag_quote(text).s);
}

static enum status read_codes(struct tree *tree, const struct ref *t, int code, struct diag *d)
{
    for (size_t row = 0; row < ref_rows(t); row++) {
        struct slice f = ref_field(t, row, (size_t)code);
        if (field_is_empty(f) || keymap_put(tree->codes, f) != row)
            return wrong(t, row, d, field_is_empty(f) ? "a code is wanted" : "the code stands twice", f);
    }
    return ST_OK;
}

static enum status read_node(struct tree *tree, const struct ref *t, size_t row, int parent, int weight,
                             struct diag *d)
{
    struct slice up = ref_field(t, row, (size_t)parent),
                 w = weight < 0 ? (struct slice){"", 0} : ref_field(t, row, (size_t)weight);
    struct node *node = &tree->node[row];
    struct dec v;
    node->parent = field_is_empty(up) ? -1 : keymap_get(tree->codes, up);
    node->weight = rat_int(1);
    if (!field_is_empty(up) && node->parent < 0)
        return wrong(t, row, d, "the parent is no code", up);
    if (!field_is_empty(w) && (dec_parse(w, &v) != DEC_OK || !rat_of_dec(v, &node->weight)))
        return wrong(t, row, d, "the weight is no number", w);
    return ST_OK;
}

/* A way up that is longer than there are codes goes round. */
static enum status check_rounds(const struct tree *tree, const struct ref *t, struct diag *d)
{
    for (size_t i = 0; i < tree->count; i++) {
        size_t steps = 0;
        for (int64_t up = tree->node[i].parent; up >= 0; up = tree->node[up].parent)
            if (++steps > tree->count)
                return wrong(t, i, d, "the code is a part of itself", keymap_key(tree->codes, (uint32_t)i));
    }
    return ST_OK;
}

static void add_part(struct tree *tree, int64_t to, size_t code, struct rat weight)
{
    struct node *n = &tree->node[to];
    n->part = mem_grow(n->part, n->parts, &n->cap, sizeof *n->part);
    n->part[n->parts++] = (struct part){code, weight};
}

static enum status link_parts(struct tree *tree, const struct ref *t, bool leaves, struct diag *d)
{
    bool *inner = mem_zero(tree->count + 1, sizeof *inner);
    enum status st = ST_OK;
    for (size_t i = 0; i < tree->count; i++)
        if (tree->node[i].parent >= 0)
            inner[tree->node[i].parent] = true;
    for (size_t i = 0; st == ST_OK && i < tree->count; i++) {
        struct rat weight = tree->node[i].weight;
        int64_t up = tree->node[i].parent;
        if (!leaves && up >= 0)
            add_part(tree, up, i, weight);
        for (; leaves && !inner[i] && up >= 0; up = tree->node[up].parent) {
            add_part(tree, up, i, weight);
            if (!rat_mul(weight, tree->node[up].weight, &weight))
                st = wrong(t, i, d, "the weights do not fit", keymap_key(tree->codes, (uint32_t)i));
        }
    }
    free(inner);
    return st;
}

struct tree *tree_new(const struct ref *t, int code, int parent, int weight, bool leaves, struct diag *d)
{
    struct tree *tree = mem_zero(1, sizeof *tree);
    tree->codes = keymap_new(ref_rows(t));
    tree->count = ref_rows(t);
    tree->node = mem_zero(tree->count + 1, sizeof *tree->node);
    enum status st = read_codes(tree, t, code, d);
    for (size_t row = 0; st == ST_OK && row < tree->count; row++)
        st = read_node(tree, t, row, parent, weight, d);
    if (st == ST_OK)
        st = check_rounds(tree, t, d);
    if (st == ST_OK)
        st = link_parts(tree, t, leaves, d);
    if (st == ST_OK)
        return tree;
    tree_free(tree);
    return NULL;
}

void tree_free(struct tree *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->count; i++)
        free(t->node[i].part);
    free(t->node);
    keymap_free(t->codes);
    free(t);
}

size_t tree_codes(const struct tree *t)
{
    return t->count;
}

struct slice tree_code(const struct tree *t, size_t code)
{
    return keymap_key(t->codes, (uint32_t)code);
}

int64_t tree_find(const struct tree *t, struct slice code)
{
    return keymap_get(t->codes, code);
}

size_t tree_parts(const struct tree *t, size_t code)
{
    return t->node[code].parts;
}

size_t tree_part(const struct tree *t, size_t code, size_t i, struct rat *weight)
{
    const struct part *p = &t->node[code].part[i];
    *weight = p->weight;
    return p->code;
}
