/* SPDX-License-Identifier: MIT
 * codes: see codes.h. */
#include "lib/read/codes.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/read/fold.h"
#include "lib/spec/spec.h"
#include "lib/stream/keymap.h"

struct list {
    struct keymap *words; /* folded */
    char **code;          /* for each word */
    size_t cap;
};

struct codes {
    struct keymap *names;
    struct list *list; /* for each name */
    size_t cap;
};

struct codes *codes_new(void)
{
    struct codes *c = mem_zero(1, sizeof *c);
    c->names = keymap_new(0);
    return c;
}

void codes_free(struct codes *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < keymap_count(c->names); i++) {
        struct list *l = &c->list[i];
        for (size_t k = 0; k < keymap_count(l->words); k++)
            free(l->code[k]);
        free(l->code);
        keymap_free(l->words);
    }
    free(c->list);
    keymap_free(c->names);
    free(c);
}

static struct list *list_named(struct codes *c, const char *name)
{
    uint32_t before = keymap_count(c->names), i = keymap_put(c->names, slice_of(name));
    if (i == before) {
        c->list = mem_grow(c->list, i, &c->cap, sizeof *c->list);
        c->list[i] = (struct list){.words = keymap_new(0)};
    }
    return &c->list[i];
}

/* false when the word already means another code. */
static bool add_word(struct list *l, const char *word, const char *code)
{
    struct buf folded = {0};
    fold_word(&folded, slice_of(word));
    uint32_t before = keymap_count(l->words), i = keymap_put(l->words, buf_view(&folded));
    buf_free(&folded);
    if (i < before)
        return strcmp(l->code[i], code) == 0;
    l->code = mem_grow(l->code, i, &l->cap, sizeof *l->code);
    l->code[i] = mem_text(slice_of(code));
    return true;
}

static enum status add_row(struct codes *c, const struct spec *s, size_t row, const char *list,
                           struct diag *d)
{
    const char *table = spec_get(s, row, "table"), *code = spec_get(s, row, "code");
    if (!*table)
        table = list ? list : "";
    if (!*table)
        return spec_error(s, row, "table", d, "empty");
    if (list && strcmp(table, list) != 0)
        return ST_OK;
    const char *alias = spec_get(s, row, "alias");
    if (!*code)
        return spec_error(s, row, "code", d, "empty");
    struct list *l = list_named(c, table);
    if ((*alias && !add_word(l, alias, code)) || !add_word(l, code, code))
        return spec_error(s, row, "alias", d, "already stands for another code of %s", table);
    return ST_OK;
}

enum status codes_add(struct codes *c, const char *path, const char *list, struct diag *d)
{
    static const char *const columns[] = {"table", "!alias", "!code", "note", NULL};
    struct spec *s = spec_load(path, columns, d);
    if (!s)
        return ST_MISUSE;
    enum status st = ST_OK;
    for (size_t i = 0; st == ST_OK && i < spec_rows(s); i++)
        st = add_row(c, s, i, list, d);
    if (st == ST_OK && list && spec_rows(s) > 0 && codes_list(c, list) < 0)
        st = diag_set(d, ST_MISUSE, path, 0, NULL, "no row is of the list '%s'", list);
    spec_free(s);
    return st;
}

int codes_list(const struct codes *c, const char *name)
{
    return (int)keymap_get(c->names, slice_of(name));
}

struct slice codes_find(const struct codes *c, int list, struct slice folded)
{
    const struct list *l = &c->list[list];
    int64_t i = keymap_get(l->words, folded);
    return i < 0 ? (struct slice){"", 0} : slice_of(l->code[i]);
}
