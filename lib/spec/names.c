/* SPDX-License-Identifier: MIT
 * names: see names.h. Few names are kept, so they are searched one by one. */
#include "lib/spec/names.h"

#include <stdlib.h>

#include "lib/base/mem.h"

struct entry {
    char *name, *value, *field;
};

struct names {
    struct entry *entry;
    size_t n, cap;
};

struct names *names_new(void)
{
    return mem_zero(1, sizeof(struct names));
}

static void forget_value(struct entry *e)
{
    free(e->value);
    free(e->field);
}

void names_free(struct names *n)
{
    if (!n)
        return;
    for (size_t i = 0; i < n->n; i++) {
        forget_value(&n->entry[i]);
        free(n->entry[i].name);
    }
    free(n->entry);
    free(n);
}

void names_set(struct names *n, struct slice name, struct slice value)
{
    int at = names_find(n, name);
    if (at < 0) {
        n->entry = mem_grow(n->entry, n->n, &n->cap, sizeof *n->entry);
        at = (int)n->n++;
        n->entry[at].name = mem_text(name);
    } else {
        forget_value(&n->entry[at]);
    }
    struct buf field = {0};
    buf_escaped(&field, value);
    n->entry[at].value = mem_text(value);
    n->entry[at].field = mem_text(buf_view(&field));
    buf_free(&field);
}

static size_t name_length(const char *p)
{
    return strspn(p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
}

bool names_define(struct names *n, const char *definition)
{
    size_t length = name_length(definition);
    if (length == 0 || definition[length] != '=')
        return false;
    names_set(n, (struct slice){definition, length}, slice_of(definition + length + 1));
    return true;
}

int names_find(const struct names *n, struct slice name)
{
    for (size_t i = 0; i < n->n; i++)
        if (slice_is(name, n->entry[i].name))
            return (int)i;
    return -1;
}

const char *names_value(const struct names *n, int number)
{
    return n->entry[number].value;
}

const char *names_field(const struct names *n, int number)
{
    return n->entry[number].field;
}

const char *names_get(const struct names *n, const char *name)
{
    int at = names_find(n, slice_of(name));
    return at < 0 ? "" : names_value(n, at);
}

bool names_expand(const struct names *n, const char *text, struct buf *b, struct slice *unknown)
{
    for (const char *p = text; *p;) {
        size_t plain = strcspn(p, "{");
        buf_add(b, p, plain);
        p += plain;
        if (!*p)
            break;
        if (p[1] == '{') {
            buf_char(b, '{');
            p += 2;
            continue;
        }
        *unknown = (struct slice){p + 1, name_length(p + 1)};
        int at = names_find(n, *unknown);
        if (at < 0 || unknown->p[unknown->n] != '}')
            return false;
        buf_text(b, names_value(n, at));
        p = unknown->p + unknown->n + 1;
    }
    return true;
}
